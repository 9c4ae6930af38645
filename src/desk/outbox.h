/* desk/outbox.h: what must be told to somebody outside, noted in the transaction of the thing itself. A row says who is to be
   told of what, and carries its Message-ID from the first moment; how it reads as mail is the channel's affair.
   Not here: sending (channel), the words (ui/mail). */
#ifndef DESK_OUTBOX_H
#define DESK_OUTBOX_H
#include "store/db.h"

typedef struct {
  int64_t id, request_id, message, to_id, is_auto, attempts, next_at, created_at, sent_at;
  Str kind, to_mail, to_name, cc, subject, message_id, extra, hash, state, fault, via;
} Outbox;
extern const Shape outbox_shape;
#define OUTBOX_COLS "o.id, o.request_id, o.message, o.to_id, o.auto AS is_auto, o.attempts, o.next_at, o.created_at, o.sent_at," \
  " o.kind, o.to_mail, o.to_name, o.cc, o.subject, o.message_id, o.extra, o.hash, o.state, o.fault, o.via"

/* kind: reply acknowledgement reminder card remark worth notice signin test oversize. extra: JSON for the words: {"act":"report","seq":4}, a
   sign-in link. One row is one recipient: links in a mail are that person's own.
   To a party without an address nothing is put, *ret_id is 0. Mail by software (auto) is capped per address and day. */
typedef struct { Str kind, subject, to_mail, to_name, extra; int64_t request_id, message, to_id; bool auto_; int64_t delay; } OutboxNew;
Err outbox_put(Cx *, const OutboxNew *, int64_t *ret_id) CHECKED;

/* Who sees what: mails of a request whoever may see the request; the rest who administers. state: one, or two with a comma. */
Err outbox_get(Cx *, int64_t id, Outbox *ret) CHECKED;                   /* E_ABSENT also when not visible */
typedef struct { Str state, q, mail; int64_t before, request_id; size_t limit; } OutboxFilter;
Err outbox_list(Cx *, const OutboxFilter *, Rows *ret) CHECKED;          /* rows of Outbox, newest first */
Err outbox_of_message(Cx *, int64_t message, Rows *ret) CHECKED;         /* how the words got to people */
Err outbox_count(Cx *, Str state, int64_t since, int64_t *ret) CHECKED;
Err outbox_again(Cx *, int64_t id) CHECKED;                              /* send again: a waiting row once more, same Message-ID if it failed */
Err outbox_hurry(Cx *) CHECKED;                                          /* there is a server now: all that was never tried is due */
Err outbox_stop(Cx *, int64_t id) CHECKED;                               /* stop trying, or call back what has not left. E_DENIED: a card */

Err outbox_let_go(Cx *, int64_t request_id, Str kind, Str why) CHECKED;  /* mails of that kind that have not left are no longer wanted */
Err outbox_unask(Cx *, int64_t person) CHECKED;                          /* they do not want to be asked: cards and the like that have not left */

Err outbox_by_message_id(Cx *, Str message_id, Outbox *ret) CHECKED;     /* E_ABSENT: not ours */

/* For the courier. */
Err outbox_next(Cx *, int64_t *ret_at) CHECKED;                          /* when the next one is due, 0 if none waits */
Err outbox_take(Cx *, int64_t lease, size_t max, Rows *ret) CHECKED;     /* rows of Outbox that are due, leased */
Err outbox_sent(Cx *, int64_t id, Str via) CHECKED;
Err outbox_retry(Cx *, int64_t id, int64_t next_at, Str fault) CHECKED;
Err outbox_wait(Cx *, int64_t id, int64_t next_at, Str fault) CHECKED;   /* not tried, for a reason of ours; counts as no attempt */
Err outbox_failed(Cx *, int64_t id, Str fault) CHECKED;                  /* for good; a touch on the request says so */
Err outbox_written(Cx *, int64_t id, Str hash) CHECKED;                  /* the message as bytes, once: every try sends the same */

/* ---- own Message-IDs and reply addresses, signed so that nobody can make them up */
Err  mail_domain(Cx *, Str *ret) CHECKED;                                /* right of the @ in ids of our own */
Err  mail_reply_address(Cx *, int64_t request_id, Str *ret) CHECKED;     /* help+r12-abcdefgh…@domain; "" without mailbox_us */
bool mail_reply_request(const Cx *, Str address, int64_t *ret);          /* which request an address of ours means */
bool mail_id_request(const Cx *, Str message_id, int64_t *ret);          /* an own Message-ID, without brackets */
Err  mail_ref_put(Cx *, Str message_id, int64_t request_id) CHECKED;     /* any id seen; keeps the first */
Err  mail_ref_get(Cx *, Str message_id, int64_t *ret_request) CHECKED;   /* 0 if never seen */
#endif
