/* desk/request_clocks.h: how long somebody has lived with a request, on their clock and on ours; whose time it was. */
#ifndef DESK_REQUEST_CLOCKS_H
#define DESK_REQUEST_CLOCKS_H
#include "desk/ledger.h"
#include "measure/clocks.h"

/* The opening hours that a request's promises run on, those of its service; NULL: always open. */
Err request_calendar(Cx *, const Request *, const Calendar **ret) CHECKED;

/* From the acts of the request; to its end, or to cx->now while it is open. hours: of request_calendar. */
typedef struct { const ClocksTurn *at; size_t n; } Turns;                /* in order, for drawing */
Clocks request_clocks(const Cx *, const Request *, const Calendar *hours, const Rows *acts, Turns *ret_turns);

/* The same time in order, for drawing: ours while open, ours while closed, theirs. Adds up to the customer's clock. Where it
   would be more than `most` pieces, closed hours are not told apart from open ones. */
typedef enum { CLOCK_OPEN, CLOCK_CLOSED, CLOCK_THEIRS, CLOCK_SUPPLIER } ClockKind;
typedef struct { int64_t from, to; ClockKind kind; } ClockPart;
typedef struct { ClockPart *at; size_t n; } ClockParts;
ClockParts request_clock_parts(const Cx *, const Request *, const Calendar *hours, Turns, size_t most);
#endif
