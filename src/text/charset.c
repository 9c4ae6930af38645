/* text/charset.c: see charset.h. glibc's iconv does the work; this is about what the labels really mean. */
#include "text/charset.h"
#include <errno.h>
#include <iconv.h>
#include "base/buf.h"
#include "base/err.h"

/* Labels that stand for a wider set in practice, or that iconv knows by another name. GUESS: means nothing. */
#define GUESS "?"
static const struct { const char *label, *means; } aliases[] = {
  { "gb2312", "GB18030" }, { "gb_2312-80", "GB18030" }, { "gbk", "GB18030" }, { "x-gbk", "GB18030" }, { "cp936", "GB18030" }, { "hz-gb-2312", "GB18030" },
  { "ks_c_5601-1987", "CP949" }, { "ks_c_5601", "CP949" }, { "ks_c_5601-1989", "CP949" }, { "euc-kr", "CP949" }, { "ksc5601", "CP949" }, { "x-windows-949", "CP949" },
  { "windows-949", "CP949" }, { "korean", "CP949" },
  { "shift_jis", "CP932" }, { "shift-jis", "CP932" }, { "x-sjis", "CP932" }, { "sjis", "CP932" }, { "ms_kanji", "CP932" }, { "windows-31j", "CP932" },
  { "iso-2022-jp-ms", "ISO-2022-JP-3" }, { "cp50220", "ISO-2022-JP-3" }, { "cp50221", "ISO-2022-JP-3" }, { "euc-jp", "EUC-JP-MS" }, { "x-euc-jp", "EUC-JP-MS" },
  { "big5", "BIG5-HKSCS" }, { "cn-big5", "BIG5-HKSCS" }, { "x-x-big5", "BIG5-HKSCS" },
  { "iso-8859-1", "CP1252" }, { "latin1", "CP1252" }, { "latin-1", "CP1252" }, { "iso8859-1", "CP1252" }, { "iso_8859-1", "CP1252" }, { "windows-1252", "CP1252" },
  { "x-ansi", "CP1252" }, { "ansi", "CP1252" }, { "iso-8859-9", "CP1254" }, { "iso-8859-11", "CP874" }, { "tis-620", "CP874" }, { "x-mac-roman", "MACINTOSH" },
  { "iso-8859-8-i", "ISO-8859-8" }, { "iso-8859-8-e", "ISO-8859-8" }, { "iso-8859-6-i", "ISO-8859-6" }, { "unicode-1-1-utf-7", "UTF-7" }, { "unicode-1-1-utf-8", "UTF-8" },
  { "utf8", "UTF-8" }, { "utf-8", "UTF-8" }, { "cp65001", "UTF-8" }, { "x-utf-8", "UTF-8" }, { "unicode", "UTF-16" }, { "ucs-2", "UTF-16" },
  { "us-ascii", GUESS }, { "ascii", GUESS }, { "ansi_x3.4-1968", GUESS }, { "646", GUESS }, { "default", GUESS }, { "default_charset", GUESS }, { "unknown", GUESS },
  { "unknown-8bit", GUESS }, { "x-unknown", GUESS }, { "x-user-defined", GUESS }, { "8bit", GUESS }, { "7bit", GUESS }, { "none", GUESS }, { "", GUESS },
};

static const char *meaning(Str label) {
  for (size_t i = 0; i < COUNT(aliases); i++) if (str_ieq(label, str_z(aliases[i].label))) return aliases[i].means;
  return NULL;
}

/* Only what a label may look like: iconv takes options after // and reads files of that name. */
static bool plain(Str label) {
  for (size_t i = 0; i < label.n; i++) {
    char c = label.p[i];
    bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
    if (!ok) return false;
  }
  return label.n > 0 && label.n <= 40;
}

