/* web/pages/request_do.c: what is sent from the page of a request: words, acts, and what happens around the loop.
   Each ends on the page it came from. What is refused is drawn again with the words kept: 422 with the fault beside its
   field; 409, with what arrived, when the request moved on while somebody wrote.
   Not here: any rule (desk). */
#include "web/pages/request.h"
#include "desk/draft.h"
#include "desk/habit.h"
#include "desk/hand.h"
#include "desk/party.h"
#include "desk/saved_answer.h"
#include "desk/worth.h"
#include "web/fault.h"
#include "web/pages/desk_page.h"
#include "web/pages/inbox.h"
#include "web/pages/memory_form.h"
#include "web/words.h"

extern const Route request_do_routes[];

enum { MORNING = 9 * 60 };

/* ── what was typed ──────────────────────────────────────────────────── */

typedef struct { int64_t *at; size_t n, cap; } Ids;

static Compose typed(const Req *q, Write what) {
  return (Compose){ .what = what, .text = req_form(q, "text"), .due = req_form(q, "due"), .conditions = req_form(q, "conditions"),
                    .where_else = req_form(q, "where_else"), .copies = req_form(q, "copies"),
                    .answers = req_form(q, "answers"), .fresh = true, .files = q->uploads.n > 0 };
}

/* Draws the page again, if the fault is one that the writer can mend; else passes it on. */
static Err refused(Cx *cx, const Req *q, Res *res, Err e, Write what) {
  if (e != E_INVALID && e != E_CONFLICT && e != E_MALFORMED) return e;
  Compose c = typed(q, what);
  c.fault = fault_why(cx);
  c.field = cx->field;
  c.moved = e == E_CONFLICT;
  return request_draw(cx, q, res, err_http(e), &c);
}

static int64_t version_of(const Req *q) {
  int64_t version = 0;
  (void)req_form_int(q, "version", &version);
  return version;
}

/* The request, as it may be seen, and not older than what the writer saw. */
static Err take(Cx *cx, const Req *q, Request *ret) {
  TRY(request_by_ref(cx, req_param(q, "ref"), ret));
  return request_check_version(cx, ret, version_of(q));
}

static Err files_of(Cx *cx, const Req *q, const Request *r, Ids *ret) {
  for (size_t i = 0; i < q->uploads.n; i++) {
    const Upload *u = &q->uploads.at[i];
    int64_t id;
    TRY(attachment_new(cx, r->id, u->name, u->type, S(""), u->bytes, &id));
    vec_add(cx->arena, ret, id);
  }
  return E_OK;
}

/* Somebody by their address; made if we do not know them yet. */
static Err somebody(Cx *cx, Str mail, const char *field, int64_t *ret) {
  Party p;
  Str name, domain;
  if (!mail_normal(cx->arena, mail).n) return fail_field(cx, field, "“" STR_FMT "” is no mail address.", STR_ARG(str_head(mail, 100)));
  str_cut(mail, '@', &name, &domain);
  TRY(party_find_or_new(cx, mail, name, &p));
  *ret = p.id;
  return E_OK;
}

static Err copies_of(Cx *cx, const Req *q, Ids *ret) {
  Typed list = typed_list(cx->arena, req_form(q, "copies"), ",;\n\r ");
  for (size_t i = 0; i < list.n; i++) {
    int64_t id;
    TRY(somebody(cx, list.at[i], "copies", &id));
    vec_add(cx->arena, ret, id);
  }
  return E_OK;
}

/* What is to reach the asker has no {{word}} in it that stands for nothing yet. */
static Err filled(Cx *cx, const Req *q) {
  Str word;
  if (!saved_answer_gap(req_form(q, "text"), &word)) return E_OK;
  Str why = tr_f(cx->arena, cx->lang, "“{{%s}}” is not filled in yet. Write what belongs there, or take it out.", word);
  return fail_field(cx, "text", STR_FMT, STR_ARG(why));
}

/* It became words: the draft goes, and the saved answers in it are counted. */
static Err sent(Cx *cx, const Req *q, const Request *r, Write form) {
  TRY(draft_sent(cx, r->id, write_name(form)));
  TRY(saved_answer_used(cx, req_form(q, "answers")));
  return request_seen(cx, r);
}

/* ── words ───────────────────────────────────────────────────────────── */

static Err say(Cx *cx, const Req *q, Request *r, bool note, bool asks) {
  Ids files = { 0 }, copies = { 0 };
  int64_t id;
  TRY(files_of(cx, q, r, &files));
  if (!note) TRY(copies_of(cx, q, &copies));
  return message_new(cx, r, &(MessageNew){
    .text = req_form(q, "text"), .format = S("markdown"), .internal = note, .asks = asks, .attachments = files.at, .attachment_n = files.n,
    .copies = copies.at, .copy_n = copies.n }, &id);
}

