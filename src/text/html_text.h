/* text/html_text.h: HTML as plain text, for mails that have nothing else and for search: paragraphs, lists, tables by
   row, quotes with "> ", links as words <address>. */
#ifndef TEXT_HTML_TEXT_H
#define TEXT_HTML_TEXT_H
#include "base/str.h"

/* ret_quote (may be NULL): byte offset where quoted history or a signature begins, -1 if none; see quote.h. */
Str html_to_text(Arena *, Str html, int64_t *ret_quote);
#endif
