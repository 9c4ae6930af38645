/* measure/display.h: the small-sample contract (B5): how much a figure may claim, from how many it stands on.
   Not here: the words and the drawing (views do that). */
#ifndef MEASURE_DISPLAY_H
#define MEASURE_DISPLAY_H
#include "base/str.h"
#include "measure/proportion.h"

typedef enum {
  SHOW_NONE,        /* n = 0: "nobody asked yet" */
  SHOW_LIST,        /* 1-4: the answers themselves, no percentage */
  SHOW_INTERVAL,    /* 5-9: "k of n" and the interval as a bar */
  SHOW_PERCENT      /* 10 and more: percentage with interval */
} Show;

Show display_of(int64_t n);
Str  display_name(Show);                 /* none, list, interval, percent: as the API spells them */

/* An arrow or a colour is allowed only on a signal of the control chart, or when the interval of the difference
   leaves zero out, and the figure is one that may be shown at all. */
bool display_may_mark(int64_t n, bool chart_signal, const Difference *or_null);

/* What things (never persons) may be ranked by: the lower Wilson bound, 95 %. */
double display_rank(int64_t k, int64_t n);
#endif
