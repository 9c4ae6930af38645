/* text/tidy.c: see tidy.h. */
#include "text/tidy.h"
#include <unicode/ucasemap.h>
#include "base/buf.h"

Str tidy_cap(Str s, size_t cap) {
  if (s.n <= cap) return s;
  while (cap && (s.p[cap] & 0xC0) == 0x80) cap--;
  return str_head(s, cap);
}

/* Bytes of an invisible sequence to drop at the head of s; 0: none. */
static size_t mark(Str s) {
  if (str_starts(s, S("\xEF\xBB\xBF"))) return 3;
  if (s.n >= 3 && (str_starts(s, S("\xE2\x80")) && (unsigned char)s.p[2] >= 0xAA && (unsigned char)s.p[2] <= 0xAE)) return 3;
  if (s.n >= 3 && (str_starts(s, S("\xE2\x81")) && (unsigned char)s.p[2] >= 0xA6 && (unsigned char)s.p[2] <= 0xA9)) return 3;
  return 0;
}

/* Bytes of white space or control at the head of s, C1 controls, the no-break space and line separators too. */
static size_t blank(Str s) {
  unsigned char c = (unsigned char)s.p[0], d = s.n > 1 ? (unsigned char)s.p[1] : 0;
  if (c <= 0x20 || c == 0x7f) return 1;
  if (c == 0xC2 && d >= 0x80 && d <= 0xA0) return 2;
  if (str_starts(s, S("\xE2\x80\xA8")) || str_starts(s, S("\xE2\x80\xA9"))) return 3;
  return 0;
}

Str tidy_line(Arena *a, Str s, size_t cap) {
  s = str_utf8_fix(a, str_head(s, cap * 4 + 64));
  Buf b = { .arena = a };
  buf_space(&b, s.n);
  bool gap = false;
  while (s.n) {
    size_t n = mark(s);
    if (n) { s = str_from(s, n); continue; }
    n = blank(s);
    if (n) { gap = b.n > 0; s = str_from(s, n); continue; }
    if (gap) buf_char(&b, ' ');
    gap = false;
    buf_char(&b, s.p[0]);
    s = str_from(s, 1);
  }
  return str_trim(tidy_cap(buf_str(&b), cap));
}

Str tidy_text(Arena *a, Str s, size_t cap) {
  if (str_starts(s, S("\xEF\xBB\xBF"))) s = str_from(s, 3);
  s = tidy_cap(str_utf8_fix(a, str_head(s, cap + 4)), cap);
  Buf b = { .arena = a };
  buf_space(&b, s.n);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '\r') { buf_char(&b, '\n'); i += i + 1 < s.n && s.p[i + 1] == '\n'; }
    else if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f)) buf_char(&b, (char)c);
  }
  Str all = buf_str(&b);
  while (all.n && (all.p[all.n - 1] == '\n' || all.p[all.n - 1] == ' ' || all.p[all.n - 1] == '\t')) all.n--;
  return all;
}

Str tidy_lower(Arena *a, Str s) {
  UErrorCode e = U_ZERO_ERROR;
  UCaseMap *map = ucasemap_open("", 0, &e);
  size_t cap = s.n * 3 + 1;                              /* no letter grows to more than three times its bytes */
  char *p = NEW_N(a, char, cap);
  int32_t n = U_FAILURE(e) ? 0 : ucasemap_utf8ToLower(map, p, (int32_t)cap, s.p, (int32_t)s.n, &e);
  ucasemap_close(map);
  return U_FAILURE(e) ? str_lower(a, s) : (Str){ p, (size_t)n };
}
