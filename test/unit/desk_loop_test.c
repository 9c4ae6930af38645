/* The loop by its worked examples, and by a million random sequences. */
#include "base/random.h"
#include "desk/loop.h"
#include "test.h"

/* "promise:10" = a promise for minute 10; each act comes at its own minute: "5 report". */
static bool play(Loop *l, const char *script) {
  Str rest = str_z(script), word;
  while (rest.n) {
    str_cut(rest, ',', &word, &rest);
    word = str_trim(word);
    Str minute, act, due;
    str_cut(word, ' ', &minute, &act);
    str_cut(act, ':', &act, &due);
    int64_t at = 0, d = 0;
    if (!str_int(minute, &at)) return false;
    if (due.n && !str_int(due, &d)) return false;
    LoopAct which = loop_act_of(act);
    LoopSide by = which == LOOP_ACT_LAPSE ? LOOP_SYSTEM : LOOP_PROVIDER;
    Loop probe = { .state = l->state, .ball = l->ball };
    if (loop_allowed(&probe, LOOP_CUSTOMER) >> which & 1) by = LOOP_CUSTOMER;
    LoopWhy why;
    if (!loop_step(l, &(LoopStep){ which, by, at * MINUTE, d * MINUTE }, &why)) return false;
  }
  return true;
}

