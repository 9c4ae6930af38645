/* web/pages/verdict.h: the card: one question, and what one may add. */
#ifndef WEB_PAGES_VERDICT_H
#define WEB_PAGES_VERDICT_H
#include "web/pages/my_request.h"

typedef struct {
  const MyRequest *m;
  Str  sorted, bar, ease, lost;      /* chosen so far: yes partly no · above at below · 1…7 · minutes; "" not */
  Str  all, again, kind, helps;      /* 1…5 · 0 1 2 · good bad · 1 0; "" not */
  Str  text, moment;
  bool nameless;
  bool at_once;                      /* from a mail: a script may send a plain "yes" by itself, after a while one can stop */
  bool full;                         /* asked in full; else only whether it is sorted, and the rest lies folded */
  bool said_more;                    /* something of the rest was filled in */
  bool asked_helps;                  /* something is on file that helps them */
  bool asked_bar;                    /* there was a bar, or a promise, to hold it against */
  bool may_yes, may_no;
  Str  report;                       /* what was said to be done, short; "" */
  Str  by;                           /* who said so */
} VerdictCard;

typedef struct { const char *value, *words; } VerdictWord;
/* Words of the reader's language are looked up when drawn. Ended by value NULL. */
extern const VerdictWord verdict_all[], verdict_bar[], verdict_ease[], verdict_lost[], verdict_again[], verdict_kind[], verdict_helps[];
#endif
