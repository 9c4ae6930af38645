/* measure/receptive.c: counts. */
#include "measure/receptive.h"

Funnel receptive_funnel(const TacticState *v, size_t n) {
  Funnel f = { 0 };
  for (size_t i = 0; i < n; i++) {
    f.accepted.n += v[i] >= TACTIC_OFFERED;
    f.accepted.k += v[i] >= TACTIC_ACCEPTED;
    f.took_part.k += v[i] >= TACTIC_TOOK_PART;
  }
  f.took_part.n = f.accepted.k;
  return f;
}

bool receptive_index(const TacticState *v, size_t n, double *ret) {
  Funnel f = receptive_funnel(v, n);
  if (!f.accepted.n) return false;
  *ret = (double)f.accepted.k / (double)f.accepted.n;
  return true;
}

bool receptive_may_invite(int64_t open_invitations, bool said_never) { return !said_never && open_invitations < INVITATIONS_MOST; }
