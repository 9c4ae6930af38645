/* desk/card_remark.c: see card_remark.h. */
#include "desk/card_remark.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "text/json.h"

enum { WORDS_MOST = 16000, TOLD_MOST = 5 };          /* letters to one card: past that something goes round in circles */

static const Col remark_cols[] = {
  COL(CardRemark, id), COL(CardRemark, card_id), COL(CardRemark, mail_id), COL(CardRemark, at), COL(CardRemark, request_id), COL(CardRemark, words),
};
static const Shape remark_shape = SHAPE(CardRemark, remark_cols);
#define REMARK_COLS "m.id, m.card_id, m.mail_id, m.at, m.request_id, m.words"

Err card_remarks(Cx *cx, const Card *c, Rows *ret) {
  return db_rows(cx, &remark_shape, ret, SQL("SELECT " REMARK_COLS " FROM card_remark m WHERE m.card_id = ?1 ORDER BY m.id"), V(c->id));
}

Err card_remark_get(Cx *cx, const Card *c, int64_t id, CardRemark *ret) {
  Err e = db_one(cx, &remark_shape, ret, SQL("SELECT " REMARK_COLS " FROM card_remark m WHERE m.card_id = ?1 AND m.id = ?2"), V(c->id), V(id));
  return e == E_ABSENT ? fail(cx, e, N_("These words are not on this card.")) : e;
}

static Err theirs(Cx *cx, const Card *c) {
  return cx->actor.party == c->asked_of || cx->actor.system ? E_OK : fail(cx, E_DENIED, N_("This card was given to somebody else."));
}

static Err tell(Cx *cx, const Card *c, int64_t remark, Str answers) {
  int64_t n, out;
  Buf extra = { .arena = cx->arena };
  JsonOut w = { .to = &extra };
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM card_remark WHERE card_id = ?1"), V(c->id)));
  if (n > TOLD_MOST) return E_OK;
  json_obj(&w);
  JSON(&w, "card", c->id);
  JSON(&w, "remark", remark);
  JSON(&w, "answers", answers);
  json_end(&w);
  return outbox_put(cx, &(OutboxNew){ .kind = S("remark"), .to_id = c->asked_of, .subject = c->team, .auto_ = true, .extra = buf_str(&extra) }, &out);
}

Err card_remark_new(Cx *cx, const Card *c, const CardRemarkNew *in, int64_t *ret_id) {
  TRY(theirs(cx, c));
  if (card_over(c, cx->now)) return fail(cx, E_CONFLICT, N_("This card is closed. Thank you all the same."));
  TRY(db_int(cx, ret_id, SQL("INSERT INTO card_remark(card_id, mail_id, words, at) VALUES (?1, ?2, ?3, ?4) RETURNING id"),
             V(c->id), VID(in->mail_id), V(str_utf8_head(str_trim(in->words), WORDS_MOST)), V(cx->now)));
  for (size_t i = 0; i < in->file_n; i++)
    TRY(db_run(cx, SQL("INSERT INTO card_remark_file(remark_id, attachment_id) VALUES (?1, ?2)"), V(*ret_id), V(in->files[i])));
  return tell(cx, c, *ret_id, in->answers);
}

/* ── something is to be done ─────────────────────────────────────────── */

static Err files_of(Cx *cx, int64_t remark, int64_t **ret, size_t *ret_n) {
  typedef struct { int64_t id; } Id;
  static const Col cols[] = { COL(Id, id) };
  static const Shape shape = SHAPE(Id, cols);
  Rows rows;
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT attachment_id AS id FROM card_remark_file WHERE remark_id = ?1 ORDER BY attachment_id"), V(remark)));
  *ret = NEW_N(cx->arena, int64_t, rows.n + 1);
  for (*ret_n = 0; *ret_n < rows.n; ++*ret_n) (*ret)[*ret_n] = ROW(Id, rows, *ret_n)->id;
  return E_OK;
}

Err card_remark_open(Cx *cx, const Card *c, int64_t id, int64_t *ret_request) {
  CardRemark m;
  Request r;
  int64_t *files;
  size_t n;
  TRY(theirs(cx, c));
  TRY(card_remark_get(cx, c, id, &m));
  *ret_request = m.request_id;
  if (m.request_id) return E_OK;
  TRY(files_of(cx, id, &files, &n));
  Actor was = cx->actor;
  TRY(actor_load(cx, c->asked_of, &cx->actor));
  Err e = request_new(cx, &(RequestNew){ .asker_id = c->asked_of, .team_id = c->team_id, .text = m.words, .format = S("plain"), .channel = S("mail"), .mail_id = m.mail_id,
                                         .since_at = m.at, .attachments = files, .attachment_n = n }, &r);
  cx->actor = was;
  TRY(e);
  *ret_request = r.id;
  return db_run(cx, SQL("UPDATE card_remark SET request_id = ?2 WHERE id = ?1"), V(id), V(r.id));
}
