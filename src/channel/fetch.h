/* channel/fetch.h: the courier that fetches mail. Each mailbox is looked at by itself: what is wrong with one never stops
   the others, and one message that cannot be had never stops those after it. A message is marked as seen after it is
   durable here; how far a mailbox is read is kept by UIDVALIDITY and UID, never by flags.
   Not here: the protocol (imap.h), what becomes of a message (intake.h). */
#ifndef CHANNEL_FETCH_H
#define CHANNEL_FETCH_H
#include "base/lane.h"
#include "desk/mail_log.h"
#include "desk/mailbox.h"

/* A courier's look (desk/errand.h). */
Err fetch_look(Cx *, Lanes *, int64_t *ret_next) CHECKED;

/* One mailbox, now. got: messages stored; more: there is more than one look takes. Faults are noted with the mailbox and are
   not errors here; an error is that the store could not be reached. */
typedef struct { int64_t got, known; bool more; Str fault; } Fetched;
Err fetch_mailbox(Cx *, Lanes *, const Mailbox *, Fetched *ret) CHECKED;

/* One message that was listed and could not be had before, without a mark on it. */
Err fetch_again(Cx *, Lanes *, const MailEntry *, Str *ret) CHECKED;

/* Mailboxes of the setting mail.in (IMAP addresses with blanks between), made or brought up to date. Their passwords stay in
   the setting. E_INVALID names the one that is no address. */
Err fetch_settings(Cx *, Str mail_in) CHECKED;
#endif
