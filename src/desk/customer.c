/* desk/customer.c: see customer.h. */
#include "desk/customer.h"
#include <math.h>
#include "base/zone.h"
#include "desk/figure.h"
#include "desk/setting.h"
#include "desk/sight.h"
#include "measure/bar.h"

/* ── who may ─────────────────────────────────────────────────────────── */

#define OPEN_TEAM "r.team_id NOT IN (SELECT id FROM party WHERE closed = 1)"

/* What SIGHT comes to for who reads an organisation's requests, or leads the house: all of its open teams. Asked of each row it
   would cost the page a tenth of a second in a large store. */
#define WHOLE "(?1 = ?1 AND ?2 = ?2 AND " OPEN_TEAM ")"

/* FROM … WHERE of this customer's requests that the viewer may see; SIGHT's two values first. */
static Query of_customer_by(Cx *cx, const Customer *c, Sql select, bool open) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_add(&q, select);
  query_add(&q, c->whole && !c->person ? SQL(" WHERE " WHOLE) : SQL(" WHERE " SIGHT));
  if (open) query_add(&q, SQL(" AND r.court <> 'done'"));
  if (c->person) query_val(&q, SQL(" AND r.asker_id = "), V(c->who.id));
  else query_val(&q, SQL(" AND " OPEN_TEAM " AND r.organisation_id = "), V(c->who.id));
  return q;
}
static Query of_customer(Cx *cx, const Customer *c, Sql select) { return of_customer_by(cx, c, select, false); }
static Query open_of_customer(Cx *cx, const Customer *c, Sql select) { return of_customer_by(cx, c, select, true); }

static Err any_request(Cx *cx, const Customer *c, bool *ret) {
  int64_t one;
  Query q = of_customer(cx, c, SQL("SELECT r.id FROM request r"));
  query_add(&q, SQL(" LIMIT 1"));
  TRY(query_int(cx, &q, &one));
  *ret = one > 0;
  return E_OK;
}

Err customer_mine(Cx *cx, Rows *ret) {
  *ret = (Rows){ 0 };
  return cx->actor.party && !cx->actor.only_request ? relationship_to(cx, cx->actor.party, S("reads"), ret) : E_OK;
}

static Err leads_house(Cx *cx, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM relationship e JOIN party o ON o.id = e.to_id WHERE e.from_id = ?1 AND o.kind = 'organisation' AND e.kind IN ('leads','administers')"),
             V(cx->actor.party)));
  *ret = n > 0;
  return E_OK;
}

static Err stand(Cx *cx, Customer *c) {
  int64_t reads;
  bool desk = cx->actor.serves || cx->actor.leads || cx->actor.administers, any, leads;
  if (c->person) c->theirs = c->who.id == cx->actor.party;
  else {
    TRY(db_int(cx, &reads, SQL("SELECT COUNT(*) FROM relationship WHERE from_id = ?1 AND kind = 'reads' AND to_id = ?2"), V(cx->actor.party), V(c->who.id)));
    c->theirs = reads > 0;
  }
  c->whole = c->theirs;
  if (!desk) return E_OK;
  TRY(leads_house(cx, &leads));
  TRY(any_request(cx, c, &any));
  c->serves = leads || any;
  if (!c->person && leads) c->whole = true;
  if (c->person && c->who.id == cx->actor.party) c->serves = false;      /* about oneself one is the customer */
  return E_OK;
}

Err customer_get(Cx *cx, int64_t party, Customer *ret) {
  static const char none[] = N_("There is no such customer that you may see.");
  *ret = (Customer){ 0 };
  if (cx->actor.only_request || !cx->actor.party) return fail(cx, E_ABSENT, none);
  Err e = party_get(cx, party, &ret->who);
  if (e) return e == E_ABSENT ? fail(cx, E_ABSENT, none) : e;
  ret->person = str_eq(ret->who.kind, S("person"));
  if (!ret->person && !str_eq(ret->who.kind, S("organisation"))) return fail(cx, E_ABSENT, none);
  TRY(stand(cx, ret));
  return ret->theirs || ret->serves ? E_OK : fail(cx, E_ABSENT, none);
}

/* ── figures ─────────────────────────────────────────────────────────── */

/* The house's midnights, so that whoever looks sees the same days. */
static Err house_zone(Cx *cx, const Zone **ret) {
  Str name;
  TRY(setting_get(cx, S("place.zone"), &name));
  *ret = zone_get(name) ? zone_get(name) : zone_get(S("UTC"));
  return E_OK;
}

