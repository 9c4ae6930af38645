/* measure/effort.h: what it cost the customer to get there: sorted at the first contact (B8), points of effort (B9). */
#ifndef MEASURE_EFFORT_H
#define MEASURE_EFFORT_H
#include "measure/proportion.h"

/* One need, as far as it is known. Touches are those the customer began, on any channel, incl. a call given up. */
typedef struct {
  bool    judged, sorted;         /* there is a verdict; it says "sorted: yes" */
  bool    agent_says_first;       /* the agent closed it as solved at first contact */
  int64_t touches;
  int64_t again_after;            /* days until the same need came back on any channel; below 0: it did not */
} Need;

/* customer: of the needs with a verdict, sorted with one touch and not back within days. proxy: of those without, one touch and
   not back. agent: of all, what the agent says. optimism: agent less customer share, over the needs with a verdict; NAN if there are none.
   days: 7, and 30 beside it. */
typedef struct { Tally customer, proxy, agent; double optimism; } FirstContact;
FirstContact effort_first_contact(const Need *, size_t n, int64_t days);

/* What was observed; unit weights after the drivers of disloyalty of Dixon, Freeman and Toman 2010. */
typedef struct { int64_t touches, transfers, repeats, switches, reopens, asked; } EffortSeen;   /* asked: forms, logs, visits wanted of them */
int64_t effort_points(const EffortSeen *);          /* (touches - 1) and the rest, never below 0 */

#define EFFORT_HIGH 5
bool effort_disagrees(bool agent_thinks_easy, int64_t points);     /* worth a look: "easy", and EFFORT_HIGH points or more */
#endif
