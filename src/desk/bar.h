/* desk/bar.h: standing bars: what a customer expects of everything they ask, said before any of it (B11).
   Not here: the bar of one request (request.h). Invariant: only the customer sets one and ends one; we may promise against it. */
#ifndef DESK_BAR_H
#define DESK_BAR_H
#include "desk/customer.h"

/* measure: hear (a person answers), done (it is reported done), judged (they say whether it was met). Seconds on their clock. */
typedef struct { int64_t id, party_id, service_id, seconds, promised, set_by, since; Str measure, words, service, by; } Bar;
typedef struct { Bar b; Figure met; } BarLine;        /* met: of the requests since then (half a year at most) that it can be told of */

Err bar_list(Cx *, const Customer *, BarLine **ret, size_t *ret_n) CHECKED;       /* in force, oldest first */
Err bar_set(Cx *, const Customer *, const Bar *, int64_t *ret_id) CHECKED;        /* words, measure, seconds, service_id. E_DENIED: not theirs */
Err bar_end(Cx *, const Customer *, int64_t id) CHECKED;
/* What we promise against it; of judged: 1, as asked. E_DENIED: not of the desk, or not all of it in sight. */
Err bar_promise(Cx *, const Customer *, int64_t id, int64_t seconds) CHECKED;
Err bar_of(Cx *, int64_t person, Rows *ret) CHECKED;             /* rows of Bar: all a person set, ended ones too; for their export */
#endif
