/* desk/message.c: keeping words, and what a plain message does to the ball. Files are in attachment.c. */
#include "desk/message.h"
#include "desk/act.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "desk/sight.h"
#include "desk/site.h"
#include "store/search.h"

static const Col message_cols[] = {
  COL(Message, id), COL(Message, request_id), COL(Message, at), COL(Message, author_id), COL(Message, act_seq), COL(Message, mail_id),
  COL(Message, trusted), COL(Message, files), COL(Message, reply_end), COL(Message, author_kind), COL(Message, side), COL(Message, visibility),
  COL(Message, channel), COL(Message, lang), COL(Message, author), COL(Message, format), COL(Message, text), COL(Message, html),
};
static const Shape message_shape = SHAPE(Message, message_cols);
#define MESSAGE_COLS "m.id, m.request_id, m.at, m.author_id, m.act_seq, m.mail_id, m.trusted, m.files, b.reply_end, m.author_kind, m.side," \
  " m.visibility, m.channel, m.lang, (SELECT name FROM party WHERE id = m.author_id) AS author, b.format, b.text, b.html"

Err message_list(Cx *cx, const Request *r, int64_t after, Rows *ret) {
  return db_rows(cx, &message_shape, ret,
    SQL("SELECT " MESSAGE_COLS " FROM message m JOIN message_body b ON b.message_id = m.id JOIN request r ON r.id = m.request_id"
        " WHERE m.request_id = ?3 AND m.id > ?4 AND " SIGHT " AND (m.visibility = 'public' OR " SIGHT_NOTES ") ORDER BY m.id"),
    SIGHT_VALS(cx), V(r->id), V(after));
}

