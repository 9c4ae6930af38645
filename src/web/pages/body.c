/* web/pages/body.c: see body.h. */
#include "web/pages/body.h"
#include "text/linkify.h"

Html body_html(Cx *cx, Str format, Str text) {
  (void)format;
  text = str_trim(text);
  return text.n ? text_to_html(cx->arena, text) : HTML("");
}
