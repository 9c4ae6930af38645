/* web/pages/settings.c: how this desk is set up, told in sentences; each can be opened and changed. */
#include "web/pages/settings.h"
#include "desk/mail_log.h"
#include "desk/outbox.h"
#include "desk/seal.h"
#include "desk/setting.h"
#include "desk/setup.h"
#include "desk/site.h"
#include "text/when.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/portal.h"

extern const Route settings_routes[];

enum { TROUBLES = 100 };

/* ── the sentences ───────────────────────────────────────────────────── */

/* An address of a server without what opens it. */
static Str server_name(Arena *a, Str url) {
  Str scheme, rest, user, host;
  size_t at = str_find(url, S("://"));
  if (at == SIZE_MAX) return url;
  scheme = str_head(url, at);
  rest = str_from(url, at + 3);
  if (!str_cut_last(rest, '@', &user, &host)) host = rest;
  (void)scheme;
  return str_dup(a, host);
}

static Err load_mail(Cx *cx, Settings *s) {
  Str secret;
  Rows rows;
  TRY(mailbox_list(cx, &s->boxes));
  TRY(mailbox_us(cx, &s->us));
  TRY(setting_get(cx, S("mail.out"), &s->out.url));
  TRY(setting_get(cx, S("mail.out.user"), &s->out.user));
  TRY(setting_get(cx, S("mail.out.secret"), &secret));
  TRY(setting_get(cx, S("mail.from"), &s->out.from));
  s->out.has_secret = secret.n > 0;
  s->out_fixed = cx->site->mail_out.n > 0;
  s->from_fixed = cx->site->mail_from.n > 0;
  s->out_name = server_name(cx->arena, s->out_fixed ? cx->site->mail_out : s->out.url);
  TRY(mail_list(cx, &(MailFilter){ .outcome = S("held quarantined"), .limit = TROUBLES }, &rows));
  s->held = (int64_t)rows.n;
  TRY(outbox_list(cx, &(OutboxFilter){ .state = S("failed"), .limit = TROUBLES }, &rows));
  s->failed = (int64_t)rows.n;
  return E_OK;
}

static Err load(Cx *cx, Settings *s) {
  TRY(setting_place(cx, &s->place.name));
  TRY(setting_get(cx, S("place.lang"), &s->place.lang));
  TRY(setting_get(cx, S("place.zone"), &s->place.zone));
  TRY(setting_get(cx, S("place.phone"), &s->place.phone));
  TRY(load_mail(cx, s));
  TRY(calendar_list(cx, &s->hours));
  TRY(service_list(cx, &s->services));
  TRY(roster_teams(cx, &s->teams));
  TRY(roster_counts(cx, &s->counts));
  s->public_url = cx->site->public_url;
  s->demo = cx->site->demo;
  s->zones = zone_names(cx->arena);
  int64_t step;
  TRY(setup_step(cx, &step));
  s->unfinished = step > SETUP_YOU && step < SETUP_OVER;
  return E_OK;
}

static Err draw(Cx *cx, const Req *q, Res *res, Settings *s) {
  Shell shell;
  View v;
  s->wrong = &res->wrong;
  s->done = res->wrong.n ? S("") : desk_done(cx, q, S(""));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Settings"), RAIL_SETTINGS, &shell, &v));
  view_settings_page(&v, &shell, s);
  return E_OK;
}

/* ── the one that is open ────────────────────────────────────────────── */

static const struct { const char *name; SettingsOpen open; } opens[] = {
  { "place", OPEN_PLACE }, { "mail", OPEN_OUT }, { "mailbox", OPEN_MAILBOX }, { "hours", OPEN_HOURS }, { "service", OPEN_SERVICE },
};

static Err load_open(Cx *cx, Settings *s) {
  switch (s->open) {
    case OPEN_MAILBOX: return s->id ? mailbox_get(cx, s->id, &s->box) : E_OK;
    case OPEN_SERVICE:
      s->service.hear_within = 4 * 3600;
      return s->id ? service_get(cx, s->id, &s->service) : E_OK;
    case OPEN_HOURS:
      s->calendar.zone = s->place.zone.n ? s->place.zone : S("UTC");
      if (s->id) TRY(calendar_row(cx, s->id, &s->calendar));
      s->week = hours_read(cx->arena, s->id ? s->calendar.rules : S("mon-fri 09:00-17:00"));
      return s->id ? holiday_next(cx, &s->calendar, s->shut, COUNT(s->shut), &s->shut_n) : E_OK;
    default: return E_OK;
  }
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Settings s = { 0 };
  for (size_t i = 0; i < COUNT(opens); i++) if (str_eq(req_get(q, "open"), str_z(opens[i].name))) s.open = opens[i].open;
  (void)req_get_int(q, "id", &s.id);
  TRY(load(cx, &s));
  TRY(load_open(cx, &s));
  return draw(cx, q, res, &s);
}

