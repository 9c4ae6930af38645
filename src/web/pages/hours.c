/* web/pages/hours.c: see hours.h. */
#include "web/pages/hours.h"
#include "text/num.h"
#include "base/zone.h"
#include "web/words.h"

static const char *const short_names[7] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
static const char *const long_names[7] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };

Str hours_date(Reader r, int64_t day) {
  const Zone *z = zone_get(r.zone);
  return when_day(r, z ? zone_instant(z, day * DAY + 12 * HOUR) : day * DAY + 12 * HOUR);
}

Str hours_day(const Lang *l, int weekday) { return tr(l, long_names[weekday]); }

/* ── reading rules ───────────────────────────────────────────────────── */

static int weekday_of(Str s) {
  for (int i = 0; i < 7; i++) if (str_ieq(s, str_z(short_names[i]))) return i;
  return -1;
}

/* "mon,wed,sat-sun" as bits; 0: no days. */
static unsigned days_of(Str spec) {
  unsigned set = 0;
  Str one, from, to;
  if (str_ieq(spec, S("daily"))) return 127;
  while (spec.n) {
    str_cut(spec, ',', &one, &spec);
    bool span = str_cut(one, '-', &from, &to);
    int a = weekday_of(str_trim(from)), b = span ? weekday_of(str_trim(to)) : a;
    if (a < 0 || b < 0) return 0;
    for (int d = a;; d = (d + 1) % 7) { set |= 1u << d; if (d == b) break; }
  }
  return set;
}

static void join(Arena *a, Str *to, Str more, const char *between) {
  *to = to->n ? str_cat(a, *to, str_z(between), more) : more;
}

static void read_part(Arena *a, Str part, Hours *h) {
  Str first, rest;
  if (str_ieq(part, S("24x7"))) { for (int d = 0; d < 7; d++) join(a, &h->day[d], S("00:00-24:00"), ", "); return; }
  str_cut(part, ' ', &first, &rest);
  rest = str_trim(rest);
  if (str_ieq(first, S("open"))) { join(a, &h->other, rest, "\n"); return; }
  if (str_ieq(first, S("closed"))) {
    Typed dates = typed_list(a, rest, ",");
    for (size_t i = 0; i < dates.n; i++) join(a, &h->closed, dates.at[i], "\n");
    return;
  }
  unsigned set = days_of(first);
  Typed spans = typed_list(a, rest, ",");
  for (int d = 0; d < 7; d++)
    for (size_t i = 0; i < spans.n; i++) if (set >> d & 1) join(a, &h->day[d], spans.at[i], ", ");
}

Hours hours_read(Arena *a, Str rules) {
  Hours h = { .closed = S(""), .other = S("") };
  for (int d = 0; d < 7; d++) h.day[d] = h.fault[d] = S("");
  Typed parts = typed_list(a, rules, ";\n\r");
  for (size_t i = 0; i < parts.n; i++) read_part(a, parts.at[i], &h);
  return h;
}

/* ── writing rules ───────────────────────────────────────────────────── */

static Str without_blanks(Arena *a, Str s) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < s.n; i++) if (s.p[i] != ' ') buf_char(&b, s.p[i]);
  return buf_str(&b);
}

static void part(Buf *b, Str head, Str rest) {
  if (b->n) buf_add(b, S("; "));
  buf_add(b, head);
  buf_char(b, ' ');
  buf_add(b, rest);
}

Str hours_rules(Arena *a, const Hours *h) {
  Buf b = { .arena = a };
  for (int d = 0; d < 7;) {
    int last = d;
    Str hours = without_blanks(a, h->day[d]);
    while (last + 1 < 7 && str_eq(without_blanks(a, h->day[last + 1]), hours)) last++;
    Str days = d == last ? str_z(short_names[d]) : str_fmt(a, "%s-%s", short_names[d], short_names[last]);
    if (hours.n) part(&b, days, hours);
    d = last + 1;
  }
  Typed closed = typed_list(a, h->closed, ",;\n\r"), other = typed_list(a, h->other, ";\n\r");
  for (size_t i = 0; i < closed.n; i++) part(&b, S("closed"), closed.at[i]);
  for (size_t i = 0; i < other.n; i++) part(&b, S("open"), other.at[i]);
  return buf_str(&b);
}