static Err answer(Cx *cx, const Req *q, Request *r) {
  Ids files = { 0 }, copies = { 0 };
  TRY(files_of(cx, q, r, &files));
  TRY(copies_of(cx, q, &copies));
  for (size_t i = 0; i < copies.n; i++) TRY(request_follow(cx, r, copies.at[i], S("copy")));
  if (!str_trim(req_form(q, "text")).n && !files.n) return fail_field(cx, "text", N_("There is nothing written yet."));
  return act_answer(cx, r, &(ActNew){ .text = req_form(q, "text"), .format = S("markdown"), .attachments = files.at, .attachment_n = files.n });
}

static Err say_it(Cx *cx, const Req *q, bool note, Str then) {
  Request r;
  TRY(take(cx, q, &r));
  if (!note) TRY(filled(cx, q));
  TRY(str_eq(then, S("report")) && !note ? answer(cx, q, &r) : say(cx, q, &r, note, str_eq(then, S("ask"))));
  return sent(cx, q, &r, note ? WRITE_NOTE : WRITE_REPLY);
}

/* Where one goes on after an answer given in the inbox: to the one after it in that list, else to the first, else to the list.
   Looked up before it moves away. What was ticked is remembered. */
static Err onward(Cx *cx, const Req *q, Str *ret) {
  Habit h;
  Request r;
  Rows rows;
  ListName list = LIST_COURT;
  Str back = req_form(q, "back"), head, query, next;
  Form f;
  int64_t before, after, on = req_form(q, "onward").n > 0;
  TRY(habit_get(cx, cx->actor.party, &h));
  if (h.onward != on) { h.onward = on; TRY(habit_put(cx, cx->actor.party, &h)); }
  if (!on || !str_cut(back, '?', &head, &query) || !str_eq(head, S("/inbox"))) return E_OK;
  TRY(form_parse(cx, query, &f));
  (void)list_of(form_get(&f, S("list")), &list);
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  TRY(inbox_list(cx, &(InboxFilter){ .list = list, .cursor = form_get(&f, S("cursor")), .today_end = day_end(cx) }, &rows, &next));
  inbox_beside(&rows, r.id, &before, &after);
  for (size_t i = 0; i < rows.n && !after; i++) if (ROW(InboxRow, rows, i)->r.id != r.id) after = ROW(InboxRow, rows, i)->r.id;
  Str to = str_cat(cx->arena, S("/inbox?list="), list_name(list));
  if (after) to = link_with(cx->arena, link_with(cx->arena, to, "open", request_ref(cx->arena, after)), "was", request_ref(cx->arena, r.id));
  *ret = link_with(cx->arena, to, "done", S("answered"));
  return E_OK;
}

static Err messages(Cx *cx, const Req *q, Res *res) {
  bool note = req_form(q, "note").n > 0;
  Str then = req_form(q, "then");
  Str on = S("");
  if (!note && str_eq(then, S("report")) && req_form(q, "onward-asked").n) TRY(onward(cx, q, &on));
  Err e = say_it(cx, q, note, then);
  if (e) return refused(cx, q, res, e, note ? WRITE_NOTE : WRITE_REPLY);
  if (on.n) return res_redirect(cx, res, on);
  const char *done = note ? "noted" : str_eq(then, S("report")) ? "answered" : str_eq(then, S("ask")) ? "asked" : "sent";
  return desk_back(cx, q, res, q->path, done);
}

/* ── acts ────────────────────────────────────────────────────────────── */

/* Which form each act is sent from, and what is said when it is done. */
static const struct { LoopAct act; Write form; const char *done; } forms[] = {
  { LOOP_ACT_PROMISE, WRITE_PROMISE, "promised" }, { LOOP_ACT_COUNTER, WRITE_COUNTER, "offered" }, { LOOP_ACT_REVOKE, WRITE_REVOKE, "offered" },
  { LOOP_ACT_DECLINE, WRITE_DECLINE, "declined" }, { LOOP_ACT_DECLINE_AMEND, WRITE_KEEP, "kept" }, { LOOP_ACT_REPORT, WRITE_REPLY, "answered" },
};

static Err act_typed(Cx *cx, const Req *q, LoopAct act, ActNew *ret) {
  Typed conditions = typed_list(cx->arena, req_form(q, "conditions"), "\n\r");
  *ret = (ActNew){ .act = act, .text = req_form(q, "text"), .format = S("markdown"), .conditions = conditions.at, .condition_n = conditions.n,
                   .where_else = str_trim(req_form(q, "where_else")) };
  Str due = str_trim(req_form(q, "due"));
  if (due.n && !when_read(cx->zone, due, &ret->due)) return fail_field(cx, "due", N_("Write the hour like 2026-05-14T17:00."));
  return E_OK;
}

