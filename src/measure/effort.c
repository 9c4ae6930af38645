/* measure/effort.c: counts. */
#include "measure/effort.h"
#include <math.h>

FirstContact effort_first_contact(const Need *needs, size_t n, int64_t days) {
  FirstContact f = { 0 };
  int64_t agent_judged = 0;
  for (size_t i = 0; i < n; i++) {
    const Need *d = &needs[i];
    bool once = d->touches == 1 && (d->again_after < 0 || d->again_after > days);
    Tally *t = d->judged ? &f.customer : &f.proxy;
    t->n++;
    t->k += once && (d->sorted || !d->judged);
    f.agent.n++;
    f.agent.k += d->agent_says_first;
    agent_judged += d->judged && d->agent_says_first;
  }
  f.optimism = f.customer.n ? (double)(agent_judged - f.customer.k) / (double)f.customer.n : NAN;
  return f;
}

int64_t effort_points(const EffortSeen *e) {
  int64_t more = e->touches > 1 ? e->touches - 1 : 0;
  return more + e->transfers + e->repeats + e->switches + e->reopens + e->asked;
}

bool effort_disagrees(bool agent_thinks_easy, int64_t points) { return agent_thinks_easy && points >= EFFORT_HIGH; }
