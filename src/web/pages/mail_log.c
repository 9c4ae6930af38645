/* web/pages/mail_log.c: every message that ever arrived, and what became of it. For those who look after the desk. */
#include "web/pages/mail_log.h"
#include "views.h"
#include "web/pages/body.h"
#include "web/pages/desk_page.h"
#include "web/words.h"

extern const Route mail_log_routes[];

enum { SHOWN = 50, HELD_MOST = 200, RAW_SHOWN = 64 * 1024 };

static const struct { const char *name, *outcomes; } tabs[MAILS_TABS] = {
  [MAILS_ALL] = { "all", "" }, [MAILS_REQUEST] = { "request", "request" }, [MAILS_REPLY] = { "reply", "reply verdict" },
  [MAILS_ASIDE] = { "aside", "suppressed duplicate" }, [MAILS_HELD] = { "held", "held quarantined" },
};
Str mail_tab_name(MailTab t) { return str_z(tabs[t].name); }

bool mail_waits(const MailEntry *m) {
  return str_eq(m->outcome, S("held")) || str_eq(m->outcome, S("quarantined"));
}

static Err load_list(Cx *cx, const Req *q, MailLog *p) {
  for (MailTab t = 0; t < MAILS_TABS; t++) if (str_eq(req_get(q, "show"), mail_tab_name(t))) p->tab = t;
  p->q = str_trim(str_head(req_get(q, "q"), 200));
  MailFilter f = { .outcome = str_z(tabs[p->tab].outcomes), .q = p->q, .limit = SHOWN + 1 };
  p->paged = req_get_int(q, "before", &f.before);
  TRY(mail_list(cx, &f, &p->rows));
  if (p->rows.n > SHOWN) {
    p->rows.n = SHOWN;
    p->next = ROW(MailEntry, p->rows, SHOWN - 1)->id;
  }
  TRY(mail_counts(cx, hour_on(cx, 0, 0), &p->today));
  Rows held;
  TRY(mail_list(cx, &(MailFilter){ .outcome = S("held quarantined"), .limit = HELD_MOST }, &held));
  p->held = (int64_t)held.n;
  return E_OK;
}

/* What cannot be read is shown as bytes; that it cannot be read is no fault of this page. */
static Err load_open(Cx *cx, int64_t id, MailOpen *o) {
  Str raw;
  TRY(mail_get(cx, id, &o->m));
  TRY(mail_raw(cx, &o->m, &raw));
  o->waits = mail_waits(&o->m) || str_eq(o->m.outcome, S("suppressed"));
  o->cut = raw.n > RAW_SHOWN;
  o->raw = str_utf8_fix(cx->arena, str_head(raw, RAW_SHOWN));
  o->readable = mail_parse(cx, raw, &o->mail) == E_OK;
  cx->why = S("");
  if (o->readable) o->words = body_html(cx, S("plain"), str_utf8_head(o->mail.text, 4000));
  return E_OK;
}

static Err draw(Cx *cx, const Req *q, Res *res, int64_t id) {
  MailLog p = { .self = page_self(cx->arena, q) };
  Shell s;
  View v;
  TRY(load_list(cx, q, &p));
  if (id) {
    p.open = NEW(cx->arena, MailOpen);
    TRY(load_open(cx, id, p.open));
  }
  p.done = desk_done(cx, q, S(""));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Mail log"), RAIL_MAIL_LOG, &s, &v));
  view_mail_log_page(&v, &s, &p);
  return E_OK;
}

static Err list(Cx *cx, const Req *q, Res *res) { return draw(cx, q, res, 0); }

static Err one(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such message in the mail log."));
  return draw(cx, q, res, id);
}

static Err again(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such message in the mail log."));
  Str as = req_form(q, "as");
  bool junk = str_eq(as, S("junk"));
  TRY(mail_retry(cx, id, junk || str_eq(as, S("trusted")) ? as : S("")));
  return desk_back(cx, q, res, str_fmt(cx->arena, "/mail/%lld", (long long)id), junk ? "aside" : "retaken");
}

static Err source(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  MailEntry m;
  Str raw;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such message in the mail log."));
  TRY(mail_get(cx, id, &m));
  TRY(mail_raw(cx, &m, &raw));
  return res_file(cx, res, str_fmt(cx->arena, "mail-%lld.eml", (long long)id), S("message/rfc822"), raw);
}

const Route mail_log_routes[] = {
  { .verb = GET,  .path = "/mail",             .run = list,   .may = MAY_ADMIN, .about = "Every message that ever arrived, and what became of it" },
  { .verb = GET,  .path = "/mail/{id}",        .run = one,    .may = MAY_ADMIN, .about = "One of them: why, what it says, as it arrived" },
  { .verb = POST, .path = "/mail/{id}/again",  .run = again,  .may = MAY_ADMIN, .about = "Take it in again, or set it aside" },
  { .verb = GET,  .path = "/mail/{id}/source", .run = source, .may = MAY_ADMIN, .about = "Its bytes as they came" },
  { 0 }
};
