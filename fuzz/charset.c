#include "fuzz.h"
#include "text/charset.h"

/* The first line is the label, the rest the bytes. */
void fuzz_one(Arena *a, Str in) {
  Str label = str_line(&in);
  HOLDS(str_utf8_ok(charset_utf8(a, in, label)));
}
