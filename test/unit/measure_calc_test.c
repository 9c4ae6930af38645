#include "measure/calc.h"
#include "measure/zone.h"
#include "measure_test.h"

static Err calc(Cx *cx, const char *const *words, Str *ret) {
  Str argv[8];
  size_t n = 0;
  while (words[n]) { argv[n] = str_z(words[n]); n++; }
  return calc_run(cx, n, argv, ret);
}
#define CALC(...) calc(&cx, (const char *const[]){ __VA_ARGS__, NULL }, &json)

TEST(answers_in_json) {
  Cx cx = { .arena = a };
  Str json;
  OK(&cx, CALC("wilson", "18", "20"));
  IS(json, S("{\"value\":0.9,\"ci\":[0.6989663547715128,0.9721335187862319]}"));
  OK(&cx, CALC("wilson", "0", "20"));
  MUST(str_starts(json, S("{\"value\":0,\"ci\":[0,0.161")));
  OK(&cx, CALC("newcombe", "9", "10", "3", "10"));
  MUST(str_starts(json, S("{\"value\":0.6000000000000001,\"ci\":[0.17052272393450")));
  OK(&cx, CALC("nps", "20", "0", "0"));
  MUST(str_starts(json, S("{\"value\":100,\"ci\":[69.68334402543")));
  MUST(str_find(json, S(",100],\"centre\":86.95")) != SIZE_MAX);
  OK(&cx, CALC("bounds", "54", "60", "200"));
  IS(json, S("{\"value\":0.9,\"ci\":[0.27,0.97]}"));
  OK(&cx, CALC("xmr", "5045,4350,4350,3975,4290,4430,4485,4285,3980,3925,3645,3760,3300,3685,3463,5200"));
  IS(json, S("{\"mean\":4135.5,\"mr_mean\":355.93333333333334,\"lower\":3188.717333333333,\"upper\":5082.282666666667,"
             "\"mr_upper\":1163.1901333333333,\"signals\":[{\"at\":16,\"rule\":1}]}"));
  OK(&cx, CALC("xmr", "1,1,1,1,1"));
  IS(json, S("{\"mean\":1,\"mr_mean\":0,\"lower\":1,\"upper\":1,\"mr_upper\":0,\"signals\":[]}"));
  OK(&cx, CALC("permutation", "12,14,11,15", "18,16,20,17,19"));
  IS(json, S("{\"value\":5,\"p\":0.007936507936507936,\"count\":1,\"of\":126}"));
  OK(&cx, CALC("permutation", "-1,-2", "-3.5, -4"));
  MUST(str_starts(json, S("{\"value\":-2.25,\"p\":")));
  OK(&cx, CALC("signflip", "1,2,3,4,5"));
  IS(json, S("{\"value\":3,\"p\":0.0625,\"count\":2,\"of\":32}"));
  OK(&cx, CALC("worksec", "Europe/Amsterdam", "mon-fri 09:00-17:00", "2024-03-29T15:00:00Z", "2024-04-01T08:00:00Z"));
  IS(json, S("{\"value\":7200}"));
  OK(&cx, CALC("worksec", "Europe/Amsterdam", "24x7", "2024-03-29T15:00:00Z", "2024-03-29T15:00:00.25Z"));
  IS(json, S("{\"value\":0.25}"));
  OK(&cx, CALC("due", "Europe/Amsterdam", "mon-fri 09:00-17:00; closed 2024-04-01", "2024-03-29T16:00:00+01:00", "28800"));
  IS(json, str_cat(a, S("{\"value\":\"2024-04-02T14:00:00Z\",\"tzdata\":\""), zone_version(), S("\"}")));
  OK(&cx, CALC("before", "Europe/Amsterdam", "mon-fri 09:00-17:00; closed 2024-04-01", "2024-04-02T14:00:00Z", "28800.5"));
  MUST(str_starts(json, S("{\"value\":\"2024-03-29T14:59:59.500000Z\"")));
}

TEST(wrong_arguments_are_told) {
  static const struct { int line; const char *words[6]; Err err; const char *why; } cases[] = {
    { __LINE__, { "wilson", "1" }, E_MALFORMED, "calc wilson K N" },
    { __LINE__, { "wilsen", "1", "2" }, E_MALFORMED, "no measure \"wilsen\"" },
    { __LINE__, { "wilson", "x", "2" }, E_INVALID, "K must be a whole number" },
    { __LINE__, { "wilson", "-1", "2" }, E_INVALID, "K must be a whole number" },
    { __LINE__, { "wilson", "3", "2" }, E_INVALID, "at most N" },
    { __LINE__, { "wilson", "0", "0" }, E_INVALID, "nobody was asked" },
    { __LINE__, { "newcombe", "1", "2", "3", "2" }, E_INVALID, "at most N" },
    { __LINE__, { "nps", "0", "0", "0" }, E_INVALID, "no answers" },
    { __LINE__, { "bounds", "5", "10", "9" }, E_INVALID, "ASKED" },
    { __LINE__, { "xmr", "1,2,3" }, E_INVALID, "at least 5" },
    { __LINE__, { "xmr", "1,2,,4,5" }, E_INVALID, "not a number" },
    { __LINE__, { "xmr", "1,2,nan,4,5" }, E_INVALID, "not a number" },
    { __LINE__, { "xmr", "" }, E_INVALID, "empty" },
    { __LINE__, { "permutation", "1,2", "" }, E_INVALID, "empty" },
    { __LINE__, { "worksec", "Mars/Base", "24x7", "2024-03-29T15:00:00Z", "2024-04-01T08:00:00Z" }, E_INVALID, "time zone" },
    { __LINE__, { "worksec", "UTC", "weekdays", "2024-03-29T15:00:00Z", "2024-04-01T08:00:00Z" }, E_INVALID, "weekdays" },
    { __LINE__, { "worksec", "UTC", "24x7", "2024-03-29T15:00:00", "2024-04-01T08:00:00Z" }, E_INVALID, "FROM" },
    { __LINE__, { "worksec", "UTC", "24x7", "2024-03-29T15:00:00Z", "2024-03-01T08:00:00Z" }, E_INVALID, "before FROM" },
    { __LINE__, { "due", "UTC", "24x7", "2024-03-29T15:00:00Z", "-5" }, E_INVALID, "SECONDS" },
    { __LINE__, { "due", "UTC", "open 2020-01-01 09:00-10:00", "2024-03-29T15:00:00Z", "5" }, E_INVALID, "not so much open time" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    Str json;
    Err e = calc(&cx, cases[i].words, &json);
    if (e != cases[i].err || str_find(cx.why, str_z(cases[i].why)) == SIZE_MAX) print_error("  " STR_FMT "\n", STR_ARG(cx.why));
    INT_AT(cases[i].line, e, cases[i].err);
    MUST_AT(cases[i].line, str_find(cx.why, str_z(cases[i].why)) != SIZE_MAX);
  }
}

/* Every listed measure exists, and with no arguments tells how it is used. */
TEST(the_list_is_true) {
  const CalcEntry *list;
  size_t n = calc_entries(a, &list);
  MUST(n >= 11);
  for (size_t i = 0; i < n; i++) {
    Cx cx = { .arena = a };
    Str json;
    ERR(&cx, calc_run(&cx, 1, &list[i].name, &json), E_MALFORMED);
    MUST(str_ends(cx.why, list[i].args) && list[i].about.n > 10);
  }
}
