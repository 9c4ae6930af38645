/* web/chart.c: scale, paths, ticks. */
#include "web/chart.h"
#include <math.h>
#include "base/vec.h"
#include "text/num.h"

/* gap: at the right, for the words of the limits. LETTER: how wide a letter is at most, on the whole. */
enum { GAP_LEAST = 72, TOP = 10, BOTTOM = 24, EDGE = 8, LETTER = 7 };

typedef VEC(ChartLabel) Labels;
typedef struct { double lo, hi, width, height, gap; size_t n; } Scale;

static double right(const Scale *s) { return s->width - s->gap; }
static double x_of(const Scale *s, size_t i) { return EDGE + (s->n > 1 ? (double)i * (right(s) - 2 * EDGE) / (double)(s->n - 1) : 0); }
static double y_of(const Scale *s, double v) { return TOP + (s->hi - v) / (s->hi - s->lo) * (s->height - TOP - BOTTOM); }

static void reach(Scale *s, double v) {
  if (isnan(v)) return;
  if (v < s->lo) s->lo = v;
  if (v > s->hi) s->hi = v;
}

/* What cannot be is not drawn: a share below 0 or above 1, a time below 0, nearness beyond its scale. */
double chart_possible(const Control *c, double v) {
  FigureKind kind = c->m->kind;
  if (kind == FIGURE_SHARE) return fmin(1, fmax(0, v));
  if (kind == FIGURE_INDEX) return fmin(100, fmax(0, v));
  return kind == FIGURE_TIME || kind == FIGURE_COUNT ? fmax(0, v) : v;
}

static void room(Scale *s) {
  if (!(s->hi > s->lo)) { double half = s->hi != 0 ? fabs(s->hi) / 2 : 1; s->lo -= half; s->hi += half; }
  double more = (s->hi - s->lo) * .06;
  s->lo -= more;
  s->hi += more;
}

static void move(Buf *b, bool *pen, double x, double y) {
  buf_fmt(b, "%s%.1f %.1f", *pen ? "L" : "M", x, y);
  *pen = true;
}

static Str across(Arena *a, double from, double to, double y) { return str_fmt(a, "M%.1f %.1fH%.1f", from, y, to); }

/* Where the points [from, to) begin and end, halfway to their neighbours; the first and the last reach to the edge. */
static double begins(const Scale *s, size_t from) { return from ? (x_of(s, from - 1) + x_of(s, from)) / 2 : 2; }
static double ends(const Scale *s, size_t to) { return to < s->n ? begins(s, to) : right(s); }

static double begins_now(const Scale *s, const Control *c) { return c->span_n ? begins(s, c->spans[c->span_n - 1].from) : 2; }

static Str diamond(Arena *a, double x, double y) { return str_fmt(a, "M%.1f %.1fl5.5 5.5-5.5 5.5-5.5-5.5z", x, y - 5.5); }

static bool signalled(const Control *c, size_t counted) {
  for (size_t i = 0; i < c->signal_n; i++) if (c->signals[i].at == counted + 1) return true;
  return c->says == CONTROL_CHANGED && counted >= c->run_at && counted < c->run_at + c->run;
}

/* ── words beside it ─────────────────────────────────────────────────── */

/* How wide words are at most. */
static double wide(Str words) { return LETTER * (double)str_utf8_len(words); }

/* Words too long for their place are set closer, never cut. */
static Str squeezed(Arena *a, Str words, double room) { return wide(words) > room ? str_fmt(a, "%.0f", room) : S(""); }

static void at_right(Reader r, Labels *l, const Scale *s, double y, Str words, bool strong) {
  for (size_t i = 0; i < l->n; i++) if (fabs(l->at[i].y - y - 4) < 12) return;           /* one on top of the other says nothing */
  vec_add(r.arena, l, (ChartLabel){ right(s) + 6, y + 4, words, "start", strong, squeezed(r.arena, words, s->gap - 8) });
}

/* As many as there is room for, five at most. */
static void days(Reader r, Labels *l, const Scale *s, const Figure *points, size_t n) {
  double most = 40;
  for (size_t i = 0; i < n; i++) most = fmax(most, wide(when_short(r, points[i].from)));
  size_t fit = (size_t)fmin(5, fmax(1, floor(right(s) / (most + 8)))), step = n > fit ? (n + fit - 1) / fit : 1;
  for (size_t i = 0; i < n; i += step) {
    Str day = when_short(r, points[i].from);
    double half = fmin(x_of(s, i), s->width - x_of(s, i));
    vec_add(r.arena, l, (ChartLabel){ i ? x_of(s, i) : 2, s->height - 6, day, i ? "middle" : "start", false, squeezed(r.arena, day, i ? 2 * half : s->width - 4) });
  }
}

