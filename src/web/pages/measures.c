/* web/pages/measures.c: all measures with what they say now, and each with its line of time. */
#include "web/pages/measures.h"
#include "base/vec.h"
#include "views.h"
#include "web/csv.h"
#include "web/fault.h"
#include "web/pages/desk_page.h"
#include "web/scope.h"
#include "web/words.h"

extern const Route measures_routes[];

/* ── what was chosen ─────────────────────────────────────────────────── */

static Err choose(Cx *cx, const Req *q, Res *res, Choose *ret) {
  *ret = (Choose){ .period = req_get(q, "period"), .from = req_get(q, "from"), .to = req_get(q, "to"), .team = req_get(q, "team"),
                   .organisation = req_get(q, "organisation"), .wrong = &res->wrong };
  static const char *const fields[] = { "period", "from", "to", "team", "organisation", "points" };
  for (size_t i = 0; i < COUNT(fields); i++) ret->query = link_with(cx->arena, ret->query, fields[i], str_head(req_get(q, fields[i]), 200));
  return figure_teams(cx, &ret->teams);
}

Str choose_link(const View *v, Str path, const Choose *c) { return str_cat(v->arena, path, c->query); }

Str period_quarter(const View *v, int by) {
  Str day = when_input_day(v->arena, v->zone, v->now);
  int64_t year = 1970, month = 1;
  if (day.n < 7 || !str_int(str_head(day, 4), &year) || !str_int((Str){ day.p + 5, 2 }, &month)) return S("");
  int64_t quarter = year * 4 + (month - 1) / 3 + by;
  return str_fmt(v->arena, "%lld-Q%lld", (long long)(quarter / 4), (long long)(quarter % 4 + 1));
}

/* What was chosen, or, where that is none, the fault beside its field and the last thirty days. */
static Err scope_or_fault(Cx *cx, const Req *q, Res *res, FigureScope *ret) {
  Err e = scope_read(cx, q, ret);
  if (e != E_INVALID || !cx->field.n) return e;
  vec_add(cx->arena, &res->wrong, (Pair){ cx->field, fault_why(cx) });
  *ret = figure_last(cx, 30);
  return E_OK;
}

/* ── all ─────────────────────────────────────────────────────────────── */

static const struct { const char *heading, *names; } parts[] = {
  { N_("What they say of it"), "sorted satisfied easy bar-met honoured good-moment answered" },
  { N_("What we promised"), "promise-kept promise-moved" },
  { N_("How long it took them"), "first-answer person-reached whole-time lost-time" },
  { N_("How hard it was"), "first-contact first-contact-30 effort not-yet" },
  { N_("Where it hurt"), "bad-moment bad-request watermelon" },
  { N_("And also"), "" },
};

static bool named(const char *names, const char *name) {
  Str rest = str_z(names), one;
  while (rest.n) { str_cut(rest, ' ', &one, &rest); if (str_eq(one, str_z(name))) return true; }
  return false;
}

static size_t part_of(const Measure *m) {
  size_t i = 0;
  while (i + 1 < COUNT(parts) && !named(parts[i].names, m->name)) i++;
  return i;
}

typedef struct { const Measure *const *which; size_t n; Figure *now; const Figure *lines; } Loaded;

static Err load(Cx *cx, const FigureScope *of, Loaded *ret) {
  size_t n = measures_n();
  const Measure **which = NEW_N(cx->arena, const Measure *, n);
  Figure *now = NEW_N(cx->arena, Figure, n), *lines = NEW_N(cx->arena, Figure, n * CONTROL_POINTS);
  for (size_t i = 0; i < n; i++) which[i] = &measures[i];
  TRY(figures_get(cx, of, which, n, now));
  TRY(figures_points(cx, of, which, n, period_last(cx, UNIT_WEEK, CONTROL_POINTS), CONTROL_POINTS, lines));
  *ret = (Loaded){ which, n, now, lines };
  return E_OK;
}

static MeasureRow row_of(const Cx *cx, const Loaded *l, size_t i) {
  const Measure *m = l->which[i], *pair = m->pair ? measure_find(str_z(m->pair)) : NULL;
  return (MeasureRow){ m, &l->now[i], pair ? &l->now[pair - measures] : NULL, m->day == DAY_NOW ? S("") : chart_spark(READER(cx), l->lines + i * CONTROL_POINTS, CONTROL_POINTS) };
}

static void lay_out(Cx *cx, const Loaded *l, MeasuresPage *p) {
  MeasurePart *out = NEW_N(cx->arena, MeasurePart, COUNT(parts));
  for (size_t k = 0; k < COUNT(parts); k++) {
    VEC(MeasureRow) rows = { 0 };
    for (size_t i = 0; i < l->n; i++) if (l->which[i]->eyes != EYES_AGENT && part_of(l->which[i]) == k) vec_add(cx->arena, &rows, row_of(cx, l, i));
    if (rows.n) out[p->n++] = (MeasurePart){ tr(cx->lang, parts[k].heading), rows.at, rows.n };
  }
  p->parts = out;
}

