/* measure/hours.h: opening hours as written, taken apart. Local times only; measure/calendar.c puts them on the
   line of instants. Only for calendar.c and tests. */
#ifndef MEASURE_HOURS_H
#define MEASURE_HOURS_H
#include "base/cx.h"

typedef struct { int64_t from, to; } Opening;                   /* microseconds since local midnight, 0 <= from < to <= DAY */
typedef struct { const Opening *at; size_t n; } Openings;       /* ascending, apart from each other; at most OPENINGS_MOST */
typedef struct { int64_t day; Openings openings; } SpecialDay;  /* day: since 1970-01-01 */

#define OPENINGS_MOST 24
#define SPECIAL_DAYS_MOST 4000

typedef struct {
  Openings          week[7];               /* Monday first */
  const SpecialDay *special;               /* ascending */
  size_t            special_n;
} Hours;

Err hours_parse(Cx *, Str text, Hours *ret) CHECKED;            /* grammar and errors: calendar.h */
#endif
