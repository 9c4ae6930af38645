/* measure/calc_statistics.c: shares, charts, tests, calendars and clocks for the command line. */
#include "measure/calc_io.h"
#include <math.h>
#include "base/clock.h"
#include "base/vec.h"
#include "measure/calendar.h"
#include "measure/clocks.h"
#include "measure/display.h"
#include "measure/permutation.h"
#include "measure/testbed.h"
#include "measure/xmr.h"

/* ---- shares */

static Err wilson(Cx *cx, const Str *arg, Buf *b) {
  Tally t;
  TRY(calc_share(cx, arg[0], arg[1], &t));
  calc_put(b, "value", (double)t.k / (double)t.n);
  calc_put_ci(b, proportion_wilson(t.k, t.n, Z95));
  return E_OK;
}

static Err newcombe(Cx *cx, const Str *arg, Buf *b) {
  Tally x, y;
  TRY(calc_share(cx, arg[0], arg[1], &x));
  TRY(calc_share(cx, arg[2], arg[3], &y));
  Difference d = proportion_newcombe(x.k, x.n, y.k, y.n, Z95);
  calc_put(b, "value", d.value);
  calc_put_ci(b, d.ci);
  return E_OK;
}

static Err nps(Cx *cx, const Str *arg, Buf *b) {
  int64_t p, passive, d;
  TRY(calc_whole(cx, "P", arg[0], &p));
  TRY(calc_whole(cx, "PA", arg[1], &passive));
  TRY(calc_whole(cx, "D", arg[2], &d));
  if (p + passive + d == 0) return fail(cx, E_INVALID, "there are no answers, so there is no score to show.");
  RecommendScore s = recommend_score(p, passive, d, Z95);
  calc_put(b, "value", s.value);
  calc_put_ci(b, s.ci);
  calc_put(b, "centre", s.centre);
  calc_put(b, "se", s.se);
  return E_OK;
}

static Err bounds(Cx *cx, const Str *arg, Buf *b) {
  Tally t;
  int64_t asked;
  TRY(calc_share(cx, arg[0], arg[1], &t));
  TRY(calc_whole(cx, "ASKED", arg[2], &asked));
  if (asked < t.n) return fail(cx, E_INVALID, "%lld answered of only %lld asked: ASKED must be at least N.", (long long)t.n, (long long)asked);
  calc_put(b, "value", (double)t.k / (double)t.n);
  calc_put_ci(b, proportion_bounds(t.k, t.n, asked));
  return E_OK;
}

/* "300:10/20,700:38/40" */
static Err stratified(Cx *cx, const Str *arg, Buf *b) {
  VEC(Stratum) strata = { 0 };
  for (Str rest = arg[0], one, size, k, n; rest.n;) {
    Stratum s;
    Tally t;
    str_cut(rest, ',', &one, &rest);
    if (!str_cut(one, ':', &size, &k) || !str_cut(k, '/', &k, &n))
      return fail(cx, E_INVALID, "\"" STR_FMT "\" is not a stratum; write SIZE:K/N, like 300:10/20.", STR_ARG(str_head(one, 60)));
    TRY(calc_whole(cx, "SIZE", size, &s.size));
    TRY(calc_share(cx, k, n, &t));
    s.k = t.k;
    s.n = t.n;
    vec_add(cx->arena, &strata, s);
  }
  double p;
  if (!proportion_stratified(strata.at, strata.n, &p))
    return fail(cx, E_INVALID, "each stratum needs at least %d answers, and one a size above 0, before the whole may be told.", STRATUM_MIN);
  calc_put(b, "value", p);
  return E_OK;
}

static Err bias(Cx *cx, const Str *arg, Buf *b) {
  int64_t asked, answered;
  double p, q;
  TRY(calc_whole(cx, "ASKED", arg[0], &asked));
  TRY(calc_whole(cx, "ANSWERED", arg[1], &answered));
  TRY(calc_real(cx, "P_ANSWERED", arg[2], &p));
  TRY(calc_real(cx, "P_SILENT", arg[3], &q));
  if (asked == 0 || answered > asked) return fail(cx, E_INVALID, "ASKED must be at least 1 and at least ANSWERED.");
  if (p < 0 || p > 1 || q < 0 || q > 1) return fail(cx, E_INVALID, "shares are between 0 and 1.");
  calc_put(b, "value", proportion_bias(asked, answered, p, q));
  return E_OK;
}

