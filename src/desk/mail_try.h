/* desk/mail_try.h: trying a mailbox before it is used. Asked for in the browser, carried out beside the server because it
   waits for the network (channel/mail_try.h), answered in plain words; one at a time, the latest counts.
   Not here: mailboxes in use (mailbox.h). Invariant: the password is sealed where it lies and never handed to a page. */
#ifndef DESK_MAIL_TRY_H
#define DESK_MAIL_TRY_H
#include "store/db.h"

/* What to try. in_url, out_url: "imaps://host:993", "smtps://host:465", without name and password; "" = find the server by
   the address. account: "" = the address. secret "": the one of the try before, if it was for the same address. */
typedef struct { Str address, account, secret, in_url, out_url; } MailTryNew;
Err mail_try_ask(Cx *, const MailTryNew *) CHECKED;       /* E_INVALID: address, secret, in_url, out_url */

/* How far it is. asked_at 0: nothing was tried; done_at 0: still going on. Faults are one sentence for a person, "" = well. */
typedef struct {
  int64_t asked_at, done_at;
  Str address, account, in_url, out_url;                  /* urls: as given, then as found */
  Str in_fault, out_fault;
  bool denied;                                            /* it was the password */
} MailTry;
Err mail_try_get(Cx *, MailTry *ret) CHECKED;
static inline bool mail_try_well(const MailTry *t) { return t->done_at && !t->in_fault.n && !t->out_fault.n; }

/* Into use: the mailbox is read from now on, mail goes out through its server and in its name. E_CONFLICT: not tried, or
   it did not go well. */
Err mail_try_use(Cx *) CHECKED;

/* For the courier. job: its body; E_ABSENT: another try was asked for since. */
Err mail_try_take(Cx *, Str job, MailTry *ret, Str *ret_secret) CHECKED;
Err mail_try_answer(Cx *, Str job, const MailTry *) CHECKED;
#endif
