/* measure/receptive.h: how willing a customer is to take part (B16), and how far we may ask.
   A formative index: Ashley, Noble, Donthu and Lemon 2011. */
#ifndef MEASURE_RECEPTIVE_H
#define MEASURE_RECEPTIVE_H
#include "measure/proportion.h"

typedef enum { TACTIC_NOT_OFFERED, TACTIC_OFFERED, TACTIC_ACCEPTED, TACTIC_TOOK_PART } TacticState;

/* Share of what was offered that was accepted or done, each tactic weighing the same. False: nothing was offered. */
bool receptive_index(const TacticState *, size_t n, double *ret);

/* Of the offered, the accepted; of the accepted, those that took part: for one phase, over many customers. */
typedef struct { Tally accepted, took_part; } Funnel;
Funnel receptive_funnel(const TacticState *, size_t n);

#define INVITATIONS_MOST 2
bool receptive_may_invite(int64_t open_invitations, bool said_never);     /* "never" is final */
#endif
