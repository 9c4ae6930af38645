/* measure/proximity.h: how near those who serve are felt to be (B13).
   Wilson, O'Leary, Metiu and Jett 2008; short form: Aron, Aron and Smollan 1992, Gachter, Starmer and Tufano 2015.
   The wording of the items and the rule for skipped ones are ours. */
#ifndef MEASURE_PROXIMITY_H
#define MEASURE_PROXIMITY_H
#include "measure/proportion.h"

#define PROXIMITY_ITEMS 10       /* closeness, connection, human, timeliness, purpose, correctness, motives, clarity, benefit of the doubt, feeling */
#define PROXIMITY_ANSWERED 8     /* so many of them must be answered */
#define PROXIMITY_ALPHA_LEAST 30 /* people, before alpha may be printed */

/* Items 1-7, anything else is skipped. (mean - 1) / 6 x 100. False: too few answered. */
bool proximity_index(const int64_t items[PROXIMITY_ITEMS], double *ret);
bool proximity_short(int64_t pictogram, double *ret);          /* one answer 1-7, on the same 0-100 */

/* Cronbach's alpha of n people by items (row after row): k/(k-1) (1 - sum of item variances / variance of sums).
   False: fewer than 2 people or 2 items, or all sums alike. */
bool proximity_alpha(Arena *, const double *rows, size_t n, size_t items, double *ret);

/* Mean index of the near less that of the far. False if one side has nobody. */
bool proximity_gap(const double *near, size_t near_n, const double *far, size_t far_n, double *ret);
#endif
