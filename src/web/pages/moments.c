/* web/pages/moments.c: who was hurt, who speaks with them, what they said next. */
#include "web/pages/moments.h"
#include "views.h"
#include "web/csv.h"
#include "web/pages/desk_page.h"
#include "web/words.h"

extern const Route moments_routes[];

enum { SAID = 140, AFTER = 30, PAGE = 200, PAGES = 25 };    /* a file has so many pages at most */

/* ── words ───────────────────────────────────────────────────────────── */

Str moment_words(const View *v, int64_t why, bool whole) {
  static const struct { int64_t bit; const char *words; } all[] = {
    { BAD_NOT_YET, N_("said “not yet” again") }, { BAD_REPEATED, N_("had to explain it more than once") },
    { BAD_BROKEN, N_("was promised an hour that passed") }, { BAD_UNSATISFIED, N_("says it went badly") }, { BAD_HARD, N_("found it hard to get there") },
  };
  Str parts[COUNT(all)];
  size_t n = 0;
  for (size_t i = 0; i < COUNT(all) && (whole || n < 2); i++) if (why & all[i].bit) parts[n++] = tr(v->lang, all[i].words);
  return list_and(v->arena, v->lang, parts, n);
}

Str moment_said(const View *v, const MomentRow *m) {
  Str rest = m->said, line = str_trim(str_line(&rest));
  while (!line.n && rest.n) line = str_trim(str_line(&rest));
  return str_ellipsis(v->arena, line, SAID);
}

Str moment_link(const View *v, const WorstBlock *w, const MomentRow *m) {
  return str_cat(v->arena, w->large ? S("/requests/") : S("/inbox?open="), request_ref(v->arena, m->m.request_id));
}

/* ── the block ───────────────────────────────────────────────────────── */

static void count_waiting(WorstBlock *w) {
  w->waiting = 0;
  for (size_t i = 0; i < w->rows.n; i++) w->waiting += !ROW(MomentRow, w->rows, i)->m.claimed_at;
}

Err worst_load(Cx *cx, const Req *q, WorstOf of, WorstBlock *ret) {
  Str next;
  bool mine = of == WORST_MINE;
  *ret = (WorstBlock){ .reader = cx->actor.party, .self = link_with(cx->arena, page_self(cx->arena, q), "done", S("")) };
  TRY(moment_list(cx, &(MomentFilter){ .state = MOMENT_OPEN, .mine = mine, .from = cx->now - DAY, .limit = 5 }, &ret->rows, &next));
  TRY(moment_count(cx, &(MomentFilter){ .state = MOMENT_OPEN, .mine = mine, .to = cx->now - DAY }, &ret->older));
  count_waiting(ret);
  return E_OK;
}

bool worst_part(const Req *q) { return str_eq(q->part, S("worst")); }

Err worst_answer(Cx *cx, const Req *q, Res *res, const WorstBlock *w) {
  View v = view_for(cx, &res->body);
  v.csrf = q->csrf;
  view_worst(&v, w);
  return E_OK;
}

/* ── the page ────────────────────────────────────────────────────────── */

static Err load_open(Cx *cx, const Req *q, Moments *p) {
  p->open = (WorstBlock){ .reader = cx->actor.party, .large = true, .whole = true, .self = link_with(cx->arena, page_self(cx->arena, q), "done", S("")) };
  TRY(moment_list(cx, &(MomentFilter){ .state = MOMENT_OPEN, .team = p->team, .cursor = req_get(q, "open") }, &p->open.rows, &p->next_open));
  count_waiting(&p->open);
  return E_OK;
}

static Err load_rest(Cx *cx, const Req *q, Moments *p) {
  const Measure *which[] = { measure_find(S("bad-moment")), measure_find(S("bad-request")) };
  Figure figures[2];
  FigureScope scope = { .from = cx->now - MOMENT_WINDOW_DAYS * DAY, .to = cx->now };       /* as “bad-moment” has it */
  Str next;
  scope.team = p->team;
  p->paged = req_get(q, "cursor").n || req_get(q, "open").n;
  TRY(moment_list(cx, &(MomentFilter){ .state = MOMENT_SPOKEN, .team = p->team, .spoken_from = hour_on(cx, 0, 0) }, &p->spoken, &next));
  TRY(moment_list(cx, &(MomentFilter){ .state = MOMENT_SPOKEN, .team = p->team, .limit = AFTER, .cursor = req_get(q, "cursor") }, &p->after, &p->next));
  TRY(figures_get(cx, &scope, which, COUNT(which), figures));
  p->bad = figures[0];
  p->bad_request = figures[1];
  return moment_figures(cx, &scope, &p->figures);
}

