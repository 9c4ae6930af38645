/* measure/proportion.c: closed formulas; the ends that are exact (0 of n, n of n) come out exact. */
#include "measure/proportion.h"
#include <assert.h>
#include <math.h>

static double within(double x, double lo, double hi) { return x < lo ? lo : x > hi ? hi : x; }

Interval proportion_wilson(int64_t k, int64_t n, double z) {
  assert(k >= 0 && k <= n);
  if (n == 0) return (Interval){ 0, 1 };
  double m = (double)n, p = (double)k / m, z2 = z * z;
  double centre = (p + z2 / (2 * m)) / (1 + z2 / m);
  double half = z / (1 + z2 / m) * sqrt(p * (1 - p) / m + z2 / (4 * m * m));
  return (Interval){ k == 0 ? 0 : within(centre - half, 0, p), k == n ? 1 : within(centre + half, p, 1) };
}

Difference proportion_newcombe(int64_t k1, int64_t n1, int64_t k2, int64_t n2, double z) {
  assert(n1 > 0 && n2 > 0);
  double p1 = (double)k1 / (double)n1, p2 = (double)k2 / (double)n2, d = p1 - p2;
  Interval a = proportion_wilson(k1, n1, z), b = proportion_wilson(k2, n2, z);
  return (Difference){ d, { within(d - hypot(p1 - a.lo, b.hi - p2), -1, 1), within(d + hypot(a.hi - p1, p2 - b.lo), -1, 1) } };
}

bool difference_excludes_zero(Difference d) { return d.ci.lo > 0 || d.ci.hi < 0; }

RecommendScore recommend_score(int64_t promoters, int64_t passives, int64_t detractors, double z) {
  assert(promoters >= 0 && passives >= 0 && detractors >= 0);
  double n = (double)(promoters + passives + detractors), all = n + 3;
  assert(n > 0);
  double p = ((double)promoters + .75) / all, d = ((double)detractors + .75) / all, m = p - d;
  double se = sqrt((p + d - m * m) / all);
  return (RecommendScore){ .value = 100 * (double)(promoters - detractors) / n, .centre = 100 * m, .se = 100 * se,
                           .ci = { within(100 * (m - z * se), -100, 100), within(100 * (m + z * se), -100, 100) } };
}

Interval proportion_bounds(int64_t k, int64_t n, int64_t asked) {
  assert(k >= 0 && k <= n && n <= asked && asked > 0);
  return (Interval){ (double)k / (double)asked, (double)(k + asked - n) / (double)asked };
}

bool proportion_stratified(const Stratum *s, size_t n, double *ret) {
  double all = 0, good = 0;
  for (size_t i = 0; i < n; i++) {
    assert(s[i].size >= 0 && s[i].k >= 0 && s[i].k <= s[i].n);
    if (s[i].n < STRATUM_MIN) return false;
    all += (double)s[i].size;
    good += (double)s[i].size * (double)s[i].k / (double)s[i].n;
  }
  if (all <= 0) return false;
  *ret = good / all;
  return true;
}

bool mean_stratified(const StratumMean *s, size_t n, double z, Difference *ret) {
  double all = 0, sum = 0, var = 0;
  for (size_t i = 0; i < n; i++) {
    assert(s[i].size >= 0 && s[i].variance >= 0);
    if (s[i].n < STRATUM_MIN) return false;
    all += (double)s[i].size;
  }
  if (all <= 0) return false;
  for (size_t i = 0; i < n; i++) {
    double w = (double)s[i].size / all;
    sum += w * s[i].mean;
    var += w * w * s[i].variance / (double)s[i].n;
  }
  *ret = (Difference){ sum, { sum - z * sqrt(var), sum + z * sqrt(var) } };
  return true;
}

double proportion_bias(int64_t asked, int64_t answered, double p_answered, double p_silent) {
  assert(asked > 0 && answered >= 0 && answered <= asked);
  return (double)(asked - answered) / (double)asked * (p_answered - p_silent);
}