static Err saved(Cx *cx, Res *res, const char *open, int64_t id) {
  return res_redirect(cx, res, id ? str_fmt(cx->arena, "/settings?open=%s&id=%lld&done=saved", open, (long long)id)
                                  : str_fmt(cx->arena, "/settings?open=%s&done=saved", open));
}

/* ── place ───────────────────────────────────────────────────────────── */

static Err place(Cx *cx, const Req *q, Res *res) {
  PlaceForm f = { str_trim(req_form(q, "name")), req_form(q, "lang"), str_trim(req_form(q, "zone")), str_trim(req_form(q, "phone")) };
  Err e = setup_place(cx, &(SetupPlace){ .name = f.name, .lang = f.lang, .zone = f.zone, .phone = f.phone });
  if (!e) return saved(cx, res, "place", 0);
  if (!portal_refused(cx, res, e)) return e;
  Settings s = { .open = OPEN_PLACE };
  TRY(load(cx, &s));
  s.place = f;
  return draw(cx, q, res, &s);
}

/* ── what goes out ───────────────────────────────────────────────────── */

static bool server_ok(Str url) {
  return str_starts(url, S("smtp://")) || str_starts(url, S("smtps://"));
}

static Err out_now(Cx *cx, const Req *q, Res *res) {
  Str url = str_trim(req_form(q, "url")), from = str_trim(req_form(q, "mail_from"));
  if (url.n && !server_ok(url)) return res_wrong(cx, res, "url", tr(cx->lang, "Write it like smtps://mail.example.org or smtp://mail.example.org:587."));
  if (from.n && !mail_normal(cx->arena, from).n) return res_wrong(cx, res, "mail_from", tr(cx->lang, "Write an email address like name@example.org."));
  TRY(setting_set(cx, S("mail.out"), url));
  TRY(setting_set(cx, S("mail.out.user"), str_trim(req_form(q, "user"))));
  TRY(setting_set(cx, S("mail.from"), mail_normal(cx->arena, from)));
  return req_form(q, "secret").n ? setting_set(cx, S("mail.out.secret"), seal(cx->arena, cx->site, req_form(q, "secret"))) : E_OK;
}

static Err out(Cx *cx, const Req *q, Res *res) {
  Err e = out_now(cx, q, res);
  if (!e) return saved(cx, res, "mail", 0);
  if (!portal_refused(cx, res, e)) return e;
  Settings s = { .open = OPEN_OUT };
  TRY(load(cx, &s));
  s.out.url = req_form(q, "url");
  s.out.user = req_form(q, "user");
  s.out.from = req_form(q, "mail_from");
  return draw(cx, q, res, &s);
}

/* A mail to oneself, so that one sees that it goes out. */
static Err test(Cx *cx, const Req *q, Res *res) {
  Party me;
  int64_t id;
  (void)q;
  TRY(party_get(cx, cx->actor.party, &me));
  TRY(outbox_put(cx, &(OutboxNew){ .kind = S("test"), .subject = tr(cx->lang, "A test from your desk"), .to_id = me.id, .to_mail = me.mail, .to_name = me.name, .auto_ = true }, &id));
  return res_redirect(cx, res, S("/outbox?done=tested"));
}

/* ── a mailbox ───────────────────────────────────────────────────────── */

static Err mailbox(Cx *cx, const Req *q, Res *res) {
  Settings s = { .open = OPEN_MAILBOX };
  int64_t id;
  (void)req_form_int(q, "id", &s.id);
  MailboxNew in = { .address = str_trim(req_form(q, "address")), .url = str_trim(req_form(q, "url")), .account = str_trim(req_form(q, "account")), .secret = req_form(q, "secret") };
  (void)req_form_int(q, "team", &in.team_id);
  if (s.id && req_form(q, "drop").n) {
    TRY(mailbox_drop(cx, s.id));
    return res_redirect(cx, res, S("/settings?done=saved"));
  }
  Err e = mailbox_put(cx, &in, &id);
  if (!e) return saved(cx, res, "mailbox", id);
  if (!portal_refused(cx, res, e)) return e;
  TRY(load(cx, &s));
  s.box = (Mailbox){ .id = s.id, .address = in.address, .url = in.url, .account = in.account, .team_id = in.team_id };
  return draw(cx, q, res, &s);
}

/* ── opening hours ───────────────────────────────────────────────────── */

static Err hours(Cx *cx, const Req *q, Res *res) {
  Settings s = { .open = OPEN_HOURS };
  (void)req_form_int(q, "id", &s.id);
  bool well = hours_typed(cx, q, &s.week);
  s.calendar = (CalendarRow){ .id = s.id, .name = str_trim(req_form(q, "name")), .zone = str_trim(req_form(q, "zone")), .rules = hours_rules(cx->arena, &s.week) };
  Err e = E_INVALID;
  if (well) e = calendar_put(cx, &s.calendar);
  else e = res_wrong(cx, res, "mon", tr(cx->lang, "Some of these are no hours. Nothing was saved."));
  if (!e) return saved(cx, res, "hours", s.calendar.id);
  Hours week = s.week;
  CalendarRow calendar = s.calendar;
  if (!portal_refused(cx, res, e)) return e;
  TRY(load(cx, &s));
  s.week = week;
  s.calendar = calendar;
  return draw(cx, q, res, &s);
}

