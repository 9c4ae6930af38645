/* text/when.c: see when.h. Days are counted on the reader's own calendar; zones are base/zone.h's, the words of a
   language ICU's. */
#include "text/when.h"
#include <unicode/unumberformatter.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>
#include "base/zone.h"
#include "text/dateform.h"
#include "text/icu.h"
#include "text/num.h"

/* ── zones ── */
static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Microseconds to add to UTC at that instant. A zone nobody knows is UTC. */
static int64_t offset_at(Str zone, int64_t at) {
  const Zone *z = zone_get(zone);
  return z ? zone_east(z, at) : 0;
}

static int64_t local(Str zone, int64_t at) { return at + offset_at(zone, at); }
static int64_t day_of(Str zone, int64_t at) { return floor_div(local(zone, at), DAY); }

bool when_zone_ok(Str zone) { return zone_get(zone) != NULL; }

/* ── words ── */
static Str shaped(Reader r, const char *skeleton, int64_t at) {
  const DateForm *f = icu_get(ICU_DATES, icu_locale(r.lang), skeleton);
  return f ? dateform_put(r.arena, f, local(r.zone, at)) : S("");
}

/* how: as words where there are some ("tomorrow"), or always a number ("in 1 day") */
static Str relative(Reader r, double many, URelativeDateTimeUnit unit, bool words) {
  URelativeDateTimeFormatter *f = icu_get(ICU_RELATIVE, icu_locale(r.lang), "");
  if (!f) return S("");
  UChar wide[160];
  UErrorCode e = U_ZERO_ERROR;
  int32_t n = words ? ureldatefmt_format(f, many, unit, wide, (int32_t)COUNT(wide), &e)
                    : ureldatefmt_formatNumeric(f, many, unit, wide, (int32_t)COUNT(wide), &e);
  return U_FAILURE(e) ? S("") : icu_str(r.arena, wide, n);
}

static bool same_year(Reader r, int64_t at) {
  int a, b, month, day;
  clock_civil(day_of(r.zone, at), &a, &month, &day);
  clock_civil(day_of(r.zone, r.now), &b, &month, &day);
  return a == b;
}

static int64_t days_from_now(Reader r, int64_t at) { return day_of(r.zone, at) - day_of(r.zone, r.now); }

static Str date(Reader r, int64_t at) { return shaped(r, same_year(r, at) ? "dMMMM" : "dMMMMyyyy", at); }

Str when_clock(Reader r, int64_t at) { return at ? shaped(r, "Hm", at) : S(""); }

Str when_day(Reader r, int64_t at) {
  if (!at) return S("");
  int64_t d = days_from_now(r, at);
  if (d >= -1 && d <= 1) return relative(r, (double)d, UDAT_REL_UNIT_DAY, true);
  if (d >= -6 && d <= 6) return shaped(r, "EEEE", at);
  return date(r, at);
}

Str when_at(Reader r, int64_t at) {
  if (!at) return S("");
  if (!days_from_now(r, at)) return when_clock(r, at);
  /* Translators: a day and an hour: "yesterday 14:30", "14 May 14:30" */
  return tr_f(r.arena, r.lang, "%1$s %2$s", when_day(r, at), when_clock(r, at));
}

Str when_by(Reader r, int64_t at) {
  if (!at) return S("");
  int64_t d = days_from_now(r, at);
  Str day = d >= -1 && d <= 6 ? when_day(r, at) : shaped(r, same_year(r, at) ? "EEEEdMMMM" : "EEEEdMMMMyyyy", at);
  /* Translators: when something promised will be done: "today by 17:00", "Friday 22 May by 12:00" */
  return tr_f(r.arena, r.lang, "%1$s by %2$s", day, when_clock(r, at));
}

/* Only the first letter: languages that write days small within a sentence begin a line with a capital all the same. */
Str when_line(Reader r, int64_t at) {
  Str s = when_by(r, at), first = str_utf8_head(s, 1);
  UChar small[8], big[8];
  UErrorCode e = U_ZERO_ERROR;
  int32_t n = 0;
  u_strFromUTF8(small, (int32_t)COUNT(small), &n, first.p, (int32_t)first.n, &e);
  n = u_strToUpper(big, (int32_t)COUNT(big), small, n, icu_locale(r.lang), &e);
  return U_FAILURE(e) ? s : str_cat(r.arena, icu_str(r.arena, big, n), str_from(s, first.n));
}

Str when_short(Reader r, int64_t at) {
  if (!at) return S("");
  int64_t d = days_from_now(r, at);
  if (!d) return when_clock(r, at);
  if (d >= -6 && d <= 6) return shaped(r, "EEE", at);
  return shaped(r, same_year(r, at) ? "dMMM" : "dMMMyyyy", at);
}

Str when_month(Reader r, int64_t at) { return at ? shaped(r, same_year(r, at) ? "LLLL" : "LLLLyyyy", at) : S(""); }
Str when_full(Reader r, int64_t at) { return at ? shaped(r, "EEEEdMMMMyyyyHm", at) : S(""); }

/* ── lengths ── */
typedef struct { URelativeDateTimeUnit unit; const char *skeleton; int64_t many; } Whole;

