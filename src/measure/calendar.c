/* measure/calendar.c: walks local dates, each with its openings as instants. Stretches of weeks in which nothing is
   special (no change of offset, no special date) are leapt over whole, so a due years ahead costs little more than one
   tomorrow. */
#include "measure/calendar.h"
#include "base/clock.h"
#include "measure/hours.h"

struct Calendar {
  const Zone *zone;
  Hours       hours;
  int64_t     week_work;         /* open time of a week in which nothing is special */
  int64_t     first_day, last_day;
};

typedef struct { int64_t from, to; } Span;

Err calendar_parse(Cx *cx, Str zone, Str hours, const Calendar **ret) {
  Calendar *c = NEW(cx->arena, Calendar);
  c->zone = zone_get(zone);
  if (!c->zone)
    return fail_field(cx, "zone", "there is no time zone \"" STR_FMT "\"; names are like Europe/Amsterdam or America/New_York.", STR_ARG(str_head(zone, 80)));
  TRY(hours_parse(cx, hours, &c->hours));
  for (int d = 0; d < 7; d++)
    for (size_t i = 0; i < c->hours.week[d].n; i++) c->week_work += c->hours.week[d].at[i].to - c->hours.week[d].at[i].from;
  c->first_day = clock_days(1900, 1, 1);
  c->last_day = clock_days(9999, 12, 31);
  *ret = c;
  return E_OK;
}

const Zone *calendar_zone(const Calendar *c) { return c->zone; }

/* ---- days */

static int64_t floor_days(int64_t t) { return t >= 0 ? t / DAY : -((DAY - 1 - t) / DAY); }
static int64_t start(const Calendar *c, int64_t day) { return zone_instant(c->zone, day * DAY); }

/* The date whose [start, next start) holds the instant: not always the one on the wall when clocks go back at midnight. */
static int64_t day_of(const Calendar *c, int64_t at) {
  int64_t day = floor_days(zone_local(c->zone, at));
  while (start(c, day) > at) day--;
  while (start(c, day + 1) <= at) day++;
  return day;
}

/* How many special dates come before that day. */
static size_t special_before(const Calendar *c, int64_t day) {
  size_t lo = 0, hi = c->hours.special_n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (c->hours.special[mid].day < day) lo = mid + 1; else hi = mid;
  }
  return lo;
}

static Openings openings(const Calendar *c, int64_t day) {
  const Hours *h = &c->hours;
  if (h->special_n && day >= h->special[0].day && day <= h->special[h->special_n - 1].day) {
    size_t i = special_before(c, day);
    if (h->special[i].day == day) return h->special[i].openings;
  }
  int64_t weekday = (day + 3) % 7;                     /* 1970-01-01 was a Thursday */
  return h->week[weekday < 0 ? weekday + 7 : weekday];
}

/* A date on which the offset changes: each end by the rule, cut to the date, in order, overlaps made one (a gap can
   push an opening into the next). */
static size_t changing_day(const Calendar *c, int64_t day, Openings o, Span *ret) {
  int64_t midnight = day * DAY, lo = start(c, day), hi = start(c, day + 1);
  size_t n = 0;
  for (size_t i = 0; i < o.n; i++) {
    int64_t from = zone_instant(c->zone, midnight + o.at[i].from);
    int64_t to = o.at[i].to == DAY ? hi : zone_instant(c->zone, midnight + o.at[i].to);
    if (from < lo) from = lo;
    if (to > hi) to = hi;
    if (from >= to) continue;
    size_t at = n++;
    for (; at > 0 && ret[at - 1].from > from; at--) ret[at] = ret[at - 1];
    ret[at] = (Span){ from, to };
  }
  size_t m = 0;
  for (size_t i = 0; i < n; i++) {
    if (m && ret[i].from <= ret[m - 1].to) {
      if (ret[i].to > ret[m - 1].to) ret[m - 1].to = ret[i].to;
    } else ret[m++] = ret[i];
  }
  return m;
}

static size_t spans(const Calendar *c, int64_t day, Span ret[OPENINGS_MOST]) {
  Openings o = openings(c, day);
  int64_t until, midnight = day * DAY, east = zone_steady(c->zone, midnight, &until);
  if (until <= midnight + DAY) return changing_day(c, day, o, ret);
  for (size_t i = 0; i < o.n; i++) ret[i] = (Span){ midnight + o.at[i].from - east, midnight + o.at[i].to - east };
  return o.n;
}

