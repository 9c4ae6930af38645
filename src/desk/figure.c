/* desk/figure.c: sums of whole days that are added up, and facts for the rest. The sums are the same whichever way a day is read. */
#include "desk/figure_sees.h"
#include "base/vec.h"
#include "base/zone.h"
#include "measure/moment.h"
#include "text/lang.h"
#include "text/when.h"

/* ── a grid of sums ──────────────────────────────────────────────────── */

/* So many measures, each in every stretch between edges (n + 1 of them): sums[measure * n + stretch]. */
typedef struct { const Measure *const *which; size_t m; const int64_t *edges; size_t n; Sum *sums; } Grid;

static Grid grid_new(Cx *cx, const Measure *const *which, size_t m, const int64_t *edges, size_t n) {
  Grid g = { which, m, edges, n, NEW_N(cx->arena, Sum, m * n + 1) };
  for (size_t i = 0; i < m * n; i++) g.sums[i].m = which[i / n];
  return g;
}

/* The stretch that holds the instant; n: none does. */
static size_t stretch_of(const Grid *g, int64_t at) {
  size_t lo = 0, hi = g->n;
  if (at < g->edges[0]) return g->n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (at < g->edges[mid + 1]) hi = mid; else lo = mid + 1;
  }
  return lo;
}

/* Some edge lies within, its ends left out. */
static bool is_cut(const Grid *g, int64_t from, int64_t to) {
  size_t lo = 0, hi = g->n + 1;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (g->edges[mid] <= from) lo = mid + 1; else hi = mid;
  }
  return lo <= g->n && g->edges[lo] < to;
}

static Sum *sum_of(const Grid *g, Str measure, int64_t at) {
  size_t p = stretch_of(g, at);
  for (size_t i = 0; i < g->m && p < g->n; i++) if (str_eq(str_z(g->which[i]->name), measure)) return &g->sums[i * g->n + p];
  return NULL;
}

static bool wants(const Grid *g, MeasureDay day) {
  for (size_t i = 0; i < g->m; i++) if (g->which[i]->day == day) return true;
  return false;
}

/* ── which days are read which way ───────────────────────────────────── */

typedef struct { int64_t from, to; } Stretch;
typedef VEC(Stretch) Stretches;

static void stretch(Arena *a, Stretches *l, int64_t from, int64_t to) {
  if (to <= from) return;
  if (l->n && l->at[l->n - 1].to == from) l->at[l->n - 1].to = to;
  else vec_add(a, l, (Stretch){ from, to });
}

