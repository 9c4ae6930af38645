/* channel/intake.h: the one path of every message that comes in by mail, whoever brought it. Its bytes are stored already
   (desk/mail_log.h); here it is read, recognised, given to the request it speaks of or made into a new one, and the log
   is told what became of it. Whatever cannot be read is set in quarantine with a reason, never dropped.
   Not here: fetching (fetch.h, mail_in.h), which request (thread.h).
   Invariant: one transaction; when it is over the message has ended, or nothing happened at all (E_BUSY) and the job
   'mail-take' tries again. */
#ifndef CHANNEL_INTAKE_H
#define CHANNEL_INTAKE_H
#include "desk/mail_log.h"

typedef struct { int64_t mail_id, request_id, message; Str outcome, reason; } Taken;

/* as: "" · "trusted": somebody looked at it; no check of the sender, a machine may ask · "oversize:BYTES": only its first
   part is there. A message that has ended is not taken in again; *ret says how it ended. In the caller's transaction. */
Err mail_take(Cx *, int64_t mail_id, Str as, Taken *ret) CHECKED;

/* Ends a message that ended the program each time it was tried. */
Err mail_give_up(Cx *, int64_t mail_id, int64_t attempts) CHECKED;
enum { MAIL_TRIES = 4 };
#endif
