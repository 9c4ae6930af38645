/* text/html_quote.h: the element of a mail's HTML with which the quoted history begins, by the marks that Gmail, Outlook,
   Apple Mail, Thunderbird, Yahoo, Proton and others leave. Not here: text (quote.h). */
#ifndef TEXT_HTML_QUOTE_H
#define TEXT_HTML_QUOTE_H
#include "text/html_parse.h"

/* NULL if there is none, if nothing is said before it, if an answer stands below or between it, or if it is a forward. */
const HtmlNode *html_quote(Arena *, const HtmlNode *body);
#endif
