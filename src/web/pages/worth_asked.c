/* web/pages/worth_asked.c: say whether something was worth what the desk wrote down, by the link of a letter. GET shows it and
   changes nothing, whatever stands in its address. */
#include "web/pages/worth_asked.h"
#include "desk/memory.h"
#include "views.h"

extern const Route worth_asked_routes[];

static Err load(Cx *cx, const Req *q, WorthAskedPage *p) {
  *p = (WorthAskedPage){ .self = str_cat(cx->arena, S("/my/worth/"), req_param(q, "line")), .chosen = req_get(q, "s") };
  return worth_letter_open(cx, req_param(q, "line"), &p->w);
}

static Err show(Cx *cx, const Req *q, Res *res, const WorthAskedPage *p) {
  Shell s;
  View v;
  TRY(page_begin(cx, q, res, tr(cx->lang, "Was it worth that?"), &s, &v));
  if (p->w.line.confirmed_at || p->w.line.refused_at) view_worth_asked_over(&v, &s, p); else view_worth_asked_page(&v, &s, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  WorthAskedPage p;
  TRY(load(cx, q, &p));
  return show(cx, q, res, &p);
}

static Err answer(Cx *cx, const Req *q, Res *res) {
  WorthAskedPage p;
  Str so = req_form(q, "so");
  TRY(load(cx, q, &p));
  if (!str_eq(so, S("yes")) && !str_eq(so, S("no"))) return fail(cx, E_MALFORMED, "There is no such answer.");
  Err e = worth_letter_answer(cx, &p.w, str_eq(so, S("yes")));
  return e && e != E_CONFLICT ? e : res_redirect(cx, res, p.self);          /* answered before: the page says what stands */
}

static Err never(Cx *cx, const Req *q, Res *res) {
  WorthAskedPage p;
  Shell s;
  View v;
  TRY(load(cx, q, &p));
  TRY(consent_set(cx, p.w.person, S("verdicts"), false));
  TRY(page_begin(cx, q, res, tr(cx->lang, "We will not ask again"), &s, &v));
  view_card_never(&v, &s);
  return E_OK;
}

const Route worth_asked_routes[] = {
  { .verb = GET,  .path = "/my/worth/{line}",       .run = page,   .may = MAY_ANYONE, .link = true, .about = "Was it worth that: what the desk wrote down, for who speaks for the customer" },
  { .verb = POST, .path = "/my/worth/{line}",       .run = answer, .may = MAY_ANYONE, .link = true, .about = "Say whether it was worth that" },
  { .verb = POST, .path = "/my/worth/{line}/never", .run = never,  .may = MAY_ANYONE, .link = true, .about = "Don't ask me again" },
  { 0 }
};
