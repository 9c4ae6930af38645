#include "base/random.h"
#include "measure/display.h"
#include "measure/proportion.h"
#include "measure_test.h"

TEST(scores_of_the_instruments) {
  Interval csat = proportion_wilson(16, 20, Z95), ces = proportion_wilson(15, 20, Z95);
  NEAR(csat.lo, .583983); NEAR(csat.hi, .919342);
  NEAR(ces.lo, .531299); NEAR(ces.hi, .888138);
  RecommendScore s = recommend_score(9, 6, 5, Z95);
  NEAR(s.value, 20); NEAR(s.centre, 17.391304347826086); NEAR(s.se, 16.728877620117405);
  NEAR(s.ci.lo, -15.396693289382156); NEAR(s.ci.hi, 50.17930198503433);
  s = recommend_score(20, 0, 0, Z95);
  NEAR(s.ci.lo, 69.68334402543937); MUST(s.ci.hi == 100);
  s = recommend_score(1, 0, 0, Z95);
  NEAR(s.ci.lo, -48.49864942025203); NEAR(s.ci.hi, 98.49864942025202);
}

TEST(ends_are_exact) {
  for (int64_t n = 1; n < 200; n++) {
    MUST(proportion_wilson(0, n, Z95).lo == 0);
    MUST(proportion_wilson(n, n, Z95).hi == 1);
  }
  Interval none = proportion_wilson(0, 0, Z95);
  MUST(none.lo == 0 && none.hi == 1);
}

/* Inside [0, 1], around k/n, a mirror of itself, and narrower with more answers. */
TEST(wilson_properties) {
  for (int64_t n = 1; n <= 300; n++)
    for (int64_t k = 0; k <= n; k++) {
      Interval i = proportion_wilson(k, n, Z95), mirror = proportion_wilson(n - k, n, Z95), more = proportion_wilson(4 * k, 4 * n, Z95);
      double p = (double)k / (double)n;
      MUST(i.lo >= 0 && i.lo <= p && p <= i.hi && i.hi <= 1 && i.lo < i.hi);
      NEAR(i.lo, 1 - mirror.hi);
      MUST(more.hi - more.lo < i.hi - i.lo);
    }
  Rng r = rng_seed(5);
  for (int t = 0; t < 100000; t++) {
    int64_t n = 1 + (int64_t)rng_below(&r, 1000000000), k = (int64_t)rng_below(&r, (uint64_t)n + 1);
    Interval i = proportion_wilson(k, n, Z95);
    MUST(i.lo >= 0 && i.lo <= i.hi && i.hi <= 1);
  }
}

TEST(differences) {
  Rng r = rng_seed(6);
  for (int t = 0; t < 100000; t++) {
    int64_t n1 = 1 + (int64_t)rng_below(&r, 80), n2 = 1 + (int64_t)rng_below(&r, 80);
    int64_t k1 = (int64_t)rng_below(&r, (uint64_t)n1 + 1), k2 = (int64_t)rng_below(&r, (uint64_t)n2 + 1);
    Difference d = proportion_newcombe(k1, n1, k2, n2, Z95), back = proportion_newcombe(k2, n2, k1, n1, Z95);
    MUST(d.ci.lo >= -1 && d.ci.lo <= d.value && d.value <= d.ci.hi && d.ci.hi <= 1);
    NEAR(d.ci.lo, -back.ci.hi);
    NEAR(d.value, -back.value);
  }
  MUST(difference_excludes_zero(proportion_newcombe(24, 60, 12, 60, Z95)));
  MUST(!difference_excludes_zero(proportion_newcombe(3, 10, 2, 10, Z95)));
}

TEST(who_did_not_answer) {
  Interval b = proportion_bounds(54, 60, 200);
  NEAR(b.lo, .27); NEAR(b.hi, .97);
  Stratum s[] = { { 300, 10, 20 }, { 700, 38, 40 } };
  double p;
  MUST(proportion_stratified(s, 2, &p));
  NEAR(p, .815);
  s[0].n = 4; s[0].k = 2;
  MUST(!proportion_stratified(s, 2, &p));
  MUST(!proportion_stratified(s, 0, &p));
  NEAR(proportion_bias(200, 60, .9, .6), .21);
}

TEST(small_samples) {
  static const struct { int64_t n; Show show; } steps[] = {
    { 0, SHOW_NONE }, { 1, SHOW_LIST }, { 4, SHOW_LIST }, { 5, SHOW_INTERVAL }, { 9, SHOW_INTERVAL }, { 10, SHOW_PERCENT }, { 1000000, SHOW_PERCENT },
  };
  for (size_t i = 0; i < COUNT(steps); i++) INT(display_of(steps[i].n), steps[i].show);
  IS(display_name(SHOW_INTERVAL), S("interval"));
  Difference sure = proportion_newcombe(24, 60, 12, 60, Z95), unsure = proportion_newcombe(3, 10, 2, 10, Z95);
  MUST(display_may_mark(60, false, &sure));
  MUST(!display_may_mark(10, false, &unsure));
  MUST(display_may_mark(10, true, NULL));
  MUST(!display_may_mark(4, true, &sure));
  MUST(display_rank(9, 10) < display_rank(85, 100));       /* nine of ten does not beat eighty-five of a hundred */
}
