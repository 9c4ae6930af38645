/* measure/journey.c: one pass that pairs steps with the plan, one that finds the longest stretch in order. */
#include "measure/journey.h"
#include <assert.h>

static size_t place(const int64_t *planned, size_t n, int64_t id) {
  for (size_t i = 0; i < n; i++) if (planned[i] == id) return i;
  return n;
}

/* Of the completing steps (their places in the plan, in the order they happened), marks those outside the longest
   ascending run of places. Quadratic, on at most JOURNEY_MOST. */
static int64_t out_of_order(Arena *a, const size_t *at, const size_t *step, size_t n, JourneyStep *steps) {
  size_t *length = NEW_N(a, size_t, n + 1), *before = NEW_N(a, size_t, n + 1), best = 0;
  bool *kept = NEW_N(a, bool, n + 1);
  for (size_t i = 0; i < n; i++) {
    length[i] = 1;
    before[i] = n;
    for (size_t j = 0; j < i; j++)
      if (at[j] < at[i] && length[j] + 1 > length[i]) { length[i] = length[j] + 1; before[i] = j; }
    if (length[i] > length[best]) best = i;
  }
  for (size_t i = best; n && i < n; i = before[i]) kept[i] = true;
  int64_t out = 0;
  for (size_t i = 0; i < n; i++) {
    if (kept[i]) continue;
    steps[step[i]].kind = STEP_OUT_OF_ORDER;
    out++;
  }
  return out;
}

JourneyFit journey_fit(Arena *a, const int64_t *planned, size_t planned_n, JourneyStep *steps, size_t steps_n) {
  assert(planned_n <= JOURNEY_MOST);
  JourneyFit f = { .planned = (int64_t)planned_n };
  bool *done = NEW_N(a, bool, planned_n + 1), *tried = NEW_N(a, bool, planned_n + 1);
  size_t *at = NEW_N(a, size_t, planned_n + 1), *step = NEW_N(a, size_t, planned_n + 1), n = 0;
  for (size_t i = 0; i < steps_n; i++) {
    size_t p = place(planned, planned_n, steps[i].touchpoint);
    if (p == planned_n || done[p]) {
      steps[i].kind = STEP_AD_HOC;
      f.ad_hoc++;
    } else if (steps[i].failed) {
      steps[i].kind = STEP_FAILING;
      tried[p] = true;
    } else {
      steps[i].kind = STEP_AS_PLANNED;
      done[p] = true;
      at[n] = p;
      step[n++] = i;
    }
  }
  for (size_t p = 0; p < planned_n; p++) {
    if (done[p]) f.completed++;
    else if (tried[p]) f.failing++;
    else f.missing++;
  }
  f.out_of_order = out_of_order(a, at, step, n, steps);
  f.conformance = (Tally){ f.completed, f.planned + f.ad_hoc };
  return f;
}

double journey_priority(int64_t affected, double own_bar, double reached) {
  return own_bar > reached ? (double)affected * (own_bar - reached) : 0;
}
