/* web/pages/talk.h: one request as the people who serve it see it: all that was said and done, in order; the promise; who is
   being served; and what is being written. Loaded once, drawn by the inbox's sheet and by the request's own page.
   Not here: what the asker sees (the shop's pages), doing anything (request_do.c). */
#ifndef WEB_PAGES_TALK_H
#define WEB_PAGES_TALK_H
#include "desk/work.h"
#include "desk/act.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/moment.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "desk/promise.h"
#include "desk/touch.h"
#include "desk/verdict.h"
#include "text/view.h"
#include "web/clocks.h"

/* TALK_MESSAGE: words. TALK_ACT: an act without words. TALK_TOUCH: around the loop. TALK_MAIL: written by software. */
typedef enum { TALK_MESSAGE, TALK_ACT, TALK_TOUCH, TALK_MAIL } TalkKind;

typedef struct {
  TalkKind kind;
  int64_t at;
  const Message *message;
  Html words, quoted;            /* of the message; quoted: what it answers, "" if nothing */
  bool theirs, note;             /* said by the side that asked; among ourselves */
  Rows files;                    /* Attachment */
  const Outbox **mails; size_t mail_n;   /* how the message got to people */
  const Act *act;                /* the act, or the one said with the message; NULL */
  const Promise *promise;        /* made or offered with that act; NULL */
  const Verdict *verdict;        /* given with that act; NULL */
  Str where_else;                /* of a no: who can help instead; "" */
  const Touch *touch;
  const Outbox *mail;            /* TALK_MAIL */
  bool fresh;                    /* came after what the writer last saw */
} TalkItem;

/* What the form at the end is for. Each is ?write=NAME. */
#define WRITES(X) X(REPLY, "reply") X(NOTE, "note") X(PROMISE, "promise") X(COUNTER, "counter") X(REVOKE, "revoke") \
  X(DECLINE, "decline") X(KEEP, "keep")
#define X(name, text) WRITE_##name,
typedef enum { WRITES(X) WRITE_COUNT } Write;
#undef X
Str   write_name(Write);
Write write_of(Str name);        /* WRITE_REPLY for what is none */

/* The form, with what was typed before it was refused. */
typedef struct {
  Write what;
  Str text, due, conditions, where_else, copies;
  Str fault, field;              /* why it was refused, and beside which field; "" */
  Str answers;                   /* saved answers put into it: "3,7" */
  int64_t kept_at;               /* when the draft was kept; 0: none is */
  bool behind;                   /* the request moved on since that draft */
  bool thrown;                   /* the draft was thrown away and can be brought back */
  bool fresh;                    /* words were put in that are not kept yet */
  bool moved;                    /* refused because the request moved on meanwhile */
  bool files;                    /* there were files with it: they must be chosen again */
} Compose;

/* What the writer last saw: the newest message, act and touch. In every form as "seen": "34.7.12". */
typedef struct { int64_t message, act, touch; } Seen;
Str  seen_text(Arena *, const Seen *);
Seen seen_of(Str);

typedef struct { const Request *request; const Verdict *verdict; } Past;    /* verdict: NULL if none was given */

typedef struct Talk {
  Request r;
  Str ref, first;                /* "R-12"; what one calls the asker */
  Str owner_first;               /* what one calls who has it; "" */
  Str self;                      /* this page with its query, for the links of the form */
  Str list, list_label;          /* the list it was opened from */
  Str before, after;             /* the conversations beside it in that list; "" */
  bool onward;                   /* after an answer the reader goes on to the next */
  int64_t reader;
  Standing standing;
  bool mine;                     /* the reader has it */
  unsigned may;                  /* what the reader may do now: 1u << LoopAct */
  TalkItem *at; size_t n;
  size_t earlier;                /* steps left out before the first */
  const TalkItem *news;          /* the newest of what came since the writer looked; NULL */
  Seen seen;
  TwoClocks clocks;              /* only where the page is whole */
  Rows promises;                 /* Promise, newest first */
  const Promise *promise, *offered;   /* in force, or last in force; not answered yet */
  Party asker;
  bool remembers;                /* the asker allows us to remember */
  Rows memory;                   /* MemoryNote */
  Past *past; size_t past_n;
  Rows people, tags;             /* Participant, Word */
  Rows team;                     /* Party: who serves or leads its team */
  Rows teams;                    /* Party: all teams */
  int64_t snoozed;
  WorkSpent spent;               /* only for those who serve it */
  const MomentRow *hurt;         /* a bad moment after which nobody has spoken yet; NULL */
  Compose compose;
  Str done;                      /* what was just done, a sentence; "" */
  bool whole;                    /* its own page, not the inbox's sheet */
} Talk;

/* Everything but compose, self, list and done, of a request the actor may see (request_by_ref). last: only so many of the last
   steps, 0 = all. */
Err talk_load(Cx *, const Request *, size_t last, Talk *ret) CHECKED;
/* Marks what came after `seen` by somebody else; sets news. */
void talk_mark(Talk *, Seen seen);
bool talk_may(const Talk *, LoopAct);
/* The form that was asked for, if it makes sense now; else the reply. */
Write talk_write(const Talk *, Write asked);
static inline bool talk_event(const TalkItem *t) { return t->kind != TALK_MESSAGE; }

/* For the templates. */
Str talk_page(const View *, const Talk *);                 /* the page of its own, of the list it was opened from */
Str talk_link(const View *, const Talk *, Write);          /* this page with that form open */
Str talk_tags(const View *, const Talk *);                 /* "printer, line 4" */
typedef struct { Str *at; size_t n; } Conditions;
Conditions talk_conditions(const View *, const Promise *);
#endif
