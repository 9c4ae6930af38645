/* desk/serving.h: what serving took, added up by the month in which a request came, its customer, team and service. A cache and nothing
   else: it follows from facts, moves with them in the same transaction, and is made anew from them with the same numbers.
   Not here: what a minute costs (work.h), what comes of it (worth.h). */
#ifndef DESK_SERVING_H
#define DESK_SERVING_H
#include "desk/fact.h"

/* A month as one number: 12 * year + month - 1. */
#define SERVING_MONTH(year, month) (12 * (int64_t)(year) + (month) - 1)

/* A fact takes the place of another, as it was and as it is. was: NULL, a new one. In the caller's transaction. */
Err serving_move(Cx *, const Fact *was, const Fact *now) CHECKED;
/* So many minutes were written down at a request (below 0: taken back), in the caller's transaction. */
Err serving_worked(Cx *, int64_t request, int64_t minutes) CHECKED;
/* Minutes written down at a request: what its fact says of it; -1 none. Nobody writes any until the caller's transaction ends. */
Err serving_written(Cx *, int64_t request, int64_t *ret) CHECKED;
Err serving_anew(Cx *) CHECKED;                                       /* from all facts */
Err serving_verify(Cx *, int64_t *ret_wrong) CHECKED;                 /* 1 where the sums are not those of the facts */

/* By organisation (0: none) and team, from that month on: minutes, written down or reckoned by the equation of the service; requests with
   minutes written down; all of them. Of teams that are not closed. */
typedef struct { int64_t id, team, minutes, written, n; Str name; } Served;
Err serving_since(Cx *, int64_t month, Rows *ret) CHECKED;
#endif
