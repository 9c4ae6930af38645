/* web/parts.c: see parts.h. */
#include "web/parts.h"
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

int face_colour(int64_t id) { return 1 + (int)((uint64_t)id % 6); }

static UChar32 point(Str s, size_t *at) {
  const uint8_t *p = (const uint8_t *)s.p;
  int32_t i = (int32_t)*at, c;
  U8_NEXT(p, i, (int32_t)s.n, c);
  *at = (size_t)i;
  return c < 0 ? 0xFFFD : c;
}

/* Does one letter stand for a word in this script? */
static bool abbreviates(UChar32 c) {
  UErrorCode e = U_ZERO_ERROR;
  switch (uscript_getScript(c, &e)) {
    case USCRIPT_LATIN: case USCRIPT_GREEK: case USCRIPT_CYRILLIC: case USCRIPT_ARMENIAN: return true;
    default: return u_isdigit(c);
  }
}

static bool mark(UChar32 c) { return U_GET_GC_MASK(c) & U_GC_M_MASK; }

/* The first letter or figure of s with the marks on it; empty if there is none. *ret: the letter itself. */
static Str letter(Str s, UChar32 *ret) {
  for (size_t at = 0; at < s.n; ) {
    size_t from = at;
    *ret = point(s, &at);
    if (!u_isalnum(*ret)) continue;
    for (size_t end = at; end < s.n; at = end) if (!mark(point(s, &end))) break;
    return (Str){ s.p + from, at - from };
  }
  return S("");
}

static void put(Buf *b, Str s, UChar32 c, bool capital) {
  size_t first = 0;
  point(s, &first);
  buf_utf8(b, (uint32_t)(capital ? u_totitle(c) : u_tolower(c)));
  buf_add(b, str_from(s, first));
}

Str face_letters(Arena *a, Str name) {
  Buf b = { .arena = a };
  UChar32 c = 0, d = 0;
  Str first = letter(name, &c);
  if (!first.n) return S("?");
  if (!abbreviates(c)) { buf_utf8(&b, (uint32_t)c); return buf_str(&b); }       /* the bare sign: its marks need what follows */
  put(&b, first, c, true);
  Str rest = str_from(name, (size_t)(first.p - name.p) + first.n), last = S(""), word, l;
  while (rest.n) {
    size_t at = 0;
    while (at < rest.n) { size_t from = at; if (u_isUWhiteSpace(point(rest, &at))) { at = from; break; } }
    rest = str_from(rest, at);
    at = 0;
    if (!rest.n) break;
    point(rest, &at);
    rest = word = str_from(rest, at);
    UChar32 e = 0;
    l = letter(word, &e);
    if (l.n && abbreviates(e)) { last = l; d = e; }
  }
  if (last.n) { put(&b, last, d, true); return buf_str(&b); }
  Str second = letter(str_from(name, (size_t)(first.p - name.p) + first.n), &d);
  if (second.n && abbreviates(d)) put(&b, second, d, u_isdigit(d));
  return buf_str(&b);
}

Str wrong_of(const Pairs *wrong, const char *field) {
  for (size_t i = 0; i < wrong->n; i++) if (str_eq(wrong->at[i].name, str_z(field))) return wrong->at[i].value;
  return S("");
}