/* The one unit that says a length best, for lengths that are not hours and minutes. */
static Whole whole(int64_t span) {
  if (span < MINUTE)    return (Whole){ UDAT_REL_UNIT_SECOND, "unit/second unit-width-full-name", span / SECOND };
  if (span < 2 * DAY)   return (Whole){ UDAT_REL_UNIT_HOUR, "unit/hour unit-width-full-name", span / HOUR };
  if (span < 60 * DAY)  return (Whole){ UDAT_REL_UNIT_DAY, "unit/day unit-width-full-name", span / DAY };
  if (span < 730 * DAY) return (Whole){ UDAT_REL_UNIT_MONTH, "unit/month unit-width-full-name", span * 12 / (DAY * 36525 / 100) };
  return (Whole){ UDAT_REL_UNIT_YEAR, "unit/year unit-width-full-name", span / (DAY * 36525 / 100) };
}

/* Minutes, and hours up to ten, are written short; the short form is the same whatever stands before it. */
static bool is_short(int64_t span) { return span >= MINUTE && span < 10 * HOUR; }

static Str short_span(Reader r, int64_t span) {
  int64_t hours = span / HOUR, minutes = span % HOUR / MINUTE;
  if (!hours) return tr_f(r.arena, r.lang, "%s min", num(r.arena, r.lang, minutes));
  if (!minutes) return tr_f(r.arena, r.lang, "%s h", num(r.arena, r.lang, hours));
  return tr_f(r.arena, r.lang, "%1$s h %2$s min", num(r.arena, r.lang, hours), num(r.arena, r.lang, minutes));
}

Str when_span(Reader r, int64_t span) {
  if (span < 0) span = 0;
  if (is_short(span)) return short_span(r, span);
  Whole w = whole(span);
  UNumberFormatter *f = icu_get(ICU_NUMBERS, icu_locale(r.lang), w.skeleton);
  UErrorCode e = U_ZERO_ERROR;
  UChar wide[128];
  int32_t n = 0;
  UFormattedNumber *out = unumf_openResult(&e);
  if (f) unumf_formatInt(f, w.many, out, &e);
  if (f) n = unumf_resultToString(out, wide, (int32_t)COUNT(wide), &e);
  unumf_closeResult(out);
  return f && U_SUCCESS(e) ? icu_str(r.arena, wide, n) : short_span(r, span);
}

Str when_hours(Reader r, int64_t span) {
  if (span < 0) span = 0;
  return tr_f(r.arena, r.lang, "%1$s h %2$s min", num(r.arena, r.lang, span / HOUR), str_fmt(r.arena, "%02d", (int)(span % HOUR / MINUTE)));
}

static Str away(Reader r, int64_t at) {
  int64_t span = at < r.now ? r.now - at : at - r.now;
  bool past = at <= r.now;
  if (is_short(span) && past) return tr_f(r.arena, r.lang, "%s ago", short_span(r, span));
  if (is_short(span)) return tr_f(r.arena, r.lang, "in %s", short_span(r, span));
  Whole w = whole(span);
  return relative(r, past ? -(double)w.many : (double)w.many, w.unit, false);
}

Str when_in(Reader r, int64_t at)  { return at ? away(r, at) : S(""); }
Str when_ago(Reader r, int64_t at) { return at ? away(r, at) : S(""); }

/* ── reading ── */
static bool figures(Str *s, size_t n, char after, int *ret) {
  if (s->n < n + (after ? 1 : 0)) return false;
  int v = 0;
  for (size_t i = 0; i < n; i++) {
    if (s->p[i] < '0' || s->p[i] > '9') return false;
    v = v * 10 + (s->p[i] - '0');
  }
  if (after && s->p[n] != after) return false;
  *s = str_from(*s, n + (after ? 1 : 0));
  *ret = v;
  return true;
}

/* A time on the wall as an instant. */
static int64_t instant(Str zone, int64_t wall) {
  const Zone *z = zone_get(zone);
  return z ? zone_instant(z, wall) : wall;
}

static bool read_day(Str *s, char after, int64_t *ret_days) {
  int year, month, day, y, m, d;
  if (!figures(s, 4, '-', &year) || !figures(s, 2, '-', &month) || !figures(s, 2, after, &day)) return false;
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  int64_t days = clock_days(year, month, day);
  clock_civil(days, &y, &m, &d);
  if (d != day) return false;                                 /* 30 February */
  *ret_days = days;
  return true;
}

bool when_read_day(Str zone, Str s, int minute_of_day, int64_t *ret) {
  int64_t days;
  s = str_trim(s);
  if (!read_day(&s, 0, &days) || s.n) return false;
  *ret = instant(zone, days * DAY + minute_of_day * MINUTE);
  return true;
}

bool when_read(Str zone, Str s, int64_t *ret) {
  int64_t days;
  int hour, minute, second = 0;
  s = str_trim(s);
  if (!read_day(&s, 'T', &days)) return false;
  if (!figures(&s, 2, ':', &hour) || !figures(&s, 2, 0, &minute)) return false;
  if (s.n) {
    if (s.p[0] != ':') return false;
    s = str_from(s, 1);
    if (!figures(&s, 2, 0, &second)) return false;
    if (s.n && s.p[0] != '.') return false;                   /* fractions of a second are let go */
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  *ret = instant(zone, days * DAY + hour * HOUR + minute * MINUTE + second * SECOND);
  return true;
}

Str when_input_day(Arena *a, Str zone, int64_t at) {
  int year, month, day;
  clock_civil(day_of(zone, at), &year, &month, &day);
  return str_fmt(a, "%04d-%02d-%02d", year, month, day);
}

Str when_input(Arena *a, Str zone, int64_t at) {
  int64_t of_day = local(zone, at) - day_of(zone, at) * DAY;
  return str_fmt(a, STR_FMT "T%02d:%02d", STR_ARG(when_input_day(a, zone, at)), (int)(of_day / HOUR), (int)(of_day % HOUR / MINUTE));
}
