/* measure/calc_trade.c: cost, stock and staffing for the command line. */
#include "measure/calc_io.h"
#include <math.h>
#include "base/vec.h"
#include "measure/cost.h"
#include "measure/staffing.h"
#include "measure/stock.h"

/* n arguments as numbers, none below 0. */
static Err amounts(Cx *cx, const Str *arg, const char *const *names, size_t n, double *ret) {
  for (size_t i = 0; i < n; i++) {
    TRY(calc_real(cx, names[i], arg[i], &ret[i]));
    if (ret[i] < 0) return fail(cx, E_INVALID, "%s must not be below 0.", names[i]);
  }
  return E_OK;
}
#define AMOUNTS(n, ...) double v[n]; TRY(amounts(cx, arg, (const char *const[]){ __VA_ARGS__ }, n, v))

/* Amounts to a millionth, so that 57.96 does not come out as 57.959999999999994. */
static void money(Buf *b, const char *name, double v) { calc_put(b, name, round(v * 1e6) / 1e6); }

static Err cost(Cx *cx, const Str *arg, Buf *b) {
  AMOUNTS(4, "REVENUE", "GOODS", "MINUTES", "RATE");
  CostResult r = cost_customer(v[0], v[1], v[2], v[3]);
  money(b, "value", r.profit);
  money(b, "cost_to_serve", r.cost_to_serve);
  calc_put(b, "margin", r.margin);
  return E_OK;
}

static Err rate(Cx *cx, const Str *arg, Buf *b) {
  AMOUNTS(3, "COST", "MINUTES", "USED");
  double r;
  if (!cost_rate(v[0], v[1], &r)) return fail(cx, E_INVALID, "nobody had a minute to work in, so a minute has no cost.");
  calc_put(b, "value", r);
  money(b, "unused", cost_unused(v[1], v[2], r));
  return E_OK;
}

/* TIMES:MINUTES of each activity */
static Err minutes(Cx *cx, const Str *arg, Buf *b) {
  VEC(CostLine) lines = { 0 };
  for (Str rest = arg[0], one, times, each; rest.n;) {
    CostLine l;
    str_cut(rest, ',', &one, &rest);
    if (!str_cut(str_trim(one), ':', &times, &each)) return fail(cx, E_INVALID, "\"" STR_FMT "\" is not TIMES:MINUTES.", STR_ARG(str_head(one, 60)));
    TRY(calc_whole(cx, "TIMES", times, &l.times));
    TRY(calc_real(cx, "MINUTES", each, &l.minutes));
    if (l.minutes < 0) return fail(cx, E_INVALID, "MINUTES must not be below 0.");
    vec_add(cx->arena, &lines, l);
  }
  calc_put(b, "value", cost_minutes(lines.at, lines.n));
  return E_OK;
}

static Err segment(Cx *cx, const Str *arg, Buf *b) {
  static const Str names[] = { [PROFIT_PEAK] = CALC_STR("peak"), [PROFIT_DRAIN] = CALC_STR("drain"), [PROFIT_DESERT] = CALC_STR("desert") };
  double v[4];
  static const char *const what[] = { "REVENUE", "MARGIN", "LARGE", "GAINFUL" };
  for (int i = 0; i < 4; i++) TRY(calc_real(cx, what[i], arg[i], &v[i]));
  calc_put_text(b, "value", names[cost_segment(v[0], v[1], v[2], v[3])]);
  return E_OK;
}

/* AMOUNT or AMOUNT:confirmed of each line */
static Err worth(Cx *cx, const Str *arg, Buf *b) {
  VEC(ValueLine) lines = { 0 };
  int64_t confirmed = 0;
  for (Str rest = arg[0], one, amount, word; rest.n;) {
    ValueLine l = { 0 };
    str_cut(rest, ',', &one, &rest);
    l.confirmed = str_cut(str_trim(one), ':', &amount, &word);
    if (l.confirmed && !str_eq(word, S("confirmed"))) return fail(cx, E_INVALID, "\"" STR_FMT "\" is not AMOUNT or AMOUNT:confirmed.", STR_ARG(str_head(one, 60)));
    TRY(calc_real(cx, "AMOUNT", amount, &l.amount));
    confirmed += l.confirmed;
    vec_add(cx->arena, &lines, l);
  }
  money(b, "value", cost_value(lines.at, lines.n));
  calc_put(b, "confirmed", (double)confirmed);
  calc_put(b, "not_confirmed", (double)((int64_t)lines.n - confirmed));
  return E_OK;
}

