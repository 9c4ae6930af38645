/* channel/compose_talk.c: letters to the people of a conversation: what somebody of us said or did, that a question has
   arrived, and whether it is sorted. Only the person who asked gets the links that judge. */
#include "channel/compose_parts.h"
#include "desk/ledger.h"
#include "desk/link.h"
#include "desk/promise.h"
#include "desk/site.h"
#include "desk/verdict.h"
#include "text/html_clean.h"
#include "text/html_text.h"
#include "text/linkify.h"
#include "text/markdown.h"
#include "text/name.h"
#include "text/num.h"
#include "text/tidy.h"
#include "text/when.h"

bool compose_asks(const Composing *c) { return c->to.id && c->to.id == c->request.asker_id; }

static Str link_to(Cx *cx, const Composing *c, LinkFor to) { return link_url(cx, to, c->to.id, c->request.id); }

/* Whether it is sorted can be said now: a letter may leave long after what it tells of. */
static bool judges(const Composing *c) { return compose_asks(c) && str_eq(c->request.state, S("REPORTED")); }

static LoopAct act_of(Cx *cx, const Composing *c) {
  Str name = S("");
  if (c->extra && json_str(cx, c->extra, "act", &name)) name = S("");
  return loop_act_of(name);
}

/* ---- the words */

static Html words_html(Cx *cx, const Message *m) {
  Html reply, quoted;
  if (m->html.n) { html_fold((Html){ m->html }, &reply, &quoted); return reply; }
  return str_eq(m->format, S("markdown")) ? markdown_html(cx->arena, message_reply(m)) : text_to_html(cx->arena, message_reply(m));
}

static Err words(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Message *m = &c->message;
  letter_hello(l, compose_hello(cx, c));
  if (!m->id) return E_OK;
  Str said = message_reply(m);
  if (str_trim(said).n) letter_words(l, words_html(cx, m), said, m->lang);
  if (c->files.n && !compose_files_fit(c))
    letter_para(l, SAY(l, tr(cx->lang, "The files are too large for mail; they are <a href=\"%s\">on the page</a>."), ht_arg_str(&l->view, link_to(cx, c, LINK_PAGE))));
  return E_OK;
}

/* "Service desk, Meridian Foods · +351 22 555 0140" */
static Str under_name(Cx *cx, const Composing *c) {
  Str where = c->request.team.n ? str_cat(cx->arena, c->request.team, S(", "), c->place) : c->place;
  return c->phone.n ? str_cat(cx->arena, where, S(" · "), c->phone) : where;
}

/* ---- what was done */

