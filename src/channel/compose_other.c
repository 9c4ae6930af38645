/* channel/compose_other.c: letters that software writes: a link to sign in, a test, what is too large, what is due. */
#include "channel/compose_parts.h"
#include "desk/site.h"
#include "text/name.h"
#include "text/num.h"
#include "text/url.h"
#include "text/when.h"

Str compose_hello(Cx *cx, const Composing *c) {
  Str called = name_called(c->name, c->to.lang);
  return called.n ? tr_f(cx->arena, cx->lang, "Hello %s,", called) : tr(cx->lang, "Hello,");
}

Err compose_answers_for(Cx *cx, const Composing *c, Str *ret) {
  *ret = c->place;
  if (!c->request.team_id) return E_OK;
  Rows leads;
  TRY(relationship_from(cx, S("leads"), c->request.team_id, &leads));
  for (size_t i = 0; i < leads.n; i++) {
    const Party *lead = ROW(Party, leads, i);
    if (lead->id == c->row->to_id) continue;             /* who leads is not told that they answer for it */
    *ret = lead->name;
    return E_OK;
  }
  return E_OK;
}

static Str text_of(Cx *cx, const Composing *c, const char *name) {
  Str s = S("");
  if (c->extra && json_str(cx, c->extra, name, &s)) s = S("");
  return s;
}
static int64_t number_of(Cx *cx, const Composing *c, const char *name) {
  int64_t n = 0;
  if (c->extra && json_int(cx, c->extra, name, &n)) n = 0;
  return n;
}

Err compose_signin(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Str link = c->row->extra;
  if (!url_safe(cx->arena, link).n) return fail(cx, E_INVALID, "A mail to sign in has no link.");
  l->subject = tr_f(cx->arena, lang, "Your link to sign in to %s", c->place);
  l->glimpse = tr(lang, "It opens the desk for you, once, within fifteen minutes.");
  letter_hello(l, compose_hello(cx, c));
  letter_para(l, SAY(l, tr(lang, "This link signs you in to %s. It works once, within fifteen minutes."), ht_arg_user(&l->view, U(c->place))));
  letter_buttons(l, link, tr(lang, "Sign in"), S(""), S(""));
  letter_dim(l, letter_plain(l, tr(lang, "You did not ask for it? Then leave it; nobody can do anything with it but you.")));
  return E_OK;
}

Err compose_test(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  l->subject = tr_f(cx->arena, lang, "A test from %s", c->place);
  l->glimpse = tr(lang, "If you can read this, mail goes out.");
  letter_hello(l, compose_hello(cx, c));
  letter_para(l, letter_plain(l, tr(lang, "If you can read this, mail goes out. Answer this message, and you see whether it comes in as well.")));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %s answers for it."), ht_arg_user(&l->view, U(c->place))));
  return E_OK;
}

Err compose_oversize(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Str is = num_size(cx->arena, lang, number_of(cx, c, "size")), most = num_size(cx->arena, lang, number_of(cx, c, "limit"));
  l->subject = tr_f(cx->arena, lang, "Too large for us: %s", c->row->subject.n ? c->row->subject : tr(lang, "your message"));
  l->glimpse = tr_f(cx->arena, lang, "It is %1$s, and we take up to %2$s.", is, most);
  letter_hello(l, compose_hello(cx, c));
  letter_para(l, SAY(l, tr(lang, "Your message reached us, but not whole: it is %1$s, and we take up to %2$s. We kept its beginning, and somebody will see it."),
                     ht_arg_str(&l->view, is), ht_arg_str(&l->view, most)));
  letter_para(l, SAY(l, tr(lang, "Please send the words again without the large file, or put the file on our page: <a href=\"%s\">ask us here</a>."),
                     ht_arg_str(&l->view, str_cat(cx->arena, cx->site->public_url, S("/ask")))));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %s answers for it."), ht_arg_user(&l->view, U(c->place))));
  return E_OK;
}

/* To somebody who serves: what they promised is overdue; or somebody was hurt, and nobody has spoken with them. */
Err compose_notice(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Str ref = request_ref(cx->arena, c->request.id);
  Str url = str_cat(cx->arena, cx->site->public_url, S("/requests/"), ref), who;
  bool overdue = str_eq(text_of(cx, c, "notice"), S("overdue")), hurt = str_eq(text_of(cx, c, "notice"), S("moment"));
  l->glimpse = hurt ? tr_f(cx->arena, lang, "Nobody has spoken with %s yet.", c->request.asker) : overdue ? tr_f(cx->arena, lang, "What you promised %s has not been reported.", c->request.asker) : c->request.subject;
  letter_hello(l, compose_hello(cx, c));
  if (overdue) letter_promise(l, SAY(l, tr(lang, "You promised this to %1$s <b>%2$s</b>, and it is not reported as done."), ht_arg_user(&l->view, U(c->request.asker)),
                              ht_arg_str(&l->view, when_by(READER(cx), c->request.due_at))),
                              tr(lang, "If it cannot be kept, say so now and promise what you can; that is half of keeping it."), NULL, 0);
  else if (hurt) letter_para(l, SAY(l, tr(lang, "It went badly for %1$s with “%2$s”, and nobody has spoken with them yet. A call or a few words of yours come first; what is to be done about it can follow."),
                                    ht_arg_user(&l->view, U(c->request.asker)), ht_arg_user(&l->view, U(c->request.subject))));
  else letter_para(l, SAY(l, tr(lang, "There is news in “%s”."), ht_arg_user(&l->view, U(c->request.subject))));
  letter_buttons(l, url, tr(lang, "Open the request"), S(""), S(""));
  letter_dim(l, SAY(l, tr(lang, "What you answer to this mail goes to %s."), ht_arg_user(&l->view, U(c->request.asker))));
  TRY(compose_answers_for(cx, c, &who));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %s answers for it."), ht_arg_user(&l->view, U(who))));
  letter_dim(l, letter_plain(l, ref));
  return E_OK;
}