static Err load_team(Cx *cx, const Req *q, Moments *p) {
  (void)req_get_int(q, "team", &p->team);
  bool known = !p->team;
  TRY(figure_teams(cx, &p->teams));
  for (size_t i = 0; i < p->teams.n; i++) known |= ROW(Party, p->teams, i)->id == p->team;
  return known ? E_OK : fail(cx, E_ABSENT, N_("There is no such team that you may see."));
}

/* ── as files ────────────────────────────────────────────────────────── */

static Err csv(Cx *cx, const Req *q, Res *res) {
  Moments p = { 0 };
  TRY(load_team(cx, q, &p));
  TRY(load_rest(cx, q, &p));
  csv_begin(res);
  csv_figure(cx, res, &p.bad);
  csv_asked(cx, res, &p.figures.recovery, tr(cx->lang, "From the bad moment to a person’s words"));
  csv_asked(cx, res, &p.figures.recovered, tr(cx->lang, "Whose next verdict met their own bar"));
  return csv_end(cx, res, S("moments.csv"));
}

/* Who spoke with them stands in no file: it would only be counted. */
static void list_row(Cx *cx, Res *res, const BadMoment *m, const MomentRow *r) {
  csv_cell(res, request_ref(cx->arena, m->request_id));
  csv_cell(res, r->subject);
  csv_cell(res, r->asker);
  csv_cell(res, r->organisation);
  csv_cell(res, r->team);
  csv_at(cx, res, m->at);
  csv_cell(res, moment_whys(cx->arena, m->why));
  csv_at(cx, res, m->claimed_at);
  csv_at(cx, res, m->spoken_at);
  csv_number(res, m->spoken_at > 0, (double)(m->spoken_at - m->at) / (double)SECOND);
  csv_last(res, m->recovered < 0 ? S("") : m->recovered ? S("yes") : S("no"));
}

static Err list_csv(Cx *cx, const Req *q, Res *res) {
  Moments p = { 0 };
  MomentFilter f = { .limit = PAGE };
  Rows rows;
  TRY(load_team(cx, q, &p));
  f.team = p.team;
  buf_add(&res->body, S("ref,subject,asker,organisation,team,at,why,claimed,spoken,seconds_until_spoken,recovered\r\n"));
  for (int pages = 0; pages == 0 || (f.cursor.n && pages < PAGES); pages++) {
    TRY(moment_list(cx, &f, &rows, &f.cursor));
    for (size_t i = 0; i < rows.n; i++) list_row(cx, res, &ROW(MomentRow, rows, i)->m, ROW(MomentRow, rows, i));
  }
  return csv_end(cx, res, S("moments-list.csv"));
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Moments p = { 0 };
  Shell s;
  View v;
  TRY(load_team(cx, q, &p));
  TRY(load_open(cx, q, &p));
  if (worst_part(q)) return worst_answer(cx, q, res, &p.open);
  TRY(load_rest(cx, q, &p));
  p.done = desk_done(cx, q, S(""));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Worst moments"), RAIL_MOMENTS, &s, &v));
  view_moments_page(&v, &s, &p);
  return E_OK;
}

/* ── "I will speak with them" ────────────────────────────────────────── */

static Err take(Cx *cx, const Req *q, Res *res) {
  Request r;
  Str word = req_form(q, "do");
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  bool spoke = str_eq(word, S("spoke"));
  if (!spoke && !str_eq(word, S("claim")) && !str_eq(word, S("release"))) return fail(cx, E_MALFORMED, "There is no such thing to do here.");
  Err e = spoke ? moment_spoke(cx, &r) : moment_claim(cx, &r, str_eq(word, S("claim")));
  if (e && e != E_CONFLICT) return e;
  return desk_back(cx, q, res, S("/moments"), e ? "faster" : spoke ? "spoke" : "");    /* the page they come back to says who was faster */
}

const Route moments_routes[] = {
  { .verb = GET,  .path = "/moments",                .run = page, .may = MAY_PROVIDER, .about = "Bad moments: who speaks with whom, and what they said next" },
  { .verb = GET,  .path = "/moments.csv",            .run = csv, .may = MAY_PROVIDER, .about = "Their figures as a file" },
  { .verb = GET,  .path = "/moments/list.csv",       .run = list_csv, .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Bad moments of 90 days as a file" },
  { .verb = POST, .path = "/requests/{ref}/moment",  .run = take, .may = MAY_PROVIDER, .about = "I will speak with them; I did; not me after all" },
  { 0 }
};
