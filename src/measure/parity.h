/* measure/parity.h: channels that feel the same, and that know of each other (B15). */
#ifndef MEASURE_PARITY_H
#define MEASURE_PARITY_H
#include "measure/proportion.h"

/* The two channels whose shares of good verdicts differ most, and by how much. distinguishable: some pair's interval leaves 0
   out. With many channels some pair always looks far apart, so the intervals are widened for the number of pairs
   (Bonferroni): together they hold at 95 %. False: fewer than two channels with at least least_n verdicts. */
typedef struct { size_t a, b; Difference widest; bool distinguishable; } Parity;
bool parity_seamless(const Tally *channels, size_t n, int64_t least_n, Parity *ret);

/* Context carried over: 1 - repeats / hand-offs between channels, never below 0. False: no hand-off yet. */
bool parity_carried(int64_t repeats, int64_t hand_offs, double *ret);
#endif
