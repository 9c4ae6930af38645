/* web/pages/outbox.h: what the outbox and the sample mailbox are drawn from. */
#ifndef WEB_PAGES_OUTBOX_H
#define WEB_PAGES_OUTBOX_H
#include "desk/mailbox.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "text/mime.h"
#include "text/view.h"
#include "web/req.h"

typedef struct {
  Rows waiting, failed, sent;    /* Outbox */
  Rows boxes;                    /* Mailbox */
  int64_t sent_today;
  int64_t next;                  /* id for `before` of the next page of what was sent, 0 on the last */
  bool can_send;                 /* there is a server to hand mail to */
  bool demo;
  Str done;
} OutboxPage;

/* Every mail that would have gone out, and one opened. */
typedef struct {
  Rows mails;                    /* Outbox */
  Rows people;                   /* Party: who may write in */
  int64_t next;
  const Outbox *open;            /* NULL: none */
  bool written;                  /* the courier has written it: there is something to show */
  Mail mail;
  Str  us;                       /* where people write to */
  Str  to, subject, text, answers;   /* of the form; answers: a reply address and the subject it belongs to */
  int64_t from;
  const Pairs *wrong;
  Str done;
} SampleMailbox;
#endif
