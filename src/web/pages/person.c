/* web/pages/person.c: one person: whom we serve, and what they may do here. Those who serve see whom they serve; only who looks
   after the desk changes what somebody may. */
#include "desk/inbox.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/memory_form.h"
#include "web/pages/people.h"
#include "web/pages/portal.h"
#include "web/words.h"

extern const Route person_routes[];

enum { PAST = 30, VERDICTS = 60 };

/* ── reading ─────────────────────────────────────────────────────────── */

static Err id_of(Cx *cx, const Req *q, int64_t *ret) {
  return req_param_int(q, "id", ret) ? E_OK : fail(cx, E_ABSENT, N_("There is no such person."));
}

static Err load_past(Cx *cx, PersonPage *p) {
  Rows rows, verdicts;
  Str next;
  TRY(inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .asker = p->p.id, .limit = PAST }, &rows, &next));
  TRY(verdict_of(cx, p->p.id, VERDICTS, &verdicts));
  p->past = NEW_N(cx->arena, Past, rows.n);
  p->past_n = rows.n;
  for (size_t i = 0; i < rows.n; i++) {
    p->past[i].request = &ROW(InboxRow, rows, i)->r;
    for (size_t k = verdicts.n; k-- > 0;)
      if (ROW(Verdict, verdicts, k)->request_id == p->past[i].request->id) p->past[i].verdict = ROW(Verdict, verdicts, k);
  }
  return E_OK;
}

static Err load_work(Cx *cx, PersonPage *p) {
  TRY(team_of(cx, p->p.id, &p->teams));
  TRY(relationship_to(cx, p->p.id, S("leads"), &p->leads));
  TRY(team_list(cx, &p->all_teams));
  if (!p->may_change) return E_OK;
  TRY(session_list(cx, p->p.id, &p->sessions));
  return token_list(cx, p->p.id, &p->tokens);
}

static Err load(Cx *cx, const Req *q, PersonPage *p) {
  int64_t id;
  TRY(id_of(cx, q, &id));
  TRY(party_get(cx, id, &p->p));
  TRY(roster_one(cx, id, &p->row));
  p->first = called(p->p.name);
  p->self = str_fmt(cx->arena, "/people/%lld", (long long)id);
  p->may_change = cx->actor.administers;
  p->me = cx->actor.party == id;
  p->works = p->row.serves || p->row.leads_house || p->row.administers;
  TRY(address_list(cx, id, &p->addresses));
  TRY(consent_get(cx, id, S("memory"), &p->remembers));
  TRY(memory_list(cx, id, &p->memory));
  TRY(load_work(cx, p));
  return load_past(cx, p);
}

static Err draw(Cx *cx, const Req *q, Res *res, PersonPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(load(cx, q, p));
  p->done = res->wrong.n ? S("") : desk_done(cx, q, p->first);
  TRY(desk_begin(cx, q, res, p->p.name, RAIL_PEOPLE, &s, &v));
  view_person_sheet(&v, &s, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  PersonPage p = { 0 };
  return draw(cx, q, res, &p);
}

/* ── changing ────────────────────────────────────────────────────────── */

typedef Err Change(Cx *, const Req *, int64_t id);

static Err change(Cx *cx, const Req *q, Res *res, Change *fn, const char *done) {
  int64_t id;
  PersonPage p = { 0 };
  TRY(id_of(cx, q, &id));
  Err e = fn(cx, q, id);
  if (!e) return desk_back(cx, q, res, str_fmt(cx->arena, "/people/%lld", (long long)id), done);
  return portal_refused(cx, res, e) ? draw(cx, q, res, &p) : e;
}

static Err edit_(Cx *cx, const Req *q, int64_t id) {
  Str zone = str_trim(req_form(q, "zone"));
  if (!str_trim(req_form(q, "name")).n) return fail_field(cx, "name", N_("Give a name."));
  if (zone.n && !when_zone_ok(zone)) return fail_field(cx, "zone", N_("Write a time zone like Europe/Lisbon."));
  return party_change(cx, id, &(PartyNew){ .name = req_form(q, "name"), .title = str_trim(req_form(q, "title")), .say_name = str_trim(req_form(q, "say_name")),
                                           .phone = str_trim(req_form(q, "phone")), .zone = zone });
}
static Err edit(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, edit_, "saved"); }

static Err address_(Cx *cx, const Req *q, int64_t id) {
  int64_t drop;
  if (req_form_int(q, "drop", &drop)) return address_drop(cx, id, drop);
  return address_add(cx, id, str_trim(req_form(q, "mail")), str_eq(req_form(q, "main"), S("yes")));
}
static Err address(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, address_, "saved"); }

static Err role_to(Cx *cx, const Req *q, int64_t *ret_to, Str *ret_kind) {
  Party house;
  Str role = req_form(q, "role");
  if (str_eq(role, S("serves")) || str_eq(role, S("leads"))) {
    *ret_kind = role;
    return req_form_int(q, "team", ret_to) ? E_OK : fail_field(cx, "team", N_("Choose a team."));
  }
  TRY(house_get(cx, &house));
  *ret_to = house.id;
  *ret_kind = str_eq(role, S("administers")) ? S("administers") : S("leads");
  return str_eq(role, S("administers")) || str_eq(role, S("leads-all")) ? E_OK : fail_field(cx, "role", N_("Say what they may do."));
}

