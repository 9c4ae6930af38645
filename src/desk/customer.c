/* desk/customer.c: see customer.h. */
#include "desk/customer.h"
#include <math.h>
#include "base/zone.h"
#include "desk/setting.h"
#include "desk/sight.h"
#include "measure/bar.h"

enum { SHOWN = 8, BARS_READ = 500 };

/* ── who may ─────────────────────────────────────────────────────────── */

#define OPEN_TEAM "r.team_id NOT IN (SELECT id FROM party WHERE closed = 1)"

/* FROM … WHERE of this customer's requests that the viewer may see; SIGHT's two values first. */
static Query of_customer(Cx *cx, const Customer *c, Sql select) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_add(&q, select);
  query_add(&q, SQL(" WHERE " SIGHT));
  query_val(&q, c->person ? SQL(" AND r.asker_id = ") : SQL(" AND " OPEN_TEAM " AND r.organisation_id = "), V(c->who.id));
  return q;
}

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

/* ── how it felt ─────────────────────────────────────────────────────── */

typedef struct { int64_t yes, partly, no, silent; } Said;
static const Col said_cols[] = { COL(Said, yes), COL(Said, partly), COL(Said, no), COL(Said, silent) };
static const Shape said_shape = SHAPE(Said, said_cols);
#define SAID_COLS \
  "COALESCE(SUM(CASE WHEN v.sorted = 'yes' THEN 1 ELSE 0 END), 0) AS yes, COALESCE(SUM(CASE WHEN v.sorted = 'partly' THEN 1 ELSE 0 END), 0) AS partly," \
  " COALESCE(SUM(CASE WHEN v.sorted = 'no' THEN 1 ELSE 0 END), 0) AS no, COALESCE(SUM(CASE WHEN v.answered_at = 0 THEN 1 ELSE 0 END), 0) AS silent"

/* Verdicts that were asked for within [from, to). A request changes when its card is asked for, so the index on that serves. */
static Err said_between(Cx *cx, const Customer *c, int64_t from, int64_t to, Said *ret) {
  Query q = of_customer(cx, c, SQL("SELECT " SAID_COLS " FROM request r JOIN verdict v ON v.request_id = r.id"));
  query_val(&q, SQL(" AND r.updated_at >= "), V(from));
  query_val(&q, SQL(" AND v.asked_at >= "), V(from));
  query_val(&q, SQL(" AND v.asked_at < "), V(to));
  Rows rows;
  TRY(query_rows(cx, &q, &said_shape, &rows));
  *ret = *ROW(Said, rows, 0);
  return E_OK;
}

static Figure sorted_figure(const Said *s, int64_t from, int64_t to) {
  Figure f = figure_share((Tally){ s->yes, s->yes + s->partly + s->no }, s->silent);
  f.name = S("sorted");
  f.eyes = EYES_CUSTOMER;
  f.from = from;
  f.to = to;
  return f;
}

typedef struct { int64_t request_id; Str words, moment, subject; } Quote;
static const Col quote_cols[] = { COL(Quote, request_id), COL(Quote, words), COL(Quote, moment), COL(Quote, subject) };
static const Shape quote_shape = SHAPE(Quote, quote_cols);

/* The words of the least satisfied of that month, for those are remembered; whoever spoke without a name is not quoted. */
static Err quote(Cx *cx, const Customer *c, CustomerMonth *m) {
  Query q = of_customer(cx, c, SQL("SELECT r.id AS request_id, v.words, v.moment, r.subject FROM request r JOIN verdict v ON v.request_id = r.id"));
  query_val(&q, SQL(" AND r.updated_at >= "), V(m->from));
  query_val(&q, SQL(" AND v.answered_at >= "), V(m->from));
  query_val(&q, SQL(" AND v.answered_at < "), V(m->to));
  query_add(&q, SQL(" AND v.nameless = 0 AND (v.words <> '' OR v.moment <> '')"
                    " ORDER BY CASE v.sorted WHEN 'no' THEN 0 WHEN 'partly' THEN 1 ELSE 2 END, v.answered_at DESC, v.id DESC LIMIT 1"));
  Rows rows;
  TRY(query_rows(cx, &q, &quote_shape, &rows));
  if (!rows.n) return E_OK;
  const Quote *said = ROW(Quote, rows, 0);
  m->words = said->words.n ? said->words : said->moment;
  m->subject = said->subject;
  m->request_id = said->request_id;
  return E_OK;
}

/* Where a month begins in the house's zone, so that everybody's months are the same. */
static int64_t month_start(const Zone *z, int year, int month) {
  while (month < 1) { month += 12; year--; }
  return zone_instant(z, clock_days(year, month, 1) * DAY);
}

