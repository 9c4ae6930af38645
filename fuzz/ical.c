#include "base/clock.h"
#include "fuzz.h"
#include "text/caps.h"
#include "text/ical.h"

void fuzz_one(Arena *a, Str in) {
  Cx cx = { .arena = a };
  IcalDays d;
  int64_t from = clock_days(2026, 1, 1), to = clock_days(2036, 12, 31);
  Err e = ical_days(&cx, in, from, to, &d);
  HOLDS(e == E_OK || (e == E_INVALID && cx.why.n && str_eq(cx.field, S("ics"))));
  if (e) return;
  HOLDS(d.n <= CAP_ICAL_DAYS);
  for (size_t i = 0; i < d.n; i++) {
    HOLDS(d.at[i].first >= from && d.at[i].first <= d.at[i].last && d.at[i].last <= to && str_utf8_ok(d.at[i].name));
    HOLDS(i == 0 || d.at[i].first >= d.at[i - 1].first);
  }
}
