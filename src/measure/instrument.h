/* measure/instrument.h: what the answers on a card come to (B4). Not here: whom to ask and when (desk), how a figure may be
   shown (display.h). An answer outside its scale counts as none given. */
#ifndef MEASURE_INSTRUMENT_H
#define MEASURE_INSTRUMENT_H
#include "measure/proportion.h"

/* k answers in the top boxes of n on the scale. */
Tally instrument_satisfied(const int64_t *v, size_t n);      /* 1-5: 4 and 5; top two boxes, ISO 10004 */
Tally instrument_easy(const int64_t *v, size_t n);           /* 1-7: 5 to 7; Customer Effort Score 2.0 */
typedef enum { SORTED_NO, SORTED_PARTLY, SORTED_YES } Sorted;
Tally instrument_sorted(const Sorted *v, size_t n);          /* "Is it sorted for you?": yes */

typedef struct { int64_t promoters, passives, detractors; } Recommends;
Recommends instrument_recommends(const int64_t *v, size_t n);     /* 0-10: 9-10, 7-8, 0-6; for recommend_score */

/* Minutes lost, as told: the median and the sum; a mean would hide the few that cost most. n >= 1. */
typedef struct { double median, total; } LostTime;
LostTime instrument_lost_time(Arena *, const double *minutes, size_t n);

/* Five dimensions: tangibles, reliability, responsiveness, assurance, empathy, 1-7 each. Performance is their mean; the gap
   is sum w (perceived - expected) / sum w, weights >= 0 and not all 0.
   SERVPERF, Cronin and Taylor 1992; SERVQUAL, Parasuraman, Zeithaml and Berry 1988. */
#define RATER 5
double instrument_performance(const double perceived[RATER]);
double instrument_gap(const double perceived[RATER], const double expected[RATER], const double weight[RATER]);
#endif
