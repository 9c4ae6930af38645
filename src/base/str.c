/* base/str.c: see str.h. Nothing here allocates but what takes an Arena. */
#include "base/str.h"
#include <stdarg.h>
#include <stdio.h>
#include "base/buf.h"

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool str_ieq(Str a, Str b) {
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++) if (lower(a.p[i]) != lower(b.p[i])) return false;
  return true;
}

int str_cmp(Str a, Str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int c = n ? memcmp(a.p, b.p, n) : 0;
  return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(Str s, Str head)  { return s.n >= head.n && str_eq(str_head(s, head.n), head); }
bool str_istarts(Str s, Str head) { return s.n >= head.n && str_ieq(str_head(s, head.n), head); }
bool str_ends(Str s, Str tail)    { return s.n >= tail.n && str_eq(str_from(s, s.n - tail.n), tail); }

size_t str_find(Str s, Str part) {
  if (part.n == 0) return 0;
  const char *at = s.n ? memmem(s.p, s.n, part.p, part.n) : NULL;
  return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_ifind(Str s, Str part) {
  if (part.n == 0) return 0;
  char first = lower(part.p[0]);
  for (size_t i = 0; i + part.n <= s.n; i++)
    if (lower(s.p[i]) == first && str_ieq((Str){ s.p + i, part.n }, part)) return i;
  return SIZE_MAX;
}

bool str_cut(Str s, char sep, Str *head, Str *tail) {
  const char *at = s.n ? memchr(s.p, sep, s.n) : NULL;
  size_t i = at ? (size_t)(at - s.p) : s.n;
  *head = (Str){ s.p, i };
  *tail = at ? (Str){ at + 1, s.n - i - 1 } : (Str){ s.p + s.n, 0 };
  return at != NULL;
}

bool str_cut_last(Str s, char sep, Str *head, Str *tail) {
  const char *at = s.n ? memrchr(s.p, sep, s.n) : NULL;
  size_t i = at ? (size_t)(at - s.p) : s.n;
  *head = (Str){ s.p, i };
  *tail = at ? (Str){ at + 1, s.n - i - 1 } : (Str){ s.p + s.n, 0 };
  return at != NULL;
}

Str str_trim(Str s) {
  while (s.n && space(s.p[0])) { s.p++; s.n--; }
  while (s.n && space(s.p[s.n - 1])) s.n--;
  return s;
}

Str str_line(Str *rest) {
  Str line;
  str_cut(*rest, '\n', &line, rest);
  if (line.n && line.p[line.n - 1] == '\r') line.n--;
  return line;
}

Str str_dup(Arena *a, Str s) {
  char *p = NEW_N(a, char, s.n + 1);
  if (s.n) memcpy(p, s.p, s.n);
  return (Str){ p, s.n };
}

char *str_cstr(Arena *a, Str s) {
  char *p = NEW_N(a, char, s.n + 1);
  if (s.n) memcpy(p, s.p, s.n);
  return p;
}

Str str_lower(Arena *a, Str s) {
  char *p = NEW_N(a, char, s.n + 1);
  for (size_t i = 0; i < s.n; i++) p[i] = lower(s.p[i]);
  return (Str){ p, s.n };
}

Str str_cat_(Arena *a, const Str *parts, size_t n) {
  size_t all = 0;
  for (size_t i = 0; i < n; i++) all += parts[i].n;
  char *p = NEW_N(a, char, all + 1), *at = p;
  for (size_t i = 0; i < n; i++) {
    if (parts[i].n) memcpy(at, parts[i].p, parts[i].n);
    at += parts[i].n;
  }
  return (Str){ p, all };
}

Str str_fmt(Arena *a, const char *fmt, ...) {
  va_list ap, again;
  va_start(ap, fmt);
  va_copy(again, ap);
  int n = vsnprintf(NULL, 0, fmt, ap);
  va_end(ap);
  char *p = NEW_N(a, char, (size_t)(n < 0 ? 0 : n) + 1);
  if (n > 0) vsnprintf(p, (size_t)n + 1, fmt, again);
  va_end(again);
  return (Str){ p, (size_t)(n < 0 ? 0 : n) };
}

bool str_int(Str s, int64_t *ret) {
  bool minus = s.n && s.p[0] == '-';
  size_t i = minus;
  if (i == s.n) return false;
  int64_t v = 0;
  for (; i < s.n; i++) {
    int digit = s.p[i] - '0';
    if (digit < 0 || digit > 9) return false;
    if (__builtin_mul_overflow(v, 10, &v)) return false;
    if (minus ? __builtin_sub_overflow(v, digit, &v) : __builtin_add_overflow(v, digit, &v)) return false;
  }
  *ret = v;
  return true;
}

bool str_double(Str s, double *ret) {
  bool minus = s.n && s.p[0] == '-';
  double whole = 0, part = 0, scale = 1;
  bool dot = false, any = false;
  if (s.n > 40) return false;
  for (size_t i = minus; i < s.n; i++) {
    char c = s.p[i];
    if (c == '.' && !dot) { dot = true; continue; }
    if (c < '0' || c > '9') return false;
    any = true;
    if (dot) { part = part * 10 + (c - '0'); scale *= 10; }
    else whole = whole * 10 + (c - '0');
  }
  if (!any) return false;
  *ret = minus ? -(whole + part / scale) : whole + part / scale;
  return true;
}

/* Length of one well-formed UTF-8 sequence at s (Unicode 15, table 3-7), 0 if there is none. */
static size_t utf8_one(Str s) {
  const unsigned char *p = (const unsigned char *)s.p;
  if (p[0] == 0) return 0;
  if (p[0] < 0x80) return 1;
  size_t n = p[0] >= 0xC2 && p[0] <= 0xDF ? 2 : (p[0] & 0xF0) == 0xE0 ? 3 : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4 : 0;
  if (n == 0 || s.n < n) return 0;
  unsigned char lo = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
  unsigned char hi = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
  if (p[1] < lo || p[1] > hi) return 0;
  for (size_t i = 2; i < n; i++) if ((p[i] & 0xC0) != 0x80) return 0;
  return n;
}

/* How many bytes at the start are ASCII and not NUL, counted by eights: most text is, and all text is looked at. */
static size_t ascii_eights(Str s) {
  size_t i = 0;
  for (; s.n - i >= 8; i += 8) {
    uint64_t w;
    memcpy(&w, s.p + i, 8);
    if ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) break;
  }
  return i;
}

bool str_utf8_ok(Str s) {
  while (s.n) {
    s = str_from(s, ascii_eights(s));
    if (!s.n) break;
    size_t n = utf8_one(s);
    if (!n) return false;
    s = str_from(s, n);
  }
  return true;
}

Str str_utf8_fix(Arena *a, Str s) {
  if (str_utf8_ok(s)) return s;
  Buf b = { .arena = a };
  bool bad = false;
  while (s.n) {
    size_t n = utf8_one(s);
    if (n) buf_add(&b, str_head(s, n));
    else if (!bad) buf_add(&b, S("\xEF\xBF\xBD"));
    bad = n == 0;
    s = str_from(s, n ? n : 1);
  }
  return buf_str(&b);
}

size_t str_utf8_len(Str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) n += (s.p[i] & 0xC0) != 0x80;
  return n;
}

