/* desk/mailbox.h: the mailboxes people write to, and how far each has been read.
   Not here: talking to a mail server (channel/imap.h). */
#ifndef DESK_MAILBOX_H
#define DESK_MAILBOX_H
#include "store/db.h"

/* url: "imaps://host:port/FOLDER", without name and password; "" if only `mail-in` feeds it. secret: sealed.
   fault: what is wrong with it now, in a sentence; faults: how often in a row. uid: all up to here is stored. */
typedef struct {
  int64_t id, team_id, uidvalidity, uid, looked_at, got_at, faults;
  Str address, url, account, secret, fault, team;
} Mailbox;

Err mailbox_list(Cx *, Rows *ret) CHECKED;                               /* rows of Mailbox, by address */
Err mailbox_get(Cx *, int64_t id, Mailbox *ret) CHECKED;                 /* E_ABSENT */
Err mailbox_by_address(Cx *, Str address, Mailbox *ret) CHECKED;         /* E_ABSENT; +tags of it count as it */
/* The address we write as: the setting of the command line, else the wizard's, else the first mailbox. "" before either. */
Err mailbox_us(Cx *, Str *ret) CHECKED;
bool mailbox_is_ours(Cx *, Str address);                                 /* a mailbox, what we write as, or a +tag of one */

/* Makes or changes the mailbox with that address. secret: the password in clear, "" keeps the one that is there.
   A new url or account starts its reading afresh. E_INVALID address or url. */
typedef struct { Str address, url, account, secret; int64_t team_id; } MailboxNew;
Err mailbox_put(Cx *, const MailboxNew *, int64_t *ret_id) CHECKED;
Err mailbox_drop(Cx *, int64_t id) CHECKED;
Err mailbox_secret(Cx *, const Mailbox *, Str *ret) CHECKED;             /* in clear: for the courier only */

/* For the courier who looks first: false if another node looked since *b was read. */
Err mailbox_claim(Cx *, const Mailbox *b, bool *ret) CHECKED;
/* The courier was there. fault "": it went well. more: not all was read, so it is due again at once. */
typedef struct { Str fault; bool got, more; } MailboxLook;
Err mailbox_looked(Cx *, int64_t id, const MailboxLook *) CHECKED;
Err mailbox_read_to(Cx *, int64_t id, int64_t uidvalidity, int64_t uid) CHECKED;

/* When to look again: every `pause` microseconds; after faults 2, 4, 8 … times that, at most an hour. */
int64_t mailbox_next(const Mailbox *, int64_t pause);
#endif