static FigureScope scope_of(const Customer *c, int64_t from, int64_t to) {
  return (FigureScope){ .from = from, .to = to, .organisation = c->person ? 0 : c->who.id, .mine = c->person };
}

static Err lately(Cx *cx, int64_t *ret_from, int64_t *ret_to) {
  const Zone *z;
  TRY(house_zone(cx, &z));
  int64_t today = zone_local(z, cx->now) / DAY;
  *ret_from = zone_instant(z, (today - CUSTOMER_DAYS + 1) * DAY);
  *ret_to = cx->now + 1;
  return E_OK;
}

enum { F_SORTED, F_KEPT, F_BAD, LIST_FIGURES, F_MOVED = LIST_FIGURES, F_BAR, FIGURES };       /* the first are those of the list */
static const char *const names[FIGURES] = { "sorted", "promise-kept", "bad-moment", "promise-moved", "bar-met" };

static Err figures(Cx *cx, const Customer *c, int64_t from, int64_t to, size_t n, Figure *ret) {
  const Measure *m[FIGURES];
  for (size_t i = 0; i < n; i++) m[i] = measure_find(str_z(names[i]));
  FigureScope scope = scope_of(c, from, to);
  return figures_get(cx, &scope, m, n, ret);
}

/* ── how it felt ─────────────────────────────────────────────────────── */

typedef struct { int64_t request_id; Str sorted, words, subject; } Quote;
static const Col quote_cols[] = { COL(Quote, request_id), COL(Quote, sorted), COL(Quote, words), COL(Quote, subject) };
static const Shape quote_shape = SHAPE(Quote, quote_cols);

static int badness(const Quote *q) { return str_eq(q->sorted, S("no")) ? 2 : str_eq(q->sorted, S("partly")) ? 1 : 0; }

/* The words of the least satisfied of that month, for those are remembered: words that stand in the conversation too, so that
   whoever may read it may read them. What somebody told the desk alone (a moment, or without a name) is not quoted. */
static Err quote(Cx *cx, const Customer *c, CustomerMonth *m) {
  Query q = of_customer(cx, c, SQL("SELECT r.id AS request_id, v.sorted, v.words, r.subject FROM request r JOIN verdict v ON v.request_id = r.id"));
  query_val(&q, SQL(" AND r.updated_at >= "), V(m->from));
  query_val(&q, SQL(" AND r.updated_at < "), V(m->to));
  query_add(&q, SQL(" AND v.answered_at > 0 AND v.nameless = 0 AND v.words <> '' ORDER BY r.updated_at DESC, r.id DESC, v.id DESC LIMIT 40"));
  Rows rows;
  TRY(query_rows(cx, &q, &quote_shape, &rows));
  const Quote *said = NULL;
  for (size_t i = 0; i < rows.n; i++) if (!said || badness(ROW(Quote, rows, i)) > badness(said)) said = ROW(Quote, rows, i);
  if (!said) return E_OK;
  m->words = said->words;
  m->subject = said->subject;
  m->request_id = said->request_id;
  return E_OK;
}

static int64_t month_start(const Zone *z, int year, int month) {
  for (; month < 1; month += 12) year--;
  return zone_instant(z, clock_days(year, month, 1) * DAY);
}

static Err months(Cx *cx, CustomerPage *p) {
  const Zone *z;
  int y, m, d;
  int64_t edges[CUSTOMER_MONTHS + 1];
  Figure said[CUSTOMER_MONTHS];
  TRY(house_zone(cx, &z));
  clock_civil(zone_local(z, cx->now) / DAY, &y, &m, &d);
  for (int i = 0; i < CUSTOMER_MONTHS; i++) edges[i] = month_start(z, y, m - (CUSTOMER_MONTHS - 1 - i));
  edges[CUSTOMER_MONTHS] = p->to;
  FigureScope scope = scope_of(&p->c, edges[0], p->to);
  TRY(figure_points(cx, &scope, measure_find(S("sorted")), edges, CUSTOMER_MONTHS, said));
  for (int i = 0; i < CUSTOMER_MONTHS; i++) {
    CustomerMonth *to = &p->months[i];
    *to = (CustomerMonth){ .from = edges[i], .to = edges[i + 1], .sorted = said[i], .mood = said[i].n ? 100 * said[i].value : NAN };
    TRY(quote(cx, &p->c, to));
  }
  return E_OK;
}

