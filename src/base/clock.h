/* base/clock.h: instants are microseconds since 1970-01-01T00:00:00Z, without leap seconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include "base/str.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

int64_t clock_now(void);        /* wall clock */
int64_t clock_steady(void);     /* microseconds that never go back; only differences mean anything */

Str  clock_rfc3339(Arena *, int64_t at);          /* 2026-05-14T13:31:04.000000Z, always UTC and microseconds */
bool clock_parse(Str rfc3339, int64_t *ret);      /* takes any offset, "T" or " ", with or without fraction; a zone is required */
int64_t clock_days(int year, int month, int day); /* days since 1970-01-01, proleptic Gregorian; month 1..12 */
void clock_civil(int64_t days, int *year, int *month, int *day);
#endif
