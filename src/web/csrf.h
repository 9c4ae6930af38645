/* web/csrf.h: the token that shows that a form was ours. It is bound to the browser's session cookie, or to a cookie of
   its own before there is one, and masked anew on each page so that compression gives nothing away. Nothing is stored. */
#ifndef WEB_CSRF_H
#define WEB_CSRF_H
#include "desk/site.h"

Str  csrf_make(Arena *, const Site *, Str bound);               /* bound: the cookie's value; 43 letters */
bool csrf_ok(Arena *, const Site *, Str bound, Str sent);       /* false if either is empty */
#endif
