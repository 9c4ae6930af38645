/* measure/hours.c: a reader for opening hours. Every refusal names the part as it was written. */
#include "measure/hours.h"
#include <stdlib.h>
#include "base/clock.h"
#include "base/vec.h"

typedef VEC(Opening) OpeningList;
typedef VEC(SpecialDay) DayList;
typedef struct { Cx *cx; Str part; OpeningList week[7]; DayList special; } Reader;

#define REFUSE(r, fmt, ...) \
  fail_field((r)->cx, "hours", "in \"" STR_FMT "\": " fmt, STR_ARG(str_head((r)->part, 120)) __VA_OPT__(,) __VA_ARGS__)

/* ---- times and dates */

static bool two_numbers(Str s, char between, int64_t *a, int64_t *b) {
  Str x, y;
  return str_cut(s, between, &x, &y) && x.n >= 1 && x.n <= 2 && y.n == 2 && str_int(x, a) && str_int(y, b);
}

static bool time_of_day(Str s, int64_t *ret) {
  int64_t h, m;
  if (!two_numbers(str_trim(s), ':', &h, &m) || h < 0 || m < 0 || m > 59 || h * 60 + m > 24 * 60) return false;
  *ret = h * HOUR + m * MINUTE;
  return true;
}

static Err opening(Reader *r, Str s, Opening *ret) {
  Str from, to;
  s = str_trim(s);
  if (!str_cut(s, '-', &from, &to) || !time_of_day(from, &ret->from) || !time_of_day(to, &ret->to))
    return REFUSE(r, "\"" STR_FMT "\" is not a time of opening and closing; write it like 09:00-17:00, and put a semicolon before further days.",
                  STR_ARG(str_head(s, 60)));
  if (ret->from == ret->to) return REFUSE(r, "it opens and closes at the same time; a whole day is 00:00-24:00.");
  if (ret->from == DAY) return REFUSE(r, "24:00 can only close; opening at midnight is 00:00.");
  if (ret->to == 0) ret->to = DAY;
  return E_OK;
}

static bool date(Str s, int64_t *ret) {
  s = str_trim(s);
  int64_t at;
  if (s.n != 10) return false;
  char text[] = "0000-00-00T00:00:00Z";
  memcpy(text, s.p, 10);
  if (!clock_parse((Str){ text, sizeof text - 1 }, &at)) return false;
  *ret = at >= 0 ? at / DAY : -((DAY - 1 - at) / DAY);
  return true;
}

/* ---- days of the week */

static const Str day_names[7] = {
  { "monday", 6 }, { "tuesday", 7 }, { "wednesday", 9 }, { "thursday", 8 }, { "friday", 6 }, { "saturday", 8 }, { "sunday", 6 },
};

static bool weekday(Str s, int *ret) {
  s = str_trim(s);
  for (int d = 0; d < 7 && s.n >= 3; d++)
    if (str_istarts(day_names[d], s)) { *ret = d; return true; }
  return false;
}

/* "mon-fri, sun" into a set of bits */
static Err days(Reader *r, Str s, unsigned *ret) {
  *ret = 0;
  if (str_ieq(str_trim(s), S("daily"))) { *ret = 127; return E_OK; }
  for (Str rest = s, one, from, to; rest.n;) {
    int a, b;
    str_cut(rest, ',', &one, &rest);
    bool range = str_cut(one, '-', &from, &to);
    if (!weekday(from, &a) || (range && !weekday(to, &b)))
      return REFUSE(r, "\"" STR_FMT "\" is not a day; write mon tue wed thu fri sat sun, mon-fri or daily.", STR_ARG(str_head(str_trim(one), 40)));
    if (!range) b = a;
    for (int d = a;; d = (d + 1) % 7) {
      *ret |= 1u << d;
      if (d == b) break;
    }
  }
  return E_OK;
}

/* ---- parts */

static Err weekly(Reader *r, Str part) {
  size_t n = 0;
  while (n < part.n && (part.p[n] < '0' || part.p[n] > '9')) n++;
  if (n == 0) return REFUSE(r, "it begins with no day; write the days first, like mon-fri 09:00-17:00.");
  unsigned set;
  TRY(days(r, str_trim(str_head(part, n)), &set));
  if (n == part.n) return REFUSE(r, "the days have no hours; write them like mon-fri 09:00-17:00.");
  for (Str rest = str_from(part, n), one; rest.n;) {
    Opening o;
    str_cut(rest, ',', &one, &rest);
    TRY(opening(r, one, &o));
    for (int d = 0; d < 7; d++) {
      if (!(set >> d & 1)) continue;
      vec_add(r->cx->arena, &r->week[d], (Opening){ o.from, o.to > o.from ? o.to : DAY });
      if (o.to < o.from) vec_add(r->cx->arena, &r->week[(d + 1) % 7], (Opening){ 0, o.to });
    }
  }
  return E_OK;
}

static Err special(Reader *r, int64_t first, int64_t last, Openings openings) {
  if (last < first) return REFUSE(r, "the last date comes before the first.");
  if (last - first >= SPECIAL_DAYS_MOST || r->special.n + (size_t)(last - first) >= SPECIAL_DAYS_MOST)
    return REFUSE(r, "more than %d special dates are more than a calendar takes.", SPECIAL_DAYS_MOST);
  for (int64_t day = first; day <= last; day++) vec_add(r->cx->arena, &r->special, (SpecialDay){ day, openings });
  return E_OK;
}

