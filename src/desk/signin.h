/* desk/signin.h: somebody asked to be sent a link to sign in. What is written down is the same for every address, so that
   nobody learns from us, or from how long we take, who is known here; the link is made and mailed a moment later. */
#ifndef DESK_SIGNIN_H
#define DESK_SIGNIN_H
#include "desk/errand.h"

/* then: a path to go on to, or "". mail: a well-formed address. */
Err signin_ask(Cx *, Str mail, Str then) CHECKED;

extern const Errand signin_errands[];          /* kinds "signin" and "tidy" */
#endif
