/* measure/permutation.c: counting arrangements. Values are centred first, so sums stay small and ties are ties. */
#include "measure/permutation.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "measure/sample.h"

#define SAMPLED 99999                  /* arrangements tried when they cannot all be */
#define SAMPLED_LEAST 999
#define SAMPLED_WORK 200000000         /* values touched at most, for very long lists */

int64_t permutation_choose(size_t n, size_t k) {
  if (k > n) return 0;
  if (k > n - k) k = n - k;
  int64_t c = 1;
  for (size_t i = 1; i <= k; i++) {
    if (__builtin_mul_overflow(c, (int64_t)(n - k + i), &c)) return INT64_MAX;
    c /= (int64_t)i;
  }
  return c;
}

/* ---- two groups: v holds all values, centred; a choice of k of them is group b */

typedef struct {
  const double *v;
  size_t n, k;
  double observed, tie;
  Side side;
  int64_t count, of;
} Groups;

static double difference(const Groups *g, double sum_b) { return sum_b / (double)g->k + sum_b / (double)(g->n - g->k); }

static bool extreme(double x, double observed, double tie, Side side) {
  if (side == SIDE_GREATER) return x >= observed - tie;
  if (side == SIDE_LESS) return x <= observed + tie;
  return fabs(x) >= fabs(observed) - tie;
}

static void tally(Groups *g, double sum_b) {
  g->of++;
  g->count += extreme(difference(g, sum_b), g->observed, g->tie, g->side);
}

typedef void (*OnChoice)(void *to, const size_t *chosen, double sum);

/* Every choice of k of n, in order. */
static void choices(const double *v, size_t n, size_t k, size_t *chosen, OnChoice fn, void *to) {
  for (size_t i = 0; i < k; i++) chosen[i] = i;
  for (;;) {
    double sum = 0;
    for (size_t i = 0; i < k; i++) sum += v[chosen[i]];
    fn(to, chosen, sum);
    size_t i = k;
    while (i > 0 && chosen[i - 1] == n - k + i - 1) i--;
    if (i == 0) return;
    chosen[i - 1]++;
    for (; i < k; i++) chosen[i] = chosen[i - 1] + 1;
  }
}

static void tally_choice(void *to, const size_t *chosen, double sum) { (void)chosen; tally(to, sum); }

static int64_t sample_size(size_t work_each) {
  int64_t most = SAMPLED_WORK / (int64_t)(work_each ? work_each : 1);
  return most > SAMPLED ? SAMPLED : most < SAMPLED_LEAST ? SAMPLED_LEAST : most;
}

static void sample(Groups *g, double *shuffled, uint64_t seed) {
  Rng r = rng_seed(seed);
  g->count = g->of = 1;                                  /* the arrangement that happened */
  for (int64_t t = sample_size(g->k); t > 0; t--) {
    double sum = 0;
    for (size_t i = 0; i < g->k; i++) {
      size_t j = i + (size_t)rng_below(&r, g->n - i);
      double x = shuffled[j];
      shuffled[j] = shuffled[i];
      shuffled[i] = x;
      sum += x;
    }
    tally(g, sum);
  }
}

/* All values less their mean, a's first; and how far apart two sums may be and still be the same. */
static double *centred(Arena *arena, const double *a, size_t na, const double *b, size_t nb, double *ret_tie) {
  size_t n = na + nb;
  double *v = NEW_N(arena, double, n), most = 0;
  for (size_t i = 0; i < n; i++) v[i] = i < na ? a[i] : b[i - na];
  double mean = sample_mean(v, n);
  for (size_t i = 0; i < n; i++) {
    v[i] -= mean;
    most = fmax(most, fabs(v[i]));
  }
  *ret_tie = 1e-9 * most;
  return v;
}

