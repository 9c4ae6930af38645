/* measure/journey.h: a journey as it went beside the one that was planned (B14).
   Kinds of deviation after CJML (Halvorsrud, Kvale and Folstad 2016, SINTEF). Not here: the map and its file forms. */
#ifndef MEASURE_JOURNEY_H
#define MEASURE_JOURNEY_H
#include "measure/proportion.h"

typedef enum { STEP_AS_PLANNED, STEP_OUT_OF_ORDER, STEP_FAILING, STEP_AD_HOC } StepKind;
typedef struct { int64_t touchpoint; bool failed; StepKind kind; } JourneyStep;    /* kind is set here; touchpoint: id in the plan or any other */

typedef struct { int64_t planned, completed, missing, failing, ad_hoc, out_of_order; Tally conformance; } JourneyFit;

/* A planned touchpoint is completed once it did not fail; failing if it was tried and only failed; else missing. A visit
   to what is not planned, or again to what is completed, is ad hoc. Completed ones outside the longest stretch in planned
   order are out of order (they stay completed). planned: ids, each once, at most JOURNEY_MOST. Conformance: completed of
   planned + ad hoc. B14. Sets kind of every step; a journey may loop. */
#define JOURNEY_MOST 500
JourneyFit journey_fit(Arena *, const int64_t *planned, size_t planned_n, JourneyStep *steps, size_t steps_n);

/* What to mend first: customers affected x how far it falls short of their own bar (0 if it does not). */
double journey_priority(int64_t affected, double own_bar, double reached);
#endif
