/* web/gate.c: between a parsed request and its handler: who is it, how do they like to be spoken to, may they, is the form
   ours, was this very call made before. Handlers cannot forget any of it. Rates: server.c, before the lanes. */
#include "base/random.h"
#include "desk/link.h"
#include "desk/once.h"
#include "desk/party.h"
#include "desk/request.h"
#include "desk/session.h"
#include "desk/setup.h"
#include "text/lang.h"
#include "web/csrf.h"
#include "web/fault.h"
#include "web/route.h"

enum { FORM_COOKIE_BYTES = 16, LANG_DAYS = 365 };

/* ---- who is it */

static Err by_token(Cx *cx, Req *q) {
  Token t;
  Err e = token_find(cx, q->bearer, &t);
  if (e == E_ABSENT) return fail(cx, E_UNKNOWN, N_("This token is not known, or it was ended."));
  TRY(e);
  q->token = true;
  q->token_id = t.id;
  if (t.used_at < cx->now - SESSION_STALE) q->stale = t.id;
  return actor_load(cx, t.party_id, &cx->actor);
}

static Err by_session(Cx *cx, Req *q) {
  Session s;
  Err e = session_find(cx, req_cookie(q, "s"), &s);
  if (e == E_ABSENT) return E_OK;                        /* nobody, then; the row's .may decides */
  TRY(e);
  TRY(actor_load(cx, s.party_id, &cx->actor));
  if (!cx->actor.party) return E_OK;
  q->session_id = s.id;
  if (s.seen_at < cx->now - SESSION_STALE) q->stale = s.id;
  return E_OK;
}

/* The cookie of mailed links holds the last few, newest first, with dots between. The one of the request asked for counts. */
static Err by_link(Cx *cx, Req *q) {
  Str rest = req_cookie(q, "k"), one;
  int64_t wanted = 0;
  bool named = req_param(q, "ref").n != 0;
  if (named && !request_ref_id(req_param(q, "ref"), &wanted)) return E_OK;
  while (rest.n) {
    Link l;
    Who who;
    str_cut(rest, '.', &one, &rest);
    if (!link_read(cx->site, one, cx->now, &l) || (named && l.request != wanted)) continue;
    Err e = who_get(cx, l.party, &who);
    if (e == E_ABSENT) continue;                         /* no longer welcome */
    TRY(e);
    cx->actor = (Actor){ .party = l.party, .only_request = l.request ? l.request : LINK_NO_REQUEST };
    return E_OK;
  }
  return E_OK;
}

static Err who_is_it(Cx *cx, Req *q) {
  cx->actor = (Actor){ 0 };
  q->session_id = q->token_id = q->stale = 0;
  q->token = false;
  if (!cx->db) return E_OK;
  if (q->bearer.n) return by_token(cx, q);
  if (req_cookie(q, "s").n) TRY(by_session(cx, q));
  if (!cx->actor.party && req_cookie(q, "k").n) TRY(by_link(cx, q));
  return E_OK;
}

/* The page's ?lang=, the person's own, the browser's cookie, the browser's header. */
static Err how_to_speak(Cx *cx, Req *q, Res *res) {
  Who who = { .zone = S("UTC") };
  if (cx->db) {
    Err e = who_get(cx, cx->actor.party, &who);
    if (e && e != E_ABSENT) return e;
  }
  Str asked = q->verb == GET ? req_get(q, "lang") : S(""), kept = req_cookie(q, "l");
  if (asked.n && !q->api) {
    asked = lang_tag(lang_find(asked));
    res_cookie(cx, res, "l", asked, LANG_DAYS * 86400);
  }
  cx->lang = lang_find(asked.n ? asked : who.lang.n ? who.lang : kept.n ? kept : q->languages);
  cx->zone = who.zone;
  q->me = who.name;
  return E_OK;
}

/* ---- is there anybody who looks after this desk */

/* Until then every page for people leads to setting up. */
static Err set_up_first(Cx *cx, const Req *q, Res *res, bool *ret_go) {
  bool open = false;
  *ret_go = true;
  if (cx->actor.party || !cx->db || q->api || q->route->direct || q->route->cost == COST_FREE || str_starts(q->path, S("/setup"))) return E_OK;
  TRY(setup_open(cx, &open));
  *ret_go = !open;
  return open ? res_redirect(cx, res, S("/setup")) : E_OK;
}

/* ---- may they */

static Str then_of(Cx *cx, const Req *q) {
  Buf b = { .arena = cx->arena };
  form_put(&b, S("then"), q->query.n ? str_cat(cx->arena, q->path, S("?"), q->query) : q->path);
  return str_cat(cx->arena, S("/signin?"), buf_str(&b));
}

