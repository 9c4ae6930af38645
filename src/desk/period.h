/* desk/period.h: stretches of time as people and programs name them, and the midnights of a zone that cut them: a day
   with 23 or 25 hours is one day, and ends where that day ends there. Not here: what is counted in them (figure.h). */
#ifndef DESK_PERIOD_H
#define DESK_PERIOD_H
#include "store/db.h"

typedef enum { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_COUNT } PeriodUnit;    /* weeks begin on Monday */
bool period_unit_of(Str word, PeriodUnit *ret);          /* "day", "week", "month" */
Str  period_unit_name(PeriodUnit);

/* period: "7d", "30d", "90d", "1y": so many whole days with today, until now; "2026-01", "2026-Q4", "2026": the whole of it.
   from, to: "2026-01-31", both days included, or instants of RFC 3339, where `to` is not in it; they go before period.
   Nothing said: "30d". In the zone of cx. E_INVALID on "period", "from" or "to", with a sentence. */
typedef struct { int64_t from, to; } Period;
Err period_read(Cx *, Str period, Str from, Str to, Period *ret) CHECKED;

int64_t period_begin(Str zone, PeriodUnit, int64_t at);  /* of the day, week or month that holds the instant */
int64_t period_move(Str zone, PeriodUnit, int64_t begin, int64_t by);   /* so many units on, or back: where that one begins */

int64_t period_wall(Str zone, int64_t at, int64_t time);  /* that time of day of the day that holds the instant, as the wall shows it */

/* Where [from, to) is cut: from, each beginning of a unit in between, to. *ret: n + 1 of them for n pieces; n is given back,
   0 for none. E_INVALID on "points": more than PERIOD_PIECES. */
enum { PERIOD_PIECES = 400 };
Err period_edges(Cx *, PeriodUnit, Period, int64_t **ret, size_t *ret_n) CHECKED;
/* The last n whole units that are over, now or at that instant: n + 1 edges. */
int64_t *period_last(Cx *, PeriodUnit, size_t n);
int64_t *period_until(Cx *, PeriodUnit, int64_t at, size_t n);
#endif
