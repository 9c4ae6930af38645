/* base/clock.c: civil dates after Howard Hinnant, "chrono-compatible low-level date algorithms". */
#include "base/clock.h"
#include <time.h>

static int64_t read_clock(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000;
}
int64_t clock_now(void)    { return read_clock(CLOCK_REALTIME); }
int64_t clock_steady(void) { return read_clock(CLOCK_MONOTONIC); }

int64_t clock_days(int year, int month, int day) {
  int64_t y = year - (month <= 2);
  int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void clock_civil(int64_t z, int *year, int *month, int *day) {
  z += 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  *day = (int)(doy - (153 * mp + 2) / 5 + 1);
  *month = (int)(mp < 10 ? mp + 3 : mp - 9);
  *year = (int)(yoe + era * 400 + (*month <= 2));
}

static void figures(char *p, int n, int64_t v, char after) {
  p[n] = after;
  for (; n-- > 0; v /= 10) p[n] = (char)('0' + v % 10);
}

Str clock_rfc3339(Arena *a, int64_t at) {
  int64_t days = at / DAY, rest = at % DAY;
  if (rest < 0) { rest += DAY; days--; }
  int y, m, d;
  clock_civil(days, &y, &m, &d);
  int64_t s = rest / SECOND;
  if (y >= 0 && y <= 9999) {                   /* a page has dozens: printf would be a twentieth of its time */
    char *p = NEW_N(a, char, 28);
    figures(p, 4, y, '-');
    figures(p + 5, 2, m, '-');
    figures(p + 8, 2, d, 'T');
    figures(p + 11, 2, s / 3600, ':');
    figures(p + 14, 2, s / 60 % 60, ':');
    figures(p + 17, 2, s % 60, '.');
    figures(p + 20, 6, rest % SECOND, 'Z');
    return (Str){ p, 27 };
  }
  return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", y, m, d,
                 (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60), (int)(rest % SECOND));
}

static bool digits(Str *s, int n, int *ret) {
  if (s->n < (size_t)n) return false;
  int v = 0;
  for (int i = 0; i < n; i++) {
    if (s->p[i] < '0' || s->p[i] > '9') return false;
    v = v * 10 + (s->p[i] - '0');
  }
  *s = str_from(*s, (size_t)n);
  *ret = v;
  return true;
}
static bool mark(Str *s, const char *any) {
  if (!s->n || !strchr(any, s->p[0])) return false;
  *s = str_from(*s, 1);
  return true;
}

static bool fraction(Str *s, int64_t *micro) {
  int64_t unit = 100000, v = 0;
  if (!s->n || s->p[0] < '0' || s->p[0] > '9') return false;
  for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; *s = str_from(*s, 1), unit /= 10) v += unit * (s->p[0] - '0');
  *micro = v;
  return true;
}

static bool offset(Str *s, int64_t *seconds) {
  int h, m;
  if (mark(s, "Zz")) { *seconds = 0; return true; }
  if (!s->n) return false;
  int sign = s->p[0] == '-' ? -1 : 1;
  if (!mark(s, "+-") || !digits(s, 2, &h)) return false;
  mark(s, ":");
  if (!digits(s, 2, &m) || h > 23 || m > 59) return false;
  *seconds = sign * (h * 3600 + m * 60);
  return true;
}

bool clock_parse(Str s, int64_t *ret) {
  int y, mo, d, h, mi, se = 0;
  int64_t micro = 0, off;
  if (!digits(&s, 4, &y) || !mark(&s, "-") || !digits(&s, 2, &mo) || !mark(&s, "-") || !digits(&s, 2, &d)) return false;
  if (!mark(&s, "Tt ") || !digits(&s, 2, &h) || !mark(&s, ":") || !digits(&s, 2, &mi)) return false;
  if (mark(&s, ":") && !digits(&s, 2, &se)) return false;
  if (mark(&s, ".") && !fraction(&s, &micro)) return false;
  if (!offset(&s, &off) || s.n) return false;
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || se > 59) return false;
  int64_t days = clock_days(y, mo, d);
  int y2, m2, d2;
  clock_civil(days, &y2, &m2, &d2);
  if (d2 != d || m2 != mo) return false;
  *ret = days * DAY + (h * 3600 + mi * 60 + se - off) * SECOND + micro;
  return true;
}
