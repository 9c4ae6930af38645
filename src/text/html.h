/* text/html.h: text that is already safe to stand in a page, and the only ways to make it.
   An Html is made by html_escape, the cleaner (html_clean.h), Markdown (markdown.h) and the templates; nothing else. */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H
#include "base/buf.h"

typedef struct { Str s; } Html;
#define HTML(lit) ((Html){ S(lit) })            /* a literal only */

void html_escape(Buf *, Str);                   /* safe as text and inside a quoted attribute: & < > " ' */
static inline void html_raw(Buf *b, Html h) { buf_add(b, h.s); }
#endif
