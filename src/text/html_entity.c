/* text/html_entity.c: see html_entity.h. */
#include "text/html_entity.h"
#include "base/buf.h"
#include "base/err.h"

static const struct { Str name; uint32_t point; } names[] = {
#define N(name, point) { { name, sizeof(name) - 1 }, point }
  N("amp", '&'), N("lt", '<'), N("gt", '>'), N("quot", '"'), N("apos", '\''), N("nbsp", 0xA0), N("copy", 0xA9), N("reg", 0xAE),
  N("shy", 0xAD), N("laquo", 0xAB), N("raquo", 0xBB), N("euro", 0x20AC), N("pound", 0xA3), N("cent", 0xA2), N("yen", 0xA5),
  N("sect", 0xA7), N("deg", 0xB0), N("middot", 0xB7), N("bull", 0x2022), N("hellip", 0x2026), N("ndash", 0x2013),
  N("mdash", 0x2014), N("lsquo", 0x2018), N("rsquo", 0x2019), N("sbquo", 0x201A), N("ldquo", 0x201C), N("rdquo", 0x201D),
  N("bdquo", 0x201E), N("trade", 0x2122), N("zwnj", 0x200C), N("auml", 0xE4), N("ouml", 0xF6), N("uuml", 0xFC), N("Auml", 0xC4),
  N("Ouml", 0xD6), N("Uuml", 0xDC), N("szlig", 0xDF), N("eacute", 0xE9), N("egrave", 0xE8), N("ecirc", 0xEA), N("euml", 0xEB),
  N("agrave", 0xE0), N("aacute", 0xE1), N("acirc", 0xE2), N("ccedil", 0xE7), N("iacute", 0xED), N("iuml", 0xEF), N("ntilde", 0xF1),
  N("oacute", 0xF3), N("ocirc", 0xF4), N("uacute", 0xFA), N("ugrave", 0xF9), N("ucirc", 0xFB), N("aring", 0xE5), N("aelig", 0xE6),
  N("oslash", 0xF8),
#undef N
};

static bool number(Str s, uint32_t *ret) {
  uint32_t v = 0;
  bool hex = s.n && (s.p[0] == 'x' || s.p[0] == 'X');
  if (hex) s = str_from(s, 1);
  if (!s.n || s.n > 8) return false;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    uint32_t d = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : 99;
    if (d == 99) return false;
    v = v * (hex ? 16 : 10) + d;
  }
  *ret = v;
  return true;
}

static bool named(Str s, uint32_t *ret) {
  for (size_t i = 0; i < COUNT(names); i++)
    if (str_eq(names[i].name, s)) { *ret = names[i].point; return true; }
  return false;
}

Str html_entities(Arena *a, Str s) {
  Buf b = { .arena = a };
  buf_space(&b, s.n);
  for (size_t i = 0; i < s.n; i++) {
    uint32_t point;
    Str name, rest;
    bool ends = s.p[i] == '&' && str_cut(str_head(str_from(s, i + 1), 12), ';', &name, &rest);
    if (ends && (name.n && name.p[0] == '#' ? number(str_from(name, 1), &point) : named(name, &point))) {
      buf_utf8(&b, point);
      i += name.n + 1;
    } else buf_char(&b, s.p[i]);
  }
  return buf_str(&b);
}