static Err role_(Cx *cx, const Req *q, int64_t id) {
  int64_t to;
  Str kind;
  TRY(role_to(cx, q, &to, &kind));
  return str_eq(req_form(q, "do"), S("drop")) ? relationship_drop(cx, id, kind, to) : relationship_add(cx, id, kind, to);
}
static Err role(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, role_, "saved"); }

static Err disable_page(Cx *cx, const Req *q, Res *res) {
  PersonPage p = { 0 };
  Shell s;
  View v;
  TRY(load(cx, q, &p));
  TRY(desk_begin(cx, q, res, p.p.name, RAIL_PEOPLE, &s, &v));
  view_person_disable(&v, &s, &p);
  return E_OK;
}
static Err disable_(Cx *cx, const Req *q, int64_t id) { return party_disable(cx, id, !str_eq(req_form(q, "back"), S("in"))); }
static Err disable(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  PersonPage p = { 0 };
  TRY(id_of(cx, q, &id));
  Err e = disable_(cx, q, id);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/people/%lld?done=saved", (long long)id));
  return portal_refused(cx, res, e) ? draw(cx, q, res, &p) : e;
}

/* ── ways in: to be closed by who looks after the desk; one's own are at /me ─ */

static Err session_(Cx *cx, const Req *q, int64_t id) {
  int64_t session;
  if (req_form_int(q, "session", &session)) return session_end(cx, id, session);
  return session_end_others(cx, id, cx->actor.party == id ? q->session_id : 0);
}
static Err session(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, session_, "signed-out"); }

static Err token_(Cx *cx, const Req *q, int64_t id) {
  int64_t token;
  return req_form_int(q, "token", &token) ? token_end(cx, id, token) : fail(cx, E_MALFORMED, "Say which key.");
}
static Err token(Cx *cx, const Req *q, Res *res) { return change(cx, q, res, token_, "withdrawn"); }

/* Notes are for whoever serves a request of theirs; memory_list showed none to others. */
static Err memory(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  const char *done = "saved";
  PersonPage p = { 0 };
  TRY(id_of(cx, q, &id));
  Err e = memory_form_do(cx, q, id, 0, &done);
  if (!e) return desk_back(cx, q, res, str_fmt(cx->arena, "/people/%lld", (long long)id), done);
  return portal_refused(cx, res, e) ? draw(cx, q, res, &p) : e;
}

/* ── browsers in words ───────────────────────────────────────────────── */

static const char *first_in(Str s, const char *const (*known)[2], size_t n) {
  for (size_t i = 0; i < n; i++) if (str_find(s, str_z(known[i][0])) != SIZE_MAX) return known[i][1];
  return NULL;
}

Str browser_words(const View *v, Str ua) {
  static const char *const browsers[][2] = { { "Edg/", "Edge" }, { "OPR/", "Opera" }, { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" }, { "curl/", "curl" } };
  static const char *const systems[][2] = { { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" }, { "Windows", "Windows" }, { "Mac OS X", "macOS" }, { "CrOS", "ChromeOS" }, { "Linux", "Linux" } };
  const char *browser = first_in(ua, browsers, COUNT(browsers)), *system = first_in(ua, systems, COUNT(systems));
  if (browser && system) return tr_f(v->arena, v->lang, "%1$s on %2$s", str_z(browser), str_z(system));
  return browser ? str_z(browser) : tr(v->lang, "A browser");
}

const Route person_routes[] = {
  { .verb = GET,  .path = "/people/{id}",           .run = page,         .may = MAY_PROVIDER, .about = "One person: whom we serve, what they may do" },
  { .verb = POST, .path = "/people/{id}",           .run = edit,         .may = MAY_ADMIN,    .about = "Their name and how to reach them" },
  { .verb = POST, .path = "/people/{id}/addresses", .run = address,      .may = MAY_ADMIN,    .about = "Their mail addresses" },
  { .verb = POST, .path = "/people/{id}/roles",     .run = role,         .may = MAY_ADMIN,    .about = "What they may do" },
  { .verb = GET,  .path = "/people/{id}/disable",   .run = disable_page, .may = MAY_ADMIN,    .about = "What ends when somebody goes" },
  { .verb = POST, .path = "/people/{id}/disable",   .run = disable,      .may = MAY_ADMIN,    .about = "Somebody goes, or comes back" },
  { .verb = POST, .path = "/people/{id}/sessions",  .run = session,      .may = MAY_ADMIN,    .about = "Sign a browser out" },
  { .verb = POST, .path = "/people/{id}/tokens",    .run = token,        .may = MAY_ADMIN,    .about = "Withdraw a key of a program" },
  { .verb = POST, .path = "/people/{id}/memory",    .run = memory,       .may = MAY_PROVIDER, .about = "Remember something about them" },
  { 0 }
};
