/* measure/xmr.c: limits from moving ranges, and the three rules. */
#include "measure/xmr.h"
#include <math.h>
#include "base/vec.h"
#include "measure/sample.h"

static double *moving_ranges(Arena *a, const double *v, size_t n) {
  double *mr = NEW_N(a, double, n);
  for (size_t i = 1; i < n; i++) mr[i - 1] = fabs(v[i] - v[i - 1]);
  return mr;
}

static XmrLimits limits(double centre, double mr, double spread, double mr_spread) {
  return (XmrLimits){ centre, mr, centre - spread * mr, centre + spread * mr, mr_spread * mr };
}

bool xmr_limits(const double *v, size_t n, XmrLimits *ret) {
  if (n < XMR_LEAST) return false;
  double sum = 0;
  for (size_t i = 1; i < n; i++) sum += fabs(v[i] - v[i - 1]);
  *ret = limits(sample_mean(v, n), sum / (double)(n - 1), 2.66, 3.268);
  return true;
}

bool xmr_limits_median(Arena *a, const double *v, size_t n, XmrLimits *ret) {
  if (n < XMR_LEAST) return false;
  *ret = limits(sample_mean(v, n), sample_median(a, moving_ranges(a, v, n), n - 1), 3.145, 3.865);
  return true;
}

/* -1 below, 1 above, 0 on the centre, which ends a run. */
static int side(const XmrLimits *l, double x) { return (x > l->centre) - (x < l->centre); }

static int near_limit(const XmrLimits *l, double x) {
  if (x > (l->centre + l->upper) / 2) return 1;
  return x < (l->centre + l->lower) / 2 ? -1 : 0;
}

static bool outside(const XmrLimits *l, const double *v, size_t i) {
  return v[i] > l->upper || v[i] < l->lower || (i > 0 && fabs(v[i] - v[i - 1]) > l->mr_upper);
}

static bool eighth(const XmrLimits *l, const double *v, size_t i) {
  size_t run = 0;
  int s = side(l, v[i]);
  while (s && run <= i && run <= XMR_RUN && side(l, v[i - run]) == s) run++;
  return run == XMR_RUN;
}

/* The side on which three of the four values that end at i are near the limit. */
static int crowded(const XmrLimits *l, const double *v, size_t i) {
  int up = 0, down = 0;
  for (size_t k = 0; k < 4 && k <= i; k++) {
    int s = near_limit(l, v[i - k]);
    up += s > 0;
    down += s < 0;
  }
  return up >= 3 ? 1 : down >= 3 ? -1 : 0;
}

static bool crowding_begins(const XmrLimits *l, const double *v, size_t i) {
  int s = crowded(l, v, i);
  return s && (i == 0 || crowded(l, v, i - 1) != s);
}

size_t xmr_signals(Arena *a, const XmrLimits *l, const double *v, size_t n, const XmrSignal **ret) {
  static bool (*const rules[])(const XmrLimits *, const double *, size_t) = { outside, eighth, crowding_begins };
  VEC(XmrSignal) found = { 0 };
  for (size_t i = 0; i < n; i++)
    for (int r = 0; r < 3; r++)
      if (rules[r](l, v, i)) vec_add(a, &found, (XmrSignal){ i + 1, r + 1 });
  *ret = found.at;
  return found.n;
}

double xmr_net_change(const double *b, size_t bn, const double *v, size_t n) { return sample_mean(v, n) - sample_mean(b, bn); }

Interval xmr_net_interval(const XmrLimits *base, size_t base_n, const double *after, size_t n) {
  double net = sample_mean(after, n) - base->centre, sd = base->mr_centre / 1.128;
  double half = sample_t95(base_n - 1) * sd * sqrt(1 / (double)base_n + 1 / (double)n);
  return (Interval){ net - half, net + half };
}
