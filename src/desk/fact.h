/* desk/fact.h: one request as a measure sees it: what happened on both clocks, what it asked of them, what they said of it.
   Derived from the request and its acts, messages, touches and verdicts, and from nothing else; kept by follow.h.
   Not here: what a measure makes of it (figure.h). Zero: not yet, or not said; -1 where 0 would be an answer. */
#ifndef DESK_FACT_H
#define DESK_FACT_H
#include "measure/effort.h"
#include "store/db.h"

typedef struct {
  int64_t request_id, version, team_id, organisation_id, service_id, asker_id, owner_id;
  Str kind, channel, outcome;
  int64_t since_at, heard_at, verdict_at, ended_at, hear_us, hear_work_us, in_time;
  int64_t customer_us, provider_us, theirs_us, supplier_us, closed_us, reach_us;
  int64_t touches, transfers, repeats, switches, reopens, asks, again_after, agent_first, cards, answered;
  Str sorted, against_bar, moment_kind;
  int64_t satisfaction, ease, lost_minutes, honoured, bad, bad_at;
  int64_t month, messages, acts, written;                /* for what serving took: desk/serving.h */
} Fact;
extern const Shape fact_shape;
#define FACT_COLS "f.request_id, f.version, f.team_id, f.organisation_id, f.service_id, f.asker_id, f.owner_id, f.kind, f.channel, f.outcome," \
  " f.since_at, f.heard_at, f.verdict_at, f.ended_at, f.hear_us, f.hear_work_us, f.in_time, f.customer_us, f.provider_us, f.theirs_us, f.supplier_us," \
  " f.closed_us, f.reach_us, f.touches, f.transfers, f.repeats, f.switches, f.reopens, f.asks, f.again_after, f.agent_first, f.cards, f.answered," \
  " f.sorted, f.against_bar, f.moment_kind, f.satisfaction, f.ease, f.lost_minutes, f.honoured, f.bad, f.bad_at," \
  " f.month, f.messages, f.acts, f.written"

EffortSeen fact_effort(const Fact *);
Need fact_need(const Fact *);

/* Read anew from the tables of the loop: the requests lo to hi (both included) that there are. rows of Fact. */
Err fact_make(Cx *, int64_t lo, int64_t hi, Rows *ret) CHECKED;

/* Writes them in place of what was known; the days they touch and did touch move with them, and it is noted who was served. */
Err fact_put(Cx *, const Rows *) CHECKED;

/* Only writes them: of requests that have none. series_anew is the caller's. */
Err fact_fill(Cx *, const Rows *) CHECKED;

Err fact_of(Cx *, int64_t request, Fact *ret) CHECKED;       /* as it is kept; E_ABSENT. The caller has seen to who may see it */
#endif
