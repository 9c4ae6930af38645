/* web/api/worth.c: the profit map for programs, for who leads the house. */
#include "web/api/worth.h"
#include "web/pages/worth.h"

static void amount(JsonOut *w, const char *name, bool known, double x) {
  json_name(w, name);
  if (known) json_put_double(w, x); else json_put_null(w);
}

static void customers(JsonOut *w, const ProfitMap *m) {
  JSON_ARR(w, "customers");
  for (size_t i = 0; i < m->n; i++) {
    const MapLine *l = &m->at[i];
    json_obj(w);
    JSON(w, "id", l->id);
    JSON(w, "name", l->name);
    JSON(w, "revenue", l->revenue);
    JSON(w, "goods", l->goods);
    JSON(w, "other_cost", l->direct);
    JSON(w, "minutes", l->minutes);
    JSON(w, "serving", l->serving);
    JSON(w, "left", l->profit);
    amount(w, "margin", l->revenue > 0, l->margin);
    JSON(w, "place", worth_place(l->segment));
    JSON(w, "confirmed", l->value);
    JSON(w, "confirmed_lines", l->value_lines);
    json_end(w);
  }
  json_end(w);
}

static void teams(JsonOut *w, const ProfitMap *m) {
  JSON_ARR(w, "teams");
  for (size_t i = 0; i < m->team_n; i++) {
    const MapTeam *t = &m->teams[i];
    json_obj(w);
    JSON(w, "name", t->team);
    amount(w, "cost", t->rated, t->cost);
    amount(w, "minutes", t->rated, t->minutes);
    JSON(w, "used", t->used);
    amount(w, "unused", t->rated, t->unused);
    json_end(w);
  }
  json_end(w);
}

static void books(JsonOut *w, const WorthPage *p) {
  if (!p->of) return;
  JSON_ARR(w, "books");
  for (size_t i = 0; i < p->books.n; i++) {
    const LedgerLine *l = ROW(LedgerLine, p->books, i);
    json_obj(w);
    JSON(w, "id", l->id);
    JSON(w, "month", l->period);
    JSON(w, "kind", l->kind);
    JSON(w, "amount", (double)l->amount / 100);
    JSON(w, "currency", l->currency);
    JSON(w, "words", l->words);
    json_end(w);
  }
  json_end(w);
}

Err api_worth_get(Cx *cx, const Req *q, Res *res) {
  WorthPage p = { 0 };
  TRY(worth_load(cx, q, &p));
  JsonOut w = api_begin(res);
  JSON(&w, "currency", p.m.currency);
  JSON(&w, "from", p.m.from);
  JSON(&w, "to", p.m.to);
  JSON(&w, "months", p.m.months);
  JSON(&w, "large", p.m.large);
  JSON(&w, "gainful", p.m.gainful);
  JSON(&w, "requests", p.m.requests);
  JSON(&w, "written", p.m.written);
  JSON(&w, "foreign", p.m.foreign);
  customers(&w, &p.m);
  teams(&w, &p.m);
  books(&w, &p);
  return api_end(&w, res, 200);
}