static Err months(Cx *cx, CustomerPage *p) {
  Str name;
  int y, m, d;
  TRY(setting_get(cx, S("place.zone"), &name));
  const Zone *z = zone_get(name) ? zone_get(name) : zone_get(S("UTC"));
  clock_civil(zone_local(z, cx->now) / DAY, &y, &m, &d);
  for (int i = 0; i < CUSTOMER_MONTHS; i++) {
    CustomerMonth *to = &p->months[CUSTOMER_MONTHS - 1 - i];
    Said s;
    to->from = month_start(z, y, m - i);
    to->to = i ? p->months[CUSTOMER_MONTHS - i].from : cx->now + 1;
    TRY(said_between(cx, &p->c, to->from, to->to, &s));
    to->sorted = sorted_figure(&s, to->from, to->to);
    to->mood = to->sorted.n ? 100 * ((double)s.yes + .5 * (double)s.partly) / (double)to->sorted.n : NAN;
    TRY(quote(cx, &p->c, to));
  }
  return E_OK;
}

/* ── what is open, what became of it ─────────────────────────────────── */

static const Col open_cols[] = { COL(CustomerOpen, id), COL(CustomerOpen, due_at), COL(CustomerOpen, waiting_at), COL(CustomerOpen, subject), COL(CustomerOpen, state), COL(CustomerOpen, by) };
static const Shape open_shape = SHAPE(CustomerOpen, open_cols);
#define OPEN_COLS \
  "r.id, r.due_at, r.waiting_at, r.subject, r.state, COALESCE((SELECT w.name FROM party w WHERE w.id = COALESCE(r.owner_id, r.team_id)), '') AS by_name"

static Err promised(Cx *cx, CustomerPage *p) {
  Query q = of_customer(cx, &p->c, SQL("SELECT " OPEN_COLS " FROM request r"));
  query_add(&q, SQL(" AND r.court <> 'done' AND r.state IN ('PROMISED','AMENDING','REVOKED') ORDER BY r.due_at, r.id LIMIT 8"));
  TRY(query_rows(cx, &q, &open_shape, &p->promised));
  q = of_customer(cx, &p->c, SQL("SELECT COUNT(*) FROM request r"));
  query_add(&q, SQL(" AND r.court <> 'done' AND r.state IN ('PROMISED','AMENDING','REVOKED')"));
  return query_int(cx, &q, &p->promised_n);
}

static Err asked(Cx *cx, CustomerPage *p) {
  Query q = of_customer(cx, &p->c, SQL("SELECT " OPEN_COLS " FROM request r"));
  query_add(&q, SQL(" AND r.court = 'them' AND r.ball = 'customer' ORDER BY r.waiting_at, r.id LIMIT 8"));
  return query_rows(cx, &q, &open_shape, &p->asked);
}

typedef struct { int64_t ours, theirs, kept, broken, renegotiated, silent; } Ends;
static const Col ends_cols[] = { COL(Ends, ours), COL(Ends, theirs), COL(Ends, kept), COL(Ends, broken), COL(Ends, renegotiated), COL(Ends, silent) };
static const Shape ends_shape = SHAPE(Ends, ends_cols);
#define SUM_(cond, name) "COALESCE(SUM(CASE WHEN " cond " THEN 1 ELSE 0 END), 0) AS " name
#define ENDED_(what) SUM_("r.ended_at >= ?3 AND r.outcome = '" what "'", what)

static Err ends(Cx *cx, CustomerPage *p) {
  const Val sight[] = { SIGHT_VALS(cx) };
  Query q = query_new(cx);
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_bind(&q, V(p->from));                                             /* ?3 */
  query_add(&q, SQL("SELECT " SUM_("r.court = 'us'", "ours") ", " SUM_("r.court = 'them'", "theirs") ", " ENDED_("kept") ", " ENDED_("broken") ", "
                    ENDED_("renegotiated") ", " ENDED_("silent") " FROM request r WHERE (r.court <> 'done' OR r.updated_at >= ?3) AND " SIGHT));
  query_val(&q, p->c.person ? SQL(" AND r.asker_id = ") : SQL(" AND " OPEN_TEAM " AND r.organisation_id = "), V(p->c.who.id));
  Rows rows;
  TRY(query_rows(cx, &q, &ends_shape, &rows));
  const Ends *e = ROW(Ends, rows, 0);
  p->ours = e->ours;
  p->theirs = p->asked_n = e->theirs;
  p->kept = e->kept;
  p->broken = e->broken;
  p->renegotiated = e->renegotiated;
  p->silent = e->silent;
  p->promise_kept = figure_share((Tally){ e->kept, e->kept + e->broken }, e->silent);
  p->promise_kept.name = S("promise_kept");
  p->promise_kept.eyes = EYES_BOTH;
  p->promise_kept.from = p->from;
  p->promise_kept.to = p->to;
  return E_OK;
}

