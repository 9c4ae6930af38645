#include <pthread.h>
#include "base/random.h"
#include "measure/calendar.h"
#include "measure_test.h"
#include "oracle.h"

static int64_t at(const char *rfc3339) {
  int64_t t = 0;
  MUST(clock_parse(str_z(rfc3339), &t));
  return t;
}
static const Calendar *calendar(Arena *a, const char *zone, const char *hours) {
  Cx cx = { .arena = a };
  const Calendar *c = NULL;
  OK(&cx, calendar_parse(&cx, str_z(zone), str_z(hours), &c));
  return c;
}
#define WORKDAYS "mon-fri 09:00-17:00"
#define AMS "Europe/Amsterdam"

TEST(working_time) {
  static const struct { int line; const char *zone, *hours, *from, *to; int64_t seconds; } cases[] = {
    { __LINE__, AMS, WORKDAYS, "2024-03-29T16:00:00+01:00", "2024-04-01T10:00:00+02:00", 7200 },
    { __LINE__, AMS, WORKDAYS "; closed 2024-04-01", "2024-03-29T16:00:00+01:00", "2024-04-02T10:00:00+02:00", 7200 },
    { __LINE__, AMS, "24x7", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z", 82800 },
    { __LINE__, AMS, "24x7", "2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z", 90000 },
    { __LINE__, AMS, "daily 22:00-06:00", "2024-03-30T21:00:00Z", "2024-03-31T04:00:00Z", 25200 },
    { __LINE__, AMS, "daily 22:00-06:00", "2024-10-26T20:00:00Z", "2024-10-27T05:00:00Z", 32400 },
    { __LINE__, AMS, "daily 02:15-02:45", "2024-03-30T23:00:00Z", "2024-03-31T10:00:00Z", 1800 },
    { __LINE__, AMS, "daily 02:15-02:45", "2024-03-31T01:15:00Z", "2024-03-31T01:45:00Z", 1800 },       /* at 03:15 summer time */
    { __LINE__, AMS, "daily 01:30-02:30,03:00-04:00", "2024-03-30T23:00:00Z", "2024-03-31T10:00:00Z", 5400 },   /* pushed into each other: counted once */
    { __LINE__, AMS, "daily 02:15-02:45", "2024-10-26T20:00:00Z", "2024-10-27T10:00:00Z", 1800 },       /* the first of two */
    { __LINE__, "America/New_York", WORKDAYS, "2024-03-08T16:00:00-05:00", "2024-03-11T10:00:00-04:00", 7200 },
    { __LINE__, "Asia/Kathmandu", WORKDAYS, "2024-01-01T03:00:00Z", "2024-01-01T12:00:00Z", 28800 },
    { __LINE__, "Pacific/Apia", "24x7", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", 172800 },
    { __LINE__, "Pacific/Apia", "fri 09:00-17:00", "2011-12-25T00:00:00Z", "2012-01-05T00:00:00Z", 0 },        /* no such Friday */
    { __LINE__, "Pacific/Apia", "daily 09:00-17:00", "2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z", 3 * 28800 },
    { __LINE__, "America/St_Johns", "24x7", "2006-10-28T00:00:00Z", "2006-10-30T00:00:00Z", 172800 },          /* back at 00:01 */
    { __LINE__, AMS, "closed 2024-12-25; open 2024-12-24 09:00-12:00; " WORKDAYS, "2024-12-23T16:00:00+01:00", "2024-12-26T10:00:00+01:00", 3600 + 10800 + 3600 },
    { __LINE__, AMS, WORKDAYS, "2024-04-01T10:00:00Z", "2024-04-01T10:00:00Z", 0 },
    { __LINE__, AMS, WORKDAYS, "2024-04-02T10:00:00Z", "2024-04-01T10:00:00Z", 0 },
    { __LINE__, "UTC", WORKDAYS, "1970-01-01T00:00:00Z", "2070-01-01T00:00:00Z", 26089LL * 28800 },             /* 5217 weeks, then Thursday to Tuesday */
    { __LINE__, "UTC", "daily 20:00-04:00; closed 2024-06-02", "2024-06-01T00:00:00Z", "2024-06-04T00:00:00Z", (8 + 0 + 8) * 3600 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const Calendar *c = calendar(a, cases[i].zone, cases[i].hours);
    INT_AT(cases[i].line, calendar_work(c, at(cases[i].from), at(cases[i].to)), cases[i].seconds * SECOND);
  }
}

TEST(due) {
  static const struct { int line; const char *zone, *hours, *from; int64_t seconds; const char *due; } cases[] = {
    { __LINE__, AMS, WORKDAYS, "2024-03-29T16:00:00+01:00", 28800, "2024-04-01T16:00:00+02:00" },
    { __LINE__, AMS, WORKDAYS "; closed 2024-04-01", "2024-03-29T16:00:00+01:00", 28800, "2024-04-02T16:00:00+02:00" },
    { __LINE__, AMS, "24x7", "2024-03-30T12:00:00+01:00", 86400, "2024-03-31T13:00:00+02:00" },
    { __LINE__, AMS, WORKDAYS, "2024-03-29T16:00:00+01:00", 3600, "2024-03-29T17:00:00+01:00" },       /* the end of the day, not the next morning */
    { __LINE__, AMS, WORKDAYS, "2024-03-30T12:00:00+01:00", 1, "2024-04-01T09:00:01+02:00" },
    { __LINE__, AMS, WORKDAYS, "2024-03-30T12:00:00+01:00", 0, "2024-03-30T12:00:00+01:00" },
    { __LINE__, "UTC", "open 2030-01-01 10:00-11:00", "2020-01-01T00:00:00Z", 1800, "2030-01-01T10:30:00Z" },
    { __LINE__, "UTC", "mon 00:00-00:01", "2024-01-01T00:00:00Z", 28800, "2033-03-07T00:01:00Z" },      /* 480 Mondays */
    { __LINE__, "UTC", "24x7", "2024-01-01T00:00:00Z", 86400LL * 366 * 300, "2324-08-16T00:00:00Z" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const Calendar *c = calendar(a, cases[i].zone, cases[i].hours);
    int64_t due = -1;
    MUST_AT(cases[i].line, calendar_due(c, at(cases[i].from), cases[i].seconds * SECOND, &due));
    IS_AT(cases[i].line, clock_rfc3339(a, due), clock_rfc3339(a, at(cases[i].due)));
  }
  int64_t t = 7;
  MUST(!calendar_due(calendar(a, "UTC", "open 2020-01-01 10:00-11:00"), at("2024-01-01T00:00:00Z"), SECOND, &t));
  MUST(!calendar_due(calendar(a, "UTC", "open 2030-01-01 10:00-11:00"), at("2024-01-01T00:00:00Z"), 2 * HOUR, &t));
  MUST(!calendar_due(calendar(a, AMS, "mon 00:00-00:01"), at("2024-01-01T00:00:00Z"), INT64_MAX, &t));
  MUST(!calendar_next_open(calendar(a, "UTC", "open 2020-01-01 10:00-11:00"), at("2024-01-01T00:00:00Z"), &t));
  MUST(!calendar_before(calendar(a, "UTC", "open 2030-01-01 10:00-11:00"), at("2024-01-01T00:00:00Z"), SECOND, &t));
  MUST(!calendar_before(calendar(a, AMS, WORKDAYS), at("2024-01-01T00:00:00Z"), INT64_MAX, &t));
  INT(t, 7);
}

/* The warning two hours before Monday noon after a weekend is on Monday; that before Monday ten is on Friday. */
TEST(warnings_walk_the_same_calendar) {
  const Calendar *c = calendar(a, AMS, WORKDAYS "; closed 2024-04-01");
  int64_t t;
  MUST(calendar_before(c, at("2024-04-02T10:00:00+02:00"), 2 * HOUR, &t));
  IS(clock_rfc3339(a, t), clock_rfc3339(a, at("2024-03-29T16:00:00+01:00")));
  MUST(calendar_before(c, at("2024-04-02T10:00:00+02:00"), HOUR, &t));
  IS(clock_rfc3339(a, t), clock_rfc3339(a, at("2024-04-02T09:00:00+02:00")));
  MUST(calendar_before(c, at("2024-04-02T10:00:00+02:00"), 0, &t));
  IS(clock_rfc3339(a, t), clock_rfc3339(a, at("2024-04-02T10:00:00+02:00")));
}

TEST(open_or_not) {
  const Calendar *c = calendar(a, AMS, WORKDAYS "; sat 09:00-12:00");
  int64_t t;
  MUST(calendar_open_at(c, at("2024-03-29T16:59:59+01:00")));
  MUST(!calendar_open_at(c, at("2024-03-29T17:00:00+01:00")));
  MUST(calendar_open_at(c, at("2024-03-29T09:00:00+01:00")));
  MUST(calendar_next_open(c, at("2024-03-30T12:00:00+01:00"), &t));
  IS(clock_rfc3339(a, t), S("2024-04-01T07:00:00.000000Z"));
  MUST(calendar_next_open(c, at("2024-04-01T10:00:00+02:00"), &t));
  IS(clock_rfc3339(a, t), S("2024-04-01T08:00:00.000000Z"));
}

TEST(days_by_name) {
  const Calendar *c = calendar(a, AMS, WORKDAYS "; closed 2024-04-01, 2024-04-06; open 2024-04-03 09:00-10:00");
  static const struct { int line, day; int64_t open; bool named; } cases[] = {
    { __LINE__, 1, 0, true }, { __LINE__, 2, 8 * HOUR, false }, { __LINE__, 3, HOUR, true }, { __LINE__, 6, 0, true }, { __LINE__, 7, 0, false },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    CalendarDay d = calendar_day(c, clock_days(2024, 4, cases[i].day));
    INT_AT(cases[i].line, d.open, cases[i].open);
    INT_AT(cases[i].line, d.named, cases[i].named);
  }
  INT(calendar_day(calendar(a, AMS, "24x7"), clock_days(2024, 3, 31)).open, 23 * HOUR);
  INT(calendar_today(c, at("2024-03-31T22:30:00Z")), clock_days(2024, 4, 1));
}

TEST(open_until) {
  static const struct { int line; const char *zone, *hours, *from, *end, *until; } cases[] = {
    { __LINE__, AMS, WORKDAYS, "2024-03-29T16:00:00+01:00", "2024-04-05T12:00:00Z", "2024-03-29T17:00:00+01:00" },
    { __LINE__, AMS, WORKDAYS, "2024-03-29T16:00:00+01:00", "2024-03-29T16:30:00+01:00", "2024-03-29T16:30:00+01:00" },
    { __LINE__, AMS, WORKDAYS, "2024-03-29T17:00:00+01:00", "2024-04-05T12:00:00Z", "2024-03-29T17:00:00+01:00" },      /* closed by then */
    { __LINE__, AMS, WORKDAYS, "2024-03-29T08:59:59+01:00", "2024-04-05T12:00:00Z", "2024-03-29T08:59:59+01:00" },
    { __LINE__, AMS, WORKDAYS, "2024-03-29T16:00:00+01:00", "2024-03-28T16:00:00+01:00", "2024-03-29T16:00:00+01:00" },
    { __LINE__, AMS, "daily 22:00-06:00", "2024-03-30T22:30:00+01:00", "2024-04-05T12:00:00Z", "2024-03-31T06:00:00+02:00" },
    { __LINE__, AMS, "24x7", "2024-03-30T22:30:00+01:00", "2034-04-05T12:00:00Z", "2034-04-05T12:00:00Z" },
    { __LINE__, AMS, "24x7; closed 2024-12-25", "2024-03-30T22:30:00+01:00", "2034-04-05T12:00:00Z", "2024-12-25T00:00:00+01:00" },
    { __LINE__, AMS, "mon-fri 09:00-12:00,12:00-17:00", "2024-03-29T10:00:00+01:00", "2024-04-05T12:00:00Z", "2024-03-29T17:00:00+01:00" },
    { __LINE__, AMS, "daily 01:30-02:30,03:00-04:00", "2024-03-31T01:45:00+01:00", "2024-04-05T12:00:00Z", "2024-03-31T04:00:00+02:00" },
    { __LINE__, "Pacific/Apia", "24x7", "2011-12-28T10:00:00Z", "2012-01-05T00:00:00Z", "2012-01-05T00:00:00Z" },      /* a date left out */
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const Calendar *c = calendar(a, cases[i].zone, cases[i].hours);
    int64_t until = calendar_open_until(c, at(cases[i].from), at(cases[i].end));
    IS_AT(cases[i].line, clock_rfc3339(a, until), clock_rfc3339(a, at(cases[i].until)));
  }
}

TEST(ways_to_write_the_same) {
  static const char *const same[] = { "mon-fri 09:00-12:00,13:00-17:00", "Monday - Friday 9:00-12:00, 13:00-17:00", "mon,tue,wed,thu,fri 09:00-12:00; mon-fri 13:00-17:00",
    "mon-fri 13:00-17:00,09:00-12:00", "mon-wed 09:00-12:00\nthu-fri 09:00-12:00\r\nwed,thurs,fri,mon,tues 13:00-15:00,14:30-17:00;;" };
  for (size_t i = 0; i < COUNT(same); i++) {
    const Calendar *c = calendar(a, "UTC", same[i]);
    INT(calendar_work(c, at("2024-04-01T00:00:00Z"), at("2024-04-08T00:00:00Z")), 5 * 7 * HOUR);
    INT(calendar_work(c, at("2024-04-01T12:00:00Z"), at("2024-04-01T13:00:00Z")), 0);
  }
  INT(calendar_work(calendar(a, "UTC", "sat-mon 22:00-00:00"), at("2024-04-01T00:00:00Z"), at("2024-04-08T00:00:00Z")), 3 * 2 * HOUR);
}

TEST(what_is_wrong_is_said) {
  static const struct { int line; const char *hours, *part, *why; } cases[] = {
    { __LINE__, "", "", "never open" },
    { __LINE__, "closed 2024-01-01", "", "never open" },
    { __LINE__, "mon-fri 09:00-17:00; sat 9-12", "\"sat 9-12\"", "not a time of opening" },
    { __LINE__, "mon-fri 09:00-25:00", "mon-fri", "not a time" },
    { __LINE__, "mon-fri 09:60-17:00", "mon-fri", "not a time" },
    { __LINE__, "mon-fri -1:00-17:00", "mon-fri", "not a" },
    { __LINE__, "mon-fri 09:00-09:00", "mon-fri", "same time" },
    { __LINE__, "mon 24:00-09:00", "mon", "24:00 can only close" },
    { __LINE__, "mon-thu 09:00-17:00, fri 09:00-12:00", "mon-thu", "semicolon" },
    { __LINE__, "mon-fry 09:00-17:00", "mon-fry", "not a day" },
    { __LINE__, "mo 09:00-17:00", "mo", "not a day" },
    { __LINE__, "09:00-17:00", "09:00", "days first" },
    { __LINE__, "mon-fri", "mon-fri", "no hours" },
    { __LINE__, "24x7; closed", "closed", "no date" },
    { __LINE__, "24x7; closed 2024-02-30", "2024-02-30", "not a date" },
    { __LINE__, "24x7; closed sunday", "sunday", "not a date" },
    { __LINE__, "24x7; closed 2024-02-03..2024-02-01", "2024-02-03", "before the first" },
    { __LINE__, "24x7; closed 2000-01-01..2024-02-01", "2000-01-01", "more than" },
    { __LINE__, "24x7; open 2024-02-03", "open", "needs the date and its hours" },
    { __LINE__, "24x7; open 2024-02-03 22:00-02:00", "open", "ends at 24:00" },
    { __LINE__, "24x7; open 2024-02-03 09:00-10:00; closed 2024-02-03", "2024-02-03", "named twice" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    const Calendar *c;
    Err e = calendar_parse(&cx, S("UTC"), str_z(cases[i].hours), &c);
    if (e != E_INVALID || str_find(cx.why, str_z(cases[i].why)) == SIZE_MAX || str_find(cx.why, str_z(cases[i].part)) == SIZE_MAX)
      print_error("  %s -> " STR_FMT "\n", cases[i].hours, STR_ARG(cx.why));
    INT_AT(cases[i].line, e, E_INVALID);
    MUST_AT(cases[i].line, str_find(cx.why, str_z(cases[i].why)) != SIZE_MAX && str_find(cx.why, str_z(cases[i].part)) != SIZE_MAX);
    IS_AT(cases[i].line, cx.field, S("hours"));
  }
  Cx cx = { .arena = a };
  const Calendar *c;
  ERR(&cx, calendar_parse(&cx, S("Mars/Olympus"), S("24x7"), &c), E_INVALID);
  MUST(str_find(cx.why, S("Mars/Olympus")) != SIZE_MAX);
  IS(cx.field, S("zone"));
  MUST(calendar_zone(calendar(a, AMS, "24x7")) == zone_get(S(AMS)));
}

/* ---- beside the slow counting of oracle.c: every zone, random hours, near changes of offset and anywhere 1990-2037 */

static OracleDay random_day(Rng *r, int n, bool night) {
  OracleDay d = { .n = n };
  for (int i = 0; i < n; i++) {
    int x = (int)rng_below(r, 96) * 15, y = (int)rng_below(r, 97) * 15;
    if (x == y) y = x + 15;
    if (y < x && (!night || y == 0)) { int t = x; x = y; y = t; }
    d.at[i] = (OracleOpening){ x, y };
  }
  return d;
}

static void write_day(Buf *b, const OracleDay *d) {
  for (int i = 0; i < d->n; i++)
    buf_fmt(b, "%s%02d:%02d-%02d:%02d", i ? "," : " ", d->at[i].from / 60, d->at[i].from % 60, d->at[i].to / 60, d->at[i].to % 60);
}

static OracleHours random_hours(Arena *a, Rng *r, int64_t day, Str *text) {
  static const char *const names[7] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  OracleHours h = { 0 };
  Buf b = { .arena = a };
  for (int d = 0; d < 7; d++) {
    h.week[d] = random_day(r, d == 0 ? 1 : (int)rng_below(r, 3), true);
    if (!h.week[d].n) continue;
    buf_fmt(&b, "%s", names[d]);
    write_day(&b, &h.week[d]);
    buf_fmt(&b, "; ");
  }
  h.special_n = (int)rng_below(r, 4);
  for (int i = 0; i < h.special_n; i++) {
    int y, m, d;
    h.special[i].day = day + 2 * i + (int64_t)rng_below(r, 2);
    h.special[i].hours = random_day(r, (int)rng_below(r, 3), false);
    clock_civil(h.special[i].day, &y, &m, &d);
    buf_fmt(&b, "%s %04d-%02d-%02d", h.special[i].hours.n ? "open" : "closed", y, m, d);
    write_day(&b, &h.special[i].hours);
    buf_fmt(&b, "\n");
  }
  *text = buf_str(&b);
  return h;
}

enum { MINUTES = 9 * 1440 };

static void compare(Arena *a, Rng *r, const char *name, int64_t from) {
  static bool open[MINUTES];
  Str text;
  OracleHours h = random_hours(a, r, from / 86400, &text);
  const Calendar *c = calendar(a, name, str_cstr(a, text));
  oracle_minutes(&h, from, MINUTES, open);
  int64_t start = from * SECOND, all = 0, lo = (int64_t)rng_below(r, MINUTES), hi = (int64_t)rng_below(r, MINUTES), want = 0;
  for (int64_t i = 0; i < MINUTES; i++) all += open[i];
  for (int64_t i = lo; i < hi; i++) want += open[i];
  int64_t got = calendar_work(c, start + lo * MINUTE, start + hi * MINUTE);
  if (got != want * MINUTE) print_error("  %s " STR_FMT "\n  [" STR_FMT "]\n", name, STR_ARG(clock_rfc3339(a, start + lo * MINUTE)), STR_ARG(text));
  INT(got, want * MINUTE);
  INT(calendar_open_at(c, start + lo * MINUTE + 30 * SECOND), open[lo]);
  int64_t shut = lo;
  while (shut < MINUTES && open[shut]) shut++;
  INT((calendar_open_until(c, start + lo * MINUTE, start + MINUTES * MINUTE) - start) / MINUTE, shut);
  if (!all) return;
  int64_t need = 1 + (int64_t)rng_below(r, (uint64_t)all), first = -1, last = -1, due, before;
  for (int64_t i = 0, n = 0; i < MINUTES && first < 0; i++) if ((n += open[i]) == need) first = i + 1;
  for (int64_t i = MINUTES - 1, n = 0; i >= 0 && last < 0; i--) if ((n += open[i]) == need) last = i;
  MUST(calendar_due(c, start, need * MINUTE, &due));
  MUST(calendar_before(c, start + MINUTES * MINUTE, need * MINUTE, &before));
  if (due != start + first * MINUTE || before != start + last * MINUTE) print_error("  %s " STR_FMT "\n  [" STR_FMT "]\n", name, STR_ARG(clock_rfc3339(a, start)), STR_ARG(text));
  INT((due - start) / MINUTE, first);
  INT((before - start) / MINUTE, last);
}

TEST(calendars_beside_slow_counting) {
  const char *const *names;
  size_t n = oracle_zones(&names);
  Rng r = rng_seed(11);
  int64_t first = clock_days(1990, 1, 1) * 1440, last = clock_days(2037, 12, 1) * 1440;
  for (size_t i = 0; i < n; i++) {
    oracle_zone(names[i]);
    const Zone *z = zone_get(str_z(names[i]));
    for (int t = 0; t < 2; t++) {
      int64_t minute = first + (int64_t)rng_below(&r, (uint64_t)(last - first)), until = INT64_MAX;
      if (t == 0) zone_steady(z, minute * MINUTE, &until);
      if (until < last * MINUTE) minute = until / MINUTE - (int64_t)rng_below(&r, 7 * 1440);
      Arena *own = arena_new((size_t)1 << 24);
      compare(own, &r, names[i], minute * 60);
      arena_free(own);
    }
  }
}

/* Long ranges, where whole weeks are leapt over: work adds up, and due and before are its inverses to the microsecond. */
TEST(due_and_work_are_inverse) {
  static const char *const zones[] = { AMS, "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "UTC" };
  static const char *const hours[] = { WORKDAYS, "24x7", "daily 22:00-06:00", "mon-fri 09:00-12:00,13:00-17:00; sat 09:00-12:00; closed 2024-12-24..2025-01-01, 2011-12-30",
                                       "sun 01:00-04:00", "open 2030-05-05 09:00-12:00; mon 08:00-08:01" };
  Rng r = rng_seed(12);
  int64_t first = at("1990-01-01T00:00:00Z"), range = at("2038-01-01T00:00:00Z") - first;
  for (size_t z = 0; z < COUNT(zones); z++)
    for (size_t h = 0; h < COUNT(hours); h++) {
      const Calendar *c = calendar(a, zones[z], hours[h]);
      for (int t = 0; t < 200; t++) {
        int64_t from = first + (int64_t)rng_below(&r, (uint64_t)range), to = from + (int64_t)rng_below(&r, (uint64_t)range) / (1 + t % 50 * 20);
        int64_t mid = from + (to - from) / 3, work = calendar_work(c, from, to), due, before;
        INT(work, calendar_work(c, from, mid) + calendar_work(c, mid, to));
        MUST(work >= 0 && work <= to - from);
        if (!work) continue;
        MUST(calendar_due(c, from, work, &due));
        MUST(due <= to && calendar_work(c, from, due) == work && calendar_work(c, from, due - 1) == work - 1);
        MUST(calendar_before(c, to, work, &before));
        MUST(before >= from && calendar_work(c, before, to) == work && calendar_work(c, before + 1, to) == work - 1);
        int64_t until = calendar_open_until(c, due - 1, to);        /* all of it open, and the next microsecond not */
        MUST(until >= due && until <= to && calendar_work(c, due - 1, until) == until - (due - 1));
        MUST(until == to || !calendar_open_at(c, until));
      }
    }
}

static void *ask(void *arg) {
  static const char *const names[] = { "Asia/Tokyo", "Asia/Seoul", "Asia/Manila", "Asia/Dubai", "Asia/Dhaka", "Asia/Baku", "Asia/Kabul" };
  int64_t *sum = arg;
  for (int t = 0; t < 2000; t++) *sum += zone_east(zone_get(str_z(names[t % 7])), t * DAY) / MINUTE;
  return NULL;
}

TEST(zones_from_many_threads) {
  pthread_t threads[8];
  int64_t sums[8] = { 0 };
  for (size_t i = 0; i < 8; i++) pthread_create(&threads[i], NULL, ask, &sums[i]);
  for (size_t i = 0; i < 8; i++) pthread_join(threads[i], NULL);
  for (size_t i = 1; i < 8; i++) INT(sums[i], sums[0]);
}
