/* desk/control.c: points, limits, and the reading of both. */
#include "desk/control.h"
#include <math.h>
#include "base/vec.h"
#include "desk/party.h"

/* ── baselines ───────────────────────────────────────────────────────── */

static const Col baseline_cols[] = {
  COL(Baseline, id), COL(Baseline, from_at), COL(Baseline, to_at), COL(Baseline, points), COL(Baseline, at), COL(Baseline, ended_at),
  COL(Baseline, centre), COL(Baseline, mr_centre), COL(Baseline, lower), COL(Baseline, upper), COL(Baseline, mr_upper), COL(Baseline, unit), COL(Baseline, by),
};
static const Shape baseline_shape = SHAPE(Baseline, baseline_cols);

/* Of what a baseline is: the same for all who see the same. "" where none can be: of oneself. */
static Err scope_key(Cx *cx, const FigureScope *of, Str *ret) {
  Rows teams;
  Buf b = { .arena = cx->arena };
  *ret = S("");
  if (of->mine) return E_OK;
  if (of->organisation) buf_fmt(&b, "organisation:%lld ", (long long)of->organisation);
  if (of->team) buf_fmt(&b, "team:%lld", (long long)of->team);
  else {
    TRY(figure_teams(cx, &teams));
    buf_add(&b, S("teams:"));
    int64_t last = 0;                                     /* by number, whatever the names */
    for (size_t done = 0; done < teams.n; done++) {
      int64_t next = INT64_MAX;
      for (size_t i = 0; i < teams.n; i++) if (ROW(Party, teams, i)->id > last && ROW(Party, teams, i)->id < next) next = ROW(Party, teams, i)->id;
      buf_fmt(&b, "%s%lld", done ? "," : "", (long long)next);
      last = next;
    }
  }
  *ret = buf_str(&b);
  return E_OK;
}

static Err baseline_list(Cx *cx, Str scope, const Measure *m, PeriodUnit u, Rows *ret) {
  *ret = (Rows){ 0 };
  if (!scope.n) return E_OK;
  return db_rows(cx, &baseline_shape, ret,
    SQL("SELECT b.id, b.from_at, b.to_at, b.points, b.at, b.ended_at, b.centre, b.mr_centre, b.lower, b.upper, b.mr_upper, b.unit,"
        " (SELECT name FROM party WHERE id = b.locked_by) AS by FROM baseline b WHERE b.measure = ?1 AND b.scope = ?2 AND b.unit = ?3 ORDER BY b.id DESC"),
    V(str_z(m->name)), V(scope), V(period_unit_name(u)));
}

Str control_says_name(ControlSays s) {
  static const char *const names[] = { "few", "steady", "odd", "leaning", "changed" };
  return str_z(names[s]);
}

/* ── reading the points ──────────────────────────────────────────────── */

static void take(Cx *cx, const Figure *points, size_t n, Control *c) {
  while (n > 1 && !points->n && !c->base) { points++; n--; }       /* before there was anything to measure */
  c->points = points;
  c->n = n;
  c->v = NEW_N(cx->arena, double, n + 1);
  c->at = NEW_N(cx->arena, size_t, n + 1);
  for (size_t i = 0; i < n; i++) {
    if (points[i].n < CONTROL_BEHIND) continue;
    c->v[c->v_n] = points[i].value;
    c->at[c->v_n++] = i;
  }
}

static XmrLimits limits_of(const Baseline *b) { return (XmrLimits){ b->centre, b->mr_centre, b->lower, b->upper, b->mr_upper }; }

/* Which points are held against which baseline. From the newest back: what begins no earlier than a newer one has no points. */
static void set_spans(Cx *cx, Control *c) {
  ControlSpan *s = NEW_N(cx->arena, ControlSpan, c->baselines.n + 1);
  size_t to = c->n, at = c->baselines.n;
  for (size_t i = 0; c->base && i < c->baselines.n && to; i++) {
    const Baseline *b = ROW(Baseline, c->baselines, i);
    int64_t begin = period_begin(cx->zone, c->unit, b->from_at + DAY / 2);        /* whose midnight it was is not looked at */
    size_t from = to;
    while (from && c->points[from - 1].from >= begin) from--;
    if (from == to) continue;
    s[--at] = (ControlSpan){ b, limits_of(b), from, to };
    to = from;
  }
  c->spans = s + at;
  c->span_n = c->baselines.n - at;
  if (c->span_n) s[at].from = 0;
}

const ControlSpan *control_span(const Control *c, size_t point) {
  for (size_t i = 0; i < c->span_n; i++) if (point < c->spans[i].to) return &c->spans[i];
  return NULL;
}

