/* desk/holiday.c: see holiday.h. */
#include "desk/holiday.h"
#include "base/vec.h"
#include "measure/calendar.h"
#include "text/ical.h"

typedef VEC(Holiday) List;

static HolidayFate fate(const Calendar *cal, int64_t day) {
  CalendarDay d = calendar_day(cal, day);
  return !d.named ? HOLIDAY_NEW : d.open ? HOLIDAY_OWN_HOURS : HOLIDAY_KNOWN;
}

/* A span in pieces of one fate. `to`: the last day already spoken for by an earlier span; a day is told once. */
static void pieces(Cx *cx, const Calendar *cal, const IcalSpan *s, int64_t *to, List *list) {
  for (int64_t day = s->first > *to ? s->first : *to + 1; day <= s->last;) {
    Holiday h = { .first = day, .last = day, .fate = fate(cal, day), .name = s->name };
    while (h.last < s->last && fate(cal, h.last + 1) == h.fate) h.last++;
    vec_add(cx->arena, list, h);
    day = h.last + 1;
  }
  if (s->last > *to) *to = s->last;
}

Err holiday_read(Cx *cx, const CalendarRow *c, Str file, Holidays *ret) {
  const Calendar *cal;
  IcalDays days;
  TRY(calendar_parse(cx, c->zone, c->rules, &cal));
  int64_t today = calendar_today(cal, cx->now), to = today - 1;
  TRY(ical_days(cx, file, today, today + HOLIDAY_YEARS * 366, &days));
  List list = { 0 };
  for (size_t i = 0; i < days.n; i++) pieces(cx, cal, &days.at[i], &to, &list);
  *ret = (Holidays){ .at = list.at, .n = list.n, .timed = days.timed, .often = days.often, .past = days.outside };
  for (size_t i = 0; i < list.n; i++) ret->fresh += list.at[i].fate == HOLIDAY_NEW;
  return E_OK;
}

static void put_date(Buf *b, int64_t day) {
  int y, m, d;
  clock_civil(day, &y, &m, &d);
  buf_fmt(b, "%04d-%02d-%02d", y, m, d);
}

static Str dates(Arena *a, const Holidays *h, const char *between) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < h->n; i++) {
    if (h->at[i].fate != HOLIDAY_NEW) continue;
    if (b.n) buf_add(&b, str_z(between));
    put_date(&b, h->at[i].first);
    if (h->at[i].last > h->at[i].first) { buf_add(&b, S("..")); put_date(&b, h->at[i].last); }
  }
  return buf_str(&b);
}

Str holiday_dates(Arena *a, const Holidays *h) { return dates(a, h, "\n"); }

Err holiday_close(Cx *cx, const CalendarRow *c, const Holidays *h, Str *ret) {
  const Calendar *cal;
  Str more = dates(cx->arena, h, ", ");
  *ret = more.n ? str_cat(cx->arena, c->rules, S("; closed "), more) : c->rules;
  return calendar_parse(cx, c->zone, *ret, &cal);
}

/* It would be open: the same weekday of a week in which nothing is named is. */
static bool usually_open(const Calendar *cal, int64_t day) {
  for (int64_t d = day - 7; d > day - 366; d -= 7) {
    CalendarDay w = calendar_day(cal, d);
    if (!w.named) return w.open > 0;
  }
  return true;
}

Err holiday_next(Cx *cx, const CalendarRow *c, int64_t *ret, size_t most, size_t *ret_n) {
  const Calendar *cal;
  TRY(calendar_parse(cx, c->zone, c->rules, &cal));
  int64_t today = calendar_today(cal, cx->now);
  *ret_n = 0;
  for (int64_t day = today; day < today + 366 && *ret_n < most; day++) {
    CalendarDay d = calendar_day(cal, day);
    if (d.named && !d.open && usually_open(cal, day)) ret[(*ret_n)++] = day;
  }
  return E_OK;
}

Err calendar_by_name(Cx *cx, Str name, CalendarRow *ret) {
  Rows rows;
  Buf b = { .arena = cx->arena };
  size_t found = 0;
  TRY(calendar_list(cx, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const CalendarRow *c = ROW(CalendarRow, rows, i);
    if (str_ieq(c->name, name)) { *ret = *c; found++; }
    buf_fmt(&b, "%s\"" STR_FMT "\"", i ? ", " : "", STR_ARG(c->name));
  }
  if (found > 1) return fail(cx, E_CONFLICT, "%zu opening hours are called \"" STR_FMT "\"; give one of them another name first.", found, STR_ARG(str_head(name, 80)));
  if (found) return E_OK;
  if (!rows.n) return fail(cx, E_ABSENT, "there are no opening hours yet; a team gets some with \"team add --hours\".");
  return fail(cx, E_ABSENT, "no opening hours are called \"" STR_FMT "\"; there are " STR_FMT ".", STR_ARG(str_head(name, 80)), STR_ARG(buf_str(&b)));
}
