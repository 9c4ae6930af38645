/* desk/figure.c: sums of whole days that are added up, and facts for the rest. The sums are the same whichever way a day is read. */
#include "desk/figure.h"
#include "base/vec.h"
#include "base/zone.h"
#include "desk/party.h"
#include "desk/series.h"
#include "desk/sight.h"
#include "measure/moment.h"
#include "text/lang.h"
#include "text/when.h"

/* ── who may see what ────────────────────────────────────────────────── */

typedef struct { int64_t viewer, breadth; const FigureScope *of; bool by_organisation; } Sees;

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

static Err may(Cx *cx, const FigureScope *of, Sees *ret) {
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

/* Narrows facts f to what they may see of what was asked for. The viewer is ?1, the breadth ?2. */
static void narrow_facts(Query *q, const Sees *s) {
  if (s->of->mine) { query_val(q, SQL(" AND f.asker_id = "), V(s->viewer)); return; }
  if (s->of->organisation) query_val(q, SQL(" AND f.organisation_id = "), V(s->of->organisation));
  if (s->by_organisation) query_add(q, SQL(" AND f.team_id NOT IN (SELECT id FROM party WHERE closed = 1)"));
  else query_add(q, SQL(" AND " SIGHT_TEAM("f.team_id")));
  if (s->of->team) query_val(q, SQL(" AND f.team_id = "), V(s->of->team));
}

/* Days that are added up serve when all of a team, or of an organisation, is meant. */
static bool has_series(const Sees *s) { return !s->of->mine && (!s->of->organisation || s->by_organisation); }

static void narrow_series(Query *q, const Sees *s) {
  if (s->by_organisation) { query_val(q, SQL(" AND x.place = 'organisation' AND x.place_id = "), V(s->of->organisation)); return; }
  query_add(q, SQL(" AND x.place = 'team' AND " SIGHT_TEAM("x.place_id")));
  if (s->of->team) query_val(q, SQL(" AND x.place_id = "), V(s->of->team));
}

static Query query_for(Cx *cx, const Sees *s) {
  Query q = query_new(cx);
  query_bind(&q, V(s->viewer));
  query_bind(&q, V(s->breadth));
  return q;
}

/* ── which days are read which way ───────────────────────────────────── */

typedef struct { int64_t from, to; } Stretch;
typedef VEC(Stretch) Stretches;

static void stretch(Arena *a, Stretches *l, int64_t from, int64_t to) {
  if (to <= from) return;
  if (l->n && l->at[l->n - 1].to == from) l->at[l->n - 1].to = to;
  else vec_add(a, l, (Stretch){ from, to });
}

typedef struct { int64_t day; } DayRow;

/* Stretches to be read from facts: pieces of days at the edges, and days not added up. The rest is *ret_first to *ret_end, in days,
   without those. */
static Err plan(Cx *cx, const Sees *s, int64_t from, int64_t to, Stretches *ret, int64_t *ret_first, int64_t *ret_end) {
  static const Col cols[] = { COL(DayRow, day) };
  static const Shape shape = SHAPE(DayRow, cols);
  int64_t first = (from + DAY - 1) / DAY, end = to / DAY;
  Rows stale;
  if (!has_series(s) || first >= end) { *ret_first = *ret_end = 0; stretch(cx->arena, ret, from, to); return E_OK; }
  TRY(db_rows(cx, &shape, &stale, SQL("SELECT day FROM series_day WHERE rolled = 0 AND day >= ?1 AND day < ?2 ORDER BY day"), V(first), V(end)));
  stretch(cx->arena, ret, from, first * DAY);
  for (size_t i = 0; i < stale.n; i++) stretch(cx->arena, ret, ROW(DayRow, stale, i)->day * DAY, (ROW(DayRow, stale, i)->day + 1) * DAY);
  stretch(cx->arena, ret, end * DAY, to);
  *ret_first = first;
  *ret_end = end;
  return E_OK;
}

/* ── reading ─────────────────────────────────────────────────────────── */

static Err read_facts(Cx *cx, const Sees *s, MeasureDay kind, Stretch in, Rows *ret) {
  Query q = query_for(cx, s);
  query_add(&q, SQL("SELECT " FACT_COLS " FROM fact f WHERE ?1 = ?1 AND ?2 = ?2 AND "));
  query_add(&q, SERIES_DAY_SQL(kind));
  query_val(&q, SQL(" >= "), V(in.from > 1 ? in.from : 1));
  query_add(&q, SQL(" AND "));
  query_add(&q, SERIES_DAY_SQL(kind));
  query_val(&q, SQL(" < "), V(in.to));
  narrow_facts(&q, s);
  query_add(&q, SQL(" ORDER BY f.request_id"));
  return query_rows(cx, &q, &fact_shape, ret);
}

typedef struct { int64_t day, k, n, silent; Str measure, spread; } DaySum;

/* Shares are added up by the database; of times each row is wanted. by_day: the day stays apart. */
static Err read_series(Cx *cx, const Sees *s, bool times, const Measure *only, int64_t first, int64_t end, Rows *ret) {
  static const Col cols[] = { COL(DaySum, measure), COL(DaySum, day), COL(DaySum, k), COL(DaySum, n), COL(DaySum, silent), COL(DaySum, spread) };
  static const Shape shape = SHAPE(DaySum, cols);
  Query q = query_for(cx, s);
  if (times) query_add(&q, SQL("SELECT x.measure, x.day, x.k, x.n, x.silent, x.spread FROM series x"));
  else if (only) query_add(&q, SQL("SELECT x.measure, x.day, SUM(x.k) AS k, SUM(x.n) AS n, SUM(x.silent) AS silent, '' AS spread FROM series x"));
  else query_add(&q, SQL("SELECT x.measure, 0 AS day, SUM(x.k) AS k, SUM(x.n) AS n, SUM(x.silent) AS silent, '' AS spread FROM series x"));
  query_val(&q, SQL(" WHERE ?1 = ?1 AND ?2 = ?2 AND x.day >= "), V(first));
  query_val(&q, SQL(" AND x.day < "), V(end));
  query_add(&q, times ? SQL(" AND x.spread <> ''") : SQL(" AND x.spread = ''"));
  if (only) query_val(&q, SQL(" AND x.measure = "), V(str_z(only->name)));
  narrow_series(&q, s);
  query_add(&q, SQL(" AND x.day NOT IN (SELECT d.day FROM series_day d WHERE d.rolled = 0)"));
  if (!times && only) query_add(&q, SQL(" GROUP BY x.measure, x.day"));
  else if (!times) query_add(&q, SQL(" GROUP BY x.measure"));
  return query_rows(cx, &q, &shape, ret);
}

static Err add_row(Cx *cx, Sum *to, const DaySum *r) {
  to->k += r->k;
  to->n += r->n;
  to->silent += r->silent;
  if (!r->spread.n) return E_OK;
  if (!to->spread) to->spread = NEW(cx->arena, Spread);
  return spread_read(r->spread, to->spread) ? E_OK : fail(cx, E_BROKEN, "the series of %s is not one; `cornerdesk rebuild` makes it anew", to->m->name);
}

static Sum *sum_of(Sum *sums, size_t n, Str measure) {
  for (size_t i = 0; i < n; i++) if (str_eq(str_z(sums[i].m->name), measure)) return &sums[i];
  return NULL;
}

/* Adds [from, to) to all the sums. */
static Err add_days(Cx *cx, const Sees *s, bool times, int64_t first, int64_t end, Sum *sums, size_t n) {
  Rows rows;
  bool any = false;
  for (size_t i = 0; i < n; i++) any |= (sums[i].m->kind == FIGURE_TIME) == times && sums[i].m->day != DAY_NOW;
  if (!any || first >= end) return E_OK;
  TRY(read_series(cx, s, times, n == 1 ? sums[0].m : NULL, first, end, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    Sum *to = sum_of(sums, n, ROW(DaySum, rows, i)->measure);
    if (to) TRY(add_row(cx, to, ROW(DaySum, rows, i)));
  }
  return E_OK;
}

static Err add_facts(Cx *cx, const Sees *s, MeasureDay kind, Stretch in, Sum *sums, size_t n) {
  Rows rows;
  bool any = false;
  for (size_t i = 0; i < n; i++) any |= sums[i].m->day == kind;
  if (!any) return E_OK;
  TRY(read_facts(cx, s, kind, in, &rows));
  for (size_t r = 0; r < rows.n; r++)
    for (size_t i = 0; i < n; i++)
      if (sums[i].m->day == kind) sum_add(cx->arena, &sums[i], ROW(Fact, rows, r));
  return E_OK;
}

static Err add_up(Cx *cx, const Sees *s, int64_t from, int64_t to, Sum *sums, size_t n) {
  Stretches l = { 0 };
  int64_t first, end;
  TRY(plan(cx, s, from, to, &l, &first, &end));
  TRY(add_days(cx, s, false, first, end, sums, n));
  TRY(add_days(cx, s, true, first, end, sums, n));
  for (size_t i = 0; i < l.n; i++)
    for (MeasureDay kind = 0; kind < DAY_NOW; kind++) TRY(add_facts(cx, s, kind, l.at[i], sums, n));
  return E_OK;
}

/* ── the people served lately ────────────────────────────────────────── */

typedef struct { int64_t k, n; } People;

static Err served(Cx *cx, const Sees *s, Sum *sum) {
  static const Col cols[] = { COL(People, k), COL(People, n) };
  static const Shape shape = SHAPE(People, cols);
  People p;
  Query q = query_for(cx, s);
  int64_t since = cx->now - MOMENT_WINDOW_DAYS * DAY;
  if (has_series(s)) {
    query_val(&q, SQL("SELECT COALESCE(SUM(CASE WHEN y.bad >= "), V(since));
    query_val(&q, SQL(" THEN 1 ELSE 0 END), 0) AS k, COUNT(*) AS n FROM (SELECT x.asker_id, MAX(x.bad_at) AS bad FROM active x WHERE ?1 = ?1 AND ?2 = ?2 AND x.last_at >= "), V(since));
    narrow_series(&q, s);
    query_add(&q, SQL(" GROUP BY x.asker_id) y"));
  } else {
    query_val(&q, SQL("SELECT COALESCE(SUM(CASE WHEN y.bad >= "), V(since));
    query_val(&q, SQL(" THEN 1 ELSE 0 END), 0) AS k, COUNT(*) AS n FROM (SELECT f.asker_id, MAX(f.bad_at) AS bad FROM fact f WHERE ?1 = ?1 AND ?2 = ?2"
                      " AND CASE WHEN f.ended_at > f.since_at THEN f.ended_at ELSE f.since_at END >= "), V(since));
    narrow_facts(&q, s);
    query_add(&q, SQL(" GROUP BY f.asker_id) y"));
  }
  Rows rows;
  TRY(query_rows(cx, &q, &shape, &rows));
  p = *ROW(People, rows, 0);
  sum->k = p.k;
  sum->n = p.n;
  return E_OK;
}

/* ── from sums to figures ────────────────────────────────────────────── */

/* What a single answer is called. */
static Str answer(const Cx *cx, const Measure *m, const Fact *f) {
  Told s = m->see(f);
  if (m->kind == FIGURE_TIME) return when_span(READER(cx), s.us);
  if (m->see == measure_find(S("sorted"))->see && str_eq(f->sorted, S("partly"))) return tr(cx->lang, "partly");
  return tr(cx->lang, s.hit ? m->yes : m->no);
}

static Figure figure_of(Cx *cx, const Sum *s, int64_t from, int64_t to) {
  Figure f = s->m->kind != FIGURE_TIME ? figure_share((Tally){ s->k, s->n }, s->silent) : s->spread ? figure_spread(s->spread) : figure_time(cx->arena, NULL, 0);
  f.name = str_z(s->m->name);
  f.eyes = s->m->eyes;
  f.silent = s->silent;
  f.from = from;
  f.to = to;
  return f;
}

/* Where there are at most four, the answers themselves; days that are added up do not have them, their facts do. */
static Err few(Cx *cx, const Sees *s, Figure *f, const Measure *m) {
  Rows rows;
  if (f->show != SHOW_LIST || m->day == DAY_NOW) return E_OK;
  TRY(read_facts(cx, s, m->day, (Stretch){ f->from, f->to }, &rows));
  Str *said = NEW_N(cx->arena, Str, SUM_FEW);
  for (size_t i = 0; i < rows.n && f->answer_n < SUM_FEW; i++)
    if (m->see(ROW(Fact, rows, i)).counts) said[f->answer_n++] = answer(cx, m, ROW(Fact, rows, i));
  f->answers = said;
  return E_OK;
}

Err figures_get(Cx *cx, const FigureScope *of, const Measure *const *which, size_t n, Figure *ret) {
  Sees s;
  TRY(may(cx, of, &s));
  Sum *sums = NEW_N(cx->arena, Sum, n + 1);
  for (size_t i = 0; i < n; i++) sums[i].m = which[i];
  TRY(add_up(cx, &s, of->from, of->to, sums, n));
  for (size_t i = 0; i < n; i++) {
    bool lately = which[i]->day == DAY_NOW;
    if (lately) TRY(served(cx, &s, &sums[i]));
    ret[i] = figure_of(cx, &sums[i], lately ? cx->now - MOMENT_WINDOW_DAYS * DAY : of->from, lately ? cx->now : of->to);
    TRY(few(cx, &s, &ret[i], which[i]));
  }
  return E_OK;
}

Err figure_get(Cx *cx, const FigureScope *of, const Measure *m, Figure *ret) { return figures_get(cx, of, &m, 1, ret); }

/* ── points of a chart ───────────────────────────────────────────────── */

static size_t piece_of(const int64_t *edges, size_t n, int64_t at) {
  size_t i = 0;
  while (i < n && at >= edges[i + 1]) i++;
  return i;
}

/* A day that is added up and lies in one stretch goes there; a day cut by an edge is read from its facts. */
static Err points_of_days(Cx *cx, const Sees *s, const int64_t *edges, size_t n, int64_t first, int64_t end, Sum *sums, Stretches *cut) {
  Rows rows;
  if (first >= end) return E_OK;
  TRY(read_series(cx, s, sums[0].m->kind == FIGURE_TIME, sums[0].m, first, end, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const DaySum *r = ROW(DaySum, rows, i);
    size_t p = piece_of(edges, n, r->day * DAY);
    if (p == piece_of(edges, n, (r->day + 1) * DAY - 1)) TRY(add_row(cx, &sums[p], r));
  }
  for (size_t i = 1; i < n; i++) {
    int64_t day = edges[i] / DAY;
    int64_t stale = 1;
    if (edges[i] % DAY && day >= first && day < end) TRY(db_int(cx, &stale, SQL("SELECT COUNT(*) FROM series_day WHERE day = ?1 AND rolled = 0"), V(day)));
    if (!stale) stretch(cx->arena, cut, day * DAY, (day + 1) * DAY);
  }
  return E_OK;
}

Err figure_points(Cx *cx, const FigureScope *of, const Measure *m, const int64_t *edges, size_t n, Figure *ret) {
  Sees s;
  Stretches l = { 0 };
  int64_t first, end;
  if (m->day == DAY_NOW) return fail_field(cx, "measure", "This is only known for the last 90 days, so it has no line of time. Look at “bad-request”.");
  TRY(may(cx, of, &s));
  Sum *sums = NEW_N(cx->arena, Sum, n + 1);
  for (size_t i = 0; i < n; i++) sums[i].m = m;
  TRY(plan(cx, &s, edges[0], edges[n], &l, &first, &end));
  TRY(points_of_days(cx, &s, edges, n, first, end, sums, &l));
  for (size_t i = 0; i < l.n; i++) {
    Rows rows;
    TRY(read_facts(cx, &s, m->day, l.at[i], &rows));
    for (size_t r = 0; r < rows.n; r++) {
      size_t p = piece_of(edges, n, measure_at(m, ROW(Fact, rows, r)));
      if (p < n) sum_add(cx->arena, &sums[p], ROW(Fact, rows, r));
    }
  }
  for (size_t i = 0; i < n; i++) ret[i] = figure_of(cx, &sums[i], edges[i], edges[i + 1]);
  return E_OK;
}

/* ── what a page offers ──────────────────────────────────────────────── */

FigureScope figure_last(const Cx *cx, int64_t days) {
  int64_t today = 0, begin = 0;
  when_read_day(cx->zone, when_input_day(cx->arena, cx->zone, cx->now), 0, &today);
  when_read_day(cx->zone, when_input_day(cx->arena, cx->zone, today + DAY / 2 - (days - 1) * DAY), 0, &begin);
  return (FigureScope){ .from = begin, .to = cx->now };
}

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
