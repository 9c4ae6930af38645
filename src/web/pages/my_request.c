/* web/pages/my_request.c: one request of mine: read it, answer, agree, change, take back, ask for a person. */
#include "web/pages/my_words.h"
#include <stdlib.h>
#include "desk/setting.h"
#include "desk/site.h"
#include "text/json.h"
#include "text/name.h"
#include "text/when.h"
#include "views.h"
#include "web/pages/body.h"

extern const Route my_request_routes[];

/* ── loading ─────────────────────────────────────────────────────────── */

Texts my_conditions(Cx *cx, const Promise *p) {
  Texts t = { 0 };
  if (promise_conditions(cx, p, &t.at, &t.n)) t.n = 0;   /* a list that cannot be read is no reason not to show the promise */
  return t;
}

static bool told(const Act *a, const Rows *acts, size_t i, const Rows *messages) {
  LoopAct act = loop_act_of(a->kind);
  if (act == LOOP_ACT_REQUEST || act == LOOP_ACT_ASK || act == LOOP_ACT_ANSWER) return true;
  for (size_t k = 0; k < messages->n; k++) if (ROW(Message, *messages, k)->act_seq == a->seq) return true;
  /* promised and done in one step: the promise is no news of its own */
  return act == LOOP_ACT_PROMISE && i + 1 < acts->n && ROW(Act, *acts, i + 1)->at == a->at;
}

/* Who speaks up takes it; their words show that well enough. */
static bool shown_by_words(const Touch *t, const Rows *messages) {
  for (size_t k = 0; k < messages->n; k++)
    if (ROW(Message, *messages, k)->at == t->at && ROW(Message, *messages, k)->author_id == t->about_id) return true;
  return false;
}

static const Act *act_at(const Rows *acts, int64_t seq) {
  for (size_t i = 0; seq && i < acts->n; i++) if (ROW(Act, *acts, i)->seq == seq) return ROW(Act, *acts, i);
  return NULL;
}

static int by_time(const void *a, const void *b) {
  const MyStep *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  if (!x->message != !y->message) return x->message ? -1 : 1;
  if (x->message) return x->message->id < y->message->id ? -1 : x->message->id > y->message->id;
  return 0;
}

static Err message_step(Cx *cx, const Message *said, const Rows *acts, MyStep *t) {
  Str quoted = message_quoted(said);
  *t = (MyStep){ .at = said->at, .message = said, .act = act_at(acts, said->act_seq), .you = said->author_id == cx->actor.party,
                 .words = body_html(cx, said->format, message_reply(said)) };
  if (str_trim(quoted).n) t->quoted = body_html(cx, said->format, quoted);
  return said->files ? attachment_list(cx, said->id, &t->files) : E_OK;
}

static Err load_may(Cx *cx, MyRequest *m, const Rows *acts) {
  Standing is;
  TRY(request_standing(cx, &m->r, &is));
  TRY(act_allowed(cx, acts, is.side, &m->may));
  m->asker = is.side == LOOP_CUSTOMER;
  int64_t open = str_eq(m->r.state, S("LAPSED")) ? cx->site->reopen_within : cx->site->append_within;
  m->can_write = !m->r.ended_at || cx->now <= m->r.ended_at + open;
  return E_OK;
}