/* ── what is open, what became of it ─────────────────────────────────── */

static const Col open_cols[] = { COL(CustomerOpen, id), COL(CustomerOpen, due_at), COL(CustomerOpen, waiting_at), COL(CustomerOpen, subject), COL(CustomerOpen, state), COL(CustomerOpen, by) };
static const Shape open_shape = SHAPE(CustomerOpen, open_cols);
#define OPEN_COLS \
  "r.id, r.due_at, r.waiting_at, r.subject, r.state, COALESCE((SELECT w.name FROM party w WHERE w.id = COALESCE(r.owner_id, r.team_id)), '') AS by_name"

/* The first few are found in the index of what is open, then these are read. */
#define OPEN_FIRST "SELECT " OPEN_COLS " FROM request r WHERE r.id IN (SELECT r.id FROM request r"

static Err promised(Cx *cx, CustomerPage *p) {
  Query q = open_of_customer(cx, &p->c, SQL(OPEN_FIRST));
  query_add(&q, SQL(" AND r.state IN ('PROMISED','AMENDING','REVOKED') ORDER BY r.due_at, r.id LIMIT 8) ORDER BY r.due_at, r.id"));
  TRY(query_rows(cx, &q, &open_shape, &p->promised));
  q = open_of_customer(cx, &p->c, SQL("SELECT COUNT(*) FROM request r"));
  query_add(&q, SQL(" AND r.state IN ('PROMISED','AMENDING','REVOKED')"));
  return query_int(cx, &q, &p->promised_n);
}

static Err asked(Cx *cx, CustomerPage *p) {
  Query q = open_of_customer(cx, &p->c, SQL(OPEN_FIRST));
  query_add(&q, SQL(" AND r.court = 'them' AND r.ball = 'customer' ORDER BY r.waiting_at, r.id LIMIT 8) ORDER BY r.waiting_at, r.id"));
  return query_rows(cx, &q, &open_shape, &p->asked);
}

typedef struct { int64_t ours, theirs; } Moves;
static const Col moves_cols[] = { COL(Moves, ours), COL(Moves, theirs) };
static const Shape moves_shape = SHAPE(Moves, moves_cols);
#define SUM_(cond, name) "COALESCE(SUM(CASE WHEN " cond " THEN 1 ELSE 0 END), 0) AS " name

static Err moves(Cx *cx, CustomerPage *p) {
  Query q = open_of_customer(cx, &p->c, SQL("SELECT " SUM_("r.court = 'us'", "ours") ", " SUM_("r.court = 'them'", "theirs") " FROM request r"));
  Rows rows;
  TRY(query_rows(cx, &q, &moves_shape, &rows));
  p->ours = ROW(Moves, rows, 0)->ours;
  p->theirs = p->asked_n = ROW(Moves, rows, 0)->theirs;
  return E_OK;
}

/* ── bars of single requests ─────────────────────────────────────────── */

typedef struct { int64_t asked, promised, at; } Pair;
static const Col pair_cols[] = { COL(Pair, asked), COL(Pair, promised), COL(Pair, at) };
static const Shape pair_shape = SHAPE(Pair, pair_cols);

/* What was wished for beside what was promised, newest first: the first promise, before anybody moved it. */
static Err gaps(Cx *cx, CustomerPage *p) {
  Query q = of_customer(cx, &p->c, SQL("SELECT r.bar_by - r.created_at AS asked, COALESCE((SELECT o.due_at FROM promise o WHERE o.request_id = r.id ORDER BY o.version LIMIT 1), 0)"
    " - r.created_at AS promised, r.created_at AS at FROM request r"));
  query_val(&q, SQL(" AND r.bar_by > 0 AND r.updated_at >= "), V(p->from));
  query_add(&q, SQL(" AND EXISTS (SELECT 1 FROM promise o WHERE o.request_id = r.id) ORDER BY r.updated_at DESC, r.id DESC LIMIT 500"));
  Rows rows;
  TRY(query_rows(cx, &q, &pair_shape, &rows));
  BarPair *pairs = NEW_N(cx->arena, BarPair, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) {
    const Pair *x = ROW(Pair, rows, rows.n - 1 - i);
    pairs[i] = (BarPair){ (double)x->asked, (double)x->promised, x->at };
  }
  p->bars = (int64_t)rows.n;
  p->has_gap = display_of((int64_t)rows.n) >= SHOW_INTERVAL;             /* below five it says nothing about a habit */
  p->has_drift = display_of((int64_t)rows.n) >= SHOW_PERCENT;
  if (p->has_gap) p->gap = bar_gap(cx->arena, pairs, rows.n);
  if (p->has_drift) p->drift = bar_drift(cx->arena, pairs, rows.n);
  p->has_drift = p->has_drift && isfinite(p->drift);
  return E_OK;
}

