/* web/pages/card.c: one card: read it, answer it, think again, or not be asked any more. GET shows it and changes nothing,
   whatever stands in its address. */
#include "web/pages/card.h"
#include <stdio.h>
#include "desk/memory.h"
#include "views.h"

extern const Route card_routes[];

int card_apart(int64_t value) {
  static const int apart[] = { 38, 32, 26, 20, 14, 8, 3 };
  return apart[value < 1 ? 0 : value > 7 ? 6 : value - 1];
}

Str card_choice(const View *v, const Instrument *in, int64_t value) {
  const char *end = value == in->lo ? in->low : value == in->hi ? in->high : NULL;
  return end ? str_fmt(v->arena, "%lld, " STR_FMT, (long long)value, STR_ARG(tr(v->lang, end))) : str_fmt(v->arena, "%lld", (long long)value);
}

/* ── loading ─────────────────────────────────────────────────────────── */

static Err load(Cx *cx, const Req *q, Card *card, CardPage *p) {
  TRY(card_open(cx, req_param(q, "card"), card));
  *p = (CardPage){ .in = instrument_named(card->instrument), .self = str_cat(cx->arena, S("/my/card/"), req_param(q, "card")), .team = card->team,
                   .words = card->words, .ends_at = card->ends_at };
  if (!p->in) return fail(cx, E_ABSENT, N_("This card is of a kind that is no longer asked."));
  TRY(card_values(cx, card, p->values));
  TRY(card_remarks(cx, card, &p->remarks));
  return cadence_rest(cx, &p->rest_days);
}

static Err show(Cx *cx, const Req *q, Res *res, CardPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(page_begin(cx, q, res, tr(cx->lang, "A question for you"), &s, &v));
  if (p->at_once) s.script = "verdict.js";
  view_card_page(&v, &s, p);
  return E_OK;
}

static Err over(Cx *cx, const Req *q, Res *res, const Card *card, const CardPage *p) {
  Shell s;
  View v;
  TRY(page_begin(cx, q, res, tr(cx->lang, "A question for you"), &s, &v));
  view_card_over(&v, &s, card, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Card card;
  CardPage p;
  int64_t chosen;
  TRY(load(cx, q, &card, &p));
  if (card_over(&card, cx->now) || (card.answered_at && !req_has(q, "change"))) return over(cx, q, res, &card, &p);
  if (req_get_int(q, "a", &chosen) && chosen >= p.in->lo && chosen <= p.in->hi) {
    p.values[0] = chosen;
    p.at_once = p.in->n == 1 && !card.answered_at;
  }
  return show(cx, q, res, &p);
}

/* ── saying it ───────────────────────────────────────────────────────── */

static Err answer(Cx *cx, const Req *q, Res *res) {
  Card card;
  CardPage p;
  TRY(load(cx, q, &card, &p));
  for (size_t i = 0; i < p.in->n; i++)
    if (!req_form_int(q, p.in->items[i].name, &p.values[i])) p.values[i] = -1;
  p.words = req_form(q, "words");
  Err e = card_answer(cx, &card, p.values, p.words);
  if (!e) return res_redirect(cx, res, p.self);
  if (e == E_CONFLICT) return over(cx, q, res, &card, &p);
  return portal_refused(cx, res, e) ? show(cx, q, res, &p) : e;
}

static Err never(Cx *cx, const Req *q, Res *res) {
  Card card;
  CardPage p;
  Shell s;
  View v;
  TRY(load(cx, q, &card, &p));
  TRY(consent_set(cx, card.asked_of, S("verdicts"), false));
  TRY(page_begin(cx, q, res, tr(cx->lang, "We will not ask again"), &s, &v));
  view_card_never(&v, &s);
  return E_OK;
}

/* ── words written back to its mail ──────────────────────────────────── */

static Err help_of(Cx *cx, const Req *q, Str number, Card *card, CardPage *p, CardRemark *ret) {
  int64_t id;
  TRY(load(cx, q, card, p));
  return str_int(number, &id) ? card_remark_get(cx, card, id, ret) : fail(cx, E_ABSENT, N_("These words are not on this card."));
}

static Err help(Cx *cx, const Req *q, Res *res) {
  Card card;
  CardPage p;
  CardRemark m;
  Shell s;
  View v;
  TRY(help_of(cx, q, req_get(q, "w"), &card, &p, &m));
  if (m.request_id) return res_redirect(cx, res, portal_let_in(cx, m.request_id, card.asked_of));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Shall somebody do something?"), &s, &v));
  view_card_help(&v, &s, &p, &m);
  return E_OK;
}

static Err help_now(Cx *cx, const Req *q, Res *res) {
  Card card;
  CardPage p;
  CardRemark m;
  int64_t request;
  TRY(help_of(cx, q, req_form(q, "w"), &card, &p, &m));
  TRY(card_remark_open(cx, &card, m.id, &request));
  return res_redirect(cx, res, portal_let_in(cx, request, card.asked_of));
}

const Route card_routes[] = {
  { .verb = GET,  .path = "/my/card/{card}",       .run = page,   .may = MAY_ANYONE, .link = true, .about = "A card: a question about the whole, for the one it was given to" },
  { .verb = POST, .path = "/my/card/{card}",       .run = answer, .may = MAY_ANYONE, .link = true, .about = "Answer a card" },
  { .verb = POST, .path = "/my/card/{card}/never", .run = never,  .may = MAY_ANYONE, .link = true, .about = "Don't ask me again" },
  { .verb = GET,  .path = "/my/card/{card}/help",  .run = help,     .may = MAY_ANYONE, .link = true, .about = "Words written back to a card's mail: shall somebody do something" },
  { .verb = POST, .path = "/my/card/{card}/help",  .run = help_now, .may = MAY_ANYONE, .link = true, .about = "Make a request of them" },
  { 0 }
};
