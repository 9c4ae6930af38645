/* measure/cost.c: sums. */
#include "measure/cost.h"

bool cost_rate(double cost, double practical_minutes, double *ret) {
  if (!(practical_minutes > 0)) return false;
  *ret = cost / practical_minutes;
  return true;
}

double cost_unused(double practical, double used, double rate) { return (practical - used) * rate; }

double cost_minutes(const CostLine *v, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)v[i].times * v[i].minutes;
  return sum;
}

CostResult cost_customer(double revenue, double goods, double minutes, double rate) {
  CostResult r = { .cost_to_serve = minutes * rate };
  r.profit = revenue - goods - r.cost_to_serve;
  r.margin = revenue > 0 ? r.profit / revenue : 0;
  return r;
}

ProfitSegment cost_segment(double revenue, double margin, double large, double gainful) {
  if (revenue < large) return PROFIT_DESERT;
  return margin >= gainful ? PROFIT_PEAK : PROFIT_DRAIN;
}

double cost_value(const ValueLine *v, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) if (v[i].confirmed) sum += v[i].amount;
  return sum;
}
