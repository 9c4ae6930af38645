/* base/tzif.c: the 64-bit block of a TZif file, then the POSIX TZ string that speaks for the years after it. */
#include "base/tzif.h"
#include "base/clock.h"
#include "base/vec.h"

typedef VEC(int64_t) Numbers;
typedef struct { Arena *arena; Numbers at, east; } Changes;      /* east has one more than at */

/* A change to the same offset (only the name or the DST flag differs) is none. */
static void change(Changes *c, int64_t at, int64_t east) {
  if (c->at.n && at <= c->at.at[c->at.n - 1]) {
    if (at < c->at.at[c->at.n - 1]) return;
    c->at.n--;
    c->east.n--;
  }
  if (c->east.at[c->east.n - 1] == east) return;
  vec_add(c->arena, &c->at, at);
  vec_add(c->arena, &c->east, east);
}

/* ---- the block */

typedef struct { uint32_t isut, isstd, leap, times, types, chars; } Header;

static bool take(Str *in, size_t n, const unsigned char **ret) {
  if (in->n < n) return false;
  *ret = (const unsigned char *)in->p;
  *in = str_from(*in, n);
  return true;
}

static int64_t big_endian(const unsigned char *p, int bytes) {
  uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;
  for (int i = 0; i < bytes; i++) v = v << 8 | p[i];
  return (int64_t)v;
}

static bool header(Str *in, Header *ret) {
  const unsigned char *p;
  if (!take(in, 44, &p) || memcmp(p, "TZif", 4) != 0 || p[4] < '2') return false;
  uint32_t *fields[] = { &ret->isut, &ret->isstd, &ret->leap, &ret->times, &ret->types, &ret->chars };
  for (size_t i = 0; i < 6; i++) {
    int64_t v = big_endian(p + 20 + 4 * i, 4);
    if (v < 0 || v > 100000) return false;
    *fields[i] = (uint32_t)v;
  }
  return true;
}

static size_t block_size(Header h, size_t time) {
  return h.times * (time + 1) + h.types * 6 + h.chars + h.leap * (time + 4) + h.isstd + h.isut;
}

#define BIG_BANG (-100000000000LL)     /* seconds; some files begin with a change long before there were clocks */

static bool block(Str *in, Changes *c) {
  Header h;
  const unsigned char *times, *which, *types, *rest;
  if (!header(in, &h) || h.leap || h.types == 0) return false;
  if (!take(in, (size_t)h.times * 8, &times) || !take(in, h.times, &which) || !take(in, (size_t)h.types * 6, &types)) return false;
  if (!take(in, (size_t)h.chars + h.isstd + h.isut, &rest)) return false;
  vec_add(c->arena, &c->east, big_endian(types, 4) * SECOND);
  for (uint32_t i = 0; i < h.times; i++) {
    if (which[i] >= h.types) return false;
    int64_t at = big_endian(times + 8 * (size_t)i, 8), east = big_endian(types + 6 * (size_t)which[i], 4) * SECOND;
    if (at < BIG_BANG) c->east.at[0] = east;
    else if (at < -BIG_BANG) change(c, at * SECOND, east);
  }
  return true;
}

/* ---- the TZ string: std offset [dst [offset] , start [/time] , end [/time]] */

typedef struct { char kind; int month, week, day; int64_t time; } Rule;      /* kind: M, J or 0 as POSIX has them */

static bool one_of(Str *s, char c) {
  if (!s->n || s->p[0] != c) return false;
  *s = str_from(*s, 1);
  return true;
}

static bool number(Str *s, int most, int *ret) {
  int v = 0;
  size_t n = 0;
  for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++) if ((v = v * 10 + (s->p[n] - '0')) > most) return false;
  *s = str_from(*s, n);
  *ret = v;
  return n > 0;
}

static bool zone_name(Str *s) {
  size_t n = 0;
  if (s->n && s->p[0] == '<') {
    n = str_find(*s, S(">"));
    if (n == SIZE_MAX) return false;
    n++;
  } else while (n < s->n && ((s->p[n] | 32) >= 'a' && (s->p[n] | 32) <= 'z')) n++;
  *s = str_from(*s, n);
  return n >= 3;
}

