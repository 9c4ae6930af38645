/* text/json_out.c: the writing half of json.h. No tree: values go straight into the Buf. */
#include "text/json.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void before(JsonOut *w) {
  if (w->comma) buf_char(w->to, ',');
  w->comma = true;
}

static void open_with(JsonOut *w, char c, bool object) {
  before(w);
  assert(w->depth < 64);
  uint64_t bit = UINT64_C(1) << w->depth++;
  w->objects = object ? w->objects | bit : w->objects & ~bit;
  buf_char(w->to, c);
  w->comma = false;
}

void json_obj(JsonOut *w) { open_with(w, '{', true); }
void json_arr(JsonOut *w) { open_with(w, '[', false); }

void json_end(JsonOut *w) {
  assert(w->depth > 0);
  buf_char(w->to, w->objects >> --w->depth & 1 ? '}' : ']');
  w->comma = true;
}

/* The two or six characters a byte needs inside quotes; 0: stands for itself. */
static size_t escape(const JsonOut *w, char c, char ret[7]) {
  const char *two = NULL;
  switch (c) {
    case '"':  two = "\\\""; break;
    case '\\': two = "\\\\"; break;
    case '\n': two = "\\n"; break;
    case '\r': two = "\\r"; break;
    case '\t': two = "\\t"; break;
    default: break;
  }
  if (two) { memcpy(ret, two, 3); return 2; }
  bool markup = w->in_html && (c == '<' || c == '>' || c == '&');
  if (!markup && (unsigned char)c >= 0x20 && c != 0x7f) return 0;
  return (size_t)snprintf(ret, 7, "\\u%04x", (unsigned)(unsigned char)c);
}

static void quoted(JsonOut *w, Str s) {
  s = str_utf8_fix(w->to->arena, s);
  buf_char(w->to, '"');
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    char out[7];
    size_t n = escape(w, s.p[i], out);
    if (!n) continue;
    buf_add(w->to, (Str){ s.p + from, i - from });
    buf_add(w->to, (Str){ out, n });
    from = i + 1;
  }
  buf_add(w->to, str_from(s, from));
  buf_char(w->to, '"');
}

void json_name(JsonOut *w, const char *name) {
  before(w);
  quoted(w, str_z(name));
  buf_char(w->to, ':');
  w->comma = false;
}

void json_put_str(JsonOut *w, Str s) { before(w); quoted(w, s); }
void json_put_int(JsonOut *w, int64_t v) { before(w); buf_int(w->to, v); }
void json_put_bool(JsonOut *w, bool v) { before(w); buf_add(w->to, v ? S("true") : S("false")); }
void json_put_null(JsonOut *w) { before(w); buf_add(w->to, S("null")); }

void json_put_z(JsonOut *w, const char *z) {
  if (z) json_put_str(w, str_z(z));
  else json_put_null(w);
}

void json_put_double(JsonOut *w, double v) {
  char text[32];
  if (!isfinite(v)) { json_put_null(w); return; }
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, v);
    if (strtod(text, NULL) == v) break;
  }
  for (char *p = text; *p; p++) if (*p == ',') *p = '.';       /* a locale must not reach the wire */
  before(w);
  buf_add(w->to, str_z(text));
}

void json_put_time(JsonOut *w, int64_t at) {
  if (at) json_put_str(w, clock_rfc3339(w->to->arena, at));
  else json_put_null(w);
}

void json_put_raw(JsonOut *w, Str json) {
  before(w);
  buf_add(w->to, json.n ? json : S("null"));
}
