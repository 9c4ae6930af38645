/* desk/figure_sees.c: see figure_sees.h. */
#include "desk/figure_sees.h"
#include "desk/party.h"
#include "desk/sight.h"

/* ── who may see what ────────────────────────────────────────────────── */

#define NO_FIGURES "There are no such figures that you may see."

/* The ?2 of SIGHT_TEAM. */
Err sight_breadth(Cx *cx, int64_t *ret) {
  *ret = 2;
  if (cx->actor.system) return E_OK;
  *ret = 0;
  if (cx->actor.only_request) return E_OK;
  return db_int(cx, ret, SQL("SELECT COUNT(*) FROM (SELECT 1 FROM relationship e JOIN party o ON o.id = e.to_id WHERE e.from_id = ?1 AND o.kind = 'organisation'"
                             " AND e.kind IN ('leads', 'administers') LIMIT 1) x"), V(cx->actor.party));
}

static Err reads(Cx *cx, int64_t organisation, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM relationship WHERE from_id = ?1 AND kind = 'reads' AND to_id = ?2"), V(cx->actor.party), V(organisation)));
  *ret = n > 0;
  return E_OK;
}

Err sees_may(Cx *cx, const FigureScope *of, Sees *ret) {
  *ret = (Sees){ .viewer = SIGHT_VIEWER(cx), .of = of };
  if (!cx->actor.system && (!cx->actor.party || cx->actor.only_request)) return fail(cx, E_ABSENT, NO_FIGURES);     /* a mailed link opens its request alone */
  TRY(sight_breadth(cx, &ret->breadth));
  if (of->mine) return E_OK;
  bool serves = ret->breadth || cx->actor.serves || cx->actor.leads, reader = false;
  int64_t n = 1;
  if (of->organisation && ret->viewer > 0) TRY(reads(cx, of->organisation, &reader));
  ret->by_organisation = of->organisation && (reader || ret->breadth);
  if (!serves && !reader) return fail(cx, E_ABSENT, NO_FIGURES);
  if (of->team) TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM party t WHERE t.id = ?3 AND t.kind = 'team' AND " SIGHT_TEAM("t.id")), V(ret->viewer), V(ret->breadth), V(of->team)));
  if (of->organisation) TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM party WHERE id = ?1 AND kind = 'organisation'"), V(of->organisation)));
  return n ? E_OK : fail(cx, E_ABSENT, NO_FIGURES);
}

/* Days that are added up serve when all of a team, or of an organisation, is meant. */
bool sees_days(const Sees *s) { return !s->of->mine && (!s->of->organisation || s->by_organisation); }

/* Narrows facts f to what they may see of what was asked for. The viewer is ?1, the breadth ?2. */
void sees_facts(Query *q, const Sees *s) {
  if (s->of->mine) { query_val(q, SQL(" AND f.asker_id = "), V(s->viewer)); return; }
  /* Of days that are not added up the few facts of those days are wanted (+ 0: by their hour); else all of the organisation's. */
  if (s->of->organisation) query_val(q, sees_days(s) ? SQL(" AND f.organisation_id + 0 = ") : SQL(" AND f.organisation_id = "), V(s->of->organisation));
  if (s->by_organisation) query_add(q, SQL(" AND f.team_id NOT IN (SELECT id FROM party WHERE closed = 1)"));
  else query_add(q, SQL(" AND " SIGHT_TEAM("f.team_id")));
  if (s->of->team) query_val(q, SQL(" AND f.team_id = "), V(s->of->team));
}

void sees_series(Query *q, const Sees *s) {
  if (s->by_organisation) { query_val(q, SQL(" AND x.place = 'organisation' AND x.place_id = "), V(s->of->organisation)); return; }
  query_add(q, SQL(" AND x.place = 'team' AND " SIGHT_TEAM("x.place_id")));
  if (s->of->team) query_val(q, SQL(" AND x.place_id = "), V(s->of->team));
}

Query sees_query(Cx *cx, const Sees *s) {
  Query q = query_new(cx);
  query_bind(&q, V(s->viewer));
  query_bind(&q, V(s->breadth));
  return q;
}

/* ── what a page offers ──────────────────────────────────────────────── */

Err figure_teams(Cx *cx, Rows *ret) {
  int64_t wide;
  TRY(sight_breadth(cx, &wide));
  if (wide != 1) return wide ? team_list(cx, ret) : team_of(cx, cx->actor.party, ret);
  TRY(team_list(cx, ret));
  Party *keep = ret->at;
  size_t n = 0;
  for (size_t i = 0; i < ret->n; i++) {
    bool own = !keep[i].closed;
    if (!own) TRY(team_has(cx, keep[i].id, cx->actor.party, &own));
    if (own) keep[n++] = keep[i];
  }
  ret->n = n;
  return E_OK;
}
