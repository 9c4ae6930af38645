/* text/html_clean.h: a stranger's HTML made fit for our pages. It is parsed as a browser would and written anew from a
   list of what is allowed; nothing of the original survives as it was. No style, class, id, script or form; links go to
   http, https, mailto and tel only; pictures wait in data-src until a page lets them in.
   Not here: parsing (html_parse.h). Invariant: cleaning twice is cleaning once. */
#ifndef TEXT_HTML_CLEAN_H
#define TEXT_HTML_CLEAN_H
#include "text/html.h"

/* Past the caps for HTML in caps.h: its text as paragraphs. */
Html html_clean(Arena *, Str html);

/* The same for a mail's HTML, with a mark where quoted history begins; each side of the mark is whole HTML of its own.
   This is the form to store. */
Html html_clean_mail(Arena *, Str html);
bool html_fold(Html stored, Html *ret_reply, Html *ret_quoted);   /* false: no mark; reply is all of it, quoted empty */

/* Lets pictures in: each data-src whose address (cid:… or http…) where() answers with a non-empty address becomes
   that src; the rest stay out. where must give addresses of our own. */
Html html_pictures(Arena *, Html clean, Str (*where)(void *arg, Str address), void *arg);
#endif
