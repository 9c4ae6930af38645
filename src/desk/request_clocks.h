/* desk/request_clocks.h: how long somebody has lived with a request, on their clock and on ours; whose time it was. */
#ifndef DESK_REQUEST_CLOCKS_H
#define DESK_REQUEST_CLOCKS_H
#include "desk/ledger.h"
#include "measure/clocks.h"

/* From the acts of the request; to its end, or to cx->now while it is open. Hours: those of its service. *ret_turns and
   *ret_n may be NULL; they are the turns in order, for drawing. */
Err request_clocks(Cx *, const Request *, const Rows *acts, Clocks *ret, const ClocksTurn **ret_turns, size_t *ret_n) CHECKED;

/* The same time in order, for drawing: ours while open, ours while closed, theirs. Adds up to the customer's clock. Where it
   would be more than `most` pieces, closed hours are not told apart from open ones. */
typedef enum { CLOCK_OPEN, CLOCK_CLOSED, CLOCK_THEIRS, CLOCK_SUPPLIER } ClockKind;
typedef struct { int64_t from, to; ClockKind kind; } ClockPart;
Err request_clock_parts(Cx *, const Request *, const ClocksTurn *, size_t n, size_t most, ClockPart **ret, size_t *ret_n) CHECKED;

/* The opening hours that a request's promises run on; NULL: always open. */
Err request_calendar(Cx *, const Request *, const Calendar **ret) CHECKED;
#endif
