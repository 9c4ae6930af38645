/* measure/spread.h: how long things took, as counts in narrow steps, so that days can be added up without the single times.
   32 steps to each doubling: a step is 2.2 % wide, and what is read back lies within 1.1 % of what was put in.
   Times are microseconds; all below a second is one step. Invariant: adding spreads and spreading all at once is the same. */
#ifndef MEASURE_SPREAD_H
#define MEASURE_SPREAD_H
#include "base/err.h"
#include "base/str.h"
#include "measure/sample.h"

#define SPREAD_STEPS 1024                /* to 2^32 seconds, 136 years; longer ones are in the last */
typedef struct { int64_t n, at[SPREAD_STEPS]; } Spread;

void   spread_put(Spread *, int64_t us, int64_t times);      /* times may be below 0: taken out again */
void   spread_add(Spread *, const Spread *);
double spread_middle(size_t step);                           /* µs: the geometric middle of a step */
/* The value below which a share q of them lies (0 <= q <= 1): the middle of its step. n >= 1. */
double spread_quantile(const Spread *, double q);

/* The median, and an interval that holds the true one with 95 %: the values at ranks n/2 -+ z sqrt(n)/2, which assumes nothing
   of how times are spread. n >= 1; below 6 the interval is from the least to the most (and holds less often).
   Conover, Practical Nonparametric Statistics (3rd ed. 1999), 3.2. */
typedef struct { double median; Interval ci; } Middle;
Middle spread_median(const Spread *);
Middle sample_middle(Arena *, const double *v, size_t n);    /* the same of the values themselves */

/* "step:times step:times …", rising; "" for none. False: not such a text, and nothing was added. */
Str  spread_text(Arena *, const Spread *);
bool spread_read(Str, Spread *add_to) CHECKED;
#endif
