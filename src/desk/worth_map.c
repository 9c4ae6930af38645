/* desk/worth_map.c: the profit map: what each organisation brings in, and what is left after goods and serving them. */
#include <stdlib.h>
#include "desk/serving.h"
#include "desk/work.h"
#include "desk/worth.h"
#include "measure/cost.h"

typedef struct { int64_t id, amount, n; Str kind, name; } Sum;
static const Col sum_cols[] = { COL(Sum, id), COL(Sum, amount), COL(Sum, n), COL(Sum, kind), COL(Sum, name) };
static const Shape sum_shape = SHAPE(Sum, sum_cols);

/* looked: where the last line was found. Both reads are in order of organisations, so the next one is seldom far. */
typedef struct { Cx *cx; ProfitMap *m; VEC(MapLine) lines; size_t looked; Rows costs; double *used; } Drawing;

static MapLine *line(Drawing *d, int64_t id, Str name) {
  for (size_t i = 0; i < d->lines.n; i++) {
    size_t at = (d->looked + i) % d->lines.n;
    if (d->lines.at[at].id == id) return &d->lines.at[d->looked = at];
  }
  vec_add(d->cx->arena, &d->lines, (MapLine){ .id = id, .name = name });
  return &d->lines.at[d->lines.n - 1];
}

static Err books(Drawing *d) {
  Rows rows;
  TRY(db_rows(d->cx, &sum_shape, &rows, SQL("SELECT l.party_id AS id, CAST(SUM(l.amount) AS BIGINT) AS amount, COUNT(*) AS n, l.kind, o.name FROM ledger l JOIN party o ON o.id = l.party_id"
    " WHERE o.kind = 'organisation' AND l.currency = ?1 AND l.period >= ?2 AND l.period <= ?3 AND (l.kind <> 'value' OR l.confirmed_at > 0) GROUP BY l.party_id, l.kind, o.name ORDER BY l.party_id, l.kind"),
    V(d->m->currency), V(d->m->from), V(d->m->to)));
  for (size_t i = 0; i < rows.n; i++) {
    const Sum *s = ROW(Sum, rows, i);
    MapLine *l = line(d, s->id, s->name);
    double amount = (double)s->amount / 100;
    if (str_eq(s->kind, S("revenue"))) l->revenue = amount;
    else if (str_eq(s->kind, S("goods"))) l->goods = amount;
    else if (str_eq(s->kind, S("cost"))) l->direct = amount;
    else { l->value = amount; l->value_lines = s->n; }
  }
  int64_t foreign;
  TRY(db_int(d->cx, &foreign, SQL("SELECT COUNT(*) FROM ledger l WHERE l.currency <> ?1 AND l.period >= ?2 AND l.period <= ?3 AND l.kind <> 'value'"), V(d->m->currency), V(d->m->from), V(d->m->to)));
  d->m->foreign = (size_t)foreign;
  return E_OK;
}

/* What a minute of that team costs; 0 where nobody said. */
static double minute_cost(const Drawing *d, int64_t team, size_t *ret_at) {
  double rate = 0;
  for (size_t i = 0; i < d->costs.n; i++) {
    const TeamCost *c = ROW(TeamCost, d->costs, i);
    if (c->team_id != team) continue;
    *ret_at = i;
    if (!cost_rate((double)c->cost / 100, (double)c->minutes, &rate)) rate = 0;
  }
  return rate;
}

/* All of open teams: what whoever leads the house sees, and nobody else comes here (worth_may_map). */
static Err served(Drawing *d, int64_t month) {
  Rows rows;
  TRY(serving_since(d->cx, month, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Served *s = ROW(Served, rows, i);
    size_t at = SIZE_MAX;
    double rate = minute_cost(d, s->team, &at);
    if (at != SIZE_MAX) d->used[at] += (double)s->minutes;
    d->m->requests += s->n;
    d->m->written += s->written;
    if (!s->id) continue;
    MapLine *l = line(d, s->id, s->name);
    l->minutes += (double)s->minutes;
    l->serving += (double)s->minutes * rate;
  }
  return E_OK;
}

static int by_revenue(const void *a, const void *b) {
  const MapLine *x = a, *y = b;
  if (x->revenue != y->revenue) return x->revenue > y->revenue ? -1 : 1;
  return str_cmp(x->name, y->name);
}

static void place(Drawing *d) {
  for (size_t i = 0; i < d->lines.n; i++) {
    MapLine *l = &d->lines.at[i];
    CostResult r = cost_customer(l->revenue, l->goods + l->direct, l->serving, 1);      /* minutes are priced team by team already */
    l->profit = r.profit;
    l->margin = r.margin;
    ProfitSegment s = cost_segment(l->revenue, l->margin, d->m->large, d->m->gainful);
    l->segment = s == PROFIT_PEAK ? MAP_PEAK : s == PROFIT_DRAIN ? MAP_DRAIN : MAP_DESERT;
  }
  if (d->lines.n) qsort(d->lines.at, d->lines.n, sizeof *d->lines.at, by_revenue);
  d->m->at = d->lines.at;
  d->m->n = d->lines.n;
}

static Err teams(Drawing *d) {
  Rows open;
  ProfitMap *m = d->m;
  TRY(team_list(d->cx, &open));
  m->teams = NEW_N(d->cx->arena, MapTeam, d->costs.n + 1);
  for (size_t i = 0; i < d->costs.n; i++) {
    const TeamCost *c = ROW(TeamCost, d->costs, i);
    bool closed = false;
    for (size_t k = 0; k < open.n; k++) closed |= ROW(Party, open, k)->id == c->team_id && ROW(Party, open, k)->closed;
    if (closed) continue;
    double rate = 0, minutes = (double)(c->minutes * m->months);
    MapTeam *t = &m->teams[m->team_n++];
    *t = (MapTeam){ .team = c->team, .cost = (double)(c->cost * m->months) / 100, .minutes = minutes, .used = d->used[i] };
    t->rated = cost_rate((double)c->cost / 100, (double)c->minutes, &rate);
    if (t->rated) t->unused = cost_unused(minutes, t->used, rate);
  }
  return E_OK;
}

Err worth_map(Cx *cx, int64_t months, ProfitMap *ret) {
  bool may;
  WorthRules rules;
  int y, m, d, fy, fm;
  TRY(worth_may_map(cx, &may));
  if (!may) return fail(cx, E_DENIED, N_("Only who leads the house sees what customers bring in and cost."));
  if (months < 1 || months > 36) return fail_field(cx, "months", N_("Look at 1 to 36 months."));
  TRY(worth_rules(cx, &rules));
  clock_civil(cx->now / DAY, &y, &m, &d);
  fy = y - (int)((months - 1) / 12);
  fm = m - (int)((months - 1) % 12);
  if (fm < 1) { fm += 12; fy--; }
  *ret = (ProfitMap){ .months = months, .currency = rules.currency, .large = (double)rules.large * (double)months / 12, .gainful = (double)rules.gainful / 100,
                      .from = str_fmt(cx->arena, "%04d-%02d", fy, fm), .to = str_fmt(cx->arena, "%04d-%02d", y, m) };
  Drawing w = { .cx = cx, .m = ret };
  TRY(team_cost_list(cx, &w.costs));
  w.used = NEW_N(cx->arena, double, w.costs.n + 1);
  TRY(books(&w));
  TRY(served(&w, SERVING_MONTH(fy, fm)));
  place(&w);
  return teams(&w);
}
