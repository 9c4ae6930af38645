/* web/pages/my_request.h: one request as the person sees it who asked it: where it stands, what waits for them, who promised
   what, all that was said. Loaded once; drawn by its page, by the card of the verdict and by the pages that ask twice.
   Not here: what the people who serve see (talk.h). */
#ifndef WEB_PAGES_MY_REQUEST_H
#define WEB_PAGES_MY_REQUEST_H
#include "desk/act.h"
#include "desk/message.h"
#include "desk/promise.h"
#include "desk/touch.h"
#include "desk/worth.h"
#include "web/clocks.h"
#include "web/pages/portal.h"

typedef struct { Str *at; size_t n; } Texts;

/* One step of the talk: words, an act without words, or something around it. */
typedef struct {
  int64_t at;
  const Message *message;        /* or NULL */
  Html  words, quoted;           /* quoted: what it answers, "" if nothing */
  Rows  files;                   /* Attachment */
  const Act *act;                /* the act, or the one said with the message; NULL */
  const Touch *touch;
  bool  you;
} MyStep;

typedef struct { const Promise *promise; Texts says; } MyPromise;    /* says: its conditions */

typedef struct {
  Request r;
  Str   ref, self;               /* "R-12", "/my/R-12" */
  Stand stand;
  bool  asker;                   /* the reader asked it; else they read along */
  unsigned may;                  /* acts the reader may do now: 1u << LoopAct */
  MyPromise *standing, *earlier; /* newest first: in force or offered (but not on a card that asks for a yes); all before */
  size_t standing_n, earlier_n;
  const Promise *promise;        /* in force; NULL */
  const Promise *offer;          /* waits for an answer; NULL */
  Texts offer_says;              /* its conditions */
  const MyStep *report, *question, *refusal;   /* the words of the last of each, NULL */
  Str   where_else;              /* declined: who can help instead */
  MyStep *at; size_t n;
  TwoClocks clocks;              /* the same that those see who serve */
  Rows  worth;                   /* LedgerLine: what we believe came of it and the asker has not answered */
  bool  can_write;
  Str   phone;
  /* of the form that was sent */
  const Pairs *wrong;
  Str   typed, day, hour;        /* kept when refused */
  bool  moved;                   /* something arrived while it was written */
  Str   done;                    /* a sentence on what was just done; "" */
} MyRequest;

/* E_ABSENT: not to be seen. */
Err  my_request_load(Cx *, const Req *, MyRequest *ret) CHECKED;
static inline bool my_may(const MyRequest *m, LoopAct a) { return m->may >> a & 1; }
Texts my_conditions(Cx *, const Promise *);
Err  my_request_show(Cx *, const Req *, Res *, MyRequest *) CHECKED;    /* the whole page, status of *res as it is */
#endif
