/* desk/verdict.h: the customer's judgement of a delivery, asked once after a report. */
#ifndef DESK_VERDICT_H
#define DESK_VERDICT_H
#include "desk/act.h"

typedef struct {
  int64_t id, request_id, report_seq, asked_of, asked_at, answered_at, ease, lost_minutes, nameless, satisfaction, repeated, honoured, more;
  Str sorted, against_bar, moment, moment_kind, words, channel;   /* numbers as in ActNew; more: asked in full (card.h) */
} Verdict;
Err verdict_list(Cx *, int64_t request_id, Rows *ret) CHECKED;           /* rows of Verdict, newest first */
Err verdict_waiting(Cx *, int64_t request_id, Verdict *ret) CHECKED;     /* E_ABSENT: nothing to judge now */
Err verdict_of(Cx *, int64_t party, size_t limit, Rows *ret) CHECKED;    /* answered ones of a person, newest first */
Err verdict_on(Cx *, const int64_t *requests, size_t n, Rows *ret) CHECKED;   /* answered ones on those, 40 at most, newest first */

/* For act.c. */
Err verdict_ask(Cx *, const Request *, int64_t report_seq) CHECKED;
Err verdict_answer(Cx *, const Request *, const ActNew *) CHECKED;
/* The next reminder or the lapse of a report made at asked_at, which may be long ago; those of the past are let be. */
Err verdict_expect(Cx *, int64_t request, int64_t report_seq, int64_t asked_at) CHECKED;
/* Ticker: remind, or lapse, the report this job was made for. body: "REQUEST REPORT_SEQ TURN". Who does not want to be
   asked (consent 'verdicts') gets no reminder; their silence ends a request like any other. */
Err verdict_remind(Cx *, Str body) CHECKED;
#endif
