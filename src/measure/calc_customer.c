/* measure/calc_customer.c: what was done about what customers lived through, and what is worth mending, for the command line. */
#include "measure/calc_io.h"
#include <math.h>
#include "base/clock.h"
#include "base/vec.h"
#include "measure/bar.h"
#include "measure/clocks.h"
#include "measure/effort.h"
#include "measure/journey.h"
#include "measure/moment.h"
#include "measure/proximity.h"
#include "measure/receptive.h"
#include "measure/xmr.h"

/* ---- two clocks */

/* Medians of many, as pages show them: the customer's seconds and the agent's, pair by pair. */
static Err ratio(Cx *cx, const Str *arg, Buf *b) {
  Numbers c;
  TRY(calc_numbers(cx, arg[0], &c));
  double *agent = NEW_N(cx->arena, double, c.n), v;
  Clocks *k = NEW_N(cx->arena, Clocks, c.n);
  TRY(calc_numbers_n(cx, "AGENT", arg[1], c.n, agent));
  for (size_t i = 0; i < c.n; i++) {
    if (c.at[i] < 0 || agent[i] < 0 || c.at[i] > 1e10 || agent[i] > 1e10) return fail(cx, E_INVALID, "a clock shows from 0 to 10^10 seconds.");
    k[i] = (Clocks){ .customer_clock = (int64_t)(c.at[i] * SECOND), .provider = (int64_t)(agent[i] * SECOND) };
  }
  if (!clocks_ratio(cx->arena, k, c.n, &v)) return fail(cx, E_INVALID, "the agents' clock never ran, so there is nothing to compare with.");
  calc_put(b, "value", v);
  return E_OK;
}

/* Of those whose agent clock was met, how many judged it bad all the same. */
static Err watermelon(Cx *cx, const Str *arg, Buf *b) {
  Tally t;
  TRY(calc_share(cx, arg[0], arg[1], &t));
  calc_put_tally(b, t);
  return E_OK;
}

/* ---- bad moments */

static Err bad(Cx *cx, const Str *arg, Buf *b) {
  static const struct { unsigned bit; const char *name; } kinds[] = {
    { BAD_UNSATISFIED, "unsatisfied" }, { BAD_HARD, "hard" }, { BAD_BROKEN, "broken" }, { BAD_NOT_YET, "not_yet" }, { BAD_REPEATED, "repeated" },
  };
  double v[5];
  TRY(calc_numbers_n(cx, "a moment", arg[0], 5, v));
  for (int i = 0; i < 5; i++) if (v[i] < 0 || v[i] != floor(v[i]) || v[i] > 1e6) return fail(cx, E_INVALID, "each is a whole number from 0 on; 0 is \"not said\" or \"never\".");
  if (v[0] > 5 || v[1] > 7 || v[2] > 1) return fail(cx, E_INVALID, "satisfaction goes to 5, ease to 7, broken is 0 or 1.");
  unsigned set = moment_bad(&(Moment){ (int64_t)v[0], (int64_t)v[1], v[2] > 0, (int64_t)v[3], (int64_t)v[4] });
  calc_put_bool(b, "value", set != 0);
  for (size_t i = 0; i < COUNT(kinds); i++) calc_put_bool(b, kinds[i].name, (set & kinds[i].bit) != 0);
  return E_OK;
}

static Err recovered(Cx *cx, const Str *arg, Buf *b) {
  double verdict, bar;
  TRY(calc_real(cx, "VERDICT", arg[0], &verdict));
  TRY(calc_real(cx, "BAR", arg[1], &bar));
  calc_put_bool(b, "value", moment_recovered(verdict, bar));
  return E_OK;
}

