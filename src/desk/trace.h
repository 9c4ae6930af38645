/* desk/trace.h: how a journey was really walked, read from acts, messages, touches and verdicts of the loop and never typed in.
   A walk is one person's: it begins with their first visit to a touchpoint of the map and lasts journey.days. All their requests of that
   time are in it, those that no touchpoint takes as well. Only requests the viewer may see exist here (sight.h); verdicts only
   for who may hear them.
   Not here: what follows from many walks (journey_measures.h), the arithmetic of order (measure/journey.h). */
#ifndef DESK_TRACE_H
#define DESK_TRACE_H
#include "desk/touchpoint.h"
#include "measure/journey.h"
#include "measure/moment.h"

/* One request as far as a walk needs it. Times: microseconds UTC, 0: not yet. */
typedef struct {
  int64_t id, asker_id, organisation_id, service_id, team_id, rework, since_at, created_at, ended_at, bar_by, due_at;
  int64_t promised_at, asked_at, reported_at, accepted_at;    /* the first of each */
  int64_t said, channels, transfers, asks;                    /* words of the asker, on how many channels, times handed over, times we asked something of them */
  Str kind, subject, channel, state, outcome, service, asker;
} TraceRequest;

/* A verdict as it was heard. */
typedef struct { int64_t request_id, asked_at, at, ease, satisfaction, repeated, nameless; Str sorted, against_bar, words, moment; } TraceVerdict;

/* One step: a visit to touchpoint `place` of the map, or (place -1) something that no touchpoint takes. kind: of journey_fit. */
typedef struct {
  int64_t at, wait;                /* when; how long they had waited for it on their own clock, -1: nothing to measure from */
  int place;
  bool silent;                     /* it was asked how it was, and nobody said */
  bool failed, carries;            /* carries: effort, promise and verdicts of the request are told at this step, and nowhere else */
  StepKind kind;
  const TraceRequest *r;
  const TraceVerdict *v; size_t v_n;   /* answered, oldest first */
} Step;

typedef struct {
  int64_t id;                      /* number of the request it began with: names the walk */
  int64_t person, organisation, from;
  bool over;                       /* they came to the last touchpoint, or its time has run out; else what is to come is not missing yet */
  Step *steps; size_t n;           /* in order of time */
  const bool *pending;             /* of each touchpoint of the map: they have asked for it, and it is still to come: not missing */
  JourneyFit fit;
  size_t reached;                  /* how many touchpoints of the map it was held against: all, or up to the last one reached while it goes on */
} Walk;
typedef struct { Walk *at; size_t n; bool cut; const Touchpoint *map; size_t map_n; } Walks;   /* cut: there were more requests than are read at once */

/* Walks that began in [from, to). organisation: of its people only, 0: all. */
typedef struct { int64_t from, to, organisation; } TraceFilter;
#define TRACE_MOST 6000
/* "WITH who AS (…) ": column person, whose walks these are. ?1 and ?2 are those of SIGHT; what is added comes behind it. */
Query trace_people(Cx *, const Journey *, const Rows *touchpoints, const TraceFilter *);
Err trace_walks(Cx *, const Journey *, const Rows *touchpoints, const TraceFilter *, Walks *ret) CHECKED;   /* newest first */

/* How it was for them, 0…100, of all that the verdict says: satisfaction, else ease and whether it is sorted. NAN: it says nothing of that. */
double trace_rating(const TraceVerdict *);
bool trace_rated(const TraceVerdict *);                      /* it says how it was */
/* Good: sorted, not below their own bar, and neither hard nor unsatisfying (B7). */
bool trace_good(const TraceVerdict *);
/* Words of the customer in it, "" if there are none. */
Str trace_words(const TraceVerdict *);
int64_t trace_effort(const TraceRequest *, const TraceVerdict *, size_t n);    /* points, B9 */
#endif