Err message_get(Cx *cx, int64_t id, Message *ret) {
  Err e = db_one(cx, &message_shape, ret,
    SQL("SELECT " MESSAGE_COLS " FROM message m JOIN message_body b ON b.message_id = m.id JOIN request r ON r.id = m.request_id"
        " WHERE m.id = ?3 AND " SIGHT " AND (m.visibility = 'public' OR " SIGHT_NOTES ")"), SIGHT_VALS(cx), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no such message that you may see.") : e;
}

Str message_reply(const Message *m) { return m->reply_end > 0 ? str_head(m->text, (size_t)m->reply_end) : m->text; }
Str message_quoted(const Message *m) { return m->reply_end > 0 ? str_from(m->text, (size_t)m->reply_end) : S(""); }

/* ── keeping ─────────────────────────────────────────────────────────── */

static Err attach(Cx *cx, int64_t request, int64_t message, const int64_t *ids, size_t n) {
  for (size_t i = 0; i < n; i++) TRY(attachment_take(cx, ids[i], request, message));
  return E_OK;
}

Err message_index(Cx *cx, int64_t message, int64_t request, int64_t author, Str text) {
  typedef struct { Str subject, asker, writer, mail; } Names;
  static const Col cols[] = { COL(Names, subject), COL(Names, asker), COL(Names, writer), COL(Names, mail) };
  static const Shape shape = SHAPE(Names, cols);
  Names n = { S(""), S(""), S(""), S("") };
  TRY(db_one(cx, &shape, &n,
    SQL("SELECT r.subject, p.name AS asker, (SELECT name FROM party WHERE id = ?2 AND id <> r.asker_id) AS writer,"
        " (SELECT value FROM address WHERE party_id = r.asker_id AND kind = 'mail' ORDER BY main DESC, id LIMIT 1) AS mail"
        " FROM request r JOIN party p ON p.id = r.asker_id WHERE r.id = ?1"), V(request), V(author)));
  Str words = str_cat(cx->arena, n.subject, S("\n"), n.asker, S(" "), n.mail, S("\n"), n.writer, S("\n"), str_head(text, 200000));
  return search_put(cx, message, str_utf8_fix(cx->arena, words));
}

Err message_keep(Cx *cx, Request *r, const MessageKeep *k, int64_t *ret_id) {
  const MessageNew *in = k->in;
  if (in->text.n > 4 * 1024 * 1024) return fail_field(cx, "text", N_("That is longer than we can take in one message. Please send the long part as a file."));
  Str text = str_utf8_fix(cx->arena, in->text);
  bool told = str_eq(loop_side_name(k->side), S(""));
  TRY(db_int(cx, ret_id,
    SQL("INSERT INTO message(request_id, at, author_id, author_kind, side, visibility, channel, act_seq, mail_id, trusted, lang, files)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING id"),
    V(r->id), V(cx->now), VID(k->author_id), V(k->auto_ ? S("auto") : S("human")), V(told ? S("other") : loop_side_name(k->side)),
    V(in->internal ? S("internal") : S("public")), V(in->channel.n ? in->channel : S("page")), V(k->act_seq), V(in->mail_id), V(!in->untrusted),
    V(in->lang), V(in->attachment_n)));
  TRY(db_run(cx, SQL("INSERT INTO message_body(message_id, format, text, reply_end, html) VALUES (?1, ?2, ?3, ?4, ?5)"),
             V(*ret_id), V(in->format.n ? in->format : S("markdown")), V(text), V(in->reply_end > 0 ? in->reply_end : (int64_t)-1), V(in->html)));
  TRY(attach(cx, r->id, *ret_id, in->attachments, in->attachment_n));
  TRY(message_index(cx, *ret_id, r->id, k->author_id, text));
  r->messages++;
  if (!in->internal) r->excerpt = str_ellipsis(cx->arena, str_head(text, in->reply_end > 0 ? (size_t)in->reply_end : text.n), 120);
  return E_OK;
}

/* ── telling ─────────────────────────────────────────────────────────── */

Err message_tell(Cx *cx, const Request *r, int64_t message, Str extra) {
  OutboxNew out = { .kind = S("reply"), .request_id = r->id, .message = message, .to_id = r->asker_id, .subject = r->subject, .extra = extra };
  int64_t id;
  if (r->asker_id != cx->actor.party) TRY(outbox_put(cx, &out, &id));
  Rows people;
  TRY(request_people(cx, r->id, &people));
  for (size_t i = 0; message && i < people.n; i++) {
    const Participant *p = ROW(Participant, people, i);
    if (p->id == cx->actor.party || p->id == r->asker_id || !str_eq(p->role, S("copy"))) continue;
    out.to_id = p->id;
    TRY(outbox_put(cx, &out, &id));
  }
  return E_OK;
}

/* ── saying ──────────────────────────────────────────────────────────── */

static Err late(Cx *cx) {
  return fail(cx, E_CONFLICT, N_("This conversation has ended. Write it as a new request, and we link the two."));
}

/* Which act, if any, a plain public message is. The ball goes over when somebody asks, and back when they are answered. */
static LoopAct act_of(const Request *r, LoopSide side, bool asks) {
  LoopSide ball = loop_side_of(r->ball), natural = loop_natural_ball(loop_state_of(r->state));
  if (natural == LOOP_NOBODY || (side != LOOP_CUSTOMER && side != LOOP_PROVIDER)) return LOOP_NO_ACT;
  if (asks) return LOOP_ACT_ASK;
  if (ball == side && natural != side) return LOOP_ACT_ANSWER;                        /* they had asked us */
  if (side == LOOP_CUSTOMER && natural == LOOP_CUSTOMER && ball == LOOP_CUSTOMER) return LOOP_ACT_ASK;   /* words, but no decision */
  return LOOP_NO_ACT;
}

Err message_of_mail(Cx *cx, int64_t request_id, int64_t mail_id, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT MAX(id) FROM message WHERE request_id = ?1 AND mail_id = ?2"), V(request_id), V(mail_id));
}

bool message_too_late(const Cx *cx, const Request *r) {
  if (!loop_ended(loop_state_of(r->state))) return false;
  int64_t within = str_eq(r->state, S("LAPSED")) ? cx->site->reopen_within : cx->site->append_within;
  return cx->now > r->ended_at + within;
}

/* A word of the asker after the end. *ret_again: it takes a lapsed loop up again. */
static Err after_end(Cx *cx, const Request *r, LoopSide side, bool *ret_again) {
  *ret_again = false;
  if (side != LOOP_CUSTOMER || !loop_ended(loop_state_of(r->state))) return E_OK;
  if (message_too_late(cx, r)) return late(cx);
  *ret_again = str_eq(r->state, S("LAPSED"));
  return E_OK;
}

static Err take_up_again(Cx *cx, Request *r, const MessageNew *in, int64_t *ret_id) {
  TRY(act_do(cx, r, &(ActNew){ .act = LOOP_ACT_NOT_YET, .text = in->text, .format = in->format, .html = in->html, .lang = in->lang,
                               .channel = in->channel, .mail_id = in->mail_id,
                               .reply_end = in->reply_end, .attachments = in->attachments, .attachment_n = in->attachment_n }));
  return db_int(cx, ret_id, SQL("SELECT MAX(id) FROM message WHERE request_id = ?1"), V(r->id));
}

static Err copies(Cx *cx, const Request *r, const MessageNew *in) {
  for (size_t i = 0; i < in->copy_n; i++)
    if (in->copies[i] != r->asker_id)
      TRY(db_run(cx, SQL("INSERT INTO participant(request_id, party_id, role, since) VALUES (?1, ?2, 'copy', ?3)"
                         " ON CONFLICT (request_id, party_id) DO NOTHING"), V(r->id), V(in->copies[i]), V(cx->now)));
  return E_OK;
}

static Err check(Cx *cx, const Request *r, const MessageNew *in, Standing *ret) {
  TRY(request_standing(cx, r, ret));
  TRY(request_check_version(cx, r, in->version));
  if (in->copy_n && ret->side == LOOP_NOBODY && !in->mail_id) return fail(cx, E_DENIED, N_("Only the person who asked and those who serve let others read along."));
  if (in->internal && !ret->notes && !cx->actor.system) return fail(cx, E_DENIED, N_("Notes are among the people who serve this request."));
  if (!str_trim(in->text).n && !in->attachment_n) return fail_field(cx, "text", N_("There is nothing written yet."));
  return E_OK;
}

Err message_new(Cx *cx, Request *r, const MessageNew *in, int64_t *ret_id) {
  Standing is;
  TRY(check(cx, r, in, &is));
  LoopSide side = in->untrusted || in->machine ? LOOP_NOBODY : is.side;
  bool again = false;
  if (!in->internal) TRY(after_end(cx, r, side, &again));
  if (again) return take_up_again(cx, r, in, ret_id);
  Request was = *r;
  LoopAct act = in->internal ? LOOP_NO_ACT : act_of(r, side, in->asks);
  if (act) TRY(act_clarify(cx, r, act, side, in->channel));
  bool takes = side == LOOP_PROVIDER && !r->owner_id && !in->internal && !loop_ended(loop_state_of(r->state));
  if (takes) r->owner_id = cx->actor.party;
  if (side != LOOP_NOBODY) TRY(copies(cx, r, in));
  TRY(message_keep(cx, r, &(MessageKeep){ .in = in, .author_id = cx->actor.party, .act_seq = act ? r->acts : 0,
                                          .side = in->untrusted ? side : is.side, .auto_ = cx->actor.system || in->machine }, ret_id));
  TRY(request_save(cx, &was, r, in->internal ? S("note") : S("message"), in->internal));
  if (in->internal || in->quiet || side != LOOP_PROVIDER) return E_OK;
  return message_tell(cx, r, *ret_id, in->asks ? S("{\"act\":\"ask\"}") : S("{}"));
}
