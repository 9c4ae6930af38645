/* web/parts.c: see parts.h. */
#include "web/parts.h"

int face_colour(int64_t id) { return 1 + (int)((uint64_t)id % 6); }

Str face_letters(Arena *a, Str name) {
  name = str_trim(name);
  if (!name.n) return S("?");
  return str_dup(a, str_utf8_head(name, 1));
}
