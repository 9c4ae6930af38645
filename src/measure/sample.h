/* measure/sample.h: the plain summaries of a list of numbers that other measures stand on.
   Not here: how sure we may be of them (proportion.h, permutation.h, xmr.h). Lists are never changed. */
#ifndef MEASURE_SAMPLE_H
#define MEASURE_SAMPLE_H
#include "base/arena.h"

/* An uncertainty band, both ends included, in the unit of what it is about. */
typedef struct { double lo, hi; } Interval;

/* n >= 1 in all of these. */
double sample_sum(const double *v, size_t n);                          /* Neumaier's compensated sum */
double sample_mean(const double *v, size_t n);
double sample_median(Arena *, const double *v, size_t n);              /* of an even number: the mean of the middle two */
double sample_least(const double *v, size_t n);
double sample_most(const double *v, size_t n);
double sample_variance(const double *v, size_t n);                     /* n - 1 below the line; n >= 2 */
double sample_correlation(const double *x, const double *y, size_t n); /* Pearson's r; NAN if n < 2 or one of them never varies */
double sample_slope(const double *x, const double *y, size_t n);       /* least squares, y a unit of x; NAN likewise */
double *sample_sorted(Arena *, const double *v, size_t n);             /* a copy, smallest first */

/* Student's t for 95 %, two-sided, df >= 1: exact to df 12, then Cornish and Fisher's series, right to three decimals.
   Fisher and Cornish 1960, "The percentile points of distributions having known cumulants". */
double sample_t95(size_t df);
#endif