/* ── bad moments ─────────────────────────────────────────────────────── */

/* measure/moment.h in SQL, a request at a time; once having to explain is not bad, twice within the time is. */
#define BAD_REQUEST \
  "CASE WHEN r.outcome = 'broken' OR r.rework >= 2 OR v.ease BETWEEN 1 AND 3 OR v.satisfaction BETWEEN 1 AND 2 THEN 1 ELSE 0 END"
#define REPEATS "CASE WHEN v.repeated > 0 THEN v.repeated ELSE 0 END"

typedef struct { int64_t people, bad; } Bad;
static const Col bad_cols[] = { COL(Bad, people), COL(Bad, bad) };
static const Shape bad_shape = SHAPE(Bad, bad_cols);

static Figure bad_figure(int64_t k, int64_t n, int64_t from, int64_t to) {
  Figure f = figure_share((Tally){ k, n }, 0);
  f.name = S("bad_moments");
  f.eyes = EYES_CUSTOMER;
  f.from = from;
  f.to = to;
  return f;
}

static Err bad(Cx *cx, CustomerPage *p) {
  Query q = of_customer(cx, &p->c, SQL("SELECT COUNT(*) AS people, COALESCE(SUM(CASE WHEN x.bad = 1 OR x.repeats >= 2 THEN 1 ELSE 0 END), 0) AS bad FROM"
    " (SELECT r.asker_id, MAX(" BAD_REQUEST ") AS bad, SUM(" REPEATS ") AS repeats FROM request r LEFT JOIN verdict v ON v.request_id = r.id AND v.answered_at > 0"));
  query_val(&q, SQL(" AND r.updated_at >= "), V(p->from));
  query_add(&q, SQL(" GROUP BY r.asker_id) x"));
  Rows rows;
  TRY(query_rows(cx, &q, &bad_shape, &rows));
  const Bad *b = ROW(Bad, rows, 0);
  p->people = b->people;
  p->bad = bad_figure(b->bad, b->people, p->from, p->to);
  return E_OK;
}

/* ── bars of single requests ─────────────────────────────────────────── */

typedef struct { int64_t met, said, silent; } Met;
static const Col met_cols[] = { COL(Met, met), COL(Met, said), COL(Met, silent) };
static const Shape met_shape = SHAPE(Met, met_cols);

static Err own_bar(Cx *cx, CustomerPage *p) {
  Query q = of_customer(cx, &p->c, SQL("SELECT " SUM_("v.against_bar IN ('at','above')", "met") ", " SUM_("v.against_bar <> ''", "said") ", "
    SUM_("v.against_bar = '' AND (r.bar_by > 0 OR r.bar_told <> '' OR r.bar_good <> '')", "silent") " FROM request r JOIN verdict v ON v.request_id = r.id"));
  query_val(&q, SQL(" AND r.updated_at >= "), V(p->from));
  query_val(&q, SQL(" AND v.asked_at >= "), V(p->from));
  Rows rows;
  TRY(query_rows(cx, &q, &met_shape, &rows));
  const Met *m = ROW(Met, rows, 0);
  p->own_bar = figure_share((Tally){ m->met, m->said }, m->silent);
  p->own_bar.name = S("bar_met");
  p->own_bar.eyes = EYES_CUSTOMER;
  p->own_bar.from = p->from;
  p->own_bar.to = p->to;
  return E_OK;
}

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
  *ret = (CustomerPage){ .c = *c, .from = cx->now - CUSTOMER_DAYS * DAY, .to = cx->now + 1 };
  Said s;
  if (!c->person) TRY(relationship_from(cx, S("reads"), c->who.id, &ret->speakers));
  TRY(ends(cx, ret));
  TRY(months(cx, ret));
  TRY(promised(cx, ret));
  TRY(asked(cx, ret));
  TRY(said_between(cx, c, ret->from, ret->to, &s));
  ret->sorted = sorted_figure(&s, ret->from, ret->to);
  TRY(bad(cx, ret));
  TRY(own_bar(cx, ret));
  return gaps(cx, ret);
}

/* ── the list ────────────────────────────────────────────────────────── */

typedef struct { int64_t id; Str name; int64_t ours, theirs, kept, broken, silent; } Line;
static const Col line_cols[] = { COL(Line, id), COL(Line, name), COL(Line, ours), COL(Line, theirs), COL(Line, kept), COL(Line, broken), COL(Line, silent) };
static const Shape line_shape = SHAPE(Line, line_cols);
typedef struct { int64_t id, a, b, c, d; } Counts;
static const Col counts_cols[] = { COL(Counts, id), COL(Counts, a), COL(Counts, b), COL(Counts, c), COL(Counts, d) };
static const Shape counts_shape = SHAPE(Counts, counts_cols);

