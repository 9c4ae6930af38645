/* web/pages/worth.c: see worth.h. For who leads the house; nobody's minutes stand here by name. */
#include "web/pages/worth.h"
#include <math.h>
#include "text/num.h"
#include "views.h"
#include "web/csv.h"
#include "web/pages/desk_page.h"
#include "web/pages/portal.h"

extern const Route worth_routes[];

/* ── words and places ────────────────────────────────────────────────── */

Str worth_amount(const View *v, double x) { return num(v->arena, v->lang, llround(x)); }
Str worth_hundred(const View *v, double share) { return num(v->arena, v->lang, llround(100 * share)); }
Str worth_typed(const WorthPage *p, const char *field) { return p->typed ? req_form(p->typed, field) : S(""); }

Str worth_segment(const Lang *l, MapSegment s) {
  return s == MAP_PEAK ? tr_c(l, "profit map", "peak") : s == MAP_DRAIN ? tr_c(l, "profit map", "drain") : tr_c(l, "profit map", "desert");
}

Str worth_kind(const Lang *l, Str kind) {
  return str_eq(kind, S("revenue")) ? tr(l, "Revenue") : str_eq(kind, S("goods")) ? tr(l, "Goods") : tr(l, "Other cost");
}

enum { LEFT = 36, RIGHT = 930, TOP = 16, BOTTOM = 304 };

static double most(const ProfitMap *m) {
  double x = 2 * m->large;
  for (size_t i = 0; i < m->n; i++) if (m->at[i].revenue > x) x = m->at[i].revenue;
  return x > 0 ? x : 1;
}

int64_t worth_x(const ProfitMap *m, double revenue) { return LEFT + llround(sqrt(fmax(0, revenue) / most(m)) * (RIGHT - LEFT)); }

/* From half lost (bottom) to half kept (top); what is beyond stands at the edge. */
int64_t worth_y(double margin) { return llround(BOTTOM - (fmin(.5, fmax(-.5, margin)) + .5) * (BOTTOM - TOP)); }

MapPoint worth_point(const ProfitMap *m, const MapLine *l) {
  MapPoint p = { .x = worth_x(m, l->revenue), .y = worth_y(l->margin) };
  p.left = p.x > (LEFT + RIGHT) / 2;
  p.label_x = p.left ? p.x - 10 : p.x + 10;
  p.label_y = p.y + 4;
  return p;
}

static Str done_words(Cx *cx, const Req *q) {
  Str word = req_get(q, "done");
  return str_eq(word, S("booked")) ? tr(cx->lang, "Written into the books.") : str_eq(word, S("dropped")) ? tr(cx->lang, "Taken out of the books.")
       : str_eq(word, S("saved")) ? tr(cx->lang, "Saved.") : S("");
}

/* ── the map ─────────────────────────────────────────────────────────── */

static Err load(Cx *cx, const Req *q, int64_t of, WorthPage *p) {
  int64_t months = 12;
  Party o;
  (void)req_get_int(q, "months", &months);
  TRY(worth_map(cx, months, &p->m));
  p->may_set = cx->actor.administers;
  if (!of) return E_OK;
  TRY(party_get(cx, of, &o));
  if (!str_eq(o.kind, S("organisation"))) return fail(cx, E_ABSENT, N_("There is no such customer that you may see."));
  p->of = of;
  p->of_name = o.name;
  return ledger_books(cx, of, &p->books);
}

static Err draw(Cx *cx, const Req *q, Res *res, WorthPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  p->typed = res->wrong.n ? q : NULL;
  p->done = res->wrong.n ? S("") : done_words(cx, q);
  TRY(desk_begin(cx, q, res, tr(cx->lang, "What customers bring in and cost"), RAIL_CUSTOMERS, &s, &v));
  view_worth_page(&v, &s, p);
  return E_OK;
}

Err worth_load(Cx *cx, const Req *q, WorthPage *ret) {
  int64_t of = 0;
  (void)req_get_int(q, "of", &of);
  return load(cx, q, of, ret);
}

static Err page(Cx *cx, const Req *q, Res *res) {
  WorthPage p = { 0 };
  TRY(worth_load(cx, q, &p));
  return draw(cx, q, res, &p);
}

