/* channel/compose_card.c: the letter that brings a card: the question, and one link for each answer. A link opens the card with
   the answer chosen; the answer itself is sent from there. */
#include "channel/compose_parts.h"
#include "desk/card.h"
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
