/* web/pages/ask.c: the front door. One question; an answer at once: who will look, and by when.
   Who may be shown what: somebody who types an address proves nothing. If we know the address, the question is kept as
   not made sure of, and everything about it goes to that address by mail; this browser is shown nothing. If we never saw
   the address, this browser may open the one request it just made, and the address still gets its own link. */
#include "web/pages/ask.h"
#include "desk/inbox.h"
#include "desk/mailbox.h"
#include "desk/message.h"
#include "desk/service.h"
#include "desk/setting.h"
#include "desk/site.h"
#include "text/mailaddr.h"
#include "text/name.h"
#include "views.h"
#include "web/pages/hours.h"
#include "web/pages/my_requests.h"

extern const Route ask_routes[];

enum { FACES = 3, MINE = 5 };

/* ── what stands on the page ─────────────────────────────────────────── */

static Err load_people(Cx *cx, const Service *s, AskPage *p) {
  if (!p->known) return E_OK;                            /* who works here is not for strangers */
  TRY(relationship_from(cx, S("serves"), s->team_id, &p->people));
  p->people_n = p->people.n < FACES ? p->people.n : FACES;
  return E_OK;
}

static Err load_hear(Cx *cx, AskPage *p) {
  Service s;
  Err e = service_for(cx, p->words.text, &s);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  TRY(service_hear_at(cx, &s, cx->now, &p->hear_at));
  return load_people(cx, &s, p);
}

static Err load_mine(Cx *cx, AskPage *p) {
  Str next;
  Rows rows;
  InboxFilter f = { .list = LIST_ALL, .asker = cx->actor.party, .limit = MINE, .newest = true };
  TRY(inbox_list(cx, &f, &rows, &next));
  p->mine = portal_requests(cx->arena, &rows);
  p->more = next.n > 0;
  return E_OK;
}

static Err load(Cx *cx, AskPage *p) {
  p->known = cx->actor.party != 0;
  TRY(load_hear(cx, p));
  if (!p->known) return E_OK;
  Party me;
  TRY(party_get(cx, cx->actor.party, &me));
  p->call = name_called(me.name, me.lang);
  return load_mine(cx, p);
}

static Err show(Cx *cx, const Req *q, Res *res, AskPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(load(cx, p));
  TRY(page_begin(cx, q, res, tr(cx->lang, "How can we help?"), &s, &v));
  view_ask_page(&v, &s, p);
  return E_OK;
}

static Err ask_page(Cx *cx, const Req *q, Res *res) {
  return show(cx, q, res, &(AskPage){ .words = { .text = req_get(q, "text"), .subject = req_get(q, "subject"), .after = req_get(q, "after") } });
}

static Err home(Cx *cx, const Req *q, Res *res) {
  bool serves = cx->actor.serves || cx->actor.leads || cx->actor.administers;
  if (serves && !cx->actor.only_request) return res_redirect(cx, res, S("/inbox"));
  return ask_page(cx, q, res);
}

/* ── asking ──────────────────────────────────────────────────────────── */

static AskWords words_of(const Req *q) {
  return (AskWords){
    .text = req_form(q, "text"), .subject = req_form(q, "subject"), .name = str_trim(req_form(q, "name")), .mail = str_trim(req_form(q, "mail")),
    .day = req_form(q, "by"), .hour = req_form(q, "by-hour"), .told = str_trim(req_form(q, "told")), .good = str_trim(req_form(q, "good")),
    .after = req_form(q, "after"), .since = req_form(q, "since"), .since_hour = req_form(q, "since-hour"),
  };
}

static Err check(Cx *cx, Res *res, const AskWords *w, bool known) {
  Err e = E_OK;
  if (!str_trim(w->text).n && !str_trim(w->subject).n) e = res_wrong(cx, res, "text", tr(cx->lang, "Say what you need, in your own words."));
  if (!known && !w->name.n) e = res_wrong(cx, res, "name", tr(cx->lang, "Write your name, so that we know who we talk to."));
  if (!known && mailbox_is_ours(cx, w->mail)) e = res_wrong(cx, res, "mail", tr(cx->lang, "That is our own address. Write yours, so that the answer finds you."));
  else if (!known && !mailaddr_typed_ok(w->mail)) e = res_wrong(cx, res, "mail", tr(cx->lang, "Write an email address like name@example.org."));
  return e;
}

/* Who asks. *ret_stranger: nobody we knew before, so this browser may see what it asks. */
static Err asker_of(Cx *cx, const AskWords *w, Party *ret, bool *ret_stranger) {
  *ret_stranger = false;
  if (cx->actor.party) return party_get(cx, cx->actor.party, ret);
  Err e = party_by_mail(cx, w->mail, ret);
  if (e != E_ABSENT) return e;
  *ret_stranger = true;
  return party_find_or_new(cx, w->mail, w->name, ret);
}