static CustomerLine *line_of(CustomerLine *at, size_t n, int64_t id) {
  for (size_t i = 0; i < n; i++) if (at[i].id == id) return &at[i];
  return NULL;
}

static Err list_open(Cx *cx, int64_t from, CustomerLine **ret, size_t *ret_n) {
  Rows rows;
  TRY(db_rows(cx, &line_shape, &rows,
    SQL("SELECT r.organisation_id AS id, o.name, " SUM_("r.court = 'us'", "ours") ", " SUM_("r.court = 'them'", "theirs") ", " ENDED_("kept") ", " ENDED_("broken") ", " ENDED_("silent")
        " FROM request r JOIN party o ON o.id = r.organisation_id WHERE " SIGHT " AND " OPEN_TEAM " AND (r.court <> 'done' OR r.updated_at >= ?3)"
        " GROUP BY r.organisation_id, o.name ORDER BY r.organisation_id"), SIGHT_VALS(cx), V(from)));
  CustomerLine *at = NEW_N(cx->arena, CustomerLine, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) {
    const Line *l = ROW(Line, rows, i);
    at[i] = (CustomerLine){ .id = l->id, .name = l->name, .ours = l->ours, .theirs = l->theirs, .kept = figure_share((Tally){ l->kept, l->kept + l->broken }, l->silent),
                            .sorted = sorted_figure(&(Said){ 0 }, from, cx->now + 1), .bad = bad_figure(0, 0, from, cx->now + 1) };
    at[i].kept.name = S("promise_kept");
    at[i].kept.eyes = EYES_BOTH;
    at[i].kept.from = from;
    at[i].kept.to = cx->now + 1;
  }
  *ret = at;
  *ret_n = rows.n;
  return E_OK;
}

static Err list_said(Cx *cx, int64_t from, CustomerLine *at, size_t n) {
  Rows rows;
  TRY(db_rows(cx, &counts_shape, &rows,
    SQL("SELECT r.organisation_id AS id, " SUM_("v.sorted = 'yes'", "a") ", " SUM_("v.sorted = 'partly'", "b") ", " SUM_("v.sorted = 'no'", "c") ", " SUM_("v.answered_at = 0", "d")
        " FROM request r JOIN verdict v ON v.request_id = r.id WHERE " SIGHT " AND " OPEN_TEAM " AND r.organisation_id IS NOT NULL AND r.updated_at >= ?3 AND v.asked_at >= ?3"
        " GROUP BY r.organisation_id"), SIGHT_VALS(cx), V(from)));
  for (size_t i = 0; i < rows.n; i++) {
    const Counts *c = ROW(Counts, rows, i);
    CustomerLine *l = line_of(at, n, c->id);
    if (l) l->sorted = sorted_figure(&(Said){ c->a, c->b, c->c, c->d }, from, cx->now + 1);
  }
  return E_OK;
}

static Err list_bad(Cx *cx, int64_t from, CustomerLine *at, size_t n) {
  Rows rows;
  TRY(db_rows(cx, &counts_shape, &rows,
    SQL("SELECT x.id, COUNT(*) AS a, COALESCE(SUM(CASE WHEN x.bad = 1 OR x.repeats >= 2 THEN 1 ELSE 0 END), 0) AS b, 0 AS c, 0 AS d FROM"
        " (SELECT r.organisation_id AS id, r.asker_id, MAX(" BAD_REQUEST ") AS bad, SUM(" REPEATS ") AS repeats FROM request r"
        " LEFT JOIN verdict v ON v.request_id = r.id AND v.answered_at > 0 WHERE " SIGHT " AND " OPEN_TEAM " AND r.organisation_id IS NOT NULL AND r.updated_at >= ?3"
        " GROUP BY r.organisation_id, r.asker_id) x GROUP BY x.id"), SIGHT_VALS(cx), V(from)));
  for (size_t i = 0; i < rows.n; i++) {
    const Counts *c = ROW(Counts, rows, i);
    CustomerLine *l = line_of(at, n, c->id);
    if (l) l->bad = bad_figure(c->b, c->a, from, cx->now + 1);
  }
  return E_OK;
}

Err customer_list(Cx *cx, CustomerLine **ret, size_t *ret_n) {
  int64_t from = cx->now - CUSTOMER_DAYS * DAY;
  TRY(list_open(cx, from, ret, ret_n));
  TRY(list_said(cx, from, *ret, *ret_n));
  return list_bad(cx, from, *ret, *ret_n);
}
