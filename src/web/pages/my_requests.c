/* web/pages/my_requests.c: all my conversations, a page at a time. */
#include "web/pages/my_requests.h"
#include "desk/inbox.h"
#include "views.h"

extern const Route my_requests_routes[];

enum { PAGE = 20 };

Rows portal_requests(Arena *a, const Rows *inbox) {
  Request *at = NEW_N(a, Request, inbox->n + 1);
  for (size_t i = 0; i < inbox->n; i++) at[i] = ROW(InboxRow, *inbox, i)->r;
  return (Rows){ .at = at, .n = inbox->n };
}

/* Only organisations the reader is trusted with; of others nothing would be seen anyway. */
static int64_t organisation_of(const Req *q, const MyRequests *m) {
  int64_t id;
  if (!req_get_int(q, "of", &id)) return 0;
  for (size_t i = 0; i < m->organisations.n; i++) if (ROW(Party, m->organisations, i)->id == id) return id;
  return 0;
}

static Err load(Cx *cx, const Req *q, MyRequests *m) {
  Rows rows;
  *m = (MyRequests){ .later = req_get(q, "after").n > 0 };
  if (!cx->actor.only_request) TRY(relationship_to(cx, cx->actor.party, S("reads"), &m->organisations));
  m->organisation = organisation_of(q, m);
  InboxFilter f = { .list = LIST_ALL, .limit = PAGE, .newest = true, .cursor = req_get(q, "after"), .organisation = m->organisation };
  if (!m->organisation) f.asker = cx->actor.party;
  TRY(inbox_list(cx, &f, &rows, &m->next));
  m->rows = portal_requests(cx->arena, &rows);
  if (m->organisation || m->later || cx->actor.only_request) return E_OK;
  Err e = card_waiting(cx, cx->actor.party, &m->card);
  if (e != E_ABSENT) return e;
  m->card.id = 0;
  cx->why = S("");
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  MyRequests m;
  Shell s;
  View v;
  TRY(load(cx, q, &m));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Your conversations"), &s, &v));
  view_my_requests_page(&v, &s, &m);
  return E_OK;
}

const Route my_requests_routes[] = {
  { .verb = GET, .path = "/my", .run = page, .may = MAY_ASKER, .link = true, .about = "All my conversations" },
  { 0 }
};
