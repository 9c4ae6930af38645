/* measure/testbed.c: small designs, counted out. */
#include "measure/testbed.h"
#include <math.h>
#include <stdlib.h>

bool testbed_did(Arena *a, const double *before, const double *after, const bool *treated, size_t n, TestbedEffect *ret) {
  double *yes = NEW_N(a, double, n + 1), *no = NEW_N(a, double, n + 1);
  size_t ny = 0, nn = 0;
  for (size_t i = 0; i < n; i++) {
    if (treated[i]) yes[ny++] = after[i] - before[i];
    else no[nn++] = after[i] - before[i];
  }
  if (!ny || !nn || !permutation_shift(a, no, nn, yes, ny, .05, &ret->ci.lo, &ret->ci.hi)) return false;
  ret->test = permutation_two_sample(a, no, nn, yes, ny, SIDE_BOTH, 0);
  return true;
}

static double step(const double *v, size_t n, size_t start) {
  return sample_mean(v + start - 1, n - start + 1) - sample_mean(v, start - 1);
}

bool testbed_random_start(const double *v, size_t n, size_t first, size_t last, size_t start, Permutation *ret) {
  if (first < 2 || last > n || start < first || start > last) return false;
  *ret = (Permutation){ .value = step(v, n, start), .exact = true };
  double tie = 1e-9 * fabs(ret->value);
  for (size_t s = first; s <= last; s++, ret->of++) ret->count += fabs(step(v, n, s)) >= fabs(ret->value) - tie;
  ret->p = (double)ret->count / (double)ret->of;
  return true;
}

double testbed_least_p(size_t treated, size_t others) {
  return (treated == others ? 2.0 : 1.0) / (double)permutation_choose(treated + others, treated);
}

bool testbed_bootstrap_mean(Arena *a, const double *v, size_t n, double level, Interval *ret) {
  if (n < 1 || n > 7) return false;
  size_t all = 1;
  for (size_t i = 0; i < n; i++) all *= n;
  double *means = NEW_N(a, double, all);
  for (size_t t = 0; t < all; t++) {
    double sum = 0;
    for (size_t i = 0, code = t; i < n; i++, code /= n) sum += v[code % n];
    means[t] = sum / (double)n;
  }
  const double *sorted = sample_sorted(a, means, all);
  double tail = (1 - level) / 2, N = (double)all;
  ret->lo = sorted[(size_t)fmax(ceil(tail * N - 1e-9), 1) - 1];
  ret->hi = sorted[(size_t)fmin(ceil((1 - tail) * N - 1e-9), N) - 1];
  return true;
}

double testbed_compound(const double *gains, size_t n) {
  double product = 1;
  for (size_t i = 0; i < n; i++) product *= 1 + gains[i];
  return product - 1;
}
