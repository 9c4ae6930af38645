/* web/pages/inbox.c: who waits, and the conversation that is opened beside the list. */
#include "web/pages/inbox.h"
#include "desk/mailbox.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/draft.h"
#include "web/pages/request.h"
#include "web/words.h"

extern const Route inbox_routes[];

enum { STEPS = 5 };        /* the sheet shows the last few; its own page shows all */

static const struct { ListName list; Rail rail; } rails[] = {
  { LIST_COURT, RAIL_COURT }, { LIST_TODAY, RAIL_PROMISED }, { LIST_TEAM, RAIL_TEAM }, { LIST_OTHERS, RAIL_WAITING },
  { LIST_SNOOZED, RAIL_SNOOZED },
};

static Rail rail_of(ListName list) {
  for (size_t i = 0; i < COUNT(rails); i++) if (rails[i].list == list) return rails[i].rail;
  return RAIL_NONE;
}

Str inbox_label(const Lang *l, ListName list) {
  Rail rail = rail_of(list);
  return rail ? shell_label(l, rail) : tr(l, "Done");
}

Str inbox_link(const View *v, const Inbox *in, int64_t request_id) {
  Str base = str_cat(v->arena, S("/inbox?list="), list_name(in->list));
  return link_with(v->arena, link_with(v->arena, base, "cursor", in->cursor), "open", request_ref(v->arena, request_id));
}

/* From the moment the request came or, with a promise, the ball came to us, to the hour it is due. */
Ring inbox_ring(const InboxRow *row, int64_t now) {
  const Request *r = &row->r;
  int64_t from = r->waiting_at ? r->waiting_at : r->created_at;
  if (!str_eq(r->court, S("us")) || !r->due_at || from >= r->due_at) return (Ring){ .shown = r->due_at && r->due_at <= now, .hot = true, .gone = 100 };
  int64_t gone = 100 * (now - from) / (r->due_at - from);
  return (Ring){ .shown = true, .hot = r->due_at < now + HOUR, .gone = (int)(gone < 0 ? 0 : gone > 100 ? 100 : gone) };
}

static int64_t total_of(const Shell *s, const Inbox *in) {
  Rail rail = rail_of(in->list);
  return rail && s->counts[rail] > (int64_t)in->rows.n ? s->counts[rail] : (int64_t)in->rows.n;
}

static void next_due(const Cx *cx, Inbox *in) {
  for (size_t i = 0; i < in->rows.n && !in->next_due; i++) {
    const Request *r = &ROW(InboxRow, in->rows, i)->r;
    if (str_eq(r->state, S("PROMISED")) && r->due_at > cx->now) in->next_due = r->due_at;
  }
}

static Err load_list(Cx *cx, Inbox *in) {
  InboxFilter f = { .list = in->list, .cursor = in->cursor, .today_end = day_end(cx) };
  TRY(inbox_list(cx, &f, &in->rows, &in->next));
  in->any = true;
  if (in->rows.n) return E_OK;
  Rows one;
  Str next;
  TRY(inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .limit = 1 }, &one, &next));
  in->any = one.n > 0;
  return mailbox_us(cx, &in->address);
}

void inbox_beside(const Rows *rows, int64_t id, int64_t *before, int64_t *after) {
  *before = *after = 0;
  for (size_t i = 0; i < rows->n; i++) {
    if (ROW(InboxRow, *rows, i)->r.id != id) continue;
    if (i) *before = ROW(InboxRow, *rows, i - 1)->r.id;
    if (i + 1 < rows->n) *after = ROW(InboxRow, *rows, i + 1)->r.id;
  }
}

/* Whom the sentence about what was just done is of: after an answer another conversation may be open by now. */
static Str whom(Cx *cx, const Req *q, Str first) {
  Request was;
  Str ref = req_get(q, "was");
  if (!ref.n) return first;
  return request_by_ref(cx, ref, &was) == E_OK ? called(was.asker) : first;
}

/* The one that was asked for; else, so that a wide page is not half empty, the first. */
static Err load_open(Cx *cx, const Req *q, Inbox *in) {
  Str ref = req_get(q, "open");
  in->chosen = ref.n > 0;
  if (!ref.n && !in->rows.n) return E_OK;
  if (!ref.n) ref = request_ref(cx->arena, ROW(InboxRow, in->rows, 0)->r.id);
  Request r;
  TRY(request_by_ref(cx, ref, &r));
  in->talk = NEW(cx->arena, Talk);
  TRY(talk_load(cx, &r, STEPS, in->talk));
  in->open_id = in->talk->r.id;
  Talk *t = in->talk;
  t->self = link_with(cx->arena, link_with(cx->arena, link_with(cx->arena, page_self(cx->arena, q), "done", S("")), "answer", S("")), "open", t->ref);
  t->list = str_cat(cx->arena, S("/inbox?list="), list_name(in->list));
  t->list_label = in->label;
  t->done = desk_done(cx, q, whom(cx, q, t->first));
  int64_t before, after;
  inbox_beside(&in->rows, in->open_id, &before, &after);
  Str here = link_with(cx->arena, link_with(cx->arena, t->self, "write", S("")), "was", S(""));
  if (before) t->before = link_with(cx->arena, here, "open", request_ref(cx->arena, before));
  if (after) t->after = link_with(cx->arena, here, "open", request_ref(cx->arena, after));
  return draft_open(cx, q, t);
}

static Err inbox(Cx *cx, const Req *q, Res *res) {
  Inbox in = { .list = LIST_COURT, .cursor = req_get(q, "cursor"), .reader = cx->actor.party };
  Str list = req_get(q, "list");
  if (list.n && (!list_of(list, &in.list) || in.list == LIST_ALL)) return fail(cx, E_ABSENT, N_("There is no such list."));
  TRY(worst_load(cx, q, WORST_MINE, &in.worst));
  if (worst_part(q)) return worst_answer(cx, q, res, &in.worst);
  in.label = inbox_label(cx->lang, in.list);
  in.paged = in.cursor.n > 0;
  Shell s;
  View v;
  TRY(load_list(cx, &in));
  TRY(load_open(cx, q, &in));
  TRY(desk_begin(cx, q, res, in.chosen ? in.talk->r.subject : in.label, rail_of(in.list), &s, &v));
  if (in.talk) s.script = "writing.js";
  if (in.talk) in.talk->onward = s.habit.onward;
  if (in.chosen) TRY(request_note_read(cx, &in.talk->r, res));
  in.total = total_of(&s, &in);
  next_due(cx, &in);
  view_inbox_page(&v, &s, &in);
  return E_OK;
}

const Route inbox_routes[] = {
  { .verb = GET, .path = "/inbox", .run = inbox, .may = MAY_PROVIDER, .about = "Who waits for an answer, by what is due first" },
  { 0 }
};
