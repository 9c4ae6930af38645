/* measure/inclusion.c: a guarded difference, and a count of long words. */
#include "measure/inclusion.h"
#include "base/err.h"

bool inclusion_gap(Tally one, Tally other, Difference *ret) {
  if (one.n < INCLUSION_LEAST || other.n < INCLUSION_LEAST) return false;
  *ret = proportion_newcombe(one.k, one.n, other.k, other.n, Z95);
  return true;
}

static bool letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool continued(char c) { return ((unsigned char)c & 0xC0) == 0x80; }       /* the second and later bytes of a code point */

/* Dashes, quotes, bullets and dots of U+2000 to U+207F part words; of them the apostrophe does not. */
static size_t punctuation(Str s, size_t i) {
  if (i + 2 >= s.n || memcmp(s.p + i, "\xE2\x80", 2) != 0) return 0;
  return memcmp(s.p + i, "\xE2\x80\x99", 3) == 0 ? 0 : 3;
}

bool inclusion_grade(Str s, double *ret_rix, int *ret_grade) {
  static const double from[] = { .2, .5, .8, 1.3, 1.8, 2.4, 3.0, 3.7, 4.5, 5.3, 6.2, 7.2 };
  size_t words = 0, longs = 0, sentences = 0, letters = 0;
  bool open = false;                                     /* words since the last end of a sentence */
  for (size_t i = 0; i <= s.n; i++) {
    char c = i < s.n ? s.p[i] : ' ';
    size_t mark = i < s.n ? punctuation(s, i) : 0;
    if (!mark && (letter(c) || (unsigned char)c >= 0x80)) {
      letters += !continued(c);
      continue;
    }
    if (c == '\'' && letters) continue;
    if (letters) {
      words++;
      longs += letters > 6;
      open = true;
    }
    letters = 0;
    if (mark) { i += mark - 1; continue; }
    bool end = c == '.' || c == '!' || c == '?' || c == ':';
    if (open && (i == s.n || (end && (i + 1 == s.n || (unsigned char)s.p[i + 1] <= ' ')) || (c == '\n' && i + 1 < s.n && s.p[i + 1] == '\n'))) {
      sentences++;
      open = false;
    }
  }
  if (!words) return false;
  *ret_rix = (double)longs / (double)sentences;
  *ret_grade = 1;
  for (size_t g = 0; g < COUNT(from); g++) if (*ret_rix >= from[g]) *ret_grade = (int)g + 2;
  return true;
}
