#include "fuzz.h"
#include "harmless.h"
#include "text/html_clean.h"
#include "text/html_text.h"

void fuzz_one(Arena *a, Str in) {
  Html once = html_clean(a, in), reply, quoted;
  HOLDS(harmless(a, once.s, false));
  HOLDS(str_eq(html_clean(a, once.s).s, once.s));
  html_fold(html_clean_mail(a, in), &reply, &quoted);
  HOLDS(harmless(a, reply.s, false) && harmless(a, quoted.s, false));
  int64_t at;
  Str text = html_to_text(a, in, &at);
  HOLDS(str_utf8_ok(text) && at >= -1 && at <= (int64_t)text.n);
  HOLDS(at < 0 || at == 0 || text.p[at - 1] == '\n');
}