/* Who acted: the writer of the words, else of the act; and what the act says besides. */
static Err actor(Cx *cx, Composing *c, Str *ret_where_else) {
  int64_t seq = 0;
  *ret_where_else = S("");
  if (c->message.id) c->author = c->message.author;
  if (!c->extra || json_int(cx, c->extra, "seq", &seq) || !seq) return E_OK;
  Rows rows;
  TRY(ledger_list(cx, c->request.id, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Act *a = ROW(Act, rows, i);
    const Json *body;
    if (a->seq != seq) continue;
    if (!c->author.n) c->author = a->by;
    if (a->body.n && !json_read_object(cx, a->body, &body)) (void)!json_str(cx, body, "where_else", ret_where_else);
  }
  return E_OK;
}

static void closing(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  if (compose_asks(c)) {
    letter_dim(l, letter_plain(l, l->buttons ? tr(cx->lang, "Or simply answer this mail.") : tr(cx->lang, "You can simply answer this mail.")));
    letter_dim(l, SAY(l, tr(cx->lang, "<a href=\"%1$s\">See everything in one place</a> · <a href=\"%2$s\">Talk to a person</a>"),
                      ht_arg_str(&l->view, link_to(cx, c, LINK_PAGE)), ht_arg_str(&l->view, link_to(cx, c, LINK_PERSON))));
  } else if (c->to.id) {
    letter_dim(l, SAY(l, tr(cx->lang, "You get this because you read along with %1$s. <a href=\"%2$s\">See everything in one place</a>"),
                      ht_arg_user(&l->view, U(c->request.asker)), ht_arg_str(&l->view, link_to(cx, c, LINK_PAGE))));
  }
  letter_dim(l, letter_plain(l, request_ref(cx->arena, c->request.id)));
}

static Err promise_piece(Cx *cx, Composing *c, const Promise *p, const char *sentence, Str under) {
  Letter *l = &c->letter;
  Str *conditions;
  size_t n;
  TRY(promise_conditions(cx, p, &conditions, &n));
  letter_promise(l, SAY(l, tr(cx->lang, sentence), ht_arg_str(&l->view, when_by(READER(cx), p->due_at))), under, conditions, n);
  return E_OK;
}

/* The translator finds these sentences here. */

static Err promised(Cx *cx, Composing *c) {
  Promise p;
  Err e = promise_in_force(cx, &c->request, &p);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  return promise_piece(cx, c, &p, N_("I promise this <b>%s</b>."), compose_asks(c) ? tr(cx->lang, "It counts from now on. If it does not suit you, just say so.") : S(""));
}

static Err offered(Cx *cx, Composing *c, LoopAct act) {
  Promise p;
  Err e = promise_offered(cx, c->request.id, &p);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  const char *sentence = act == LOOP_ACT_REVOKE ? N_("I cannot keep what I promised, and I am sorry. What I can promise instead: <b>%s</b>.")
                       : act == LOOP_ACT_COUNTER ? N_("I cannot do it as you wished. What I can promise: <b>%s</b>.") : N_("I can promise this <b>%s</b>.");
  TRY(promise_piece(cx, c, &p, sentence, tr(cx->lang, "It counts once you say yes.")));
  if (compose_asks(c)) letter_buttons(&c->letter, link_to(cx, c, LINK_OFFER), tr(cx->lang, "Yes, or another hour"), S(""), S(""));
  return E_OK;
}

/* The links that judge. */
static void ask_whether_sorted(Cx *cx, Composing *c) {
  letter_buttons(&c->letter, link_to(cx, c, LINK_SORTED), tr(cx->lang, "This is sorted"), link_to(cx, c, LINK_NOT_YET), tr(cx->lang, "Not yet"));
}

/* Done, says who did it; whether that is so, only the person who asked can say. */
static Err reported(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Promise p = { 0 };
  Err e = promise_in_force(cx, &c->request, &p);
  if (e && e != E_ABSENT) return e;
  cx->why = S("");
  int64_t at = c->request.reported_at ? c->request.reported_at : c->row->created_at;
  HtArg due = ht_arg_str(&l->view, when_by(READER(cx), p.due_at)), when = ht_arg_str(&l->view, when_at(READER(cx), at));
  bool apart = p.id && (p.due_at - p.from_at > MINUTE || at > p.due_at);   /* not promised and done in one breath; late is always said */
  Html said = !apart ? letter_plain(l, tr(lang, "I say that this is done."))
            : at <= p.due_at ? SAY(l, tr(lang, "I promised this <b>%1$s</b>. I say it is kept (%2$s)."), due, when)
            : SAY(l, tr(lang, "I promised this <b>%1$s</b>. It is done now (%2$s), and that is late. I am sorry."), due, when);
  letter_promise(l, said, judges(c) ? tr(lang, "Only you can close it. What do you say?") : S(""), NULL, 0);
  if (judges(c)) ask_whether_sorted(cx, c);
  return E_OK;
}

/* More words on what was reported done: they may have settled it, so the question stands again. */
static void reported_before(Cx *cx, Composing *c) {
  if (!judges(c) || !str_eq(c->request.ball, S("customer"))) return;
  letter_para(&c->letter, letter_plain(&c->letter, tr(cx->lang, "Is it sorted for you now?")));
  ask_whether_sorted(cx, c);
}

static void declined(Cx *cx, Composing *c, Str where_else) {
  Letter *l = &c->letter;
  if (!c->message.id) letter_para(l, letter_plain(l, tr(cx->lang, "I cannot do this for you, and I am sorry.")));
  if (where_else.n) letter_para(l, SAY(l, tr(cx->lang, "Who can help instead: %s"), ht_arg_user(&l->view, U(where_else))));
}

static Str glimpse(Cx *cx, const Composing *c, LoopAct act) {
  Str words = c->message.id ? html_to_text(cx->arena, words_html(cx, &c->message).s, NULL) : S("");
  Str said = str_ellipsis(cx->arena, tidy_line(cx->arena, words, 400), 90);
  if (act == LOOP_ACT_REPORT) return tr_f(cx->arena, cx->lang, "%1$s says it is done. %2$s", c->author, said);
  if (act == LOOP_ACT_ASK) return tr_f(cx->arena, cx->lang, "%1$s asks you: %2$s", c->author, said);
  return said.n ? tr_f(cx->arena, cx->lang, "%1$s: %2$s", c->author, said) : c->request.subject;
}

static Err what_was_done(Cx *cx, Composing *c, LoopAct act) {
  switch (act) {
  case LOOP_ACT_PROMISE: return promised(cx, c);
  case LOOP_ACT_OFFER: case LOOP_ACT_COUNTER: case LOOP_ACT_REVOKE: return offered(cx, c, act);
  case LOOP_ACT_REPORT: return reported(cx, c);
  case LOOP_NO_ACT: reported_before(cx, c); return E_OK;
  default: return E_OK;
  }
}

/* The name stands below the words; where there are none, below what was done. */
Err compose_reply(Cx *cx, Composing *c) {
  LoopAct act = act_of(cx, c);
  Str where_else;
  TRY(actor(cx, c, &where_else));
  c->letter.glimpse = glimpse(cx, c, act);
  TRY(words(cx, c));
  if (act == LOOP_ACT_DECLINE) declined(cx, c, where_else);
  bool worded = c->message.id || act == LOOP_ACT_DECLINE;
  if (c->author.n && worded) letter_sign(&c->letter, c->author, under_name(cx, c));
  TRY(what_was_done(cx, c, act));
  if (c->author.n && !worded) letter_sign(&c->letter, c->author, under_name(cx, c));
  closing(cx, c);
  return E_OK;
}

/* ---- arrived */

Err compose_acknowledgement(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Str by = when_by(READER(cx), c->request.hear_at), who;
  l->glimpse = tr_f(cx->arena, lang, "A person will read this. You will hear from us %s.", by);
  letter_hello(l, compose_hello(cx, c));
  letter_para(l, SAY(l, tr(lang, "Thank you. Your question is here, and a person will read it: somebody from <b>%1$s</b>. You will hear from us <b>%2$s</b>."),
                     ht_arg_user(&l->view, U(c->request.team)), ht_arg_str(&l->view, by)));
  letter_para(l, letter_plain(l, tr(lang, "If there is more to say, just answer this mail.")));
  letter_dim(l, SAY(l, tr(lang, "<a href=\"%1$s\">See everything in one place</a> · <a href=\"%2$s\">Talk to a person</a>"),
                    ht_arg_str(&l->view, link_to(cx, c, LINK_PAGE)), ht_arg_str(&l->view, link_to(cx, c, LINK_PERSON))));
  TRY(compose_answers_for(cx, c, &who));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %s answers for it."), ht_arg_user(&l->view, U(who))));
  letter_dim(l, letter_plain(l, request_ref(cx->arena, c->request.id)));
  return E_OK;
}

/* ---- is it sorted? */

static Html remind_facts(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  HtArg owner = ht_arg_user(&l->view, U(c->request.owner.n ? c->request.owner : c->place));
  HtArg done = ht_arg_str(&l->view, when_at(READER(cx), c->request.reported_at));
  if (!c->request.bar_by) return SAY(l, tr(cx->lang, "No sign-in. %1$s handed it over %2$s. You can also just answer in your own words."), owner, done);
  return SAY(l, tr(cx->lang, "No sign-in. You wanted it %1$s; %2$s handed it over %3$s. You can also just answer in your own words."),
             ht_arg_str(&l->view, when_by(READER(cx), c->request.bar_by)), owner, done);
}

Err compose_reminder(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  int64_t turn = 1, ends = 0;
  Str owner = c->request.owner.n ? c->request.owner : c->place, called = name_called(owner, S("")), me = name_called(c->name, c->to.lang), who;
  if (c->extra) TRY(json_int(cx, c->extra, "turn", &turn));
  l->glimpse = tr_f(cx->arena, lang, "%s says it is done. One click is enough; 20 seconds if you like.", called);
  letter_title(l, tr_f(cx->arena, lang, "%1$s says that this is done: %2$s", called, c->request.subject),
               me.n ? tr_f(cx->arena, lang, "Is it sorted for you, %s?", me) : tr(lang, "Is it sorted for you?"));
  letter_card(l, link_to(cx, c, LINK_SORTED), tr(lang, "Yes, sorted"), tr(lang, "We close it, with thanks"));
  letter_card(l, link_to(cx, c, LINK_VERDICT), tr(lang, "Partly"), tr(lang, "Tell us what is missing"));
  letter_card(l, link_to(cx, c, LINK_NOT_YET), tr(lang, "Not yet"), tr_f(cx->arena, lang, "It opens again at once, %s hears it today", called));
  letter_dim(l, remind_facts(cx, c));
  if (c->extra) TRY(json_int(cx, c->extra, "ends", &ends));
  if (!ends && c->request.reported_at) ends = c->request.reported_at + cx->site->lapse_after;
  if (turn > 1 && ends)
    letter_dim(l, SAY(l, tr(lang, "We ask this for the last time. Without a word from you it ends %s; silence never counts as good."),
                      ht_arg_str(&l->view, when_at(READER(cx), ends))));
  TRY(compose_answers_for(cx, c, &who));
  letter_dim(l, SAY(l, tr(lang, "This mail was written by software; %1$s answers for it. We ask twice at most. <a href=\"%2$s\">What we ask and remember</a>"),
                    ht_arg_user(&l->view, U(who)), ht_arg_str(&l->view, link_url(cx, LINK_MEMORY, c->to.id, 0))));
  letter_dim(l, letter_plain(l, request_ref(cx->arena, c->request.id)));
  return E_OK;
}