const XmrLimits *control_limits(const Control *c, size_t point) {
  const ControlSpan *s = control_span(c, point);
  return s ? &s->limits : &c->limits;
}

bool control_drawn(const Control *c, const Baseline *b) {
  for (size_t i = 0; i < c->span_n; i++) if (c->spans[i].base == b) return true;
  return false;
}

static void set_limits(Control *c) {
  if (c->base) {
    c->limits = limits_of(c->base);
    c->limited = c->v_n > 0;
    c->base_n = (size_t)c->base->points;
  } else {
    c->limited = xmr_limits(c->v, c->v_n, &c->limits);
    c->base_n = c->v_n;
  }
  if (!c->limited) c->wait = XMR_LEAST > c->v_n ? XMR_LEAST - c->v_n : 1;
  else if (!c->base && c->v_n < XMR_LOCK) c->wait = XMR_LOCK - c->v_n;
}

/* The first of v that is held against the limits in force. */
static size_t first_now(const Control *c) {
  size_t i = 0;
  while (c->span_n && i < c->v_n && c->at[i] < c->spans[c->span_n - 1].from) i++;
  return i;
}

/* How many at the end lie on one side of the middle, and which. */
static size_t last_run(const Control *c, bool *ret_up) {
  size_t n = 0, most = c->v_n - first_now(c);
  if (!c->v_n || c->v[c->v_n - 1] == c->limits.centre) return 0;
  *ret_up = c->v[c->v_n - 1] > c->limits.centre;
  while (n < most && (*ret_up ? c->v[c->v_n - 1 - n] > c->limits.centre : c->v[c->v_n - 1 - n] < c->limits.centre)) n++;
  return n;
}

/* Each stretch by its own limits: the step from one to the next is no leap, and no run goes across it. */
static void find_signals(Arena *a, Control *c) {
  VEC(XmrSignal) all = { 0 };
  for (size_t from = 0, to = 0; from < c->v_n; from = to) {
    const ControlSpan *s = control_span(c, c->at[from]);
    while (to < c->v_n && control_span(c, c->at[to]) == s) to++;
    const XmrSignal *some;
    size_t n = xmr_signals(a, control_limits(c, c->at[from]), c->v + from, to - from, &some);
    for (size_t i = 0; i < n; i++) vec_add(a, &all, (XmrSignal){ some[i].at + from, some[i].rule });
  }
  c->signals = all.at;
  c->signal_n = all.n;
}

/* Changed, if it lasts until now; else what the newest signal of the last eight points says. */
static void read_signals(Arena *a, Control *c) {
  bool up = false;
  size_t now = first_now(c);
  c->says = CONTROL_STEADY;
  find_signals(a, c);
  size_t run = last_run(c, &up);
  if (run >= XMR_RUN) {
    c->says = CONTROL_CHANGED;
    c->up = up;
    c->run = run;
    c->run_at = c->v_n - run;
    return;
  }
  for (size_t i = 0; i < c->signal_n; i++) {
    const XmrSignal *s = &c->signals[i];
    if (s->rule == 2 || s->at <= now || s->at + XMR_RUN <= c->v_n || (s->rule == 3 && c->says == CONTROL_ODD)) continue;
    c->says = s->rule == 1 ? CONTROL_ODD : CONTROL_LEANING;
    c->run = 1;
    c->run_at = s->at - 1;
    c->up = c->v[s->at - 1] > c->limits.centre;
  }
}

/* Before and now, where both are known: the baseline and what came after it; or, of a change without one, what came before it. */
static void net_change(Control *c) {
  size_t first = c->says == CONTROL_CHANGED ? c->run_at : 0;
  XmrLimits was = c->limits;
  size_t was_n = c->base_n;
  if (c->base && c->says != CONTROL_CHANGED) while (first < c->v_n && c->points[c->at[first]].from < c->base->to_at) first++;
  if (!c->base && (c->says != CONTROL_CHANGED || !xmr_limits(c->v, was_n = first, &was))) return;
  if (first >= c->v_n) return;
  c->after = true;
  c->before = was.centre;
  c->now = sample_mean(c->v + first, c->v_n - first);
  c->net = c->now - c->before;
  c->net_ci = xmr_net_interval(&was, was_n, c->v + first, c->v_n - first);
}

/* Since the change, or since the baseline in force ended, if that is long enough; else all that is held against it. */
static size_t to_lock(const Control *c) {
  size_t since = c->v_n;
  if (c->says == CONTROL_CHANGED && c->run >= XMR_LOCK) return c->run;
  while (c->base && since && c->points[c->at[since - 1]].from >= c->base->to_at) since--;
  return c->base && c->v_n - since >= XMR_LOCK ? c->v_n - since : c->v_n - first_now(c);
}

