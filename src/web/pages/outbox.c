/* web/pages/outbox.c: what we send: what waits, what did not arrive, what went. */
#include "web/pages/outbox.h"
#include "desk/request.h"
#include "desk/setting.h"
#include "desk/site.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/words.h"

extern const Route outbox_routes[];

enum { SHOWN = 30, TROUBLES = 100 };

static Err load(Cx *cx, const Req *q, OutboxPage *p) {
  OutboxFilter sent = { .state = cx->site->demo ? S("sent,sample") : S("sent"), .limit = SHOWN + 1 };
  Str out;
  (void)req_get_int(q, "before", &sent.before);
  TRY(outbox_list(cx, &(OutboxFilter){ .state = S("waiting"), .limit = TROUBLES }, &p->waiting));
  TRY(outbox_list(cx, &(OutboxFilter){ .state = S("failed,stopped"), .limit = TROUBLES }, &p->failed));
  TRY(outbox_list(cx, &sent, &p->sent));
  if (p->sent.n > SHOWN) {
    p->sent.n = SHOWN;
    p->next = ROW(Outbox, p->sent, SHOWN - 1)->id;
  }
  TRY(outbox_count(cx, cx->site->demo ? S("sample") : S("sent"), hour_on(cx, 0, 0), &p->sent_today));
  TRY(setting_get(cx, S("mail.out"), &out));
  p->can_send = out.n || cx->site->mail_out.n;
  p->demo = cx->site->demo;
  return mailbox_list(cx, &p->boxes);
}

static Err page(Cx *cx, const Req *q, Res *res) {
  OutboxPage p = { .done = desk_done(cx, q, S("")) };
  Shell s;
  View v;
  TRY(load(cx, q, &p));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "What we send"), RAIL_OUTBOX, &s, &v));
  view_outbox_page(&v, &s, &p);
  return E_OK;
}

/* One that the actor may do something about: those who serve its request, or who look after the desk. */
static Err take(Cx *cx, const Req *q, Outbox *ret) {
  int64_t id;
  Request r;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such message in the outbox."));
  TRY(outbox_get(cx, id, ret));
  if (cx->actor.administers || !ret->request_id) return E_OK;
  TRY(request_get(cx, ret->request_id, &r));
  return request_must_serve(cx, &r);
}

static Err again(Cx *cx, const Req *q, Res *res) {
  Outbox o;
  TRY(take(cx, q, &o));
  TRY(outbox_again(cx, o.id));
  return desk_back(cx, q, res, S("/outbox"), "again");
}

static Err stop(Cx *cx, const Req *q, Res *res) {
  Outbox o;
  TRY(take(cx, q, &o));
  TRY(outbox_stop(cx, o.id));
  return desk_back(cx, q, res, S("/outbox"), "stopped");
}

const Route outbox_routes[] = {
  { .verb = GET,  .path = "/outbox",            .run = page,  .may = MAY_ADMIN,    .about = "What we send: waiting, did not arrive, sent" },
  { .verb = POST, .path = "/outbox/{id}/again", .run = again, .may = MAY_PROVIDER, .about = "Send it again" },
  { .verb = POST, .path = "/outbox/{id}/stop",  .run = stop,  .may = MAY_PROVIDER, .about = "Stop trying, or call it back" },
  { 0 }
};
