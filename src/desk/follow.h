/* desk/follow.h: follows what changes and keeps what is derived from it: facts, bad moments, and the days added up. Nothing waits for it: it
   comes a moment after the commit, and catches up by itself after a stop. */
#ifndef DESK_FOLLOW_H
#define DESK_FOLLOW_H
#include "desk/errand.h"

extern const Courier desk_couriers[];    /* ended by a row without a name */

/* Once, at cx->now: requests whose facts are not those of their version, at most 500. For tests and for the courier; in a
   transaction of its own. *ret: how many. */
Err follow_now(Cx *, size_t *ret) CHECKED;

/* All facts and sums from nothing, in transactions of its own: the caller has none open. */
Err follow_rebuild(Cx *) CHECKED;
/* How many facts say they are of a request's version and differ from it, or do not go with the bad moments. For verify. */
Err follow_verify(Cx *, int64_t *ret_wrong) CHECKED;
#endif
