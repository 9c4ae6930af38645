/* channel/imap.h: enough of IMAP4rev1 (RFC 3501) to fetch mail and nothing more. libcurl connects, secures and signs in;
   what is said afterwards is said here, so that nothing is marked as seen before we mean it (BODY.PEEK) and UIDs count.
   Not here: what is done with a message, and how far a mailbox has been read (fetch.h). */
#ifndef CHANNEL_IMAP_H
#define CHANNEL_IMAP_H
#include "channel/wire.h"

typedef struct Imap Imap;

/* Connected and signed in. Errors as wire_fault. The Imap lives in cx->arena and hangs up when it goes; imap_close says
   good-bye first and takes NULL. */
Err  imap_open(Cx *, const WireUrl *, Imap **ret) CHECKED;
void imap_close(Imap *);

/* All below: E_BUSY the connection is lost, throw the Imap away; E_ABSENT, E_DENIED the server said no, the connection goes on. */
typedef struct { int64_t uidvalidity, uidnext, exists; } ImapFolder;
Err imap_select(Cx *, Imap *, Str folder, ImapFolder *ret) CHECKED;      /* "" is INBOX; E_ABSENT no such folder */

/* UIDs in growing order: all from `from` on; or, of the time since that day, the unseen ones only or all of them. */
typedef struct { int64_t *at; size_t n, cap; } ImapUids;
Err imap_uids_from(Cx *, Imap *, int64_t from, ImapUids *ret) CHECKED;
Err imap_uids_since(Cx *, Imap *, int64_t since, bool unseen, ImapUids *ret) CHECKED;

Err imap_size(Cx *, Imap *, int64_t uid, int64_t *ret) CHECKED;          /* as the server reckons; E_ABSENT: gone meanwhile */
/* The message as it is, at most cap bytes of it. Leaves no mark on it. E_ABSENT: gone; E_DENIED: the server cannot give it. */
Err imap_fetch(Cx *, Imap *, int64_t uid, size_t cap, Str *ret) CHECKED;
Err imap_seen(Cx *, Imap *, int64_t uid) CHECKED;                        /* sets \Seen */
#endif
