/* measure/calc.c: a table of names; each row reads its arguments, asks its measure and writes the answer. */
#include "measure/calc.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/vec.h"
#include "measure/calendar.h"
#include "measure/permutation.h"
#include "measure/proportion.h"
#include "measure/xmr.h"

typedef struct { double *at; size_t n, cap; } Numbers;

/* ---- arguments */

#define NUMBERS_MOST 100000

static Err whole(Cx *cx, const char *what, Str s, int64_t *ret) {
  if (!str_int(s, ret) || *ret < 0 || *ret > 1000000000000)
    return fail(cx, E_INVALID, "%s must be a whole number from 0 on, not \"" STR_FMT "\".", what, STR_ARG(str_head(s, 60)));
  return E_OK;
}

/* k of n */
static Err share(Cx *cx, Str k, Str n, int64_t *ret_k, int64_t *ret_n) {
  TRY(whole(cx, "K", k, ret_k));
  TRY(whole(cx, "N", n, ret_n));
  if (*ret_n == 0) return fail(cx, E_INVALID, "N is 0: nobody was asked yet, so there is no share to show.");
  if (*ret_k > *ret_n) return fail(cx, E_INVALID, "K is %lld of only %lld: it must be at most N.", (long long)*ret_k, (long long)*ret_n);
  return E_OK;
}

static Err numbers(Cx *cx, Str list, Numbers *ret) {
  *ret = (Numbers){ 0 };
  for (Str rest = list, one; rest.n;) {
    double v;
    str_cut(rest, ',', &one, &rest);
    one = str_trim(one);
    if (!str_double(one, &v) || !isfinite(v))
      return fail(cx, E_INVALID, "\"" STR_FMT "\" is not a number; write a list like 12,14.5,11.", STR_ARG(str_head(one, 60)));
    if (ret->n == NUMBERS_MOST) return fail(cx, E_INVALID, "a list may have at most %d numbers.", NUMBERS_MOST);
    vec_add(cx->arena, ret, v);
  }
  if (!ret->n) return fail(cx, E_INVALID, "the list of numbers is empty.");
  return E_OK;
}

static Err instant(Cx *cx, const char *what, Str s, int64_t *ret) {
  if (!clock_parse(s, ret))
    return fail(cx, E_INVALID, "%s must be an instant with its zone, like 2024-03-29T16:00:00+01:00, not \"" STR_FMT "\".", what, STR_ARG(str_head(s, 60)));
  return E_OK;
}

static Err seconds(Cx *cx, Str s, int64_t *ret) {
  double v;
  if (!str_double(s, &v) || !(v >= 0 && v <= 1e12))
    return fail(cx, E_INVALID, "SECONDS must be a number from 0 on, not \"" STR_FMT "\".", STR_ARG(str_head(s, 60)));
  *ret = (int64_t)llround(v * SECOND);
  return E_OK;
}

/* ---- JSON */

/* The shortest decimal that reads back as the same number. */
static void number(Buf *b, double v) {
  char text[40];
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, v == 0 ? 0.0 : v);
    if (strtod(text, NULL) == v) break;
  }
  for (char *p = text; *p; p++) if (*p == ',') *p = '.';           /* whatever the locale */
  buf_add(b, str_z(text));
}

static void member(Buf *b, const char *name, double v) {
  buf_fmt(b, "%s\"%s\":", b->n > 1 ? "," : "", name);
  number(b, v);
}

static void band(Buf *b, Interval i) {
  buf_fmt(b, "%s\"ci\":[", b->n > 1 ? "," : "");
  number(b, i.lo);
  buf_char(b, ',');
  number(b, i.hi);
  buf_char(b, ']');
}

/* RFC 3339 with no more fraction than there is. */
static void moment(Buf *b, const char *name, int64_t at) {
  Str s = clock_rfc3339(b->arena, at);
  if (at % SECOND == 0) s = str_cat(b->arena, str_head(s, s.n - 8), S("Z"));
  buf_fmt(b, "%s\"%s\":\"" STR_FMT "\"", b->n > 1 ? "," : "", name, STR_ARG(s));
}

/* ---- measures */

static Err calc_wilson(Cx *cx, const Str *arg, Buf *b) {
  int64_t k, n;
  TRY(share(cx, arg[0], arg[1], &k, &n));
  member(b, "value", (double)k / (double)n);
  band(b, proportion_wilson(k, n, Z95));
  return E_OK;
}

