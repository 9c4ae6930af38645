/* channel/returned.h: reports that a mail of ours did not arrive, and what follows for its conversation and its address.
   Not here: reading such a report (text/mime.h). Invariant: a report counts only if it names a Message-ID that we sent,
   so that nobody can silence somebody else's address. */
#ifndef CHANNEL_RETURNED_H
#define CHANNEL_RETURNED_H
#include "desk/mail_log.h"
#include "text/mime.h"

/* ret: how the report ends in the log. Nothing is opened, nobody is answered. */
Err returned_take(Cx *, const Mail *, MailEnd *ret) CHECKED;
#endif
