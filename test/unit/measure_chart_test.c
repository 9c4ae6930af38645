#include "base/random.h"
#include "measure/clocks.h"
#include "measure/permutation.h"
#include "measure/xmr.h"
#include "measure_test.h"

/* ---- control charts */

TEST(wheelers_example) {
  static const double v[] = { 5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200 };
  XmrLimits l;
  const XmrSignal *s;
  MUST(xmr_limits(v, COUNT(v), &l));
  NEAR(l.centre, 4135.5); NEAR(l.mr_centre, 355.93333333333334); NEAR(l.lower, 3188.717333333333);
  NEAR(l.upper, 5082.282666666667); NEAR(l.mr_upper, 1163.1901333333333);
  INT(xmr_signals(a, &l, v, COUNT(v), &s), 1);
  INT(s[0].at, 16); INT(s[0].rule, 1);
}

TEST(median_limits) {
  static const double v[] = { 2.5, 2.3, 16.3, 6.3, 7.6, 16.3, 7.1, 7.8, 7.8, 9.9, 10.5, -4.8 };
  XmrLimits l;
  MUST(xmr_limits_median(a, v, COUNT(v), &l));
  NEAR(l.centre, 7.466666666666667); NEAR(l.mr_centre, 2.1); NEAR(l.lower, .8621666666666667); NEAR(l.upper, 14.071166666666667); NEAR(l.mr_upper, 8.1165);
  MUST(!xmr_limits(v, 4, &l));
  MUST(!xmr_limits_median(a, v, 4, &l));
}

TEST(eight_in_a_row) {
  static const double v[] = { 21.3, 20.2, 20.9, 21.0, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19.0 };
  XmrLimits l;
  const XmrSignal *s;
  MUST(xmr_limits(v, COUNT(v), &l));
  size_t n = xmr_signals(a, &l, v, COUNT(v), &s), twos = 0;
  for (size_t i = 0; i < n; i++) if (s[i].rule == 2) { twos++; INT(s[i].at, 14); }
  INT(twos, 1);
  n = xmr_signals(a, &l, v, COUNT(v) - 1, &s);
  for (size_t i = 0; i < n; i++) MUST(s[i].rule != 2);
}

TEST(net_change_against_a_locked_baseline) {
  static const double base[] = { 31, 28, 33, 30, 27, 32, 29, 34, 30, 28, 31, 33 }, after[] = { 27, 24, 22, 23, 25, 21, 22, 24, 20, 23, 22, 21 };
  XmrLimits l;
  const XmrSignal *s;
  MUST(xmr_limits(base, 12, &l));
  NEAR(l.centre, 30.5); NEAR(l.lower, 21.310909090909092); NEAR(l.upper, 39.68909090909091);
  NEAR(xmr_net_change(base, 12, after, 12), -7.666666666666667);
  size_t n = xmr_signals(a, &l, after, 12, &s), ones[8] = { 0 }, k = 0, eighth = 0;
  for (size_t i = 0; i < n; i++) {
    if (s[i].rule == 1) ones[k++] = s[i].at;
    if (s[i].rule == 2) { MUST(!eighth); eighth = s[i].at; }
  }
  INT(k, 3); INT(ones[0], 6); INT(ones[1], 9); INT(ones[2], 12); INT(eighth, 8);
}

