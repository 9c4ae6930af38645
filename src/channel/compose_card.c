/* channel/compose_card.c: the letter that brings a card: the question, and one link for each answer. A link opens the card with
   the answer chosen; the answer itself is sent from there. */
#include "channel/compose_parts.h"
#include "desk/card_remark.h"
#include "desk/link.h"
#include "desk/site.h"
#include "text/when.h"

static Err card_meant(Cx *cx, const Composing *c, Card *ret, bool *ret_again) {
  int64_t id = 0, again = 0;
  if (c->extra) {
    TRY(json_int(cx, c->extra, "card", &id));
    TRY(json_int(cx, c->extra, "again", &again));
  }
  *ret_again = again != 0;
  TRY(card_get(cx, id, ret));
  return instrument_named(ret->instrument) ? E_OK : fail(cx, E_ABSENT, "A card of the kind " STR_FMT " is no longer asked.", STR_ARG(ret->instrument));
}

static void small_print(Cx *cx, Composing *c, const Card *card, int64_t rest, bool again) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  letter_dim(l, SAY(l, tr(lang, "No sign-in. Open until %s."), ht_arg_str(&l->view, when_day(READER(cx), card->ends_at))));
  if (again) letter_dim(l, letter_plain(l, tr(lang, "We remind you this once, and never twice. No answer is an answer too; it never counts as good.")));
  letter_dim(l, letter_plain(l, tr(lang, "The lot fell on you: nobody chose you, and nobody could have kept this from you. Your name never stands beside your answer.")));
  Str often = rest ? trn_f(cx->arena, lang, "We ask at most once a day.", "We ask at most once in %s days.", rest, str_fmt(cx->arena, "%lld", (long long)rest)) : S("");
  if (often.n) letter_dim(l, letter_plain(l, often));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %1$s answers for it. <a href=\"%2$s\">What we ask and remember, and how to stop it</a>"), ht_arg_user(&l->view, U(c->place)),
                    ht_arg_str(&l->view, link_url(cx, LINK_MEMORY, c->to.id, 0))));
}

Err compose_card(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Card card;
  bool again;
  int64_t rest;
  TRY(card_meant(cx, c, &card, &again));
  TRY(cadence_rest(cx, &rest));
  const Instrument *in = instrument_named(card.instrument);
  Str url = str_cat(cx->arena, cx->site->public_url, S("/my/card/"), card_token(cx, card.id));
  Str question = tr_f(cx->arena, lang, in->ask, card.team);
  l->subject = question;
  l->glimpse = in->n == 1 ? tr(lang, "One question, one click.") : tr(lang, "A minute at most; leave out what you like.");
  letter_title(l, tr_f(cx->arena, lang, "%1$s, %2$s", card.team, c->place), question);
  if (in->n == 1) {
    if (in->picture) letter_para(l, letter_plain(l, tr(lang, "Choose a number, or see the pictures.")));
    letter_scale(l, str_cat(cx->arena, url, S("?a=")), in->lo, in->hi, tr(lang, in->low), tr(lang, in->high));
    if (in->picture) letter_buttons(l, url, tr(lang, "See the pictures"), S(""), S(""));
  } else {
    letter_para(l, letter_plain(l, tr(lang, in->items[0].words)));
    letter_scale(l, str_cat(cx->arena, url, S("?a=")), in->lo, in->hi, tr(lang, in->low), tr(lang, in->high));
    letter_para(l, letter_plain(l, trn_f(cx->arena, lang, "One click opens the card, with one more line.", "One click opens the card, with %s more lines.", (int64_t)in->n - 1,
                                         str_fmt(cx->arena, "%zu", in->n - 1))));
  }
  small_print(cx, c, &card, rest, again);
  return E_OK;
}

/* Words came back to a card: where they are, and how to have something done. */
Err compose_remark(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Card card;
  int64_t remark = 0;
  bool again;
  TRY(card_meant(cx, c, &card, &again));
  TRY(json_int(cx, c->extra, "remark", &remark));
  TRY(json_str(cx, c->extra, "answers", &c->answers));
  Str url = str_cat(cx->arena, cx->site->public_url, S("/my/card/"), card_token(cx, card.id));
  l->subject = tr(lang, "Your words are kept");
  l->glimpse = tr(lang, "If you need something done, one press makes a request of them.");
  letter_hello(l, compose_hello(cx, c));
  letter_para(l, SAY(l, tr(lang, "Thank you. What you wrote is kept with your card; the people who lead %s read it, without your name."), ht_arg_user(&l->view, U(card.team))));
  letter_para(l, letter_plain(l, tr(lang, "Do you need something done? Then we make a request of your words, and a person answers you.")));
  letter_buttons(l, str_fmt(cx->arena, STR_FMT "/help?w=%lld", STR_ARG(url), (long long)remark), tr(lang, "Yes, please do something"), card.answered_at ? S("") : url,
                 card.answered_at ? S("") : tr(lang, "Answer the card"));
  if (!card.answered_at) letter_dim(l, letter_plain(l, tr(lang, "The card itself counts only once you choose an answer. You may also leave it.")));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %s answers for it."), ht_arg_user(&l->view, U(c->place))));
  return E_OK;
}
