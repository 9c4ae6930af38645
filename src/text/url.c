/* text/url.c: see url.h. */
#include "text/url.h"
#include "base/vec.h"
#include "text/caps.h"

static bool alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool digit(char c) { return c >= '0' && c <= '9'; }
static int  hex(char c)   { return digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

static bool host_ok(Str h) {
  if (!h.n || h.n > 253) return false;
  for (size_t i = 0; i < h.n; i++) {
    char c = h.p[i];
    if (!alpha(c) && !digit(c) && c != '-' && c != '.' && c != '_' && (unsigned char)c < 0x80) return false;
  }
  return h.p[0] != '.' && h.p[0] != '-';
}

static bool host_six_ok(Str h) {
  for (size_t i = 0; i < h.n; i++) if (hex(h.p[i]) < 0 && h.p[i] != ':' && h.p[i] != '.') return false;
  return h.n >= 2;
}

static bool port_of(Str s, int *ret) {
  int64_t v;
  if (!str_int(s, &v) || v < 1 || v > 65535) return false;
  *ret = (int)v;
  return true;
}

static bool authority(Str s, Url *ret) {
  Str user, host, port;
  if (str_cut_last(s, '@', &user, &host)) ret->user = user;
  else host = s;
  bool six = host.n && host.p[0] == '[';
  if (six) {
    Str inner;
    if (!str_cut(str_from(host, 1), ']', &inner, &port) || !host_six_ok(inner) || (port.n && port.p[0] != ':')) return false;
    ret->host = inner;
    return port.n < 2 || port_of(str_from(port, 1), &ret->port);
  }
  if (str_cut(host, ':', &ret->host, &port) && port.n && !port_of(port, &ret->port)) return false;
  return host_ok(ret->host);
}

bool url_parse(Str s, Url *ret) {
  Url u = { 0 };
  Str rest;
  if (s.n > CAP_URL_BYTES || !str_utf8_ok(s)) return false;
  for (size_t i = 0; i < s.n; i++) if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f || s.p[i] == '\\') return false;
  if (!str_cut(s, ':', &u.scheme, &rest) || !str_starts(rest, S("//"))) return false;
  if (!str_ieq(u.scheme, S("http")) && !str_ieq(u.scheme, S("https"))) return false;
  rest = str_from(rest, 2);
  str_cut(rest, '#', &rest, &u.fragment);
  str_cut(rest, '?', &rest, &u.query);
  size_t slash = str_find(rest, S("/"));
  if (slash != SIZE_MAX) { u.path = str_from(rest, slash); rest = str_head(rest, slash); }
  if (!authority(rest, &u)) return false;
  *ret = u;
  return true;
}

static void encode_byte(Buf *b, unsigned char c) {
  buf_char(b, '%');
  buf_char(b, "0123456789ABCDEF"[c >> 4]);
  buf_char(b, "0123456789ABCDEF"[c & 15]);
}

/* As a browser would read it: ends trimmed, tab and line ends gone; then what does not belong is encoded. */
static Str as_read(Arena *a, Str s) {
  while (s.n && (unsigned char)s.p[0] <= 0x20) s = str_from(s, 1);
  while (s.n && (unsigned char)s.p[s.n - 1] <= 0x20) s.n--;
  Buf b = { .arena = a };
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (c <= 0x20 || c == 0x7f || strchr("\"<>`{}|^\\", c)) encode_byte(&b, c);
    else buf_char(&b, (char)c);
  }
  return buf_str(&b);
}

static bool tel_ok(Str s) {
  for (size_t i = 0; i < s.n; i++) if (!digit(s.p[i]) && !strchr("+-.()*#;=%", s.p[i]) && !alpha(s.p[i])) return false;
  return s.n > 0 && s.n < 64;
}

Str url_safe(Arena *a, Str s) {
  Url u;
  Str to, rest;
  if (s.n > CAP_URL_BYTES) return S("");
  s = as_read(a, str_utf8_fix(a, s));
  if (s.n > CAP_URL_BYTES) return S("");
  if (str_istarts(s, S("http"))) return url_parse(s, &u) ? s : S("");
  if (str_istarts(s, S("tel:"))) return tel_ok(str_from(s, 4)) ? s : S("");
  if (!str_istarts(s, S("mailto:"))) return S("");
  str_cut(str_from(s, 7), '?', &to, &rest);
  return to.n || rest.n ? s : S("");
}

void url_encode(Buf *b, Str s) {
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if (alpha(c) || digit(c) || c == '-' || c == '.' || c == '_' || c == '~') buf_char(b, c);
    else encode_byte(b, (unsigned char)c);
  }
}

static Str decode(Arena *a, Str s, bool form) {
  Buf b = { .arena = a };
  buf_space(&b, s.n);
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    int hi = c == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1, lo = hi >= 0 ? hex(s.p[i + 2]) : -1;
    if (lo >= 0) { c = (char)(hi << 4 | lo); i += 2; }
    else if (form && c == '+') c = ' ';
    if (form && c == '\n' && b.n && b.p[b.n - 1] == '\r') b.n--;
    buf_char(&b, c);
  }
  return str_utf8_fix(a, buf_str(&b));
}

Str url_decode(Arena *a, Str s) { return decode(a, s, false); }

Err form_parse(Cx *cx, Str encoded, Form *ret) {
  VEC(FormField) all = { 0 };
  while (encoded.n) {
    Str pair, name, value;
    str_cut(encoded, '&', &pair, &encoded);
    if (!pair.n) continue;
    if (all.n == CAP_FORM_FIELDS) return fail(cx, E_TOO_LARGE, "the form has more than %d fields", CAP_FORM_FIELDS);
    str_cut(pair, '=', &name, &value);
    vec_add(cx->arena, &all, (FormField){ decode(cx->arena, name, true), decode(cx->arena, value, true) });
  }
  *ret = (Form){ all.at, all.n };
  return E_OK;
}

Str form_get(const Form *f, Str name) {
  for (size_t i = 0; i < f->n; i++) if (str_eq(f->at[i].name, name)) return f->at[i].value;
  return S("");
}

bool form_has(const Form *f, Str name) {
  for (size_t i = 0; i < f->n; i++) if (str_eq(f->at[i].name, name)) return true;
  return false;
}

void form_put(Buf *b, Str name, Str value) {
  if (b->n && b->p[b->n - 1] != '?' && b->p[b->n - 1] != '&') buf_char(b, '&');
  url_encode(b, name);
  buf_char(b, '=');
  url_encode(b, value);
}