TEST(three_of_four_near_a_limit) {
  static const XmrLimits l = { .centre = 0, .mr_centre = 1, .lower = -4, .upper = 4, .mr_upper = 9 };
  static const struct { int line; double v[6]; size_t at; } cases[] = {
    { __LINE__, { 0, 3, 3, 1, 3, 0 }, 5 }, { __LINE__, { 3, 3, 3, 3, 3, 0 }, 3 }, { __LINE__, { 0, 3, -3, 3, -3, 3 }, 0 },
    { __LINE__, { 0, 2, 2, 2, 2, 0 }, 0 }, { __LINE__, { 0, -3, -3, -2.5, 0, 0 }, 4 }, { __LINE__, { 3, 3, 0, 0, 3, 3 }, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const XmrSignal *s;
    size_t n = xmr_signals(a, &l, cases[i].v, 6, &s);
    INT_AT(cases[i].line, n, cases[i].at ? 1 : 0);
    if (n) { INT_AT(cases[i].line, s[0].at, cases[i].at); INT_AT(cases[i].line, s[0].rule, 3); }
  }
}

TEST(a_steady_process_signals_nothing) {
  double v[40];
  const XmrSignal *s;
  XmrLimits l;
  for (size_t i = 0; i < 40; i++) v[i] = 10;
  MUST(xmr_limits(v, 40, &l));
  INT(xmr_signals(a, &l, v, 40, &s), 0);
}

/* ---- permutations */

TEST(two_samples) {
  static const double x[] = { 12, 14, 11, 15 }, y[] = { 18, 16, 20, 17, 19 };
  Permutation p = permutation_two_sample(a, x, 4, y, 5, SIDE_BOTH, 1);
  NEAR(p.value, 5); INT(p.count, 1); INT(p.of, 126); MUST(p.exact);
  p = permutation_two_sample(a, y, 5, x, 4, SIDE_BOTH, 1);
  NEAR(p.value, -5); INT(p.count, 1); INT(p.of, 126);
  INT(permutation_two_sample(a, x, 4, y, 5, SIDE_GREATER, 1).count, 1);
  INT(permutation_two_sample(a, x, 4, y, 5, SIDE_LESS, 1).count, 126);
  INT(permutation_two_sample(a, y, 5, x, 4, SIDE_LESS, 1).count, 1);
}

TEST(a_lady_tasting_tea) {
  static const double said[] = { 1, 1, 1, 0 }, other[] = { 1, 0, 0, 0 };
  Permutation p = permutation_two_sample(a, other, 4, said, 4, SIDE_GREATER, 1);
  INT(p.count, 17); INT(p.of, 70);
  NEAR(permutation_two_sample(a, other, 4, said, 4, SIDE_BOTH, 1).p, .4857142857142857);
}

TEST(how_small_p_can_get) {
  static const struct { size_t na, nb; double p; } cases[] = { { 3, 3, .1 }, { 4, 4, .0285714285714 }, { 1, 19, .05 }, { 2, 8, .0222222222222 }, { 1, 4, .2 } };
  for (size_t i = 0; i < COUNT(cases); i++) {
    double x[20], y[20];
    for (size_t k = 0; k < 20; k++) { x[k] = 100 + (double)k; y[k] = (double)k / 7; }
    NEAR(permutation_two_sample(a, x, cases[i].na, y, cases[i].nb, SIDE_BOTH, 1).p, cases[i].p);
  }
}

/* Fisher's exact test on 2x2 tables is the same count; the hypergeometric sum is worked out here another way. */
TEST(like_fishers_exact_test) {
  Rng r = rng_seed(4);
  for (int t = 0; t < 60; t++) {
    size_t na = 1 + (size_t)rng_below(&r, 8), nb = 1 + (size_t)rng_below(&r, 8), ka = (size_t)rng_below(&r, na + 1), kb = (size_t)rng_below(&r, nb + 1);
    double x[8] = { 0 }, y[8] = { 0 };
    for (size_t i = 0; i < ka; i++) x[i] = 1;
    for (size_t i = 0; i < kb; i++) y[i] = 1;
    int64_t more = 0, all = permutation_choose(na + nb, ka + kb);
    for (size_t k = kb; k <= nb && k <= ka + kb; k++) more += permutation_choose(nb, k) * permutation_choose(na, ka + kb - k);
    NEAR(permutation_two_sample(a, x, na, y, nb, SIDE_GREATER, 1).p, (double)more / (double)all);
  }
}

TEST(signs) {
  static const double up[] = { 1, 2, 3, 4, 5 }, mixed[] = { 3, -1, 2 };
  Permutation p = permutation_sign_flip(up, 5, SIDE_BOTH, 1);
  NEAR(p.value, 3); INT(p.count, 2); INT(p.of, 32);
  INT(permutation_sign_flip(up, 5, SIDE_GREATER, 1).count, 1);
  p = permutation_sign_flip(mixed, 3, SIDE_BOTH, 1);
  INT(p.count, 4); INT(p.of, 8);                   /* +-6 and +-4 */
  static const double none[] = { 0, 0 };
  NEAR(permutation_sign_flip(none, 2, SIDE_BOTH, 1).p, 1);
}

/* Past a million arrangements: repeatable, never 0, near what is known. */
TEST(sampled) {
  double x[20], y[20], d[40];
  Rng r = rng_seed(9);
  for (size_t i = 0; i < 20; i++) { x[i] = rng_unit(&r); y[i] = rng_unit(&r) + .3; d[2 * i] = 1 + (double)i; d[2 * i + 1] = 2 + (double)i; }
  Permutation p = permutation_two_sample(a, x, 20, y, 20, SIDE_BOTH, 42), q = permutation_two_sample(a, x, 20, y, 20, SIDE_BOTH, 42);
  MUST(!p.exact && p.of == 100000 && p.count == q.count && p.seed == 42);
  MUST(p.p > 0 && p.p < .05);
  p = permutation_sign_flip(d, 40, SIDE_BOTH, 42);
  MUST(!p.exact && p.count == 1 && p.of == 100000);
  for (size_t i = 0; i < 40; i++) d[i] = i % 2 ? 1 : -1;
  MUST(permutation_sign_flip(d, 40, SIDE_BOTH, 42).p == 1);
}

TEST(p_is_at_least_one_in_all) {
  Rng r = rng_seed(10);
  for (int t = 0; t < 300; t++) {
    double x[6], y[6];
    size_t na = 1 + (size_t)rng_below(&r, 6), nb = 1 + (size_t)rng_below(&r, 6);
    for (size_t i = 0; i < 6; i++) { x[i] = (double)rng_below(&r, 5) * .1; y[i] = (double)rng_below(&r, 5) * .1; }
    Permutation p = permutation_two_sample(a, x, na, y, nb, SIDE_BOTH, 1), back = permutation_two_sample(a, y, nb, x, na, SIDE_BOTH, 1);
    MUST(p.count >= 1 && p.count <= p.of && p.of == permutation_choose(na + nb, na));
    INT(p.count, back.count);
    NEAR(p.value, -back.value);
    MUST(permutation_sign_flip(x, na, SIDE_BOTH, 1).count >= 1);
  }
}

/* The ends of the interval are where the test begins to refuse; worked out by testing beside them. */
TEST(shifts_that_are_not_refused) {
  Rng r = rng_seed(13);
  for (int t = 0; t < 40; t++) {
    double x[5], y[5], moved[5], lo, hi;
    for (size_t i = 0; i < 5; i++) { x[i] = (double)rng_below(&r, 50); y[i] = 10 + (double)rng_below(&r, 50); }
    MUST(permutation_shift(a, x, 5, y, 5, .05, &lo, &hi));
    double observed = permutation_two_sample(a, x, 5, y, 5, SIDE_BOTH, 1).value;
    MUST(lo <= observed && observed <= hi);
    const double edges[] = { lo - 1e-3, hi + 1e-3, lo + 1e-3, hi - 1e-3 };
    for (size_t e = 0; e < 4; e++) {
      for (size_t i = 0; i < 5; i++) moved[i] = y[i] - edges[e];
      MUST((permutation_two_sample(a, x, 5, moved, 5, SIDE_BOTH, 1).p > .05) == (e >= 2));
    }
  }
}

TEST(choosing) {
  INT(permutation_choose(8, 3), 56); INT(permutation_choose(20, 10), 184756); INT(permutation_choose(5, 6), 0);
  INT(permutation_choose(56, 28), 7648690600760440LL); INT(permutation_choose(200, 100), INT64_MAX);
}

/* ---- two clocks */

static int64_t at(const char *rfc3339) {
  int64_t t = 0;
  MUST(clock_parse(str_z(rfc3339), &t));
  return t;
}

TEST(two_clocks) {
  Cx cx = { .arena = a };
  const Calendar *c;
  OK(&cx, calendar_parse(&cx, S("Europe/Amsterdam"), S("mon-fri 09:00-17:00"), &c));
  ClocksTurn turns[] = {
    { at("2024-03-29T15:30:00+01:00"), CLOCKS_PROVIDER }, { at("2024-04-01T10:00:00+02:00"), CLOCKS_CUSTOMER }, { at("2024-04-01T15:00:00+02:00"), CLOCKS_PROVIDER },
  };
  Clocks k = clocks_read(c, turns, 3, at("2024-04-02T11:00:00+02:00"));
  INT(k.customer_clock, 90 * HOUR + 30 * MINUTE);
  INT(k.provider, 6 * HOUR + 30 * MINUTE);
  INT(k.customer, 5 * HOUR);
  INT(k.supplier, 0);
  INT(k.closed, 79 * HOUR);
  double ratio;
  MUST(clocks_ratio(a, &k, 1, &ratio));
  NEAR(ratio, 90.5 / 6.5);
  MUST(!clocks_ratio(a, &k, 0, &ratio));
  k.provider = 0;
  MUST(!clocks_ratio(a, &k, 1, &ratio));
  k = clocks_read(c, turns, 3, turns[0].at - 1);
  INT(k.customer_clock, 0);
}

TEST(the_parts_add_up) {
  static const char *const hours[] = { "mon-fri 09:00-17:00", "24x7", "daily 22:00-06:00; closed 2024-04-01..2024-04-09", "sun 01:30-02:30" };
  Rng r = rng_seed(14);
  for (int t = 0; t < 4000; t++) {
    Cx cx = { .arena = a };
    const Calendar *c;
    OK(&cx, calendar_parse(&cx, S("America/New_York"), str_z(hours[t % 4]), &c));
    ClocksTurn turns[9];
    size_t n = 1 + (size_t)rng_below(&r, 9);
    int64_t now = at("2024-02-01T00:00:00Z") + (int64_t)rng_below(&r, 300 * DAY);
    for (size_t i = 0; i < n; i++) {
      turns[i] = (ClocksTurn){ now, (ClocksBall)rng_below(&r, 3) };
      now += (int64_t)rng_below(&r, 20 * DAY) - (t % 5 ? 0 : DAY);       /* every fifth: clocks that jump back */
    }
    Clocks k = clocks_read(c, turns, n, now);
    MUST(k.provider >= 0 && k.customer >= 0 && k.supplier >= 0 && k.closed >= 0);
    INT(k.provider + k.customer + k.supplier + k.closed, k.customer_clock);
    INT(k.customer_clock, now > turns[0].at ? now - turns[0].at : 0);
    if (t % 4 == 1) INT(k.closed, 0);
  }
}
