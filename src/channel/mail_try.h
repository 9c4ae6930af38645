/* channel/mail_try.h: carrying out what desk/mail_try.h asks for: finds the servers of an address, signs in to both,
   looks into the inbox, and hangs up. Nothing is fetched and nothing is sent. */
#ifndef CHANNEL_MAIL_TRY_H
#define CHANNEL_MAIL_TRY_H
#include "desk/errand.h"
#include "desk/mail_try.h"

extern const Errand mail_try_errands[];         /* kind "mail-try"; ended by an empty row */

/* Servers that may belong to an address, likeliest first: of the large providers the true ones, else the customary names.
   scheme: "imap" or "smtp". Ended by an empty Str. */
const Str *mail_servers(Arena *, Str address, const char *scheme);

/* Tries what t says, on the network, and writes what came of it into t (urls, faults, denied). Always comes to an end. */
void mail_try_now(Cx *, MailTry *t, Str secret);
#endif
