/* desk/desk_errands.c: the table; the rules are in verdict.c and act.c. */
#include "desk/desk_errands.h"
#include "desk/act.h"
#include "desk/card.h"
#include "desk/draft.h"
#include "desk/moment.h"
#include "desk/saved_answer.h"
#include "desk/verdict.h"
#include "desk/weekly.h"

static Err remind(Cx *cx, const Job *job)  { return verdict_remind(cx, job->body); }
static Err cards(Cx *cx, const Job *job)   { (void)job; return card_round(cx); }
static Err hurt(Cx *cx, const Job *job)    { return moment_remind(cx, job->body); }
static Err weekly(Cx *cx, const Job *job)  { (void)job; return weekly_tick(cx); }
/* What was thrown away and cannot be brought back any more. */
static Err sweep(Cx *cx, const Job *job) {
  (void)job;
  TRY(draft_sweep(cx));
  return saved_answer_sweep(cx);
}
static Err overdue(Cx *cx, const Job *job) { return act_overdue(cx, job->body); }

const Errand desk_errands[] = {
  { .kind = "remind",  .tick = remind },
  { .kind = "overdue", .tick = overdue },
  { .kind = "moment",  .tick = hurt },
  { .kind = "weekly",  .tick = weekly, .every = 10 * MINUTE },
  { .kind = "cards",   .tick = cards, .every = HOUR },
  { .kind = "sweep",   .tick = sweep, .every = HOUR },
  { 0 }
};
