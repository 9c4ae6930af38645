/* web/api/measures.c: what is measured, and figures of it. A figure of ours comes with its customer's pair, always. */
#include "web/api/measures.h"
#include "web/number.h"
#include "web/scope.h"

static const char *const kinds[] = { "share", "median", "score", "index", "count" };

Err api_measures_get(Cx *cx, const Req *q, Res *res) {
  (void)q;
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (const Measure *m = measures; m->name; m++) {
    json_obj(&w);
    JSON(&w, "name", m->name);
    JSON(&w, "label", tr(cx->lang, m->label));
    JSON(&w, "question", tr(cx->lang, m->question));
    JSON(&w, "formula", tr(cx->lang, m->formula));
    JSON(&w, "source", tr(cx->lang, m->source));
    JSON(&w, "kind", kinds[m->kind]);
    JSON(&w, "viewpoint", eyes_name(m->eyes));
    json_name(&w, "pair");
    if (m->pair) json_put_z(&w, m->pair); else json_put_null(&w);
    JSON(&w, "better", m->less ? "less" : "more");
    JSON(&w, "line", (bool)(m->day != DAY_NOW));
    json_end(&w);
  }
  json_end(&w);
  json_name(&w, "next");
  json_put_null(&w);
  return api_end(&w, res, 200);
}

static Err points(Cx *cx, const Req *q, const FigureScope *of, const Measure *m, JsonOut *w) {
  PeriodUnit u;
  int64_t *edges;
  size_t n;
  if (!req_get(q, "points").n) return E_OK;
  TRY(scope_unit(cx, q, "points", UNIT_WEEK, &u));
  TRY(period_edges(cx, u, (Period){ of->from, of->to }, &edges, &n));
  Figure *at = NEW_N(cx->arena, Figure, n);
  TRY(figure_points(cx, of, m, edges, n, at));
  JSON_ARR(w, "points");
  for (size_t i = 0; i < n; i++) figure_json(w, NULL, &at[i]);
  json_end(w);
  return E_OK;
}

static Err chart(Cx *cx, const Req *q, const FigureScope *of, const Measure *m, JsonOut *w) {
  PeriodUnit u;
  Control c;
  if (!req_get(q, "chart").n) return E_OK;
  TRY(scope_unit(cx, q, "chart", UNIT_WEEK, &u));
  TRY(control_get(cx, of, m, u, &c));
  api_put_control(w, "chart", &c);
  return E_OK;
}

Err api_measure_get(Cx *cx, const Req *q, Res *res) {
  const Measure *which[2];
  Figure f[2];
  FigureScope of;
  TRY(scope_measure(cx, q, &which[0]));
  which[1] = which[0]->pair ? measure_find(str_z(which[0]->pair)) : NULL;
  TRY(scope_read(cx, q, &of));
  TRY(figures_get(cx, &of, which, which[1] ? 2 : 1, f));
  JsonOut w = api_begin(res);
  figure_json_members(&w, &f[0]);
  if (which[1]) figure_json(&w, "pair", &f[1]);
  TRY(points(cx, q, &of, which[0], &w));
  TRY(chart(cx, q, &of, which[0], &w));
  return api_end(&w, res, 200);
}
