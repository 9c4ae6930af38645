/* web/pages/draft.c: see draft.h; and what keeps, throws away and brings back. With X-Part: kept the answer is one sentence in plain
   text for the form's own script; without, the way back to the page. */
#include "web/pages/draft.h"
#include "desk/draft.h"
#include "text/when.h"
#include "web/pages/desk_page.h"
#include "web/pages/saved_answers.h"

extern const Route draft_routes[];

/* ── in the form again ───────────────────────────────────────────────── */

static Write form_of(const Talk *t, Str asked, const Rows *drafts) {
  for (size_t i = 0; !asked.n && i < drafts->n; i++) {
    const Draft *d = ROW(Draft, *drafts, i);
    Write w = write_of(d->kind);
    if (!d->thrown_at && talk_write(t, w) == w) return w;
  }
  return talk_write(t, write_of(asked));
}

static void fill(const Draft *d, const Request *r, Compose *c) {
  c->thrown = d->thrown_at > 0;
  if (c->thrown) return;
  c->text = d->text;
  c->due = d->due;
  c->conditions = d->conditions;
  c->where_else = d->where_else;
  c->copies = d->copies;
  c->answers = d->answers;
  c->kept_at = d->at;
  c->behind = d->version && d->version < r->version;
}

static Err put_answer(Cx *cx, const Req *q, Talk *t) {
  int64_t id;
  SavedAnswer s;
  Str words;
  Compose *c = &t->compose;
  if (!req_get_int(q, "answer", &id)) return E_OK;
  TRY(saved_answer_get(cx, id, &s));
  TRY(saved_answer_here(cx, &t->r, &s, &words));
  c->text = c->text.n ? str_cat(cx->arena, c->text, S("\n\n"), words) : words;
  c->answers = str_fmt(cx->arena, STR_FMT "%s%lld", STR_ARG(c->answers), c->answers.n ? "," : "", (long long)id);
  c->fresh = true;
  return E_OK;
}

Err draft_open(Cx *cx, const Req *q, Talk *t) {
  Rows drafts;
  TRY(draft_list(cx, t->r.id, &drafts));
  t->compose.what = form_of(t, req_get(q, "write"), &drafts);
  for (size_t i = 0; i < drafts.n; i++)
    if (str_eq(ROW(Draft, drafts, i)->kind, write_name(t->compose.what))) fill(ROW(Draft, drafts, i), &t->r, &t->compose);
  return put_answer(cx, q, t);
}

/* ── keeping ─────────────────────────────────────────────────────────── */

static Err keep(Cx *cx, const Req *q, const Request *r, Str form) {
  Draft d = { .kind = form, .text = req_form(q, "text"), .due = req_form(q, "due"), .conditions = req_form(q, "conditions"),
              .where_else = req_form(q, "where_else"), .copies = req_form(q, "copies"), .answers = req_form(q, "answers") };
  (void)req_form_int(q, "version", &d.version);
  return draft_keep(cx, r, &d);
}

static Err kept_part(Cx *cx, Res *res, const Request *r, Str form) {
  Rows drafts;
  TRY(draft_list(cx, r->id, &drafts));
  bool there = false;
  for (size_t i = 0; i < drafts.n; i++) there |= str_eq(ROW(Draft, drafts, i)->kind, form) && !ROW(Draft, drafts, i)->thrown_at;
  return res_text(res, 200, there ? tr_f(cx->arena, cx->lang, "Draft kept %s", when_at(READER(cx), cx->now)) : S(""));
}

static Err to_answers(Cx *cx, Res *res, const Request *r, Str form, Str back) {
  Str to = link_with(cx->arena, S("/saved-answers"), "for", request_ref(cx->arena, r->id));
  return res_redirect(cx, res, link_with(cx->arena, link_with(cx->arena, to, "form", form), "back", back));
}

static Err draft(Cx *cx, const Req *q, Res *res) {
  Request r;
  Str form = write_name(write_of(req_form(q, "form"))), word = req_form(q, "draft"), back = req_form(q, "back");
  bool undo = str_eq(word, S("back")), gone = str_eq(word, S("throw"));
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  if (!undo) TRY(keep(cx, q, &r, form));
  if (undo || gone) TRY(draft_throw(cx, r.id, form, undo));
  if (str_eq(q->part, S("kept"))) return kept_part(cx, res, &r, form);
  if (!str_starts(back, S("/"))) back = str_cat(cx->arena, S("/requests/"), request_ref(cx->arena, r.id));
  if (str_eq(word, S("answers"))) return to_answers(cx, res, &r, form, back);
  Str done = undo ? S("brought") : gone ? S("thrown") : q->uploads.n ? S("draft-files") : S("draft");
  return res_redirect(cx, res, link_with(cx->arena, link_with(cx->arena, back, "write", form), "done", done));
}

const Route draft_routes[] = {
  { .verb = POST, .path = "/requests/{ref}/draft", .run = draft, .may = MAY_PROVIDER, .about = "Keep what is being written for later, throw it away, bring it back" },
  { 0 }
};
