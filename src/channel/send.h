/* channel/send.h: the courier that sends what stands in the outbox. A row is written out as a message once (compose.h);
   every try sends the same bytes under the same Message-ID. It is tried for five days, ever more seldom; what the other
   side refuses for good is given up at once, and the conversation says so. In the sample organisation nothing leaves.
   Not here: how a row reads as mail (compose.h), the protocol (smtp.h). */
#ifndef CHANNEL_SEND_H
#define CHANNEL_SEND_H
#include "base/lane.h"
#include "channel/wire.h"

/* A courier's look (desk/errand.h). */
Err send_look(Cx *, Lanes *, int64_t *ret_next) CHECKED;

/* Where mail is handed over: the setting mail.out of the command line, else what the wizard kept. E_ABSENT: nowhere yet. */
Err send_server(Cx *, WireUrl *ret) CHECKED;

/* When to try again after so many tries: a minute, then 5, 15, an hour, 4 hours; each a fifth more or less by chance.
   0: five days are over. dice: any number. */
int64_t send_again_at(int64_t now, int64_t created_at, int64_t tries, uint64_t dice);
#endif
