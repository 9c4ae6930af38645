/* web/fault.h: what is answered when something was not possible: a page for people, problem+json for programs. */
#ifndef WEB_FAULT_H
#define WEB_FAULT_H
#include "web/route.h"

/* cx->why in the reader's language; a sentence that has no translation, or a number in it, as it is. */
Str fault_why(const Cx *);

/* Replaces what *res holds but for cookies, allow, retry_after and wrong. Below 500 cx->why is shown; from 500 on it
   is logged and kept to ourselves. */
void fault_answer(Cx *, const Req *, Res *, Err);
#endif
