/* web/pages/ask.h: what the page with one question is drawn from. */
#ifndef WEB_PAGES_ASK_H
#define WEB_PAGES_ASK_H
#include "web/pages/portal.h"

/* What was typed, kept when the page is shown again. */
typedef struct { Str text, subject, name, mail, day, hour, told, good, after, since, since_hour; } AskWords;   /* after: the ref it goes on from */

typedef struct {
  Str    call;               /* what to call the reader; "": a stranger */
  bool   known;              /* we know who asks: no name, no address */
  bool   files;              /* files were chosen, and must be chosen again */
  bool   trap;               /* the field no person sees was filled in: show it */
  AskWords words;
  const Pairs *wrong;
  int64_t hear_at;           /* when one would hear, asked now; 0: not known yet */
  Rows   people;             /* Party: who would look; empty for strangers */
  size_t people_n;           /* of them shown */
  Rows   mine;               /* Request: the latest of the reader's own */
  bool   more;               /* there are others */
} AskPage;

/* After a question in the name of an address we know: nothing of it is shown, it goes there by mail. */
typedef struct { int64_t hear_at; } AskSent;
#endif
