/* channel/card_reply.h: a mail that answers the mail of a card: its words stay with the card (desk/card_remark.h). Known by our own
   Message-ID in In-Reply-To or References, which nobody can guess. Of somebody else than the card was given to, or to a card that
   is closed, it becomes a request of the kind 'feedback', which a person reads.
   Not here: replies in a conversation (thread.h), what a machine may do (intake.c). */
#ifndef CHANNEL_CARD_REPLY_H
#define CHANNEL_CARD_REPLY_H
#include "desk/card.h"
#include "text/mime.h"

Err card_reply_find(Cx *, const Mail *, Card *ret) CHECKED;              /* .id 0: it answers none */
/* What its writer wrote themselves, above what they quote. */
Str card_reply_words(const Mail *);
#endif