/* ── the page ────────────────────────────────────────────────────────── */

Err customer_page(Cx *cx, const Customer *c, CustomerPage *ret) {
  Figure f[FIGURES];
  *ret = (CustomerPage){ .c = *c };
  if (c->person && !c->theirs) return fail(cx, E_ABSENT, N_("There is no such customer that you may see."));      /* nobody sees another person's figures */
  TRY(lately(cx, &ret->from, &ret->to));
  if (!c->person) TRY(relationship_from(cx, S("reads"), c->who.id, &ret->speakers));
  TRY(figures(cx, c, ret->from, ret->to, FIGURES, f));
  ret->sorted = f[F_SORTED];
  ret->promise_kept = f[F_KEPT];
  ret->renegotiated = f[F_MOVED].k;
  ret->bad = f[F_BAD];
  ret->own_bar = f[F_BAR];
  TRY(moves(cx, ret));
  TRY(months(cx, ret));
  TRY(promised(cx, ret));
  TRY(asked(cx, ret));
  return gaps(cx, ret);
}

/* ── the list ────────────────────────────────────────────────────────── */

typedef struct { int64_t id, ours, theirs; } Line;
static const Col line_cols[] = { COL(Line, id), COL(Line, ours), COL(Line, theirs) };
static const Shape line_shape = SHAPE(Line, line_cols);
typedef struct { int64_t id; Str name; } Named;
static const Col named_cols[] = { COL(Named, id), COL(Named, name) };
static const Shape named_shape = SHAPE(Named, named_cols);

static Err list_line(Cx *cx, const Named *o, const Rows *open, int64_t from, int64_t to, CustomerLine *ret) {
  Customer c = { .who = { .id = o->id } };
  Figure f[LIST_FIGURES];
  TRY(figures(cx, &c, from, to, LIST_FIGURES, f));
  *ret = (CustomerLine){ .id = o->id, .name = o->name, .sorted = f[F_SORTED], .kept = f[F_KEPT], .bad = f[F_BAD] };
  for (size_t i = 0; i < open->n; i++) {
    const Line *l = ROW(Line, *open, i);
    if (l->id == o->id) { ret->ours = l->ours; ret->theirs = l->theirs; }
  }
  return E_OK;
}

#define OPEN_LINES "SELECT r.organisation_id AS id, " SUM_("r.court = 'us'", "ours") ", " SUM_("r.court = 'them'", "theirs") \
  " FROM request r WHERE r.court <> 'done' AND r.organisation_id > 0 AND "

Err customer_list(Cx *cx, CustomerLine **ret, size_t *ret_n) {
  Rows rows, open;
  int64_t from, to;
  bool leads;
  TRY(lately(cx, &from, &to));
  TRY(db_rows(cx, &named_shape, &rows,
    SQL("SELECT o.id, o.name FROM party o WHERE o.kind = 'organisation' AND o.disabled_at = 0 AND EXISTS (SELECT 1 FROM request r WHERE r.organisation_id = o.id AND " OPEN_TEAM " AND " SIGHT ")"
        " ORDER BY o.name, o.id LIMIT 200"), SIGHT_VALS(cx)));
  TRY(leads_house(cx, &leads));
  TRY(db_rows(cx, &line_shape, &open, leads ? SQL(OPEN_LINES WHOLE " GROUP BY r.organisation_id") : SQL(OPEN_LINES OPEN_TEAM " AND " SIGHT " GROUP BY r.organisation_id"),
              SIGHT_VALS(cx)));
  CustomerLine *at = NEW_N(cx->arena, CustomerLine, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) TRY(list_line(cx, ROW(Named, rows, i), &open, from, to, &at[i]));
  *ret = at;
  *ret_n = rows.n;
  return E_OK;
}
