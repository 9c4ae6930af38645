/* web/pages/wizard.c: from an empty store to the first question, in five pages.
   Safety: while nobody administers, the first page is open to whoever is at the machine itself or has the code from its
   console; after that every page is the administrator's. Each step keeps what it took, so anybody who leaves goes on there. */
#include "web/pages/wizard.h"
#include "desk/link.h"
#include "desk/outbox.h"
#include "desk/service.h"
#include "desk/session.h"
#include "desk/setting.h"
#include "desk/site.h"
#include "text/when.h"
#include "views.h"
#include "web/pages/signin.h"

extern const Route wizard_routes[];

static const char *const paths[] = { [SETUP_YOU] = "/setup/you", [SETUP_PLACE] = "/setup/place", [SETUP_MAIL] = "/setup/mail",
                                     [SETUP_TEAM] = "/setup/team", [SETUP_TRY] = "/setup/try", [SETUP_OVER] = "/inbox" };

Str wizard_step_name(const View *v, int64_t step) {
  static const char *const names[] = { "", N_("You"), N_("Your place"), N_("Mail"), N_("Team"), N_("Try it") };
  return step >= SETUP_YOU && step <= SETUP_TRY ? tr(v->lang, names[step]) : S("");
}

Str wizard_host(Arena *a, Str url) {
  (void)a;
  size_t at = str_find(url, S("://"));
  Str rest = at == SIZE_MAX ? url : str_from(url, at + 3), host, path;
  str_cut(rest, '/', &host, &path);
  return host;
}

/* ── who may ─────────────────────────────────────────────────────────── */

static bool loopback(Str host) {
  Str name, port;
  if (str_starts(host, S("[::1]")) || str_eq(host, S("::1"))) return true;
  str_cut(host, ':', &name, &port);
  return str_eq(name, S("localhost")) || str_starts(name, S("127."));
}

/* At the machine itself, and the machine is not said to be anywhere else. */
static bool at_home(const Cx *cx, const Req *q) {
  Str url = cx->site->public_url;
  size_t at = str_find(url, S("://"));
  return loopback(q->ip) && loopback(q->host) && loopback(at == SIZE_MAX ? url : str_from(url, at + 3));
}

static Str code_of(const Req *q) { return req_form(q, "code").n ? req_form(q, "code") : req_get(q, "code"); }

static bool may_begin(Cx *cx, const Req *q) { return at_home(cx, q) || setup_code_ok(cx->arena, cx->site, code_of(q)); }

static Err administrator(Cx *cx) {
  bool open;
  if (cx->actor.administers) return E_OK;
  TRY(setup_open(cx, &open));
  if (open) return fail(cx, E_DENIED, "Begin at the first step: /setup");
  return fail(cx, cx->actor.party ? E_DENIED : E_UNKNOWN, "Setting up is for the people who look after this desk.");
}

/* ── showing ─────────────────────────────────────────────────────────── */

typedef void Draw(View *, const Shell *, const Wizard *);

static Err draw(Cx *cx, const Req *q, Res *res, Wizard *w, Draw *with) {
  Shell s;
  View v;
  w->wrong = &res->wrong;
  w->public_url = cx->site->public_url;
  TRY(page_begin(cx, q, res, tr(cx->lang, "Setting up"), &s, &v));
  s.wizard = true;
  s.script = "wizard.js";
  with(&v, &s, w);
  return E_OK;
}

static Err to_step(Cx *cx, Res *res, int64_t step) { return res_redirect(cx, res, str_z(paths[step < SETUP_OVER ? step : SETUP_OVER])); }

static Err again(Cx *cx, const Req *q, Res *res, Wizard *w, Err e, Draw *with) {
  return portal_refused(cx, res, e) ? draw(cx, q, res, w, with) : e;
}

/* ── the door ────────────────────────────────────────────────────────── */

