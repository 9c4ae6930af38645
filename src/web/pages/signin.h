/* web/pages/signin.h: what the sign-in page is drawn from; letting somebody in, for the page of setting up. */
#ifndef WEB_PAGES_SIGNIN_H
#define WEB_PAGES_SIGNIN_H
#include "desk/party.h"
#include "web/req.h"
#include "web/shell.h"

/* This browser is that person's from the answer on. E_DENIED: disabled. */
Err signin_let_in(Cx *, const Req *, Res *, int64_t party) CHECKED;

typedef struct {
  Str  mail, then, fault;      /* then: a path of ours to go on to; fault: of the last try */
  bool password;               /* ask for it; else offer a link */
  const Party *samples;        /* in the sample organisation only: those who serve, then those who ask */
  size_t sample_n, serving_n;
} SigninPage;
#endif
