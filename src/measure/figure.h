/* measure/figure.h: a figure with all that it must never be shown without: from how many, how sure, of when, through
   whose eyes, and how many stayed silent (B5). One shape for pages, files and programs.
   Not here: the words and the drawing (ui/views/number.html, web/figure_json.h). Never of one person beside another. */
#ifndef MEASURE_FIGURE_H
#define MEASURE_FIGURE_H
#include "measure/display.h"
#include "measure/instrument.h"
#include "measure/spread.h"

typedef enum { FIGURE_SHARE, FIGURE_TIME, FIGURE_SCORE, FIGURE_INDEX, FIGURE_COUNT } FigureKind;   /* k of n · median µs · −100…100 · mean 0…100 · median of whole numbers */
typedef enum { EYES_CUSTOMER, EYES_AGENT, EYES_BOTH } Eyes;                          /* whose clock, whose eyes */
Str eyes_name(Eyes);                     /* "customer", "agent", "both" */

typedef struct {
  Str        name;                       /* of the measure, as the API spells it; for figures of no measure a word of their own */
  FigureKind kind;
  Eyes       eyes;
  int64_t    k, n;                       /* k: of a share; else n */
  int64_t    silent;                     /* were asked, or are counted on, and never said */
  int64_t    from, to;                   /* the period, µs UTC, to is not in it; 0 and 0: always */
  double     value;                      /* share in [0, 1], µs, points, index; NAN if n = 0 */
  Interval   ci;                         /* 95 %, in the unit of value */
  Interval   bounds;                     /* what it could be had the silent ones spoken, at worst and at best (B6); of a length of time: ci */
  bool       less;                       /* of a share: k are the bad ones */
  Show       show;
  const Str *answers; size_t answer_n;   /* the answers themselves, in the reader's words, where there are at most four */
} Figure;

/* from, to, eyes and name are the caller's to set. */
Figure figure_share(Tally, int64_t silent);
Figure figure_time(Arena *, const double *us, size_t n);             /* median, interval by ranks */
Figure figure_count(Arena *, const double *of, size_t n);            /* the same of how often something was: points, steps */
Figure figure_spread(const Spread *);                                /* the same of times that were counted in steps */
Figure figure_score(Recommends, int64_t silent);
/* Mean of values in [0, 100], interval by Student's t, cut at the ends of the scale; from 0 to 100 below two values. */
Figure figure_index(const double *v, size_t n, int64_t silent);
Figure figure_index_of(int64_t n, double sum, double variance, int64_t silent);     /* the same of values that were added up; variance: n - 1 below the line, not looked at below two */
#endif
