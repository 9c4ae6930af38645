/* web/pages/hours.h: opening hours as a form: a line a weekday, days that are closed, days with hours of their own. The rules
   themselves, and whether they make sense, are measure/calendar.h. What a form cannot say ("mon-fri 09:00-12:00" twice
   with other parts between) comes out the same in other words. */
#ifndef WEB_PAGES_HOURS_H
#define WEB_PAGES_HOURS_H
#include "text/view.h"
#include "text/when.h"
#include "web/req.h"

typedef struct {
  Str day[7];          /* Monday first: "08:30-12:00, 13:00-17:30", "" = closed */
  Str fault[7];
  Str closed;          /* a date or a span of dates a line: "2026-06-10", "2026-12-24..2026-12-31" */
  Str other;           /* a date and its hours a line: "2026-12-31 09:00-12:00" */
} Hours;

Hours hours_read(Arena *, Str rules);
Str   hours_rules(Arena *, const Hours *);           /* the other way round; equal days in a row become one part */
/* Takes what was typed; notes what is no hour beside its day. false: something is wrong. */
bool  hours_typed(Cx *, const Req *, Hours *ret);
/* A week as a picture: minutes of the day, 0 = Monday; what goes on past midnight is two. At most HOURS_SPANS. */
typedef struct { int64_t day, from, to; } HoursSpan;
#define HOURS_SPANS 64
size_t hours_spans(Arena *, const Hours *, HoursSpan ret[HOURS_SPANS]);
Str   hours_date(Reader, int64_t day);               /* a date (days since 1970) in words: "25 December" */
Str   hours_day(const Lang *, int weekday);          /* "Monday" */
/* "Monday to Friday 08:30 to 17:30": for a sentence. */
Str   hours_words(const View *, Str rules);
#endif
