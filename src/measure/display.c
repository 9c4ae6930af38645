/* measure/display.c: B5 as a table. */
#include "measure/display.h"
#include "base/err.h"

static const struct { int64_t from; Show show; Str name; } steps[] = {
  { 0, SHOW_NONE, { "none", 4 } }, { 1, SHOW_LIST, { "list", 4 } },
  { 5, SHOW_INTERVAL, { "interval", 8 } }, { 10, SHOW_PERCENT, { "percent", 7 } },
};

Show display_of(int64_t n) {
  Show show = SHOW_NONE;
  for (size_t i = 0; i < COUNT(steps); i++) if (n >= steps[i].from) show = steps[i].show;
  return show;
}

Str display_name(Show s) { return steps[s].name; }

bool display_may_mark(int64_t n, bool chart_signal, const Difference *d) {
  if (display_of(n) < SHOW_INTERVAL) return false;
  return chart_signal || (d && difference_excludes_zero(*d));
}

double display_rank(int64_t k, int64_t n) { return proportion_wilson(k, n, Z95).lo; }
