/* channel/compose.h: how a row of the outbox reads as mail: the reader's language and hours, the words somebody wrote, the
   promise, links that are the reader's own, and the headers that thread it and keep machines from answering it.
   Not here: what a letter looks like (letter.h, ui/mail), sending (send.h). */
#ifndef CHANNEL_COMPOSE_H
#define CHANNEL_COMPOSE_H
#include "desk/outbox.h"

/* The message as it goes on the wire. Reads the store as the desk's own software. E_ABSENT: no address to write as is set
   yet, or what it is about is gone; E_INVALID: cannot be written as mail. */
Err compose(Cx *, const Outbox *, Str *ret) CHECKED;
#endif
