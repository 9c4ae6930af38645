/* desk/loop.h: the one state machine of the product: a conversation for action between a customer (who asks) and a
   provider (who promises). After Winograd and Flores (1986), ActionWorkflow (Medina-Mora, Winograd, Flores and Flores
   1992) and DEMO (Dietz): request, promise, report, accept, and the ways to negotiate, change one's mind and say no.
   Pure: acts in, state out; no clock, no store, no people. Who a side is, and what is stored, is desk/act.h.
   Invariant: nothing but the customer's own accept leads into ACCEPTED. */
#ifndef DESK_LOOP_H
#define DESK_LOOP_H
#include "base/base.h"

#define LOOP_STATES(X) \
  X(NEW) X(REQUESTED) X(COUNTERED) X(PROMISED) X(REPORTED) X(REVOKED) X(AMENDING) \
  X(ACCEPTED) X(DECLINED) X(WITHDRAWN) X(LAPSED)
#define X(name) LOOP_##name,
typedef enum { LOOP_NO_STATE, LOOP_STATES(X) LOOP_STATE_COUNT } LoopState;
#undef X

#define LOOP_ACTS(X) \
  X(REQUEST, "request") X(OFFER, "offer") X(PROMISE, "promise") X(COUNTER, "counter") X(DECLINE, "decline") \
  X(ACCEPT_OFFER, "accept-offer") X(COUNTER_BACK, "counter-back") X(WITHDRAW, "withdraw") X(REPORT, "report") \
  X(ACCEPT, "accept") X(NOT_YET, "not-yet") X(REVOKE, "revoke") X(AMEND, "amend") X(DECLINE_AMEND, "decline-amend") \
  X(LAPSE, "lapse") X(ASK, "ask") X(ANSWER, "answer")
#define X(name, text) LOOP_ACT_##name,
typedef enum { LOOP_NO_ACT, LOOP_ACTS(X) LOOP_ACT_COUNT } LoopAct;
#undef X

typedef enum { LOOP_NOBODY, LOOP_CUSTOMER, LOOP_PROVIDER, LOOP_SYSTEM } LoopSide;   /* also: who has the ball */

/* What became of the promise. SILENT: the customer never said; it counts neither as kept nor as broken.
   RENEGOTIATED: kept, after a new hour was agreed before the old one fell due; reported apart. */
#define LOOP_OUTCOMES(X) X(KEPT, "kept") X(BROKEN, "broken") X(RENEGOTIATED, "renegotiated") X(SILENT, "silent")
#define X(name, text) LOOP_##name,
typedef enum { LOOP_NO_OUTCOME, LOOP_OUTCOMES(X) LOOP_OUTCOME_COUNT } LoopOutcome;
#undef X

Str         loop_state_name(LoopState);     /* "REQUESTED"; "" for none */
LoopState   loop_state_of(Str);
Str         loop_act_name(LoopAct);         /* "accept-offer" */
LoopAct     loop_act_of(Str);
Str         loop_side_name(LoopSide);       /* "customer", "provider", "system", "" */
LoopSide    loop_side_of(Str);
Str         loop_outcome_name(LoopOutcome); /* "kept"; "" while open */
bool        loop_ended(LoopState);          /* ACCEPTED, DECLINED, WITHDRAWN, LAPSED (which can be taken up again) */
LoopSide    loop_natural_ball(LoopState);   /* whose move the state itself waits for; asking and answering move it away */
bool        loop_needs_due(LoopAct);        /* promise, counter, offer, revoke carry an hour */
bool        loop_needs_reason(LoopAct);     /* decline, not-yet, revoke carry words */

/* All that the rules remember of one loop. Zero is a loop in which nothing was said yet (NEW). */
typedef struct {
  LoopState   state;
  LoopSide    ball;
  int64_t     at;          /* of the last act, microseconds UTC; acts never go back in time */
  int64_t     due;         /* of the promise version in force, 0 if none */
  int64_t     offered_due; /* of a counter-offer or replacement not answered yet, 0 if none */
  int64_t     reported;    /* of the report that waits for its verdict, 0 if none */
  int64_t     version;     /* promise versions agreed so far */
  int64_t     rework;      /* how often "not yet" was said */
  bool        redated;     /* a new hour was agreed before the old one fell due */
  bool        late;        /* an hour was changed after it fell due: broken for good */
  LoopOutcome outcome;
} Loop;

typedef struct { LoopAct act; LoopSide by; int64_t at, due; } LoopStep;   /* due: where the act carries an hour */
typedef enum { LOOP_FINE, LOOP_WRONG_STATE, LOOP_WRONG_SIDE, LOOP_NO_HOUR, LOOP_BACK_IN_TIME } LoopWhy;

/* Does one act. false: not allowed, the loop is untouched, *ret_why says how. The rule of promises: kept if the report that
   was finally accepted came no later than the hour of the version in force when that hour fell; an hour changed after it
   fell is broken; changed before, by agreement, is renegotiated; a lapse is silent. */
bool loop_step(Loop *, const LoopStep *, LoopWhy *ret_why) CHECKED;

/* The acts the table allows this side now, as bits 1u << LoopAct. */
unsigned loop_allowed(const Loop *, LoopSide by);
#endif