/* What it goes on from: an ended conversation of the same person. Anything else is no error, only not linked. */
static Err after_what(Cx *cx, const AskWords *w, const Party *who, int64_t *ret) {
  Request r;
  if (!w->after.n || !cx->actor.party) return E_OK;
  Err e = request_by_ref(cx, w->after, &r);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  *ret = r.asker_id == who->id ? r.id : 0;
  return E_OK;
}

static Err keep(Cx *cx, const Req *q, Res *res, const AskWords *w, const Party *who, bool untrusted, Request *ret) {
  Ids files = { 0 };
  RequestNew in = {
    .asker_id = who->id, .subject = w->subject, .text = w->text, .format = S("plain"), .channel = S("page"), .lang = lang_tag(cx->lang),
    .bar_told = str_utf8_head(w->told, 300), .bar_good = str_utf8_head(w->good, 2000), .untrusted = untrusted,
  };
  TRY(portal_hour(cx, q, res, "by", &in.bar_by));
  TRY(portal_since(cx, q, res, "since", &in.since_at));
  TRY(after_what(cx, w, who, &in.after_id));
  TRY(portal_files(cx, q, "file", 0, &files));
  in.attachments = files.at;
  in.attachment_n = files.n;
  return request_new(cx, &in, ret);
}

/* Who may see what was just asked, and where they go. */
static Str go_on(Cx *cx, const Request *r, const Party *who, bool stranger) {
  if (cx->actor.party && !cx->actor.only_request) return str_cat(cx->arena, S("/my/"), request_ref(cx->arena, r->id), S("?done=asked"));
  if (stranger || cx->actor.party) return portal_let_in(cx, r->id, who->id);
  return str_fmt(cx->arena, "/asked?by=%lld", (long long)r->hear_at);
}

static Err ask_now(Cx *cx, const Req *q, Res *res, const AskWords *w) {
  Party who;
  Request r;
  Str to;
  bool stranger;
  TRY(check(cx, res, w, cx->actor.party != 0));
  TRY(asker_of(cx, w, &who, &stranger));
  TRY(portal_once(cx, q, who.id, &to));
  if (to.n) return res_redirect(cx, res, to);
  TRY(keep(cx, q, res, w, &who, !stranger && !cx->actor.party, &r));
  to = go_on(cx, &r, &who, stranger);
  TRY(portal_once_keep(cx, q, who.id, to));
  return res_redirect(cx, res, to);
}

static Err ask_send(Cx *cx, const Req *q, Res *res) {
  AskPage p = { .words = words_of(q), .files = q->uploads.n > 0, .trap = str_trim(req_form(q, "leave")).n > 0 };
  Err e = p.trap ? res_wrong(cx, res, "leave", tr(cx->lang, "Leave this empty")) : ask_now(cx, q, res, &p.words);
  if (!e || !portal_refused(cx, res, e)) return e;
  return show(cx, q, res, &p);
}

static Err asked(Cx *cx, const Req *q, Res *res) {
  Shell s;
  View v;
  AskSent p = { 0 };
  if (!req_get_int(q, "by", &p.hear_at) || p.hear_at < cx->now) p.hear_at = 0;
  TRY(page_begin(cx, q, res, tr(cx->lang, "Thank you. We have it."), &s, &v));
  view_ask_sent(&v, &s, &p);
  return E_OK;
}

/* ── a person ────────────────────────────────────────────────────────── */

/* When somebody is there: the hours of the first service. */
static Err hours(Cx *cx, const View *v, Str *ret) {
  Rows services;
  CalendarRow c = { 0 };
  *ret = S("");
  TRY(service_list(cx, &services));
  if (!services.n || !ROW(Service, services, 0)->calendar_id) return E_OK;
  TRY(calendar_row(cx, ROW(Service, services, 0)->calendar_id, &c));
  *ret = hours_words(v, c.rules);
  return E_OK;
}

static Err person(Cx *cx, const Req *q, Res *res) {
  Shell s;
  View v;
  Str when;
  TRY(page_begin(cx, q, res, tr(cx->lang, "Talk to a person"), &s, &v));
  TRY(hours(cx, &v, &when));
  view_person_page(&v, &s, when);
  return E_OK;
}

const Route ask_routes[] = {
  { .verb = GET,  .path = "/",       .run = home,     .may = MAY_ANYONE, .link = true, .about = "How can we help? For people who serve: their inbox" },
  { .verb = POST, .path = "/",       .run = ask_send, .may = MAY_ANYONE, .link = true, .cost = COST_ASK, .about = "Ask" },
  { .verb = GET,  .path = "/ask",    .run = ask_page, .may = MAY_ANYONE, .link = true, .about = "How can we help?" },
  { .verb = POST, .path = "/ask",    .run = ask_send, .may = MAY_ANYONE, .link = true, .cost = COST_ASK, .about = "Ask" },
  { .verb = GET,  .path = "/asked",  .run = asked,    .may = MAY_ANYONE, .link = true, .about = "It came in; the rest goes by mail" },
  { .verb = GET,  .path = "/person", .run = person,   .may = MAY_ANYONE, .link = true, .about = "How to reach a person" },
  { 0 }
};
