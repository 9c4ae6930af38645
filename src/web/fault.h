/* web/fault.h: what is answered when something was not possible: a page for people, problem+json for programs. */
#ifndef WEB_FAULT_H
#define WEB_FAULT_H
#include "web/route.h"

/* Replaces what *res holds but for cookies, allow, retry_after and wrong. Below 500 cx->why is shown; from 500 on it
   is logged and kept to ourselves. */
void fault_answer(Cx *, const Req *, Res *, Err);
#endif
