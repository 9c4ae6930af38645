/* desk/series.h: days of figures added up, so that a year over a million requests is read in a moment. A cache and nothing
   else: a day that is not added up is read from its facts, and the sums are the same (tested). A day that is added up moves with its facts,
   in the same transaction. Days are UTC. */
#ifndef DESK_SERIES_H
#define DESK_SERIES_H
#include "base/vec.h"
#include "desk/measures.h"

/* That instant's day must be read from facts until it is added up again. 0: nothing. */
Err series_stale(Cx *, int64_t at) CHECKED;
/* Facts change: collect what each said and says now, then write all of it, in the transaction that writes the facts. was: NULL, a new one.
   Days that wait to be added up are left to that; of a day that nobody knew this is all there is. Begin with a zero. */
typedef struct SeriesPiece SeriesPiece;
typedef struct { VEC(SeriesPiece) pieces; } SeriesMoves;
void series_move(Cx *, SeriesMoves *, const Fact *was, const Fact *now);
Err series_write(Cx *, SeriesMoves *) CHECKED;          /* one at a time, on whatever node: others wait */
Err series_hold(Cx *) CHECKED;                                /* until the transaction ends nobody else moves or adds up days */
/* Teams that are closed now: what they do stands in no organisation's sums. */
Err  series_closed(Cx *, Rows *ret) CHECKED;
bool series_is_closed(const Rows *closed, int64_t team);
/* Notes that this person was served, and a bad moment if it was one: for figures of the last 90 days. */
Err series_served(Cx *, const Fact *) CHECKED;

/* A team was closed to others, or opened: what it did leaves the sums of organisations and of the house, or comes into them. At once:
   the days it is in wait to be added up again, and are read from facts until then. In the caller's transaction. */
Err series_team(Cx *, int64_t team) CHECKED;
/* After many facts changed at once: nothing is added up, and who was served is noted from the facts. In the caller's transaction. */
Err series_anew(Cx *) CHECKED;

/* Adds up at most so many days that are not added up; *ret: how many it did. */
Err series_roll(Cx *, size_t most, size_t *ret) CHECKED;

/* A sum under way. spread: of times. few: the first answers, while there are few. */
enum { SUM_FEW = 4 };
typedef struct { const Measure *m; int64_t k, n, silent; Spread *spread; Fact few[SUM_FEW]; } Sum;
void sum_add(Arena *, Sum *, const Fact *);

/* Of people served lately: all open teams together, in whose sum nobody is counted twice. Its place_id is 0. */
#define SERIES_HOUSE "house"
/* Kept beside the measures, by team, under these names: how many requests came (since_at); of bad moments, dated by when they were, how long
   until somebody spoke (silent: nobody yet), and whether the next verdict met the customer's bar (silent: nobody knows yet). */
#define SERIES_CAME      "came"
#define SERIES_RECOVERY  "recovery"
#define SERIES_RECOVERED "recovered"
/* A bad moment, in so far as it counts. recovered: 1, 0, -1 nobody knows yet. was, now: NULL where there was none, or is none any more. */
typedef struct { int64_t team_id, at, spoken_at, recovered; } SeriesMoment;
void series_moment(Cx *, SeriesMoves *, const SeriesMoment *was, const SeriesMoment *now);

/* The hours of a day that is added up, as its row keeps them: for those whose midnight is not that of UTC. */
typedef struct { int64_t k, n, silent; Str spread; } SeriesHour;
bool series_hours(Str kept, SeriesHour ret[24]) CHECKED;     /* false: not such a text */
Str  series_hours_text(Arena *, const SeriesHour at[24]);

/* AND …: of facts f, those that this dates from the one instant until before the other. */
void series_dated(Query *, MeasureDay, int64_t from, int64_t to);
#endif