/* ── the same as files ───────────────────────────────────────────────── */

Str worth_place(MapSegment s) { return s == MAP_PEAK ? S("peak") : s == MAP_DRAIN ? S("drain") : S("desert"); }

static void map_row(Res *res, const ProfitMap *m, const MapLine *l) {
  csv_cell(res, l->name);
  const double amounts[] = { l->revenue, l->goods, l->direct, l->minutes, l->serving, l->profit };
  for (size_t i = 0; i < COUNT(amounts); i++) csv_number(res, true, amounts[i]);
  csv_number(res, l->revenue > 0, 100 * l->margin);
  csv_cell(res, worth_place(l->segment));
  csv_number(res, l->value_lines > 0, l->value);
  csv_cell(res, m->currency);
  csv_cell(res, m->from);
  csv_last(res, m->to);
}

static Err map_csv(Cx *cx, const Req *q, Res *res) {
  WorthPage p = { 0 };
  TRY(worth_load(cx, q, &p));
  buf_add(&res->body, S("customer,revenue,goods,other_cost,minutes,serving,left,of_every_100,place,confirmed,currency,from,to\r\n"));
  for (size_t i = 0; i < p.m.n; i++) map_row(res, &p.m, &p.m.at[i]);
  return csv_end(cx, res, S("worth.csv"));
}

static Err teams_csv(Cx *cx, const Req *q, Res *res) {
  WorthPage p = { 0 };
  TRY(worth_load(cx, q, &p));
  buf_add(&res->body, S("team,cost,minutes,used,unused,currency,from,to\r\n"));
  for (size_t i = 0; i < p.m.team_n; i++) {
    const MapTeam *t = &p.m.teams[i];
    csv_cell(res, t->team);
    csv_number(res, t->rated, t->cost);
    csv_number(res, t->rated, t->minutes);
    csv_number(res, true, t->used);
    csv_number(res, t->rated, t->unused);
    csv_cell(res, p.m.currency);
    csv_cell(res, p.m.from);
    csv_last(res, p.m.to);
  }
  return csv_end(cx, res, S("worth-teams.csv"));
}

static Err books_csv(Cx *cx, const Req *q, Res *res) {
  WorthPage p = { 0 };
  TRY(worth_load(cx, q, &p));
  if (!p.of) return fail(cx, E_ABSENT, N_("There is no such customer that you may see."));
  buf_add(&res->body, S("customer,month,kind,amount,currency,words\r\n"));
  for (size_t i = 0; i < p.books.n; i++) {
    const LedgerLine *l = ROW(LedgerLine, p.books, i);
    csv_cell(res, p.of_name);
    csv_cell(res, l->period);
    csv_cell(res, l->kind);
    csv_number(res, true, (double)l->amount / 100);
    csv_cell(res, l->currency);
    csv_last(res, l->words);
  }
  return csv_end(cx, res, S("books.csv"));
}

static Err book_now(Cx *cx, const Req *q, int64_t of, const char **done) {
  int64_t id;
  double amount;
  if (req_form_int(q, "drop", &id)) { *done = "dropped"; return ledger_drop(cx, id); }
  LedgerLine l = { .party_id = of, .kind = req_form(q, "kind"), .period = str_trim(req_form(q, "period")), .words = req_form(q, "words"), .currency = str_trim(req_form(q, "currency")) };
  if (!str_double(str_trim(req_form(q, "amount")), &amount) || !(amount > 0) || amount > 1e12) return fail_field(cx, "amount", N_("Write the amount as a number above 0."));
  l.amount = llround(amount * 100);
  *done = "booked";
  return ledger_add(cx, &l, &id);
}

static Err book(Cx *cx, const Req *q, Res *res) {
  int64_t of;
  const char *done = "";
  WorthPage p = { 0 };
  if (!req_form_int(q, "of", &of)) return fail(cx, E_ABSENT, N_("There is no such customer that you may see."));
  Err e = book_now(cx, q, of, &done);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/worth?of=%lld&done=%s", (long long)of, done));
  if (!portal_refused(cx, res, e)) return e;
  TRY(load(cx, q, of, &p));
  return draw(cx, q, res, &p);
}

