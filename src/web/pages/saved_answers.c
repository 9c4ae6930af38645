/* web/pages/saved_answers.c: see saved_answers.h. With X-Part: pick the list alone, for the form's own script. */
#include "web/pages/saved_answers.h"
#include "desk/party.h"
#include "desk/setting.h"
#include "views.h"
#include "web/fault.h"
#include "web/pages/desk_page.h"
#include "web/words.h"

extern const Route saved_answers_routes[];

/* ── what the words stand for ────────────────────────────────────────── */

/* The promised hour on the asker's clock, in the language of the words round it. */
static Str due_words(Cx *cx, const Request *r, const Party *asker, Str lang) {
  if (!r->due_at || !str_eq(r->state, S("PROMISED"))) return S("");
  return when_by((Reader){ cx->arena, lang.n ? lang_find(lang) : cx->lang, asker->zone.n ? asker->zone : cx->zone, cx->now }, r->due_at);
}

Err saved_answer_here(Cx *cx, const Request *r, const SavedAnswer *s, Str *ret) {
  Party me, asker;
  Str place;
  TRY(party_get(cx, cx->actor.party, &me));
  TRY(party_get(cx, r->asker_id, &asker));
  TRY(setting_place(cx, &place));
  const SavedValue values[] = { { "name", called(r->asker) }, { "request", request_ref(cx->arena, r->id) }, { "me", me.name }, { "place", place }, { "due", due_words(cx, r, &asker, s->lang) } };
  *ret = saved_answer_fill(cx->arena, s->words, values, COUNT(values));
  return E_OK;
}

Str saved_answer_link(const View *v, const SavedAnswersPage *p, int64_t id) {
  Str to = link_with(v->arena, link_with(v->arena, p->back, "write", p->form), "answer", str_fmt(v->arena, "%lld", (long long)id));
  return str_cat(v->arena, to, S("#write"));
}

/* ── the page ────────────────────────────────────────────────────────── */

static Err load_for(Cx *cx, const Req *q, SavedAnswersPage *p) {
  Request r;
  if (!req_get(q, "for").n) return E_OK;
  TRY(request_by_ref(cx, req_get(q, "for"), &r));
  TRY(request_must_serve(cx, &r));
  p->ref = request_ref(cx->arena, r.id);
  p->asker = r.asker;
  p->form = req_get(q, "form");
  p->back = link_with(cx->arena, link_with(cx->arena, req_get(q, "back"), "done", S("")), "answer", S(""));
  if (!str_starts(p->back, S("/"))) p->back = str_cat(cx->arena, S("/requests/"), p->ref);
  for (size_t i = 0; i < p->rows.n; i++) {
    SavedAnswer *s = &((SavedAnswer *)p->rows.at)[i];
    TRY(saved_answer_here(cx, &r, s, &s->words));
  }
  return E_OK;
}

static void done(Cx *cx, const Req *q, SavedAnswersPage *p) {
  int64_t was;
  p->done = desk_done(cx, q, S(""));
  if (str_eq(req_get(q, "done"), S("dropped")) && req_get_int(q, "was", &was)) p->undo = str_fmt(cx->arena, "/saved-answers/%lld/back", (long long)was);
}

static Err draw(Cx *cx, const Req *q, Res *res, SavedAnswersPage *p) {
  Shell s;
  View v;
  p->q = str_trim(req_get(q, "q"));
  p->wrong = &res->wrong;
  TRY(saved_answer_list(cx, p->q, &p->rows));
  TRY(load_for(cx, q, p));
  if (str_eq(q->part, S("pick"))) {
    v = view_for(cx, &res->body);
    view_saved_answers_pick(&v, p);
    return E_OK;
  }
  done(cx, q, p);
  TRY(saved_answer_teams(cx, &p->teams));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Saved answers"), RAIL_NONE, &s, &v));
  view_saved_answers_page(&v, &s, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) { return draw(cx, q, res, &(SavedAnswersPage){ 0 }); }

static Err draw_one(Cx *cx, const Req *q, Res *res, SavedAnswersPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(desk_begin(cx, q, res, p->edit.title, RAIL_NONE, &s, &v));
  view_saved_answer_page(&v, &s, p);
  return E_OK;
}

static Err one(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  SavedAnswersPage p = { 0 };
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such saved answer that you may see."));
  TRY(saved_answer_get(cx, id, &p.edit));
  if (!p.edit.may) return fail(cx, E_DENIED, N_("Only who leads the team changes its saved answers."));
  return draw_one(cx, q, res, &p);
}

/* ── making and changing ─────────────────────────────────────────────── */

static SavedAnswerNew typed(const Req *q) {
  SavedAnswerNew in = { .title = req_form(q, "title"), .words = req_form(q, "words"), .lang = req_form(q, "lang") };
  (void)req_form_int(q, "team", &in.team_id);
  return in;
}

/* The page again with what was wrong, for what a person can put right. */
static Err again(Cx *cx, const Req *q, Res *res, Err e, int64_t id) {
  if (e != E_INVALID || !cx->field.n) return e;
  SavedAnswerNew in = typed(q);
  SavedAnswersPage p = { .edit = { .id = id, .may = 1, .title = in.title, .words = in.words, .lang = in.lang, .team_id = in.team_id } };
  vec_add(cx->arena, &res->wrong, (Pair){ cx->field, fault_why(cx) });
  TRY(id ? draw_one(cx, q, res, &p) : draw(cx, q, res, &p));
  return res_status(res, 422);
}

static Err make(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  SavedAnswerNew in = typed(q);
  Err e = saved_answer_new(cx, &in, &id);
  return e ? again(cx, q, res, e, 0) : res_redirect(cx, res, S("/saved-answers?done=saved"));
}

static Err change(Cx *cx, const Req *q, Res *res) {
  int64_t id = 0;
  SavedAnswerNew in = typed(q);
  (void)req_param_int(q, "id", &id);
  Err e = saved_answer_change(cx, id, &in);
  return e ? again(cx, q, res, e, id) : res_redirect(cx, res, S("/saved-answers?done=saved"));
}

static Err drop(Cx *cx, const Req *q, Res *res) {
  int64_t id = 0;
  (void)req_param_int(q, "id", &id);
  TRY(saved_answer_drop(cx, id, false));
  return res_redirect(cx, res, str_fmt(cx->arena, "/saved-answers?done=dropped&was=%lld", (long long)id));
}

static Err back(Cx *cx, const Req *q, Res *res) {
  int64_t id = 0;
  (void)req_param_int(q, "id", &id);
  TRY(saved_answer_drop(cx, id, true));
  return res_redirect(cx, res, S("/saved-answers?done=brought"));
}

const Route saved_answers_routes[] = {
  { .verb = GET,  .path = "/saved-answers",           .run = page,   .may = MAY_PROVIDER, .about = "Saved answers: find one, put it into what is being written, make one" },
  { .verb = POST, .path = "/saved-answers",           .run = make,   .may = MAY_PROVIDER, .about = "Make one" },
  { .verb = GET,  .path = "/saved-answers/{id}",      .run = one,    .may = MAY_PROVIDER, .about = "One, to change it" },
  { .verb = POST, .path = "/saved-answers/{id}",      .run = change, .may = MAY_PROVIDER, .about = "Change it" },
  { .verb = POST, .path = "/saved-answers/{id}/drop", .run = drop,   .may = MAY_PROVIDER, .about = "Take it away" },
  { .verb = POST, .path = "/saved-answers/{id}/back", .run = back,   .may = MAY_PROVIDER, .about = "Bring it back" },
  { 0 }
};
