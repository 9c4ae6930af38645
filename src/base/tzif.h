/* base/tzif.h: compiled zone rules (RFC 9636, versions 2 to 4) into changes of offset. Pure: bytes in, table out.
   Only for base/zone.c and its tests. */
#ifndef BASE_TZIF_H
#define BASE_TZIF_H
#include "base/arena.h"
#include "base/zone.h"

/* Invariant: at and wall ascend; east[i] holds before change i and east[n] after the last, neighbours differ. */
struct Zone {
  size_t   n;
  int64_t *at;        /* instant of change i */
  int64_t *wall;      /* local times before this one are read with east[i] or earlier: the later of the two wall times at the change */
  int64_t *east;      /* n + 1 offsets, microseconds */
};

/* False: not such a file, cut short, or counts leap seconds. The TZ string at its end is followed to ZONE_LAST_YEAR. */
bool tzif_parse(Arena *, Str bytes, Zone *ret);
#endif
