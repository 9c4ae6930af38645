/* text/zone_names.h: time zones to choose from, as a list in a form. Not here: what hour it is there (when.h, base/zone.h). */
#ifndef TEXT_ZONE_NAMES_H
#define TEXT_ZONE_NAMES_H
#include "text/lang.h"

/* Canonical IANA names that belong to a place, in order: "Africa/Abidjan" … "Pacific/Wallis", then "UTC". One a place,
   some 420; only such as when_zone_ok takes. */
typedef struct { Str *at; size_t n, cap; } ZoneNames;
ZoneNames zone_names(Arena *);

/* "Europe/Lisbon" → "Lisbon", "America/Argentina/Buenos_Aires" → "Buenos Aires": for a sentence. */
Str zone_place(Arena *, Str zone);
#endif
