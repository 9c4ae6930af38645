/* web/pages/signin.h: what the sign-in page is drawn from. */
#ifndef WEB_PAGES_SIGNIN_H
#define WEB_PAGES_SIGNIN_H
#include "desk/party.h"
#include "web/shell.h"

typedef struct {
  Str  mail, then, fault;      /* then: a path of ours to go on to; fault: of the last try */
  bool password;               /* ask for it; else offer a link */
  const Party *samples;        /* in the sample organisation only: those who serve, then those who ask */
  size_t sample_n, serving_n;
} SigninPage;
#endif
