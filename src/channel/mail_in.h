/* channel/mail_in.h: one raw message, brought by a pipe or by the courier, made durable and then taken in; each in a
   transaction of its own. Not here: what becomes of it (intake.h), the command line (main). */
#ifndef CHANNEL_MAIL_IN_H
#define CHANNEL_MAIL_IN_H
#include "base/lane.h"
#include "channel/intake.h"
#include "desk/errand.h"

/* E_OK only when the bytes are on disk. Should taking in not succeed now, *ret says "held" and the job goes on with it.
   ret_known (may be NULL): that UID was stored before; nothing was done. */
Err mail_in(Cx *, Lanes *, const MailNew *, Taken *ret, bool *ret_known) CHECKED;

/* {"outcome":"request","request":"R-12","message":34,"reason":"…"} and a line end */
Str mail_in_json(Arena *, const Taken *);

/* A message of so many bytes, of which raw is all, or the beginning if they are more than CAP_MAIL_BYTES. */
enum { MAIL_BEGINNING = 256 * 1024 };  /* kept of a message that is too large to keep */
MailNew mail_in_whole(Arena *, Str mailbox, Str raw, int64_t size);

Err mail_take_carry(Cx *, Lanes *, const Job *) CHECKED;         /* the job 'mail-take' */
#endif
