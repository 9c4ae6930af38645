#include "fuzz.h"
#include "harmless.h"
#include "text/linkify.h"
#include "text/markdown.h"

void fuzz_one(Arena *a, Str in) {
  HOLDS(harmless(a, markdown_html(a, in).s, true));
  HOLDS(harmless(a, text_to_html(a, in).s, false));
}