static Err eoq(Cx *cx, const Str *arg, Buf *b) {
  AMOUNTS(3, "K", "H", "RATE");
  double each;
  if (!(v[1] > 0)) return fail(cx, E_INVALID, "H must be above 0.");
  calc_put(b, "value", stock_eoq(v[0], v[1], v[2], &each));
  calc_put(b, "cost", each);
  return E_OK;
}

static Err newsvendor(Cx *cx, const Str *arg, Buf *b) {
  AMOUNTS(4, "H", "P", "MEAN", "SD");
  double each;
  if (!(v[0] > 0 && v[1] > 0)) return fail(cx, E_INVALID, "H and P must be above 0.");
  calc_put(b, "value", stock_newsvendor(v[0], v[1], v[2], v[3], &each));
  calc_put(b, "cost", each);
  return E_OK;
}

static Err stock(Cx *cx, const Str *arg, Buf *b) {
  AMOUNTS(8, "MEAN", "SD", "LEAD", "REVIEW", "SERVICE", "ORDER_COST", "UNIT_COST", "HOLDING");
  if (!(v[4] > 0 && v[4] < 1)) return fail(cx, E_INVALID, "SERVICE is a share between 0 and 1, like 0.98.");
  if (!(v[6] * v[7] > 0)) return fail(cx, E_INVALID, "UNIT_COST and HOLDING must be above 0.");
  StockPolicy p = stock_policy(&(StockRules){ v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7] });
  calc_put(b, "value", (double)p.s);
  calc_put(b, "up_to", (double)p.S);
  calc_put(b, "safety", p.safety);
  calc_put(b, "reorder", p.reorder);
  calc_put(b, "quantity", p.quantity);
  return E_OK;
}

static Err staffing(Cx *cx, const Str *arg, Buf *b) {
  AMOUNTS(5, "PAY", "MARKUP", "HOURS", "FEE", "BASELINE");
  StaffingBill s = staffing_bill(&(StaffingTerms){ v[0], v[1], v[2], v[3], v[4] });
  money(b, "value", s.net_saving);
  money(b, "bill", s.bill);
  money(b, "spend", s.spend);
  money(b, "fee", s.fee);
  money(b, "gross_saving", s.gross_saving);
  return E_OK;
}

static const CalcRow rows[] = {
  CALC_ROW("cost",       "REVENUE GOODS MINUTES RATE", 4, cost, "profit of a customer after what serving them cost"),
  CALC_ROW("cost-rate",  "COST MINUTES USED",          3, rate, "what a practical minute costs, and the capacity nobody used"),
  CALC_ROW("minutes",    "TIMES:MINUTES,...",          1, minutes, "minutes by a time equation"),
  CALC_ROW("segment",    "REVENUE MARGIN LARGE GAINFUL", 4, segment, "peak, drain or desert of the profit map"),
  CALC_ROW("worth",      "AMOUNT[:confirmed],...",     1, worth, "what the customer says it was worth: confirmed lines only"),
  CALC_ROW("eoq",        "K H RATE",                   3, eoq, "economic order quantity and its cost"),
  CALC_ROW("newsvendor", "H P MEAN SD",                4, newsvendor, "level that balances too much against too little, normal demand"),
  CALC_ROW("stock",      "MEAN SD LEAD REVIEW SERVICE ORDER_COST UNIT_COST HOLDING", 8, stock, "when to order (s) and up to what (S); days, units a day, holding a year"),
  CALC_ROW("staffing",   "PAY MARKUP HOURS FEE BASELINE", 5, staffing, "bill rate, fee and saving of an assignment"),
};
const CalcRows calc_trade = { rows, COUNT(rows) };
