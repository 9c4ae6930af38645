/* text/encword.c: see encword.h. */
#include "text/encword.h"
#include "base/buf.h"
#include "text/charset.h"

typedef struct { Str label, text; bool base64; size_t size; } Word;     /* size: bytes it takes in the header */

static bool word_at(Str s, Word *ret) {
  Str label, enc, rest, tongue;
  if (!str_starts(s, S("=?")) || !str_cut(str_head(str_from(s, 2), 80), '?', &label, &rest)) return false;
  rest = str_from(s, 2 + label.n + 1);
  if (rest.n < 4 || rest.p[1] != '?') return false;
  enc = str_head(rest, 1);
  Str text = str_from(rest, 2);
  size_t end = str_find(text, S("?="));
  if (!label.n || end == SIZE_MAX || end > 4096 || (!str_ieq(enc, S("b")) && !str_ieq(enc, S("q")))) return false;
  str_cut(label, '*', &label, &tongue);
  *ret = (Word){ label, str_head(text, end), str_ieq(enc, S("b")), (size_t)(text.p - s.p) + end + 2 };
  return true;
}

static int hex(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void put_q(Buf *b, Str s) {
  for (size_t i = 0; i < s.n; i++) {
    int hi = s.p[i] == '=' && i + 2 < s.n ? hex(s.p[i + 1]) : -1, lo = hi >= 0 ? hex(s.p[i + 2]) : -1;
    if (lo >= 0) { buf_char(b, (char)(hi << 4 | lo)); i += 2; }
    else buf_char(b, s.p[i] == '_' ? ' ' : s.p[i]);
  }
}

static void put_b(Buf *b, Str s) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned v = 0, bits = 0;
  for (size_t i = 0; i < s.n; i++) {
    const char *d = s.p[i] && s.p[i] != '=' ? strchr(digits, s.p[i]) : NULL;
    if (s.p[i] == '=') { v = bits = 0; continue; }
    if (!d) continue;
    v = (v << 6 | (unsigned)(d - digits)) & 0xFFFFFF;
    bits += 6;
    if (bits >= 8) { bits -= 8; buf_char(b, (char)(v >> bits & 255)); }
  }
}

static size_t blanks(Str s) {
  size_t n = 0;
  while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t' || s.p[n] == '\r' || s.p[n] == '\n')) n++;
  return n;
}

/* All words at the head that follow each other, as text; takes them off *rest. Words of one set are joined as bytes
   first, for a character may be cut in two between them. */
static bool run(Arena *a, Str *rest, Str *ret) {
  Buf out = { .arena = a }, bytes = { .arena = a };
  Word w, last = { 0 };
  if (!word_at(*rest, &w)) return false;
  for (Str s = *rest;;) {
    if (last.label.n && !str_ieq(last.label, w.label)) {
      buf_add(&out, charset_utf8(a, buf_str(&bytes), last.label));
      bytes.n = 0;
    }
    if (w.base64) put_b(&bytes, w.text);
    else put_q(&bytes, w.text);
    last = w;
    s = str_from(s, w.size);
    *rest = s;
    Str next = str_from(s, blanks(s));
    if (!word_at(next, &w)) break;
    s = next;
  }
  buf_add(&out, charset_utf8(a, buf_str(&bytes), last.label));
  *ret = buf_str(&out);
  return true;
}

static void put_base64_word(Buf *b, Str s) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *in = (const unsigned char *)s.p;
  buf_add(b, S("=?UTF-8?B?"));
  for (size_t i = 0; i < s.n; i += 3) {
    size_t left = s.n - i;
    unsigned v = (unsigned)in[i] << 16 | (left > 1 ? (unsigned)in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0u);
    buf_char(b, digits[v >> 18]);
    buf_char(b, digits[v >> 12 & 63]);
    buf_char(b, left > 1 ? digits[v >> 6 & 63] : '=');
    buf_char(b, left > 2 ? digits[v & 63] : '=');
  }
  buf_add(b, S("?="));
}

static Str words(Arena *a, Str header, bool unify) {
  Buf b = { .arena = a };
  for (Str rest = header, decoded; rest.n;) {
    size_t at = str_find(rest, S("=?"));
    Str plain = str_head(rest, at);
    buf_add(&b, unify ? plain : charset_utf8(a, plain, S("")));
    rest = str_from(rest, plain.n);
    if (!rest.n) break;
    if (!run(a, &rest, &decoded)) { buf_char(&b, '='); rest = str_from(rest, 1); }
    else if (unify) put_base64_word(&b, decoded);
    else buf_add(&b, decoded);
  }
  return buf_str(&b);
}

Str encword_decode(Arena *a, Str header) { return words(a, header, false); }
Str encword_unify(Arena *a, Str header)  { return words(a, header, true); }
