/* desk/moment_figures.c: what bad moments come to: how long until somebody spoke, and whether what they said next met their bar.
   Whole days from their sums (series.h), edges and days that wait from the moments themselves. */
#include "desk/moment.h"
#include "desk/series.h"
#include "desk/sight.h"

typedef struct { Spread spread; VEC(double) us; Tally met; int64_t all; } Gathered;

static Query seen_by(Cx *cx, int64_t wide) {
  Query q = query_new(cx);
  query_bind(&q, V(SIGHT_VIEWER(cx)));
  query_bind(&q, V(wide));
  return q;
}

/* Moments themselves, from the one instant until before the other. */
static Err gather(Cx *cx, const FigureScope *of, int64_t wide, int64_t from, int64_t to, Gathered *g) {
  static const Col cols[] = { COL(BadMoment, at), COL(BadMoment, spoken_at), COL(BadMoment, recovered) };
  static const Shape shape = SHAPE(BadMoment, cols);
  Rows rows;
  if (to <= from) return E_OK;
  Query q = seen_by(cx, wide);
  query_val(&q, SQL("SELECT m.at, m.spoken_at, m.recovered FROM moment m WHERE " SIGHT_TEAM("m.team_id") " AND m.at >= "), V(from));
  query_val(&q, SQL(" AND m.at < "), V(to));
  if (of->team) query_val(&q, SQL(" AND m.team_id = "), V(of->team));
  TRY(query_rows(cx, &q, &shape, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const BadMoment *m = ROW(BadMoment, rows, i);
    if (m->spoken_at) { spread_put(&g->spread, m->spoken_at - m->at, 1); vec_add(cx->arena, &g->us, (double)(m->spoken_at - m->at)); }
    if (m->recovered >= 0) g->met = (Tally){ g->met.k + (m->recovered > 0), g->met.n + 1 };
  }
  g->all += (int64_t)rows.n;
  return E_OK;
}

typedef struct { int64_t day, k, n, silent; Str spread; } DaySum;
static const Col sum_cols[] = { COL(DaySum, day), COL(DaySum, k), COL(DaySum, n), COL(DaySum, silent), COL(DaySum, spread) };
static const Shape sum_shape = SHAPE(DaySum, sum_cols);

static Err sums(Cx *cx, const FigureScope *of, int64_t wide, Str name, int64_t first, int64_t end, Rows *ret) {
  Query q = seen_by(cx, wide);
  query_val(&q, SQL("SELECT x.day, x.k, x.n, x.silent, x.spread FROM series x WHERE x.place = 'team' AND " SIGHT_TEAM("x.place_id") " AND x.measure = "), V(name));
  query_val(&q, SQL(" AND x.day >= "), V(first));
  query_val(&q, SQL(" AND x.day < "), V(end));
  if (of->team) query_val(&q, SQL(" AND x.place_id = "), V(of->team));
  query_add(&q, SQL(" AND x.day NOT IN (SELECT d.day FROM series_day d WHERE d.rolled = 0)"));
  return query_rows(cx, &q, &sum_shape, ret);
}

/* Days that are added up; the moments of those that are not, and of those at the edges, themselves. */
static Err gather_days(Cx *cx, const FigureScope *of, int64_t wide, Gathered *g) {
  int64_t first = (of->from + DAY - 1) / DAY, end = of->to / DAY;
  Rows rows, met, stale;
  if (end <= first) return gather(cx, of, wide, of->from, of->to, g);
  TRY(sums(cx, of, wide, S(SERIES_RECOVERY), first, end, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const DaySum *d = ROW(DaySum, rows, i);
    if (!spread_read(d->spread, &g->spread)) return fail(cx, E_BROKEN, "the moments of day %lld are not added up; `cornerdesk rebuild` makes them anew", (long long)d->day);
    g->all += d->n + d->silent;
  }
  TRY(sums(cx, of, wide, S(SERIES_RECOVERED), first, end, &met));
  for (size_t i = 0; i < met.n; i++) g->met = (Tally){ g->met.k + ROW(DaySum, met, i)->k, g->met.n + ROW(DaySum, met, i)->n };
  TRY(gather(cx, of, wide, of->from, first * DAY, g));
  TRY(gather(cx, of, wide, end * DAY, of->to, g));
  TRY(db_rows(cx, &sum_shape, &stale, SQL("SELECT day, 0 AS k, 0 AS n, 0 AS silent, '' AS spread FROM series_day WHERE rolled = 0 AND day >= ?1 AND day < ?2"), V(first), V(end)));
  for (size_t i = 0; i < stale.n; i++) TRY(gather(cx, of, wide, ROW(DaySum, stale, i)->day * DAY, (ROW(DaySum, stale, i)->day + 1) * DAY, g));
  return E_OK;
}

enum { FEW = 60 };                                       /* so many are read themselves: their median is exact */

Err moment_figures(Cx *cx, const FigureScope *of, MomentFigures *ret) {
  int64_t wide;
  TRY(sight_breadth(cx, &wide));
  if (cx->actor.only_request || (!wide && !cx->actor.serves && !cx->actor.leads)) return fail(cx, E_ABSENT, "There are no such figures that you may see.");
  Gathered *g = NEW(cx->arena, Gathered);
  TRY(gather_days(cx, of, wide, g));
  bool few = g->all <= FEW;
  if (few) {
    *g = (Gathered){ 0 };
    TRY(gather(cx, of, wide, of->from, of->to, g));
  }
  *ret = (MomentFigures){ few ? figure_time(cx->arena, g->us.at, g->us.n) : figure_spread(&g->spread), figure_share(g->met, g->all - g->met.n) };
  ret->recovery.silent = g->all - g->spread.n;
  ret->recovery.name = S(SERIES_RECOVERY);
  ret->recovered.name = S(SERIES_RECOVERED);
  ret->recovery.eyes = ret->recovered.eyes = EYES_CUSTOMER;
  ret->recovery.from = ret->recovered.from = of->from;
  ret->recovery.to = ret->recovered.to = of->to;
  return E_OK;
}
