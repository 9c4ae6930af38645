/* measure/normal.c: on top of the C library's erfc; the quantile by halving, which cannot go astray. */
#include "measure/normal.h"
#include <assert.h>
#include <math.h>

double normal_density(double x) { return exp(-x * x / 2) / sqrt(2 * M_PI); }
double normal_below(double x)   { return erfc(-x / M_SQRT2) / 2; }

double normal_quantile(double p) {
  assert(p > 0 && p < 1);
  if (p > .5) return -normal_quantile(1 - p);
  double lo = -40, hi = 0;
  for (int i = 0; i < 100; i++) {
    double mid = (lo + hi) / 2;
    if (normal_below(mid) < p) lo = mid; else hi = mid;
  }
  return (lo + hi) / 2;
}