static Err load_steps(Cx *cx, MyRequest *m) {
  Rows messages, acts, touches;
  TRY(message_list(cx, &m->r, 0, &messages));
  TRY(ledger_list(cx, m->r.id, &acts));
  TRY(touch_list(cx, m->r.id, &touches));
  m->at = NEW_N(cx->arena, MyStep, messages.n + acts.n + touches.n + 1);
  for (size_t i = 0; i < messages.n; i++)
    if (str_eq(ROW(Message, messages, i)->visibility, S("public"))) TRY(message_step(cx, ROW(Message, messages, i), &acts, &m->at[m->n++]));
  for (size_t i = 0; i < acts.n; i++) {
    const Act *a = ROW(Act, acts, i);
    if (!told(a, &acts, i, &messages)) m->at[m->n++] = (MyStep){ .at = a->at, .act = a, .you = a->by_id == cx->actor.party };
  }
  for (size_t i = 0; i < touches.n; i++) {
    const Touch *t = ROW(Touch, touches, i);
    if (!shown_by_words(t, &messages)) m->at[m->n++] = (MyStep){ .at = t->at, .touch = t };
  }
  qsort(m->at, m->n, sizeof *m->at, by_time);
  TRY(load_may(cx, m, &acts));
  return two_clocks(cx, &m->r, &acts, m->asker ? S("") : name_called(m->r.asker, m->r.asker_lang), &m->clocks);
}

static Str where_else(Cx *cx, const Act *a) {
  const Json *body;
  Str where = S("");
  if (json_read_object(cx, a->body, &body) || json_str(cx, body, "where_else", &where)) return S("");
  return where;
}

static void find_words(Cx *cx, MyRequest *m) {
  for (size_t i = 0; i < m->n; i++) {
    const MyStep *t = &m->at[i];
    LoopAct act = t->act ? loop_act_of(t->act->kind) : LOOP_NO_ACT;
    if (act == LOOP_ACT_REPORT) m->report = t;
    if (act == LOOP_ACT_DECLINE) { m->refusal = t; m->where_else = where_else(cx, t->act); }
    if (t->message && str_eq(t->message->side, S("provider"))) m->question = t;
  }
}

static Err load_promises(Cx *cx, MyRequest *m) {
  Rows rows;
  TRY(promise_list(cx, m->r.id, &rows));
  m->standing = NEW_N(cx->arena, MyPromise, rows.n + 1);
  m->earlier = NEW_N(cx->arena, MyPromise, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) {
    const Promise *p = ROW(Promise, rows, i);
    MyPromise line = { p, my_conditions(cx, p) };
    bool force = str_eq(p->state, S("in force")), offered = str_eq(p->state, S("offered"));
    if (force) m->promise = p;
    if (offered) { m->offer = p; m->offer_says = line.says; }
    if (offered && my_may(m, LOOP_ACT_ACCEPT_OFFER)) continue;
    if (force || offered) m->standing[m->standing_n++] = line;
    else m->earlier[m->earlier_n++] = line;
  }
  return E_OK;
}

Err my_request_load(Cx *cx, const Req *q, MyRequest *m) {
  *m = (MyRequest){ 0 };
  TRY(request_by_ref(cx, req_param(q, "ref"), &m->r));
  m->ref = request_ref(cx->arena, m->r.id);
  m->self = str_cat(cx->arena, S("/my/"), m->ref);
  m->stand = portal_stand(&m->r, cx->now);
  m->done = my_done(cx->lang, req_get(q, "done"));
  TRY(load_promises(cx, m));
  TRY(load_steps(cx, m));
  find_words(cx, m);
  if (m->asker) TRY(worth_at(cx, m->r.id, &m->worth));
  return setting_get(cx, S("place.phone"), &m->phone);
}

/* ── showing ─────────────────────────────────────────────────────────── */

typedef void Draw(View *, const Shell *, const MyRequest *);

static Err draw(Cx *cx, const Req *q, Res *res, MyRequest *m, Draw *with) {
  Shell s;
  View v;
  m->wrong = &res->wrong;
  TRY(page_begin(cx, q, res, m->r.subject, &s, &v));
  with(&v, &s, m);
  return E_OK;
}

Err my_request_show(Cx *cx, const Req *q, Res *res, MyRequest *m) { return draw(cx, q, res, m, view_my_request_page); }

static Err load_and_draw(Cx *cx, const Req *q, Res *res, Draw *with) {
  MyRequest m;
  TRY(my_request_load(cx, q, &m));
  return draw(cx, q, res, &m, with);
}

