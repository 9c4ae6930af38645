/* web/page.h: what every page begins with: a shell that knows the place and the reader, and a view to draw in.

     Shell s;
     View v;
     TRY(page_begin(cx, q, res, tr(cx->lang, "Sign in"), &s, &v));
     view_signin(&v, &s, …);
     return E_OK;                                                                                              */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H
#include "text/view.h"
#include "web/req.h"
#include "web/shell.h"

Err page_begin(Cx *, const Req *, Res *, Str title, Shell *ret, View *ret_view) CHECKED;
/* The same where there may be no database: place and person stay empty. For faults. */
void page_begin_bare(Cx *, const Req *, Res *, Str title, Shell *ret, View *ret_view);
#endif