TEST(loop_worked_examples) {
  static const struct { int line; const char *script; LoopState end; LoopOutcome outcome; int rework; } cases[] = {
    { __LINE__, "1 request, 2 promise:10, 9 report, 20 accept", LOOP_ACCEPTED, LOOP_KEPT, 0 },
    { __LINE__, "1 request, 2 counter:20, 3 counter-back, 4 promise:10, 5 report, 6 not-yet, 10 report, 11 accept", LOOP_ACCEPTED, LOOP_KEPT, 1 },
    { __LINE__, "1 request, 2 promise:10, 9 report, 10 not-yet, 11 report, 12 accept", LOOP_ACCEPTED, LOOP_BROKEN, 1 },
    { __LINE__, "1 request, 2 promise:10, 5 revoke:20, 6 accept-offer, 19 report, 20 accept", LOOP_ACCEPTED, LOOP_RENEGOTIATED, 0 },
    { __LINE__, "1 request, 2 promise:10, 5 revoke:20, 6 accept-offer, 21 report, 22 accept", LOOP_ACCEPTED, LOOP_BROKEN, 0 },
    { __LINE__, "1 request, 2 promise:10, 12 revoke:20, 13 accept-offer, 15 report, 16 accept", LOOP_ACCEPTED, LOOP_BROKEN, 0 },
    { __LINE__, "1 request, 2 promise:10, 9 report, 90 lapse", LOOP_LAPSED, LOOP_SILENT, 0 },
    { __LINE__, "1 request, 2 promise:10, 9 report, 90 lapse, 95 not-yet", LOOP_PROMISED, LOOP_NO_OUTCOME, 1 },
    { __LINE__, "1 offer:10, 2 accept-offer, 9 report, 10 accept", LOOP_ACCEPTED, LOOP_KEPT, 0 },
    { __LINE__, "1 request, 2 promise:10, 3 amend, 4 decline-amend, 9 report, 10 accept", LOOP_ACCEPTED, LOOP_KEPT, 0 },
    { __LINE__, "1 request, 2 promise:10, 3 amend, 4 promise:10, 9 report, 10 accept", LOOP_ACCEPTED, LOOP_KEPT, 0 },
    { __LINE__, "1 request, 2 promise:10, 3 amend, 4 promise:30, 29 report, 30 accept", LOOP_ACCEPTED, LOOP_RENEGOTIATED, 0 },
    { __LINE__, "1 request, 2 decline", LOOP_DECLINED, LOOP_NO_OUTCOME, 0 },
    { __LINE__, "1 request, 2 promise:10, 5 withdraw", LOOP_WITHDRAWN, LOOP_NO_OUTCOME, 0 },
    { __LINE__, "1 request, 2 promise:10, 15 withdraw", LOOP_WITHDRAWN, LOOP_BROKEN, 0 },
    { __LINE__, "1 request, 2 promise:10, 5 revoke:20, 6 withdraw", LOOP_WITHDRAWN, LOOP_BROKEN, 0 },
    { __LINE__, "1 request, 3 promise:3, 3 report, 4 accept", LOOP_ACCEPTED, LOOP_KEPT, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Loop l = { 0 };
    MUST_AT(cases[i].line, play(&l, cases[i].script));
    IS_AT(cases[i].line, loop_state_name(l.state), loop_state_name(cases[i].end));
    IS_AT(cases[i].line, loop_outcome_name(l.outcome), loop_outcome_name(cases[i].outcome));
    INT_AT(cases[i].line, l.rework, cases[i].rework);
  }
}

TEST(loop_refusals) {
  static const struct { int line; const char *before; LoopAct act; LoopSide by; int64_t at, due; LoopWhy why; } cases[] = {
    { __LINE__, "1 request, 2 promise:10, 9 report", LOOP_ACT_ACCEPT, LOOP_PROVIDER, 10, 0, LOOP_WRONG_SIDE },
    { __LINE__, "1 request, 2 promise:10, 9 report", LOOP_ACT_ACCEPT, LOOP_SYSTEM, 10, 0, LOOP_WRONG_SIDE },
    { __LINE__, "1 request, 2 promise:10", LOOP_ACT_ACCEPT, LOOP_CUSTOMER, 10, 0, LOOP_WRONG_STATE },
    { __LINE__, "1 request", LOOP_ACT_PROMISE, LOOP_PROVIDER, 2, 0, LOOP_NO_HOUR },
    { __LINE__, "5 request", LOOP_ACT_PROMISE, LOOP_PROVIDER, 4, 9, LOOP_BACK_IN_TIME },
    { __LINE__, "1 request, 2 promise:10", LOOP_ACT_LAPSE, LOOP_SYSTEM, 99, 0, LOOP_WRONG_STATE },
    { __LINE__, "1 request", LOOP_ACT_ANSWER, LOOP_CUSTOMER, 2, 0, LOOP_WRONG_STATE },
    { __LINE__, "1 request, 2 decline", LOOP_ACT_ASK, LOOP_CUSTOMER, 3, 0, LOOP_WRONG_STATE },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Loop l = { 0 }, was;
    MUST_AT(cases[i].line, play(&l, cases[i].before));
    was = l;
    LoopWhy why;
    MUST_AT(cases[i].line, !loop_step(&l, &(LoopStep){ cases[i].act, cases[i].by, cases[i].at * MINUTE, cases[i].due * MINUTE }, &why));
    INT_AT(cases[i].line, why, cases[i].why);
    MUST_AT(cases[i].line, memcmp(&was, &l, sizeof l) == 0);
  }
}

/* Asking and answering move the ball and nothing else. */
TEST(loop_clarification) {
  Loop l = { 0 };
  LoopWhy why;
  MUST(play(&l, "1 request, 2 promise:10"));
  MUST(loop_step(&l, &(LoopStep){ LOOP_ACT_ASK, LOOP_PROVIDER, 3 * MINUTE, 0 }, &why) && l.ball == LOOP_CUSTOMER && l.state == LOOP_PROMISED);
  MUST(loop_step(&l, &(LoopStep){ LOOP_ACT_ANSWER, LOOP_CUSTOMER, 4 * MINUTE, 0 }, &why) && l.ball == LOOP_PROVIDER && l.due == 10 * MINUTE);
}

/* A second, slow opinion on the outcome: from the whole history instead of the running sums. */
typedef struct { LoopAct act; LoopState from; int64_t at, due; } Said;
static LoopOutcome outcome_of_history(const Said *h, size_t n, LoopState end) {
  int64_t due = 0, offered = 0, reported = 0;
  bool redated = false, broken = false, any = false;
  for (size_t i = 0; i < n; i++) {
    int64_t next = -1;
    if (h[i].act == LOOP_ACT_PROMISE) next = h[i].due;
    if (h[i].act == LOOP_ACT_COUNTER || h[i].act == LOOP_ACT_OFFER || h[i].act == LOOP_ACT_REVOKE) offered = h[i].due;
    if (h[i].act == LOOP_ACT_ACCEPT_OFFER) next = offered;
    if (h[i].act == LOOP_ACT_REPORT) reported = h[i].at;
    if (h[i].act == LOOP_ACT_NOT_YET) reported = 0;
    if (next < 0) continue;
    if (any && h[i].at > due) broken = true;
    else if (any && next != due) redated = true;
    any = true;
    due = next;
  }
  if (end == LOOP_LAPSED) return LOOP_SILENT;
  if (end == LOOP_ACCEPTED) return broken || reported > due ? LOOP_BROKEN : redated ? LOOP_RENEGOTIATED : LOOP_KEPT;
  if (end == LOOP_WITHDRAWN && any) {
    bool late = (reported ? reported : h[n - 1].at) > due;
    return broken || late || h[n - 1].from == LOOP_REVOKED ? LOOP_BROKEN : LOOP_NO_OUTCOME;
  }
  return LOOP_NO_OUTCOME;
}

/* A million random sequences: into ACCEPTED only by the customer's accept; ball times add up to the microsecond; ended
   loops (but LAPSED) take no act; replay gives every state again; the outcome agrees with the history. */
TEST(loop_million_sequences) {
  Rng rng = rng_seed(20260514);
  int64_t ends[LOOP_STATE_COUNT] = { 0 };
  for (int round = 0; round < 1000000; round++) {
    Loop l = { 0 };
    Said said[24];
    LoopStep steps[24];
    Loop after[24];
    size_t n = 0;
    int64_t at = 1 + (int64_t)rng_below(&rng, 1000), began = 0, held[4] = { 0 };
    for (int turn = 0; turn < 24 && n < 24; turn++) {
      at += (int64_t)rng_below(&rng, 5000000);
      LoopStep s = { (LoopAct)rng_below(&rng, LOOP_ACT_COUNT), (LoopSide)rng_below(&rng, 4), at, at + (int64_t)rng_below(&rng, 9000000) - 1000 };
      if (rng_below(&rng, 4)) {                           /* mostly a legal act, so that loops get somewhere */
        unsigned legal = loop_allowed(&l, s.by);
        for (LoopAct act = 1; legal && act < LOOP_ACT_COUNT; act++)
          if (legal >> act & 1 && rng_below(&rng, 2)) { s.act = act; break; }
      }
      Loop before = l;
      LoopWhy why;
      if (!loop_step(&l, &s, &why)) { MUST(why != LOOP_FINE && memcmp(&before, &l, sizeof l) == 0); continue; }
      if (l.state == LOOP_ACCEPTED) MUST(s.act == LOOP_ACT_ACCEPT && s.by == LOOP_CUSTOMER && before.state == LOOP_REPORTED);
      MUST(!loop_ended(before.state) || before.state == LOOP_LAPSED);
      MUST(loop_ended(l.state) == (l.ball == LOOP_NOBODY));
      if (n) held[before.ball] += s.at - before.at; else began = s.at;
      said[n] = (Said){ s.act, before.state, s.at, s.due };
      steps[n] = s;
      after[n++] = l;
    }
    if (!n) continue;
    MUST(held[0] + held[1] + held[2] + held[3] == l.at - began);
    ends[l.state]++;
    MUST(l.outcome == outcome_of_history(said, n, l.state));
    Loop again = { 0 };
    LoopWhy why;
    for (size_t i = 0; i < n; i++) MUST(loop_step(&again, &steps[i], &why) && memcmp(&again, &after[i], sizeof again) == 0);
  }
  for (LoopState s = LOOP_REQUESTED; s < LOOP_STATE_COUNT; s++) MUST(ends[s] > 100);   /* the walk reached every state */
}