static void convert(iconv_t cd, Buf *to, Str in) {
  char out[4096], *from = (char *)(uintptr_t)in.p;
  size_t left = in.n;
  for (bool done = false; !done;) {
    char *at = out;
    size_t room = sizeof out;
    size_t r = left ? iconv(cd, &from, &left, &at, &room) : iconv(cd, NULL, NULL, &at, &room);
    done = left == 0 && r != (size_t)-1 && at == out;
    buf_add(to, (Str){ out, sizeof out - room });
    if (r != (size_t)-1) continue;
    if (errno == E2BIG) continue;
    if (errno == EINVAL || !left) { buf_utf8(to, 0xFFFD); return; }     /* cut off in the middle of a character */
    buf_utf8(to, 0xFFFD);
    from++;
    left--;
  }
}

static bool by_iconv(Arena *a, Str in, const char *label, Str *ret) {
  iconv_t cd = iconv_open("UTF-8", label);
  if (cd == (iconv_t)-1) return false;
  Buf b = { .arena = a };
  buf_space(&b, in.n);
  convert(cd, &b, in);
  iconv_close(cd);
  *ret = str_utf8_fix(a, buf_str(&b));
  return true;
}

static bool eight_bit(Str s) {
  for (size_t i = 0; i < s.n; i++) if ((unsigned char)s.p[i] >= 0x80) return true;
  return false;
}

static bool has_multibyte(Str s) {              /* some well-formed UTF-8 beyond ASCII in it */
  for (size_t i = 0; i + 1 < s.n; i++)
    if ((unsigned char)s.p[i] >= 0xC3 && (unsigned char)s.p[i] < 0xF5)
      for (size_t n = 2; n <= 4 && i + n <= s.n; n++) if (str_utf8_ok((Str){ s.p + i, n })) return true;
  return false;
}

static Str guess(Arena *a, Str s) {
  Str out;
  if (str_find(s, S("\x1b$")) != SIZE_MAX && by_iconv(a, s, "ISO-2022-JP-3", &out)) return out;
  if (!eight_bit(s) || str_utf8_ok(s) || has_multibyte(s) || !by_iconv(a, s, "CP1252", &out)) return str_utf8_fix(a, s);
  return out;
}

Str charset_utf8(Arena *a, Str s, Str label) {
  Str out;
  label = str_trim(label);
  if (str_starts(s, S("\xEF\xBB\xBF"))) return str_utf8_fix(a, str_from(s, 3));
  bool wide = str_starts(s, S("\xFF\xFE")) || str_starts(s, S("\xFE\xFF"));
  if (wide && by_iconv(a, s, "UTF-16", &out)) return out;
  const char *means = meaning(label);
  if (!means && plain(label)) means = str_cstr(a, label);
  if (!means || str_eq(str_z(means), S(GUESS)) || str_eq(str_z(means), S("UTF-8"))) return guess(a, s);
  bool narrow = !eight_bit(s) && !memchr(s.p, 0, s.n);                     /* two bytes a letter: one of them is high or 0 somewhere */
  if (narrow && (str_istarts(str_z(means), S("UTF-16")) || str_istarts(str_z(means), S("UTF-32")))) return guess(a, s);
  bool single = str_starts(str_z(means), S("CP125"));
  if (single && eight_bit(s) && str_utf8_ok(s)) return s;                  /* UTF-8 under a Latin label */
  return by_iconv(a, s, means, &out) ? out : guess(a, s);
}

Str charset_of_html(Str html) {
  Str head = str_head(html, 1024);
  size_t at = str_ifind(head, S("charset="));
  if (at == SIZE_MAX || str_ifind(head, S("<meta")) == SIZE_MAX) return S("");
  head = str_from(head, at + 8);
  while (head.n && (head.p[0] == '"' || head.p[0] == '\'' || head.p[0] == ' ')) head = str_from(head, 1);
  size_t n = 0;
  while (n < head.n && !strchr("\"' ;>/", head.p[n])) n++;
  return str_head(head, n);
}
