/* web/pages/talk.c: gathers one request. Reads only. */
#include "web/pages/talk.h"
#include <stdlib.h>
#include "desk/inbox.h"
#include "text/json.h"
#include "web/pages/body.h"
#include "web/pages/desk_page.h"
#include "web/words.h"

enum { PAST = 4, MAILS = 200 };

static const char *const writes[] = {
#define X(name, text) [WRITE_##name] = text,
  WRITES(X)
#undef X
};
Str write_name(Write w) { return str_z(writes[w]); }
Write write_of(Str name) {
  for (Write w = 0; w < WRITE_COUNT; w++) if (str_eq(name, write_name(w))) return w;
  return WRITE_REPLY;
}

Str seen_text(Arena *a, const Seen *s) {
  return str_fmt(a, "%lld.%lld.%lld", (long long)s->message, (long long)s->act, (long long)s->touch);
}

Seen seen_of(Str s) {
  Seen seen = { 0 };
  Str m, rest, a, t;
  if (!str_cut(s, '.', &m, &rest) || !str_cut(rest, '.', &a, &t)) return seen;
  if (!str_int(m, &seen.message) || !str_int(a, &seen.act) || !str_int(t, &seen.touch)) return (Seen){ 0 };
  return seen;
}

/* ── what was said and done, merged ──────────────────────────────────── */

typedef VEC(TalkItem) Items;
typedef struct { Rows messages, acts, touches, promises, verdicts, mails; } Parts;

static Err load_parts(Cx *cx, const Request *r, Parts *p) {
  TRY(message_list(cx, r, 0, &p->messages));
  TRY(ledger_list(cx, r->id, &p->acts));
  TRY(touch_list(cx, r->id, &p->touches));
  TRY(promise_list(cx, r->id, &p->promises));
  TRY(verdict_list(cx, r->id, &p->verdicts));
  return outbox_list(cx, &(OutboxFilter){ .request_id = r->id, .limit = MAILS }, &p->mails);
}

static bool makes_promise(const Act *a) {
  LoopAct act = loop_act_of(a->kind);
  return act == LOOP_ACT_PROMISE || act == LOOP_ACT_COUNTER || act == LOOP_ACT_OFFER || act == LOOP_ACT_REVOKE;
}

/* Each act that promises or offers made one version, in order. */
static const Promise *promise_of(const Parts *p, const Act *a) {
  int64_t version = 0;
  if (!makes_promise(a)) return NULL;
  for (size_t i = 0; i < p->acts.n; i++) {
    const Act *x = ROW(Act, p->acts, i);
    version += makes_promise(x);
    if (x == a) break;
  }
  for (size_t i = 0; i < p->promises.n; i++)
    if (ROW(Promise, p->promises, i)->version == version) return ROW(Promise, p->promises, i);
  return NULL;
}

/* The verdict that this act gave: of the last report before it. Newest first in the list. */
static const Verdict *verdict_of_act(const Parts *p, const Act *a) {
  LoopAct act = loop_act_of(a->kind);
  if (act != LOOP_ACT_ACCEPT && act != LOOP_ACT_NOT_YET) return NULL;
  for (size_t i = 0; i < p->verdicts.n; i++) {
    const Verdict *v = ROW(Verdict, p->verdicts, i);
    if (v->report_seq < a->seq && v->answered_at) return v;
  }
  return NULL;
}

static const Act *act_at(const Parts *p, int64_t seq) {
  for (size_t i = 0; seq && i < p->acts.n; i++)
    if (ROW(Act, p->acts, i)->seq == seq) return ROW(Act, p->acts, i);
  return NULL;
}

static Str where_else(Cx *cx, const Act *a) {
  const Json *body;
  Str where = S("");
  if (loop_act_of(a->kind) != LOOP_ACT_DECLINE) return where;
  return json_read_object(cx, a->body, &body) || json_str(cx, body, "where_else", &where) ? S("") : where;
}

static void with_act(Cx *cx, const Parts *p, const Act *a, TalkItem *t) {
  t->act = a;
  if (!a) return;
  t->where_else = where_else(cx, a);
  t->promise = promise_of(p, a);
  t->verdict = verdict_of_act(p, a);
}

static void with_mails(Cx *cx, const Parts *p, TalkItem *t) {
  t->mails = NEW_N(cx->arena, const Outbox *, p->mails.n);
  for (size_t i = p->mails.n; i-- > 0;) {
    const Outbox *o = ROW(Outbox, p->mails, i);
    if (o->message == t->message->id) t->mails[t->mail_n++] = o;
  }
}

