/* channel/card_reply.c: see card_reply.h. */
#include "channel/card_reply.h"
#include "desk/outbox.h"
#include "text/json.h"

/* The card that this mail of ours was about; .id 0: none. */
static Err card_of_mail(Cx *cx, Str message_id, Card *ret) {
  Outbox o;
  const Json *extra;
  int64_t id = 0;
  if (!message_id.n) return E_OK;
  Err e = outbox_by_message_id(cx, message_id, &o);
  if (e == E_ABSENT) { cx->why = S(""); return E_OK; }
  TRY(e);
  if (!str_eq(o.kind, S("card")) && !str_eq(o.kind, S("remark"))) return E_OK;
  TRY(json_read_object(cx, o.extra, &extra));
  TRY(json_int(cx, extra, "card", &id));
  return card_get(cx, id, ret);
}

Err card_reply_find(Cx *cx, const Mail *m, Card *ret) {
  *ret = (Card){ 0 };
  TRY(card_of_mail(cx, m->in_reply_to, ret));
  for (size_t i = m->n_references; i-- > 0 && !ret->id;) TRY(card_of_mail(cx, m->references[i], ret));
  return E_OK;
}

Str card_reply_words(const Mail *m) { return str_trim(m->reply_end > 0 ? str_head(m->text, (size_t)m->reply_end) : m->text); }
