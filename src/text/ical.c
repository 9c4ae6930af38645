/* text/ical.c: see ical.h. Lines are unfolded and sifted here; libical reads what is left, one event at a time, and unrolls
   its rule. */
#include "text/ical.h"
#include <libical/ical.h>
#include <pthread.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/vec.h"
#include "text/caps.h"

typedef VEC(IcalSpan) Spans;
typedef struct { Cx *cx; int64_t from, to; Spans spans; IcalDays *out; } Sift;

static void never_abort(void) { icalerror_set_errors_are_fatal(0); }

/* ── lines ───────────────────────────────────────────────────────────── */

/* One unfolded line off rest: what follows a line end and a blank belongs to it. */
static Str unfolded(Arena *a, Str *rest) {
  Str line = str_line(rest);
  if (!rest->n || (rest->p[0] != ' ' && rest->p[0] != '\t')) return line;
  Buf b = { .arena = a };
  buf_add(&b, line);
  while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t')) {
    *rest = str_from(*rest, 1);
    Str more = str_line(rest);
    if (b.n <= CAP_ICAL_LINE) buf_add(&b, more);
  }
  return buf_str(&b);
}

static Str line_name(Str line) {
  size_t n = 0;
  while (n < line.n && line.p[n] != ':' && line.p[n] != ';') n++;
  return str_head(line, n);
}

