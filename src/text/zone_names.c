/* text/zone_names.c: see zone_names.h. ICU knows the list, without aliases. */
#include "text/zone_names.h"
#include <stdlib.h>
#include <unicode/ucal.h>
#include "base/vec.h"
#include "text/when.h"

static int by_name(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

ZoneNames zone_names(Arena *a) {
  ZoneNames names = { 0 };
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *all = ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
  int32_t n;
  const char *name;
  while (U_SUCCESS(status) && (name = uenum_next(all, &n, &status))) {
    Str zone = str_dup(a, (Str){ name, (size_t)n });
    if (when_zone_ok(zone)) vec_add(a, &names, zone);
  }
  uenum_close(all);
  if (names.n) qsort(names.at, names.n, sizeof *names.at, by_name);
  vec_add(a, &names, S("UTC"));
  return names;
}

Str zone_place(Arena *a, Str zone) {
  Str area, place;
  if (!str_cut_last(zone, '/', &area, &place)) return zone;
  char *p = str_cstr(a, place);
  for (size_t i = 0; i < place.n; i++) if (p[i] == '_') p[i] = ' ';
  return (Str){ p, place.n };
}
