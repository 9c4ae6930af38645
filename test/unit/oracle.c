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
  int64_t from = local - 16 * 3600, to = local + 16 * 3600, step = 600;
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

static void mark(int64_t day, int from, int to, int64_t start, size_t n, bool *open) {
  int64_t lo = oracle_instant(day * 86400), hi = oracle_instant((day + 1) * 86400);
  int64_t a = oracle_instant(day * 86400 + from * 60), b = oracle_instant(day * 86400 + to * 60);
  for (int64_t t = a > lo ? a : lo; t < b && t < hi; t += 60) if (t >= start && t < start + 60 * (int64_t)n) open[(t - start) / 60] = true;
}

void oracle_minutes(const OracleHours *h, int64_t from, size_t n, bool *open) {
  memset(open, 0, n * sizeof *open);
  int64_t first = from / 86400 - 3, last = (from + 60 * (int64_t)n) / 86400 + 3;
  for (int64_t day = first; day <= last; day++) {
    const OracleDay *today = &h->week[(day + 3) % 7], *yesterday = &h->week[(day + 2) % 7];
    for (int i = 0; i < h->special_n; i++) if (h->special[i].day == day) { today = &h->special[i].hours; yesterday = NULL; }
    for (int i = 0; i < today->n; i++) mark(day, today->at[i].from, today->at[i].to > today->at[i].from ? today->at[i].to : 1440, from, n, open);
    for (int i = 0; yesterday && i < yesterday->n; i++) if (yesterday->at[i].to < yesterday->at[i].from) mark(day, 0, yesterday->at[i].to, from, n, open);
  }
}
