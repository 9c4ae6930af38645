/* measure/figure.c: each kind from what it stands on; the arithmetic is proportion.c, spread.c, sample.c. */
#include "measure/figure.h"
#include <math.h>
#include "base/err.h"

Str eyes_name(Eyes e) { return e == EYES_CUSTOMER ? S("customer") : e == EYES_AGENT ? S("agent") : S("both"); }

static Figure of(FigureKind kind, int64_t k, int64_t n, int64_t silent, double value, Interval ci) {
  return (Figure){ .kind = kind, .k = k, .n = n, .silent = silent, .value = n ? value : NAN, .ci = ci, .bounds = ci, .show = display_of(n) };
}

Figure figure_share(Tally t, int64_t silent) {
  Figure f = of(FIGURE_SHARE, t.k, t.n, silent, t.n ? (double)t.k / (double)t.n : 0, proportion_wilson(t.k, t.n, Z95));
  if (t.n + silent > 0) f.bounds = proportion_bounds(t.k, t.n, t.n + silent);
  return f;
}

static Figure middle(FigureKind kind, int64_t n, Middle m) { return of(kind, n, n, 0, m.median, m.ci); }

Figure figure_time(Arena *a, const double *us, size_t n) { return middle(FIGURE_TIME, (int64_t)n, n ? sample_middle(a, us, n) : (Middle){ 0 }); }

Figure figure_count(Arena *a, const double *of_, size_t n) { return middle(FIGURE_COUNT, (int64_t)n, n ? sample_middle(a, of_, n) : (Middle){ 0 }); }

Figure figure_spread(const Spread *s) { return middle(FIGURE_TIME, s->n, s->n > 0 ? spread_median(s) : (Middle){ 0 }); }

/* The mean if every silent one had said the least (-100 or 0), or 100. sum: of those who spoke. */
static Interval spoken(double sum, int64_t n, int64_t silent, double least) {
  double all = (double)(n + silent);
  return (Interval){ (sum + least * (double)silent) / all, (sum + 100 * (double)silent) / all };
}

Figure figure_score(Recommends r, int64_t silent) {
  int64_t n = r.promoters + r.passives + r.detractors;
  if (!n) return of(FIGURE_SCORE, 0, 0, silent, 0, (Interval){ -100, 100 });
  RecommendScore s = recommend_score(r.promoters, r.passives, r.detractors, Z95);
  Figure f = of(FIGURE_SCORE, n, n, silent, s.value, s.ci);
  f.bounds = spoken(100 * (double)(r.promoters - r.detractors), n, silent, -100);
  return f;
}

Figure figure_index_of(int64_t n, double sum, double variance, int64_t silent) {
  double mean = n ? sum / (double)n : 0, half = n > 1 ? sample_t95((size_t)n - 1) * sqrt(variance / (double)n) : 0;
  Figure f = of(FIGURE_INDEX, n, n, silent, mean, n > 1 ? (Interval){ fmax(0, mean - half), fmin(100, mean + half) } : (Interval){ 0, 100 });
  if (n + silent > 0) f.bounds = spoken(sum, n, silent, 0);
  return f;
}

Figure figure_index(const double *v, size_t n, int64_t silent) {
  return figure_index_of((int64_t)n, n ? sample_sum(v, n) : 0, n > 1 ? sample_variance(v, n) : 0, silent);
}