/* [+-]hh[:mm[:ss]], in microseconds */
static bool hours(Str *s, int64_t *ret) {
  int h, m = 0, sec = 0;
  bool minus = one_of(s, '-');
  if (!minus) one_of(s, '+');
  if (!number(s, 167, &h)) return false;
  if (one_of(s, ':') && (!number(s, 59, &m) || (one_of(s, ':') && !number(s, 59, &sec)))) return false;
  *ret = (minus ? -1 : 1) * (h * HOUR + m * MINUTE + sec * SECOND);
  return true;
}

static bool rule(Str *s, Rule *ret) {
  *ret = (Rule){ .time = 2 * HOUR };
  if (!one_of(s, ',')) return false;
  if (one_of(s, 'M')) {
    ret->kind = 'M';
    if (!number(s, 12, &ret->month) || !one_of(s, '.') || !number(s, 5, &ret->week) || !one_of(s, '.') || !number(s, 6, &ret->day)) return false;
    if (ret->month < 1 || ret->week < 1) return false;
  } else {
    if (one_of(s, 'J')) ret->kind = 'J';
    if (!number(s, 365, &ret->day)) return false;
  }
  return one_of(s, '/') ? hours(s, &ret->time) : true;
}

/* The local time at which the rule strikes in that year. */
static int64_t strikes(Rule r, int year) {
  int64_t first = clock_days(year, 1, 1), day;
  bool leap = clock_days(year + 1, 1, 1) - first == 366;
  if (r.kind == 'M') {
    int64_t month = clock_days(year, r.month, 1), next = r.month == 12 ? clock_days(year + 1, 1, 1) : clock_days(year, r.month + 1, 1);
    int64_t weekday = ((month + 4) % 7 + 7) % 7;                 /* 1970-01-01 was a Thursday */
    day = month + (r.day - weekday + 7) % 7 + (r.week - 1) * 7;
    if (day >= next) day -= 7;
  } else if (r.kind == 'J') day = first + r.day - 1 + (leap && r.day >= 60);
  else day = first + r.day;
  return day * DAY + r.time;
}

static bool footer(Str s, Changes *c) {
  int64_t west, dst_west;
  Rule start, end;
  if (!s.n) return true;
  if (!zone_name(&s) || !hours(&s, &west)) return false;
  int64_t standard = -west, summer = standard + HOUR;
  if (!s.n) return true;                                        /* no changes any more */
  if (!zone_name(&s)) return false;
  if (s.n && s.p[0] != ',') {
    if (!hours(&s, &dst_west)) return false;
    summer = -dst_west;
  }
  if (!rule(&s, &start) || !rule(&s, &end) || s.n) return false;
  int year = 1900, month, day;
  if (c->at.n) clock_civil(c->at.at[c->at.n - 1] / DAY, &year, &month, &day);
  for (; year <= ZONE_LAST_YEAR; year++) {
    int64_t on = strikes(start, year) - standard, off = strikes(end, year) - summer;
    change(c, on < off ? on : off, on < off ? summer : standard);
    change(c, on < off ? off : on, on < off ? standard : summer);
  }
  return true;
}

bool tzif_parse(Arena *a, Str in, Zone *ret) {
  Changes c = { .arena = a };
  Header old;
  const unsigned char *skipped;
  if (!header(&in, &old) || !take(&in, block_size(old, 4), &skipped) || !block(&in, &c)) return false;
  if (!one_of(&in, '\n') || !footer(str_line(&in), &c)) return false;
  int64_t *wall = NEW_N(a, int64_t, c.at.n + 1), latest = INT64_MIN;
  for (size_t i = 0; i < c.at.n; i++) {
    int64_t before = c.east.at[i], after = c.east.at[i + 1], w = c.at.at[i] + (before > after ? before : after);
    wall[i] = latest = w > latest ? w : latest;
  }
  *ret = (Zone){ .n = c.at.n, .at = c.at.at, .wall = wall, .east = c.east.at };
  return true;
}
