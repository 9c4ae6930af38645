/* web/pages/request.h: the page of one request, also drawn when something was refused. */
#ifndef WEB_PAGES_REQUEST_H
#define WEB_PAGES_REQUEST_H
#include "web/pages/talk.h"
#include "web/route.h"

/* Draws it with that status. compose: NULL, or the form as it was sent. */
Err request_draw(Cx *, const Req *, Res *, int status, const Compose *) CHECKED;
/* For Res.later: the reader has seen it up to that version. */
Err request_read_later(Cx *, int64_t id, int64_t version) CHECKED;
#endif
