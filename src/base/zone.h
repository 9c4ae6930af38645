/* base/zone.h: local time and back, by the rules the machine's tz database holds today.
   Not here: opening hours (measure/calendar.h), the words of dates (text/when.h).
   Rules are read from TZDIR or /usr/share/zoneinfo (RFC 9636 files, kept current by the system; the rules inside
   ICU of a stable Debian are years older) once a zone and process: the only files this floor ever reads. After an
   update of the tz database a restart takes it in; zone_version tells which one is in force.
   A Zone never changes and is never freed: any thread may hold one for ever.
   Instants and local times are microseconds; a local time counts from 1970-01-01T00:00 on the wall. */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H
#include "base/str.h"

typedef struct Zone Zone;

const Zone *zone_get(Str name);          /* an IANA name, "Europe/Amsterdam"; NULL: there is none such */
size_t zone_list(Arena *, Str **ret);    /* one name a place, as IANA writes it today, in order; "UTC" last */
Str zone_version(void);                  /* of the tz database, "2025b"; "unknown" if it does not say */

int64_t zone_east(const Zone *, int64_t at);              /* how far local time is ahead of UTC at that instant */
int64_t zone_local(const Zone *, int64_t at);             /* what the wall shows */

/* The instant of a local time as RFC 5545 section 3.3.5 reads it: one that a forward change leaps over is taken
   with the offset before the change; of one that comes twice, the first. */
int64_t zone_instant(const Zone *, int64_t local);

/* That offset, and the local time up to which zone_instant goes on using it (INT64_MAX: for ever). */
int64_t zone_steady(const Zone *, int64_t local, int64_t *ret_until);

#define ZONE_LAST_YEAR 2200              /* after it the last offset simply stays */
#endif
