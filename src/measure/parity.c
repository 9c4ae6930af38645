/* measure/parity.c: every pair of channels. */
#include "measure/parity.h"
#include <math.h>
#include "measure/normal.h"

bool parity_seamless(const Tally *c, size_t n, int64_t least_n, Parity *ret) {
  size_t counted = 0;
  bool any = false;
  if (least_n < 1) least_n = 1;
  for (size_t i = 0; i < n; i++) counted += c[i].n >= least_n;
  if (counted < 2) return false;
  double z = normal_quantile(1 - .025 / ((double)(counted * (counted - 1)) / 2));
  *ret = (Parity){ 0 };
  for (size_t i = 0; i < n; i++)
    for (size_t j = i + 1; j < n; j++) {
      if (c[i].n < least_n || c[j].n < least_n) continue;
      Difference d = proportion_newcombe(c[i].k, c[i].n, c[j].k, c[j].n, z);
      ret->distinguishable |= difference_excludes_zero(d);
      if (any && fabs(d.value) <= fabs(ret->widest.value)) continue;
      any = true;
      ret->a = i;
      ret->b = j;
      ret->widest = d;
    }
  return true;
}

bool parity_carried(int64_t repeats, int64_t hand_offs, double *ret) {
  if (hand_offs <= 0) return false;
  *ret = repeats >= hand_offs ? 0 : 1 - (double)repeats / (double)hand_offs;
  return true;
}
