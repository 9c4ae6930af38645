/* text/linkify.h: plain text as safe HTML: a blank line parts paragraphs, a line end is a <br>, web and mail addresses
   become links. */
#ifndef TEXT_LINKIFY_H
#define TEXT_LINKIFY_H
#include "text/html.h"

Html text_to_html(Arena *, Str text);       /* at most CAP_LINKS links */
#endif