/* The lines that say when and what; the rest libical need not see. */
static bool tells(Str name) {
  static const char *const names[] = { "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "SUMMARY", "STATUS" };
  for (size_t i = 0; i < COUNT(names); i++) if (str_ieq(name, str_z(names[i]))) return true;
  return false;
}

/* ── one event ───────────────────────────────────────────────────────── */

static bool day_of(struct icaltimetype t, int64_t *ret) {
  if (t.year < 1900 || t.year > 2200 || t.month < 1 || t.month > 12 || t.day < 1 || t.day > 31) return false;
  int y, m, d;
  *ret = clock_days(t.year, t.month, t.day);
  clock_civil(*ret, &y, &m, &d);
  return y == t.year && m == t.month && d == t.day;
}

static bool midnight(struct icaltimetype t) { return t.is_date || (!t.hour && !t.minute && !t.second && !icaltime_is_utc(t)); }

static void add(Sift *s, int64_t first, int64_t last, Str name) {
  if (last < s->from || first > s->to) { s->out->outside++; return; }
  vec_add(s->cx->arena, &s->spans, (IcalSpan){ first < s->from ? s->from : first, last > s->to ? s->to : last, name });
}

static Err exceptions(Sift *s, icalcomponent *e, int64_t *ret, size_t *ret_n) {
  *ret_n = 0;
  for (icalproperty *p = icalcomponent_get_first_property(e, ICAL_EXDATE_PROPERTY); p; p = icalcomponent_get_next_property(e, ICAL_EXDATE_PROPERTY)) {
    if (*ret_n == CAP_ICAL_EXCEPT) return fail_field(s->cx, "ics", N_("An event in this file has more exceptions than a calendar of holidays ever has."));
    if (day_of(icalproperty_get_exdate(p), &ret[*ret_n])) ++*ret_n;
  }
  return E_OK;
}

static bool excepted(const int64_t *days, size_t n, int64_t day) {
  for (size_t i = 0; i < n; i++) if (days[i] == day) return true;
  return false;
}

/* A yearly rule, from the year before `from` (a span may reach into it) to `to`. */
static Err unroll(Sift *s, icalcomponent *e, struct icaltimetype start, struct icalrecurrencetype rule, int64_t length, Str name) {
  int64_t except[CAP_ICAL_EXCEPT], day;
  size_t n, before = s->spans.n;
  int y, m, d;
  TRY(exceptions(s, e, except, &n));
  icalrecur_iterator *it = icalrecur_iterator_new(rule, start);
  if (!it) return fail_field(s->cx, "ics", N_("An event in this file comes back by a rule that makes no sense."));
  clock_civil(s->from - 366, &y, &m, &d);
  struct icaltimetype near = start;
  near.year = y;
  if (!rule.count && y > start.year) (void)icalrecur_iterator_set_start(it, near);
  for (int turn = 0; turn < CAP_ICAL_TURNS; turn++) {
    struct icaltimetype t = icalrecur_iterator_next(it);
    if (icaltime_is_null_time(t) || !day_of(t, &day) || day > s->to) break;
    if (day + length - 1 >= s->from && !excepted(except, n, day)) add(s, day, day + length - 1, name);
    if (s->spans.n > CAP_ICAL_DAYS) break;
  }
  icalrecur_iterator_free(it);
  if (s->spans.n == before) s->out->outside++;
  return E_OK;
}

static Err event(Sift *s, icalcomponent *e) {
  struct icaltimetype start = icalcomponent_get_dtstart(e), end = icalcomponent_get_dtend(e);
  const char *summary = icalcomponent_get_summary(e);      /* NULL: none */
  Str name = str_utf8_head(str_utf8_fix(s->cx->arena, str_dup(s->cx->arena, str_trim(str_z(summary ? summary : "")))), 120);
  int64_t first, after;
  if (icalcomponent_get_status(e) == ICAL_STATUS_CANCELLED) return E_OK;
  if (!day_of(start, &first)) return fail_field(s->cx, "ics", N_("An event in this file (%.*s) has no date, or one that does not exist."), STR_ARG(name));
  if (!midnight(start) || (!start.is_date && (icaltime_is_null_time(end) || !midnight(end)))) { s->out->timed++; return E_OK; }
  if (icaltime_is_null_time(end) || !day_of(end, &after) || after <= first) after = first + 1;
  if (after - first > 366) return fail_field(s->cx, "ics", N_("An event in this file (%.*s) is longer than a year."), STR_ARG(name));
  icalproperty *p = icalcomponent_get_first_property(e, ICAL_RRULE_PROPERTY);
  if (!p) { add(s, first, after - 1, name); return E_OK; }
  struct icalrecurrencetype rule = icalproperty_get_rrule(p);
  if (rule.freq != ICAL_YEARLY_RECURRENCE) { s->out->often++; return E_OK; }
  return unroll(s, e, start, rule, after - first, name);
}

static Err read_event(Sift *s, Buf *text) {
  buf_add(text, S("END:VEVENT\r\n"));
  buf_char(text, 0);
  icalcomponent *e = icalparser_parse_string(text->p);
  if (!e) return fail_field(s->cx, "ics", N_("An event in this file cannot be read; export the calendar again."));
  Err err = icalcomponent_isa(e) == ICAL_VEVENT_COMPONENT ? event(s, e) : E_OK;
  icalcomponent_free(e);
  return err;
}

/* ── the file ────────────────────────────────────────────────────────── */

static int by_first(const void *a, const void *b) {
  const IcalSpan *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return x->last < y->last ? -1 : x->last > y->last;
}

/* depth: of components within the calendar; within: that of the event being gathered, 0 for none. */
static Err lines(Sift *s, Str rest) {
  int depth = 0, within = 0, events = 0;
  Buf text = { .arena = s->cx->arena };
  while (rest.n) {
    Str line = unfolded(s->cx->arena, &rest), name = line_name(line), value = str_trim(str_from(line, name.n + 1));
    if (line.n > CAP_ICAL_LINE) return fail_field(s->cx, "ics", N_("A line in this file is longer than any calendar needs."));
    if (str_ieq(name, S("BEGIN"))) {
      depth++;
      if (within || !str_ieq(value, S("VEVENT"))) continue;
      if (++events > CAP_ICAL_EVENTS) return fail_field(s->cx, "ics", N_("This file has more than %d events; holidays of ten years are fewer."), CAP_ICAL_EVENTS);
      within = depth;
      text.n = 0;
      buf_add(&text, S("BEGIN:VEVENT\r\n"));
    } else if (str_ieq(name, S("END"))) {
      if (within == depth && within) { within = 0; TRY(read_event(s, &text)); }
      depth--;
    } else if (within && within == depth && tells(name)) {
      buf_add(&text, line);
      buf_add(&text, S("\r\n"));
    }
  }
  return within ? fail_field(s->cx, "ics", N_("This file breaks off in the middle of an event; export the calendar again.")) : E_OK;
}

Err ical_days(Cx *cx, Str file, int64_t from, int64_t to, IcalDays *ret) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, never_abort);
  *ret = (IcalDays){ 0 };
  if (file.n > CAP_ICAL_BYTES) return fail_field(cx, "ics", N_("This file is larger than a megabyte; holidays of ten years are far smaller."));
  file = str_utf8_fix(cx->arena, file);
  if (str_starts(file, S("\xef\xbb\xbf"))) file = str_from(file, 3);
  if (!str_istarts(str_trim(file), S("BEGIN:VCALENDAR")))
    return fail_field(cx, "ics", N_("This is no calendar file: one begins with BEGIN:VCALENDAR, and its name often ends in .ics."));
  Sift s = { .cx = cx, .from = from, .to = to, .out = ret };
  TRY(lines(&s, str_trim(file)));
  if (s.spans.n > CAP_ICAL_DAYS) return fail_field(cx, "ics", N_("This file names more than %d days; choose a calendar of holidays only."), CAP_ICAL_DAYS);
  if (s.spans.n) qsort(s.spans.at, s.spans.n, sizeof *s.spans.at, by_first);
  ret->at = s.spans.at;
  ret->n = s.spans.n;
  return E_OK;
}
