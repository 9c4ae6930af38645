#include "base/random.h"
#include "base/tzif.h"
#include "base/zone.h"
#include "measure_test.h"
#include "oracle.h"

TEST(zone_names) {
  static const char *const bad[] = { "", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe/../Europe/Amsterdam", "Europe//Amsterdam",
    "Europe/", "Europe", "europe/amsterdam", "right/Europe/Amsterdam", "posix/UTC", "localtime", "tzdata.zi", "A.B", "zone.tab",
    "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
  for (size_t i = 0; i < COUNT(bad); i++) MUST(!zone_get(str_z(bad[i])));
  const Zone *z = zone_get(S("Europe/Amsterdam"));
  MUST(z && z == zone_get(S("Europe/Amsterdam")));
  MUST(zone_get(S("UTC")) && zone_get(S("Etc/GMT+5")) && zone_get(S("America/Argentina/Buenos_Aires")) && zone_get(S("EST5EDT")));
  MUST(zone_version().n >= 5 && zone_version().p[0] == '2');
}

TEST(zones_to_list) {
  Str *names;
  size_t n = zone_list(a, &names), kolkata = 0;
  MUST(n > 300 && n < 600);
  for (size_t i = 0; i < n; i++) {
    MUST(zone_get(names[i]));
    if (i + 1 < n && i > 0) MUST(str_cmp(names[i - 1], names[i]) < 0);
    kolkata += str_eq(names[i], S("Asia/Kolkata"));
  }
  INT(kolkata, 1);
  IS(names[n - 1], S("UTC"));
}

/* The rules must be the machine's, not those frozen into a library: Mexico gave up summer time in October 2022. */
TEST(rules_are_of_today) {
  int64_t july;
  MUST(clock_parse(S("2024-07-01T12:00:00Z"), &july));
  INT(zone_east(zone_get(S("America/Mexico_City")), july), -6 * HOUR);
}

TEST(gap_and_overlap) {
  static const struct { int line; const char *zone, *local, *at; } cases[] = {
    { __LINE__, "Europe/Amsterdam", "2024-03-31T02:30:00Z", "2024-03-31T01:30:00.000000Z" },      /* leapt over: 03:30 summer time */
    { __LINE__, "Europe/Amsterdam", "2024-03-31T03:00:00Z", "2024-03-31T01:00:00.000000Z" },
    { __LINE__, "Europe/Amsterdam", "2024-10-27T02:30:00Z", "2024-10-27T00:30:00.000000Z" },      /* twice: the first */
    { __LINE__, "Europe/Amsterdam", "2024-10-27T03:00:00Z", "2024-10-27T02:00:00.000000Z" },
    { __LINE__, "America/New_York", "2007-03-11T02:30:00Z", "2007-03-11T07:30:00.000000Z" },      /* the RFC's own examples */
    { __LINE__, "America/New_York", "2007-11-04T01:30:00Z", "2007-11-04T05:30:00.000000Z" },
    { __LINE__, "Pacific/Apia",     "2011-12-30T12:00:00Z", "2011-12-30T22:00:00.000000Z" },      /* a day that never was */
    { __LINE__, "Pacific/Apia",     "2011-12-31T00:00:00Z", "2011-12-30T10:00:00.000000Z" },
    { __LINE__, "Australia/Lord_Howe", "2024-04-07T01:45:00Z", "2024-04-06T14:45:00.000000Z" },   /* half an hour */
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t local;
    MUST_AT(cases[i].line, clock_parse(str_z(cases[i].local), &local));
    IS_AT(cases[i].line, clock_rfc3339(a, zone_instant(zone_get(str_z(cases[i].zone)), local)), str_z(cases[i].at));
  }
}

/* Every zone there is, beside the C library: at random, and on both sides of each change. */
TEST(every_zone_beside_the_c_library) {
  const char *const *names;
  size_t n = oracle_zones(&names);
  MUST(n > 400);
  Rng r = rng_seed(1);
  int64_t first = clock_days(1901, 1, 1) * 86400, last = clock_days(2190, 1, 1) * 86400;
  for (size_t i = 0; i < n; i++) {
    const Zone *z = zone_get(str_z(names[i]));
    if (!z) print_error("  no zone %s\n", names[i]);
    MUST(z);
    oracle_zone(names[i]);
    for (int t = 0; t < 300; t++) {
      int64_t at = first + (int64_t)rng_below(&r, (uint64_t)(last - first));
      if (zone_east(z, at * SECOND) != oracle_east(at) * SECOND) print_error("  %s at %lld\n", names[i], (long long)at);
      INT(zone_east(z, at * SECOND), oracle_east(at) * SECOND);
    }
    for (size_t k = 0; k < z->n; k++) {
      int64_t at = z->at[k] / SECOND;
      if (at > last) break;
      if (oracle_east(at - 1) * SECOND != z->east[k] || oracle_east(at) * SECOND != z->east[k + 1]) print_error("  %s change at %lld\n", names[i], (long long)at);
      INT(oracle_east(at - 1) * SECOND, z->east[k]);
      INT(oracle_east(at) * SECOND, z->east[k + 1]);
    }
  }
}

/* Local times around changes of 1990 to 2037, and at random. */
TEST(local_times_beside_the_c_library) {
  const char *const *names;
  size_t n = oracle_zones(&names);
  Rng r = rng_seed(2);
  int64_t first = clock_days(1990, 1, 1) * 86400, last = clock_days(2038, 1, 1) * 86400;
  for (size_t i = 0; i < n; i++) {
    const Zone *z = zone_get(str_z(names[i]));
    oracle_zone(names[i]);
    for (int t = 0; t < 40; t++) {
      int64_t local = first + (int64_t)rng_below(&r, (uint64_t)(last - first));
      if (z->n && t % 4) local = z->wall[rng_below(&r, z->n)] / SECOND + (int64_t)rng_below(&r, 6 * 3600) - 3 * 3600;
      if (local < first || local > last) continue;
      int64_t got = zone_instant(z, local * SECOND), want = oracle_instant(local) * SECOND;
      if (got != want) print_error("  %s local " STR_FMT "\n", names[i], STR_ARG(clock_rfc3339(a, local * SECOND)));
      INT(got, want);
    }
  }
}

static Str tzif(Arena *a, const char *footer) {
  Buf b = { .arena = a };
  static const char none[44] = "TZif2";
  buf_add(&b, (Str){ none, 44 });
  char head[44] = "TZif2";
  head[39] = 1;                                            /* one type … */
  head[43] = 4;                                            /* … and four characters of names */
  buf_add(&b, (Str){ head, 44 });
  buf_add(&b, (Str){ "\0\0\0\0\0\0UTC", 10 });
  buf_fmt(&b, "\n%s\n", footer);
  return buf_str(&b);
}

TEST(tz_strings) {
  static const struct { int line; const char *tz; bool ok; int64_t january, july; } cases[] = {
    { __LINE__, "", true, 0, 0 },
    { __LINE__, "CET-1CEST,M3.5.0,M10.5.0/3", true, HOUR, 2 * HOUR },
    { __LINE__, "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", true, 11 * HOUR, 10 * HOUR + 30 * MINUTE },
    { __LINE__, "IST-1GMT0,M10.5.0,M3.5.0/1", true, 0, HOUR },                                 /* Dublin: winter is the exception */
    { __LINE__, "EST5EDT,0/0,J365/25", true, -4 * HOUR, -4 * HOUR },                          /* summer time all year */
    { __LINE__, "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", true, -2 * HOUR, -HOUR },
    { __LINE__, "CET", false, 0, 0 }, { __LINE__, "CET-1CEST", false, 0, 0 }, { __LINE__, "CET-1CEST,M13.5.0,M10.5.0", false, 0, 0 },
    { __LINE__, "CET-1CEST,M3.5.0,M10.5.0/3x", false, 0, 0 }, { __LINE__, "<CET-1", false, 0, 0 }, { __LINE__, "C1", false, 0, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Zone z;
    MUST_AT(cases[i].line, tzif_parse(a, tzif(a, cases[i].tz), &z) == cases[i].ok);
    if (!cases[i].ok || !*cases[i].tz) continue;
    INT_AT(cases[i].line, zone_east(&z, clock_days(2050, 1, 10) * DAY), cases[i].january);
    INT_AT(cases[i].line, zone_east(&z, clock_days(2050, 7, 10) * DAY), cases[i].july);
  }
}

/* Cut short anywhere or bent at any byte: refused or read, never a fault. */
TEST(broken_files) {
  Str good = tzif(a, "CET-1CEST,M3.5.0,M10.5.0/3");
  Zone z;
  for (size_t i = 0; i + 1 < good.n; i++) {
    char *cut = str_cstr(a, str_head(good, i));
    (void)tzif_parse(a, (Str){ cut, i }, &z);
  }
  Rng r = rng_seed(3);
  for (int t = 0; t < 3000; t++) {
    Str bent = str_dup(a, good);
    ((char *)(uintptr_t)bent.p)[rng_below(&r, bent.n)] = (char)rng_next(&r);
    if (tzif_parse(a, bent, &z)) for (size_t k = 1; k < z.n; k++) MUST(z.at[k - 1] < z.at[k]);
  }
}
