/* desk/journey_measures.h: what many walks together say of a journey, touchpoint by touchpoint (B14; B2 waits, B7 worst and last, B9
   effort, B11 the own bar). Every figure is over what the viewer may see, in the period of the filter.
   Not here: the walks (trace.h), how near people feel (journey_near.h), words and drawing (web). */
#ifndef DESK_JOURNEY_MEASURES_H
#define DESK_JOURNEY_MEASURES_H
#include "desk/trace.h"
#include "measure/figure.h"

typedef struct { Str channel; int64_t n; } ChannelCount;
typedef struct { int64_t request_id; Str words; double rating; bool nameless; } Worst;   /* request_id 0: none was bad */

typedef struct {
  const Touchpoint *t;
  int64_t visits, people;          /* times somebody was there; persons */
  Figure wait;                     /* before it, on the customer's clock: median */
  Figure effort;                   /* points: median (B9) */
  Figure good;                     /* of those who said how it was (trace_good), when first asked */
  Figure feeling;                  /* mean of how it was, 0…100 */
  Figure bar;                      /* at or above their own bar, of those who said (B11) */
  Figure late;                     /* we promised a later hour than they asked for, of those who asked for one */
  Figure kept; int64_t renegotiated, silent;   /* promises: kept of kept and broken; the others apart */
  Figure near;                     /* how near they feel the team that served them there, afterwards: mean 0…100, one answer a person (journey_near.h) */
  Worst worst;
  const ChannelCount *channels; size_t channel_n;   /* most first */
  int64_t below;                   /* said: below my own bar */
  bool marked;                     /* worse than the rest of the journey, beyond chance (B5): a colour is allowed */
  double priority;                 /* people x share below their own bar; 0 where fewer than 5 said */
} Stage;

/* What went otherwise than planned, and for how many walks. place, other: of the map. */
typedef enum { WENT_MISSING, WENT_FAILING, WENT_AGAIN, WENT_ELSEWHERE, WENT_EARLY, WENT_COUNT } Went;
typedef struct { Went went; int place, other; int64_t service_id, walks; Str service; } Deviation;   /* early: `place` came before `other`; elsewhere: a request to that service */
Str  went_name(Went);
bool went_of(Str, Went *ret);

typedef struct {
  int64_t walks, people, still;    /* still: walks that go on */
  bool cut;
  Stage *stages; size_t stage_n;
  Deviation *went; size_t went_n;  /* most walks first */
  const Stage **mend; size_t mend_n;   /* where mending helps most people, at most three */
  Figure planned;                  /* steps as planned, of planned and unplanned ones, all walks together (conformance, B14) */
  Figure bad;                      /* walks with at least one bad moment, of those with a verdict (B7) */
  Figure remembered;               /* mean over walks of what is likely remembered (B7), of walks with two verdicts or more */
  RememberWeights weights;
} JourneyMeasures;

JourneyMeasures journey_measures(Cx *, const Walks *, const TraceFilter *);

/* Ratings of a walk in the order they were given; as many as its steps' verdicts at most. */
size_t walk_ratings(Arena *, const Walk *, double **ret);

/* The steps of a walk in which it went so; a missing one has none, then *ret_missing. */
bool walk_went(const Walk *, const Deviation *, const Step **ret);
#endif
