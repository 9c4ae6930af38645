#include "fuzz.h"
#include "text/tnef.h"

void fuzz_one(Arena *a, Str in) {
  Tnef t;
  if (!tnef_read(a, in, &t)) return;
  HOLDS(str_utf8_ok(t.text) && str_utf8_ok(t.html));
  for (size_t i = 0; i < t.n_files; i++) HOLDS(str_utf8_ok(t.files[i].name) && str_utf8_ok(t.files[i].cid));
}