static Err add_messages(Cx *cx, const Parts *p, const Request *r, Items *items) {
  for (size_t i = 0; i < p->messages.n; i++) {
    const Message *m = ROW(Message, p->messages, i);
    TalkItem t = { .kind = TALK_MESSAGE, .at = m->at, .message = m, .note = str_eq(m->visibility, S("internal")),
                   .theirs = str_eq(m->side, S("customer")) || (m->author_id == r->asker_id && !str_eq(m->side, S("provider"))) };
    with_act(cx, p, act_at(p, m->act_seq), &t);
    if (m->files) TRY(attachment_list(cx, m->id, &t.files));
    with_mails(cx, p, &t);
    vec_add(cx->arena, items, t);
  }
  return E_OK;
}

static bool said(const Parts *p, const Act *a) {
  for (size_t i = 0; i < p->messages.n; i++) if (ROW(Message, p->messages, i)->act_seq == a->seq) return true;
  return false;
}

/* "Send as the answer" promises and reports in one moment: the promise is no step of its own to a reader. */
static bool only_form(const Parts *p, size_t i) {
  const Act *a = ROW(Act, p->acts, i);
  if (loop_act_of(a->kind) != LOOP_ACT_PROMISE || i + 1 >= p->acts.n) return false;
  const Act *next = ROW(Act, p->acts, i + 1);
  return loop_act_of(next->kind) == LOOP_ACT_REPORT && next->at == a->at;
}

static void add_acts(Cx *cx, const Parts *p, Items *items) {
  for (size_t i = 0; i < p->acts.n; i++) {
    const Act *a = ROW(Act, p->acts, i);
    bool first = loop_act_of(a->kind) == LOOP_ACT_REQUEST && p->messages.n > 0;
    if (first || said(p, a) || only_form(p, i)) continue;
    TalkItem t = { .kind = TALK_ACT, .at = a->at };
    with_act(cx, p, a, &t);
    vec_add(cx->arena, items, t);
  }
}

static void add_rest(Cx *cx, const Parts *p, Items *items) {
  for (size_t i = 0; i < p->touches.n; i++)
    vec_add(cx->arena, items, (TalkItem){ .kind = TALK_TOUCH, .at = ROW(Touch, p->touches, i)->at, .touch = ROW(Touch, p->touches, i) });
  for (size_t i = 0; i < p->mails.n; i++) {
    const Outbox *o = ROW(Outbox, p->mails, i);
    bool told = str_eq(o->kind, S("acknowledgement")) || str_eq(o->kind, S("reminder"));
    if (told) vec_add(cx->arena, items, (TalkItem){ .kind = TALK_MAIL, .at = o->created_at, .mail = o });
  }
}

/* At one moment: words first, then the act, then what software wrote and what happened around it. */
static int by_time(const void *a, const void *b) {
  const TalkItem *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  int64_t i = x->message ? x->message->id : x->act ? x->act->seq : x->touch ? x->touch->id : x->mail->id;
  int64_t j = y->message ? y->message->id : y->act ? y->act->seq : y->touch ? y->touch->id : y->mail->id;
  return i < j ? -1 : i > j;
}

static void newest(const Parts *p, Seen *ret) {
  if (p->messages.n) ret->message = ROW(Message, p->messages, p->messages.n - 1)->id;
  if (p->acts.n) ret->act = ROW(Act, p->acts, p->acts.n - 1)->seq;
  if (p->touches.n) ret->touch = ROW(Touch, p->touches, p->touches.n - 1)->id;
}

/* Only what is shown is made into HTML. */
static void words(Cx *cx, Talk *t) {
  for (size_t i = 0; i < t->n; i++) {
    TalkItem *it = &t->at[i];
    if (it->kind != TALK_MESSAGE) continue;
    it->words = body_html(cx, it->message->format, message_reply(it->message));
    it->quoted = body_html(cx, S("plain"), message_quoted(it->message));
  }
}

static Err load_items(Cx *cx, size_t last, Talk *ret) {
  Parts *p = NEW(cx->arena, Parts);
  Items items = { 0 };
  TRY(load_parts(cx, &ret->r, p));
  TRY(request_standing(cx, &ret->r, &ret->standing));
  TRY(act_allowed(cx, &p->acts, ret->standing.side, &ret->may));
  TRY(add_messages(cx, p, &ret->r, &items));
  add_acts(cx, p, &items);
  add_rest(cx, p, &items);
  if (items.n) qsort(items.at, items.n, sizeof *items.at, by_time);
  newest(p, &ret->seen);
  ret->promises = p->promises;
  ret->earlier = last && items.n > last + 1 ? items.n - last : 0;
  ret->at = items.at + ret->earlier;
  ret->n = items.n - ret->earlier;
  words(cx, ret);
  return last ? E_OK : two_clocks(cx, &ret->r, &p->acts, ret->first, &ret->clocks);
}

void talk_mark(Talk *t, Seen seen) {
  for (size_t i = 0; i < t->n; i++) {
    TalkItem *it = &t->at[i];
    int64_t by = it->message ? it->message->author_id : it->act ? it->act->by_id : it->touch ? it->touch->by_id : 0;
    bool after = it->kind == TALK_MESSAGE ? it->message->id > seen.message
               : it->kind == TALK_ACT ? it->act->seq > seen.act : it->kind == TALK_TOUCH && it->touch->id > seen.touch;
    it->fresh = after && by != t->reader;
    if (it->fresh && (!t->news || it->kind == TALK_MESSAGE || t->news->kind != TALK_MESSAGE)) t->news = it;
  }
}