/* Whole weeks from that day on without a special date and without a change of offset. */
static int64_t plain_weeks(const Calendar *c, int64_t day) {
  int64_t until;
  zone_steady(c->zone, day * DAY, &until);
  int64_t last = floor_days(until - 1);
  size_t i = special_before(c, day);
  if (i < c->hours.special_n && c->hours.special[i].day < last) last = c->hours.special[i].day;
  return last > day ? (last - day) / 7 : 0;
}

/* ---- questions */

int64_t calendar_work(const Calendar *c, int64_t from, int64_t to) {
  if (to <= from) return 0;
  int64_t sum = 0, last = day_of(c, to);
  for (int64_t day = day_of(c, from); day <= last; day++) {
    Span s[OPENINGS_MOST];
    size_t n = spans(c, day, s);
    for (size_t i = 0; i < n; i++) {
      int64_t a = s[i].from > from ? s[i].from : from, b = s[i].to < to ? s[i].to : to;
      if (b > a) sum += b - a;
    }
    if (last - day <= 7) continue;
    int64_t weeks = plain_weeks(c, day + 1), room = (last - day - 1) / 7;
    if (weeks > room) weeks = room;
    sum += weeks * c->week_work;
    day += weeks * 7;
  }
  return sum;
}

/* From a day that is done with to the last day before the next that matters, taking off the work in between. */
static int64_t leap(const Calendar *c, int64_t day, int64_t *left) {
  if (!c->week_work) {                                   /* only special dates are open */
    size_t i = special_before(c, day + 1);
    return i < c->hours.special_n ? c->hours.special[i].day - 1 : c->last_day;
  }
  if (*left <= c->week_work) return day;
  int64_t weeks = plain_weeks(c, day + 1), need = (*left - 1) / c->week_work;
  if (weeks > need) weeks = need;
  *left -= weeks * c->week_work;
  return day + weeks * 7;
}

bool calendar_due(const Calendar *c, int64_t from, int64_t work, int64_t *ret) {
  if (work <= 0) { *ret = from; return true; }
  for (int64_t day = day_of(c, from), left = work; day <= c->last_day; day = leap(c, day, &left) + 1) {
    Span s[OPENINGS_MOST];
    size_t n = spans(c, day, s);
    for (size_t i = 0; i < n; i++) {
      int64_t a = s[i].from > from ? s[i].from : from;
      if (a >= s[i].to) continue;
      if (left <= s[i].to - a) { *ret = a + left; return true; }
      left -= s[i].to - a;
    }
  }
  return false;
}

bool calendar_before(const Calendar *c, int64_t due, int64_t work, int64_t *ret) {
  if (work <= 0) { *ret = due; return true; }
  int64_t first = c->week_work || !c->hours.special_n ? c->first_day : c->hours.special[0].day;
  for (int64_t day = day_of(c, due), left = work; day >= first; day--) {
    Span s[OPENINGS_MOST];
    for (size_t i = spans(c, day, s); i-- > 0;) {
      int64_t b = s[i].to < due ? s[i].to : due;
      if (b <= s[i].from) continue;
      if (left <= b - s[i].from) { *ret = b - left; return true; }
      left -= b - s[i].from;
    }
  }
  return false;
}

CalendarDay calendar_day(const Calendar *c, int64_t day) {
  Span s[OPENINGS_MOST];
  size_t n = spans(c, day, s), i = special_before(c, day);
  CalendarDay r = { .named = i < c->hours.special_n && c->hours.special[i].day == day };
  for (size_t k = 0; k < n; k++) r.open += s[k].to - s[k].from;
  return r;
}

int64_t calendar_today(const Calendar *c, int64_t at) { return day_of(c, at); }

bool calendar_open_at(const Calendar *c, int64_t at) { return calendar_work(c, at, at + 1) == 1; }

bool calendar_next_open(const Calendar *c, int64_t from, int64_t *ret) {
  int64_t first_done;
  if (!calendar_due(c, from, 1, &first_done)) return false;
  *ret = first_done - 1;
  return true;
}

/* One day's openings follow the last without a gap as long as each begins where that one ended. */
int64_t calendar_open_until(const Calendar *c, int64_t from, int64_t end) {
  int64_t at = from;
  for (int64_t day = day_of(c, from); at < end; day++) {
    Span s[OPENINGS_MOST];
    size_t n = spans(c, day, s);
    for (size_t i = 0; i < n && s[i].from <= at; i++)
      if (s[i].to > at) at = s[i].to;
    if (at < start(c, day + 1)) break;
  }
  return end <= from ? from : at < end ? at : end;
}
