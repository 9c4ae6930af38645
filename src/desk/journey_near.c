/* desk/journey_near.c: see journey_near.h. */
#include "desk/journey_near.h"
#include <math.h>
#include <stdlib.h>
#include "desk/card.h"
#include "desk/figure.h"
#include "desk/sight.h"

typedef VEC(double) Doubles;

/* A card that was answered, or whose time has passed (score -1). at: when. */
typedef struct { int64_t person, team_id, at, score; } CardSaid;

static Err cards(Cx *cx, const Journey *j, const Rows *map, const TraceFilter *f, Rows *ret) {
  static const Col cols[] = { COL(CardSaid, person), COL(CardSaid, team_id), COL(CardSaid, at), COL(CardSaid, score) };
  static const Shape shape = SHAPE(CardSaid, cols);
  int64_t breadth;
  TRY(sight_breadth(cx, &breadth));
  Query q = trace_people(cx, j, map, f);
  query_val(&q, SQL(", far AS (SELECT "), V(breadth));
  query_add(&q, SQL(" AS breadth), told AS (SELECT c.asked_of AS person, c.team_id, CASE WHEN c.answered_at > 0 THEN c.answered_at ELSE c.ends_at END AS at, c.score"
                    " FROM who JOIN card c ON c.asked_of = who.person WHERE c.instrument IN ('near', 'proximity')"
                    " AND " SIGHT_TEAM_OF_("?1", "(SELECT breadth FROM far)", "c.team_id") " AND (c.score >= 0 OR c.answered_at = 0)"));
  query_val(&q, SQL(" AND c.asked_at >= "), V(f->from - CARD_LIFE));
  query_val(&q, SQL(" AND c.asked_at < "), V(f->to));
  query_val(&q, SQL(") SELECT person, team_id, at, score FROM told WHERE at >= "), V(f->from));
  query_val(&q, SQL(" AND at < "), V(f->to <= cx->now ? f->to : cx->now + 1));
  query_add(&q, SQL(" ORDER BY person, at, team_id, score"));
  return query_rows(cx, &q, &shape, ret);
}

/* ── who was where, and from when on ─────────────────────────────────── */

typedef struct { int64_t person, team_id, at; int place; } Been;

static int by_place(const void *a, const void *b) {
  const Been *x = a, *y = b;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  if (x->person != y->person) return x->person < y->person ? -1 : 1;
  return x->at != y->at ? (x->at < y->at ? -1 : 1) : x->team_id < y->team_id ? -1 : x->team_id > y->team_id;
}

static size_t first_of(const Rows *told, int64_t person) {
  size_t lo = 0, hi = told->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (ROW(CardSaid, *told, mid)->person < person) lo = mid + 1; else hi = mid;
  }
  return lo;
}

static bool after(const Been *b, size_t n, const CardSaid *t) {
  for (size_t i = 0; i < n; i++) if (b[i].team_id == t->team_id && t->at > b[i].at) return true;
  return false;
}

/* b: n visits of one person to one touchpoint. Their first answer afterwards; without one, whether they were asked. */
static void person(Arena *a, const Rows *told, const Been *b, size_t n, Doubles *to, int64_t *silent) {
  bool asked = false;
  for (size_t i = first_of(told, b->person); i < told->n && ROW(CardSaid, *told, i)->person == b->person; i++) {
    const CardSaid *t = ROW(CardSaid, *told, i);
    if (!after(b, n, t)) continue;
    if (t->score >= 0) { vec_add(a, to, (double)t->score / 100); return; }
    asked = true;
  }
  *silent += asked;
}

/* Up to four are counted and not told, to programs neither. */
static Figure figure(const double *v, size_t n, int64_t silent, const TraceFilter *f) {
  Figure near = figure_index(v, n, silent);
  near.name = S("proximity");
  near.eyes = EYES_CUSTOMER;
  near.from = f->from;
  near.to = f->to;
  if (near.show != SHOW_LIST) return near;
  near.value = NAN;
  near.ci = near.bounds = (Interval){ 0, 100 };
  return near;
}

Err journey_near(Cx *cx, const Journey *j, const Rows *map, const TraceFilter *f, const Walks *in, JourneyMeasures *m) {
  VEC(Been) all = { 0 };
  Rows told = { 0 };
  if (in->n && !cx->actor.only_request) TRY(cards(cx, j, map, f, &told));
  for (size_t i = 0; told.n && i < in->n; i++)
    for (size_t k = 0; k < in->at[i].n; k++) {
      const Step *s = &in->at[i].steps[k];
      if (s->place >= 0) vec_add(cx->arena, &all, (Been){ s->r->asker_id, s->r->team_id, s->at, s->place });
    }
  if (all.n) qsort(all.at, all.n, sizeof *all.at, by_place);
  size_t at = 0;
  for (size_t i = 0; i < m->stage_n; i++) {
    Doubles v = { 0 };
    int64_t silent = 0;
    while (at < all.n && all.at[at].place == (int)i) {
      size_t end = at;
      while (end < all.n && all.at[end].place == (int)i && all.at[end].person == all.at[at].person) end++;
      person(cx->arena, &told, &all.at[at], end - at, &v, &silent);
      at = end;
    }
    m->stages[i].near = figure(v.at, v.n, silent, f);
  }
  return E_OK;
}