/* WORST:END:MEAN:SCORE of each customer */
static Err remember_fit(Cx *cx, const Str *arg, Buf *b) {
  static const char *const names[] = { "worst", "end", "mean" };
  VEC(RememberedPair) pairs = { 0 };
  for (Str rest = arg[0], one; rest.n;) {
    double v[4];
    Str part;
    str_cut(rest, ',', &one, &rest);
    for (int i = 0; i < 4; i++) {
      str_cut(one, ':', &part, &one);
      TRY(calc_real(cx, "WORST:END:MEAN:SCORE", part, &v[i]));
    }
    vec_add(cx->arena, &pairs, (RememberedPair){ v[0], v[1], v[2], v[3] });
  }
  RememberWeights w;
  Interval ci[3];
  bool fitted, use = moment_fit(pairs.at, pairs.n, &w, ci, &fitted);
  const double weights[] = { w.worst, w.end, w.mean };
  calc_put_bool(b, "value", use);
  for (int i = 0; i < 3; i++) calc_put(b, names[i], weights[i]);
  calc_put(b, "n", (double)pairs.n);
  return E_OK;
}

/* ---- effort, bars, nearness */

static Err easy_and_hard(Cx *cx, const Str *arg, Buf *b) {
  int64_t points;
  bool easy = str_eq(arg[0], S("easy"));
  if (!easy && !str_eq(arg[0], S("-"))) return fail(cx, E_INVALID, "the agent says \"easy\" or \"-\".");
  TRY(calc_whole(cx, "POINTS", arg[1], &points));
  calc_put_bool(b, "value", effort_disagrees(easy, points));
  return E_OK;
}

static Err drift(Cx *cx, const Str *arg, Buf *b) {
  Numbers asked;
  TRY(calc_numbers(cx, arg[0], &asked));
  double *days = NEW_N(cx->arena, double, asked.n);
  BarPair *p = NEW_N(cx->arena, BarPair, asked.n);
  TRY(calc_numbers_n(cx, "DAYS", arg[1], asked.n, days));
  for (size_t i = 0; i < asked.n; i++) {
    if (fabs(days[i]) > 1e5) return fail(cx, E_INVALID, "a day is a number up to 100000.");
    p[i] = (BarPair){ .asked = asked.at[i], .at = (int64_t)(days[i] * (double)DAY) };
  }
  double v = bar_drift(cx->arena, p, asked.n);
  if (isnan(v)) return fail(cx, E_INVALID, "this needs two bars at least, set on different days.");
  calc_put(b, "value", v);
  return E_OK;
}

static Err near_far(Cx *cx, const Str *arg, Buf *b) {
  Numbers near, far;
  double v;
  TRY(calc_numbers(cx, arg[0], &near));
  TRY(calc_numbers(cx, arg[1], &far));
  if (!proximity_gap(near.at, near.n, far.at, far.n, &v)) return fail(cx, E_INVALID, "there must be somebody near and somebody far.");
  calc_put(b, "value", v);
  return E_OK;
}

static Err pictogram(Cx *cx, const Str *arg, Buf *b) {
  int64_t n;
  double v;
  TRY(calc_whole(cx, "ANSWER", arg[0], &n));
  if (!proximity_short(n, &v)) return fail(cx, E_INVALID, "the pictures go from 1 to 7.");
  calc_put(b, "value", v);
  return E_OK;
}

static Err priority(Cx *cx, const Str *arg, Buf *b) {
  int64_t affected;
  double bar, reached;
  TRY(calc_whole(cx, "AFFECTED", arg[0], &affected));
  TRY(calc_real(cx, "BAR", arg[1], &bar));
  TRY(calc_real(cx, "REACHED", arg[2], &reached));
  calc_put(b, "value", journey_priority(affected, bar, reached));
  return E_OK;
}

static Err tactics(Cx *cx, Str list, TacticState **ret, size_t *ret_n) {
  static const Str names[] = { CALC_STR("-"), CALC_STR("offered"), CALC_STR("accepted"), CALC_STR("took-part") };
  VEC(TacticState) v = { 0 };
  for (Str rest = list, one; rest.n;) {
    size_t i = 0;
    str_cut(rest, ',', &one, &rest);
    while (i < COUNT(names) && !str_eq(str_trim(one), names[i])) i++;
    if (i == COUNT(names)) return fail(cx, E_INVALID, "\"" STR_FMT "\" is none of offered, accepted, took-part, -.", STR_ARG(str_head(one, 60)));
    vec_add(cx->arena, &v, (TacticState)i);
  }
  *ret = v.at;
  *ret_n = v.n;
  return E_OK;
}

