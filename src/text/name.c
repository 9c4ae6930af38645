/* text/name.c: see name.h. Better to say a whole name than to call somebody by the wrong half of it. */
#include "text/name.h"
#include "base/err.h"

static bool family_first(Str lang) {
  static const char *const tags[] = { "hu", "ja", "zh", "ko", "vi", "km", "ta", "te" };   /* ta, te: an initial or village first */
  Str head, rest;
  str_cut(lang, '-', &head, &rest);
  for (size_t i = 0; i < COUNT(tags); i++) if (str_ieq(head, str_z(tags[i]))) return true;
  return false;
}

/* Latin, Greek, Cyrillic and their marks lie below U+0530 and in two blocks of additions (U+1E00 to U+1FFF). */
static bool plain_letters(Str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c < 0x80 || (c & 0xc0) == 0x80) continue;
    bool below_0530 = c < 0xd4 || (c == 0xd4 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xb0);
    bool additions = c == 0xe1 && i + 1 < s.n && (unsigned char)s.p[i + 1] >= 0xb8;
    if (!below_0530 && !additions) return false;
  }
  return true;
}

static bool title(Str word) {
  static const char *const titles[] = { "dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "mx", "miss", "sir", "madam",
    "ir", "ing", "herr", "frau", "hr", "fr", "mme", "mlle", "sr", "sra", "dra", "the", "team" };
  if (word.n && word.p[word.n - 1] == '.') return true;      /* "J.", "Dr.", "S.M." */
  for (size_t i = 0; i < COUNT(titles); i++) if (str_ieq(word, str_z(titles[i]))) return true;
  return str_utf8_len(word) < 2;
}

Str name_called(Str name, Str lang) {
  name = str_trim(name);
  Str first, rest;
  if (!str_cut(name, ' ', &first, &rest)) return name;
  size_t words = 1;
  bool comma = false;
  for (size_t i = 0; i < name.n; i++) {
    words += name.p[i] == ' ' && i + 1 < name.n && name.p[i + 1] != ' ';
    comma |= name.p[i] == ',' || name.p[i] == '@' || name.p[i] == '(' || (name.p[i] >= '0' && name.p[i] <= '9');
  }
  if (words > 4 || comma || family_first(lang) || !plain_letters(name) || title(first)) return name;
  return first;
}
