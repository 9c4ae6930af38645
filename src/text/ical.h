/* text/ical.h: an iCalendar file (RFC 5545) to the days it names. The only door to libical, which is shown no more of a file than the
   few lines that say when: strangers write these files.
   Not here: what a place does with the days (desk/holiday.h).
   Invariant: at most CAP_ICAL_DAYS spans come out, ascending, each within [from, to] and none longer than a year. */
#ifndef TEXT_ICAL_H
#define TEXT_ICAL_H
#include "base/cx.h"

typedef struct { int64_t first, last; Str name; } IcalSpan;          /* local dates, days since 1970-01-01, both included; name: valid UTF-8, may be "" */
typedef struct {
  IcalSpan *at;
  size_t    n;
  size_t    timed;         /* left out: it has hours, so it is an appointment and no day */
  size_t    often;         /* left out: it comes back other than once a year or so (weekly, monthly), which opening hours say better */
  size_t    outside;       /* left out: wholly before from or after to */
} IcalDays;

/* Whole days of a file's events, those of yearly rules for each year. Cancelled ones and what is excepted are no days.
   E_INVALID, field "ics", with a sentence: no calendar file, too long, too many events, a date that does not exist. */
Err ical_days(Cx *, Str file, int64_t from, int64_t to, IcalDays *ret) CHECKED;
#endif
