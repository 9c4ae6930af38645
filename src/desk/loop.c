/* desk/loop.c: the table of the loop, and the few rules about hours beside it. */
#include "desk/loop.h"

static const Str states[LOOP_STATE_COUNT] = {
#define X(name) [LOOP_##name] = { #name, sizeof(#name) - 1 },
  LOOP_STATES(X)
#undef X
};
static const Str acts[LOOP_ACT_COUNT] = {
#define X(name, text) [LOOP_ACT_##name] = { text, sizeof(text) - 1 },
  LOOP_ACTS(X)
#undef X
};
static const Str outcomes[LOOP_OUTCOME_COUNT] = {
#define X(name, text) [LOOP_##name] = { text, sizeof(text) - 1 },
  LOOP_OUTCOMES(X)
#undef X
};
static const Str sides[] = {
  [LOOP_CUSTOMER] = { "customer", 8 }, [LOOP_PROVIDER] = { "provider", 8 }, [LOOP_SYSTEM] = { "system", 6 },
};

static unsigned name_find(const Str *names, size_t n, Str name) {
  for (unsigned i = 1; i < n; i++) if (str_eq(names[i], name)) return i;
  return 0;
}
static Str name_at(const Str *names, unsigned i) { return i ? names[i] : S(""); }

Str       loop_state_name(LoopState s)     { return name_at(states, s); }
Str       loop_act_name(LoopAct a)         { return name_at(acts, a); }
Str       loop_side_name(LoopSide s)       { return name_at(sides, s); }
Str       loop_outcome_name(LoopOutcome o) { return name_at(outcomes, o); }
LoopState loop_state_of(Str s)             { return (LoopState)name_find(states, COUNT(states), s); }
LoopAct   loop_act_of(Str s)               { return (LoopAct)name_find(acts, COUNT(acts), s); }
LoopSide  loop_side_of(Str s)              { return (LoopSide)name_find(sides, COUNT(sides), s); }

/* ── the table ───────────────────────────────────────────────────────── */
#define IN(s) (1u << LOOP_##s)
#define OPEN  (IN(REQUESTED) | IN(COUNTERED) | IN(PROMISED) | IN(REPORTED) | IN(REVOKED) | IN(AMENDING))
#define C LOOP_CUSTOMER
#define P LOOP_PROVIDER

static const struct { unsigned from; LoopAct act; LoopSide by; LoopState to; } moves[] = {
  { IN(NEW),                      LOOP_ACT_REQUEST,       C,           LOOP_REQUESTED },
  { IN(NEW),                      LOOP_ACT_OFFER,         P,           LOOP_COUNTERED },
  { IN(REQUESTED),                LOOP_ACT_PROMISE,       P,           LOOP_PROMISED  },
  { IN(REQUESTED),                LOOP_ACT_COUNTER,       P,           LOOP_COUNTERED },
  { IN(REQUESTED),                LOOP_ACT_DECLINE,       P,           LOOP_DECLINED  },
  { IN(COUNTERED),                LOOP_ACT_ACCEPT_OFFER,  C,           LOOP_PROMISED  },
  { IN(COUNTERED),                LOOP_ACT_COUNTER_BACK,  C,           LOOP_REQUESTED },
  { OPEN & ~IN(AMENDING),         LOOP_ACT_WITHDRAW,      C,           LOOP_WITHDRAWN },
  { IN(PROMISED),                 LOOP_ACT_REPORT,        P,           LOOP_REPORTED  },
  { IN(REPORTED),                 LOOP_ACT_ACCEPT,        C,           LOOP_ACCEPTED  },
  { IN(REPORTED) | IN(LAPSED),    LOOP_ACT_NOT_YET,       C,           LOOP_PROMISED  },
  { IN(PROMISED),                 LOOP_ACT_REVOKE,        P,           LOOP_REVOKED   },
  { IN(REVOKED),                  LOOP_ACT_ACCEPT_OFFER,  C,           LOOP_PROMISED  },
  { IN(PROMISED),                 LOOP_ACT_AMEND,         C,           LOOP_AMENDING  },
  { IN(AMENDING),                 LOOP_ACT_PROMISE,       P,           LOOP_PROMISED  },
  { IN(AMENDING),                 LOOP_ACT_DECLINE_AMEND, P,           LOOP_PROMISED  },
  { IN(REPORTED),                 LOOP_ACT_LAPSE,         LOOP_SYSTEM, LOOP_LAPSED    },
};

/* Whose move each state waits for. */
static const LoopSide natural[LOOP_STATE_COUNT] = {
  [LOOP_REQUESTED] = P, [LOOP_COUNTERED] = C, [LOOP_PROMISED] = P,
  [LOOP_REPORTED]  = C, [LOOP_REVOKED]   = C, [LOOP_AMENDING] = P,
};

#undef C
#undef P

bool     loop_ended(LoopState s)        { return s > LOOP_NEW && natural[s] == LOOP_NOBODY; }
LoopSide loop_natural_ball(LoopState s) { return natural[s]; }