static Err begin(Cx *cx, const Req *q, Res *res) {
  bool open;
  int64_t step;
  TRY(setup_open(cx, &open));
  if (!open && !cx->actor.administers) return res_redirect(cx, res, S("/"));
  TRY(setup_step(cx, &step));
  if (!open) return to_step(cx, res, step == SETUP_YOU ? SETUP_PLACE : step);
  if (may_begin(cx, q)) return res_redirect(cx, res, code_of(q).n ? str_cat(cx->arena, S("/setup/you?code="), setup_code(cx->arena, cx->site)) : S("/setup/you"));
  if (code_of(q).n) TRY(again(cx, q, res, &(Wizard){ 0 }, res_wrong(cx, res, "code", tr(cx->lang, "That is not the code. It stands in the latest lines of the console.")), view_wizard_code));
  else TRY(draw(cx, q, res, &(Wizard){ 0 }, view_wizard_code));
  return E_OK;
}

/* ── 1 you ───────────────────────────────────────────────────────────── */

static Err you_open(Cx *cx, const Req *q, Res *res, bool *ret_go) {
  bool open;
  TRY(setup_open(cx, &open));
  *ret_go = open && may_begin(cx, q);
  if (*ret_go) return E_OK;
  return res_redirect(cx, res, S("/setup"));
}

static Err you_page(Cx *cx, const Req *q, Res *res) {
  bool go;
  TRY(you_open(cx, q, res, &go));
  return go ? draw(cx, q, res, &(Wizard){ .step = SETUP_YOU, .code = code_of(q) }, view_wizard_you) : E_OK;
}

/* On a reader: hashing takes its time on purpose. A password that will not do is told with the rest of the page. */
typedef struct { Err err; Str hash, why; } Hashed;
static Err you_hash(Cx *cx, const Req *q, Res *res) {
  Hashed *h = NEW(cx->arena, Hashed);
  h->err = may_begin(cx, q) ? password_hash(cx, req_form(q, "password"), &h->hash) : E_OK;
  h->why = cx->why;
  res->prepared = h;
  return E_OK;
}

static Err you_do(Cx *cx, const Req *q, Res *res) {
  const Hashed *h = q->prepared;
  Err e = E_OK;
  int64_t id;
  if (h->err) e = res_wrong(cx, res, "password", h->why);
  if (!str_trim(req_form(q, "name")).n) e = res_wrong(cx, res, "name", tr(cx->lang, "Write your name, as the people you help will see it."));
  if (!mail_normal(cx->arena, req_form(q, "mail")).n) e = res_wrong(cx, res, "mail", tr(cx->lang, "Write an email address like name@example.org."));
  TRY(e);
  TRY(setup_administrator(cx, req_form(q, "name"), req_form(q, "mail"), &id));
  TRY(password_put(cx, id, h->hash));
  return signin_let_in(cx, q, res, id);
}

static Err you(Cx *cx, const Req *q, Res *res) {
  bool go;
  TRY(you_open(cx, q, res, &go));
  if (!go) return E_OK;
  Wizard w = { .step = SETUP_YOU, .code = code_of(q), .name = req_form(q, "name"), .mail = req_form(q, "mail") };
  Err e = you_do(cx, q, res);
  return e ? again(cx, q, res, &w, e, view_wizard_you) : to_step(cx, res, SETUP_PLACE);
}

/* ── 2 your place ────────────────────────────────────────────────────── */

static Err place_page(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_PLACE, .zones = zone_names(cx->arena) };
  TRY(administrator(cx));
  TRY(setting_get(cx, S("place.name"), &w.name));
  TRY(setting_get(cx, S("place.lang"), &w.lang));
  TRY(setting_get(cx, S("place.zone"), &w.zone));
  TRY(setting_get(cx, S("place.phone"), &w.phone));
  if (!w.lang.n) w.lang = lang_tag(cx->lang);
  return draw(cx, q, res, &w, view_wizard_place);
}

static Err place(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_PLACE, .zones = zone_names(cx->arena), .name = req_form(q, "name"), .lang = req_form(q, "lang"),
               .zone = req_form(q, "zone"), .phone = req_form(q, "phone") };
  TRY(administrator(cx));
  Err e = req_has(q, "skip") ? E_OK
        : setup_place(cx, &(SetupPlace){ .name = w.name, .lang = lang_tag(lang_find(w.lang)), .zone = w.zone, .phone = w.phone });
  if (e) return again(cx, q, res, &w, e, view_wizard_place);
  TRY(setup_done(cx, SETUP_PLACE));
  return to_step(cx, res, SETUP_MAIL);
}

/* ── 3 mail ──────────────────────────────────────────────────────────── */

