/* measure/permutation.h: could chance alone have done this? Exact where the arrangements can all be counted, which is
   always so for the small groups a desk has (B32).
   Not here: whether the design can answer at all (testbed.h).
   Edgington and Onghena, "Randomization Tests" (4th ed. 2007); Phipson and Smyth 2010 for (1 + b) / (1 + B). */
#ifndef MEASURE_PERMUTATION_H
#define MEASURE_PERMUTATION_H
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"

typedef enum { SIDE_BOTH, SIDE_GREATER, SIDE_LESS } Side;       /* what counts as extreme: |value|, value, -value */

#define PERMUTATION_EXACT 1000000     /* up to so many arrangements all are tried; past it a seeded sample */

typedef struct {
  double   value;        /* the statistic as it was */
  double   p;            /* count / of, never 0 */
  int64_t  count, of;    /* arrangements at least as extreme, the actual one among them; and all that were tried */
  bool     exact;
  uint64_t seed;         /* of the sample, 0 if exact */
} Permutation;

/* Mean of b less mean of a, over all ways to choose who is in a. na, nb >= 1. */
Permutation permutation_two_sample(Arena *, const double *a, size_t na, const double *b, size_t nb, Side, uint64_t seed);

/* Mean of paired differences, over all ways to turn their signs. n >= 1. */
Permutation permutation_sign_flip(const double *d, size_t n, Side, uint64_t seed);

/* All constant shifts of b against a that a two-sided test at alpha does not refuse, ends included: test inversion.
   False if there are more than PERMUTATION_EXACT arrangements; an end is infinite where no shift can be refused. */
bool permutation_shift(Arena *, const double *a, size_t na, const double *b, size_t nb, double alpha, double *ret_lo, double *ret_hi);

/* C(n, k), or INT64_MAX if it is more than can be counted up to. */
int64_t permutation_choose(size_t n, size_t k);
#endif