static Err show(Cx *cx, const Str *arg, Buf *b) {
  int64_t n;
  TRY(calc_whole(cx, "N", arg[0], &n));
  calc_put_text(b, "value", display_name(display_of(n)));
  return E_OK;
}

/* ---- charts */

static Err chart(Cx *cx, const Str *arg, Buf *b, bool median) {
  Numbers v;
  XmrLimits l;
  const XmrSignal *signals;
  TRY(calc_numbers(cx, arg[0], &v));
  if (!(median ? xmr_limits_median(cx->arena, v.at, v.n, &l) : xmr_limits(v.at, v.n, &l)))
    return fail(cx, E_INVALID, "limits need at least %d values, and there are %zu.", XMR_LEAST, v.n);
  calc_put(b, "mean", l.centre);
  calc_put(b, "mr_mean", l.mr_centre);
  calc_put(b, "lower", l.lower);
  calc_put(b, "upper", l.upper);
  calc_put(b, "mr_upper", l.mr_upper);
  calc_name(b, "signals");
  buf_char(b, '[');
  size_t n = xmr_signals(cx->arena, &l, v.at, v.n, &signals);
  for (size_t i = 0; i < n; i++) buf_fmt(b, "%s{\"at\":%zu,\"rule\":%d}", i ? "," : "", signals[i].at, signals[i].rule);
  buf_char(b, ']');
  return E_OK;
}
static Err xmr(Cx *cx, const Str *arg, Buf *b)        { return chart(cx, arg, b, false); }
static Err xmr_median(Cx *cx, const Str *arg, Buf *b) { return chart(cx, arg, b, true); }

/* ---- tests */

#define SEED 20240229                       /* of samples past a million arrangements; printed with them */

static void permuted(Buf *b, Permutation p) {
  calc_put(b, "value", p.value);
  calc_put(b, "p", p.p);
  calc_put(b, "count", (double)p.count);
  calc_put(b, "of", (double)p.of);
  if (!p.exact) calc_put(b, "seed", (double)p.seed);
}

static Err permutation(Cx *cx, const Str *arg, Buf *b) {
  Numbers one, two;
  TRY(calc_numbers(cx, arg[0], &one));
  TRY(calc_numbers(cx, arg[1], &two));
  permuted(b, permutation_two_sample(cx->arena, one.at, one.n, two.at, two.n, SIDE_BOTH, SEED));
  return E_OK;
}

static Err signflip(Cx *cx, const Str *arg, Buf *b) {
  Numbers d;
  TRY(calc_numbers(cx, arg[0], &d));
  permuted(b, permutation_sign_flip(d.at, d.n, SIDE_BOTH, SEED));
  return E_OK;
}

static Err did(Cx *cx, const Str *arg, Buf *b) {
  Numbers before, treated;
  TestbedEffect e;
  TRY(calc_numbers(cx, arg[0], &before));
  double *after = NEW_N(cx->arena, double, before.n);
  bool *yes = NEW_N(cx->arena, bool, before.n);
  TRY(calc_numbers_n(cx, "AFTER", arg[1], before.n, after));
  TRY(calc_numbers(cx, arg[2], &treated));
  for (size_t i = 0; i < treated.n; i++) {
    if (!(treated.at[i] >= 1 && treated.at[i] <= (double)before.n)) return fail(cx, E_INVALID, "TREATED names units 1 to %zu.", before.n);
    yes[(size_t)treated.at[i] - 1] = true;
  }
  if (!testbed_did(cx->arena, before.at, after, yes, before.n, &e))
    return fail(cx, E_INVALID, "there must be treated and untreated units, and at most %d ways to choose them.", PERMUTATION_EXACT);
  permuted(b, e.test);
  calc_put_ci(b, e.ci);
  return E_OK;
}

