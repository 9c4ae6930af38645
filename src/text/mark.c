/* text/mark.c: see mark.h. Compared as ICU folds letters: decomposed, without marks, in one case. A hit is a word of the text
   that begins with a typed one. */
#include "text/mark.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include "base/buf.h"
#include "base/vec.h"

enum { LOOK_AT = 20000, WORDS = 16, WORD = 64 };       /* bytes looked at, typed words, UTF-16 units of one */

typedef struct { UChar u[WORD]; int32_t n; } Folded;
typedef VEC(Mark) Pieces;

static size_t take(Str s, UChar32 *ret) {
  int32_t i = 0;
  U8_NEXT_OR_FFFD((const uint8_t *)s.p, i, (int32_t)s.n, *ret);
  return (size_t)i;
}

static bool inside_word(UChar32 c) { return u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK || c == '\''; }

static void fold(Str s, Folded *f) {
  UErrorCode e = U_ZERO_ERROR;
  const UNormalizer2 *nfd = unorm2_getNFDInstance(&e);
  UChar wide[WORD], apart[WORD * 2], bare[WORD * 2];
  int32_t n = 0;
  f->n = 0;
  u_strFromUTF8WithSub(wide, WORD, &n, s.p, (int32_t)s.n, 0xFFFD, NULL, &e);
  if (U_FAILURE(e)) return;
  n = unorm2_normalize(nfd, wide, n, apart, WORD * 2, &e);
  n = U_FAILURE(e) ? 0 : n;
  int32_t kept = 0;
  for (int32_t i = 0; i < n; i++)                       /* marks that stand alone are all in the first plane */
    if (u_charType(apart[i]) != U_NON_SPACING_MARK) bare[kept++] = apart[i];
  n = u_strFoldCase(f->u, WORD, bare, kept, U_FOLD_CASE_DEFAULT, &e);
  f->n = U_FAILURE(e) || n > WORD ? 0 : n;
}

/* The next word of *rest, with what stands before it cut off into *ret_gap. */
static Str word_next(Str *rest, Str *ret_gap) {
  size_t i = 0, at = 0;
  UChar32 c;
  while (i < rest->n) {
    size_t k = take(str_from(*rest, i), &c);
    if (inside_word(c)) break;
    i += k;
  }
  *ret_gap = str_head(*rest, i);
  for (at = i; at < rest->n;) {
    size_t k = take(str_from(*rest, at), &c);
    if (!inside_word(c)) break;
    at += k;
  }
  Str word = { rest->p + i, at - i };
  *rest = str_from(*rest, at);
  return word;
}

static size_t typed_words(Str typed, Folded *ret) {
  size_t n = 0;
  Str gap;
  while (typed.n && n < WORDS) {
    Str word = word_next(&typed, &gap);
    if (!word.n || word.n > WORD) continue;
    fold(word, &ret[n]);
    n += ret[n].n > 0;
  }
  return n;
}

/* Scripts without blanks between words: what was typed may stand anywhere. */
static bool unbroken(const Folded *f) { return f->n && (u_hasBinaryProperty(f->u[0], UCHAR_IDEOGRAPHIC) || (f->u[0] >= 0x3040 && f->u[0] <= 0x30FF)); }

static bool hit(Str word, const Folded *wanted, size_t n) {
  Folded f;
  if (word.n > WORD * 3) return false;
  fold(str_head(word, WORD - 1), &f);
  for (size_t i = 0; i < n; i++) {
    if (wanted[i].n <= f.n && u_memcmp(f.u, wanted[i].u, wanted[i].n) == 0) return true;
    if (unbroken(&wanted[i]) && u_strFindFirst(f.u, f.n, wanted[i].u, wanted[i].n)) return true;
  }
  return false;
}

static void piece(Arena *a, Pieces *ps, Str s, bool is) {
  if (!s.n) return;
  Mark *last = ps->n ? &ps->at[ps->n - 1] : NULL;
  if (last && last->hit == is && last->words.p + last->words.n == s.p) { last->words.n += s.n; return; }
  vec_add(a, ps, (Mark){ s, is });
}

static Pieces split(Arena *a, Str text, const Folded *wanted, size_t n) {
  Pieces ps = { 0 };
  while (text.n) {
    Str gap, word = word_next(&text, &gap);
    piece(a, &ps, gap, false);
    piece(a, &ps, word, hit(word, wanted, n));
  }
  return ps;
}

static Str folded_blanks(Arena *a, Str s) {
  Buf b = { .arena = a };
  bool gap = false;
  for (size_t i = 0; i < s.n; i++) {
    if (strchr(" \t\r\n", s.p[i])) { gap = b.n > 0; continue; }
    if (gap) buf_char(&b, ' ');
    gap = false;
    buf_char(&b, s.p[i]);
  }
  return buf_str(&b);
}

/* Where to begin, so that the first hit stands a third into what is shown. Whole words. */
static Str window(const Pieces *ps, Str text, size_t most, Marks *ret) {
  if (!most || str_utf8_len(text) <= most) return text;
  size_t first = 0;
  for (size_t i = 0; i < ps->n; i++) if (ps->at[i].hit) { first = (size_t)(ps->at[i].words.p - text.p); break; }
  size_t lead = str_utf8_len(str_head(text, first)), from = 0;
  if (lead > most / 3) {
    from = str_utf8_head(text, lead - most / 3).n;
    size_t blank = str_find(str_from(text, from), S(" "));
    if (blank != SIZE_MAX && from + blank < first) from += blank + 1;
  }
  Str s = str_utf8_head(str_from(text, from), most), rest;
  Str head, tail;
  rest = str_from(text, from + s.n);
  if (rest.n && str_cut_last(s, ' ', &head, &tail) && tail.n < 30 && (size_t)(head.p + head.n - text.p) > first) s = head;
  ret->before = from > 0;
  ret->after = rest.n > 0;
  return s;
}

Marks mark_words(Arena *a, Str text, Str typed, size_t most) {
  Folded *wanted = NEW_N(a, Folded, WORDS);
  size_t n = typed_words(str_utf8_fix(a, typed), wanted);
  Marks m = { 0 };
  text = folded_blanks(a, str_utf8_fix(a, str_head(text, LOOK_AT)));
  Pieces ps = split(a, text, wanted, n);
  Str s = window(&ps, text, most, &m);
  ps = split(a, s, wanted, n);
  m.at = ps.at;
  m.n = ps.n;
  return m;
}
