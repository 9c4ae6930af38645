/* web/pages/account.c: what is one's own to set: language and zone, password, browsers, keys of programs. */
#include "web/pages/account.h"
#include "desk/party.h"
#include "desk/weekly.h"
#include "text/when.h"
#include "views.h"
#include "web/fault.h"
#include "web/page.h"
#include "web/route.h"

extern const Route account_routes[];

/* What was done, by the word in the address after a redirect. */
static Str done_words(const Lang *l, Str word) {
  static const struct { const char *word, *says; } done[] = {
    { "speak", N_("Kept.") }, { "password", N_("Your password is changed. Other browsers are signed out.") }, { "browser", N_("Signed out there.") },
    { "key", N_("That key opens nothing any more.") },
  };
  for (size_t i = 0; i < COUNT(done); i++) if (str_eq(word, str_z(done[i].word))) return tr(l, done[i].says);
  return S("");
}

typedef struct { const char *sign, *name; } Sign;

static const char *first_in(Str text, const Sign *signs, size_t n) {
  for (size_t i = 0; i < n; i++) if (str_find(text, str_z(signs[i].sign)) != SIZE_MAX) return signs[i].name;
  return NULL;
}

Str browser_called(Arena *a, const Lang *l, Str agent) {
  static const Sign browsers[] = {                 /* the more particular first: Edge also says that it is Chrome, Chrome that it is Safari */
    { "Edg", "Edge" }, { "OPR/", "Opera" }, { "SamsungBrowser/", "Samsung Internet" }, { "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" },
    { "CriOS/", "Chrome" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" },
  };
  static const Sign systems[] = {
    { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Windows", "Windows" }, { "Mac OS X", "macOS" }, { "CrOS", "ChromeOS" }, { "Linux", "Linux" },
  };
  const char *browser = first_in(agent, browsers, COUNT(browsers)), *on = first_in(agent, systems, COUNT(systems));
  if (!browser) return agent.n ? str_ellipsis(a, agent, 60) : tr(l, "An unknown browser");
  return on ? tr_f(a, l, "%1$s on %2$s", str_z(browser), str_z(on)) : str_z(browser);
}

static Err draw(Cx *cx, const Req *q, Res *res, Str new_token) {
  Shell s;
  View v;
  Party me;
  Rows sessions, tokens;
  AccountPage p = { .session_id = q->session_id, .new_token = new_token, .done = done_words(cx->lang, req_get(q, "done")), .wrong = &res->wrong };
  TRY(party_get(cx, cx->actor.party, &me));
  TRY(password_has(cx, me.id, &p.has_password));
  TRY(session_list(cx, me.id, &sessions));
  TRY(token_list(cx, me.id, &tokens));
  p.sessions = sessions.at; p.session_n = sessions.n;
  p.tokens = tokens.at; p.token_n = tokens.n;
  p.lang = me.lang.n ? me.lang : lang_tag(cx->lang);
  p.zone = req_has(q, "zone") ? req_form(q, "zone") : me.zone.n ? me.zone : cx->zone;
  p.serves = cx->actor.serves || cx->actor.leads || cx->actor.administers;
  p.leads = cx->actor.leads;
  if (p.leads) TRY(weekly_wanted(cx, me.id, &p.letter));
  TRY(page_begin(cx, q, res, tr(cx->lang, "You and this desk"), &s, &v));
  if (p.serves) view_account_in_desk(&v, &s, &p); else view_account_in_shop(&v, &s, &p);
  return E_OK;
}

/* The page again with what was wrong, for what a person can put right. */
static Err again(Cx *cx, const Req *q, Res *res, Err e) {
  if (e != E_INVALID || !cx->field.n) return e;
  if (!res->wrong.n) vec_add(cx->arena, &res->wrong, (Pair){ cx->field, fault_why(cx) });
  TRY(draw(cx, q, res, S("")));
  return res_status(res, 422);
}

static Err page(Cx *cx, const Req *q, Res *res) { return draw(cx, q, res, S("")); }

static Err speak(Cx *cx, const Req *q, Res *res) {
  Str zone = str_trim(req_form(q, "zone"));
  if (!when_zone_ok(zone)) return again(cx, q, res, res_wrong(cx, res, "zone", tr(cx->lang, "Write a time zone such as Europe/Lisbon.")));
  Str lang = lang_tag(lang_find(req_form(q, "lang")));
  TRY(party_change(cx, cx->actor.party, &(PartyNew){ .lang = lang, .zone = zone }));
  return res_redirect(cx, res, S("/me?done=speak"));
}

static Err letter(Cx *cx, const Req *q, Res *res) {
  TRY(weekly_want(cx, cx->actor.party, str_eq(req_form(q, "letter"), S("yes"))));
  return res_redirect(cx, res, S("/me?done=speak"));
}

/* On a reader: both slow halves, the old password and the new. */
static Err password_prepare(Cx *cx, const Req *q, Res *res) {
  Party me;
  bool has;
  int64_t same;
  Str *hash = NEW(cx->arena, Str);
  TRY(party_get(cx, cx->actor.party, &me));
  TRY(password_has(cx, me.id, &has));
  Err e = has ? password_check(cx, me.mail, req_form(q, "current"), &same) : E_OK;
  if (e == E_DENIED) return again(cx, q, res, res_wrong(cx, res, "current", tr(cx->lang, "That is not your password now.")));
  TRY(e);
  e = password_hash(cx, req_form(q, "password"), hash);
  if (e) return again(cx, q, res, e);
  res->prepared = hash;
  return E_OK;
}

static Err password_set(Cx *cx, const Req *q, Res *res) {
  TRY(password_put(cx, cx->actor.party, *(const Str *)q->prepared));
  TRY(session_end_others(cx, cx->actor.party, q->session_id));
  return res_redirect(cx, res, S("/me?done=password"));
}

static Err browser_end(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("That session is over already."));
  TRY(session_end(cx, cx->actor.party, id));
  return res_redirect(cx, res, S("/me?done=browser"));
}

static Err browsers_end(Cx *cx, const Req *q, Res *res) {
  TRY(session_end_others(cx, cx->actor.party, q->session_id));
  return res_redirect(cx, res, S("/me?done=browser"));
}

/* Not a redirect: the key is in this answer and nowhere else. */
static Err key_new(Cx *cx, const Req *q, Res *res) {
  Str secret;
  Err e = token_new(cx, cx->actor.party, req_form(q, "name"), &secret);
  if (e) return again(cx, q, res, e);
  res->cache = S("no-store");
  return draw(cx, q, res, secret);
}

static Err key_end(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("That key was ended already."));
  TRY(token_end(cx, cx->actor.party, id));
  return res_redirect(cx, res, S("/me?done=key"));
}

const Route account_routes[] = {
  { .verb = GET,  .path = "/me", .run = page, .may = MAY_ASKER, .about = "One's own password, browsers, keys, language" },
  { .verb = POST, .path = "/me/speak", .run = speak, .may = MAY_ASKER, .about = "Language and time zone" },
  { .verb = POST, .path = "/me/letter", .run = letter, .may = MAY_LEAD, .about = "The letter on Mondays: send it, or stop it" },
  { .verb = POST, .path = "/me/password", .run = password_set, .prepare = password_prepare, .may = MAY_ASKER, .cost = COST_SIGNIN, .about = "Another password" },
  { .verb = POST, .path = "/me/browsers/end", .run = browsers_end, .may = MAY_ASKER, .about = "Sign out everywhere else" },
  { .verb = POST, .path = "/me/browsers/{id}/end", .run = browser_end, .may = MAY_ASKER, .about = "Sign out there" },
  { .verb = POST, .path = "/me/keys", .run = key_new, .may = MAY_PROVIDER, .about = "A key for a program" },
  { .verb = POST, .path = "/me/keys/{id}/end", .run = key_end, .may = MAY_PROVIDER, .about = "End a key" },
  { 0 }
};
