/* web/chart_words.c: what a control chart says. Never more than it knows. */
#include "web/chart.h"
#include <math.h>
#include "text/num.h"
#include "web/number.h"

Str chart_unit(Reader r, PeriodUnit u, int64_t n) {
  Str many = num(r.arena, r.lang, n);
  if (u == UNIT_DAY) return trn_f(r.arena, r.lang, "one day", "%s days", n, many);
  return u == UNIT_WEEK ? trn_f(r.arena, r.lang, "one week", "%s weeks", n, many) : trn_f(r.arena, r.lang, "one month", "%s months", n, many);
}

static Str stretch_of(Reader r, PeriodUnit u, int64_t from) {
  Str day = when_day(r, from);
  if (u == UNIT_DAY) return day;
  return u == UNIT_WEEK ? tr_f(r.arena, r.lang, "the week of %s", day) : tr_f(r.arena, r.lang, "the month from %s", day);
}

/* At the beginning of a line. */
Str chart_line(Reader r, const Control *c, size_t point) {
  Str day = when_day(r, c->points[point].from);
  if (c->unit == UNIT_DAY) return tr_f(r.arena, r.lang, "Day: %s", day);
  return c->unit == UNIT_WEEK ? tr_f(r.arena, r.lang, "Week of %s", day) : tr_f(r.arena, r.lang, "Month from %s", day);
}

Str chart_point(Reader r, const Control *c, size_t point) { return stretch_of(r, c->unit, c->points[point].from); }

Str chart_value(Reader r, const Control *c, double v) { return number_one(r.arena, r.lang, c->m->kind, v); }

/* A difference, with its sign. Of shares it is in points, lest it be taken for a share of something. */
static Str change(Reader r, const Control *c, double v) {
  const char *sign = v < 0 ? "−" : "+";
  if (c->m->kind == FIGURE_TIME) return str_cat(r.arena, str_z(sign), when_span(r, (int64_t)fabs(v)));
  if (c->m->kind != FIGURE_SHARE) return str_cat(r.arena, str_z(sign), num_double(r.arena, r.lang, fabs(v), 1));
  double points = round(1000 * fabs(v)) / 10;
  return str_cat(r.arena, str_z(points != 0 ? sign : ""), trn_f(r.arena, r.lang, "%s point", "%s points", points == 1 ? 1 : 2, num_double(r.arena, r.lang, points, points < 1 ? 1 : 0)));
}

static Str net_words(Reader r, const Control *c) {
  if (!c->after) return S("");
  Str lo = change(r, c, c->net_ci.lo), hi = change(r, c, c->net_ci.hi);
  if (c->says != CONTROL_CHANGED) return tr_f(r.arena, r.lang, "Since the baseline: no detectable change (it could be anything between %1$s and %2$s).", lo, hi);
  return tr_f(r.arena, r.lang, "Now %1$s in the middle, before %2$s: a change of %3$s, likely between %4$s and %5$s.", chart_value(r, c, c->now), chart_value(r, c, c->before),
              change(r, c, c->net), lo, hi);
}

static Str wait_words(Reader r, const Control *c) {
  if (!c->wait) return S("");
  Str n = chart_unit(r, c->unit, (int64_t)c->wait);
  if (!c->limited) return tr_f(r.arena, r.lang, "Still to wait: %s with at least five behind each. Until then no limits are drawn, and nothing is concluded.", n);
  return tr_f(r.arena, r.lang, "A baseline can be locked in %s.", n);
}

static Str few_words(Reader r, const Control *c) {
  size_t few = 0, hidden = 0;
  for (size_t i = 0; i < c->n; i++) {
    bool below = c->points[i].n > 0 && c->points[i].n < CONTROL_BEHIND, shown = !isnan(c->points[i].value);
    few += below && shown;
    hidden += below && !shown;
  }
  if (hidden) return trn_f(r.arena, r.lang, "One point stands on fewer than five answers; it is in the table as how many, and not drawn.",
                           "%s points stand on fewer than five answers each; they are in the table as how many, and not drawn.", (int64_t)hidden, num(r.arena, r.lang, (int64_t)hidden));
  if (!few) return S("");
  return trn_f(r.arena, r.lang, "One hollow point stands on fewer than five, and counts for nothing.", "%s hollow points stand on fewer than five each, and count for nothing.", (int64_t)few,
               num(r.arena, r.lang, (int64_t)few));
}

