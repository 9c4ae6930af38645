/* measure/clocks.c: one pass over the turns. */
#include "measure/clocks.h"
#include "measure/sample.h"

Clocks clocks_read(const Calendar *c, const ClocksTurn *turns, size_t n, int64_t end) {
  Clocks k = { 0 };
  if (!n || end <= turns[0].at) return k;
  k.customer_clock = end - turns[0].at;
  for (int64_t i = 0, from = turns[0].at; i < (int64_t)n; i++) {
    int64_t to = i + 1 < (int64_t)n && turns[i + 1].at < end ? turns[i + 1].at : end;
    if (to < from) to = from;
    if (turns[i].ball == CLOCKS_CUSTOMER) k.customer += to - from;
    else if (turns[i].ball == CLOCKS_SUPPLIER) k.supplier += to - from;
    else {
      int64_t open = c ? calendar_work(c, from, to) : to - from;
      k.provider += open;
      k.closed += to - from - open;
    }
    from = to;
  }
  return k;
}

bool clocks_ratio(Arena *a, const Clocks *k, size_t n, double *ret) {
  if (!n) return false;
  double *customer = NEW_N(a, double, n), *agent = NEW_N(a, double, n);
  for (size_t i = 0; i < n; i++) {
    customer[i] = (double)k[i].customer_clock;
    agent[i] = (double)k[i].provider;
  }
  double below = sample_median(a, agent, n);
  if (below <= 0) return false;
  *ret = sample_median(a, customer, n) / below;
  return true;
}
