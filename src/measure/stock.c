/* measure/stock.c: closed formulas. */
#include "measure/stock.h"
#include <math.h>
#include "measure/normal.h"

double stock_eoq(double order_cost, double holding, double rate, double *ret_cost) {
  *ret_cost = sqrt(2 * order_cost * rate * holding);
  return sqrt(2 * order_cost * rate / holding);
}

double stock_newsvendor(double h, double p, double mean, double sd, double *ret_cost) {
  double z = normal_quantile(p / (h + p));
  *ret_cost = (h + p) * sd * normal_density(z);
  return mean + z * sd;
}

StockPolicy stock_policy(const StockRules *r) {
  double days = r->review + r->lead, cost;
  StockPolicy p = { .safety = normal_quantile(r->service) * r->sd * sqrt(days) };
  p.reorder = r->mean * days + p.safety;
  p.quantity = stock_eoq(r->order_cost, r->unit_cost * r->holding_a_year / 365, r->mean, &cost);
  p.s = (int64_t)ceil(p.reorder);
  p.S = p.s + (int64_t)ceil(p.quantity);
  return p;
}

int64_t stock_order(const StockPolicy *p, int64_t position) { return position <= p->s ? p->S - position : 0; }

int64_t stock_position(int64_t on_hand, int64_t on_order, int64_t back_orders) { return on_hand + on_order - back_orders; }
