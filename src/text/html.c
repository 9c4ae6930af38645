/* text/html.c: see html.h. */
#include "text/html.h"

static const Str entities[] = { { "", 0 }, { "&amp;", 5 }, { "&lt;", 4 }, { "&gt;", 4 }, { "&quot;", 6 }, { "&#39;", 5 } };
static const unsigned char which[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };

void html_escape(Buf *b, Str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char e = which[(unsigned char)s.p[i]];
    if (!e) continue;
    buf_add(b, (Str){ s.p + from, i - from });
    buf_add(b, entities[e]);
    from = i + 1;
  }
  buf_add(b, str_from(s, from));
}
