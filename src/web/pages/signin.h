/* web/pages/signin.h: what the sign-in page is drawn from. */
#ifndef WEB_PAGES_SIGNIN_H
#define WEB_PAGES_SIGNIN_H
#include "base/base.h"
#include "web/shell.h"

typedef struct { int64_t id; Str name, role; } SamplePerson;

typedef struct {
  Str  mail, then, fault;      /* then: a path of ours to go on to; fault: of the last try */
  bool password;               /* ask for it; else offer a link */
  SamplePerson *samples;       /* in the sample organisation only */
  size_t sample_n;
} SigninPage;
#endif