bool loop_needs_due(LoopAct a) {
  return a == LOOP_ACT_PROMISE || a == LOOP_ACT_COUNTER || a == LOOP_ACT_OFFER || a == LOOP_ACT_REVOKE;
}
bool loop_needs_reason(LoopAct a) { return a == LOOP_ACT_DECLINE || a == LOOP_ACT_NOT_YET || a == LOOP_ACT_REVOKE; }

static LoopState state_now(const Loop *l) { return l->state ? l->state : LOOP_NEW; }
static LoopSide  other(LoopSide s)        { return s == LOOP_CUSTOMER ? LOOP_PROVIDER : LOOP_CUSTOMER; }
static bool      clarifies(LoopAct a)     { return a == LOOP_ACT_ASK || a == LOOP_ACT_ANSWER; }

/* Asking hands the ball over, answering gives it back; the state stays. */
static bool may_clarify(const Loop *l, LoopAct act, LoopSide by) {
  if (by != LOOP_CUSTOMER && by != LOOP_PROVIDER) return false;
  return (OPEN >> state_now(l) & 1) && (act == LOOP_ACT_ASK || l->ball == by);
}

/* The state an act leads to; LOOP_NO_STATE and a reason if it may not be. */
static LoopState target(const Loop *l, LoopAct act, LoopSide by, LoopWhy *why) {
  LoopState now = state_now(l);
  *why = clarifies(act) ? LOOP_WRONG_STATE : LOOP_WRONG_SIDE;
  if (clarifies(act)) return may_clarify(l, act, by) ? now : LOOP_NO_STATE;
  for (size_t i = 0; i < COUNT(moves); i++) {
    if (moves[i].act != act || moves[i].by != by) continue;
    if (moves[i].from >> now & 1) return moves[i].to;
    *why = LOOP_WRONG_STATE;
  }
  return LOOP_NO_STATE;
}

unsigned loop_allowed(const Loop *l, LoopSide by) {
  unsigned set = 0;
  LoopWhy why;
  for (LoopAct a = 1; a < LOOP_ACT_COUNT; a++) if (target(l, a, by, &why)) set |= 1u << a;
  return set;
}

/* ── the hours ───────────────────────────────────────────────────────── */

/* A version comes into force. Changing the hour after it fell due breaks the promise for good. */
static void version_new(Loop *l, int64_t at, int64_t due) {
  if (l->version > 0 && at > l->due) l->late = true;
  else if (l->version > 0 && due != l->due) l->redated = true;
  l->due = due;
  l->offered_due = 0;
  l->version++;
}

static LoopOutcome outcome_accepted(const Loop *l) {
  if (l->late || l->reported > l->due) return LOOP_BROKEN;
  return l->redated ? LOOP_RENEGOTIATED : LOOP_KEPT;
}

/* Taken back by the customer: broken if the hour had passed without a report, or the promise had been revoked. */
static LoopOutcome outcome_withdrawn(const Loop *l, LoopState from, int64_t at) {
  if (l->version == 0) return LOOP_NO_OUTCOME;
  int64_t done = l->reported ? l->reported : at;
  return l->late || from == LOOP_REVOKED || done > l->due ? LOOP_BROKEN : LOOP_NO_OUTCOME;
}

static void hours(Loop *l, LoopState from, const LoopStep *s) {
  switch (s->act) {
    case LOOP_ACT_PROMISE:      version_new(l, s->at, s->due); break;
    case LOOP_ACT_OFFER:
    case LOOP_ACT_COUNTER:
    case LOOP_ACT_REVOKE:       l->offered_due = s->due; break;
    case LOOP_ACT_ACCEPT_OFFER: version_new(l, s->at, l->offered_due); break;
    case LOOP_ACT_COUNTER_BACK: l->offered_due = 0; break;
    case LOOP_ACT_REPORT:       l->reported = s->at; break;
    case LOOP_ACT_NOT_YET:      l->rework++; l->reported = 0; l->outcome = LOOP_NO_OUTCOME; break;
    case LOOP_ACT_ACCEPT:       l->outcome = outcome_accepted(l); break;
    case LOOP_ACT_LAPSE:        l->outcome = LOOP_SILENT; break;
    case LOOP_ACT_WITHDRAW:     l->outcome = outcome_withdrawn(l, from, s->at); break;
    default: break;
  }
}

bool loop_step(Loop *l, const LoopStep *s, LoopWhy *ret_why) {
  LoopState from = state_now(l), to = target(l, s->act, s->by, ret_why);
  if (!to) return false;
  *ret_why = LOOP_NO_HOUR;
  if (loop_needs_due(s->act) && s->due <= 0) return false;
  *ret_why = LOOP_BACK_IN_TIME;
  if (s->at < l->at) return false;
  *ret_why = LOOP_FINE;
  hours(l, from, s);
  l->state = to;
  l->ball = clarifies(s->act) ? other(s->by) : natural[to];
  l->at = s->at;
  return true;
}