static Err funnel(Cx *cx, const Str *arg, Buf *b) {
  TacticState *v;
  size_t n;
  TRY(tactics(cx, arg[0], &v, &n));
  Funnel f = receptive_funnel(v, n);
  if (!f.accepted.n) return fail(cx, E_INVALID, "nothing was offered yet, so nobody could accept.");
  calc_put_tally(b, f.accepted);
  calc_put(b, "took_part", (double)f.took_part.k);
  calc_put(b, "accepted", (double)f.took_part.n);
  return E_OK;
}

/* ---- start and net change */

static Err net_change(Cx *cx, const Str *arg, Buf *b) {
  Numbers base, after;
  XmrLimits l;
  const XmrSignal *s;
  TRY(calc_numbers(cx, arg[0], &base));
  TRY(calc_numbers(cx, arg[1], &after));
  if (!xmr_limits(base.at, base.n, &l)) return fail(cx, E_INVALID, "a baseline needs at least %d values.", XMR_LEAST);
  size_t n = xmr_signals(cx->arena, &l, after.at, after.n, &s);
  calc_put(b, "value", n ? xmr_net_change(base.at, base.n, after.at, after.n) : NAN);     /* without a signal: no detectable change */
  calc_put(b, "lower", l.lower);
  calc_put(b, "upper", l.upper);
  calc_put_bool(b, "provisional", base.n < XMR_PROVISIONAL);
  calc_name(b, "signals");
  buf_char(b, '[');
  for (size_t i = 0; i < n; i++) buf_fmt(b, "%s{\"at\":%zu,\"rule\":%d}", i ? "," : "", s[i].at, s[i].rule);
  buf_char(b, ']');
  return E_OK;
}

static const CalcRow rows[] = {
  CALC_ROW("ratio",        "CUSTOMER,... AGENT,...", 2, ratio, "median of the customers' clocks to the median of the agents', seconds"),
  CALC_ROW("watermelon",   "BAD MET",              2, watermelon, "of those whose agent clock was met, how many judged it bad"),
  CALC_ROW("bad",          "SATISFACTION,EASE,BROKEN,NOT_YET,REPEATED", 1, bad, "whether that is a bad moment, and why"),
  CALC_ROW("recovered",    "VERDICT BAR",          2, recovered, "whether the next verdict met the customer's own bar"),
  CALC_ROW("remember-fit", "WORST:END:MEAN:SCORE,...", 1, remember_fit, "weights of memory fitted to relationship scores; value: whether to use them"),
  CALC_ROW("disagrees",    "easy|- POINTS",        2, easy_and_hard, "whether \"easy\" stands against points of effort"),
  CALC_ROW("drift",        "ASKED,... DAYS,...",   2, drift, "how the bars move, a unit in 30 days"),
  CALC_ROW("near-far",     "NEAR,... FAR,...",     2, near_far, "mean nearness of those close by less that of those far away"),
  CALC_ROW("pictogram",    "ANSWER",               1, pictogram, "nearness from one picture, 1-7, on 0-100"),
  CALC_ROW("priority",     "AFFECTED BAR REACHED", 3, priority, "what to mend first: customers affected times what is missing to their bar"),
  CALC_ROW("funnel",       "offered|accepted|took-part|-,...", 1, funnel, "of what was offered, accepted; of that, taken part in"),
  CALC_ROW("net-change",   "BASE,... AFTER,...",   2, net_change, "mean after less mean before, if the chart of the start has a signal; else null"),
};
const CalcRows calc_customer = { rows, COUNT(rows) };
