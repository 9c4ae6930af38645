/* web/pages/draft.h: what somebody had begun to write, back in the form that it was begun in. Not here: keeping it (desk/draft.h). */
#ifndef WEB_PAGES_DRAFT_H
#define WEB_PAGES_DRAFT_H
#include "web/pages/talk.h"
#include "web/route.h"

/* Chooses the form: the one the query names, else the one begun last. Fills it with the reader's draft, and with the saved answer
   that the query names. Of a loaded talk; reads only. */
Err draft_open(Cx *, const Req *, Talk *) CHECKED;
#endif
