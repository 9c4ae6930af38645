/* desk/act.h: what a person does in the loop, and all that follows from it: the act in the ledger, the promise, the words,
   the verdict to be asked for, who must be told. Not here: the rules (loop.h), the chain (ledger.h). */
#ifndef DESK_ACT_H
#define DESK_ACT_H
#include "desk/ledger.h"

/* What is done, and the words and hours that go with it. */
typedef struct {
  LoopAct act;
  Str text, format;                    /* said with it: becomes a public message; may be empty where no reason is needed */
  int64_t due;                         /* promise, counter, offer, revoke (the replacement's), counter-back and amend (wished) */
  const Str *conditions; size_t condition_n;
  Str where_else;                      /* decline: who can help instead */
  Str channel;                         /* page, mail, api, phone; "" = page */
  int64_t version;                     /* 0, or what the caller last saw: E_CONFLICT if the request moved on */
  int64_t mail_id, reply_end;          /* came as that mail, */
  Str html, lang;                      /* in this form and language */
  const int64_t *attachments; size_t attachment_n;
  /* accept and not-yet: the verdict */
  Str sorted, against_bar, moment;     /* yes partly no · below at above */
  int64_t ease;                        /* 1…7, 0 not said */
  int64_t lost_minutes;                /* -1 not said (0 reads as not said unless .lost_said) */
  int64_t satisfaction;                /* all in all: 1…5, 0 not said */
  int64_t repeated;                    /* had to explain it: 0 no, 1 once, 2 more than once; -1 not said (0 reads so unless .repeated_said) */
  int64_t honoured;                    /* what helps them was done: 0 1, -1 not said (0 unless .honoured_said); kept only if something is on file */
  Str moment_kind;                     /* good bad, "" not said: apart from whether it was worth anything (sorted, satisfaction) */
  bool lost_said, repeated_said, honoured_said, nameless;
} ActNew;

/* What they said themselves: .text without the history it quotes. */
Str act_said(const ActNew *);

/* Does one act for the actor in the caller's transaction and brings *r up to date. Sends what has to be told, asks for the
   verdict after a report, sets reminders. E_CONFLICT: the table does not allow it now (cx->why lists what is allowed) or
   the version moved on; E_DENIED: the wrong side; E_INVALID: an hour or a reason is missing. */
Err act_do(Cx *, Request *r, const ActNew *) CHECKED;

/* "Send as the answer" in REQUESTED or AMENDING: promise due now, and report, in one step; in PROMISED: report. */
Err act_answer(Cx *, Request *r, const ActNew *) CHECKED;

/* What that side may do after those acts (all of a request's, of ledger_list): 1u << LoopAct each. */
Err act_allowed(Cx *, const Rows *acts, LoopSide, unsigned *ret) CHECKED;

/* For request_new: the first act of a loop. */
Err act_open(Cx *, Request *r, Str channel) CHECKED;

/* For message.c: asking and answering move the ball; a word after a lapse takes the loop up again. */
Err act_clarify(Cx *, Request *r, LoopAct, LoopSide, Str channel) CHECKED;

/* Has the hour of the promise in force watched; act_overdue is told when it passes. */
Err act_watch(Cx *, int64_t request, int64_t due) CHECKED;

/* Ticker: the hour of a promise has passed without a report. body: "REQUEST DUE". */
Err act_overdue(Cx *, Str body) CHECKED;
#endif
