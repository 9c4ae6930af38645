#include "base/base.h"
#include "text/charset.h"
#include "text/encword.h"
#include "test.h"

TEST(charsets) {
  static const struct { int line; const char *label, *in, *out; } cases[] = {
    { __LINE__, "utf-8", "h\xc3\xa9", "hé" },
    { __LINE__, "UTF8", "h\xc3\xa9", "hé" },
    { __LINE__, "utf-8", "h\xe9 \x80", "hé €" },                       /* says UTF-8, is Windows-1252 */
    { __LINE__, "iso-8859-1", "h\xe9 \x93quoted\x94", "hé “quoted”" },  /* says Latin-1, is Windows-1252 */
    { __LINE__, "iso-8859-1", "h\xc3\xa9", "hé" },                      /* says Latin-1, is UTF-8 */
    { __LINE__, "iso-8859-15", "\xa4", "€" },
    { __LINE__, "windows-1251", "\xcf\xf0\xe8", "При" },
    { __LINE__, "koi8-r", "\xf0\xd2\xc9", "При" },
    { __LINE__, "iso-2022-jp", "\x1b$BEOJU\x1b(B", "渡辺" },
    { __LINE__, "shift_jis", "\x93\x6e\x95\xd3 \x87\x40", "渡辺 ①" },    /* ① is only in CP932 */
    { __LINE__, "euc-jp", "\xc5\xcf\xca\xd5", "渡辺" },
    { __LINE__, "gb2312", "\xd5\xc5\xc8\xfd \x8a\x87", "张三 妵" },
    { __LINE__, "big5", "\xb1\x69\xa4\x54", "張三" },
    { __LINE__, "ks_c_5601-1987", "\xc7\xd1\xbf\xb5 \xb2\x91", "한영 쾻" },
    { __LINE__, "euc-kr", "\x8c\x63", "똠" },                             /* only in CP949 */
    { __LINE__, "utf-16", "plain", "plain" },                            /* says UTF-16, is ASCII */
    { __LINE__, "unicode", "plain", "plain" },
    { __LINE__, "utf-7", "h+AOk-", "hé" },
    { __LINE__, "unicode-1-1-utf-7", "h+AOk-", "hé" },
    { __LINE__, "", "plain", "plain" },
    { __LINE__, "", "h\xe9", "hé" },
    { __LINE__, "us-ascii", "h\xc3\xa9", "hé" },
    { __LINE__, "x-no-such-thing", "h\xe9", "hé" },
    { __LINE__, "unknown-8bit", "h\xe9", "hé" },
    { __LINE__, "../../etc/passwd", "h\xe9", "hé" },
    { __LINE__, "UTF-8//IGNORE", "h\xe9", "hé" },
    { __LINE__, "utf-8", "\xEF\xBB\xBFh\xc3\xa9", "hé" },
    { __LINE__, "iso-8859-1", "\xEF\xBB\xBFh\xc3\xa9", "hé" },
    { __LINE__, "", "\x1b$BEOJU\x1b(B", "渡辺" },
    { __LINE__, "iso-2022-jp", "\x1b$BEOJ", "渡\xEF\xBF\xBD" },          /* cut off */
    { __LINE__, "utf-8", "ok \xc3\xa9 bad \xff", "ok é bad \xEF\xBF\xBD" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, charset_utf8(a, str_z(cases[i].in), str_z(cases[i].label)), str_z(cases[i].out));
  IS(charset_utf8(a, (Str){ "\xff\xfeh\0i\0", 6 }, S("utf-8")), S("hi"));
  IS(charset_utf8(a, (Str){ "h\0i\0", 4 }, S("utf-16le")), S("hi"));
  IS(charset_of_html(S("<html><head><META http-equiv=Content-Type content=\"text/html; charset=koi8-r\">")), S("koi8-r"));
  IS(charset_of_html(S("<meta charset='utf-8'>")), S("utf-8"));
  IS(charset_of_html(S("charset=x")), S(""));
}

TEST(encoded_words) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "plain", "plain" },
    { __LINE__, "=?utf-8?Q?caf=C3=A9_x?=", "café x" },
    { __LINE__, "a =?utf-8?B?w6k=?= b", "a é b" },
    { __LINE__, "=?utf-8?B?5rih?= =?utf-8?B?6L4=?=\r\n =?utf-8?B?uuOAgg==?= x", "渡辺。 x" },   /* 辺 is cut in two */
    { __LINE__, "=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "aé" },
    { __LINE__, "=?utf-8?Q?a b c?=", "a b c" },
    { __LINE__, "\"=?utf-8?Q?=C3=A9?=\"", "\"é\"" },
    { __LINE__, "=?gb2312?B?1cXI/Q==?=", "张三" },
    { __LINE__, "=?iso-2022-jp?B?GyRCRU8=?= =?iso-2022-jp?B?GyRCSlUbKEI=?=", "渡辺" },
    { __LINE__, "=?utf-8*en?Q?=C3=A9?=", "é" },
    { __LINE__, "=?x-what?Q?=E9?=", "é" },
    { __LINE__, "=?utf-8?Q?no end", "=?utf-8?Q?no end" },
    { __LINE__, "=?utf-8?X?abc?=", "=?utf-8?X?abc?=" },
    { __LINE__, "=?utf-8?Q?what?" "?=", "what?" },
    { __LINE__, "=?utf-8?Q?" "?= end", " end" },
    { __LINE__, "J\xfcrgen =?utf-8?Q?=C3=A9?=", "Jürgen é" },
    { __LINE__, "=?utf-8?Q?=?= =?", "= =?" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    IS_AT(cases[i].line, encword_decode(a, str_z(cases[i].in)), str_z(cases[i].out));
    IS_AT(cases[i].line, encword_decode(a, encword_unify(a, str_z(cases[i].in))), str_z(cases[i].out));
  }
}