static Err calc_newcombe(Cx *cx, const Str *arg, Buf *b) {
  int64_t k1, n1, k2, n2;
  TRY(share(cx, arg[0], arg[1], &k1, &n1));
  TRY(share(cx, arg[2], arg[3], &k2, &n2));
  Difference d = proportion_newcombe(k1, n1, k2, n2, Z95);
  member(b, "value", d.value);
  band(b, d.ci);
  return E_OK;
}

static Err calc_nps(Cx *cx, const Str *arg, Buf *b) {
  int64_t p, passive, d;
  TRY(whole(cx, "P", arg[0], &p));
  TRY(whole(cx, "PA", arg[1], &passive));
  TRY(whole(cx, "D", arg[2], &d));
  if (p + passive + d == 0) return fail(cx, E_INVALID, "there are no answers, so there is no score to show.");
  RecommendScore s = recommend_score(p, passive, d, Z95);
  member(b, "value", s.value);
  band(b, s.ci);
  member(b, "centre", s.centre);
  member(b, "se", s.se);
  return E_OK;
}

static Err calc_bounds(Cx *cx, const Str *arg, Buf *b) {
  int64_t k, n, asked;
  TRY(share(cx, arg[0], arg[1], &k, &n));
  TRY(whole(cx, "ASKED", arg[2], &asked));
  if (asked < n) return fail(cx, E_INVALID, "%lld answered of only %lld asked: ASKED must be at least N.", (long long)n, (long long)asked);
  member(b, "value", (double)k / (double)n);
  band(b, proportion_bounds(k, n, asked));
  return E_OK;
}

static Err chart(Cx *cx, const Str *arg, Buf *b, bool median) {
  Numbers v;
  XmrLimits l;
  const XmrSignal *signals;
  TRY(numbers(cx, arg[0], &v));
  if (!(median ? xmr_limits_median(cx->arena, v.at, v.n, &l) : xmr_limits(v.at, v.n, &l)))
    return fail(cx, E_INVALID, "limits need at least %d values, and there are %zu.", XMR_LEAST, v.n);
  member(b, "mean", l.centre);
  member(b, "mr_mean", l.mr_centre);
  member(b, "lower", l.lower);
  member(b, "upper", l.upper);
  member(b, "mr_upper", l.mr_upper);
  buf_add(b, S(",\"signals\":["));
  size_t n = xmr_signals(cx->arena, &l, v.at, v.n, &signals);
  for (size_t i = 0; i < n; i++) buf_fmt(b, "%s{\"at\":%zu,\"rule\":%d}", i ? "," : "", signals[i].at, signals[i].rule);
  buf_char(b, ']');
  return E_OK;
}
static Err calc_xmr(Cx *cx, const Str *arg, Buf *b)        { return chart(cx, arg, b, false); }
static Err calc_xmr_median(Cx *cx, const Str *arg, Buf *b) { return chart(cx, arg, b, true); }

#define SEED 20240229                       /* of samples past a million arrangements; printed with them */

static void permuted(Buf *b, Permutation p) {
  member(b, "value", p.value);
  member(b, "p", p.p);
  buf_fmt(b, ",\"count\":%lld,\"of\":%lld", (long long)p.count, (long long)p.of);
  if (!p.exact) buf_fmt(b, ",\"seed\":%llu", (unsigned long long)p.seed);
}

static Err calc_permutation(Cx *cx, const Str *arg, Buf *b) {
  Numbers one, two;
  TRY(numbers(cx, arg[0], &one));
  TRY(numbers(cx, arg[1], &two));
  permuted(b, permutation_two_sample(cx->arena, one.at, one.n, two.at, two.n, SIDE_BOTH, SEED));
  return E_OK;
}

static Err calc_signflip(Cx *cx, const Str *arg, Buf *b) {
  Numbers d;
  TRY(numbers(cx, arg[0], &d));
  permuted(b, permutation_sign_flip(d.at, d.n, SIDE_BOTH, SEED));
  return E_OK;
}

