/* measure/proximity.c: means on a 0-100 scale, and how well the items hang together. */
#include "measure/proximity.h"

static bool on_scale(int64_t v) { return v >= 1 && v <= 7; }

bool proximity_index(const int64_t items[PROXIMITY_ITEMS], double *ret) {
  double sum = 0;
  int n = 0;
  for (int i = 0; i < PROXIMITY_ITEMS; i++) {
    if (!on_scale(items[i])) continue;
    sum += (double)items[i];
    n++;
  }
  if (n < PROXIMITY_ANSWERED) return false;
  *ret = (sum / n - 1) / 6 * 100;
  return true;
}

bool proximity_short(int64_t v, double *ret) {
  if (!on_scale(v)) return false;
  *ret = (double)(v - 1) / 6 * 100;
  return true;
}

bool proximity_alpha(Arena *a, const double *rows, size_t n, size_t items, double *ret) {
  if (n < 2 || items < 2) return false;
  double *column = NEW_N(a, double, n), *sums = NEW_N(a, double, n), within = 0;
  for (size_t i = 0; i < items; i++) {
    for (size_t p = 0; p < n; p++) {
      column[p] = rows[p * items + i];
      sums[p] += column[p];
    }
    within += sample_variance(column, n);
  }
  double all = sample_variance(sums, n), k = (double)items;
  if (!(all > 0)) return false;
  *ret = k / (k - 1) * (1 - within / all);
  return true;
}

bool proximity_gap(const double *near, size_t near_n, const double *far, size_t far_n, double *ret) {
  if (!near_n || !far_n) return false;
  *ret = sample_mean(near, near_n) - sample_mean(far, far_n);
  return true;
}
