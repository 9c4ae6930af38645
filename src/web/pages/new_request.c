/* web/pages/new_request.c: somebody called or came by, and their request is written down for them. It is theirs from the first
   word: they get the acknowledgement and only they can close it. */
#include "web/pages/new_request.h"
#include "desk/message.h"
#include "desk/request.h"
#include "desk/touch.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/portal.h"
#include "web/words.h"

extern const Route new_request_routes[];

enum { KNOWN = 200 };

static NewRequest typed(const Req *q) {
  NewRequest p = { .who = str_trim(req_form(q, "who")), .name = str_trim(req_form(q, "name")), .text = req_form(q, "text"), .subject = req_form(q, "subject"),
                   .since = str_trim(req_form(q, "since")), .channel = req_form(q, "channel"), .files = q->uploads.n > 0 };
  (void)req_form_int(q, "service", &p.service);
  return p;
}

static Err draw(Cx *cx, const Req *q, Res *res, NewRequest *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  if (!p->channel.n) p->channel = S("phone");
  TRY(service_list(cx, &p->services));
  TRY(party_list(cx, &(PartyFilter){ .kind = S("person"), .role = S("asker"), .limit = KNOWN }, &p->people));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Write a request down"), RAIL_NEW, &s, &v));
  view_new_request_page(&v, &s, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  NewRequest p = { .who = req_get(q, "who") };
  return draw(cx, q, res, &p);
}

/* An address, made known if it is not; else a name that one person has. */
static Err asker(Cx *cx, Res *res, const NewRequest *p, Party *ret) {
  Rows rows;
  if (!p->who.n) return res_wrong(cx, res, "who", tr(cx->lang, "Say who it is for."));
  if (str_find(p->who, S("@")) != SIZE_MAX) {
    if (!mail_normal(cx->arena, p->who).n) return res_wrong(cx, res, "who", tr(cx->lang, "Write an email address like name@example.org."));
    return party_find_or_new(cx, p->who, p->name, ret);
  }
  TRY(party_list(cx, &(PartyFilter){ .kind = S("person"), .q = p->who, .limit = 2 }, &rows));
  if (rows.n == 1) { *ret = *ROW(Party, rows, 0); return E_OK; }
  return res_wrong(cx, res, "who", rows.n ? tr(cx->lang, "Several people are called so. Write the mail address instead.")
                                          : tr(cx->lang, "We know nobody by that name. Write their mail address."));
}

static Err since(Cx *cx, Res *res, const NewRequest *p, int64_t *ret) {
  *ret = 0;
  if (!p->since.n) return E_OK;
  if (!when_read(cx->zone, p->since, ret)) return res_wrong(cx, res, "since", tr(cx->lang, "Write the hour like 2026-05-14T17:00."));
  return *ret <= cx->now ? E_OK : res_wrong(cx, res, "since", tr(cx->lang, "That is still to come. Say when it began."));
}

static Str channel_of(Str typed_) {
  static const char *const known[] = { "phone", "visit", "mail", "page" };
  for (size_t i = 0; i < COUNT(known); i++) if (str_eq(typed_, str_z(known[i]))) return str_z(known[i]);
  return S("phone");
}

/* The request is the asker's own: written as their words, by the one who wrote them down. */
static Err open(Cx *cx, const Req *q, Res *res, const NewRequest *p, Request *ret) {
  Party who;
  Ids files = { 0 };
  RequestNew in = { .subject = p->subject, .text = p->text, .format = S("plain"), .channel = channel_of(p->channel), .service_id = p->service };
  TRY(asker(cx, res, p, &who));
  TRY(since(cx, res, p, &in.since_at));
  if (!str_trim(p->text).n && !str_trim(p->subject).n) return res_wrong(cx, res, "text", tr(cx->lang, "Write what they need."));
  TRY(portal_files(cx, q, "files", 0, &files));
  in.asker_id = who.id;
  in.lang = who.lang;
  in.attachments = files.at;
  in.attachment_n = files.n;
  TRY(request_new(cx, &in, ret));
  return touch_new(cx, ret->id, S("written down"), who.id, S(""));
}

/* Somebody who serves one team only may have written it down for another. */
static Err go_on(Cx *cx, Res *res, const Request *r) {
  Request seen;
  Err e = request_get(cx, r->id, &seen);
  if (e == E_ABSENT) return res_redirect(cx, res, S("/inbox?done=opened"));
  TRY(e);
  TRY(request_seen(cx, &seen));
  return res_redirect(cx, res, str_cat(cx->arena, S("/requests/"), request_ref(cx->arena, r->id), S("?done=opened")));
}

static Err send(Cx *cx, const Req *q, Res *res) {
  NewRequest p = typed(q);
  Request r;
  Err e = open(cx, q, res, &p, &r);
  if (!e) return go_on(cx, res, &r);
  return portal_refused(cx, res, e) ? draw(cx, q, res, &p) : e;
}

const Route new_request_routes[] = {
  { .verb = GET,  .path = "/new", .run = page, .may = MAY_PROVIDER, .about = "Write a request down for somebody who called or came by" },
  { .verb = POST, .path = "/new", .run = send, .may = MAY_PROVIDER, .about = "Write a request down for somebody who called or came by" },
  { 0 }
};
