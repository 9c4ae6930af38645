/* Languages: which one is chosen, plural rules as catalogues write them, places, and the made-up ones. */
#include "test.h"
#include "catalogues_test.h"
#include "text/lang.h"
#include "text/plural.h"

TEST(choosing) {
  static const struct { int line; const char *header, *tag; } cases[] = {
    { __LINE__, "",                                  "en" },
    { __LINE__, "nl",                                "nl" },
    { __LINE__, "NL-be",                             "nl" },
    { __LINE__, "pt-BR,pt;q=0.9,en;q=0.8",           "pt" },
    { __LINE__, "ja, de;q=0.5, fr;q=0.7",            "fr" },
    { __LINE__, "en;q=0.2, ar-EG;q=0.3",             "ar" },
    { __LINE__, "en-GB,en;q=0.9,nl;q=0.8",           "en" },
    { __LINE__, "nl;q=0, es;q=0.001",                "es" },
    { __LINE__, "*, tlh",                            "en" },
    { __LINE__, "zh-Hant-CN-x-private1-private2",    "en" },
    { __LINE__, "de-x-funny",                        "de" },
    { __LINE__, "nl;q=abc, fr",                      "fr" },
    { __LINE__, "fr;q=0.3;level=1, nl;q=1e9",        "en" },
    { __LINE__, ",,;;q=1,-,nl-",                     "nl" },
    { __LINE__, "en-XA",                             "en-XA" },
    { __LINE__, "ar-XB",                             "ar-XB" },
    { __LINE__, "es;q=1,de;q=1",                     "es" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, lang_tag(lang_find(str_z(cases[i].header))), str_z(cases[i].tag));
  MUST(lang_rtl(lang_find(S("ar"))) && lang_rtl(lang_find(S("ar-XB"))) && !lang_rtl(NULL));
  IS(lang_name(lang_find(S("fr"))), S("Français"));
  IS(lang_tag(lang_at(0)), S("en"));
}

/* From the gettext manual and CLDR. */
TEST(plural_rules) {
  Str slavic = S("Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n");
  Str polish = S("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);");
  Str arabic = S("x: y\nPlural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;");
  const struct { int line; Str rule; uint64_t n; size_t form; } cases[] = {
    { __LINE__, slavic, 1, 0 }, { __LINE__, slavic, 2, 1 }, { __LINE__, slavic, 5, 2 }, { __LINE__, slavic, 11, 2 }, { __LINE__, slavic, 21, 0 },
    { __LINE__, slavic, 112, 2 }, { __LINE__, slavic, 122, 1 }, { __LINE__, slavic, 0, 2 },
    { __LINE__, polish, 1, 0 }, { __LINE__, polish, 21, 2 }, { __LINE__, polish, 22, 1 }, { __LINE__, polish, 13, 2 }, { __LINE__, polish, 104, 1 },
    { __LINE__, arabic, 0, 0 }, { __LINE__, arabic, 1, 1 }, { __LINE__, arabic, 2, 2 }, { __LINE__, arabic, 3, 3 }, { __LINE__, arabic, 110, 3 },
    { __LINE__, arabic, 11, 4 }, { __LINE__, arabic, 199, 4 }, { __LINE__, arabic, 100, 5 }, { __LINE__, arabic, 202, 5 },
    { __LINE__, S("plural=0;"), 5, 0 }, { __LINE__, S("nplurals=2; plural=n>1"), 0, 0 }, { __LINE__, S("plural=!(n==1);"), 1, 0 },
    { __LINE__, S("plural=n/2-1+0*3;"), 6, 2 },
    { __LINE__, S(""), 1, 0 }, { __LINE__, S(""), 2, 1 },                                     /* no rule: English */
    { __LINE__, S("plural=n%0;"), 1, 0 }, { __LINE__, S("plural=(n;"), 2, 1 }, { __LINE__, S("plural=n==1 ? 0"), 1, 0 },
    { __LINE__, S("plural=n n;"), 2, 1 }, { __LINE__, S("plural=99;"), 1, 0 }, { __LINE__, S("plural=((((((((((((((((n;"), 3, 1 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) INT_AT(cases[i].line, plural_form(cases[i].rule, cases[i].n), cases[i].form);
}

TEST(a_catalogue) {
  const Lang *pl = lang_new(a, S("pl"), mo_pl, false), *ar = lang_new(a, S("ar"), mo_ar_test, true);
  IS(tr(pl, "Send"), S("Wyślij"));
  IS(tr(pl, "Not in it"), S("Not in it"));
  IS(tr(pl, ""), tr(pl, ""));
  IS(tr_c(pl, "verb", "Open"), S("Otwórz"));
  IS(tr_c(pl, "state", "Open"), S("Otwarte"));
  IS(tr(pl, "Open"), S("Open"));
  IS(tr_f(a, pl, "Reply to %s", S("Ana")), S("Odpowiedz: Ana"));
  IS(tr_f(a, pl, "%1$s waits for %2$s", S("Ana"), S("Sofie")), S("Na Sofie czeka Ana"));
  static const struct { int line; int n; const char *is; } days[] = {
    { __LINE__, 1, "1 dzień" }, { __LINE__, 2, "2 dni" }, { __LINE__, 5, "5 dni!" }, { __LINE__, 22, "22 dni" }, { __LINE__, 0, "0 dni!" }, { __LINE__, -1, "-1 dzień" },
  };
  for (size_t i = 0; i < COUNT(days); i++)
    IS_AT(days[i].line, trn_f(a, pl, "%s day", "%s days", days[i].n, str_fmt(a, "%d", days[i].n)), str_z(days[i].is));
  IS(trn(ar, "%s day", "%s days", 2), S("يومان"));
  IS(trn(ar, "%s day", "%s days", 7), S("%s أيام"));
  IS(trn(ar, "%s cat", "%s cats", 1), S("%s cat"));
  IS(trn(NULL, "%s cat", "%s cats", 1), S("%s cat"));
  for (size_t n = 0; n < mo_pl.n; n++) {                              /* cut short anywhere: English, never out of bounds */
    char *cut = NEW_N(a, char, n + 1);
    memcpy(cut, mo_pl.p, n);
    const Lang *l = lang_new(a, S("pl"), (Str){ cut, n }, false);
    MUST(tr(l, "Send").n > 0 && trn(l, "%s day", "%s days", 5).n > 0);
  }
}

TEST(places) {
  Str two[] = { S("A"), S("B") };
  IS(tr_fill(a, S("%s-%s-%s"), two, 2), S("A-B-"));
  IS(tr_fill(a, S("%2$s %1$s %9$s 100%% %d %"), two, 2), S("B A  100% %d %"));
}

TEST(made_up_languages) {
  IS(tr(lang_find(S("en-XA")), "Talk to a person"), S("[Ţåļķ ţö å péŕšöñ one two]"));
  MUST(str_find(tr(lang_find(S("ar-XB")), "Talk to a person"), S("\xE2\x80\xAETalk\xE2\x80\xAC")) == 0);
}
