/* web/api/moments.c: bad moments for programs: who was hurt, who speaks with them. */
#include "web/api/moments.h"
#include "desk/moment.h"
#include "desk/site.h"
#include "web/number.h"

static void step_put(JsonOut *w, const char *name, int64_t at, int64_t by, Str who) {
  if (!at) { json_name(w, name); json_put_null(w); return; }
  JSON_OBJ(w, name);
  JSON_TIME(w, "at", at);
  api_put_named(w, "by", by, who);
  json_end(w);
}

static void why_put(JsonOut *w, Cx *cx, int64_t why) {
  Str rest = moment_whys(cx->arena, why), one;
  JSON_ARR(w, "why");
  while (rest.n) { str_cut(rest, ' ', &one, &rest); json_put_str(w, one); }
  json_end(w);
}

static void moment_put(JsonOut *w, Cx *cx, const MomentRow *m) {
  Str ref = request_ref(cx->arena, m->m.request_id);
  JSON(w, "ref", ref);
  JSON(w, "number", m->m.nr);
  JSON(w, "url", str_cat(cx->arena, cx->site->public_url, S("/requests/"), ref));
  JSON(w, "subject", m->subject);
  JSON_TIME(w, "at", m->m.at);
  why_put(w, cx, m->m.why);
  JSON(w, "said", m->said);
  api_put_named(w, "asker", m->m.asker_id, m->asker);
  api_put_named(w, "person", m->m.person_id, m->person);
  api_put_named(w, "team", m->m.team_id, m->team);
  api_put_named(w, "organisation", m->m.organisation_id, m->organisation);
  step_put(w, "claimed", m->m.claimed_at, m->m.claimed_id, m->claimed);
  step_put(w, "spoken", m->m.spoken_at, m->m.spoken_id, m->spoken);
  JSON_TIME(w, "next_verdict", m->m.next_at);
  json_name(w, "recovered");
  if (m->m.recovered < 0) json_put_null(w); else json_put_bool(w, m->m.recovered > 0);
}

static Err filter(Cx *cx, const Req *q, MomentFilter *f) {
  Str open = req_get(q, "open"), team = req_get(q, "team");
  Party p;
  if (open.n && !str_eq(open, S("true")) && !str_eq(open, S("false"))) return fail_field(cx, "open", "Say true for those nobody has spoken to yet, or false for the others.");
  f->state = !open.n ? MOMENT_ANY : str_eq(open, S("true")) ? MOMENT_OPEN : MOMENT_SPOKEN;
  if (!team.n || str_int(team, &f->team)) return E_OK;
  Err e = team_by_name(cx, team, &p);
  f->team = e ? -1 : p.id;
  return e == E_ABSENT ? E_OK : e;
}

/* With the first page, whatever it is narrowed to: of the last 90 days, as the page of moments has them. */
static Err figures(Cx *cx, const MomentFilter *f, JsonOut *w) {
  Figure bad;
  MomentFigures m;
  FigureScope scope = { .from = cx->now - MOMENT_OPEN_DAYS * DAY, .to = cx->now, .team = f->team };
  if (f->cursor.n) return E_OK;
  Err e = figure_get(cx, &scope, measure_find(S("bad-moment")), &bad);
  if (!e) e = moment_figures(cx, &scope, &m);
  if (e == E_ABSENT) return E_OK;                                /* a team that is not theirs to see has no moments here, and no figures */
  TRY(e);
  JSON_OBJ(w, "figures");
  figure_json(w, "had_a_bad_moment", &bad);
  figure_json(w, "recovery", &m.recovery);
  figure_json(w, "recovered", &m.recovered);
  json_end(w);
  return E_OK;
}

Err api_moments_get(Cx *cx, const Req *q, Res *res) {
  MomentFilter f = { 0 };
  Rows rows;
  Str next;
  TRY(filter(cx, q, &f));
  TRY(api_page(cx, q, &f.limit, &f.cursor));
  TRY(moment_list(cx, &f, &rows, &next));
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < rows.n; i++) {
    json_obj(&w);
    moment_put(&w, cx, ROW(MomentRow, rows, i));
    json_end(&w);
  }
  json_end(&w);
  TRY(figures(cx, &f, &w));
  json_name(&w, "next");
  if (next.n) json_put_str(&w, next); else json_put_null(&w);
  return api_end(&w, res, 200);
}

const ApiField api_moment_fields[] = {
  { "claim", "boolean", "true: the caller will speak with them; false: somebody else should" },
  { "spoken", "boolean", "true: the caller spoke with them where this desk cannot see it, on the phone say" }, { 0 }
};

Err api_moment_post(Cx *cx, const Req *q, Res *res) {
  Request r;
  MomentRow m;
  bool claim = false, spoken = false;
  TRY(api_body(cx, q, api_moment_fields));
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  TRY(json_bool(cx, q->json, "claim", &claim));
  TRY(json_bool(cx, q->json, "spoken", &spoken));
  if (!json_has(q->json, "claim") && !spoken) return fail_field(cx, "claim", "Say whether you will speak with them: true or false.");
  if (json_has(q->json, "claim")) TRY(moment_claim(cx, &r, claim));
  if (spoken) TRY(moment_spoke(cx, &r));
  TRY(moment_last(cx, r.id, &m));
  JsonOut w = api_begin(res);
  moment_put(&w, cx, &m);
  return api_end(&w, res, 200);
}
