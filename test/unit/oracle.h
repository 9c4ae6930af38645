/* test/unit/oracle.h: zones and opening hours worked out slowly by the C library, to check the fast ones against.
   Shares nothing with src/measure: offsets come from localtime_r, openings are counted minute by minute.
   Sets TZ, so only for programs of one thread. */
#ifndef ORACLE_H
#define ORACLE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void    oracle_zone(const char *name);                  /* the zone of all that follows */
int64_t oracle_east(int64_t seconds);                   /* seconds */
int64_t oracle_instant(int64_t local_seconds);          /* RFC 5545: first of two, offset before a gap */
size_t  oracle_zones(const char *const **ret);          /* every zone of the tz database, links too */

typedef struct { int from, to; } OracleOpening;         /* minutes of the day; to < from: past midnight */
typedef struct { int n; OracleOpening at[4]; } OracleDay;
typedef struct { OracleDay week[7]; int special_n; struct { int64_t day; OracleDay hours; } special[8]; } OracleHours;

/* open[i]: whether minute i after from (seconds, a whole minute) is open. */
void oracle_minutes(const OracleHours *, int64_t from, size_t n, bool *open);
#endif
