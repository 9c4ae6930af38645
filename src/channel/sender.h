/* channel/sender.h: who wrote a mail, as far as we can know, and whether we may take them at their word.
   Only From counts; Reply-To says where to write, never who somebody is. */
#ifndef CHANNEL_SENDER_H
#define CHANNEL_SENDER_H
#include "desk/party.h"
#include "text/mime.h"

typedef struct {
  Party party;                   /* .id 0: nobody we know */
  Str   hold;                    /* not "": why a person has to look first */
} Sender;

/* Nothing is made. trusted: a person looked at it; only what makes it impossible to take in holds it. */
Err sender_find(Cx *, const Mail *, bool trusted, Sender *ret) CHECKED;

/* Our mail server's own verdict on the sender (Authentication-Results, RFC 8601), believed only from the server named by the
   setting mail.authserv ("": nobody's); "" if there is none or it has nothing against them. */
Str sender_doubt(Cx *, const Mail *, Str authserv);

/* The others this mail went to, without us, the writer and robots; at most max. */
Err sender_copies(Cx *, const Mail *, int64_t writer, int64_t *ret, size_t max, size_t *ret_n) CHECKED;
#endif