static Err closed(Reader *r, Str dates) {
  if (!str_trim(dates).n) return REFUSE(r, "no date is named; days of the week without hours are closed anyway.");
  for (Str rest = dates, one; rest.n;) {
    int64_t first, last;
    str_cut(rest, ',', &one, &rest);
    size_t dots = str_find(one, S(".."));
    bool range = dots != SIZE_MAX;
    if (!date(str_head(one, dots), &first) || (range && !date(str_from(one, dots + 2), &last)))
      return REFUSE(r, "\"" STR_FMT "\" is not a date; write it like 2024-12-25, a stretch like 2024-12-24..2025-01-01.", STR_ARG(str_head(str_trim(one), 40)));
    TRY(special(r, first, range ? last : first, (Openings){ 0 }));
  }
  return E_OK;
}

static int by_from(const void *a, const void *b) {
  int64_t x = ((const Opening *)a)->from, y = ((const Opening *)b)->from;
  return (x > y) - (x < y);
}

/* Ascending, those that touch or overlap made one. */
static Err tidy(Reader *r, OpeningList *list, Openings *ret) {
  size_t n = 0;
  if (list->n) qsort(list->at, list->n, sizeof *list->at, by_from);
  for (size_t i = 0; i < list->n; i++) {
    Opening o = list->at[i];
    if (n && o.from <= list->at[n - 1].to) {
      if (o.to > list->at[n - 1].to) list->at[n - 1].to = o.to;
    } else list->at[n++] = o;
  }
  if (n > OPENINGS_MOST) return REFUSE(r, "a day has more than %d openings.", OPENINGS_MOST);
  *ret = (Openings){ list->at, n };
  return E_OK;
}

static Err opened(Reader *r, Str rest) {
  Str when, hours;
  int64_t day;
  OpeningList list = { 0 };
  Openings openings;
  rest = str_trim(rest);
  if (!str_cut(rest, ' ', &when, &hours) || !date(when, &day))
    return REFUSE(r, "a special date needs the date and its hours; write it like open 2024-12-24 09:00-12:00.");
  for (Str one; hours.n;) {
    Opening o;
    str_cut(hours, ',', &one, &hours);
    TRY(opening(r, one, &o));
    if (o.to < o.from) return REFUSE(r, "a special date ends at 24:00; write what comes after midnight on the next date.");
    vec_add(r->cx->arena, &list, o);
  }
  TRY(tidy(r, &list, &openings));
  return special(r, day, day, openings);
}

static Err part(Reader *r, Str s) {
  Str word, rest;
  str_cut(s, ' ', &word, &rest);
  if (str_ieq(word, S("closed"))) return closed(r, rest);
  if (str_ieq(word, S("open"))) return opened(r, rest);
  if (str_ieq(s, S("24x7")) || str_ieq(s, S("24/7"))) return weekly(r, S("daily 00:00-24:00"));
  return weekly(r, s);
}

static int by_day(const void *a, const void *b) {
  int64_t x = ((const SpecialDay *)a)->day, y = ((const SpecialDay *)b)->day;
  return (x > y) - (x < y);
}

/* Ascending; a date closed twice is closed once, any other repetition is a doubt we do not decide. */
static Err tidy_special(Reader *r) {
  size_t n = 0;
  if (r->special.n) qsort(r->special.at, r->special.n, sizeof *r->special.at, by_day);
  for (size_t i = 0; i < r->special.n; i++) {
    SpecialDay d = r->special.at[i];
    if (n && r->special.at[n - 1].day == d.day) {
      if (!d.openings.n && !r->special.at[n - 1].openings.n) continue;
      int y, m, dd;
      clock_civil(d.day, &y, &m, &dd);
      return fail_field(r->cx, "hours", "%04d-%02d-%02d is named twice among the special dates; keep one, with all its hours.", y, m, dd);
    }
    r->special.at[n++] = d;
  }
  r->special.n = n;
  return E_OK;
}

#define TEXT_MOST 65536

Err hours_parse(Cx *cx, Str text, Hours *ret) {
  Reader r = { .cx = cx };
  bool any = false;
  if (text.n > TEXT_MOST) return fail_field(cx, "hours", "the opening hours are longer than %d characters.", TEXT_MOST);
  for (Str lines = text, line; lines.n;) {
    line = str_line(&lines);
    for (Str one; line.n;) {
      str_cut(line, ';', &one, &line);
      r.part = str_trim(one);
      if (r.part.n) TRY(part(&r, r.part));
    }
  }
  *ret = (Hours){ 0 };
  for (int d = 0; d < 7; d++) {
    r.part = day_names[d];
    TRY(tidy(&r, &r.week[d], &ret->week[d]));
    any |= ret->week[d].n > 0;
  }
  TRY(tidy_special(&r));
  for (size_t i = 0; i < r.special.n; i++) any |= r.special.at[i].openings.n > 0;
  if (!any) return fail_field(cx, "hours", "it is never open; write at least one opening, like mon-fri 09:00-17:00.");
  ret->special = r.special.at;
  ret->special_n = r.special.n;
  return E_OK;
}
