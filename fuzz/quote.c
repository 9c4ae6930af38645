#include "fuzz.h"
#include "text/quote.h"
#include "text/tidy.h"

void fuzz_one(Arena *a, Str in) {
  Str text = tidy_text(a, in, 1 << 20);
  int64_t at = quote_start(text);
  HOLDS(at >= -1 && at < (int64_t)text.n + (text.n == 0));
  HOLDS(at < 0 || (at > 0 && text.p[at - 1] == '\n' && str_trim(str_head(text, (size_t)at)).n > 0));
}
