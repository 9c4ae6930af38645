/* text/zone_names.c: see zone_names.h. The tz database knows the list, base/zone.h reads it. */
#include "text/zone_names.h"
#include "base/zone.h"

ZoneNames zone_names(Arena *a) {
  ZoneNames names = { 0 };
  names.n = names.cap = zone_list(a, &names.at);
  return names;
}

Str zone_place(Arena *a, Str zone) {
  Str area, place;
  if (!str_cut_last(zone, '/', &area, &place)) return zone;
  char *p = str_cstr(a, place);
  for (size_t i = 0; i < place.n; i++) if (p[i] == '_') p[i] = ' ';
  return (Str){ p, place.n };
}
