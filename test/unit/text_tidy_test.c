#include "base/base.h"
#include "text/tidy.h"
#include "test.h"

TEST(tidy_lines) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "  Printer\r\n\ton fire  ", "Printer on fire" },
    { __LINE__, "a\x01\x02z", "a z" },
    { __LINE__, "\xEF\xBB\xBFhello", "hello" },
    { __LINE__, "evil\xE2\x80\xAEgpj.exe", "evilgpj.exe" },
    { __LINE__, "a\xC2\xA0\xC2\x85z", "a z" },
    { __LINE__, "J\xfcrgen", "J\xEF\xBF\xBDrgen" },
    { __LINE__, "\t\r\n", "" },
    { __LINE__, "0123456789012345678é", "0123456789012345678" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, tidy_line(a, str_z(cases[i].in), 20), str_z(cases[i].out));
}

TEST(tidy_texts) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "a\r\nb\rc\n\nd \n \n", "a\nb\nc\n\nd" },
    { __LINE__, "\xEF\xBB\xBF" "a\tb\x07", "a\tb" },
    { __LINE__, "", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, tidy_text(a, str_z(cases[i].in), 100), str_z(cases[i].out));
  IS(tidy_text(a, S("日本語"), 7), S("日本"));
}
