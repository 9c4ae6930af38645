#include "base/base.h"
#include "text/html.h"
#include "text/json.h"
#include "test.h"
#include <math.h>

TEST(json_out) {
  Buf b = { .arena = a };
  JsonOut w = { .to = &b };
  json_obj(&w);
  JSON(&w, "id", (int64_t)7);
  JSON(&w, "name", S("Zoë \"Z\" \\ \n\t\x01\xff</script>"));
  JSON(&w, "on", (bool)true);
  JSON(&w, "none", (const char *)NULL);
  JSON_TIME(&w, "at", 1711724400 * SECOND);
  JSON_TIME(&w, "never", 0);
  JSON_ARR(&w, "list"); JSON_PUT(&w, 1); JSON_PUT(&w, 0.5); json_obj(&w); json_end(&w); json_arr(&w); json_end(&w); json_put_raw(&w, S("[1,2]")); json_end(&w);
  JSON_OBJ(&w, "in"); JSON(&w, "x", INT64_MIN); json_end(&w);
  JSON(&w, "last", S(""));
  json_end(&w);
  IS(buf_str(&b), S("{\"id\":7,\"name\":\"Zoë \\\"Z\\\" \\\\ \\n\\t\\u0001\xEF\xBF\xBD</script>\",\"on\":true,\"none\":null,"
    "\"at\":\"2024-03-29T15:00:00.000000Z\",\"never\":null,\"list\":[1,0.5,{},[],[1,2]],\"in\":{\"x\":-9223372036854775808},\"last\":\"\"}"));
}

TEST(json_doubles) {
  static const struct { int line; double v; const char *out; } cases[] = {
    { __LINE__, 0.1, "0.1" }, { __LINE__, 1, "1" }, { __LINE__, 1.0 / 3, "0.3333333333333333" }, { __LINE__, 1e300, "1e+300" },
    { __LINE__, 0.1 + 0.2, "0.30000000000000004" }, { __LINE__, -0.25, "-0.25" }, { __LINE__, NAN, "null" }, { __LINE__, INFINITY, "null" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Buf b = { .arena = a };
    JsonOut w = { .to = &b };
    json_put_double(&w, cases[i].v);
    IS_AT(cases[i].line, buf_str(&b), str_z(cases[i].out));
  }
}

TEST(json_inside_script) {
  Buf b = { .arena = a };
  JsonOut w = { .to = &b, .in_html = true };
  json_put_str(&w, S("</script><!-- &"));
  IS(buf_str(&b), S("\"\\u003c/script\\u003e\\u003c!-- \\u0026\""));
}

TEST(json_in) {
  Cx cx = { .arena = a };
  const Json *j;
  OK(&cx, json_read_object(&cx, S("{\"s\":\"caf\\u00e9\",\"i\":9223372036854775807,\"three\":3.0,\"half\":0.5,\"yes\":true,\"nil\":null,"
    "\"at\":\"2024-03-29T16:00:00+01:00\",\"l\":[\"a\",\"b\"],\"o\":{\"k\":1}}"), &j));
  Str s = S("before"), *texts = NULL;
  int64_t i = 1;
  double d = 0;
  bool yes = false;
  size_t n = 0;
  const Json *at = NULL;
  OK(&cx, json_str(&cx, j, "s", &s));       IS(s, S("café"));
  OK(&cx, json_str(&cx, j, "nil", &s));     IS(s, S("café"));
  OK(&cx, json_str(&cx, j, "absent", &s));  IS(s, S("café"));
  OK(&cx, json_int(&cx, j, "i", &i));       INT(i, INT64_MAX);
  OK(&cx, json_int(&cx, j, "three", &i));   INT(i, 3);
  OK(&cx, json_double(&cx, j, "half", &d)); MUST(d == 0.5);
  OK(&cx, json_bool(&cx, j, "yes", &yes));  MUST(yes);
  OK(&cx, json_time(&cx, j, "at", &i));     INT(i, 1711724400 * SECOND);
  OK(&cx, json_strs(&cx, j, "l", &texts, &n)); INT(n, 2); IS(texts[1], S("b"));
  OK(&cx, json_object_of(&cx, j, "o", &at)); OK(&cx, json_int(&cx, at, "k", &i)); INT(i, 1);
  MUST(json_has(j, "s") && !json_has(j, "nil") && !json_has(j, "zzz") && json_get(j, "nil"));
  ERR(&cx, json_int(&cx, j, "half", &i), E_INVALID); IS(cx.field, S("half")); IS(cx.why, S("“half” must be a whole number."));
  ERR(&cx, json_str(&cx, j, "i", &s), E_INVALID);
  ERR(&cx, json_bool(&cx, j, "i", &yes), E_INVALID);
  ERR(&cx, json_time(&cx, j, "s", &i), E_INVALID);
  ERR(&cx, json_strs(&cx, j, "s", &texts, &n), E_INVALID);
  static const char *const names[] = { "s", "i", "three", "half", "yes", "nil", "at", "l", NULL };
  ERR(&cx, json_only(&cx, j, names), E_INVALID); IS(cx.field, S("o"));
}

TEST(json_refuses) {
  static const struct { int line; const char *in; const char *why; } cases[] = {
    { __LINE__, "", "The JSON is empty." },
    { __LINE__, "  ", "The JSON is empty." },
    { __LINE__, "{\n \"a\": }", "The JSON is not well formed at line 2, column 7: unexpected token near '}'." },
    { __LINE__, "{\"a\":1,\"a\":2}", "The JSON is not well formed at line 1, column 10: duplicate object key near '\"a\"'." },
    { __LINE__, "{\"a\":1} x", "The JSON is not well formed at line 1, column 9: end of file expected near 'x'." },
    { __LINE__, "{\"a\":99999999999999999999}", "The JSON is not well formed at line 1, column 25: too big integer near '99999999999999999999'." },
    { __LINE__, "\"a\\u0000\"", "The JSON is not well formed at line 1, column 9: \\u0000 is not allowed." },
    { __LINE__, "[1,2]", "The JSON must be an object, { … }." },
  };
  Cx cx = { .arena = a };
  const Json *j;
  for (size_t i = 0; i < COUNT(cases); i++) {
    INT_AT(cases[i].line, json_read_object(&cx, str_z(cases[i].in), &j), E_MALFORMED);
    IS_AT(cases[i].line, cx.why, str_z(cases[i].why));
  }
  OK(&cx, json_read(&cx, S("\"caf\xe9 \xed\xa0\x80\""), &j));                /* repaired where it can be seen */
  IS(str_head(j->text, 7), S("caf\xef\xbf\xbd "));
  MUST(str_utf8_ok(j->text));
  ERR(&cx, json_read(&cx, S("\"\\ud800\""), &j), E_MALFORMED);
  Buf deep = { .arena = a };
  for (int i = 0; i < 100000; i++) buf_char(&deep, '[');
  ERR(&cx, json_read(&cx, buf_str(&deep), &j), E_MALFORMED);
  IS(cx.why, S("The JSON is nested deeper than 64 levels."));
}

TEST(html_escaping) {
  Buf b = { .arena = a };
  html_escape(&b, S("<a href=\"x\" title='y'>R&D</a>"));
  IS(buf_str(&b), S("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;R&amp;D&lt;/a&gt;"));
}
