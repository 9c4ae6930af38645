/* measure/moment.h: worst moments, and what is remembered of an experience (B7).
   Peak and end: Kahneman, Fredrickson, Schreiber and Redelmeier 1993; worst over average: Byrnes and Wass 2021.
   Ratings are 0-100, in the order they were given. */
#ifndef MEASURE_MOMENT_H
#define MEASURE_MOMENT_H
#include "measure/proportion.h"

typedef struct { double worst, end, mean; } RememberWeights;
#define REMEMBER_DEFAULT ((RememberWeights){ .5, .3, .2 })        /* ours, printed wherever the score is */

typedef struct { double worst, end, mean, peak_end, remembered; } Remembered;

/* peak_end is (worst + end) / 2, the negative peak. n >= 1. */
Remembered moment_remembered(const double *ratings, size_t n, RememberWeights);

typedef struct { double worst, end, mean, score; } RememberedPair;    /* of one customer, and the relationship score they gave */
#define REMEMBER_FIT_LEAST 60

/* Weights fitted by least squares (no constant) with 95 % intervals. True: there are enough customers and a default
   lies outside its interval, so ret should be used; else ret is the defaults. ret_ci is set if it could be fitted at all. */
bool moment_fit(const RememberedPair *, size_t n, RememberWeights *ret, Interval ret_ci[3], bool *ret_fitted);

/* What can make a moment bad; several may hold at once. */
enum { BAD_UNSATISFIED = 1, BAD_HARD = 2, BAD_BROKEN = 4, BAD_NOT_YET = 8, BAD_REPEATED = 16 };
typedef struct {
  int64_t satisfaction;      /* 1-5, 0: not said; bad from 2 down */
  int64_t ease;              /* 1-7, 0: not said; bad from 3 down */
  bool    promise_broken;
  int64_t not_yet;           /* times the asker said "not yet"; bad from 2 on */
  int64_t repeated;          /* times "I had to repeat myself"; bad from 2 on */
} Moment;
unsigned moment_bad(const Moment *);      /* 0: not bad */

/* Recovered: the same customer's next verdict meets their own bar (the same scale). No promise that it binds more
   than no failure would: meta-analysis does not find that. */
bool moment_recovered(double next_verdict, double own_bar);

/* Customers with at least one bad moment in 90 days, of all active customers: a Tally for proportion_wilson. */
#define MOMENT_WINDOW_DAYS 90
#endif
