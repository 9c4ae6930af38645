/* measure/instrument.c: counting boxes. */
#include "measure/instrument.h"
#include <assert.h>

static Tally boxes(const int64_t *v, size_t n, int64_t top, int64_t from) {
  Tally t = { 0 };
  for (size_t i = 0; i < n; i++) {
    if (v[i] < 1 || v[i] > top) continue;
    t.n++;
    t.k += v[i] >= from;
  }
  return t;
}

Tally instrument_satisfied(const int64_t *v, size_t n) { return boxes(v, n, 5, 4); }
Tally instrument_easy(const int64_t *v, size_t n)      { return boxes(v, n, 7, 5); }

Tally instrument_sorted(const Sorted *v, size_t n) {
  Tally t = { .n = (int64_t)n };
  for (size_t i = 0; i < n; i++) t.k += v[i] == SORTED_YES;
  return t;
}

Recommends instrument_recommends(const int64_t *v, size_t n) {
  Recommends r = { 0 };
  for (size_t i = 0; i < n; i++) {
    if (v[i] < 0 || v[i] > 10) continue;
    if (v[i] >= 9) r.promoters++;
    else if (v[i] >= 7) r.passives++;
    else r.detractors++;
  }
  return r;
}

LostTime instrument_lost_time(Arena *a, const double *minutes, size_t n) {
  return (LostTime){ sample_median(a, minutes, n), sample_sum(minutes, n) };
}

double instrument_performance(const double perceived[RATER]) { return sample_mean(perceived, RATER); }

double instrument_gap(const double p[RATER], const double e[RATER], const double w[RATER]) {
  double sum = 0, all = 0;
  for (int d = 0; d < RATER; d++) {
    sum += w[d] * (p[d] - e[d]);
    all += w[d];
  }
  assert(all > 0);
  return sum / all;
}
