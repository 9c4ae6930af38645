/* measure/xmr.h: the control chart of single values, a detector of change (B31).
   Not here: the verdict whether an improvement worked (permutation.h); a signal says "look", not "proven": with a
   baseline of 12 the chance of a false signal among the next 12 points is about 15 % by rule 1, 20 % by rules 1 and 2.
   Wheeler, "Understanding Variation" (2000) and "Making Sense of Data" (2003). */
#ifndef MEASURE_XMR_H
#define MEASURE_XMR_H
#include <stdbool.h>
#include "measure/sample.h"

#define XMR_LEAST 5              /* values below which no limits are drawn */
#define XMR_LOCK 12              /* from here on a baseline may be locked */
#define XMR_PROVISIONAL 20       /* below: label the limits provisional */

typedef struct { double centre, mr_centre, lower, upper, mr_upper; } XmrLimits;      /* in the unit of the values */

/* Mean and 2.66 (3.268) mean moving ranges; the median version, 3.145 (3.865), withstands a few wild values.
   False: fewer than XMR_LEAST values. */
bool xmr_limits(const double *v, size_t n, XmrLimits *ret);
bool xmr_limits_median(Arena *, const double *v, size_t n, XmrLimits *ret);

/* Rule 1: a value outside the limits, or a moving range above its limit. Rule 2: the eighth in a row on one side of the
   centre (once a run). Rule 3: three of four in a row nearer the same limit than the centre (once an episode). */
typedef struct { size_t at; int rule; } XmrSignal;       /* at: 1 is the first value */
#define XMR_RUN 8

/* Signals among v against these limits (which may come from another stretch, the locked baseline), by place then rule. */
size_t xmr_signals(Arena *, const XmrLimits *, const double *v, size_t n, const XmrSignal **ret);

/* Mean of the values after a change less the mean of the baseline; n >= 1 in both. */
double xmr_net_change(const double *baseline, size_t baseline_n, const double *after, size_t after_n);
/* What that change may be, 95 %: the mean of the values after less the centre of the baseline, with the spread of the baseline
   (mean moving range / 1.128) and Student's t of its points; n >= 1, base_n >= 2. An honest answer where there is no signal. */
Interval xmr_net_interval(const XmrLimits *base, size_t base_n, const double *after, size_t n);
#endif