static int64_t low(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t high(int64_t a, int64_t b) { return a > b ? a : b; }

typedef struct { int64_t day; } DayRow;
typedef struct { Stretches facts; VEC(int64_t) cut; int64_t first, end; } Plan;      /* cut: days read hour by hour; the others of first to end as a whole */

/* Facts: of days that are not added up, and of hours that an edge cuts. */
static Err plan(Cx *cx, const Sees *s, const Grid *g, Plan *ret) {
  static const Col cols[] = { COL(DayRow, day) };
  static const Shape shape = SHAPE(DayRow, cols);
  int64_t from = g->edges[0], to = g->edges[g->n];
  Rows stale;
  *ret = (Plan){ 0 };
  if (!sees_days(s)) { stretch(cx->arena, &ret->facts, from, to); return E_OK; }
  ret->first = from / DAY;
  ret->end = (to + DAY - 1) / DAY;
  TRY(db_rows(cx, &shape, &stale, SQL("SELECT day FROM series_day WHERE rolled = 0 AND day >= ?1 AND day < ?2 ORDER BY day"), V(ret->first), V(ret->end)));
  size_t k = 0;
  int64_t seen = -1;
  for (size_t e = 0, i = 0; e <= g->n || i < stale.n;) {                 /* both lists rise */
    int64_t day = e <= g->n ? g->edges[e] / DAY : INT64_MAX, old = i < stale.n ? ROW(DayRow, stale, i)->day : INT64_MAX;
    if (old <= day) {
      stretch(cx->arena, &ret->facts, high(old * DAY, from), low((old + 1) * DAY, to));
      seen = old;
      i++;
      continue;
    }
    int64_t at = g->edges[e++];
    if (day == seen || at % DAY == 0) continue;
    if (!k || ret->cut.at[k - 1] != day) { vec_add(cx->arena, &ret->cut, day); k++; }
    if (at % HOUR) stretch(cx->arena, &ret->facts, high(at / HOUR * HOUR, ret->facts.n ? high(from, ret->facts.at[ret->facts.n - 1].to) : from), low((at / HOUR + 1) * HOUR, to));
  }
  return E_OK;
}

/* ── reading ─────────────────────────────────────────────────────────── */

static Err read_facts(Cx *cx, const Sees *s, MeasureDay kind, Stretch in, Rows *ret) {
  Query q = sees_query(cx, s);
  query_add(&q, SQL("SELECT " FACT_COLS " FROM fact f WHERE ?1 = ?1 AND ?2 = ?2"));
  series_dated(&q, kind, in.from, in.to);
  sees_facts(&q, s);
  query_add(&q, SQL(" ORDER BY f.request_id"));
  return query_rows(cx, &q, &fact_shape, ret);
}

typedef struct { int64_t day, k, n, silent; Str measure, spread; } DaySum;
static const Col day_cols[] = { COL(DaySum, measure), COL(DaySum, day), COL(DaySum, k), COL(DaySum, n), COL(DaySum, silent), COL(DaySum, spread) };
static const Shape day_shape = SHAPE(DaySum, day_cols);

/* By name, so that the index leads to each of them, and in it to its days. */
static void narrow_measures(Query *q, const Grid *g, bool times) {
  query_add(q, SQL(" AND x.measure IN (''"));
  for (size_t i = 0; i < g->m; i++)
    if (!times || g->which[i]->kind == FIGURE_TIME) query_val(q, SQL(", "), V(str_z(g->which[i]->name)));
  query_add(q, SQL(")"));
}

/* Shares are added up by the database; of times each row is wanted. Where there is one stretch its days come as one. */
static Err read_series(Cx *cx, const Sees *s, const Grid *g, bool times, Rows *ret) {
  Query q = sees_query(cx, s);
  if (times) query_add(&q, SQL("SELECT x.measure, x.day, x.k, x.n, x.silent, x.spread FROM series x"));
  else if (g->n > 1) query_add(&q, SQL("SELECT x.measure, x.day, SUM(x.k) AS k, SUM(x.n) AS n, SUM(x.silent) AS silent, '' AS spread FROM series x"));
  else query_add(&q, SQL("SELECT x.measure, MIN(x.day) AS day, SUM(x.k) AS k, SUM(x.n) AS n, SUM(x.silent) AS silent, '' AS spread FROM series x"));
  query_val(&q, SQL(" WHERE ?1 = ?1 AND ?2 = ?2 AND x.day >= "), V((g->edges[0] + DAY - 1) / DAY));
  query_val(&q, SQL(" AND x.day < "), V(g->edges[g->n] / DAY));
  query_add(&q, times ? SQL(" AND x.spread <> ''") : SQL(" AND x.spread = ''"));
  narrow_measures(&q, g, times);            /* a day of silent ones alone has no times: it stands among the shares */
  sees_series(&q, s);
  query_add(&q, SQL(" AND x.day NOT IN (SELECT d.day FROM series_day d WHERE d.rolled = 0)"));
  if (!times) query_add(&q, g->n > 1 ? SQL(" GROUP BY x.measure, x.day") : SQL(" GROUP BY x.measure"));
  return query_rows(cx, &q, &day_shape, ret);
}

/* The spread column holds the hours. */
static Err read_hours(Cx *cx, const Sees *s, const Grid *g, int64_t day, Rows *ret) {
  Query q = sees_query(cx, s);
  query_val(&q, SQL("SELECT x.measure, x.day, 0 AS k, 0 AS n, 0 AS silent, x.hours AS spread FROM series_hour x WHERE ?1 = ?1 AND ?2 = ?2 AND x.day = "), V(day));
  narrow_measures(&q, g, false);
  sees_series(&q, s);
  return query_rows(cx, &q, &day_shape, ret);
}

static Err broken(Cx *cx, Str measure) { return fail(cx, E_BROKEN, "the series of " STR_FMT " is not one; `cornerdesk rebuild` makes it anew", STR_ARG(measure)); }

static Err add_row(Cx *cx, Sum *to, int64_t k, int64_t n, int64_t silent, Str spread) {
  to->k += k;
  to->n += n;
  to->silent += silent;
  if (!spread.n) return E_OK;
  if (!to->spread) to->spread = NEW(cx->arena, Spread);
  return spread_read(spread, to->spread) ? E_OK : broken(cx, str_z(to->m->name));
}

static Err add_days(Cx *cx, const Sees *s, const Grid *g, bool times, const Plan *p) {
  Rows rows;
  bool any = !times;
  for (size_t i = 0; i < g->m; i++) any |= g->which[i]->kind == FIGURE_TIME;
  if (!any || p->first >= p->end) return E_OK;
  TRY(read_series(cx, s, g, times, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const DaySum *r = ROW(DaySum, rows, i);
    Sum *to = is_cut(g, r->day * DAY, (r->day + 1) * DAY) ? NULL : sum_of(g, r->measure, r->day * DAY);
    if (to) TRY(add_row(cx, to, r->k, r->n, r->silent, r->spread));
  }
  return E_OK;
}

static Err add_hours(Cx *cx, const Sees *s, const Grid *g, int64_t day) {
  Rows rows;
  SeriesHour hours[24];
  TRY(read_hours(cx, s, g, day, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const DaySum *r = ROW(DaySum, rows, i);
    if (!series_hours(r->spread, hours)) return broken(cx, r->measure);
    for (int h = 0; h < 24; h++) {
      int64_t at = day * DAY + h * HOUR;
      Sum *to = (hours[h].n || hours[h].silent) && !is_cut(g, at, at + HOUR) ? sum_of(g, r->measure, at) : NULL;
      if (to) TRY(add_row(cx, to, hours[h].k, hours[h].n, hours[h].silent, hours[h].spread));
    }
  }
  return E_OK;
}

static Err add_facts(Cx *cx, const Sees *s, const Grid *g, MeasureDay kind, Stretch in) {
  Rows rows;
  if (!wants(g, kind)) return E_OK;
  TRY(read_facts(cx, s, kind, in, &rows));
  for (size_t r = 0; r < rows.n; r++) {
    const Fact *f = ROW(Fact, rows, r);
    for (size_t i = 0; i < g->m; i++) {
      size_t p = g->which[i]->day == kind ? stretch_of(g, measure_at(g->which[i], f)) : g->n;
      if (p < g->n) sum_add(cx->arena, &g->sums[i * g->n + p], f);
    }
  }
  return E_OK;
}

static Err add_up(Cx *cx, const Sees *s, const Grid *g) {
  Plan p;
  TRY(plan(cx, s, g, &p));
  TRY(add_days(cx, s, g, false, &p));
  TRY(add_days(cx, s, g, true, &p));
  for (size_t i = 0; i < p.cut.n; i++) TRY(add_hours(cx, s, g, p.cut.at[i]));
  for (size_t i = 0; i < p.facts.n; i++)
    for (MeasureDay kind = 0; kind < DAY_NOW; kind++) TRY(add_facts(cx, s, g, kind, p.facts.at[i]));
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
  f.less = s->m->less;
  f.silent = s->silent;
  f.from = from;
  f.to = to;
  return f;
}

/* The days on which there is an answer to it, of those that are added up. */
static Err days_with(Cx *cx, const Sees *s, const Figure *f, const Measure *m, Stretches *to) {
  static const Col cols[] = { COL(DayRow, day) };
  static const Shape shape = SHAPE(DayRow, cols);
  Rows days;
  Query q = sees_query(cx, s);
  query_val(&q, SQL("SELECT DISTINCT x.day FROM series x WHERE ?1 = ?1 AND ?2 = ?2 AND x.day >= "), V(f->from / DAY));
  query_val(&q, SQL(" AND x.day <= "), V(f->to / DAY));
  query_val(&q, SQL(" AND x.n > 0 AND x.measure = "), V(str_z(m->name)));
  sees_series(&q, s);
  query_add(&q, SQL(" AND x.day NOT IN (SELECT d.day FROM series_day d WHERE d.rolled = 0) ORDER BY x.day"));
  TRY(query_rows(cx, &q, &shape, &days));
  for (size_t i = 0; i < days.n; i++) stretch(cx->arena, to, high(ROW(DayRow, days, i)->day * DAY, f->from), low((ROW(DayRow, days, i)->day + 1) * DAY, f->to));
  return E_OK;
}

static Err answers_in(Cx *cx, const Sees *s, Stretch in, Figure *f, const Measure *m, Str *said) {
  Rows rows;
  TRY(read_facts(cx, s, m->day, in, &rows));
  for (size_t i = 0; i < rows.n && f->answer_n < SUM_FEW; i++)
    if (m->see(ROW(Fact, rows, i)).counts) said[f->answer_n++] = answer(cx, m, ROW(Fact, rows, i));
  return E_OK;
}

/* Where there are at most four, the answers themselves; days that are added up do not have them, their facts do. */
static Err few(Cx *cx, const Sees *s, Figure *f, const Measure *m) {
  Stretches l = { 0 };
  Plan p;
  int64_t edges[2] = { f->from, f->to };
  if (f->show != SHOW_LIST || m->day == DAY_NOW) return E_OK;
  TRY(plan(cx, s, &(Grid){ &m, 1, edges, 1, NULL }, &p));
  if (sees_days(s)) {
    TRY(days_with(cx, s, f, m, &l));
    size_t whole = l.n;
    for (size_t i = 0; i < p.facts.n; i++) {              /* a cut hour may be of a day that is there already */
      bool there = false;
      for (size_t k = 0; k < whole; k++) there |= p.facts.at[i].from >= l.at[k].from && p.facts.at[i].to <= l.at[k].to;
      if (!there) vec_add(cx->arena, &l, p.facts.at[i]);
    }
  } else l = p.facts;
  Str *said = NEW_N(cx->arena, Str, SUM_FEW);
  f->answers = said;
  for (size_t i = 0; i < l.n; i++) TRY(answers_in(cx, s, l.at[i], f, m, said));
  return E_OK;
}

Err figures_get(Cx *cx, const FigureScope *of, const Measure *const *which, size_t n, Figure *ret) {
  Sees s;
  int64_t edges[2] = { of->from, of->to };
  TRY(sees_may(cx, of, &s));
  Grid g = grid_new(cx, which, n, edges, 1);
  TRY(add_up(cx, &s, &g));
  for (size_t i = 0; i < n; i++) {
    bool lately = which[i]->day == DAY_NOW;
    if (lately) TRY(sees_served(cx, &s, &g.sums[i]));
    ret[i] = figure_of(cx, &g.sums[i], lately ? cx->now - MOMENT_WINDOW_DAYS * DAY : of->from, lately ? cx->now : of->to);
    TRY(few(cx, &s, &ret[i], which[i]));
  }
  return E_OK;
}

Err figure_get(Cx *cx, const FigureScope *of, const Measure *m, Figure *ret) { return figures_get(cx, of, &m, 1, ret); }

/* ── points of a chart ───────────────────────────────────────────────── */

Err figures_points(Cx *cx, const FigureScope *of, const Measure *const *which, size_t m, const int64_t *edges, size_t n, Figure *ret) {
  Sees s;
  TRY(sees_may(cx, of, &s));
  Grid g = grid_new(cx, which, m, edges, n);
  TRY(add_up(cx, &s, &g));
  for (size_t i = 0; i < m * n; i++) ret[i] = figure_of(cx, &g.sums[i], edges[i % n], edges[i % n + 1]);
  return E_OK;
}

Err figure_points(Cx *cx, const FigureScope *of, const Measure *m, const int64_t *edges, size_t n, Figure *ret) {
  if (m->day == DAY_NOW) return fail_field(cx, "measure", N_("This is only known for the last 90 days, so it has no line of time. Look at “bad-request”."));
  return figures_points(cx, of, &m, 1, edges, n, ret);
}

/* ── what a page offers ──────────────────────────────────────────────── */

FigureScope figure_last(const Cx *cx, int64_t days) {
  int64_t today = 0, begin = 0;
  when_read_day(cx->zone, when_input_day(cx->arena, cx->zone, cx->now), 0, &today);
  when_read_day(cx->zone, when_input_day(cx->arena, cx->zone, today + DAY / 2 - (days - 1) * DAY), 0, &begin);
  return (FigureScope){ .from = begin, .to = cx->now };
}