static void conclude(Cx *cx, Control *c) {
  set_spans(cx, c);
  set_limits(c);
  if (c->limited) {
    read_signals(cx->arena, c);
    net_change(c);
  }
  c->lock = to_lock(c);
}

/* ── asked for ───────────────────────────────────────────────────────── */

/* From the first baseline on, as far back as is drawn at most; whole units that are over. */
static int64_t *stretch(Cx *cx, Rows baselines, PeriodUnit u, size_t *ret_n) {
  size_t n = CONTROL_POINTS;
  if (baselines.n) {
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < baselines.n; i++) if (ROW(Baseline, baselines, i)->from_at < first) first = ROW(Baseline, baselines, i)->from_at;
    int64_t end = period_begin(cx->zone, u, cx->now), at = period_begin(cx->zone, u, first + DAY / 2);
    for (n = 0; at < end && n < CONTROL_MOST; n++) at = period_move(cx->zone, u, at, 1);
    if (n < CONTROL_POINTS) n = CONTROL_POINTS;
  }
  *ret_n = n;
  return period_last(cx, u, n);
}

Err control_get(Cx *cx, const FigureScope *of, const Measure *m, PeriodUnit u, Control *ret) {
  Str key;
  size_t n;
  *ret = (Control){ .m = m, .unit = u };
  TRY(scope_key(cx, of, &key));
  TRY(baseline_list(cx, key, m, u, &ret->baselines));
  if (ret->baselines.n && !ROW(Baseline, ret->baselines, 0)->ended_at) ret->base = ROW(Baseline, ret->baselines, 0);
  int64_t *edges = stretch(cx, ret->baselines, u, &n);
  Figure *points = NEW_N(cx->arena, Figure, n);
  TRY(figure_points(cx, of, m, edges, n, points));
  FigureScope whole = *of;
  whole.from = edges[0];
  whole.to = edges[n];
  TRY(figure_get(cx, &whole, m, &ret->all));
  take(cx, points, n, ret);
  conclude(cx, ret);
  return E_OK;
}

void control_read(Cx *cx, const Measure *m, PeriodUnit u, const Figure *points, size_t n, const Figure *all, Control *ret) {
  *ret = (Control){ .m = m, .unit = u, .all = *all };
  take(cx, points, n, ret);
  conclude(cx, ret);
  if (ret->limited) ret->wait = 0;
}

/* ── locking ─────────────────────────────────────────────────────────── */

Err control_may_lock(Cx *cx, const FigureScope *of, bool *ret) {
  int64_t n = 0;
  if (!of->mine && cx->actor.party && !cx->actor.only_request)
    TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM relationship e JOIN party o ON o.id = e.to_id WHERE e.from_id = ?1"
                           " AND (o.kind = 'organisation' AND e.kind IN ('leads', 'administers') OR o.kind = 'team' AND e.kind = 'leads' AND (?2 = 0 OR o.id = ?2))"),
               V(cx->actor.party), V(of->team)));
  *ret = n > 0;
  return E_OK;
}

Err control_lock(Cx *cx, const FigureScope *of, const Measure *m, PeriodUnit u, int64_t last) {
  Control c;
  XmrLimits l;
  Str key;
  bool may;
  TRY(control_may_lock(cx, of, &may));
  if (!may) return fail(cx, E_DENIED, N_("Only somebody who leads locks a baseline."));
  TRY(control_get(cx, of, m, u, &c));
  TRY(scope_key(cx, of, &key));
  size_t n = last > 0 && (size_t)last < c.v_n ? (size_t)last : c.v_n;
  if (n < XMR_LOCK) return fail_field(cx, "last", N_("A baseline needs at least twelve points with five or more behind each."));
  const double *v = c.v + (c.v_n - n);
  if (!xmr_limits(v, n, &l)) return fail_field(cx, "last", N_("A baseline needs at least twelve points with five or more behind each."));
  TRY(db_run(cx, SQL("UPDATE baseline SET ended_at = ?4 WHERE measure = ?1 AND scope = ?2 AND unit = ?3 AND ended_at = 0"), V(str_z(m->name)), V(key), V(period_unit_name(u)), V(cx->now)));
  return db_run(cx, SQL("INSERT INTO baseline(measure, scope, unit, from_at, to_at, points, centre, mr_centre, lower, upper, mr_upper, locked_by, at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"),
                V(str_z(m->name)), V(key), V(period_unit_name(u)), V(c.points[c.at[c.v_n - n]].from), V(c.points[c.at[c.v_n - 1]].to), V(n),
                V(l.centre), V(l.mr_centre), V(l.lower), V(l.upper), V(l.mr_upper), V(cx->actor.party), V(cx->now));
}
