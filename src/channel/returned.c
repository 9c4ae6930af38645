/* channel/returned.c: see returned.h. */
#include "channel/returned.h"
#include "desk/outbox.h"
#include "desk/party.h"

#define REST (60 * DAY)          /* how long we do not write to an address that does not exist */

/* The mail of ours that the report is about: by the id it names, else by those it refers to. */
static Err ours(Cx *cx, const Mail *m, Outbox *ret) {
  Err e = m->bounce.message_id.n ? outbox_by_message_id(cx, m->bounce.message_id, ret) : E_ABSENT;
  if (e == E_ABSENT && m->in_reply_to.n) e = outbox_by_message_id(cx, m->in_reply_to, ret);
  for (size_t i = m->n_references; i-- > 0 && e == E_ABSENT;)
    if (m->references[i].n) e = outbox_by_message_id(cx, m->references[i], ret);
  return e;
}

/* Permanent, and about the mailbox itself: RFC 3463 X.1.1 to X.1.3, X.1.6, X.1.10 (RFC 7505), X.2.1. */
static bool no_such_mailbox(Str status) {
  static const char *const all[] = { "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1" };
  for (size_t i = 0; i < COUNT(all); i++) if (str_eq(status, str_z(all[i]))) return true;
  return false;
}

static Err failed(Cx *cx, const Mail *m, const Outbox *o, MailEnd *ret) {
  const MailBounce *b = &m->bounce;
  Str said = b->detail.n ? b->detail : b->status.n ? b->status : S("no reason was given");
  TRY(outbox_failed(cx, o->id, str_fmt(cx->arena, "It came back: " STR_FMT, STR_ARG(str_head(said, 500)))));
  bool gone = no_such_mailbox(b->status) && (!b->recipient.n || str_eq(b->recipient, o->to_mail));
  if (gone) TRY(address_refused(cx, o->to_mail, cx->now + REST));
  Str code = b->status.n ? str_cat(cx->arena, S(" ("), b->status, S(")")) : S("");
  ret->reason = str_cat(cx->arena, S("Our mail to "), o->to_mail, S(" came back"), code, S("."), o->request_id ? S(" Its conversation says so.") : S(""),
                        gone ? S(" Nothing more goes there for 60 days.") : S(""));
  return E_OK;
}

Err returned_take(Cx *cx, const Mail *m, MailEnd *ret) {
  Outbox o;
  Err e = ours(cx, m, &o);
  *ret = (MailEnd){ .outcome = S("suppressed") };
  if (e == E_ABSENT) {
    cx->why = S("");
    ret->reason = S("A report about a mail that we did not send, or sent long ago.");
    return E_OK;
  }
  TRY(e);
  ret->request_id = o.request_id;
  if (m->bounce.kind == BOUNCE_DELAYED) {
    ret->reason = str_fmt(cx->arena, "Our mail to " STR_FMT " is late; the other side is still trying.", STR_ARG(o.to_mail));
    return E_OK;
  }
  if (m->bounce.kind == BOUNCE_COMPLAINT) {
    TRY(address_refused(cx, o.to_mail, cx->now + REST));
    ret->reason = str_fmt(cx->arena, STR_FMT " marked our mail as unwanted. Nothing more goes there for 60 days.", STR_ARG(o.to_mail));
    return E_OK;
  }
  return failed(cx, m, &o, ret);
}
