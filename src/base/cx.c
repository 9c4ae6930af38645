/* base/cx.c: failures, and the table of errors. */
#include "base/cx.h"
#include <stdarg.h>
#include <stdio.h>

static const struct { int http, code; Str title; } errs[ERR_COUNT] = {
#define X(name, http, code, title) [E_##name] = { http, code, { title, sizeof(title) - 1 } },
  ERRS(X)
#undef X
};
int err_http(Err e)  { return errs[e].http; }
int err_exit(Err e)  { return errs[e].code; }
Str err_title(Err e) { return errs[e].title; }

static Str words(Arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
static Str words(Arena *a, const char *fmt, va_list ap) {
  char tmp[1024];
  int n = vsnprintf(tmp, sizeof tmp, fmt, ap);
  size_t len = n < 0 ? 0 : (size_t)n < sizeof tmp ? (size_t)n : sizeof tmp - 1;
  return str_utf8_fix(a, str_dup(a, (Str){ tmp, len }));
}

Err fail(Cx *cx, Err e, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  cx->why = words(cx->arena, fmt, ap);
  va_end(ap);
  cx->field = S("");
  return e;
}

Err fail_field(Cx *cx, const char *field, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  cx->why = words(cx->arena, fmt, ap);
  va_end(ap);
  cx->field = str_dup(cx->arena, str_z(field));
  return E_INVALID;
}