static Err mail_page(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_MAIL };
  TRY(administrator(cx));
  TRY(mail_try_get(cx, &w.mail_try));
  w.mail = w.mail_try.address;
  w.going = w.mail_try.asked_at && !w.mail_try.done_at && cx->now < w.mail_try.asked_at + 5 * MINUTE;
  if (w.going) res_header(cx, res, "Refresh", S("2"));
  if (req_has(q, "again")) { w.in_url = w.mail_try.in_url; w.out_url = w.mail_try.out_url; w.account = w.mail_try.account; }
  else if (w.mail_try.done_at && w.mail_try.denied)
    vec_add(cx->arena, &res->wrong, (Pair){ S("secret"), tr(cx->lang, "The server answered, but did not accept this password.") });
  return draw(cx, q, res, &w, view_wizard_mail);
}

static Err mail(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_MAIL, .mail = req_form(q, "address"), .in_url = req_form(q, "in_url"), .out_url = req_form(q, "out_url"),
               .account = req_form(q, "account") };
  TRY(administrator(cx));
  if (req_has(q, "skip")) {
    TRY(setup_done(cx, SETUP_MAIL));
    return to_step(cx, res, SETUP_TEAM);
  }
  Err e = mail_try_ask(cx, &(MailTryNew){ .address = w.mail, .secret = req_form(q, "secret"), .in_url = w.in_url, .out_url = w.out_url, .account = w.account });
  return e ? again(cx, q, res, &w, e, view_wizard_mail) : to_step(cx, res, SETUP_MAIL);
}

static Err mail_use(Cx *cx, const Req *q, Res *res) {
  MailTry t;
  int64_t id;
  TRY(administrator(cx));
  Err e = mail_try_use(cx);
  if (e) return again(cx, q, res, &(Wizard){ .step = SETUP_MAIL }, e, view_wizard_mail);
  TRY(mail_try_get(cx, &t));
  TRY(outbox_put(cx, &(OutboxNew){ .kind = S("test"), .subject = tr(cx->lang, "Cornerdesk reads this mailbox now"), .to_mail = t.address, .auto_ = true }, &id));
  TRY(setup_done(cx, SETUP_MAIL));
  return to_step(cx, res, SETUP_TEAM);
}

/* ── 4 team ──────────────────────────────────────────────────────────── */

static Err team_load(Cx *cx, Wizard *w) {
  Rows services;
  TRY(service_list(cx, &services));
  if (!services.n) return E_OK;
  const Service *s = ROW(Service, services, 0);
  CalendarRow hours = { 0 };
  if (s->calendar_id) TRY(calendar_row(cx, s->calendar_id, &hours));
  w->name = s->team;
  w->hours = hours.rules;
  w->hear = s->hear_within;
  return relationship_from(cx, S("serves"), s->team_id, &w->team);
}

static Err team_page(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_TEAM };
  TRY(administrator(cx));
  TRY(team_load(cx, &w));
  return draw(cx, q, res, &w, view_wizard_team);
}

static Err team_do(Cx *cx, Res *res, Wizard *w) {
  SetupTeam in = { .name = w->name, .hours = w->hours, .hear_within = w->hear, .lead = cx->actor.party };
  int64_t team;
  if (!str_trim(w->name).n) return res_wrong(cx, res, "name", tr(cx->lang, "Write what your team is called."));
  TRY(setup_team(cx, &in, &team));
  TRY(setup_colleagues(cx, team, w->colleagues, &w->added, &w->unread));
  if (w->unread.n) return res_wrong(cx, res, "colleagues", tr_f(cx->arena, cx->lang, "These are no addresses: %s", str_ellipsis(cx->arena, w->unread, 200)));
  return E_OK;
}

static Err team(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_TEAM, .name = req_form(q, "name"), .hours = req_form(q, "hours"), .colleagues = req_form(q, "colleagues") };
  TRY(administrator(cx));
  if (!req_form_int(q, "hear", &w.hear)) w.hear = 0;
  Err e = team_do(cx, res, &w);
  if (e) return again(cx, q, res, &w, e, view_wizard_team);
  TRY(setup_done(cx, SETUP_TEAM));
  return to_step(cx, res, SETUP_TRY);
}