/* ── the promise, the people ─────────────────────────────────────────── */

static void promises(Talk *t) {
  for (size_t i = 0; i < t->promises.n; i++) {
    const Promise *p = ROW(Promise, t->promises, i);
    if (p->id == t->r.promise_id) t->promise = p;
    if (str_eq(p->state, S("offered")) && !t->offered) t->offered = p;
  }
}

Conditions talk_conditions(const View *v, const Promise *p) {
  Cx cx = { .arena = v->arena };
  Conditions c = { 0 };
  if (promise_conditions(&cx, p, &c.at, &c.n)) c.n = 0;
  return c;
}

static Err load_past(Cx *cx, Talk *t) {
  Rows past, verdicts;
  int64_t ids[PAST];
  TRY(inbox_past(cx, t->r.asker_id, t->r.id, PAST, &past));
  for (size_t i = 0; i < past.n; i++) ids[i] = ROW(Request, past, i)->id;
  TRY(verdict_on(cx, ids, past.n, &verdicts));
  t->past = NEW_N(cx->arena, Past, past.n);
  t->past_n = past.n;
  for (size_t i = 0; i < past.n; i++) {
    t->past[i].request = ROW(Request, past, i);
    for (size_t k = verdicts.n; k-- > 0;)
      if (ROW(Verdict, verdicts, k)->request_id == t->past[i].request->id) t->past[i].verdict = ROW(Verdict, verdicts, k);
  }
  return E_OK;
}

static Err load_people(Cx *cx, Talk *t) {
  TRY(party_get(cx, t->r.asker_id, &t->asker));
  TRY(consent_get(cx, t->r.asker_id, S("memory"), &t->remembers));
  TRY(memory_list(cx, t->r.asker_id, &t->memory));
  TRY(request_people(cx, t->r.id, &t->people));
  TRY(request_tags(cx, t->r.id, &t->tags));
  TRY(request_snoozed(cx, t->r.id, &t->snoozed));
  TRY(team_people(cx, t->r.team_id, &t->team));
  TRY(team_list(cx, &t->teams));
  TRY(work_spent(cx, &t->r, &t->spent));
  return load_past(cx, t);
}

static Err load_hurt(Cx *cx, Talk *t) {
  MomentRow *m = NEW(cx->arena, MomentRow);
  Err e = moment_last(cx, t->r.id, m);
  if (!e && !m->m.spoken_at) t->hurt = m;
  return e == E_ABSENT ? E_OK : e;
}

Err talk_load(Cx *cx, const Request *r, size_t last, Talk *ret) {
  *ret = (Talk){ .reader = cx->actor.party, .r = *r };
  ret->ref = request_ref(cx->arena, ret->r.id);
  ret->first = called(ret->r.asker);
  ret->owner_first = ret->r.owner_id ? called(ret->r.owner) : S("");
  ret->mine = ret->r.owner_id && ret->r.owner_id == cx->actor.party;
  TRY(load_items(cx, last, ret));
  promises(ret);
  TRY(load_hurt(cx, ret));
  return load_people(cx, ret);
}

/* ── the form ────────────────────────────────────────────────────────── */

bool talk_may(const Talk *t, LoopAct act) { return t->may >> act & 1; }

Write talk_write(const Talk *t, Write asked) {
  static const LoopAct needs[WRITE_COUNT] = {
    [WRITE_PROMISE] = LOOP_ACT_PROMISE, [WRITE_COUNTER] = LOOP_ACT_COUNTER, [WRITE_REVOKE] = LOOP_ACT_REVOKE,
    [WRITE_DECLINE] = LOOP_ACT_DECLINE, [WRITE_KEEP] = LOOP_ACT_DECLINE_AMEND,
  };
  if (asked == WRITE_NOTE) return t->standing.notes ? asked : WRITE_REPLY;
  return needs[asked] && talk_may(t, needs[asked]) ? asked : WRITE_REPLY;
}

Str talk_link(const View *v, const Talk *t, Write w) {
  Str to = link_with(v->arena, t->self, "write", write_name(w));
  return str_cat(v->arena, to, S("#write"));
}

Str talk_page(const View *v, const Talk *t) {
  Str head, query;
  str_cut(t->list, '?', &head, &query);
  return str_cat(v->arena, S("/requests/"), t->ref, query.n ? S("?") : S(""), query);
}

Str talk_tags(const View *v, const Talk *t) {
  Buf b = { .arena = v->arena };
  for (size_t i = 0; i < t->tags.n; i++) {
    if (i) buf_add(&b, S(", "));
    buf_add(&b, ROW(Word, t->tags, i)->word);
  }
  return buf_str(&b);
}