static Err random_start(Cx *cx, const Str *arg, Buf *b) {
  Numbers v;
  int64_t first, last, start;
  Permutation p;
  TRY(calc_numbers(cx, arg[0], &v));
  TRY(calc_whole(cx, "FIRST", arg[1], &first));
  TRY(calc_whole(cx, "LAST", arg[2], &last));
  TRY(calc_whole(cx, "START", arg[3], &start));
  if (!testbed_random_start(v.at, v.n, (size_t)first, (size_t)last, (size_t)start, &p))
    return fail(cx, E_INVALID, "starts go from 2 to the number of values, and START lies between FIRST and LAST.");
  permuted(b, p);
  return E_OK;
}

static Err bootstrap(Cx *cx, const Str *arg, Buf *b) {
  Numbers v;
  Interval ci;
  TRY(calc_numbers(cx, arg[0], &v));
  if (!testbed_bootstrap_mean(cx->arena, v.at, v.n, .95, &ci)) return fail(cx, E_INVALID, "all resamples are counted for up to 7 values only.");
  calc_put(b, "value", sample_mean(v.at, v.n));
  calc_put_ci(b, ci);
  return E_OK;
}

static Err compound(Cx *cx, const Str *arg, Buf *b) {
  Numbers v;
  TRY(calc_numbers(cx, arg[0], &v));
  calc_put(b, "value", testbed_compound(v.at, v.n));
  return E_OK;
}

/* ---- calendars and clocks */

static Err worksec(Cx *cx, const Str *arg, Buf *b) {
  const Calendar *c;
  int64_t from, to;
  TRY(calendar_parse(cx, arg[0], arg[1], &c));
  TRY(calc_instant(cx, "FROM", arg[2], &from));
  TRY(calc_instant(cx, "TO", arg[3], &to));
  if (to < from) return fail(cx, E_INVALID, "TO comes before FROM.");
  calc_put(b, "value", (double)calendar_work(c, from, to) / SECOND);
  return E_OK;
}

static Err walk(Cx *cx, const Str *arg, Buf *b, const char *start,
                bool (*go)(const Calendar *, int64_t, int64_t, int64_t *), const char *never) {
  const Calendar *c;
  int64_t from, work, at;
  TRY(calendar_parse(cx, arg[0], arg[1], &c));
  TRY(calc_instant(cx, start, arg[2], &from));
  TRY(calc_seconds(cx, "SECONDS", arg[3], &work));
  if (!go(c, from, work, &at)) return fail(cx, E_INVALID, "this calendar has not so much open time %s.", never);
  calc_put_moment(b, "value", at);
  calc_put_text(b, "tzdata", zone_version());
  return E_OK;
}
static Err due(Cx *cx, const Str *arg, Buf *b)    { return walk(cx, arg, b, "FROM", calendar_due, "after FROM"); }
static Err before(Cx *cx, const Str *arg, Buf *b) { return walk(cx, arg, b, "DUE", calendar_before, "before DUE"); }

static Err turn(Cx *cx, Str s, ClocksTurn *ret) {
  static const Str names[] = { CALC_STR("provider"), CALC_STR("customer"), CALC_STR("supplier") };
  Str who, when;
  str_cut(str_trim(s), '@', &who, &when);
  for (size_t i = 0; i < COUNT(names); i++) {
    if (!str_eq(who, names[i])) continue;
    ret->ball = (ClocksBall)i;
    return calc_instant(cx, "a turn", when, &ret->at);
  }
  return fail(cx, E_INVALID, "\"" STR_FMT "\" is not a turn; write provider@INSTANT, customer@INSTANT or supplier@INSTANT.", STR_ARG(str_head(s, 60)));
}

