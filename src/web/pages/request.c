/* web/pages/request.c: one request, whole. What can be done on it is in request_do.c. */
#include "web/pages/request.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/draft.h"
#include "web/pages/inbox.h"
#include "web/words.h"

extern const Route request_routes[];

/* From which list they came: the form's field "back" or the query. */
static ListName came_from(Cx *cx, const Req *q) {
  ListName list = LIST_COURT;
  Str back = req_form(q, "back"), head, query;
  Form f;
  if (!list_of(req_get(q, "list"), &list) && str_cut(back, '?', &head, &query) && form_parse(cx, query, &f) == E_OK)
    (void)list_of(form_get(&f, S("list")), &list);
  return list;
}

static Err beside(Cx *cx, ListName list, Talk *t) {
  Rows rows;
  Str next;
  int64_t before, after;
  TRY(inbox_list(cx, &(InboxFilter){ .list = list, .today_end = day_end(cx) }, &rows, &next));
  inbox_beside(&rows, t->r.id, &before, &after);
  Str page = str_cat(cx->arena, S("?list="), list_name(list));
  if (before) t->before = str_cat(cx->arena, S("/requests/"), request_ref(cx->arena, before), page);
  if (after) t->after = str_cat(cx->arena, S("/requests/"), request_ref(cx->arena, after), page);
  return E_OK;
}

static Err load(Cx *cx, const Req *q, const Request *r, const Compose *compose, Talk *t) {
  TRY(talk_load(cx, r, 0, t));
  ListName list = came_from(cx, q);
  t->whole = true;
  t->self = str_cat(cx->arena, S("/requests/"), t->ref, S("?list="), list_name(list));
  t->list = str_cat(cx->arena, S("/inbox?list="), list_name(list));
  t->list_label = inbox_label(cx->lang, list);
  t->done = compose ? S("") : desk_done(cx, q, t->first);
  TRY(beside(cx, list, t));
  if (!compose) return draft_open(cx, q, t);
  t->compose = *compose;
  t->compose.what = talk_write(t, compose->what);
  if (compose->moved) talk_mark(t, seen_of(req_form(q, "seen")));
  return E_OK;
}

static Err draw(Cx *cx, const Req *q, Res *res, int status, const Request *r, const Compose *compose) {
  Talk *t = NEW(cx->arena, Talk);
  Shell s;
  View v;
  TRY(load(cx, q, r, compose, t));
  TRY(desk_begin(cx, q, res, t->r.subject, RAIL_NONE, &s, &v));
  s.script = "writing.js";
  res->status = status;
  view_request_page(&v, &s, t);
  return E_OK;
}

Err request_draw(Cx *cx, const Req *q, Res *res, int status, const Compose *compose) {
  Request r;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  return draw(cx, q, res, status, &r, compose);
}

static Err read_later(Cx *cx, int64_t id, int64_t version) {
  Request r;
  TRY(request_get(cx, id, &r));
  r.version = version;
  return request_seen(cx, &r);
}

Err request_note_read(Cx *cx, const Request *r, Res *res) {
  bool unread;
  TRY(request_unread(cx, r, &unread));
  if (!unread) return E_OK;
  res->later = read_later;
  res->later_id = r->id;
  res->later_version = r->version;
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Request r;
  Standing is;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  TRY(request_standing(cx, &r, &is));
  if (is.side == LOOP_CUSTOMER) return res_redirect(cx, res, str_cat(cx->arena, S("/my/"), request_ref(cx->arena, r.id)));
  TRY(request_note_read(cx, &r, res));
  return draw(cx, q, res, 200, &r, NULL);
}

const Route request_routes[] = {
  { .verb = GET, .path = "/requests/{ref}", .run = page, .may = MAY_PROVIDER, .about = "One request: what was said, promised and done" },
  { 0 }
};
