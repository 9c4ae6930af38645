/* web/pages/inbox.h: what the inbox is drawn from. */
#ifndef WEB_PAGES_INBOX_H
#define WEB_PAGES_INBOX_H
#include "desk/inbox.h"
#include "web/pages/moments.h"
#include "web/pages/talk.h"
#include "web/parts.h"

typedef struct Inbox {
  ListName list;
  Str label, cursor, next;       /* "In your court"; of this page and the one after it */
  Rows rows;                     /* InboxRow */
  int64_t total;                 /* in the whole list */
  int64_t next_due;              /* the first promise that falls due, 0 = none */
  int64_t reader, open_id;
  bool any;                      /* there is some request at all */
  bool paged;                    /* not the first page */
  bool chosen;                   /* one was opened by the reader, not by us */
  Str address;                   /* where people write to; "" before mail is set up */
  WorstBlock worst;                   /* bad moments of today that are the reader's */
  Talk *talk;                    /* the one that is open; NULL */
} Inbox;

/* The ring round a face: how much of the time until the answer is due has gone, in hundredths. */
typedef struct { bool shown, hot; int gone; } Ring;
Ring inbox_ring(const InboxRow *, int64_t now);
Str  inbox_link(const View *, const Inbox *, int64_t request_id);
/* Those before and after one in rows of InboxRow; 0: none, or it is not among them. */
void inbox_beside(const Rows *, int64_t id, int64_t *ret_before, int64_t *ret_after);
/* What the list is called, and its place in the rail. */
Str  inbox_label(const Lang *, ListName);
#endif
