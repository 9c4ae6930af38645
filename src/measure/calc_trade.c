/* measure/calc_trade.c: cost, stock and staffing for the command line. */
#include "measure/calc_io.h"
#include <math.h>
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
  CALC_ROW("eoq",        "K H RATE",                   3, eoq, "economic order quantity and its cost"),
  CALC_ROW("newsvendor", "H P MEAN SD",                4, newsvendor, "level that balances too much against too little, normal demand"),
  CALC_ROW("stock",      "MEAN SD LEAD REVIEW SERVICE ORDER_COST UNIT_COST HOLDING", 8, stock, "when to order (s) and up to what (S); days, units a day, holding a year"),
  CALC_ROW("staffing",   "PAY MARKUP HOURS FEE BASELINE", 5, staffing, "bill rate, fee and saving of an assignment"),
};
const CalcRows calc_trade = { rows, COUNT(rows) };
