/* desk/pledge.h: what a customer promised us: information, a way in, a decision. Small and visible to both.
   Not here: our promises (promise.h), questions of ours that wait for them (customer.h).
   Invariant: it counts once the customer said yes to it; kept means done by its hour, and both may say that it was done. */
#ifndef DESK_PLEDGE_H
#define DESK_PLEDGE_H
#include "desk/customer.h"

typedef enum { PLEDGE_NOTED, PLEDGE_OPEN, PLEDGE_LATE, PLEDGE_KEPT, PLEDGE_KEPT_LATE } PledgeState;   /* noted: by us, they have not said yes */
typedef struct { int64_t id, party_id, promiser_id, request_id, due_at, made_by, made_at, agreed_at, done_at; Str words, promiser; } Pledge;
PledgeState pledge_state(const Pledge *, int64_t now);
Str pledge_state_name(PledgeState);              /* noted open late kept kept_late */

typedef struct {
  Rows   at;                                     /* Pledge: open ones by hour, then those done of the last 90 days, newest first; at most 12 of each */
  int64_t kept, late, open;                      /* late: past its hour, done or not */
  Figure figure;                                 /* kept of all whose hour has come */
} Pledges;
/* Those of a request only if the viewer may see it. */
Err pledge_list(Cx *, const Customer *, Pledges *ret) CHECKED;
/* words, due_at, request_id (0 none), promiser_id (0: who acts, of the customer's side). Theirs counts at once, ours waits for their yes. */
Err pledge_new(Cx *, const Customer *, const Pledge *, int64_t *ret_id) CHECKED;
typedef enum { PLEDGE_AGREE, PLEDGE_DONE, PLEDGE_DROP } PledgeDo;    /* drop: let go; ours before their yes, theirs always */
Err pledge_do(Cx *, const Customer *, int64_t id, PledgeDo) CHECKED;
Err pledge_of(Cx *, int64_t person, Rows *ret) CHECKED;              /* rows of Pledge: all a person made; for their export */
#endif
