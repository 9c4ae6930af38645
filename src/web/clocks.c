/* web/clocks.c: see clocks.h. */
#include "web/clocks.h"

enum { SEGMENTS = 80 };          /* a drawing of more pieces says nothing more */

Err two_clocks(Cx *cx, const Request *r, const Rows *acts, Str asker, TwoClocks *ret) {
  const Calendar *hours;
  Turns turns;
  TRY(request_calendar(cx, r, &hours));
  *ret = (TwoClocks){ .since = r->since_at, .asker = asker };
  ret->sum = request_clocks(cx, r, hours, acts, &turns);
  ret->parts = request_clock_parts(cx, r, hours, turns, SEGMENTS);
  return E_OK;
}

double clocks_percent(const TwoClocks *c, int64_t span) {
  return c->sum.customer_clock > 0 ? 100.0 * (double)span / (double)c->sum.customer_clock : 0;
}