/* ── what it is reckoned with ────────────────────────────────────────── */

static Err draw_costs(Cx *cx, const Req *q, Res *res) {
  WorthCosts c = { .wrong = &res->wrong };
  Shell s;
  View v;
  TRY(equation_list(cx, &c.equations));
  TRY(team_cost_list(cx, &c.teams));
  TRY(worth_rules(cx, &c.rules));
  c.done = res->wrong.n ? S("") : done_words(cx, q);
  TRY(desk_begin(cx, q, res, tr(cx->lang, "What serving costs"), RAIL_CUSTOMERS, &s, &v));
  view_worth_costs(&v, &s, &c);
  return E_OK;
}
static Err costs(Cx *cx, const Req *q, Res *res) { return draw_costs(cx, q, res); }

/* Form fields are "NAME.ID"; an empty one is 0. */
static Err whole(Cx *cx, const Req *q, const char *name, int64_t id, int64_t *ret) {
  Str field = str_fmt(cx->arena, "%s.%lld", name, (long long)id), typed = str_trim(req_form(q, str_cstr(cx->arena, field)));
  *ret = 0;
  return !typed.n || str_int(typed, ret) ? E_OK : fail_field(cx, str_cstr(cx->arena, field), N_("Write whole numbers here."));
}

static Err save_now(Cx *cx, const Req *q) {
  Rows equations, teams;
  WorthRules r = { .currency = str_trim(req_form(q, "currency")) };
  TRY(equation_list(cx, &equations));
  TRY(team_cost_list(cx, &teams));
  for (size_t i = 0; i < equations.n; i++) {
    Equation e = *ROW(Equation, equations, i);
    TRY(whole(cx, q, "request", e.service_id, &e.per_request));
    TRY(whole(cx, q, "message", e.service_id, &e.per_message));
    TRY(whole(cx, q, "act", e.service_id, &e.per_act));
    TRY(equation_set(cx, &e));
  }
  for (size_t i = 0; i < teams.n; i++) {
    TeamCost t = *ROW(TeamCost, teams, i);
    TRY(whole(cx, q, "cost", t.team_id, &t.cost));
    TRY(whole(cx, q, "minutes", t.team_id, &t.minutes));
    t.cost *= t.cost <= INT64_C(1000000000000) ? 100 : 1;
    TRY(team_cost_set(cx, &t));
  }
  if (!str_int(str_trim(req_form(q, "large")), &r.large)) return fail_field(cx, "large", N_("Write from what revenue a year on a customer is large, as a number."));
  if (!str_int(str_trim(req_form(q, "gainful")), &r.gainful)) return fail_field(cx, "gainful", N_("Write how much of each 100 must stay, from -100 to 100."));
  return worth_rules_set(cx, &r);
}

static Err save(Cx *cx, const Req *q, Res *res) {
  Err e = save_now(cx, q);
  if (!e) return res_redirect(cx, res, S("/worth/costs?done=saved"));
  return portal_refused(cx, res, e) ? draw_costs(cx, q, res) : e;
}

const Route worth_routes[] = {
  { .verb = GET,  .path = "/worth",       .run = page,  .may = MAY_LEAD,  .about = "The profit map: what customers bring in and what they cost" },
  { .verb = GET,  .path = "/worth.csv",   .run = map_csv,   .may = MAY_LEAD, .about = "The map as a file" },
  { .verb = GET,  .path = "/worth/teams.csv", .run = teams_csv, .may = MAY_LEAD, .about = "Where the minutes are, as a file" },
  { .verb = GET,  .path = "/worth/books.csv", .run = books_csv, .may = MAY_LEAD, .about = "A customer's books as a file" },
  { .verb = POST, .path = "/worth",       .run = book,  .may = MAY_LEAD,  .about = "A line in a customer's books" },
  { .verb = GET,  .path = "/worth/costs", .run = costs, .may = MAY_ADMIN, .about = "What serving is reckoned to cost" },
  { .verb = POST, .path = "/worth/costs", .run = save,  .may = MAY_ADMIN, .about = "Set equations, costs and thresholds" },
  { 0 }
};
