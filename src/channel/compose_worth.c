/* channel/compose_worth.c: the letter that asks whether something was worth what we wrote down. Its links open the page with the
   answer chosen; the answer itself is sent from there. */
#include "channel/compose_parts.h"
#include "desk/link.h"
#include "desk/memory.h"
#include "desk/site.h"
#include "desk/worth_letter.h"
#include "text/name.h"
#include "text/num.h"
#include "text/when.h"

static Err asked_about(Cx *cx, const Composing *c, WorthAsked *ret) {
  int64_t line = 0;
  bool wanted;
  if (c->extra) TRY(json_int(cx, c->extra, "line", &line));
  TRY(worth_letter_get(cx, line, c->to.id, ret));
  TRY(consent_get(cx, c->to.id, S("verdicts"), &wanted));
  if (ret->line.confirmed_at || ret->line.refused_at) return fail(cx, E_ABSENT, "It was answered before the letter left.");
  return wanted ? E_OK : fail(cx, E_ABSENT, "They do not want to be asked.");
}

static void what(Cx *cx, Composing *c, const WorthAsked *w) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Str who = w->line.proposer.n ? w->line.proposer : c->place;
  letter_para(l, w->own ? SAY(l, tr(lang, "%s wrote down what our work was worth to you:"), ht_arg_user(&l->view, U(who)))
                        : SAY(l, tr(lang, "%1$s wrote down what our work was worth to %2$s:"), ht_arg_user(&l->view, U(who)), ht_arg_user(&l->view, U(w->customer))));
  letter_para(l, SAY(l, tr(lang, "“%s”"), ht_arg_user(&l->view, U(w->line.words))));
  if (w->line.amount)
    letter_para(l, SAY(l, tr(lang, "In money, we think: <b>%1$s %2$s</b>."), ht_arg_str(&l->view, num(cx->arena, lang, (w->line.amount + 50) / 100)), ht_arg_str(&l->view, w->line.currency)));
}

Err compose_worth(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  WorthAsked w;
  TRY(asked_about(cx, c, &w));
  Str url = str_cat(cx->arena, cx->site->public_url, S("/my/worth/"), worth_letter_token(cx, w.line.id, c->to.id));
  Str question = w.own ? tr(lang, "Was it worth this to you?") : tr_f(cx->arena, lang, "Was it worth this to %s?", w.customer);
  l->subject = question;
  l->glimpse = w.line.words;
  letter_title(l, c->place, question);
  what(cx, c, &w);
  letter_para(l, letter_plain(l, tr(lang, "Only you can say whether that is true. Until you do, it counts for nothing.")));
  letter_buttons(l, str_cat(cx->arena, url, S("?s=yes")), tr(lang, "Yes, it was"), str_cat(cx->arena, url, S("?s=no")), tr(lang, "No, it was not"));
  letter_dim(l, SAY(l, tr(lang, "No sign-in. Open until %s."), ht_arg_str(&l->view, when_day(READER(cx), w.asked_at + cx->site->link_life))));
  letter_dim(l, letter_plain(l, tr(lang, "We ask this once, and do not remind you. Without an answer it does not count.")));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %1$s answers for it. <a href=\"%2$s\">What we ask and remember, and how to stop it</a>"), ht_arg_user(&l->view, U(c->place)),
                    ht_arg_str(&l->view, link_url(cx, LINK_MEMORY, c->to.id, 0))));
  return E_OK;
}
