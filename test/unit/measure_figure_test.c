/* Figures of every size and kind, and times counted in steps against the times themselves. */
#include "measure/figure.h"
#include "measure_test.h"
#include "base/clock.h"

TEST(figure_claims_no_more_than_its_number_allows) {
  static const struct { int64_t k, n; Show show; } rows[] = {
    { 0, 0, SHOW_NONE }, { 1, 1, SHOW_LIST }, { 3, 4, SHOW_LIST }, { 3, 5, SHOW_INTERVAL }, { 6, 9, SHOW_INTERVAL }, { 97, 112, SHOW_PERCENT },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    Figure f = figure_share((Tally){ rows[i].k, rows[i].n }, 23);
    INT(f.show, rows[i].show);
    MUST(f.ci.lo >= 0 && f.ci.hi <= 1 && f.ci.lo <= f.ci.hi);
    MUST(rows[i].n ? f.value >= f.ci.lo && f.value <= f.ci.hi : isnan(f.value));
    MUST(f.bounds.lo >= 0 && f.bounds.hi <= 1 && (!rows[i].n || (f.bounds.lo <= f.value && f.value <= f.bounds.hi)));
  }
  Figure f = figure_share((Tally){ 97, 112 }, 23);
  NEAR(f.bounds.lo, 97. / 135);
  NEAR(f.bounds.hi, 120. / 135);
}

TEST(figure_of_nothing_is_no_number) {
  MUST(isnan(figure_time(a, NULL, 0).value));
  MUST(isnan(figure_score((Recommends){ 0 }, 3).value));
  MUST(isnan(figure_index(NULL, 0, 3).value));
  INT(figure_index(NULL, 0, 3).silent, 3);
}

TEST(figure_score_is_the_golden_one) {
  Figure f = figure_score((Recommends){ 9, 6, 5 }, 0);
  NEAR(f.value, 20);
  MUST(fabs(f.ci.lo - -15.3967) < 1e-4 && fabs(f.ci.hi - 50.1793) < 1e-4);
}

TEST(figure_bounds_hold_whatever_the_silent_ones_think) {
  static const double v[] = { 50, 100 };
  Figure score = figure_score((Recommends){ 9, 6, 5 }, 20), index = figure_index(v, 2, 2), nobody = figure_index(NULL, 0, 4);
  NEAR(score.bounds.lo, -40);
  NEAR(score.bounds.hi, 60);
  NEAR(index.bounds.lo, 37.5);
  NEAR(index.bounds.hi, 87.5);
  NEAR(nobody.bounds.lo, 0);
  NEAR(nobody.bounds.hi, 100);
}

TEST(mean_stratified_weighs_by_size) {
  Difference d;
  (void)a;
  MUST(mean_stratified((StratumMean[]){ { 30, 20, .5, .25 }, { 70, 40, .95, .05 } }, 2, 2, &d));
  NEAR(d.value, .815);                                   /* the golden of the share, .3 x 10/20 + .7 x 38/40 */
  NEAR(d.ci.hi - d.value, 2 * sqrt(.09 * .25 / 20 + .49 * .05 / 40));
  MUST(!mean_stratified((StratumMean[]){ { 30, 4, .5, .25 }, { 70, 40, .95, .05 } }, 2, 2, &d));
  MUST(!mean_stratified(NULL, 0, 2, &d));
}

TEST(figure_count_is_the_middle_of_them) {
  static const double v[] = { 3, 0, 1, 7, 1, 2 };
  Figure f = figure_count(a, v, COUNT(v));
  INT(f.kind, FIGURE_COUNT);
  INT(f.n, 6);
  MUST(f.value == 1.5 && f.ci.lo == 0 && f.ci.hi == 7);
  MUST(isnan(figure_count(a, NULL, 0).value));
}

TEST(figure_index_interval_is_students) {
  static const double v[] = { 50, 60, 70, 80, 90 };       /* mean 70, s 15.8114, t(4) 2.7764 */
  Figure f = figure_index(v, COUNT(v), 0);
  NEAR(f.value, 70);
  MUST(fabs(f.ci.lo - 50.3676) < 1e-3 && fabs(f.ci.hi - 89.6324) < 1e-3);
}

TEST(figure_median_and_the_ranks_about_it) {
  double v[100];
  for (int i = 0; i < 100; i++) v[i] = 100 - i;
  Middle m = sample_middle(a, v, 100);
  NEAR(m.median, 50.5);
  NEAR(m.ci.lo, 40);
  NEAR(m.ci.hi, 61);
}

static uint64_t next(uint64_t *s) { return *s = *s * 6364136223846793005u + 1442695040888963407u; }

TEST(spread_is_within_a_hundredth_of_the_times_themselves) {
  uint64_t seed = 7;
  for (int round = 0; round < 50; round++) {
    Spread *s = NEW(a, Spread);
    size_t n = 1 + next(&seed) % 400;
    double *v = NEW_N(a, double, n);
    for (size_t i = 0; i < n; i++) {
      int64_t us = SECOND + (int64_t)(exp2((double)(next(&seed) >> 40) / (1 << 24) * 22) * 1e6);
      v[i] = (double)us;
      spread_put(s, us, 1);
    }
    Middle exact = sample_middle(a, v, n), steps = spread_median(s);
    INT(s->n, (int64_t)n);
    if (n % 2) MUST(fabs(steps.median / exact.median - 1) < .011);       /* of an even number: the middle of two that may lie far apart */
    MUST(fabs(steps.ci.lo / exact.ci.lo - 1) < .011 && fabs(steps.ci.hi / exact.ci.hi - 1) < .011);
    Spread *again = NEW(a, Spread);
    MUST(spread_read(spread_text(a, s), again));
    MUST(memcmp(s, again, sizeof *s) == 0);
  }
}

TEST(spread_adds_up_and_takes_back) {
  Spread *one = NEW(a, Spread), *two = NEW(a, Spread), *both = NEW(a, Spread);
  for (int64_t i = 0; i < 1000; i++) {
    spread_put(i % 3 ? one : two, i * i * SECOND, 1);
    spread_put(both, i * i * SECOND, 1);
  }
  spread_add(one, two);
  MUST(memcmp(one, both, sizeof *one) == 0);
  for (int64_t i = 0; i < 1000; i++) spread_put(both, i * i * SECOND, -1);
  INT(both->n, 0);
  INT((int64_t)spread_text(a, both).n, 0);
}

TEST(spread_refuses_what_is_none) {
  Spread *s = NEW(a, Spread);
  static const char *const bad[] = { "x", "1", "1:", ":1", "-1:2", "1024:1", "1:1 x:2", "1:1;2:2" };
  for (size_t i = 0; i < COUNT(bad); i++) {
    MUST(!spread_read(str_z(bad[i]), s));
    INT(s->n, 0);
  }
  MUST(spread_read(S(""), s));
}
