/* web/pages/request.h: the page of one request, also drawn when something was refused. */
#ifndef WEB_PAGES_REQUEST_H
#define WEB_PAGES_REQUEST_H
#include "web/pages/talk.h"
#include "web/route.h"

/* Draws it with that status. compose: NULL, or the form as it was sent. */
Err request_draw(Cx *, const Req *, Res *, int status, const Compose *) CHECKED;
/* After the answer it is noted that the reader has seen the request up to its version; nothing is, where that is known. */
Err request_note_read(Cx *, const Request *, Res *) CHECKED;
#endif
