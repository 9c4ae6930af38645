/* desk/period.c: days are counted on the wall of the zone, and turned into instants at their midnights. */
#include "desk/period.h"
#include "base/clock.h"
#include "base/zone.h"

static const char *const units[] = { "day", "week", "month" };

bool period_unit_of(Str word, PeriodUnit *ret) {
  for (size_t i = 0; i < COUNT(units); i++) if (str_eq(word, str_z(units[i]))) { *ret = (PeriodUnit)i; return true; }
  return false;
}
Str period_unit_name(PeriodUnit u) { return str_z(units[u]); }

/* ── days on the wall ────────────────────────────────────────────────── */

static const Zone *zone_of(Str name) {
  const Zone *z = zone_get(name);
  return z ? z : zone_get(S("UTC"));
}

static int64_t day_of(Str zone, int64_t at) {
  int64_t local = zone_local(zone_of(zone), at);
  return (local - (local % DAY + DAY) % DAY) / DAY;
}

static int64_t midnight(Str zone, int64_t day) { return zone_instant(zone_of(zone), day * DAY); }

static int64_t month_on(int64_t day, int64_t by) {
  int y, m, d;
  clock_civil(day, &y, &m, &d);
  int64_t months = (int64_t)y * 12 + m - 1 + by;
  return clock_days((int)(months / 12), (int)(months % 12) + 1, 1);
}

static int64_t monday_of(int64_t day) { return day - ((day + 3) % 7 + 7) % 7; }      /* 1970-01-01 was a Thursday */

int64_t period_begin(Str zone, PeriodUnit u, int64_t at) {
  int64_t day = day_of(zone, at);
  return midnight(zone, u == UNIT_DAY ? day : u == UNIT_WEEK ? monday_of(day) : month_on(day, 0));
}

int64_t period_move(Str zone, PeriodUnit u, int64_t begin, int64_t by) {
  int64_t day = day_of(zone, begin);
  return midnight(zone, u == UNIT_MONTH ? month_on(day, by) : day + by * (u == UNIT_WEEK ? 7 : 1));
}

int64_t period_wall(Str zone, int64_t at, int64_t time) { return zone_instant(zone_of(zone), day_of(zone, at) * DAY + time); }

/* ── what people say ─────────────────────────────────────────────────── */

static bool digits(Str s, int least, int most, int *ret) {
  int64_t n;
  if (!str_int(s, &n) || n < least || n > most || s.p[0] == '-' || s.p[0] == '+') return false;
  *ret = (int)n;
  return true;
}

/* "2026", "2026-Q4", "2026-01" */
static bool named(Str zone, Str word, Period *ret) {
  Str head, tail;
  int year, part = 1, months = 12;
  bool parts = str_cut(word, '-', &head, &tail);
  if (head.n != 4 || !digits(head, 1970, 2199, &year)) return false;
  if (parts) {
    bool quarter = tail.n == 2 && tail.p[0] == 'Q';
    if (tail.n != 2 || !digits(quarter ? str_from(tail, 1) : tail, 1, quarter ? 4 : 12, &part)) return false;
    months = quarter ? 3 : 1;
    part = quarter ? 3 * part - 2 : part;
  }
  int64_t first = clock_days(year, part, 1);
  *ret = (Period){ midnight(zone, first), midnight(zone, month_on(first, months)) };
  return true;
}

static bool lately(const Cx *cx, Str word, Period *ret) {
  static const struct { const char *word; int days; } known[] = { { "7d", 7 }, { "30d", 30 }, { "90d", 90 }, { "1y", 365 } };
  for (size_t i = 0; i < COUNT(known); i++) {
    if (!str_eq(word, str_z(known[i].word))) continue;
    *ret = (Period){ midnight(cx->zone, day_of(cx->zone, cx->now) - known[i].days + 1), cx->now };
    return true;
  }
  return false;
}

/* An instant, or a day of the zone: its beginning, or, after is true, where it ends. */
static bool instant(Str zone, Str word, bool after, int64_t *ret) {
  int y, m, d;
  if (clock_parse(word, ret)) return true;
  if (word.n != 10 || word.p[4] != '-' || word.p[7] != '-') return false;
  if (!digits(str_head(word, 4), 1970, 2199, &y) || !digits((Str){ word.p + 5, 2 }, 1, 12, &m) || !digits(str_from(word, 8), 1, 31, &d)) return false;
  int64_t day = clock_days(y, m, d);
  if (day >= month_on(day, 0) + 31 || month_on(day, 0) != clock_days(y, m, 1)) return false;      /* 31 April */
  *ret = midnight(zone, day + after);
  return true;
}

#define A_DAY "Write a day such as 2026-01-31, or an instant such as 2026-01-31T08:00:00Z."

Err period_read(Cx *cx, Str period, Str from, Str to, Period *ret) {
  if (!from.n && !to.n) {
    if (lately(cx, period.n ? period : S("30d"), ret) || named(cx->zone, period, ret)) return E_OK;
    return fail_field(cx, "period", N_("A period is 7d, 30d, 90d, 1y, a month such as 2026-01, a quarter such as 2026-Q1 or a year such as 2026."));
  }
  *ret = (Period){ 0, cx->now };
  if (!from.n) return fail_field(cx, "from", N_("Say from when, too."));
  if (!instant(cx->zone, from, false, &ret->from)) return fail_field(cx, "from", N_(A_DAY));
  if (to.n && !instant(cx->zone, to, true, &ret->to)) return fail_field(cx, "to", N_(A_DAY));
  return ret->to > ret->from ? E_OK : fail_field(cx, "to", N_("This ends before it begins."));
}

/* ── pieces ──────────────────────────────────────────────────────────── */

Err period_edges(Cx *cx, PeriodUnit u, Period p, int64_t **ret, size_t *ret_n) {
  int64_t *edges = NEW_N(cx->arena, int64_t, PERIOD_PIECES + 2);
  size_t n = 0;
  for (int64_t at = p.from, begin = period_begin(cx->zone, u, p.from); at < p.to; n++) {
    if (n > PERIOD_PIECES) return fail_field(cx, "points", N_("That would be more than 400 points. Take longer pieces, or a shorter period."));
    edges[n] = at;
    begin = period_move(cx->zone, u, begin, 1);
    at = begin;
  }
  if (n > PERIOD_PIECES) return fail_field(cx, "points", N_("That would be more than 400 points. Take longer pieces, or a shorter period."));
  edges[n] = p.to;
  *ret = edges;
  *ret_n = n;
  return E_OK;
}

int64_t *period_until(Cx *cx, PeriodUnit u, int64_t at, size_t n) {
  int64_t *edges = NEW_N(cx->arena, int64_t, n + 1);
  int64_t end = period_begin(cx->zone, u, at);
  for (size_t i = 0; i <= n; i++) edges[i] = period_move(cx->zone, u, end, (int64_t)i - (int64_t)n);
  return edges;
}

int64_t *period_last(Cx *cx, PeriodUnit u, size_t n) { return period_until(cx, u, cx->now, n); }
