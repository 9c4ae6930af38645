/* channel/compose_parts.h: what one mail is made from, and the letters. For compose*.c only. */
#ifndef CHANNEL_COMPOSE_PARTS_H
#define CHANNEL_COMPOSE_PARTS_H
#include "channel/letter.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "text/json.h"

typedef struct {
  const Outbox *row;
  const Json *extra;            /* NULL: nothing */
  Request request;              /* .id 0: about none */
  Message message;              /* .id 0: no words */
  Rows    files;                /* of Attachment, of the message */
  Party   to;                   /* .id 0: nobody we know */
  Str     name;                 /* the reader's */
  Str     place, phone;
  Str     answers;              /* the Message-ID it answers, of a mail in no conversation; "" none */
  Str     author;               /* who wrote it; "": software */
  Letter  letter;
} Composing;

Str  compose_hello(Cx *, const Composing *);                        /* "Hello Ana," */
Err  compose_answers_for(Cx *, const Composing *, Str *ret) CHECKED;   /* who answers for what software writes */
bool compose_files_fit(const Composing *);
bool compose_asks(const Composing *);                               /* the reader is the one who asked */

Err compose_reply(Cx *, Composing *) CHECKED;
Err compose_acknowledgement(Cx *, Composing *) CHECKED;
Err compose_reminder(Cx *, Composing *) CHECKED;
Err compose_card(Cx *, Composing *) CHECKED;
Err compose_remark(Cx *, Composing *) CHECKED;
Err compose_worth(Cx *, Composing *) CHECKED;
Err compose_notice(Cx *, Composing *) CHECKED;
Err compose_signin(Cx *, Composing *) CHECKED;
Err compose_week(Cx *, Composing *) CHECKED;
Err compose_test(Cx *, Composing *) CHECKED;
Err compose_oversize(Cx *, Composing *) CHECKED;
#endif