static Err act_now(Cx *cx, const Req *q, LoopAct act, Write form) {
  Request r;
  ActNew in;
  Ids files = { 0 };
  TRY(take(cx, q, &r));
  TRY(filled(cx, q));
  TRY(act_typed(cx, q, act, &in));
  TRY(files_of(cx, q, &r, &files));
  in.attachments = files.at;
  in.attachment_n = files.n;
  TRY(act_do(cx, &r, &in));
  return sent(cx, q, &r, form);
}

static Err acts(Cx *cx, const Req *q, Res *res) {
  LoopAct act = loop_act_of(req_form(q, "act"));
  for (size_t i = 0; i < COUNT(forms); i++) {
    if (forms[i].act != act) continue;
    Err e = act_now(cx, q, act, forms[i].form);
    return e ? refused(cx, q, res, e, forms[i].form) : desk_back(cx, q, res, q->path, forms[i].done);
  }
  return fail(cx, E_MALFORMED, "There is no such thing to do here.");
}

/* ── around the loop ─────────────────────────────────────────────────── */

/* Runs one change and goes back; refused ones show the page with the reason. */
typedef Err Change(Cx *, const Req *, Request *);
static Err change(Cx *cx, const Req *q, Res *res, Change *fn, const char *done) {
  Request r;
  Err e = take(cx, q, &r);
  if (!e) e = fn(cx, q, &r);
  if (!e) e = request_seen(cx, &r);
  return e ? refused(cx, q, res, e, WRITE_REPLY) : desk_back(cx, q, res, q->path, done);
}

static Err owner_(Cx *cx, const Req *q, Request *r) {
  int64_t owner;
  if (!req_form_int(q, "owner", &owner)) return fail_field(cx, "owner", N_("Choose who has it from now on."));
  return request_set_owner(cx, r, owner);
}
static Err owner(Cx *cx, const Req *q, Res *res) {
  int64_t to = 0;
  return change(cx, q, res, owner_, req_form_int(q, "owner", &to) && to == cx->actor.party ? "taken" : "given");
}

static Err team_(Cx *cx, const Req *q, Request *r) {
  int64_t team;
  if (!req_form_int(q, "team", &team)) return fail_field(cx, "team", N_("Choose a team."));
  return request_set_team(cx, r, team);
}

/* Who gives something away may not see it afterwards: then the list is where they go. */
static Err team(Cx *cx, const Req *q, Res *res) {
  Request r;
  Err e = take(cx, q, &r);
  if (!e) e = team_(cx, q, &r);
  if (e) return refused(cx, q, res, e, WRITE_REPLY);
  Request again;
  e = request_get(cx, r.id, &again);
  if (e == E_ABSENT) return res_redirect(cx, res, S("/inbox"));
  TRY(e);
  TRY(request_seen(cx, &r));
  return desk_back(cx, q, res, q->path, "moved");
}

static Err tags_(Cx *cx, const Req *q, Request *r) {
  Typed words = typed_list(cx->arena, req_form(q, "tags"), ",;\n\r");
  return request_set_tags(cx, r, words.at, words.n);
}
static Err tags(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, tags_, "tagged"); }

static Err subject_(Cx *cx, const Req *q, Request *r) { return request_set_subject(cx, r, req_form(q, "subject")); }
static Err subject(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, subject_, "renamed"); }

static Err until(Cx *cx, const Req *q, int64_t *ret) {
  Str word = req_form(q, "until");
  if (str_eq(word, S("now")))           *ret = 0;
  else if (str_eq(word, S("hour")))     *ret = cx->now + HOUR;
  else if (str_eq(word, S("tomorrow"))) *ret = hour_on(cx, 1, MORNING);
  else if (str_eq(word, S("monday")))   *ret = hour_on(cx, days_to_monday(cx), MORNING);
  else if (!when_read(cx->zone, str_trim(req_form(q, "until_at")), ret)) return fail_field(cx, "until", N_("Say until when."));
  return E_OK;
}
static Err snooze_(Cx *cx, const Req *q, Request *r) {
  int64_t at;
  TRY(until(cx, q, &at));
  return request_snooze(cx, r, at);
}
static Err snooze(Cx *cx, const Req *q, Res *res) {
  return change(cx, q, res, snooze_, str_eq(req_form(q, "until"), S("now")) ? "awake" : "snoozed");
}

