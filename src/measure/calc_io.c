/* measure/calc_io.c: words in, JSON out. */
#include "measure/calc_io.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/vec.h"

#define NUMBERS_MOST 100000

Err calc_whole(Cx *cx, const char *what, Str s, int64_t *ret) {
  if (!str_int(s, ret) || *ret < 0 || *ret > 1000000000000)
    return fail(cx, E_INVALID, "%s must be a whole number from 0 on, not \"" STR_FMT "\".", what, STR_ARG(str_head(s, 60)));
  return E_OK;
}

Err calc_real(Cx *cx, const char *what, Str s, double *ret) {
  if (!str_double(s, ret) || !isfinite(*ret)) return fail(cx, E_INVALID, "%s must be a number, not \"" STR_FMT "\".", what, STR_ARG(str_head(s, 60)));
  return E_OK;
}

Err calc_share(Cx *cx, Str k, Str n, Tally *ret) {
  TRY(calc_whole(cx, "K", k, &ret->k));
  TRY(calc_whole(cx, "N", n, &ret->n));
  if (ret->n == 0) return fail(cx, E_INVALID, "N is 0: nobody was asked yet, so there is no share to show.");
  if (ret->k > ret->n) return fail(cx, E_INVALID, "K is %lld of only %lld: it must be at most N.", (long long)ret->k, (long long)ret->n);
  return E_OK;
}

Err calc_numbers(Cx *cx, Str list, Numbers *ret) {
  *ret = (Numbers){ 0 };
  for (Str rest = list, one; rest.n;) {
    double v;
    str_cut(rest, ',', &one, &rest);
    one = str_trim(one);
    if (!str_double(one, &v) || !isfinite(v))
      return fail(cx, E_INVALID, "\"" STR_FMT "\" is not a number; write a list like 12,14.5,11.", STR_ARG(str_head(one, 60)));
    if (ret->n == NUMBERS_MOST) return fail(cx, E_INVALID, "a list may have at most %d numbers.", NUMBERS_MOST);
    vec_add(cx->arena, ret, v);
  }
  if (!ret->n) return fail(cx, E_INVALID, "the list of numbers is empty.");
  return E_OK;
}

Err calc_numbers_n(Cx *cx, const char *what, Str list, size_t n, double *ret) {
  Numbers v;
  TRY(calc_numbers(cx, list, &v));
  if (v.n != n) return fail(cx, E_INVALID, "%s takes %zu numbers, not %zu.", what, n, v.n);
  memcpy(ret, v.at, n * sizeof *ret);
  return E_OK;
}

Err calc_instant(Cx *cx, const char *what, Str s, int64_t *ret) {
  if (!clock_parse(s, ret))
    return fail(cx, E_INVALID, "%s must be an instant with its zone, like 2024-03-29T16:00:00+01:00, not \"" STR_FMT "\".", what, STR_ARG(str_head(s, 60)));
  return E_OK;
}

Err calc_seconds(Cx *cx, const char *what, Str s, int64_t *ret) {
  double v;
  if (!str_double(s, &v) || !(v >= 0 && v <= 1e12))
    return fail(cx, E_INVALID, "%s must be a number from 0 on, not \"" STR_FMT "\".", what, STR_ARG(str_head(s, 60)));
  *ret = (int64_t)llround(v * SECOND);
  return E_OK;
}

/* ---- JSON */

void calc_name(Buf *b, const char *name) {
  char last = b->n ? b->p[b->n - 1] : '{';
  buf_fmt(b, "%s\"%s\":", last == '{' ? "" : ",", name);
}

void calc_number(Buf *b, double v) {
  char text[40] = "null";
  for (int digits = 15; isfinite(v) && digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, v == 0 ? 0.0 : v);
    if (strtod(text, NULL) == v) break;
  }
  for (char *p = text; *p; p++) if (*p == ',') *p = '.';           /* whatever the locale */
  buf_add(b, str_z(text));
}

void calc_put(Buf *b, const char *name, double v) {
  calc_name(b, name);
  calc_number(b, v);
}

void calc_put_text(Buf *b, const char *name, Str s) {
  calc_name(b, name);
  buf_fmt(b, "\"" STR_FMT "\"", STR_ARG(s));
}

void calc_put_bool(Buf *b, const char *name, bool v) {
  calc_name(b, name);
  buf_add(b, v ? S("true") : S("false"));
}

void calc_put_ci(Buf *b, Interval i) {
  calc_name(b, "ci");
  buf_char(b, '[');
  calc_number(b, i.lo);
  buf_char(b, ',');
  calc_number(b, i.hi);
  buf_char(b, ']');
}

void calc_put_tally(Buf *b, Tally t) {
  calc_put(b, "value", t.n ? (double)t.k / (double)t.n : NAN);
  calc_put_ci(b, proportion_wilson(t.k, t.n, Z95));
  calc_put(b, "k", (double)t.k);
  calc_put(b, "n", (double)t.n);
}

/* RFC 3339 with no more fraction than there is. */
void calc_put_moment(Buf *b, const char *name, int64_t at) {
  Str s = clock_rfc3339(b->arena, at);
  if (at % SECOND == 0) s = str_cat(b->arena, str_head(s, s.n - 8), S("Z"));
  calc_put_text(b, name, s);
}
