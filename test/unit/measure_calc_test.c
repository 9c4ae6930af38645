#include "measure/calc.h"
#include "base/zone.h"
#include "measure_test.h"

static Err calc(Cx *cx, const char *const *words, Str *ret) {
  Str argv[10];
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

/* The worked examples, asked the way a person would. */
TEST(worked_examples) {
  static const struct { int line; const char *words[10], *json; } cases[] = {
    { __LINE__, { "satisfied", "5,5,4,4,5,3,5,4,2,5,4,5,5,1,4,5,4,5,3,5" }, "{\"value\":0.8,\"ci\":[0.58398" },
    { __LINE__, { "easy", "7,6,6,5,5,4,7,3,6,2,7,6,5,6,1,7,6,5,4,6" }, "\"k\":15,\"n\":20,\"mean\":5.2}" },
    { __LINE__, { "recommend", "10,9,9,10,8,7,9,6,10,5,9,8,3,10,7,9,8,2,7,0" }, "{\"value\":20,\"ci\":[-15.396" },
    { __LINE__, { "lost-time", "5,0,10,240,5" }, "{\"value\":5,\"total\":260}" },
    { __LINE__, { "rater", "5,6,4,5,7", "6,6,6,5,5", "11,32,22,19,16" }, "{\"value\":-0.23,\"performance\":5.4}" },
    { __LINE__, { "stratified", "300:10/20,700:38/40" }, "{\"value\":0.815}" },
    { __LINE__, { "bias", "200", "60", "0.9", "0.6" }, "{\"value\":0.21" },
    { __LINE__, { "show", "4" }, "{\"value\":\"list\"}" },
    { __LINE__, { "xmr-median", "2.5,2.3,16.3,6.3,7.6,16.3,7.1,7.8,7.8,9.9,10.5,-4.8" }, "\"mr_mean\":2.1" },
    { __LINE__, { "did", "62,58,70,65,60,68,63,59", "75,70,80,66,63,70,62,61", "1,2,3" }, "\"count\":1,\"of\":56,\"ci\":[7.33333333333333" },
    { __LINE__, { "did", "1,2,3", "2,3,5", "1" }, "\"ci\":[null,null]}" },
    { __LINE__, { "random-start", "1,1,1,1,5,5,5,5", "3", "6", "5" }, "{\"value\":4,\"p\":0.25,\"count\":1,\"of\":4}" },
    { __LINE__, { "bootstrap", "2,3,5,8,20" }, "\"ci\":[3,14]}" },
    { __LINE__, { "compound", "0.02,0.01,0.03,0.005" }, "{\"value\":0.0664115" },
    { __LINE__, { "clocks", "Europe/Amsterdam", "mon-fri 09:00-17:00", "provider@2024-03-29T15:30:00+01:00,customer@2024-04-01T10:00:00+02:00,provider@2024-04-01T15:00:00+02:00",
                  "2024-04-02T11:00:00+02:00" }, "\"customer_seconds\":325800,\"agent_seconds\":23400,\"partition\":{\"provider\":23400,\"customer\":18000,\"supplier\":0,\"closed\":284400}}" },
    { __LINE__, { "remembered", "90,85,20,80,75" }, "{\"value\":46.5,\"peak_end\":47.5,\"worst\":20,\"end\":75,\"mean\":70}" },
    { __LINE__, { "first-contact", "7", "1:-:yes:first,1:3:yes:first,2:-:no:-,1:-:-:-" }, "\"k\":1,\"n\":3,\"proxy\":1,\"agent\":0.5,\"optimism\":0.333" },
    { __LINE__, { "effort", "3,1,2,1,1,1" }, "{\"value\":8}" },
    { __LINE__, { "bar", "at,above,below,-" }, "\"k\":2,\"n\":3}" },
    { __LINE__, { "gap", "10,8,6", "12,8,11" }, "{\"value\":2}" },
    { __LINE__, { "proximity", "4,4,4,4,4,4,4,4,0,0" }, "{\"value\":50}" },
    { __LINE__, { "alpha", "5,6,5,6;4,4,5,4;6,7,6,7;3,4,3,3;5,5,6,5;2,3,2,3" }, "{\"value\":0.97173035" },
    { __LINE__, { "journey", "a,b,c,d,e,f", "a,b,x,c,d,e!" }, "\"k\":4,\"n\":7,\"missing\":1,\"failing\":1,\"ad_hoc\":1,\"out_of_order\":0}" },
    { __LINE__, { "seamless", "45/50,20/50,43/50" }, "\"between\":[1,2],\"distinguishable\":true}" },
    { __LINE__, { "carried", "1", "4" }, "{\"value\":0.75}" },
    { __LINE__, { "receptive", "offered,accepted,took-part,-,accepted" }, "{\"value\":0.75}" },
    { __LINE__, { "inclusion", "6", "10", "80", "100" }, "{\"value\":-0.2" },
    { __LINE__, { "reading", "We fix it by noon." }, "{\"value\":0,\"grade\":1}" },
    { __LINE__, { "cost", "120000", "78000", "14700", "0.8" }, "{\"value\":30240,\"cost_to_serve\":11760,\"margin\":0.252}" },
    { __LINE__, { "cost-rate", "48000", "60000", "45000" }, "{\"value\":0.8,\"unused\":12000}" },
    { __LINE__, { "minutes", "340:18,520:8,12:240,44:35" }, "{\"value\":14700}" },
    { __LINE__, { "segment", "120000", "0.252", "50000", "0.1" }, "{\"value\":\"peak\"}" },
    { __LINE__, { "segment", "120000", "-0.1", "50000", "0.1" }, "{\"value\":\"drain\"}" },
    { __LINE__, { "segment", "1200", "0.9", "50000", "0.1" }, "{\"value\":\"desert\"}" },
    { __LINE__, { "worth", "340:confirmed,1000,60:confirmed" }, "{\"value\":400,\"confirmed\":2,\"not_confirmed\":1}" },
    { __LINE__, { "ratio", "325800,7200,100", "23400,3600,100" }, "{\"value\":2}" },
    { __LINE__, { "watermelon", "23", "140" }, "\"ci\":[0.11203833565432" },
    { __LINE__, { "bad", "2,0,0,0,0" }, "{\"value\":true,\"unsatisfied\":true,\"hard\":false," },
    { __LINE__, { "bad", "3,4,0,1,1" }, "{\"value\":false" },
    { __LINE__, { "recovered", "5", "4" }, "{\"value\":true}" },
    { __LINE__, { "remember-fit", "20:75:70:46.5" }, "{\"value\":false,\"worst\":0.5,\"end\":0.3,\"mean\":0.2,\"n\":1}" },
    { __LINE__, { "disagrees", "easy", "5" }, "{\"value\":true}" },
    { __LINE__, { "drift", "10,8,6", "0,30,60" }, "{\"value\":-2}" },
    { __LINE__, { "near-far", "60,70", "40,50" }, "{\"value\":20}" },
    { __LINE__, { "pictogram", "4" }, "{\"value\":50}" },
    { __LINE__, { "priority", "40", "0.9", "0.7" }, "{\"value\":8" },
    { __LINE__, { "funnel", "offered,accepted,took-part,-" }, "\"k\":2,\"n\":3,\"took_part\":1,\"accepted\":2}" },
    { __LINE__, { "net-change", "31,28,33,30,27,32,29,34,30,28,31,33", "27,24,22,23,25,21,22,24,20,23,22,21" }, "{\"value\":-7.66666666666666" },
    { __LINE__, { "net-change", "31,28,33,30,27,32", "30,31" }, "{\"value\":null," },
    { __LINE__, { "eoq", "8", "0.225", "1300" }, "{\"value\":304.04678" },
    { __LINE__, { "newsvendor", "0.18", "0.70", "50", "8" }, "{\"value\":56.6039559" },
    { __LINE__, { "stock", "12", "4", "3", "1", "0.98", "5", "8", "0.26" }, "{\"value\":65,\"up_to\":211," },
    { __LINE__, { "staffing", "42", "0.38", "160", "0.025", "62" }, "{\"value\":414.56,\"bill\":57.96,\"spend\":9273.6,\"fee\":231.84,\"gross_saving\":646.4}" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    Str json = S("");
    Err e = calc(&cx, cases[i].words, &json);
    if (e || str_find(json, str_z(cases[i].json)) == SIZE_MAX) print_error("  " STR_FMT STR_FMT "\n", STR_ARG(json), STR_ARG(cx.why));
    INT_AT(cases[i].line, e, E_OK);
    MUST_AT(cases[i].line, str_find(json, str_z(cases[i].json)) != SIZE_MAX);
  }
}

TEST(wrong_arguments_are_told) {
  static const struct { int line; const char *words[10]; Err err; const char *why; } cases[] = {
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
    { __LINE__, { "ratio", "5,6", "0,0" }, E_INVALID, "never ran" },
    { __LINE__, { "bad", "6,0,0,0,0" }, E_INVALID, "goes to 5" },
    { __LINE__, { "drift", "5", "1" }, E_INVALID, "two bars" },
    { __LINE__, { "pictogram", "8" }, E_INVALID, "1 to 7" },
    { __LINE__, { "funnel", "-" }, E_INVALID, "nothing was offered" },
    { __LINE__, { "net-change", "1,2", "3" }, E_INVALID, "at least 5" },
    { __LINE__, { "cost-rate", "1", "0", "0" }, E_INVALID, "nobody had a minute" },
    { __LINE__, { "worth", "5:perhaps" }, E_INVALID, "AMOUNT:confirmed" },
    { __LINE__, { "minutes", "5" }, E_INVALID, "TIMES:MINUTES" },
    { __LINE__, { "satisfied", "5,6" }, E_INVALID, "up to 5" },
    { __LINE__, { "satisfied", "5,0" }, E_INVALID, "1 to 5" },
    { __LINE__, { "recommend", "5.5" }, E_INVALID, "whole" },
    { __LINE__, { "rater", "5,6,4,5", "6,6,6,5,5", "11,32,22,19,16" }, E_INVALID, "5 numbers, not 4" },
    { __LINE__, { "rater", "5,6,4,5,5", "6,6,6,5,5", "0,0,0,0,0" }, E_INVALID, "above 0" },
    { __LINE__, { "stratified", "300:1/4" }, E_INVALID, "at least 5" },
    { __LINE__, { "stratified", "" }, E_INVALID, "at least 5" },
    { __LINE__, { "stratified", "300" }, E_INVALID, "SIZE:K/N" },
    { __LINE__, { "bias", "10", "20", "0.5", "0.5" }, E_INVALID, "at least ANSWERED" },
    { __LINE__, { "did", "1,2", "3,4", "1,2" }, E_INVALID, "untreated" },
    { __LINE__, { "did", "1,2", "3,4", "3" }, E_INVALID, "units 1 to 2" },
    { __LINE__, { "did", "1,2", "3", "1" }, E_INVALID, "2 numbers, not 1" },
    { __LINE__, { "random-start", "1,2,3", "1", "3", "2" }, E_INVALID, "starts" },
    { __LINE__, { "bootstrap", "1,2,3,4,5,6,7,8" }, E_INVALID, "up to 7" },
    { __LINE__, { "clocks", "UTC", "24x7", "agent@2024-04-01T10:00:00Z", "2024-04-02T11:00:00Z" }, E_INVALID, "not a turn" },
    { __LINE__, { "clocks", "UTC", "24x7", "provider@2024-04-03T10:00:00Z", "2024-04-02T11:00:00Z" }, E_INVALID, "END" },
    { __LINE__, { "clocks", "UTC", "24x7", "", "2024-04-02T11:00:00Z" }, E_INVALID, "must be a turn" },
    { __LINE__, { "effort", "3,1,2,1,1" }, E_INVALID, "6 numbers" },
    { __LINE__, { "first-contact", "7", "1:2" }, E_INVALID, "not a need" },
    { __LINE__, { "bar", "fine" }, E_INVALID, "fine" },
    { __LINE__, { "proximity", "4,4,4,4,4,4,4,0,0,0" }, E_INVALID, "at least 8" },
    { __LINE__, { "alpha", "1,2;1" }, E_INVALID, "same number" },
    { __LINE__, { "alpha", "1,2;1,2" }, E_INVALID, "differ" },
    { __LINE__, { "journey", "a,a", "a" }, E_INVALID, "planned twice" },
    { __LINE__, { "journey", "", "" }, E_INVALID, "neither" },
    { __LINE__, { "seamless", "1/2" }, E_INVALID, "two channels" },
    { __LINE__, { "carried", "0", "0" }, E_INVALID, "yet" },
    { __LINE__, { "receptive", "-" }, E_INVALID, "nothing was offered" },
    { __LINE__, { "inclusion", "1", "9", "10", "10" }, E_INVALID, "without exposing" },
    { __LINE__, { "reading", "..." }, E_INVALID, "no words" },
    { __LINE__, { "eoq", "1", "0", "1" }, E_INVALID, "H must" },
    { __LINE__, { "cost", "1", "-1", "1", "1" }, E_INVALID, "below 0" },
    { __LINE__, { "stock", "12", "4", "3", "1", "1", "5", "8", "0.26" }, E_INVALID, "SERVICE" },
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
