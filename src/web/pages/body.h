/* web/pages/body.h: words of a message as HTML, whatever they came as. */
#ifndef WEB_PAGES_BODY_H
#define WEB_PAGES_BODY_H
#include "base/cx.h"
#include "text/html.h"

/* format: "markdown" or "plain". Paragraphs, links made clickable; nothing raw. */
Html body_html(Cx *, Str format, Str text);
#endif
