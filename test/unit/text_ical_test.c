#include "base/clock.h"
#include "test.h"
#include "text/caps.h"
#include "text/ical.h"

#define CAL(body) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" body "END:VCALENDAR\r\n"
#define EVENT(body) "BEGIN:VEVENT\r\nUID:1\r\n" body "END:VEVENT\r\n"

static Str told(Arena *a, const IcalDays *d) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < d->n; i++) {
    int y, m, day, y2, m2, d2;
    clock_civil(d->at[i].first, &y, &m, &day);
    clock_civil(d->at[i].last, &y2, &m2, &d2);
    buf_fmt(&b, "%s%04d-%02d-%02d", i ? " " : "", y, m, day);
    if (d->at[i].last != d->at[i].first) buf_fmt(&b, "..%04d-%02d-%02d", y2, m2, d2);
    if (d->at[i].name.n) buf_fmt(&b, "=" STR_FMT, STR_ARG(d->at[i].name));
  }
  return buf_str(&b);
}
static Err read_days(Cx *cx, Str file, IcalDays *ret) { return ical_days(cx, file, clock_days(2026, 1, 1), clock_days(2028, 12, 31), ret); }

TEST(days_of_a_calendar_file) {
  static const struct { int line; const char *file, *days; int timed, often, outside; } cases[] = {
    { __LINE__, CAL(""), "", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\\, day one\r\n")), "2026-12-25=Christmas, day one", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20270102\r\n")), "2026-12-24..2027-01-01", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20261224\r\nDURATION:P3D\r\n")), "2026-12-24..2026-12-26", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART:20261224T000000\r\nDTEND:20261225T000000\r\n")), "2026-12-24", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;TZID=Europe/Lisbon:20261224T000000\r\nDTEND;TZID=Europe/Lisbon:20261226T000000\r\n")), "2026-12-24..2026-12-25", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART:20261224T140000Z\r\nDTEND:20261224T150000Z\r\n")), "", 1, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20200610\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Portugal\r\n")), "2026-06-10=Portugal 2027-06-10=Portugal 2028-06-10=Portugal", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20200610\r\nRRULE:FREQ=YEARLY;UNTIL=20270101\r\n")), "2026-06-10", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20250610\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEXDATE;VALUE=DATE:20270610\r\n")), "2026-06-10", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20251126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n")), "2026-11-26 2027-11-25 2028-11-23", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250102\r\nRRULE:FREQ=YEARLY\r\n")),
      "2026-01-01 2026-12-31..2027-01-01 2027-12-31..2028-01-01 2028-12-31", 0, 0, 0 },       /* cut to what was asked for */
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\n")), "2028-02-29", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20260601\r\nRRULE:FREQ=WEEKLY\r\n")), "", 0, 1, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20200101\r\n") EVENT("DTSTART;VALUE=DATE:20990101\r\n")), "", 0, 0, 2 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED\r\n")), "", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DA\r\n TE:20261225\r\nSUM\r\n\tMARY:fol\r\n ded\r\n")), "2026-12-25=folded", 0, 0, 0 },
    { __LINE__, CAL("BEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
                    EVENT("BEGIN:VALARM\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VALARM\r\nDTSTART;VALUE=DATE:20261225\r\n")), "2026-12-25", 0, 0, 0 },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20270101\r\n") EVENT("DTSTART;VALUE=DATE:20260101\r\n")), "2026-01-01 2027-01-01", 0, 0, 0 },
    { __LINE__, "\xef\xbb\xbf" "begin:vcalendar\nbegin:vevent\ndtstart;value=date:20261225\nend:vevent\nend:vcalendar", "2026-12-25", 0, 0, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    IcalDays d;
    OK(&cx, read_days(&cx, str_z(cases[i].file), &d));
    IS_AT(cases[i].line, told(a, &d), str_z(cases[i].days));
    INT_AT(cases[i].line, d.timed, cases[i].timed);
    INT_AT(cases[i].line, d.often, cases[i].often);
    INT_AT(cases[i].line, d.outside, cases[i].outside);
  }
}

TEST(ill_calendar_files_are_told) {
  static const struct { int line; const char *file, *why; } cases[] = {
    { __LINE__, "", "no calendar file" },
    { __LINE__, "PK\x03\x04", "no calendar file" },
    { __LINE__, "Dear all, the office is closed", "no calendar file" },
    { __LINE__, CAL(EVENT("")), "no date" },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20260230\r\n")), "does not exist" },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:tomorrow\r\n")), "no date" },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20290101\r\n")), "longer than a year" },
    { __LINE__, CAL(EVENT("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n")), "makes no sense" },
    { __LINE__, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\n", "breaks off" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    IcalDays d;
    INT_AT(cases[i].line, read_days(&cx, str_z(cases[i].file), &d), E_INVALID);
    if (str_find(cx.why, str_z(cases[i].why)) == SIZE_MAX) print_error("  " STR_FMT "\n", STR_ARG(cx.why));
    MUST_AT(cases[i].line, str_find(cx.why, str_z(cases[i].why)) != SIZE_MAX);
    IS_AT(cases[i].line, cx.field, S("ics"));
  }
}

static Str repeated(Arena *a, const char *head, const char *each, size_t n, const char *tail) {
  Buf b = { .arena = a };
  buf_add(&b, str_z(head));
  for (size_t i = 0; i < n; i++) buf_add(&b, str_z(each));
  buf_add(&b, str_z(tail));
  return buf_str(&b);
}

/* What is made to hurt ends with a sentence, or with few days. */
TEST(hostile_calendar_files) {
  Cx cx = { .arena = a };
  IcalDays d;
  ERR(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\n", "X-A:b\r\n", CAP_ICAL_BYTES / 7 + 1, ""), &d), E_INVALID);
  MUST(str_find(cx.why, S("megabyte")) != SIZE_MAX);
  ERR(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\n", EVENT("DTSTART;VALUE=DATE:20260101\r\n"), CAP_ICAL_EVENTS + 1, ""), &d), E_INVALID);
  MUST(str_find(cx.why, S("2000 events")) != SIZE_MAX);
  ERR(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:", "abcdefgh\r\n ", 10000, "\r\nEND:VEVENT\r\n"), &d), E_INVALID);
  MUST(str_find(cx.why, S("longer than any")) != SIZE_MAX);
  ERR(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\n", "EXDATE;VALUE=DATE:20270101\r\n", 20000, "END:VEVENT\r\n"), &d), E_INVALID);
  MUST(str_find(cx.why, S("exceptions")) != SIZE_MAX);
  ERR(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\n", 60000, ""), &d), E_INVALID);
  OK(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\n", "BEGIN:X\r\n", 60000, ""), &d));
  INT(d.n, 0);
  OK(&cx, read_days(&cx, repeated(a, "BEGIN:VCALENDAR\r\n", "END:VEVENT\r\n", 60000, EVENT("DTSTART;VALUE=DATE:20260101\r\n")), &d));
  /* rules that match every day */
  OK(&cx, read_days(&cx, S(CAL(EVENT("DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=YEARLY;COUNT=1000000;BYDAY=MO,TU,WE,TH,FR,SA,SU\r\n"))), &d));
  MUST(d.n <= CAP_ICAL_TURNS);
  Str all = repeated(a, "BEGIN:VCALENDAR\r\n", EVENT("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\r\n"), 1500, "END:VCALENDAR\r\n");
  ERR(&cx, read_days(&cx, all, &d), E_INVALID);
  MUST(str_find(cx.why, S("4000 days")) != SIZE_MAX);
}