ChartWords chart_words(Reader r, const Control *c) {
  const Lang *l = r.lang;
  ChartWords w = { .net = net_words(r, c), .wait = wait_words(r, c), .few = few_words(r, c) };
  bool better = c->up != c->m->less;
  Str at = c->run && c->run_at < c->v_n ? chart_point(r, c, c->at[c->run_at]) : S("");
  switch (c->says) {
    case CONTROL_FEW:
      w.head = tr(l, "Too early to say.");
      w.rest = w.wait;
      w.wait = S("");
      break;
    case CONTROL_STEADY:
      w.head = tr(l, "Steady.");
      w.rest = tr(l, "Ordinary ups and downs, nothing to react to.");
      break;
    case CONTROL_ODD:
      w.head = tr(l, "Something stands out.");
      w.rest = tr_f(r.arena, l, "Look at %s: it lies outside what is ordinary here. By itself it is no lasting change.", at);
      break;
    case CONTROL_LEANING:
      w.head = tr(l, "Something may be moving.");
      w.rest = c->up ? tr(l, "Three of four lie nearer to the upper limit than to the middle. Look, and wait.")
                     : tr(l, "Three of four lie nearer to the lower limit than to the middle. Look, and wait.");
      break;
    case CONTROL_CHANGED:
      w.head = tr(l, "It really changed.");
      w.rest = c->up ? tr_f(r.arena, l, "%s in a row above the old middle.", chart_unit(r, c->unit, (int64_t)c->run))
                     : tr_f(r.arena, l, "%s in a row below the old middle.", chart_unit(r, c->unit, (int64_t)c->run));
      w.tone = better ? 1 : -1;
      break;
  }
  return w;
}

Str chart_signal(Reader r, const Control *c, const XmrSignal *s) {
  size_t i = s->at - 1;
  Str at = chart_line(r, c, c->at[i]);
  const XmrLimits *l = control_limits(c, c->at[i]);
  bool up = c->v[i] > l->centre;
  if (s->rule == 1 && c->v[i] > l->upper) return tr_f(r.arena, r.lang, "%s: above the upper limit (rule 1)", at);
  if (s->rule == 1 && c->v[i] < l->lower) return tr_f(r.arena, r.lang, "%s: below the lower limit (rule 1)", at);
  if (s->rule == 1) return tr_f(r.arena, r.lang, "%s: a leap from the point before, wider than is ordinary (rule 1)", at);
  if (s->rule == 2) return up ? tr_f(r.arena, r.lang, "%s: the eighth in a row above the middle (rule 2)", at) : tr_f(r.arena, r.lang, "%s: the eighth in a row below the middle (rule 2)", at);
  return tr_f(r.arena, r.lang, "%s: three of four nearer to a limit than to the middle (rule 3)", at);
}

Str chart_stands(Reader r, const Control *c) {
  Str n = chart_unit(r, c->unit, (int64_t)c->base_n);
  if (!c->limited) return S("");
  if (c->base && c->base_n < XMR_PROVISIONAL)
    return tr_f(r.arena, r.lang, "Limits of a baseline of %1$s, locked by %2$s on %3$s. Provisional: a baseline of twenty is firmer.", n, c->base->by, when_day(r, c->base->at));
  if (c->base) return tr_f(r.arena, r.lang, "Limits of a baseline of %1$s, locked by %2$s on %3$s.", n, c->base->by, when_day(r, c->base->at));
  return tr_f(r.arena, r.lang, "Provisional limits, of the %s drawn here: no baseline is locked.", n);
}

static Str span_words(Reader r, const Control *c, const XmrLimits *l) {
  return tr_f(r.arena, r.lang, "%1$s in the middle, from %2$s to %3$s", chart_value(r, c, l->centre), chart_value(r, c, chart_possible(c, l->lower)), chart_value(r, c, chart_possible(c, l->upper)));
}

Str chart_earlier(Reader r, const Control *c) {
  Str all = S("");
  for (size_t i = 0; c->limited && i + 1 < c->span_n; i++) {
    const ControlSpan *s = &c->spans[i];
    Str one = tr_f(r.arena, r.lang, "The points before %1$s are held against an earlier baseline: %2$s.", chart_point(r, c, s->to), span_words(r, c, &s->limits));
    if (i) one = tr_f(r.arena, r.lang, "Those from there to before %1$s: %2$s.", chart_point(r, c, s->to), span_words(r, c, &s->limits));
    all = all.n ? str_cat(r.arena, all, S(" "), one) : one;
  }
  return all.n ? str_cat(r.arena, all, S(" "), tr(r.lang, "Its lines are the thin ones.")) : all;
}

Str chart_held(Reader r, const Control *c, size_t point) {
  const ControlSpan *s = control_span(c, point);
  if (!c->limited || c->points[point].n < CONTROL_BEHIND) return tr(r.lang, "nothing");
  Str what = span_words(r, c, control_limits(c, point));
  if (!s) return tr_f(r.arena, r.lang, "%s: provisional, of the points here", what);
  Str day = when_day(r, s->base->at);
  return s->base == c->base ? tr_f(r.arena, r.lang, "%1$s: baseline locked %2$s, in force", what, day) : tr_f(r.arena, r.lang, "%1$s: baseline locked %2$s", what, day);
}

/* B31: of a baseline of 12, 15 % by rule 1 and 20 % by 1 and 2 among the next 12 points; of 24, 9 % and 13 %. */
Str chart_false(Reader r, const Control *c) {
  if (c->base_n >= 24) return tr(r.lang, "Even where nothing changes, about one chart in eight shows a signal within the next twelve points. A signal says: look. It proves nothing.");
  if (c->base_n >= XMR_LOCK) return tr(r.lang, "Even where nothing changes, about one chart in five shows a signal within the next twelve points. A signal says: look. It proves nothing.");
  return tr(r.lang, "Even where nothing changes, more than one chart in five shows a signal within the next twelve points. A signal says: look. It proves nothing.");
}