Permutation permutation_two_sample(Arena *arena, const double *a, size_t na, const double *b, size_t nb, Side side, uint64_t seed) {
  assert(na > 0 && nb > 0);
  Groups g = { .n = na + nb, .k = nb, .side = side, .observed = sample_mean(b, nb) - sample_mean(a, na) };
  double *v = centred(arena, a, na, b, nb, &g.tie);
  if (na < nb) {                                         /* choose the smaller group; its lead is the other's lag */
    g.k = na;
    g.observed = -g.observed;
    g.side = side == SIDE_GREATER ? SIDE_LESS : side == SIDE_LESS ? SIDE_GREATER : side;
  }
  g.v = v;
  bool exact = permutation_choose(g.n, g.k) <= PERMUTATION_EXACT;
  if (exact) choices(v, g.n, g.k, NEW_N(arena, size_t, g.k), tally_choice, &g);
  else sample(&g, v, seed);
  return (Permutation){ .value = na < nb ? -g.observed : g.observed, .p = (double)g.count / (double)g.of,
                        .count = g.count, .of = g.of, .exact = exact, .seed = exact ? 0 : seed };
}

/* ---- signs */

Permutation permutation_sign_flip(const double *d, size_t n, Side side, uint64_t seed) {
  assert(n > 0);
  double most = 0, observed = sample_sum(d, n);
  for (size_t i = 0; i < n; i++) most = fmax(most, fabs(d[i]));
  double tie = 1e-9 * most;
  bool exact = n < 63 && (int64_t)1 << n <= PERMUTATION_EXACT;
  int64_t of = exact ? (int64_t)1 << n : 1 + sample_size(n), count = exact ? 0 : 1;
  Rng r = rng_seed(seed);
  for (int64_t t = exact ? 0 : 1; t < of; t++) {
    double sum = 0;
    uint64_t bits = (uint64_t)t;
    for (size_t i = 0; i < n; i++, bits >>= 1) {
      if (!exact && i % 32 == 0) bits = rng_next(&r) >> 16;
      sum += bits & 1 ? -d[i] : d[i];
    }
    count += extreme(sum, observed, tie, side);
  }
  return (Permutation){ .value = observed / (double)n, .p = (double)count / (double)of, .count = count, .of = of,
                        .exact = exact, .seed = exact ? 0 : seed };
}

/* ---- inversion: with b shifted back by x, an arrangement that takes a share of the true b is at least as extreme as
   the actual one for x in one interval about the observed difference; so the ends are order statistics. */

typedef struct { const Groups *g; size_t first_b, n; double *lo, *hi; } Shifts;

static void shift_bounds(void *to, const size_t *chosen, double sum) {
  Shifts *s = to;
  const Groups *g = s->g;
  double k = (double)g->k, rest = (double)(g->n - g->k), own = 0;
  for (size_t i = 0; i < g->k; i++) own += chosen[i] >= s->first_b;
  double c = own / k - (k - own) / rest, d = difference(g, sum);      /* its difference is d - c x, the actual one observed - x */
  double x = 1 - c > 1e-12 ? (g->observed - d) / (1 - c) : NAN, y = 1 + c > 1e-12 ? (g->observed + d) / (1 + c) : NAN;
  bool always = (isnan(x) && fabs(g->observed - d) <= g->tie) || (isnan(y) && fabs(g->observed + d) <= g->tie);
  s->lo[s->n] = always ? -INFINITY : fmin(isnan(x) ? y : x, isnan(y) ? x : y);
  s->hi[s->n++] = always ? INFINITY : fmax(isnan(x) ? y : x, isnan(y) ? x : y);
}

bool permutation_shift(Arena *arena, const double *a, size_t na, const double *b, size_t nb, double alpha, double *ret_lo, double *ret_hi) {
  assert(na > 0 && nb > 0);
  Groups g = { .n = na + nb, .k = nb, .observed = sample_mean(b, nb) - sample_mean(a, na) };
  int64_t all = permutation_choose(g.n, nb);
  if (all > PERMUTATION_EXACT) return false;
  const double *v = centred(arena, a, na, b, nb, &g.tie);
  Shifts s = { .g = &g, .first_b = na, .lo = NEW_N(arena, double, all), .hi = NEW_N(arena, double, all) };
  choices(v, g.n, nb, NEW_N(arena, size_t, nb), shift_bounds, &s);
  size_t need = (size_t)floor(alpha * (double)all + 1e-9);            /* p > alpha from need + 1 arrangements on */
  *ret_lo = sample_sorted(arena, s.lo, s.n)[need];
  *ret_hi = sample_sorted(arena, s.hi, s.n)[s.n - 1 - need];
  return true;
}