static Err calc_worksec(Cx *cx, const Str *arg, Buf *b) {
  const Calendar *c;
  int64_t from, to;
  TRY(calendar_parse(cx, arg[0], arg[1], &c));
  TRY(instant(cx, "FROM", arg[2], &from));
  TRY(instant(cx, "TO", arg[3], &to));
  if (to < from) return fail(cx, E_INVALID, "TO comes before FROM.");
  member(b, "value", (double)calendar_work(c, from, to) / SECOND);
  return E_OK;
}

static Err walk(Cx *cx, const Str *arg, Buf *b, const char *start,
                bool (*go)(const Calendar *, int64_t, int64_t, int64_t *), const char *never) {
  const Calendar *c;
  int64_t from, work, at;
  TRY(calendar_parse(cx, arg[0], arg[1], &c));
  TRY(instant(cx, start, arg[2], &from));
  TRY(seconds(cx, arg[3], &work));
  if (!go(c, from, work, &at)) return fail(cx, E_INVALID, "this calendar has not so much open time %s.", never);
  moment(b, "value", at);
  buf_fmt(b, ",\"tzdata\":\"" STR_FMT "\"", STR_ARG(zone_version()));
  return E_OK;
}
static Err calc_due(Cx *cx, const Str *arg, Buf *b)    { return walk(cx, arg, b, "FROM", calendar_due, "after FROM"); }
static Err calc_before(Cx *cx, const Str *arg, Buf *b) { return walk(cx, arg, b, "DUE", calendar_before, "before DUE"); }

/* ---- the table */

#define STR(lit) { lit, sizeof(lit) - 1 }
static const struct { CalcEntry entry; size_t args; Err (*run)(Cx *, const Str *, Buf *); } table[] = {
  { { STR("wilson"),      STR("K N"),                     STR("share K of N with its 95 % Wilson interval") }, 2, calc_wilson },
  { { STR("newcombe"),    STR("K1 N1 K2 N2"),             STR("difference of two shares with its 95 % interval") }, 4, calc_newcombe },
  { { STR("nps"),         STR("P PA D"),                  STR("recommend score of promoters, passives and detractors, adjusted-Wald interval") }, 3, calc_nps },
  { { STR("bounds"),      STR("K N ASKED"),               STR("share K of N answers, and what it could be among all that were asked") }, 3, calc_bounds },
  { { STR("xmr"),         STR("V,V,..."),                 STR("control chart: limits from the mean moving range, signals by three rules") }, 1, calc_xmr },
  { { STR("xmr-median"),  STR("V,V,..."),                 STR("the same from the median moving range") }, 1, calc_xmr_median },
  { { STR("permutation"), STR("A,... B,..."),             STR("mean of B less mean of A, two-sided permutation test") }, 2, calc_permutation },
  { { STR("signflip"),    STR("D,..."),                   STR("mean of paired differences, two-sided sign-flip test") }, 1, calc_signflip },
  { { STR("worksec"),     STR("ZONE CALENDAR FROM TO"),   STR("open seconds between two instants") }, 4, calc_worksec },
  { { STR("due"),         STR("ZONE CALENDAR FROM SECONDS"),   STR("the instant so many open seconds after FROM") }, 4, calc_due },
  { { STR("before"),      STR("ZONE CALENDAR DUE SECONDS"),    STR("the instant so many open seconds before DUE") }, 4, calc_before },
};

size_t calc_entries(Arena *a, const CalcEntry **ret) {
  CalcEntry *list = NEW_N(a, CalcEntry, COUNT(table));
  for (size_t i = 0; i < COUNT(table); i++) list[i] = table[i].entry;
  *ret = list;
  return COUNT(table);
}

Err calc_run(Cx *cx, size_t argc, const Str *argv, Str *ret_json) {
  Str name = argc ? argv[0] : S("");
  for (size_t i = 0; i < COUNT(table); i++) {
    if (!str_eq(table[i].entry.name, name)) continue;
    if (argc - 1 != table[i].args)
      return fail(cx, E_MALFORMED, "use it like this: cornerdesk calc " STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(table[i].entry.args));
    Buf b = { .arena = cx->arena };
    buf_char(&b, '{');
    TRY(table[i].run(cx, argv + 1, &b));
    buf_char(&b, '}');
    *ret_json = buf_str(&b);
    return E_OK;
  }
  return fail(cx, E_MALFORMED, "there is no measure \"" STR_FMT "\"; \"cornerdesk calc\" lists them all.", STR_ARG(str_head(name, 60)));
}