static Err may_they(Cx *cx, const Req *q, Res *res, bool *ret_go) {
  const Route *r = q->route;
  if (cx->actor.only_request && !r->link) cx->actor = (Actor){ 0 };       /* a link opens its request and nothing else */
  *ret_go = may_pass(r->may, &cx->actor);
  if (*ret_go) return E_OK;
  if (r->may == MAY_NOBODY || cx->actor.party) return fail(cx, E_DENIED, N_("This is not open to you. Somebody who leads a team can help."));
  if (q->api || q->part.n) return fail(cx, E_UNKNOWN, N_("Please sign in first."));
  return res_redirect(cx, res, q->verb == GET ? then_of(cx, q) : S("/signin"));
}

/* ---- is the form ours */

static Str bound_to(const Req *q) { return q->session_id ? req_cookie(q, "s") : req_cookie(q, "f"); }

/* Where a browser says which site the form stood on, it must be this one. */
static bool from_here(const Cx *cx, const Req *q) {
  if (!q->origin.n || str_eq(q->origin, S("null")) || str_eq(q->origin, cx->site->public_url)) return true;
  size_t at = str_find(q->origin, S("://"));
  return at != SIZE_MAX && q->host.n && str_ieq(str_from(q->origin, at + 3), q->host);
}

static Err form_is_ours(Cx *cx, const Req *q) {
  if (q->verb == GET || q->token || q->route->no_csrf) return E_OK;
  Str sent = req_form(q, "csrf").n ? req_form(q, "csrf") : q->csrf_sent;
  if (from_here(cx, q) && csrf_ok(cx->arena, cx->site, bound_to(q), sent)) return E_OK;
  return fail(cx, E_DENIED, N_("This form is too old, or it did not come from this page. Go back, load the page again and send it once more."));
}

/* For the forms of the page that is drawn. A stranger gets a cookie to bind it to. */
static void give_form_token(Cx *cx, Req *q, Res *res) {
  Str bound = bound_to(q);
  if (!bound.n && q->verb == GET && !q->api && !q->route->direct && q->route->cost != COST_FREE) {
    bound = random_token(cx->arena, FORM_COOKIE_BYTES);
    res_cookie(cx, res, "f", bound, 0);
  }
  q->csrf = bound.n ? csrf_make(cx->arena, cx->site, bound) : S("");
}

/* ---- was it made before */

static Err run_once(Cx *cx, const Req *q, Res *res) {
  if (q->verb != POST || !q->idempotency_key.n || !cx->actor.party) return q->route->run(cx, q, res);
  Once o = { 0 };
  bool found;
  Str call = str_cat(cx->arena, verb_name(q->verb), S(" "), q->path);
  TRY(once_find(cx, cx->actor.party, q->idempotency_key, call, q->body, &found, &o));
  if (!found) {
    TRY(q->route->run(cx, q, res));
    if (res->status >= 400 || str_eq(res->cache, S("no-store"))) return E_OK;      /* a secret shown once is not kept */
    o = (Once){ res->status ? res->status : 200, buf_str(&res->body), res->location, res->etag };
    return once_keep(cx, cx->actor.party, q->idempotency_key, call, q->body, &o);
  }
  res->status = (int)o.status;
  res_header(cx, res, "Idempotency-Replayed", S("true"));
  res->location = o.location;
  res->etag = o.etag;
  buf_add(&res->body, o.answer);
  if (q->api) res->type = S("application/json");
  return E_OK;
}

/* ---- all of it */

static Err enter(Cx *cx, Req *q, Res *res, bool *ret_go) {
  *ret_go = false;
  if (!cx->lang) cx->lang = lang_find(q->languages);
  TRY(who_is_it(cx, q));
  TRY(how_to_speak(cx, q, res));
  TRY(set_up_first(cx, q, res, ret_go));
  if (!*ret_go) return E_OK;
  TRY(may_they(cx, q, res, ret_go));
  if (!*ret_go) return E_OK;
  TRY(form_is_ours(cx, q));
  give_form_token(cx, q, res);
  return E_OK;
}

static Err answer(Cx *cx, Req *q, Res *res, Handler *handler) {
  bool go;
  *res = (Res){ .body.arena = cx->arena };
  cx->why = cx->field = S("");
  Err e = enter(cx, q, res, &go);
  if (!e && go) e = handler(cx, q, res);
  if (e) fault_answer(cx, q, res, e);
  return e ? e : res->status >= 400 ? E_INVALID : E_OK;
}

/* A redirect to sign in is an answer; nothing is to be prepared or run after it. */
Err dispatch(Cx *cx, Req *q, Res *res) { return answer(cx, q, res, q->route->verb == GET ? q->route->run : run_once); }
Err dispatch_prepare(Cx *cx, Req *q, Res *res) { return answer(cx, q, res, q->route->prepare); }