/* ── the chart itself ────────────────────────────────────────────────── */

static Chart begin(Reader r, Scale *s, int width, size_t n) {
  s->width = width;
  s->height = width == CHART_WIDE ? 260 : 176;
  s->gap = GAP_LEAST;
  s->n = n;
  s->lo = INFINITY;
  s->hi = -INFINITY;
  return (Chart){ .box = str_fmt(r.arena, "0 0 %d %d", (int)s->width, (int)s->height) };
}

/* Those of earlier baselines, each over its own points. */
static void draw_earlier(Arena *a, Chart *ch, const Scale *s, const Control *c) {
  for (size_t i = 0; i + 1 < c->span_n; i++) {
    const ControlSpan *p = &c->spans[i];
    double from = begins(s, p->from), to = ends(s, p->to) - 2;
    ch->old_limits = str_cat(a, ch->old_limits, across(a, from, to, y_of(s, chart_possible(c, p->limits.upper))), across(a, from, to, y_of(s, chart_possible(c, p->limits.lower))));
    ch->old_middle = str_cat(a, ch->old_middle, across(a, from, to, y_of(s, p->limits.centre)));
  }
}

static void draw_limits(Reader r, Chart *ch, const Scale *s, Labels *l, const Control *c, double lower, double upper) {
  double top = y_of(s, upper), bottom = y_of(s, lower), mid = y_of(s, c->limits.centre), left = begins_now(s, c);
  ch->limited = true;
  ch->left = left;
  ch->width = right(s) - left;
  ch->top = top;
  ch->height = bottom - top;
  ch->limits = str_cat(r.arena, across(r.arena, left, right(s), top), across(r.arena, left, right(s), bottom));
  ch->middle = across(r.arena, left, right(s), mid);
  draw_earlier(r.arena, ch, s, c);
  at_right(r, l, s, mid, chart_value(r, c, c->limits.centre), true);
  at_right(r, l, s, top, chart_value(r, c, upper), false);
  at_right(r, l, s, bottom, chart_value(r, c, lower), false);
}

/* Everything drawn fits, and the words at the right. */
static void fit(Reader r, Scale *s, const Control *c, double lower, double upper) {
  for (size_t i = 0; i < c->n; i++) reach(s, c->points[i].value);
  for (size_t i = 0; c->limited && i < c->span_n; i++) {
    reach(s, chart_possible(c, c->spans[i].limits.lower));
    reach(s, chart_possible(c, c->spans[i].limits.upper));
  }
  if (c->limited) { reach(s, lower); reach(s, upper); }
  if (s->lo > s->hi) { s->lo = 0; s->hi = 1; }
  room(s);
  const double at_end[] = { lower, c->limits.centre, upper };
  for (size_t i = 0; c->limited && i < COUNT(at_end); i++) s->gap = fmax(s->gap, fmin(s->width / 4, 10 + wide(chart_value(r, c, at_end[i]))));
}

static void draw_points(Reader r, Chart *ch, const Scale *s, const Control *c) {
  ChartPoint *at = NEW_N(r.arena, ChartPoint, c->n + 1);
  Buf line = { .arena = r.arena };
  bool pen = false;
  size_t counted = 0;
  for (size_t i = 0; i < c->n; i++) {
    if (!c->points[i].n || isnan(c->points[i].value)) continue;
    bool counts = counted < c->v_n && c->at[counted] == i;
    double x = x_of(s, i), y = y_of(s, c->points[i].value);
    PointLook look = !counts ? POINT_FEW : signalled(c, counted) ? POINT_SIGNAL : POINT_PLAIN;
    at[ch->n++] = (ChartPoint){ x, y, look, look == POINT_SIGNAL ? diamond(r.arena, x, y) : S("") };
    if (counts) { move(&line, &pen, x, y); counted++; }
  }
  ch->points = at;
  ch->line = buf_str(&line);
}

static Str said(Reader r, const Control *c) {
  ChartWords w = chart_words(r, c);
  Str what = tr(r.lang, c->m->label);
  if (!c->n) return what;
  return tr_f(r.arena, r.lang, "%1$s, from %2$s to %3$s. %4$s %5$s", what, chart_point(r, c, 0), chart_point(r, c, c->n - 1), w.head, w.rest);
}

