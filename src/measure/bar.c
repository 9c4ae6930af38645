/* measure/bar.c: their own measure of us. */
#include "measure/bar.h"
#include "base/clock.h"

Tally bar_met(const BarAnswer *v, size_t n) {
  Tally t = { 0 };
  for (size_t i = 0; i < n; i++) {
    t.n += v[i] != BAR_NOT_SAID;
    t.k += v[i] == BAR_AT || v[i] == BAR_ABOVE;
  }
  return t;
}

double bar_gap(Arena *a, const BarPair *p, size_t n) {
  double *gap = NEW_N(a, double, n + 1);
  for (size_t i = 0; i < n; i++) gap[i] = p[i].promised - p[i].asked;
  return sample_median(a, gap, n);
}

double bar_drift(Arena *a, const BarPair *p, size_t n) {
  double *x = NEW_N(a, double, n + 1), *y = NEW_N(a, double, n + 1);
  for (size_t i = 0; i < n; i++) {
    x[i] = (double)(p[i].at - p[0].at) / (30.0 * DAY);
    y[i] = p[i].asked;
  }
  return sample_slope(x, y, n);
}
