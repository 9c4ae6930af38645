/* web/pages/signin.c: coming in and going out. A stranger learns nothing here about who is known: the same words, the
   same work, the same time for every address. */
#include "web/pages/signin.h"
#include "base/random.h"
#include "desk/demo.h"
#include "desk/link.h"
#include "desk/party.h"
#include "desk/request.h"
#include "desk/session.h"
#include "desk/signin.h"
#include "views.h"
#include "web/page.h"
#include "web/rate.h"
#include "web/route.h"

extern const Route signin_routes[];

enum { LINKS_KEPT = 6 };

/* ---- the page */

static Err samples(Cx *cx, SigninPage *p) {
  Rows rows;
  TRY(demo_people(cx, &rows, &p->serving_n));
  p->samples = rows.at;
  p->sample_n = rows.n;
  return E_OK;
}

static Err draw(Cx *cx, const Req *q, Res *res, SigninPage *p) {
  Shell s;
  View v;
  TRY(page_begin(cx, q, res, tr(cx->lang, "Sign in"), &s, &v));
  if (cx->site->demo) TRY(samples(cx, p));
  view_signin(&v, &s, p);
  return E_OK;
}

static Str then_of(const Req *q) { return q->verb == GET ? req_get(q, "then") : req_form(q, "then"); }

static Err home(Cx *cx, Res *res, Str then) {
  bool serves = cx->actor.serves || cx->actor.leads || cx->actor.administers;
  return res_redirect(cx, res, then.n ? then : serves ? S("/inbox") : S("/"));
}

static Err signin_page(Cx *cx, const Req *q, Res *res) {
  if (cx->actor.party && !cx->actor.only_request) return home(cx, res, then_of(q));
  SigninPage p = { .then = then_of(q), .password = str_eq(req_get(q, "with"), S("password")) };
  return draw(cx, q, res, &p);
}

/* ---- coming in */

Err signin_let_in(Cx *cx, const Req *q, Res *res, int64_t party) {
  Str secret;
  TRY(actor_load(cx, party, &cx->actor));
  if (!cx->actor.party) return fail(cx, E_DENIED, N_("This person cannot come in any more."));
  if (q->session_id) TRY(session_end_any(cx, q->session_id));
  TRY(session_new(cx, party, q->user_agent, &secret));
  res_cookie(cx, res, "s", secret, SESSION_LIFE / SECOND);
  res_cookie(cx, res, "k", S(""), -1);
  return E_OK;
}

static Err let_in(Cx *cx, const Req *q, Res *res, int64_t party, Str then) {
  TRY(signin_let_in(cx, q, res, party));
  return home(cx, res, then);
}

static Err often_enough(Cx *cx, const Req *q, Res *res, Str mail) {
  int wait = rate_take(q->rate, COST_SIGNIN, RATE_CALLER, mail_normal(cx->arena, mail), clock_steady());
  if (!wait) return E_OK;
  res->retry_after = wait;
  Str words = tr_f(cx->arena, cx->lang, "That was a lot of tries for one address. Please wait %s, or have a link sent.", when_span(READER(cx), wait * SECOND));
  return fail(cx, E_RATE, STR_FMT, STR_ARG(words));
}

/* On a reader: the slow part of a password. */
static Err signin_prepare(Cx *cx, const Req *q, Res *res) {
  Str mail = req_form(q, "mail");
  if (str_eq(req_form(q, "how"), S("sample"))) return E_OK;
  TRY(often_enough(cx, q, res, mail));
  if (!str_eq(req_form(q, "how"), S("password"))) return E_OK;
  int64_t *party = NEW(cx->arena, int64_t);
  Err e = password_check(cx, mail, req_form(q, "password"), party);
  if (e == E_DENIED) {
    SigninPage p = { .mail = mail, .then = then_of(q), .password = true, .fault = tr(cx->lang, PASSWORD_NO_MATCH) };
    res->status = 422;
    return draw(cx, q, res, &p);
  }
  TRY(e);
  res->prepared = party;
  return E_OK;
}

static Err by_sample(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  if (!cx->site->demo || !req_form_int(q, "person", &id)) return fail(cx, E_DENIED, N_("That is open in the sample organisation only."));
  return let_in(cx, q, res, id, then_of(q));
}