Chart chart_control(Reader r, const Control *c, int width) {
  Scale s;
  Labels l = { 0 };
  Chart ch = begin(r, &s, width, c->n);
  double lower = chart_possible(c, c->limits.lower), upper = chart_possible(c, c->limits.upper);
  fit(r, &s, c, lower, upper);
  if (c->limited) draw_limits(r, &ch, &s, &l, c, lower, upper);
  if (c->says == CONTROL_CHANGED) ch.now = str_fmt(r.arena, "M%.1f %.1fH%.1f", x_of(&s, c->at[c->run_at]), y_of(&s, sample_mean(c->v + c->run_at, c->run)), right(&s));
  draw_points(r, &ch, &s, c);
  days(r, &l, &s, c->points, c->n);
  for (size_t i = 1; c->base && i < c->n; i++)
    if (c->points[i].from == c->base->to_at) ch.lock = str_fmt(r.arena, "M%.1f %dV%.1f", begins(&s, i), TOP - 6, s.height - BOTTOM);
  ch.labels = l.at;
  ch.label_n = l.n;
  ch.says = said(r, c);
  return ch;
}

/* The lines of the steps: the usual one and the widest that is ordinary, of each stretch. */
static void ranges_lines(Arena *a, Chart *ch, const Scale *s, const Control *c) {
  ch->limits = across(a, begins_now(s, c), right(s), y_of(s, c->limits.mr_upper));
  ch->middle = across(a, begins_now(s, c), right(s), y_of(s, c->limits.mr_centre));
  for (size_t i = 0; i + 1 < c->span_n; i++) {
    const ControlSpan *p = &c->spans[i];
    ch->old_limits = str_cat(a, ch->old_limits, across(a, begins(s, p->from), ends(s, p->to) - 2, y_of(s, p->limits.mr_upper)));
    ch->old_middle = str_cat(a, ch->old_middle, across(a, begins(s, p->from), ends(s, p->to) - 2, y_of(s, p->limits.mr_centre)));
  }
}

/* The step from one baseline to the next is none of theirs, and is left out. */
static void ranges_points(Arena *a, Chart *ch, const Scale *s, const Control *c) {
  ChartPoint *at = NEW_N(a, ChartPoint, c->v_n + 1);
  Buf line = { .arena = a };
  bool pen = false;
  for (size_t i = 1; i < c->v_n; i++) {
    if (control_span(c, c->at[i]) != control_span(c, c->at[i - 1])) { pen = false; continue; }
    double mr = fabs(c->v[i] - c->v[i - 1]), x = x_of(s, c->at[i]), y = y_of(s, mr);
    bool leap = mr > control_limits(c, c->at[i])->mr_upper;
    at[ch->n++] = (ChartPoint){ x, y, leap ? POINT_SIGNAL : POINT_PLAIN, leap ? diamond(a, x, y) : S("") };
    move(&line, &pen, x, y);
  }
  ch->points = at;
  ch->line = buf_str(&line);
}

Chart chart_ranges(Reader r, const Control *c, int width) {
  Scale s;
  Labels l = { 0 };
  Chart ch = begin(r, &s, width, c->n);
  s.height = 140;
  ch.box = str_fmt(r.arena, "0 0 %d 140", width);
  s.lo = 0;
  reach(&s, c->limits.mr_upper);
  for (size_t i = 0; i < c->span_n; i++) reach(&s, c->spans[i].limits.mr_upper);
  for (size_t i = 1; i < c->v_n; i++) reach(&s, fabs(c->v[i] - c->v[i - 1]));
  room(&s);
  s.lo = 0;
  ranges_points(r.arena, &ch, &s, c);
  ranges_lines(r.arena, &ch, &s, c);
  days(r, &l, &s, c->points, c->n);
  ch.labels = l.at;
  ch.label_n = l.n;
  ch.says = tr(r.lang, "How far each point is from the one before it");
  return ch;
}

Str chart_spark(Reader r, const Figure *points, size_t n) {
  double lo = INFINITY, hi = -INFINITY;
  Buf b = { .arena = r.arena };
  bool pen = false;
  for (size_t i = 0; i < n; i++) if (points[i].n >= CONTROL_BEHIND) { lo = fmin(lo, points[i].value); hi = fmax(hi, points[i].value); }
  for (size_t i = 0; i < n; i++)
    if (points[i].n >= CONTROL_BEHIND) move(&b, &pen, 2 + 116. * (double)i / (double)(n > 1 ? n - 1 : 1), hi > lo ? 22 - 20 * (points[i].value - lo) / (hi - lo) : 12);
  return buf_str(&b);
}
