#include "oracle.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void oracle_zone(const char *name) {
  setenv("TZ", name, 1);
  tzset();
}

int64_t oracle_east(int64_t seconds) {
  time_t t = (time_t)seconds;
  struct tm tm;
  localtime_r(&t, &tm);
  return tm.tm_gmtoff;
}

/* The first instant that shows this on the wall, else the first that shows a later time, walked up to by halving. */
int64_t oracle_instant(int64_t local) {
  int64_t from = local - 30 * 3600, to = local + 30 * 3600, step = 600;
  for (int64_t t = from; t <= to; t += step) {
    int64_t wall = t + oracle_east(t), before = oracle_east(t - step);
    if (wall < local) continue;
    if (local - before >= t - step && local - before < t && oracle_east(local - before) == before) return local - before;
    int64_t lo = t - step, hi = t;                          /* the offset changes in between */
    while (hi - lo > 1) {
      int64_t mid = lo + (hi - lo) / 2;
      if (oracle_east(mid) == before) lo = mid; else hi = mid;
    }
    if (hi + oracle_east(hi) <= local) return local - oracle_east(hi);
    return local - before;
  }
  abort();
}

size_t oracle_zones(const char *const **ret) {
  static const char *names[1000];
  static size_t n;
  *ret = names;
  if (n) return n;
  FILE *f = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
  char line[512], a[128], b[128];
  while (f && fgets(line, sizeof line, f)) {
    if (sscanf(line, "Z %127s", a) == 1) names[n++] = strdup(a);
    else if (sscanf(line, "L %127s %127s", a, b) == 2) names[n++] = strdup(b);
  }
  if (f) fclose(f);
  return n;
}