static Err signin_send(Cx *cx, const Req *q, Res *res) {
  if (q->prepared) return let_in(cx, q, res, *(int64_t *)q->prepared, then_of(q));
  if (str_eq(req_form(q, "how"), S("sample"))) return by_sample(cx, q, res);
  Str mail = str_trim(req_form(q, "mail"));
  Shell s;
  View v;
  if (!mail_normal(cx->arena, mail).n) {
    SigninPage p = { .mail = mail, .then = then_of(q), .fault = tr(cx->lang, "Write an email address like name@example.org.") };
    res->status = 422;
    return draw(cx, q, res, &p);
  }
  TRY(signin_ask(cx, mail, then_of(q)));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Look in your mail"), &s, &v));
  view_signin_sent(&v, &s, mail);
  return E_OK;
}

/* The link of the mail. Programs that look at mail open it; nothing happens until a person presses the button. */
static Err link_page(Cx *cx, const Req *q, Res *res) {
  int64_t party;
  Who who;
  Shell s;
  View v;
  TRY(signin_look(cx, req_param(q, "secret"), &party));
  TRY(who_get(cx, party, &who));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Sign in"), &s, &v));
  view_signin_link(&v, &s, req_param(q, "secret"), who.name);
  return E_OK;
}

static Err link_use(Cx *cx, const Req *q, Res *res) {
  int64_t party;
  TRY(signin_use(cx, req_param(q, "secret"), &party));
  return let_in(cx, q, res, party, req_get(q, "then"));
}

/* ---- going out */

static Err signout(Cx *cx, const Req *q, Res *res) {
  if (q->session_id) TRY(session_end_any(cx, q->session_id));
  res_cookie(cx, res, "s", S(""), -1);
  res_cookie(cx, res, "k", S(""), -1);
  res_header(cx, res, "Clear-Site-Data", S("\"cache\""));
  return res_redirect(cx, res, S("/signin"));
}

/* ---- links to one request */

static Str target(Cx *cx, const Req *q, const Link *l) {
  static const char *const places[] = {
    [LINK_PAGE] = "", [LINK_SORTED] = "/verdict?s=yes", [LINK_NOT_YET] = "/verdict?s=no", [LINK_VERDICT] = "/verdict", [LINK_PERSON] = "/person",
    [LINK_OFFER] = "#offer",
  };
  if (l->to == LINK_MEMORY) return S("/about-me");
  Str page = str_cat(cx->arena, S("/my/"), request_ref(cx->arena, l->request), str_z(places[l->to]));
  return l->to == LINK_PAGE && q->query.n ? str_cat(cx->arena, page, S("?"), q->query) : page;
}

/* The newest first; no more than a few, and none twice. */
static Str links_with(Cx *cx, Str kept, Str fresh) {
  Buf b = { .arena = cx->arena };
  buf_add(&b, fresh);
  for (int n = 1; kept.n && n < LINKS_KEPT; n++) {
    Str one;
    str_cut(kept, '.', &one, &kept);
    if (str_eq(one, fresh)) continue;
    buf_char(&b, '.');
    buf_add(&b, one);
  }
  return buf_str(&b);
}

static Err link_open(Cx *cx, const Req *q, Res *res) {
  Link l;
  Str text = req_param(q, "link");
  if (!link_read(cx->site, text, cx->now, &l))
    return fail(cx, E_ABSENT, N_("This link is too old, or it was not copied whole. Open the newest mail from us, or ask us for a new one."));
  res_cookie(cx, res, "k", links_with(cx, req_cookie(q, "k"), text), (l.ends_at - cx->now) / SECOND);
  return res_redirect(cx, res, target(cx, q, &l));
}

const Route signin_routes[] = {
  { .verb = GET,  .path = "/signin", .run = signin_page, .may = MAY_ANYONE, .about = "Who is it?" },
  { .verb = POST, .path = "/signin", .run = signin_send, .prepare = signin_prepare, .may = MAY_ANYONE, .cost = COST_SIGNIN, .about = "Come in by password, or have a link sent" },
  { .verb = GET,  .path = "/signin/{secret}", .run = link_page, .may = MAY_ANYONE, .about = "The link of the mail: asks once more" },
  { .verb = POST, .path = "/signin/{secret}", .run = link_use, .may = MAY_ANYONE, .cost = COST_SIGNIN, .about = "Come in by that link" },
  { .verb = POST, .path = "/signout", .run = signout, .may = MAY_ANYONE, .about = "Go out" },
  { .verb = GET,  .path = "/k/{link}", .run = link_open, .may = MAY_ANYONE, .about = "A mailed link: opens its one request" },
  { 0 }
};
