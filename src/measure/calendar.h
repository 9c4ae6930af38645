/* measure/calendar.h: when a place is open, and time counted only while it is (B3).
   Not here: whose promise runs on which calendar (desk), the words for "opens Monday at nine" (views).
   Invariant: the openings of a local date lie within that date, so none is counted twice and a date that a zone
   skips has none. Everything walks the same openings: a warning two hours before is two open hours before.
   All times are microseconds, instants UTC. A Calendar never changes; threads may share it. */
#ifndef MEASURE_CALENDAR_H
#define MEASURE_CALENDAR_H
#include "base/cx.h"
#include "base/zone.h"

typedef struct Calendar Calendar;         /* lives as long as the arena of the Cx it was made with */

/* Parts divided by ";" or line ends:
     mon-fri 09:00-12:00,13:00-17:00      several days: "mon,wed,sat-sun", "daily"; parts on one day add up
     daily 22:00-06:00                    past midnight: the rest belongs to the next date
     24x7
     closed 2024-04-01, 2024-12-24..2025-01-01       nothing is open on these dates, midnight to midnight
     open 2024-12-31 09:00-12:00          instead of what that date would have otherwise; to 24:00 at most
   E_INVALID with a sentence that names the part and what is wrong, cx->field "zone" or "hours". */
Err calendar_parse(Cx *, Str zone, Str hours, const Calendar **ret) CHECKED;

const Zone *calendar_zone(const Calendar *);

/* Open time in [from, to); 0 if to <= from. */
int64_t calendar_work(const Calendar *, int64_t from, int64_t to);

/* The first instant by which so much open time has gone by since from (work <= 0: from itself). At the end of an opening it is
   that end, not the next opening. False: never, up to the year 9999 (closed for good); ret is untouched. */
bool calendar_due(const Calendar *, int64_t from, int64_t work, int64_t *ret) CHECKED;

/* The last instant from which so much open time is left until due (work <= 0: due itself). False: never since 1900. */
bool calendar_before(const Calendar *, int64_t due, int64_t work, int64_t *ret) CHECKED;

/* A local date (days since 1970-01-01) as the rules have it: how much is open between its midnights, and whether it is named in
   them: "closed" or "open" that day. */
typedef struct { int64_t open; bool named; } CalendarDay;
CalendarDay calendar_day(const Calendar *, int64_t day);
int64_t calendar_today(const Calendar *, int64_t at);               /* the date the wall shows there */

bool calendar_open_at(const Calendar *, int64_t at);
bool calendar_next_open(const Calendar *, int64_t from, int64_t *ret) CHECKED;     /* from itself if it is open then */

/* The first instant from `from` on that is not open, at most `end`: from itself if it is closed then or end <= from. Openings
   that touch (midnight of 24x7) are one. */
int64_t calendar_open_until(const Calendar *, int64_t from, int64_t end);
#endif
