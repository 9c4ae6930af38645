/* text/html.c: see html.h. */
#include "text/html.h"

static Str entity(char c) {
  switch (c) {
    case '&':  return S("&amp;");
    case '<':  return S("&lt;");
    case '>':  return S("&gt;");
    case '"':  return S("&quot;");
    case '\'': return S("&#39;");
    default:   return S("");
  }
}

void html_escape(Buf *b, Str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    Str e = entity(s.p[i]);
    if (!e.n) continue;
    buf_add(b, (Str){ s.p + from, i - from });
    buf_add(b, e);
    from = i + 1;
  }
  buf_add(b, str_from(s, from));
}