static Err follow_(Cx *cx, const Req *q, Request *r) {
  int64_t party;
  if (!req_form_int(q, "party", &party)) TRY(somebody(cx, str_trim(req_form(q, "who")), "who", &party));
  return request_follow(cx, r, party, req_form(q, "role"));
}
static Err follow(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, follow_, req_form(q, "role").n ? "joined" : "left"); }

static Err hand_(Cx *cx, const Req *q, Request *r) { return hand_ask(cx, r, req_form(q, "words")); }
static Err hand(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, hand_, "hand"); }
static Err help_(Cx *cx, const Req *q, Request *r) { return req_form(q, "down").n ? hand_down(cx, r) : hand_help(cx, r); }
static Err help(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, help_, req_form(q, "down").n ? "saved" : "helping"); }

/* Notes about the person served change nothing of the request: no version. */
static Err memory(Cx *cx, const Req *q, Res *res) {
  Request r;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  TRY(request_must_serve(cx, &r));
  const char *done;
  Err e = memory_form_do(cx, q, r.asker_id, r.id, &done);
  return e ? refused(cx, q, res, e, WRITE_REPLY) : desk_back(cx, q, res, q->path, done);
}

/* Minutes change nothing anybody waits for: no version. */
static Err work_now(Cx *cx, const Req *q) {
  Request r;
  int64_t id, minutes = 0;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  if (req_form_int(q, "drop", &id)) return work_drop(cx, &r, id);
  (void)req_form_int(q, "minutes", &minutes);
  return work_add(cx, &r, minutes, req_form(q, "work_note"), &id);
}
static Err work(Cx *cx, const Req *q, Res *res) {
  Err e = work_now(cx, q);
  return e ? refused(cx, q, res, e, WRITE_REPLY) : desk_back(cx, q, res, q->path, "timed");
}

/* What the asker reads: in their language, with the way to the page where they can answer. */
static Err worth_now(Cx *cx, const Req *q) {
  Request r;
  int64_t id;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  Str words = str_trim(req_form(q, "worth"));
  Str say = tr_f(cx->arena, r.asker_lang.n ? lang_find(r.asker_lang) : cx->lang, "We believe this came of it: “%s”. Is that so? On the page of this conversation you can say yes or no with one press.", words);
  return worth_ask(cx, &r, &(LedgerLine){ .words = words, .value_kind = req_form(q, "value_kind") }, say, &id);
}
static Err worth(Cx *cx, const Req *q, Res *res) {
  Err e = worth_now(cx, q);
  return e ? refused(cx, q, res, e, WRITE_REPLY) : desk_back(cx, q, res, q->path, "sent");
}

const Route request_do_routes[] = {
  { .verb = POST, .path = "/requests/{ref}/messages", .run = messages, .may = MAY_PROVIDER, .about = "Write to the person who asked, or a note" },
  { .verb = POST, .path = "/requests/{ref}/acts",     .run = acts,     .may = MAY_PROVIDER, .about = "Promise, offer, report, take back, say no" },
  { .verb = POST, .path = "/requests/{ref}/owner",    .run = owner,    .may = MAY_PROVIDER, .about = "Take it, give it" },
  { .verb = POST, .path = "/requests/{ref}/team",     .run = team,     .may = MAY_PROVIDER, .about = "Move it to another team" },
  { .verb = POST, .path = "/requests/{ref}/tags",     .run = tags,     .may = MAY_PROVIDER, .about = "Tag it" },
  { .verb = POST, .path = "/requests/{ref}/subject",  .run = subject,  .may = MAY_PROVIDER, .about = "Rename it" },
  { .verb = POST, .path = "/requests/{ref}/snooze",   .run = snooze,   .may = MAY_PROVIDER, .about = "Out of sight until an hour" },
  { .verb = POST, .path = "/requests/{ref}/follow",   .run = follow,   .may = MAY_PROVIDER, .about = "Let somebody help or read along" },
  { .verb = POST, .path = "/requests/{ref}/hand",     .run = hand,     .may = MAY_PROVIDER, .about = "Ask whoever can for a hand" },
  { .verb = POST, .path = "/requests/{ref}/help",     .run = help,     .may = MAY_PROVIDER, .about = "Lend a hand, or say that none is needed" },
  { .verb = POST, .path = "/requests/{ref}/memory",   .run = memory,   .may = MAY_PROVIDER, .about = "Remember something about who asked" },
  { .verb = POST, .path = "/requests/{ref}/work",     .run = work,     .may = MAY_PROVIDER, .about = "Time spent on it" },
  { .verb = POST, .path = "/requests/{ref}/worth",    .run = worth,    .may = MAY_PROVIDER, .about = "Ask the asker what it was worth" },
  { 0 }
};