/* ── 5 try it ────────────────────────────────────────────────────────── */

static Err try_page(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_TRY, .name = tr(cx->lang, "Hello, does this reach a person?"), .question = req_get(q, "asked") };
  Request r;
  TRY(administrator(cx));
  TRY(mail_try_get(cx, &w.mail_try));
  if (w.question.n) {
    TRY(request_by_ref(cx, w.question, &r));
    w.question = request_ref(cx->arena, r.id);
    w.asker_link = link_url(cx, LINK_PAGE, r.asker_id, r.id);
  }
  return draw(cx, q, res, &w, view_wizard_try);
}

/* Who asks must be somebody else than who answers: a person made for it, without an address, so that no mail goes out. */
static Err try_it(Cx *cx, const Req *q, Res *res) {
  Wizard w = { .step = SETUP_TRY, .name = req_form(q, "text") };
  Party me;
  Request r;
  int64_t guest;
  TRY(administrator(cx));
  if (req_has(q, "skip")) {
    TRY(setup_done(cx, SETUP_TRY));
    return to_step(cx, res, SETUP_OVER);
  }
  if (!str_trim(w.name).n)
    return again(cx, q, res, &w, res_wrong(cx, res, "text", tr(cx->lang, "Say what you need, in your own words.")), view_wizard_try);
  TRY(party_get(cx, cx->actor.party, &me));
  TRY(party_new(cx, &(PartyNew){ .name = tr_f(cx->arena, cx->lang, "%s, trying it out", me.name), .about = tr(cx->lang, "Made while setting up.") }, &guest));
  TRY(request_new(cx, &(RequestNew){ .asker_id = guest, .text = w.name, .format = S("plain"), .channel = S("page"), .quiet = true }, &r));
  return res_redirect(cx, res, str_cat(cx->arena, S("/setup/try?asked="), request_ref(cx->arena, r.id)));
}

static Err done(Cx *cx, const Req *q, Res *res) {
  (void)q;
  TRY(administrator(cx));
  TRY(setup_done(cx, SETUP_TRY));
  return to_step(cx, res, SETUP_OVER);
}

const Route wizard_routes[] = {
  { .verb = GET,  .path = "/setup",          .run = begin,      .may = MAY_ANYONE, .about = "Setting up: where one goes on" },
  { .verb = POST, .path = "/setup",          .run = begin,      .may = MAY_ANYONE, .cost = COST_SIGNIN, .about = "Setting up: the code from the console" },
  { .verb = GET,  .path = "/setup/you",      .run = you_page,   .may = MAY_ANYONE, .about = "Setting up, 1: who looks after this desk" },
  { .verb = POST, .path = "/setup/you",      .run = you, .prepare = you_hash, .may = MAY_ANYONE, .cost = COST_SIGNIN, .about = "The first administrator" },
  { .verb = GET,  .path = "/setup/place",    .run = place_page, .may = MAY_ADMIN,  .about = "Setting up, 2: the place" },
  { .verb = POST, .path = "/setup/place",    .run = place,      .may = MAY_ADMIN,  .about = "The place's name, language and zone" },
  { .verb = GET,  .path = "/setup/mail",     .run = mail_page,  .may = MAY_ADMIN,  .about = "Setting up, 3: mail" },
  { .verb = POST, .path = "/setup/mail",     .run = mail,       .may = MAY_ADMIN,  .about = "Try a mailbox" },
  { .verb = POST, .path = "/setup/mail/use", .run = mail_use,   .may = MAY_ADMIN,  .about = "Use the mailbox that was tried" },
  { .verb = GET,  .path = "/setup/team",     .run = team_page,  .may = MAY_ADMIN,  .about = "Setting up, 4: the team" },
  { .verb = POST, .path = "/setup/team",     .run = team,       .may = MAY_ADMIN,  .about = "The first team and its hours" },
  { .verb = GET,  .path = "/setup/try",      .run = try_page,   .may = MAY_ADMIN,  .about = "Setting up, 5: try it" },
  { .verb = POST, .path = "/setup/try",      .run = try_it,     .may = MAY_ADMIN,  .about = "A question to oneself" },
  { .verb = POST, .path = "/setup/done",     .run = done,       .may = MAY_ADMIN,  .about = "Setting up is over" },
  { 0 }
};
