/* text/when.h: dates, times and lengths of time in words, for one reader. Instants are microseconds UTC.
   Results live in the reader's arena. Every function takes any instant; 0 gives "".
   Not here: RFC 3339 for programs and datetime= (clock_rfc3339), working hours (measure). */
#ifndef TEXT_WHEN_H
#define TEXT_WHEN_H
#include "base/clock.h"
#include "text/lang.h"

/* Who reads, and when. A Cx and a View have all of it: when_by(READER(v), r->due). */
typedef struct { Arena *arena; const Lang *lang; Str zone; int64_t now; } Reader;
#define READER(x) ((Reader){ (x)->arena, (x)->lang, (x)->zone, (x)->now })

Str when_clock(Reader, int64_t at);     /* "14:30" */
Str when_day(Reader, int64_t at);       /* "today", "tomorrow", "yesterday", "Thursday" (six days either way), "14 May", "14 May 2027" */
Str when_at(Reader, int64_t at);        /* "14:30" of today, else "yesterday 14:30", "Thursday 14:30", "14 May 14:30" */
Str when_by(Reader, int64_t at);        /* of a promise: "today by 17:00", "tomorrow by 12:00", "Thursday by 17:00", "Friday 22 May by 12:00" */
Str when_line(Reader, int64_t at);      /* when_by as a line of its own: "Today by 17:00" */
Str when_short(Reader, int64_t at);     /* for lists: "14:30" of today, "Wed" in the six days before and after, "14 May", "14 May 2025" */
Str when_month(Reader, int64_t at);     /* "May", "May 2025" */
Str when_full(Reader, int64_t at);      /* for title=: "Thursday 14 May 2026 at 14:30" */

/* Lengths: two units at most, whole units only, never more than has passed. Below 0 as 0. */
Str when_span(Reader, int64_t span);    /* "40 seconds", "9 min", "1 h 9 min", "6 h" (to 10 h), "45 hours" (to 48 h), "3 days", "4 months", "2 years" */
Str when_hours(Reader, int64_t span);   /* of a clock: "45 h 00 min" */
Str when_in(Reader, int64_t at);        /* "in 3 h 20 min", "in 2 days"; what is past: as when_ago */
Str when_ago(Reader, int64_t at);       /* "40 seconds ago", "3 h 20 min ago", "2 days ago"; what is to come: as when_in */

/* What <input type="datetime-local"> and <input type="date"> send, read in a zone. An hour that a change of clocks skips
   is read with the offset before the change; one that comes twice is the first. False: not such a value, or not of
   the years 1900 to 9999; *ret is left as it was. */
bool when_read(Str zone, Str input, int64_t *ret);                       /* "2026-05-14T17:00" */
bool when_read_day(Str zone, Str input, int minute_of_day, int64_t *ret);    /* "2026-05-14", at that minute */
Str  when_input(Arena *, Str zone, int64_t at);                          /* for value=: "2026-05-14T17:00" */
Str  when_input_day(Arena *, Str zone, int64_t at);                      /* "2026-05-14" */
bool when_zone_ok(Str zone);                                             /* an IANA zone that we know */
#endif
