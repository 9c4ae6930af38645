/* Holidays from a calendar file, on both stores. */
#include "base/clock.h"
#include "desk/holiday.h"
#include "desk_fixture.h"

#define EVENT(body) "BEGIN:VEVENT\r\nUID:1\r\n" body "END:VEVENT\r\n"
static const char file[] = "BEGIN:VCALENDAR\r\n"
  EVENT("DTSTART;VALUE=DATE:20200610\r\nRRULE:FREQ=YEARLY;UNTIL=20290101\r\nSUMMARY:Portugal Day\r\n")
  EVENT("DTSTART;VALUE=DATE:20261223\r\nDTEND;VALUE=DATE:20261228\r\nSUMMARY:Shut down\r\n")
  EVENT("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\n")
  EVENT("DTSTART;VALUE=DATE:20200101\r\nSUMMARY:long ago\r\n")
  EVENT("DTSTART:20261231T120000\r\nSUMMARY:half a day\r\n")
  "END:VCALENDAR\r\n";

TEST_STORES(holidays_close_days) {
  Place p;
  place_new(cx, &p);
  MUST(clock_parse(S("2026-05-22T10:00:00Z"), &cx->now));
  CalendarRow c = { .name = S("Porto harbour"), .zone = S("Europe/Lisbon"), .rules = S("mon-fri 09:00-17:00; closed 2026-12-24; open 2026-12-26 10:00-12:00") };
  OK(cx, calendar_put(cx, &c));
  Holidays h;
  OK(cx, holiday_read(cx, &c, str_z(file), &h));
  IS(holiday_dates(cx->arena, &h), S("2026-06-10\n2026-12-23\n2026-12-25\n2026-12-27\n2027-06-10\n2028-06-10"));
  INT(h.fresh, 6);
  INT(h.timed, 1);
  INT(h.past, 1);
  static const HolidayFate fates[] = { HOLIDAY_NEW, HOLIDAY_NEW, HOLIDAY_KNOWN, HOLIDAY_NEW, HOLIDAY_OWN_HOURS, HOLIDAY_NEW, HOLIDAY_NEW, HOLIDAY_NEW };
  INT(h.n, COUNT(fates));
  for (size_t i = 0; i < h.n; i++) INT(h.at[i].fate, fates[i]);
  OK(cx, holiday_close(cx, &c, &h, &c.rules));
  OK(cx, calendar_put(cx, &c));
  OK(cx, calendar_by_name(cx, S("PORTO harbour"), &c));
  OK(cx, holiday_read(cx, &c, str_z(file), &h));
  INT(h.fresh, 0);                                   /* the same file twice adds nothing */
  Str before = c.rules;
  OK(cx, holiday_close(cx, &c, &h, &c.rules));
  IS(c.rules, before);
  int64_t next[3];
  size_t n;
  OK(cx, holiday_next(cx, &c, next, COUNT(next), &n));
  INT(n, 3);
  INT(next[0], clock_days(2026, 6, 10));
  INT(next[1], clock_days(2026, 12, 23));
  INT(next[2], clock_days(2026, 12, 24));
  OK(cx, holiday_next(cx, &c, next, 0, &n));
  INT(n, 0);
  c.id = 0;
  OK(cx, calendar_put(cx, &c));
  ERR(cx, calendar_by_name(cx, S("Porto harbour"), &c), E_CONFLICT);
}

/* A calendar with no hours and a zone that does not exist each say so, wherever they are written. */
TEST_STORES(ill_calendars_are_told) {
  Place p;
  place_new(cx, &p);
  static const struct { int line; CalendarRow c; const char *field, *why; } cases[] = {
    { __LINE__, { .name = { "x", 1 }, .zone = { "UTC", 3 }, .rules = { "", 0 } }, "hours", "never open" },
    { __LINE__, { .name = { "x", 1 }, .zone = { "UTC", 3 }, .rules = { "closed 2026-01-01", 17 } }, "hours", "never open" },
    { __LINE__, { .name = { "x", 1 }, .zone = { "Mars/Base", 9 }, .rules = { "24x7", 4 } }, "zone", "no time zone" },
    { __LINE__, { .name = { "x", 1 }, .zone = { "", 0 }, .rules = { "24x7", 4 } }, "zone", "no time zone" },
    { __LINE__, { .name = { "", 0 }, .zone = { "UTC", 3 }, .rules = { "24x7", 4 } }, "name", "name" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    CalendarRow c = cases[i].c;
    INT_AT(cases[i].line, calendar_put(cx, &c), E_INVALID);
    IS_AT(cases[i].line, cx->field, str_z(cases[i].field));
    MUST_AT(cases[i].line, str_find(cx->why, str_z(cases[i].why)) != SIZE_MAX);
  }
  CalendarRow c;
  Holidays h;
  ERR(cx, calendar_by_name(cx, S("Atlantis"), &c), E_ABSENT);
  MUST(str_find(cx->why, S("Atlantis")) != SIZE_MAX);
  c = (CalendarRow){ .name = S("x"), .zone = S("UTC"), .rules = S("24x7") };
  ERR(cx, holiday_read(cx, &c, S("no calendar"), &h), E_INVALID);
  IS(cx->field, S("ics"));
}
