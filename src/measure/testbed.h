/* measure/testbed.h: what a trial with few units can say (B32). Exact; a design that could never answer is refused.
   Not here: the plan of the trial and its register. */
#ifndef MEASURE_TESTBED_H
#define MEASURE_TESTBED_H
#include "measure/permutation.h"
#include "measure/sample.h"

typedef struct { Permutation test; Interval ci; } TestbedEffect;     /* ci may be infinite: the design cannot bound it */

/* Mean gain (after - before) of the treated units less that of the others, over all choices of as many treated units;
   ci by test inversion at 95 %. False: nobody treated, nobody untreated, or more than PERMUTATION_EXACT choices. */
bool testbed_did(Arena *, const double *before, const double *after, const bool *treated, size_t n, TestbedEffect *ret);

/* Mean from the start on less mean before it, ranked among all starts that could have been drawn, first to last; places
   count from 1. Edgington; Bulte and Onghena 2008. False: an order that leaves a side empty or start outside. */
bool testbed_random_start(const double *v, size_t n, size_t first, size_t last, size_t start, Permutation *ret);

/* The smallest p a design can reach: two-sided, equal groups count their mirror image too. */
double testbed_least_p(size_t treated, size_t others);

/* Percentile bounds of the bootstrap mean, all n^n resamples counted: n <= 7. q-th value at rank ceil(q N). */
bool testbed_bootstrap_mean(Arena *, const double *v, size_t n, double level, Interval *ret);

/* Compounded gain of verified improvements, product of (1 + g) less 1 (B30). */
double testbed_compound(const double *gains, size_t n);
#endif