static Err page(Cx *cx, const Req *q, Res *res)          { return load_and_draw(cx, q, res, view_my_request_page); }
static Err other_page(Cx *cx, const Req *q, Res *res)    { return load_and_draw(cx, q, res, view_my_other); }
static Err change_page(Cx *cx, const Req *q, Res *res)   { return load_and_draw(cx, q, res, view_my_change); }
static Err withdraw_page(Cx *cx, const Req *q, Res *res) { return load_and_draw(cx, q, res, view_my_withdraw); }
static Err person_page(Cx *cx, const Req *q, Res *res)   { return load_and_draw(cx, q, res, view_my_person_asked); }

/* ── doing ───────────────────────────────────────────────────────────── */

static int64_t version_of(const Req *q) {
  int64_t version = 0;
  return req_form_int(q, "version", &version) ? version : 0;
}

/* Loads what the form is about. *ret_go false: it was sent before, and the answer leads where the first one did. */
static Err begin(Cx *cx, const Req *q, Res *res, MyRequest *m, bool *ret_go) {
  Str to;
  TRY(my_request_load(cx, q, m));
  TRY(portal_once(cx, q, cx->actor.party, &to));
  *ret_go = !to.n;
  return to.n ? res_redirect(cx, res, to) : E_OK;
}

static Err done_well(Cx *cx, const Req *q, Res *res, const MyRequest *m, const char *done) {
  Str to = str_cat(cx->arena, m->self, S("?done="), str_z(done));
  TRY(portal_once_keep(cx, q, cx->actor.party, to));
  return res_redirect(cx, res, to);
}

/* After something was done: back to the page, which says so. Refused: the page the form stood on again, with what was typed. */
static Err after(Cx *cx, const Req *q, Res *res, MyRequest *m, Err e, const char *done, Draw *with) {
  if (!e) return done_well(cx, q, res, m, done);
  if (!portal_refused(cx, res, e)) return e;
  TRY(my_request_load(cx, q, m));
  m->moved = e == E_CONFLICT && version_of(q) && version_of(q) != m->r.version;
  m->typed = req_form(q, "text");
  m->day = req_form(q, "by");
  m->hour = req_form(q, "by-hour");
  return draw(cx, q, res, m, with);
}

static Err say(Cx *cx, const Req *q, Request *r) {
  Ids files = { 0 };
  int64_t id;
  TRY(portal_files(cx, q, "file", r->id, &files));
  return message_new(cx, r, &(MessageNew){ .text = req_form(q, "text"), .format = S("plain"), .channel = S("page"), .lang = lang_tag(cx->lang),
                                           .attachments = files.at, .attachment_n = files.n }, &id);
}

static Err write(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  Err e = str_trim(req_form(q, "text")).n || q->uploads.n ? say(cx, q, &m.r)
        : res_wrong(cx, res, "text", tr(cx->lang, "There is nothing written yet."));
  return after(cx, q, res, &m, e, "sent", view_my_request_page);
}

static Err accept(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  Err e = act_do(cx, &m.r, &(ActNew){ .act = LOOP_ACT_ACCEPT_OFFER, .channel = S("page"), .version = version_of(q) });
  return after(cx, q, res, &m, e, "agreed", view_my_request_page);
}

/* What is wished instead: words, and perhaps an hour. */
static Err wish(Cx *cx, const Req *q, Res *res, MyRequest *m, LoopAct act) {
  ActNew in = { .act = act, .text = req_form(q, "text"), .format = S("plain"), .channel = S("page"), .version = version_of(q) };
  if (!str_trim(in.text).n) return res_wrong(cx, res, "text", tr(cx->lang, "Say what you would like instead."));
  TRY(portal_hour(cx, q, res, "by", &in.due));
  if (act) return act_do(cx, &m->r, &in);
  if (in.due) in.text = str_cat(cx->arena, in.text, S("\n\n"), tr_f(cx->arena, cx->lang, "I would like it %s.", when_by(READER(cx), in.due)));
  int64_t id;
  return message_new(cx, &m->r, &(MessageNew){ .text = in.text, .format = in.format, .channel = in.channel, .version = in.version }, &id);
}