/* ── what was typed ──────────────────────────────────────────────────── */

static int minute_of(Str s) {
  Str h, m;
  int64_t hours, minutes = 0;
  bool colon = str_cut(str_trim(s), ':', &h, &m);
  if (!str_int(h, &hours) || (colon && (m.n != 2 || !str_int(m, &minutes))) || hours < 0 || hours > 24 || minutes < 0 || minutes > 59) return -1;
  return hours == 24 && minutes ? -1 : (int)(hours * 60 + minutes);
}

/* "8:30-17" → "08:30-17:00". */
static bool span_typed(Arena *a, Str s, Str *ret) {
  Str from, to;
  size_t dash = str_find(s, S("–"));
  if (dash != SIZE_MAX) { from = str_head(s, dash); to = str_from(s, dash + 3); }
  else if (!str_cut(s, '-', &from, &to)) return false;
  int f = minute_of(from), t = minute_of(to);
  if (f < 0 || t < 0 || f == t) return false;
  *ret = str_fmt(a, "%02d:%02d-%02d:%02d", f / 60, f % 60, t / 60, t % 60);
  return true;
}

static bool day_typed(Cx *cx, Str typed, Str *ret) {
  Typed spans = typed_list(cx->arena, typed, ",;");
  *ret = S("");
  for (size_t i = 0; i < spans.n; i++) {
    Str one;
    if (!span_typed(cx->arena, spans.at[i], &one)) { *ret = typed; return false; }
    join(cx->arena, ret, one, ", ");
  }
  return true;
}

bool hours_typed(Cx *cx, const Req *q, Hours *ret) {
  bool well = true;
  *ret = (Hours){ .closed = req_form(q, "closed"), .other = req_form(q, "other") };
  for (int d = 0; d < 7; d++) {
    bool fine = day_typed(cx, str_trim(req_form(q, short_names[d])), &ret->day[d]);
    ret->fault[d] = fine ? S("") : tr(cx->lang, "Write hours like 08:30-17:30, or nothing for a closed day.");
    well &= fine;
  }
  return well;
}

/* ── in a picture ────────────────────────────────────────────────────── */

static void span_add(HoursSpan *list, size_t *n, int64_t day, int64_t from, int64_t to) {
  if (*n < HOURS_SPANS && from < to) list[(*n)++] = (HoursSpan){ day, from, to };
}

size_t hours_spans(Arena *a, const Hours *h, HoursSpan ret[HOURS_SPANS]) {
  size_t n = 0;
  for (int d = 0; d < 7; d++) {
    Typed spans = typed_list(a, h->day[d], ",;");
    for (size_t i = 0; i < spans.n; i++) {
      Str from, to;
      if (!str_cut(spans.at[i], '-', &from, &to)) continue;
      int f = minute_of(from), t = minute_of(to);
      if (f < 0 || t < 0) continue;
      span_add(ret, &n, d, f, t > f ? t : 1440);
      if (t < f) span_add(ret, &n, (d + 1) % 7, 0, t);
    }
  }
  return n;
}

/* ── in a sentence ───────────────────────────────────────────────────── */

Str hours_words(const View *v, Str rules) {
  Hours h = hours_read(v->arena, rules);
  VEC(Str) parts = { 0 };
  for (int d = 0; d < 7;) {
    int last = d;
    while (last + 1 < 7 && str_eq(h.day[last + 1], h.day[d])) last++;
    Str a = hours_day(v->lang, d), b = hours_day(v->lang, last);
    Str days = d == 0 && last == 6 ? tr(v->lang, "every day") : d == last ? a : tr_f(v->arena, v->lang, "%1$s to %2$s", a, b);
    bool always = str_eq(h.day[d], S("00:00-24:00"));
    if (always && d == 0 && last == 6) return tr(v->lang, "day and night");
    if (h.day[d].n) vec_add(v->arena, &parts, str_cat(v->arena, days, S(" "), always ? tr(v->lang, "day and night") : h.day[d]));
    d = last + 1;
  }
  return parts.n ? list_and(v->arena, v->lang, parts.at, parts.n) : tr(v->lang, "never");
}
