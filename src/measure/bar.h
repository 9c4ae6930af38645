/* measure/bar.h: the bar customers set themselves, before the work (B11).
   Zone of tolerance: Zeithaml, Berry and Parasuraman 1993. */
#ifndef MEASURE_BAR_H
#define MEASURE_BAR_H
#include "measure/proportion.h"

typedef enum { BAR_NOT_SAID, BAR_BELOW, BAR_AT, BAR_ABOVE } BarAnswer;      /* "Compared with the bar you set" */
Tally bar_met(const BarAnswer *, size_t n);                  /* at or above, of those that said */

/* What was asked for and what was promised, in one unit (microseconds for "by when"); at: when it was asked. */
typedef struct { double asked, promised; int64_t at; } BarPair;

/* Median of promised - asked; above 0 where we keep saying "later". n >= 1. */
double bar_gap(Arena *, const BarPair *, size_t n);

/* How what they ask for moves: least-squares slope of asked, a unit per 30 days. NAN: fewer than 2, or all at once.
   Below 0 for "by when": they have learnt to ask for more. */
double bar_drift(Arena *, const BarPair *, size_t n);
#endif