/* What a calendar file would close, in the form, to be looked through and saved or not. */
static Err holidays(Cx *cx, const Req *q, Res *res) {
  Settings s = { .open = OPEN_HOURS };
  if (!req_form_int(q, "id", &s.id)) return fail(cx, E_ABSENT, N_("Save the opening hours first, then add holidays to them."));
  TRY(load(cx, &s));
  TRY(load_open(cx, &s));
  Err e = q->uploads.n ? holiday_read(cx, &s.calendar, q->uploads.at[0].bytes, &s.found) : fail_field(cx, "ics", N_("Choose a calendar file first; its name often ends in .ics."));
  Str rules;
  if (!e) e = holiday_close(cx, &s.calendar, &s.found, &rules);
  if (e) { if (!portal_refused(cx, res, e)) return e; s.found = (Holidays){ 0 }; return draw(cx, q, res, &s); }
  s.week = hours_read(cx->arena, rules);
  s.looked = true;
  return draw(cx, q, res, &s);
}

/* ── a service ───────────────────────────────────────────────────────── */

/* "4", "4h" or "4 h" are hours, "30min" minutes, "2d" working days of eight hours. */
static bool hear_read(Str s, int64_t *ret) {
  size_t n = 0;
  double many;
  s = str_trim(s);
  while (n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == '.')) n++;
  if (!str_double(str_head(s, n), &many)) return false;
  Str unit = str_trim(str_from(s, n));
  int64_t each = !unit.n || str_ieq(unit, S("h")) || str_ieq(unit, S("hours")) || str_ieq(unit, S("hour")) ? 3600
               : str_ieq(unit, S("min")) || str_ieq(unit, S("m")) || str_ieq(unit, S("minutes")) ? 60
               : str_ieq(unit, S("d")) || str_ieq(unit, S("days")) || str_ieq(unit, S("day")) ? 8 * 3600 : 0;
  if (!each || many > 10000) return false;
  *ret = (int64_t)(many * (double)each);
  return true;
}

int64_t settings_languages(void) {
  int64_t n = 0;
  for (size_t i = 0; i < lang_count(); i++) n += !lang_is_pseudo(lang_at(i));
  return n;
}

Str hear_words(const View *v, int64_t seconds) { return when_span(READER(v), seconds * SECOND); }

static Err service_typed(Cx *cx, const Req *q, Res *res, Service *s) {
  if (s->id) TRY(service_get(cx, s->id, s));
  s->name = str_trim(req_form(q, "name"));
  s->promise = str_trim(req_form(q, "promise"));
  s->words = str_lower(cx->arena, str_trim(req_form(q, "words")));
  s->calendar_id = 0;
  (void)req_form_int(q, "calendar", &s->calendar_id);
  if (!req_form_int(q, "team", &s->team_id)) return res_wrong(cx, res, "team", tr(cx->lang, "Choose a team."));
  if (!hear_read(req_form(q, "hear"), &s->hear_within)) return res_wrong(cx, res, "hear", tr(cx->lang, "Write it like 4 h, 30 min or 2 d."));
  return E_OK;
}

static Err service(Cx *cx, const Req *q, Res *res) {
  Settings s = { .open = OPEN_SERVICE, .hear = req_form(q, "hear") };
  (void)req_form_int(q, "id", &s.id);
  Service x = { .id = s.id };
  Err e = service_typed(cx, q, res, &x);
  if (!e) e = service_put(cx, &x);
  if (!e) return saved(cx, res, "service", x.id);
  if (!portal_refused(cx, res, e)) return e;
  TRY(load(cx, &s));
  s.service = x;
  return draw(cx, q, res, &s);
}

const Route settings_routes[] = {
  { .verb = GET,  .path = "/settings",         .run = page,    .may = MAY_ADMIN, .about = "How this desk is set up, in sentences" },
  { .verb = POST, .path = "/settings/place",   .run = place,   .may = MAY_ADMIN, .about = "The place's name, language, zone and phone" },
  { .verb = POST, .path = "/settings/mail",    .run = out,     .may = MAY_ADMIN, .about = "The server that takes our mail" },
  { .verb = POST, .path = "/settings/test",    .run = test,    .may = MAY_ADMIN, .about = "Send a test to myself" },
  { .verb = POST, .path = "/settings/mailbox", .run = mailbox, .may = MAY_ADMIN, .about = "A mailbox that people write to" },
  { .verb = POST, .path = "/settings/hours",   .run = hours,   .may = MAY_ADMIN, .about = "Opening hours" },
  { .verb = POST, .path = "/settings/holidays", .run = holidays, .may = MAY_ADMIN, .about = "What a calendar file would close; saves nothing" },
  { .verb = POST, .path = "/settings/service", .run = service, .may = MAY_ADMIN, .about = "What somebody offers, and by when one hears" },
  { 0 }
};