Str str_utf8_head(Str s, size_t points) {
  for (size_t i = 0; i < s.n; i++)
    if ((s.p[i] & 0xC0) != 0x80 && points-- == 0) return str_head(s, i);
  return s;
}

Str str_ellipsis(Arena *a, Str s, size_t points) {
  Buf b = { .arena = a };
  s = str_trim(str_head(s, points * 8 + 64));
  while (s.n && (s.p[s.n - 1] & 0xC0) == 0x80 && !str_utf8_ok(s)) s.n--;
  bool gap = false;
  for (size_t i = 0; i < s.n; i++) {
    if (space(s.p[i])) { gap = true; continue; }
    if (gap) buf_char(&b, ' ');
    gap = false;
    buf_char(&b, s.p[i]);
  }
  Str all = buf_str(&b), cut = str_utf8_head(all, points);
  if (cut.n == all.n) return all;
  Str word, tail;
  if (str_cut_last(cut, ' ', &word, &tail) && word.n > cut.n / 2) cut = word;
  return str_cat(a, str_trim(cut), S("…"));
}

Str str_hex(Arena *a, const void *bytes, size_t n) {
  const unsigned char *in = bytes;
  char *p = NEW_N(a, char, n * 2 + 1);
  for (size_t i = 0; i < n; i++) {
    p[2 * i] = "0123456789abcdef"[in[i] >> 4];
    p[2 * i + 1] = "0123456789abcdef"[in[i] & 15];
  }
  return (Str){ p, n * 2 };
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_unhex(Str s, void *ret, size_t n) {
  unsigned char *out = ret;
  if (s.n != 2 * n) return false;
  for (size_t i = 0; i < n; i++) {
    int hi = hex_digit(s.p[2 * i]), lo = hex_digit(s.p[2 * i + 1]);
    if (hi < 0 || lo < 0) return false;
    out[i] = (unsigned char)(hi << 4 | lo);
  }
  return true;
}

static const char b64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Str str_b64url(Arena *a, const void *bytes, size_t n) {
  const unsigned char *in = bytes;
  char *p = NEW_N(a, char, n * 4 / 3 + 4), *at = p;
  for (size_t i = 0; i < n; i += 3) {
    size_t left = n - i;
    unsigned v = (unsigned)in[i] << 16 | (left > 1 ? (unsigned)in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0u);
    *at++ = b64[v >> 18];
    *at++ = b64[v >> 12 & 63];
    if (left > 1) *at++ = b64[v >> 6 & 63];
    if (left > 2) *at++ = b64[v & 63];
  }
  return (Str){ p, (size_t)(at - p) };
}

bool str_unb64url(Arena *a, Str s, Str *ret) {
  if (s.n % 4 == 1) return false;
  char *p = NEW_N(a, char, s.n * 3 / 4 + 1), *at = p;
  unsigned v = 0, bits = 0;
  for (size_t i = 0; i < s.n; i++) {
    const char *d = s.p[i] ? strchr(b64, s.p[i]) : NULL;
    if (!d) return false;
    v = v << 6 | (unsigned)(d - b64);
    bits += 6;
    if (bits >= 8) { bits -= 8; *at++ = (char)(v >> bits & 255); }
  }
  if (bits && (v & ((1u << bits) - 1))) return false;
  *ret = (Str){ p, (size_t)(at - p) };
  return true;
}