static Err clocks(Cx *cx, const Str *arg, Buf *b) {
  const Calendar *c;
  VEC(ClocksTurn) turns = { 0 };
  int64_t end;
  TRY(calendar_parse(cx, arg[0], arg[1], &c));
  for (Str rest = arg[2], one; rest.n;) {
    ClocksTurn t;
    str_cut(rest, ',', &one, &rest);
    TRY(turn(cx, one, &t));
    if (turns.n && t.at < turns.at[turns.n - 1].at) return fail(cx, E_INVALID, "the turns are not in order of time.");
    vec_add(cx->arena, &turns, t);
  }
  TRY(calc_instant(cx, "END", arg[3], &end));
  if (!turns.n || end < turns.at[turns.n - 1].at) return fail(cx, E_INVALID, "there must be a turn, and END comes after the last.");
  Clocks k = clocks_read(c, turns.at, turns.n, end);
  calc_put(b, "value", k.provider ? (double)k.customer_clock / (double)k.provider : NAN);
  calc_put(b, "customer_seconds", (double)k.customer_clock / SECOND);
  calc_put(b, "agent_seconds", (double)k.provider / SECOND);
  calc_name(b, "partition");
  buf_char(b, '{');
  calc_put(b, "provider", (double)k.provider / SECOND);
  calc_put(b, "customer", (double)k.customer / SECOND);
  calc_put(b, "supplier", (double)k.supplier / SECOND);
  calc_put(b, "closed", (double)k.closed / SECOND);
  buf_char(b, '}');
  return E_OK;
}

static const CalcRow rows[] = {
  CALC_ROW("wilson",       "K N",                       2, wilson,       "share K of N with its 95 % Wilson interval"),
  CALC_ROW("newcombe",     "K1 N1 K2 N2",               4, newcombe,     "difference of two shares with its 95 % interval"),
  CALC_ROW("nps",          "P PA D",                    3, nps,          "recommend score of promoters, passives and detractors, adjusted-Wald interval"),
  CALC_ROW("bounds",       "K N ASKED",                 3, bounds,       "share K of N answers, and what it could be among all that were asked"),
  CALC_ROW("stratified",   "SIZE:K/N,...",              1, stratified,   "share of the whole, each kind weighed by its size"),
  CALC_ROW("bias",         "ASKED ANSWERED P_ANSWERED P_SILENT", 4, bias, "how far the share of those who answered is from that of all asked"),
  CALC_ROW("show",         "N",                         1, show,         "how a figure from N answers may be shown"),
  CALC_ROW("xmr",          "V,V,...",                   1, xmr,          "control chart: limits from the mean moving range, signals by three rules"),
  CALC_ROW("xmr-median",   "V,V,...",                   1, xmr_median,   "the same from the median moving range"),
  CALC_ROW("permutation",  "A,... B,...",               2, permutation,  "mean of B less mean of A, two-sided permutation test"),
  CALC_ROW("signflip",     "D,...",                     1, signflip,     "mean of paired differences, two-sided sign-flip test"),
  CALC_ROW("did",          "BEFORE,... AFTER,... TREATED,...", 3, did,   "gain of the treated units less that of the others, exact test and interval"),
  CALC_ROW("random-start", "V,... FIRST LAST START",    4, random_start, "change at a start drawn at random among FIRST to LAST"),
  CALC_ROW("bootstrap",    "V,...",                     1, bootstrap,    "mean of up to 7 values, all resamples counted"),
  CALC_ROW("compound",     "G,...",                     1, compound,     "gains of verified improvements, compounded"),
  CALC_ROW("worksec",      "ZONE CALENDAR FROM TO",     4, worksec,      "open seconds between two instants"),
  CALC_ROW("due",          "ZONE CALENDAR FROM SECONDS", 4, due,         "the instant so many open seconds after FROM"),
  CALC_ROW("before",       "ZONE CALENDAR DUE SECONDS", 4, before,       "the instant so many open seconds before DUE"),
  CALC_ROW("clocks",       "ZONE CALENDAR BALL@INSTANT,... END", 4, clocks, "the customer's clock, the agent's, and whose the time was"),
};
const CalcRows calc_statistics = { rows, COUNT(rows) };
