/* The loop through the desk, on both stores: anybody tries anything at any time. What the pure walk of desk_loop_test.c shows
   of the table, this shows of who may move it, of the rows that follow, and of the clocks. */
#include "base/random.h"
#include "desk/act.h"
#include "desk/inbox.h"
#include "desk/request_clocks.h"
#include "desk_fixture.h"

enum { REQUESTS = 40, TRIES = 40 };

typedef struct { Cx *cx; Place p; Rng rng; int64_t reached[LOOP_STATE_COUNT]; int done; } Walk;

static Request now_is(Cx *cx, int64_t id) {
  Request r = { 0 };
  cx->actor = (Actor){ .system = true };
  OK(cx, request_get(cx, id, &r));
  return r;
}

static Err attempt(Cx *cx, Request *r, const ActNew *in) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(act_do(cx, r, in));
  return tx_commit(&tx);
}

/* Mostly an act that the state allows somebody, so that requests get somewhere. */
static LoopAct act_pick(Walk *w, const Loop *l) {
  LoopAct any = (LoopAct)(1 + rng_below(&w->rng, LOOP_ACT_COUNT - 1));
  unsigned legal = loop_allowed(l, LOOP_CUSTOMER) | loop_allowed(l, LOOP_PROVIDER) | loop_allowed(l, LOOP_SYSTEM);
  legal &= ~(1u << LOOP_ACT_ASK | 1u << LOOP_ACT_ANSWER) | (rng_below(&w->rng, 4) ? 0 : ~0u);
  for (int i = 0; i < 60 && !(legal >> any & 1); i++) any = (LoopAct)(1 + rng_below(&w->rng, LOOP_ACT_COUNT - 1));
  return any;
}

static void try_one(Walk *w, int64_t id, int64_t asker) {
  Cx *cx = w->cx;
  const Place *p = &w->p;
  const int64_t people[] = { asker, asker, p->sofie, p->sofie, p->yusuf, p->admin, p->priya, p->grace, p->olu, 0 };
  Request before = now_is(cx, id), r = before;
  Loop l;
  OK(cx, ledger_loop(cx, id, &l));
  cx->now += (int64_t)rng_below(&w->rng, 3 * HOUR);
  int64_t who = people[rng_below(&w->rng, COUNT(people))];
  ActNew in = { .act = act_pick(w, &l), .text = S("words"), .due = cx->now + (int64_t)rng_below(&w->rng, 8 * HOUR) - MINUTE };
  if (who) act_as(cx, who); else cx->actor = (Actor){ .system = true };
  Err e = attempt(cx, &r, &in);
  cx->why = S("");
  r = now_is(cx, id);
  if (e) { MUST(r.version == before.version && r.acts == before.acts && str_eq(r.head, before.head)); return; }
  w->done++;
  MUST(who != p->priya && who != p->grace && who != p->olu);                 /* who has no part in it moves nothing */
  if (str_eq(r.state, S("ACCEPTED"))) MUST(who == asker && in.act == LOOP_ACT_ACCEPT && str_eq(before.state, S("REPORTED")));
  if (str_eq(r.state, S("LAPSED")) && !str_eq(before.state, S("LAPSED"))) MUST(who == 0 && str_eq(r.outcome, S("silent")));
  w->reached[loop_state_of(r.state)]++;
}

/* Whose turn it was adds up to all the time there was, to the microsecond. */
static void clocks_add_up(Walk *w, int64_t id) {
  Cx *cx = w->cx;
  Request r = now_is(cx, id);
  Rows acts;
  Turns turns;
  const Calendar *hours;
  OK(cx, ledger_list(cx, id, &acts));
  OK(cx, request_calendar(cx, &r, &hours));
  Clocks k = request_clocks(cx, &r, hours, &acts, &turns);
  ClockParts parts = request_clock_parts(cx, &r, hours, turns, 10000);
  int64_t end = r.ended_at ? r.ended_at : cx->now;
  INT(k.provider + k.closed + k.customer + k.supplier, k.customer_clock);
  INT(k.customer_clock, end - r.since_at);
  int64_t drawn = 0;
  for (size_t i = 0; i < parts.n; i++) drawn += parts.at[i].to - parts.at[i].from;
  INT(drawn, k.customer_clock);                          /* and so does its picture */
}

static void told(void *arg, Str what) { print_error("  " STR_FMT "\n", STR_ARG(what)); ++*(int *)arg; }

TEST_STORES(anybody_tries_anything) {
  Walk w = { .cx = cx, .rng = rng_seed(20260209) };
  place_new(cx, &w.p);
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *page = arena_new((size_t)256 << 20);
  for (int i = 0; i < REQUESTS; i++) {
    cx->arena = page;
    Request r;
    act_as(cx, w.p.ana);
    OK(cx, request_new(cx, &(RequestNew){ .asker_id = w.p.ana, .text = S("printer"), .since_at = cx->now - 17 * MINUTE }, &r));
    for (int t = 0; t < TRIES; t++) try_one(&w, r.id, w.p.ana);
    clocks_add_up(&w, r.id);
    cx->arena = outer;
    arena_reset(page);
  }
  int wrong = 0;
  int64_t checked, differ;
  OK(cx, ledger_verify(cx, told, &wrong, &checked));
  OK(cx, tally_verify(cx, &differ));
  INT(wrong + differ, 0);                                /* replaying the acts gives every state again, and every row beside it */
  INT(checked, w.done + REQUESTS);
  for (LoopState s = LOOP_COUNTERED; s < LOOP_STATE_COUNT; s++) if (!w.reached[s]) { print_error("never " STR_FMT "\n", STR_ARG(loop_state_name(s))); MUST(false); }
}
