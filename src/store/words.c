/* store/words.c: see words.h. ASCII, which is most text, never leaves the first loop; the rest goes through ICU. */
#include "store/words.h"
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

Words words_new(Arena *a) { return (Words){ .text = { .arena = a } }; }

void words_drop_last(Words *w) {
  w->text.n = w->last_at ? w->last_at - 1 : 0;
  w->n--;
  w->last = WORD_PLAIN;
}

static void put(Words *w, Str word, WordKind kind) {
  if (w->n == WORDS_MAX || w->text.n + word.n >= WORDS_BYTES) return;
  if (word.n > WORD_BYTES) {
    word.n = WORD_BYTES;
    while ((word.p[word.n] & 0xC0) == 0x80) word.n--;
  }
  if (w->text.n) buf_char(&w->text, ' ');
  w->last_at = w->text.n;
  w->last = kind;
  w->n++;
  buf_add(&w->text, word);
}

/* ---- letters beyond ASCII */

/* Written without blanks between words. */
static bool unspaced(UChar32 c) {
  static const struct { UChar32 from, to; } ranges[] = {
    { 0x0E00, 0x0EFF }, { 0x1000, 0x109F }, { 0x1100, 0x11FF }, { 0x1780, 0x17FF }, { 0x2E80, 0x2FDF }, { 0x3005, 0x3007 },
    { 0x3031, 0x3035 }, { 0x3040, 0x312F }, { 0x31A0, 0x31BF }, { 0x31F0, 0x31FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
    { 0xA960, 0xA97F }, { 0xAC00, 0xD7FF }, { 0xF900, 0xFAFF }, { 0x20000, 0x3FFFF },
  };
  for (size_t i = 0; i < COUNT(ranges) && c >= ranges[i].from; i++) if (c <= ranges[i].to) return true;
  return false;
}

/* A mark that readers do without: accents, Hebrew points, Arabic vowels. By canonical combining class (Unicode 15, 4.3);
   kana voicing (8), viramas (9), Thai and Lao vowels and tones (103-122) are letters of the word and stay. */
static bool spare_mark(UChar32 c) {
  uint8_t class = u_getCombiningClass(c);
  return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

/* What normalisation leaves apart and people type as one. NULL: the letter itself. */
static const char *plain(UChar32 c) {
  static const struct { UChar32 c; const char *as; } letters[] = {
    { 0xE6, "ae" }, { 0xF0, "d" }, { 0xF8, "o" }, { 0xFE, "th" }, { 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" }, { 0x142, "l" },
    { 0x153, "oe" }, { 0x167, "t" }, { 0x640, "" }, { 0x629, "ه" }, { 0x649, "ي" }, { 0x6CC, "ي" }, { 0x6A9, "ك" },
  };
  for (size_t i = 0; i < COUNT(letters); i++) if (letters[i].c == c) return letters[i].as;
  return NULL;
}

#define OF_WORDS (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)
static bool of_word(UChar32 c) { return (U_MASK(u_charType(c)) & OF_WORDS) != 0; }

typedef struct { UChar *at; int32_t n; } Wide;
typedef int32_t Step(const UChar *in, int32_t n, UChar *out, int32_t cap, UErrorCode *);

static int32_t fold(const UChar *in, int32_t n, UChar *out, int32_t cap, UErrorCode *e) {
  return unorm2_normalize(unorm2_getNFKCCasefoldInstance(e), in, n, out, cap, e);
}
static int32_t take_apart(const UChar *in, int32_t n, UChar *out, int32_t cap, UErrorCode *e) {
  return unorm2_normalize(unorm2_getNFDInstance(e), in, n, out, cap, e);
}
static int32_t put_together(const UChar *in, int32_t n, UChar *out, int32_t cap, UErrorCode *e) {
  return unorm2_normalize(unorm2_getNFCInstance(e), in, n, out, cap, e);
}

static Wide stepped(Arena *a, Step *step, Wide in) {
  Wide out = { .n = in.n + in.n / 2 + 32 };
  for (;;) {
    UErrorCode e = U_ZERO_ERROR;
    out.at = NEW_N(a, UChar, (size_t)out.n);
    int32_t n = step(in.at, in.n, out.at, out.n, &e);
    if (U_SUCCESS(e)) return (Wide){ out.at, n };
    if (e != U_BUFFER_OVERFLOW_ERROR) abort();          /* ICU without its data */
    out.n = n;
  }
}

static Wide widened(Arena *a, Str s) {
  UErrorCode e = U_ZERO_ERROR;
  Wide w = { .at = NEW_N(a, UChar, s.n + 1) };
  u_strFromUTF8WithSub(w.at, (int32_t)s.n, &w.n, s.p, (int32_t)s.n, 0xFFFD, NULL, &e);
  return w;
}

static void without_marks(Wide *w) {
  int32_t to = 0;
  for (int32_t i = 0; i < w->n; ) {
    int32_t from = i;
    UChar32 c;
    U16_NEXT(w->at, i, w->n, c);
    if (spare_mark(c)) continue;
    while (from < i) w->at[to++] = w->at[from++];
  }
  w->n = to;
}

/* A run of letters written without blanks: each with its neighbour, and the last one alone. */
static int32_t add_pairs(Words *w, Wide s, int32_t i) {
  Buf pair = { .arena = w->text.arena };
  UChar32 c, before = 0;
  size_t half = 0, letters = 0;
  while (i < s.n) {
    int32_t at = i;
    U16_NEXT(s.at, i, s.n, c);
    if (!unspaced(c) || !of_word(c)) { i = at; break; }
    if (letters++) {
      pair.n = 0;
      buf_utf8(&pair, (uint32_t)before);
      half = pair.n;
      buf_utf8(&pair, (uint32_t)c);
      put(w, buf_str(&pair), WORD_PLAIN);
    } else buf_utf8(&pair, (uint32_t)c);
    before = c;
  }
  if (letters) put(w, letters > 1 ? str_from(buf_str(&pair), half) : buf_str(&pair), letters > 1 ? WORD_TAIL : WORD_ALONE);
  return i;
}

static int32_t add_word(Words *w, Wide s, int32_t i) {
  Buf word = { .arena = w->text.arena };
  while (i < s.n) {
    int32_t at = i;
    UChar32 c;
    U16_NEXT(s.at, i, s.n, c);
    if (unspaced(c) || !of_word(c)) { i = at; break; }
    const char *as = plain(c);
    if (as) buf_add(&word, str_z(as));
    else if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER) buf_char(&word, (char)('0' + u_charDigitValue(c)));
    else buf_utf8(&word, (uint32_t)c);
  }
  if (word.n) put(w, buf_str(&word), WORD_PLAIN);
  return i;
}

static void add_beyond_ascii(Words *w, Str s) {
  Arena *a = w->text.arena;
  Wide wide = stepped(a, take_apart, stepped(a, fold, widened(a, s)));
  without_marks(&wide);
  wide = stepped(a, put_together, wide);
  for (int32_t i = 0; i < wide.n; ) {
    int32_t at = i;
    UChar32 c;
    U16_NEXT(wide.at, i, wide.n, c);
    if (of_word(c)) i = unspaced(c) ? add_pairs(w, wide, at) : add_word(w, wide, at);
  }
}

/* ---- ASCII */

static bool ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

void words_add(Words *w, Str s) {
  enum { PIECE = 200 * 1000 };                          /* of a run of letters without any blank this much is read */
  for (size_t i = 0; i < s.n && w->n < WORDS_MAX && w->text.n < WORDS_BYTES; i++) {
    size_t from = i;
    bool beyond = false;
    for (; i < s.n && (ascii_letter(s.p[i]) || (s.p[i] & 0x80)); i++) beyond = beyond || (s.p[i] & 0x80);
    Str piece = { s.p + from, i - from };
    if (!piece.n) continue;
    if (beyond) {
      piece = str_head(piece, PIECE);
      add_beyond_ascii(w, piece);                       /* half a letter at the cut becomes U+FFFD, which is no letter */
    } else {
      char low[WORD_BYTES];
      size_t n = piece.n < WORD_BYTES ? piece.n : WORD_BYTES;
      for (size_t k = 0; k < n; k++) low[k] = (char)(piece.p[k] >= 'A' && piece.p[k] <= 'Z' ? piece.p[k] + 32 : piece.p[k]);
      put(w, (Str){ low, n }, WORD_PLAIN);
    }
  }
}