static Err other(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  /* A replacement for a revoked promise cannot be countered in the table: what is wished is said, and they decide. */
  Err e = wish(cx, q, res, &m, my_may(&m, LOOP_ACT_COUNTER_BACK) ? LOOP_ACT_COUNTER_BACK : LOOP_NO_ACT);
  return after(cx, q, res, &m, e, "suggested", view_my_other);
}

static Err change(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  LoopAct act = my_may(&m, LOOP_ACT_AMEND) ? LOOP_ACT_AMEND : my_may(&m, LOOP_ACT_COUNTER_BACK) ? LOOP_ACT_COUNTER_BACK : LOOP_NO_ACT;
  return after(cx, q, res, &m, wish(cx, q, res, &m, act), "changed", view_my_change);
}

static Err withdraw(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  Err e = act_do(cx, &m.r, &(ActNew){ .act = LOOP_ACT_WITHDRAW, .text = req_form(q, "text"), .format = S("plain"), .channel = S("page") });
  return after(cx, q, res, &m, e, "withdrawn", view_my_withdraw);
}

static Err person(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  Err e = m.r.person_asked ? E_OK : request_ask_person(cx, &m.r);
  if (!e && str_trim(req_form(q, "text")).n) e = say(cx, q, &m.r);
  return after(cx, q, res, &m, e, "person", view_my_person_asked);
}

static Err worth(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  bool go;
  int64_t id = 0;
  TRY(begin(cx, q, res, &m, &go));
  if (!go) return E_OK;
  (void)req_form_int(q, "id", &id);
  bool yes = str_eq(req_form(q, "so"), S("yes"));
  return after(cx, q, res, &m, worth_answer(cx, id, yes), yes ? "worth" : "not-worth", view_my_request_page);
}

static Err file(Cx *cx, const Req *q, Res *res) {
  Request r;
  Attachment f;
  Str bytes;
  int64_t id;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such file."));
  TRY(attachment_get(cx, id, &f, &bytes));
  if (f.request_id != r.id) return fail(cx, E_ABSENT, N_("There is no such file."));
  return res_file(cx, res, f.name, f.type, bytes);
}

#define MY .may = MAY_ASKER, .link = true
const Route my_request_routes[] = {
  { .verb = GET,  .path = "/my/{ref}",            .run = page,          MY, .about = "One request of mine" },
  { .verb = POST, .path = "/my/{ref}",            .run = write,         MY, .about = "Say something about it" },
  { .verb = POST, .path = "/my/{ref}/accept",     .run = accept,        MY, .about = "Say yes to what is offered" },
  { .verb = GET,  .path = "/my/{ref}/other",      .run = other_page,    MY, .about = "Suggest another way" },
  { .verb = POST, .path = "/my/{ref}/other",      .run = other,         MY, .about = "Suggest another way" },
  { .verb = GET,  .path = "/my/{ref}/change",     .run = change_page,   MY, .about = "Change what was asked" },
  { .verb = POST, .path = "/my/{ref}/change",     .run = change,        MY, .about = "Change what was asked" },
  { .verb = GET,  .path = "/my/{ref}/withdraw",   .run = withdraw_page, MY, .about = "What is lost by taking it back" },
  { .verb = POST, .path = "/my/{ref}/withdraw",   .run = withdraw,      MY, .about = "Take it back" },
  { .verb = GET,  .path = "/my/{ref}/person",     .run = person_page,   MY, .about = "How a person will reach me" },
  { .verb = POST, .path = "/my/{ref}/person",     .run = person,        MY, .about = "I would like to talk to a person" },
  { .verb = POST, .path = "/my/{ref}/worth",      .run = worth,         MY, .about = "Say whether it was worth that" },
  { .verb = GET,  .path = "/my/{ref}/files/{id}", .run = file,          MY, .about = "A file of it" },
  { 0 }
};
