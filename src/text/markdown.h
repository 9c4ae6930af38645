/* text/markdown.h: the small Markdown people may write in a reply: emphasis, lists, links, quotes, code, tables.
   No HTML passes through: what looks like a tag is shown as words. As plain text in a mail the source itself is sent.
   Not here: HTML from outside (html_clean.h). */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H
#include "text/html.h"

/* A line end is a line end, as people type. Links only as url_safe allows; pictures wait in data-src as in html_clean.h;
   headings begin at h3, below those of the page; cells have class left, centre or right if so marked. Past CAP_MARKDOWN_BYTES, or too deep: text_to_html of the source. */
Html markdown_html(Arena *, Str source);
#endif
