/* base/buf.c: doubling growth in the arena; the old bytes stay behind until the arena goes. */
#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>

char *buf_space(Buf *b, size_t n) {
  if (b->cap - b->n <= n) {
    size_t cap = (b->cap + n) * 2 + 64;
    char *p = NEW_N(b->arena, char, cap);
    if (b->n) memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
  }
  return b->p + b->n;
}

static inline char *room(Buf *b, size_t n) { return b->cap - b->n > n ? b->p + b->n : buf_space(b, n); }

void buf_add(Buf *b, Str s) {
  if (!s.n) return;
  memcpy(room(b, s.n), s.p, s.n);
  b->n += s.n;
}

void buf_char(Buf *b, char c) {
  *room(b, 1) = c;
  b->n++;
}

void buf_int(Buf *b, int64_t v) {
  char digits[20];
  size_t at = sizeof digits;
  uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
  do digits[--at] = (char)('0' + left % 10); while (left /= 10);
  if (v < 0) digits[--at] = '-';
  buf_add(b, (Str){ digits + at, sizeof digits - at });
}

void buf_fmt(Buf *b, const char *fmt, ...) {
  va_list ap, again;
  va_start(ap, fmt);
  va_copy(again, ap);
  size_t room = b->cap - b->n;
  int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, ap);
  va_end(ap);
  if (n > 0 && (size_t)n >= room) vsnprintf(buf_space(b, (size_t)n + 1), (size_t)n + 1, fmt, again);
  va_end(again);
  if (n > 0) b->n += (size_t)n;
}

void buf_utf8(Buf *b, uint32_t c) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  char *p = buf_space(b, 4);
  if (c < 0x80) { p[0] = (char)c; b->n += 1; }
  else if (c < 0x800) { p[0] = (char)(0xC0 | c >> 6); p[1] = (char)(0x80 | (c & 63)); b->n += 2; }
  else if (c < 0x10000) {
    p[0] = (char)(0xE0 | c >> 12); p[1] = (char)(0x80 | (c >> 6 & 63)); p[2] = (char)(0x80 | (c & 63)); b->n += 3;
  } else {
    p[0] = (char)(0xF0 | c >> 18); p[1] = (char)(0x80 | (c >> 12 & 63));
    p[2] = (char)(0x80 | (c >> 6 & 63)); p[3] = (char)(0x80 | (c & 63)); b->n += 4;
  }
}
