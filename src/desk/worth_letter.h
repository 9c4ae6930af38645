/* desk/worth_letter.h: the letter that asks a customer whether something was worth what the desk wrote down. It goes to whoever
   speaks for them: each once a line, never to who does not want to be asked (consent 'verdicts'), and not before cadence_rest
   days have passed since they were asked anything (card.h); the days after it count as rest as well.
   Lines of a request are asked about in its conversation (worth.h); a line the customer wrote down needs no letter.
   Not here: how it reads (channel/compose_worth.c). Invariant: nothing is confirmed by opening the way in. */
#ifndef DESK_WORTH_LETTER_H
#define DESK_WORTH_LETTER_H
#include "desk/worth.h"

Err worth_letter_put(Cx *, const Customer *, int64_t line) CHECKED;
Err worth_letter_let_go(Cx *, int64_t line) CHECKED;         /* it was answered: letters that have not left stay here */

/* person: whose letter it is. own: they are the customer, and speak for nobody else. */
typedef struct { LedgerLine line; int64_t person, asked_at; Str customer; bool own; } WorthAsked;
/* Of somebody who was asked and still speaks for them; E_ABSENT. */
Err worth_letter_get(Cx *, int64_t line, int64_t person, WorthAsked *ret) CHECKED;

/* The way in by mail: line and person, signed; good for the site's link_life. It opens this line and nothing else, as that person. */
Str worth_letter_token(Cx *, int64_t line, int64_t person);
Err worth_letter_open(Cx *, Str token, WorthAsked *ret) CHECKED;         /* E_ABSENT. After it cx->actor is that person */
Err worth_letter_answer(Cx *, const WorthAsked *, bool yes) CHECKED;     /* E_CONFLICT: answered before */
#endif
