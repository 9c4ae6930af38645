/* Where the words that were looked for stand: pieces that put together are the text again. */
#include "test.h"
#include "text/mark.h"

/* "a [b] c": hits in brackets, … where text was left out. */
static Str drawn(Arena *a, const char *text, const char *typed, size_t most) {
  Marks m = mark_words(a, str_z(text), str_z(typed), most);
  Buf b = { .arena = a };
  if (m.before) buf_add(&b, S("…"));
  for (size_t i = 0; i < m.n; i++) {
    if (m.at[i].hit) buf_char(&b, '[');
    buf_add(&b, m.at[i].words);
    if (m.at[i].hit) buf_char(&b, ']');
  }
  if (m.after) buf_add(&b, S("…"));
  return buf_str(&b);
}

TEST(words_are_marked_whatever_their_case_and_accents) {
  static const struct { int line; const char *text, *typed, *want; } cases[] = {
    { __LINE__, "The Scanner and the scans", "scan", "The [Scanner] and the [scans]" },
    { __LINE__, "Não está cá", "nao", "[Não] está cá" },
    { __LINE__, "rescan it", "scan", "rescan it" },
    { __LINE__, "line 4 stands still", "\"line 4\"", "[line] [4] stands still" },
    { __LINE__, "STRASSE straße", "strasse", "[STRASSE] [straße]" },
    { __LINE__, "検査室のスキャナーについて", "スキャナー", "[検査室のスキャナーについて]" },
    { __LINE__, "two\n  lines\t here", "lines", "two [lines] here" },
    { __LINE__, "nothing", "", "nothing" },
    { __LINE__, "", "x", "" },
    { __LINE__, "a\xFF""b", "a", "[a]\xEF\xBF\xBD""b" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, drawn(a, cases[i].text, cases[i].typed, 0), str_z(cases[i].want));
}

TEST(a_long_text_is_shown_round_the_first_hit) {
  Buf b = { .arena = a };
  for (int i = 0; i < 200; i++) buf_fmt(&b, "word%d ", i);
  Str all = buf_str(&b);
  Str s = drawn(a, str_cstr(a, all), "word120", 60);
  MUST(str_find(s, S("[word120]")) != SIZE_MAX);
  MUST(str_starts(s, S("…")) && str_ends(s, S("…")));
  MUST(str_utf8_len(s) < 70);
  s = drawn(a, str_cstr(a, all), "absent", 60);
  MUST(str_starts(s, S("word0 ")) && str_ends(s, S("…")));
}
