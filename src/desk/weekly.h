/* desk/weekly.h: the letter of the week to those who lead: when it is due, and what stands in it. In words, with three figures,
   the worst moment of the week, and what really changed. On Mondays at eight, where the lead is.
   Not here: how it reads (channel/compose_week.c). */
#ifndef DESK_WEEKLY_H
#define DESK_WEEKLY_H
#include "desk/control.h"
#include "desk/moment.h"

#define WEEKLY_HOUR  (8 * HOUR)
#define WEEKLY_UNTIL (2 * DAY)           /* a letter that could not leave by then is old news: it is not written any more */

Err weekly_wanted(Cx *, int64_t party, bool *ret) CHECKED;
Err weekly_want(Cx *, int64_t party, bool yes) CHECKED;

/* Ticker: puts the letters that are due now, each once, whatever is started anew. */
Err weekly_tick(Cx *) CHECKED;

/* The week before the Monday on which it was put, of all that this lead sees. figures: sorted, first-answer, promise-kept.
   changed: charts that say so (CONTROL_CHANGED), and those where the last week stands out (CONTROL_ODD); worst: .m.at 0: none. */
enum { WEEKLY_FIGURES = 3, WEEKLY_CHANGES = 4 };
typedef struct {
  int64_t from, to;
  Figure figures[WEEKLY_FIGURES];
  Control changed[WEEKLY_CHANGES]; size_t changed_n;
  MomentRow worst;
  int64_t moments, unspoken;             /* of the week; nobody has spoken yet. They stop at 100 */
} Weekly;
/* cx: acts as the lead, in their zone, at the time when it was put. */
Err weekly_get(Cx *, Weekly *ret) CHECKED;
#endif
