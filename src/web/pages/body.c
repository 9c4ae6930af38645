/* web/pages/body.c: see body.h. */
#include "web/pages/body.h"
#include "text/linkify.h"
#include "text/markdown.h"

Html body_html(Cx *cx, Str format, Str text) {
  text = str_trim(text);
  if (!text.n) return HTML("");
  return str_eq(format, S("markdown")) ? markdown_html(cx->arena, text) : text_to_html(cx->arena, text);
}
