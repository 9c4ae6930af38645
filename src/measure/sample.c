/* measure/sample.c: sums that do not lose small numbers beside large ones, and order statistics. */
#include "measure/sample.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double sample_sum(const double *v, size_t n) {
  double sum = 0, lost = 0;
  for (size_t i = 0; i < n; i++) {
    double t = sum + v[i];
    lost += fabs(sum) >= fabs(v[i]) ? (sum - t) + v[i] : (v[i] - t) + sum;
    sum = t;
  }
  return sum + lost;
}

double sample_mean(const double *v, size_t n) {
  assert(n > 0);
  return sample_sum(v, n) / (double)n;
}

double sample_variance(const double *v, size_t n) {
  assert(n > 1);
  double mean = sample_mean(v, n), sum = 0;
  for (size_t i = 0; i < n; i++) sum += (v[i] - mean) * (v[i] - mean);
  return sum / (double)(n - 1);
}

typedef struct { double xx, yy, xy; } Products;              /* sums of products of deviations */

static Products products(const double *x, const double *y, size_t n) {
  Products p = { 0 };
  if (n < 2) return p;
  double mx = sample_mean(x, n), my = sample_mean(y, n);
  for (size_t i = 0; i < n; i++) {
    p.xx += (x[i] - mx) * (x[i] - mx);
    p.yy += (y[i] - my) * (y[i] - my);
    p.xy += (x[i] - mx) * (y[i] - my);
  }
  return p;
}

double sample_correlation(const double *x, const double *y, size_t n) {
  Products p = products(x, y, n);
  return p.xx > 0 && p.yy > 0 ? p.xy / sqrt(p.xx * p.yy) : NAN;
}

double sample_slope(const double *x, const double *y, size_t n) {
  Products p = products(x, y, n);
  return p.xx > 0 ? p.xy / p.xx : NAN;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double *sample_sorted(Arena *a, const double *v, size_t n) {
  double *copy = NEW_N(a, double, n ? n : 1);
  if (n) memcpy(copy, v, n * sizeof *v);
  qsort(copy, n, sizeof *copy, by_size);
  return copy;
}

double sample_median(Arena *a, const double *v, size_t n) {
  assert(n > 0);
  const double *s = sample_sorted(a, v, n);
  return n % 2 ? s[n / 2] : (s[n / 2 - 1] + s[n / 2]) / 2;
}

double sample_least(const double *v, size_t n) {
  assert(n > 0);
  double least = v[0];
  for (size_t i = 1; i < n; i++) if (v[i] < least) least = v[i];
  return least;
}

double sample_most(const double *v, size_t n) {
  assert(n > 0);
  double most = v[0];
  for (size_t i = 1; i < n; i++) if (v[i] > most) most = v[i];
  return most;
}

/* Cornish and Fisher's series beyond the table. */
double sample_t95(size_t df) {
  static const double few[] = { 12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788 };
  if (df <= sizeof few / sizeof *few) return few[df - 1];
  double z = 1.959963984540054, d = (double)df;
  return z + (z * z * z + z) / (4 * d) + (5 * pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * d * d);
}
