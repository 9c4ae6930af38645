/* desk/holiday.h: the closed days of opening hours: taken from a calendar file, and those that come next.
   Not here: what an .ics file is (text/ical.h), what rules mean (measure/calendar.h). A file is only read: what it names becomes
   part of the rules, where everybody can see and change it. */
#ifndef DESK_HOLIDAY_H
#define DESK_HOLIDAY_H
#include "desk/service.h"

#define HOLIDAY_YEARS 10          /* how far ahead a yearly holiday is written down */

typedef enum {
  HOLIDAY_NEW,                    /* to be closed */
  HOLIDAY_KNOWN,                  /* closed by the rules already */
  HOLIDAY_OWN_HOURS,              /* the rules give this day hours of its own: kept */
} HolidayFate;

typedef struct { int64_t first, last; HolidayFate fate; Str name; } Holiday;      /* local dates, days since 1970-01-01, both included */
typedef struct { Holiday *at; size_t n, fresh; size_t timed, often, past; } Holidays;   /* fresh: how many are new. timed, often, past: left out, see IcalDays */

/* What a calendar file would close from today (of the calendar's zone) on. c needs only zone and rules. E_INVALID: the file ("ics"), or the
   calendar itself ("zone", "hours"). */
Err holiday_read(Cx *, const CalendarRow *, Str file, Holidays *ret) CHECKED;

/* "2026-12-24..2026-12-26": the new ones, one a line. */
Str holiday_dates(Arena *, const Holidays *);

/* The rules with the new ones closed; E_INVALID if that is more than rules may hold. Saves nothing. */
Err holiday_close(Cx *, const CalendarRow *, const Holidays *, Str *ret_rules) CHECKED;

/* The next days on which it would be open but for being named closed; at most `most`, within a year. Days since 1970. */
Err holiday_next(Cx *, const CalendarRow *, int64_t *ret, size_t most, size_t *ret_n) CHECKED;

Err calendar_by_name(Cx *, Str name, CalendarRow *ret) CHECKED;         /* any case; E_ABSENT says which there are, E_CONFLICT: two */
#endif