static Err list(Cx *cx, const Req *q, Res *res) {
  MeasuresPage p = { 0 };
  Loaded l;
  FigureScope of;
  Shell s;
  View v;
  TRY(scope_or_fault(cx, q, res, &of));
  TRY(choose(cx, q, res, &p.choose));
  TRY(load(cx, &of, &l));
  lay_out(cx, &l, &p);
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Measures"), RAIL_MEASURES, &s, &v));
  view_measures_page(&v, &s, &p);
  return res->wrong.n ? res_status(res, 422) : E_OK;
}

static Err list_csv(Cx *cx, const Req *q, Res *res) {
  Loaded l;
  FigureScope of;
  TRY(scope_read(cx, q, &of));
  TRY(load(cx, &of, &l));
  csv_begin(res);
  for (size_t i = 0; i < l.n; i++) csv_figure(cx, res, &l.now[i]);
  return csv_end(cx, res, S("measures.csv"));
}

/* ── one ─────────────────────────────────────────────────────────────── */

static Err one_csv(Cx *cx, const Req *q, Res *res, const Measure *m) {
  FigureScope of;
  PeriodUnit u;
  Control c;
  TRY(scope_read(cx, q, &of));
  TRY(scope_unit(cx, q, "points", UNIT_WEEK, &u));
  TRY(control_get(cx, &of, m, u, &c));
  csv_begin(res);
  for (size_t i = 0; i < c.n; i++) csv_figure(cx, res, &c.points[i]);
  return csv_end(cx, res, str_cat(cx->arena, str_z(m->name), S(".csv")));
}

static Err load_one(Cx *cx, const Req *q, Res *res, MeasurePage *p) {
  FigureScope of;
  const Measure *which[2] = { p->m, p->pair_m };
  Figure f[2];
  TRY(scope_or_fault(cx, q, res, &of));
  TRY(choose(cx, q, res, &p->choose));
  TRY(scope_unit(cx, q, "points", UNIT_WEEK, &p->unit));
  TRY(figures_get(cx, &of, which, p->pair_m ? 2 : 1, f));
  p->f = f[0];
  if (p->pair_m) p->pair = f[1];
  p->lined = p->m->day != DAY_NOW;
  if (p->lined) TRY(control_get(cx, &of, p->m, p->unit, &p->chart));
  return control_may_lock(cx, &of, &p->may_lock);
}

static Err draw_one(Cx *cx, const Req *q, Res *res, MeasurePage *p) {
  Shell s;
  View v;
  if (str_eq(req_get(q, "done"), S("locked"))) p->done = tr(cx->lang, "Locked. From here on every point is held against it.");
  p->self = link_with(cx->arena, page_self(cx->arena, q), "done", S(""));
  TRY(load_one(cx, q, res, p));
  TRY(desk_begin(cx, q, res, tr(cx->lang, p->m->label), RAIL_MEASURES, &s, &v));
  view_measure_page(&v, &s, p);
  return res->wrong.n ? res_status(res, 422) : E_OK;
}

static void pair_of(MeasurePage *p) { p->pair_m = p->m->pair ? measure_find(str_z(p->m->pair)) : NULL; }

static Err one(Cx *cx, const Req *q, Res *res) {
  MeasurePage p = { 0 };
  Str name = req_param(q, "name");
  p.m = measure_find(str_ends(name, S(".csv")) ? str_head(name, name.n - 4) : name);
  if (!p.m) return fail(cx, E_ABSENT, N_("There is no such measure."));
  if (str_ends(name, S(".csv"))) return one_csv(cx, q, res, p.m);
  pair_of(&p);
  return draw_one(cx, q, res, &p);
}

static Err lock(Cx *cx, const Req *q, Res *res) {
  MeasurePage p = { 0 };
  FigureScope of;
  PeriodUnit u;
  int64_t last = 0;
  TRY(scope_measure(cx, q, &p.m));
  TRY(scope_read(cx, q, &of));
  TRY(scope_unit(cx, q, "points", UNIT_WEEK, &u));
  (void)req_form_int(q, "last", &last);
  Err e = control_lock(cx, &of, p.m, u, last);
  if (e == E_INVALID && cx->field.n) {
    pair_of(&p);
    vec_add(cx->arena, &res->wrong, (Pair){ cx->field, fault_why(cx) });
    return draw_one(cx, q, res, &p);
  }
  TRY(e);
  return res_redirect(cx, res, link_with(cx->arena, page_self(cx->arena, q), "done", S("locked")));
}

const Route measures_routes[] = {
  { .verb = GET,  .path = "/measures", .run = list, .may = MAY_PROVIDER, .about = "All measures, each with its question, its figure and its pair" },
  { .verb = GET,  .path = "/measures.csv", .run = list_csv, .may = MAY_PROVIDER, .about = "The same as a file" },
  { .verb = GET,  .path = "/measures/{name}", .run = one, .may = MAY_PROVIDER, .about = "A measure over time: its control chart, or, with .csv, its points as a file" },
  { .verb = POST, .path = "/measures/{name}", .run = lock, .may = MAY_LEAD, .about = "Lock a baseline" },
  { 0 }
};
