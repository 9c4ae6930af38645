/* measure/spread.c: counting by the logarithm. */
#include "measure/spread.h"
#include <math.h>
#include "base/buf.h"
#include "base/clock.h"
#include "measure/proportion.h"

#define STEPS_A_DOUBLING 32

static size_t step_of(int64_t us) {
  if (us < SECOND) return 0;
  double step = floor(log2((double)us / (double)SECOND) * STEPS_A_DOUBLING);
  return step >= SPREAD_STEPS - 1 ? SPREAD_STEPS - 1 : (size_t)step + 1;
}

double spread_middle(size_t step) {
  return step ? (double)SECOND * exp2(((double)step - .5) / STEPS_A_DOUBLING) : (double)SECOND / 2;
}

void spread_put(Spread *s, int64_t us, int64_t times) {
  s->at[step_of(us)] += times;
  s->n += times;
}

void spread_add(Spread *s, const Spread *more) {
  for (size_t i = 0; i < SPREAD_STEPS; i++) s->at[i] += more->at[i];
  s->n += more->n;
}

/* The step in which the rank-th smallest lies; ranks from 1. */
static double at_rank(const Spread *s, int64_t rank) {
  int64_t seen = 0;
  for (size_t i = 0; i < SPREAD_STEPS; i++) if ((seen += s->at[i]) >= rank) return spread_middle(i);
  return spread_middle(SPREAD_STEPS - 1);
}

static int64_t within(int64_t rank, int64_t n) { return rank < 1 ? 1 : rank > n ? n : rank; }

double spread_quantile(const Spread *s, double q) { return at_rank(s, within((int64_t)ceil(q * (double)s->n), s->n)); }

typedef struct { int64_t lo, hi; } Ranks;

static Ranks ranks95(int64_t n) {
  double half = Z95 * sqrt((double)n) / 2;
  return (Ranks){ within((int64_t)floor((double)n / 2 - half), n), within((int64_t)ceil((double)n / 2 + half) + 1, n) };
}

Middle spread_median(const Spread *s) {
  Ranks r = ranks95(s->n);
  double low = at_rank(s, (s->n + 1) / 2), high = at_rank(s, s->n / 2 + 1);
  return (Middle){ (low + high) / 2, { at_rank(s, r.lo), at_rank(s, r.hi) } };
}

Middle sample_middle(Arena *a, const double *v, size_t n) {
  double *sorted = sample_sorted(a, v, n);
  Ranks r = ranks95((int64_t)n);
  return (Middle){ sample_median(a, v, n), { sorted[r.lo - 1], sorted[r.hi - 1] } };
}

Str spread_text(Arena *a, const Spread *s) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < SPREAD_STEPS; i++)
    if (s->at[i]) buf_fmt(&b, "%s%zu:%lld", b.n ? " " : "", i, (long long)s->at[i]);
  return buf_str(&b);
}

static bool pair_of(Str word, int64_t *ret_step, int64_t *ret_times) {
  Str step, times;
  return str_cut(word, ':', &step, &times) && str_int(step, ret_step) && str_int(times, ret_times) && *ret_step >= 0 && *ret_step < SPREAD_STEPS;
}

bool spread_read(Str text, Spread *to) {
  int64_t step, times;
  Str word, rest = text;
  while (rest.n) {
    str_cut(rest, ' ', &word, &rest);
    if (!pair_of(word, &step, &times)) return false;
  }
  for (rest = text; rest.n;) {
    str_cut(rest, ' ', &word, &rest);
    if (!pair_of(word, &step, &times)) return false;
    to->at[step] += times;
    to->n += times;
  }
  return true;
}
