/* desk/mail_log.h: every message that ever arrived, its bytes as they came, and what became of it.
   Not here: reading messages (text/mime.h), deciding what becomes of one (channel/intake.h), mailboxes (mailbox.h).
   Invariant: a message that was stored ends as request, reply, verdict, held, suppressed, duplicate or quarantined,
   with a reason in words; until then it is 'new' and the job 'mail-take' stands for it. */
#ifndef DESK_MAIL_LOG_H
#define DESK_MAIL_LOG_H
#include "store/db.h"

typedef struct {
  int64_t id, at, size, uidvalidity, uid, request_id, message, attempts, done_at;
  Str mailbox, hash, message_id, from_mail, from_name, subject, outcome, reason;
} MailEntry;
#define MAIL_OUTCOMES(X) X("new") X("request") X("reply") X("verdict") X("held") X("suppressed") X("duplicate") X("quarantined")
bool mail_outcome_ok(Str);

/* ---- taking in: two steps, each in a transaction of its own */

/* First: the bytes, and the job that takes them in should nobody else. mailbox: our address it came to, "" not known.
   uid 0: not fetched by IMAP. A message of that mailbox, UIDVALIDITY and UID that is there already is not stored again:
   *ret_id is that one and *ret_known true. */
/* as: how to take it in (channel/intake.h). alone: nobody takes it in right after, so the job does, at once. */
typedef struct { Str mailbox, raw, as; int64_t uidvalidity, uid; bool alone; } MailNew;
Err mail_store(Cx *, const MailNew *, int64_t *ret_id, bool *ret_known) CHECKED;

Err mail_known(Cx *, Str mailbox, int64_t uidvalidity, int64_t uid, bool *ret) CHECKED;

/* The bytes of one that was only listed so far (size 0): they could not be had when it was fetched. */
Err mail_bytes(Cx *, int64_t id, Str raw) CHECKED;

/* What it says of itself, as far as it could be read. */
typedef struct { Str message_id, from_mail, from_name, subject; } MailHeads;
Err mail_heads(Cx *, int64_t id, const MailHeads *) CHECKED;

/* Last: what became of it. Drops the job. reason: one sentence. */
typedef struct { Str outcome, reason; int64_t request_id, message; } MailEnd;
Err mail_end(Cx *, int64_t id, const MailEnd *) CHECKED;

/* One more try begins; in a transaction of its own, so that a message that ends the program is found out. */
Err mail_attempt(Cx *, int64_t id, int64_t *ret_attempts) CHECKED;

/* The same words again: taken in before with this Message-ID and the same body, in the same mailbox or one of the same team.
   Without a Message-ID only the very same bytes count. Two that arrive at once wait for each other here. 0: none. */
Err mail_same(Cx *, const MailEntry *, int64_t *ret_id) CHECKED;

/* How many messages of a sender became requests within the last hour, counted up to 1000: more than people write means that
   something goes round in circles. */
Err mail_flood(Cx *, int64_t asker, int64_t *ret) CHECKED;

/* ---- threads: the ids of a request's mail, in and out, oldest first; at most the first and the last so many */
typedef struct { int64_t at, inbound; Str message_id; } MailLink;
Err mail_chain(Cx *, int64_t request_id, int64_t before, Rows *ret) CHECKED;   /* rows of MailLink up to that instant */

/* ---- the log */
Err mail_get(Cx *, int64_t id, MailEntry *ret) CHECKED;                  /* E_ABSENT */
Err mail_raw(Cx *, const MailEntry *, Str *ret) CHECKED;                 /* the bytes as they came */
/* before: only ids below it (0: from the newest). q: part of a sender, a subject, a Message-ID or a reason; or a number.
   outcome: one, or two with a blank between. rows of MailEntry, newest first; limit 0 is 50, at most 200. */
typedef struct { Str outcome, mailbox, q; int64_t before, since, request_id; size_t limit; } MailFilter;
Err mail_list(Cx *, const MailFilter *, Rows *ret) CHECKED;
typedef struct { int64_t all, fresh, request, reply, verdict, held, suppressed, duplicate, quarantined; } MailCounts;
Err mail_counts(Cx *, int64_t since, MailCounts *ret) CHECKED;

/* Take a held, suppressed or quarantined one in again, now. as: "" the same steps again, "trusted" without the check of
   the sender, "junk" set aside for good. E_CONFLICT: it is taken in already. */
Err mail_retry(Cx *, int64_t id, Str as) CHECKED;
#endif
