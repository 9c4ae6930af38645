/* bench/due.c: dues computed a second on one core, for three calendars and growing distances. Time of the core, not of the
   wall. Prints a line each; judges nothing. */
#include <stdio.h>
#include <time.h>
#include "base/base.h"
#include "base/random.h"
#include "measure/calendar.h"

static const char *const hours[] = {
  "mon-fri 09:00-17:00; closed 2024-12-25..2025-01-01, 2026-04-06", "24x7", "mon-fri 09:00-12:00,13:00-17:00; sat 09:00-12:00",
};

int main(void) {
  DEFER(arena_freep) Arena *a = arena_new((size_t)1 << 24);
  Cx cx = { .arena = a };
  for (size_t h = 0; h < COUNT(hours); h++)
    for (uint64_t days = 1; days <= 1000; days *= 10) {
      const Calendar *c;
      if (calendar_parse(&cx, S("Europe/Amsterdam"), str_z(hours[h]), &c)) return 1;
      enum { DUES = 1000000 };
      Rng r = rng_seed(1);
      int64_t first = clock_days(2024, 1, 1) * DAY, due, found = 0, start = (int64_t)clock();
      for (int i = 0; i < DUES; i++)
        found += calendar_due(c, first + (int64_t)rng_below(&r, 1000 * DAY), (int64_t)rng_below(&r, days * 8 * HOUR), &due);
      printf("due  %-64s up to %4d working days  %6.2f million a second\n", hours[h], (int)days, (double)found / ((double)((int64_t)clock() - start) / CLOCKS_PER_SEC * 1e6));
    }
  return 0;
}
