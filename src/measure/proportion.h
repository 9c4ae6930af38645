/* measure/proportion.h: k of n, how sure we may be of it, and what those who did not answer could change.
   Not here: whether a figure may be shown as a percentage at all (display.h).
   Shares are in [0, 1]; recommend scores in [-100, 100]. Pooled shares are sum k / sum n, never a mean of shares. */
#ifndef MEASURE_PROPORTION_H
#define MEASURE_PROPORTION_H
#include <stdbool.h>
#include <stdint.h>
#include "measure/sample.h"

#define Z95 1.959963984540054         /* two-sided 95 % */
#define Z90 1.6448536269514722        /* two-sided 90 %, or one-sided 95 % */

typedef struct { int64_t k, n; } Tally;      /* k good ones of n; everything that counts answers with one */

/* Score interval of k of n, 0 <= k <= n; n = 0 gives [0, 1]: nothing is known.
   B4; Wilson 1927, "Probable inference, the law of succession, and statistical inference". */
Interval proportion_wilson(int64_t k, int64_t n, double z);

typedef struct { double value; Interval ci; } Difference;

/* k1/n1 - k2/n2 with the hybrid score interval, n1 and n2 >= 1.
   B4; Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10. */
Difference proportion_newcombe(int64_t k1, int64_t n1, int64_t k2, int64_t n2, double z);
bool difference_excludes_zero(Difference);

typedef struct { double value, centre, se; Interval ci; } RecommendScore;

/* Share of 9-10 less share of 0-6, in points; the interval is adjusted-Wald about the shrunken centre, cut at
   +-100. At least one answer. B4; Sauro and Lewis, MeasuringU 2021. */
RecommendScore recommend_score(int64_t promoters, int64_t passives, int64_t detractors, double z);

/* What the share among all N asked could be at worst and best, when n answered and k of them were good; N >= 1.
   B6; Manski 1989, "Anatomy of the selection problem". */
Interval proportion_bounds(int64_t k, int64_t n, int64_t asked);

typedef struct { int64_t size, k, n; } Stratum;    /* size: how many there are of this kind in the whole */
#define STRATUM_MIN 5

/* The share the whole would have, each kind weighed by its size: sum (N_h / N) p_h. False when there are no strata
   or one has fewer than STRATUM_MIN answers: then it must not be shown. B6. */
bool proportion_stratified(const Stratum *, size_t n, double *ret);

/* The same of means, each kind with how many answered, the mean of theirs and its variance; with an interval by the standard
   error of the strata, sum W_h^2 s_h^2 / n_h. Cochran 1977, "Sampling Techniques", 5.3. False as above. */
typedef struct { int64_t size, n; double mean, variance; } StratumMean;
bool mean_stratified(const StratumMean *, size_t n, double z, Difference *ret);

/* How far the share among those who answered is from the share of all asked, given what a follow-up of silent
   people found: (silent share) x (p answered - p silent). B6; Groves 2006. */
double proportion_bias(int64_t asked, int64_t answered, double p_answered, double p_silent);
#endif
