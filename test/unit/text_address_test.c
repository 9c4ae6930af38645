#include "base/base.h"
#include "text/caps.h"
#include "text/mailaddr.h"
#include "text/url.h"
#include "test.h"

TEST(addresses_one_by_one) {
  static const struct { int line; const char *in; bool ok, typed; const char *normal; } cases[] = {
    { __LINE__, "name@example.org",          true,  true,  "name@example.org" },
    { __LINE__, "Ana@EXAMPLE.org",           true,  true,  "ana@example.org" },
    { __LINE__, "ana+tag@b.co",              true,  true,  "ana+tag@b.co" },
    { __LINE__, "ana@bücher.de",             true,  true,  "ana@xn--bcher-kva.de" },
    { __LINE__, "ANA@BÜCHER.de",             true,  true,  "ana@xn--bcher-kva.de" },
    { __LINE__, "ÉLODIE@exemple.fr",         true,  true,  "élodie@exemple.fr" },
    { __LINE__, "foo..bar@docomo.ne.jp",     true,  true,  "foo..bar@docomo.ne.jp" },
    { __LINE__, "foo.@ezweb.ne.jp",          true,  true,  "foo.@ezweb.ne.jp" },
    { __LINE__, "root@mail",                 true,  false, "root@mail" },
    { __LINE__, "a@[192.0.2.1]",             true,  false, "a@[192.0.2.1]" },
    { __LINE__, "a@192.0.2.1",               true,  false, "a@192.0.2.1" },
    { __LINE__, "a@b.c",                     true,  false, "a@b.c" },
    { __LINE__, "",                          false, false, "" },
    { __LINE__, "@example.org",              false, false, "" },
    { __LINE__, "ana",                       false, false, "" },
    { __LINE__, "ana@",                      false, false, "" },
    { __LINE__, "ana@example..org",          false, false, "" },
    { __LINE__, "ana@-example.org",          false, false, "" },
    { __LINE__, "a b@example.org",           false, false, "" },
    { __LINE__, "a@b@example.org",           false, false, "" },
    { __LINE__, "ana@example.org\r\nBcc: x", false, false, "" },
    { __LINE__, "<ana@example.org>",         false, false, "" },
    { __LINE__, "\"ana b\"@example.org",     false, false, "" },
    { __LINE__, "an\xff@example.org",        false, false, "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str in = str_z(cases[i].in);
    INT_AT(cases[i].line, mailaddr_ok(in), cases[i].ok);
    INT_AT(cases[i].line, mailaddr_typed_ok(in), cases[i].typed);
    IS_AT(cases[i].line, mailaddr_normal(a, in), str_z(cases[i].normal));
  }
  IS(mailaddr_normal(a, S(" ana@example.org. ")), S("ana@example.org"));
  Buf b = { .arena = a };
  for (int i = 0; i < 65; i++) buf_char(&b, 'a');
  buf_add(&b, S("@example.org"));
  MUST(!mailaddr_ok(buf_str(&b)));
  MUST(mailaddr_ok(str_from(buf_str(&b), 1)));
  MUST(mailaddr_eq(a, S("Ana@Example.org"), S("ana@example.ORG")) && !mailaddr_eq(a, S(""), S("")));
}

static Str shown(Arena *a, MailAddrs l) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < l.n; i++) buf_fmt(&b, "[" STR_FMT "|" STR_FMT "]", STR_ARG(l.at[i].name), STR_ARG(l.at[i].email));
  return buf_str(&b);
}

TEST(address_lists) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "ana@b.org", "[|ana@b.org]" },
    { __LINE__, "Ana <ana@b.org>, Bo <bo@c.org>", "[Ana|ana@b.org][Bo|bo@c.org]" },
    { __LINE__, "Ana <ana@b.org>; Bo <bo@c.org>;", "[Ana|ana@b.org][Bo|bo@c.org]" },
    { __LINE__, "\"Doe, J. (Jane)\" <j@x.org>, k@x.org", "[Doe, J. (Jane)|j@x.org][|k@x.org]" },
    { __LINE__, "Doe, Jane <j@x.org>", "[Doe, Jane|j@x.org]" },
    { __LINE__, "undisclosed-recipients:;", "" },
    { __LINE__, "Team: a@b.org, b@c.org;, z@z.org", "[|a@b.org][|b@c.org][|z@z.org]" },
    { __LINE__, "a:b:c:d:x@y.org;;;;", "[|x@y.org]" },
    { __LINE__, "=?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <j@b.de>", "[Jürgen Müller|j@b.de]" },
    { __LINE__, "=?utf-8?B?SsO8?= =?utf-8?B?cmdlbg==?= <j@b.de>", "[Jürgen|j@b.de]" },
    { __LINE__, "=?iso-2022-jp?B?GyRCRU9KVRsoQg==?= <w@b.jp>", "[渡辺|w@b.jp]" },
    { __LINE__, "=?ks_c_5601-1987?B?x9G/tQ==?= <k@b.kr>", "[한영|k@b.kr]" },
    { __LINE__, "=?gb2312?B?1cXI/Q==?= <z@b.cn>", "[张三|z@b.cn]" },
    { __LINE__, "J\xfcrgen <j@b.de>", "[Jürgen|j@b.de]" },
    { __LINE__, "ana@b.org (Ana Comment)", "[Ana Comment|ana@b.org]" },
    { __LINE__, "<mailto:ana@b.org>", "[|ana@b.org]" },
    { __LINE__, "Ana ana@b.org", "[Ana|ana@b.org]" },
    { __LINE__, "'Ana' <'ana@b.org'>", "[Ana|ana@b.org]" },
    { __LINE__, "\"'Ana'\" <ana@b.org>", "[Ana|ana@b.org]" },
    { __LINE__, "Ana <ana@b.org", "[Ana|ana@b.org]" },
    { __LINE__, "foo..bar@docomo.ne.jp, foo.@ezweb.ne.jp", "[|foo..bar@docomo.ne.jp][|foo.@ezweb.ne.jp]" },
    { __LINE__, "MAILER-DAEMON, x@y.org", "[|x@y.org]" },
    { __LINE__, "<>", "" },
    { __LINE__, ",,;;,", "" },
    { __LINE__, "\"never closed <a@b.org>, c@d.org", "[never closed|a@b.org][|c@d.org]" },
    { __LINE__, "a@evil.org <b@c.org>", "[a@evil.org|b@c.org]" },
    { __LINE__, "ANA@b.org, ana@B.org", "[|ana@b.org]" },
    { __LINE__, "=?utf-8?Q?Ana=0D=0ABcc=3A_x=40y.org?= <a@b.org>", "[Ana Bcc: x@y.org|a@b.org]" },
    { __LINE__, "ana@b\xc3\xbc" "cher.de", "[|ana@xn--bcher-kva.de]" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, shown(a, mailaddr_list(a, str_z(cases[i].in))), str_z(cases[i].out));
  MailAddr one;
  MUST(mailaddr_parse(a, S("Ana <ana@b.org>"), &one));
  IS(one.name, S("Ana"));
  MUST(!mailaddr_parse(a, S("a@b.org, c@d.org"), &one) && !mailaddr_parse(a, S("nobody"), &one));
}

TEST(address_floods) {
  Buf b = { .arena = a };
  for (int i = 0; i < 60000; i++) buf_char(&b, "(\"<:["[i % 5]);
  INT(mailaddr_list(a, buf_str(&b)).n, 0);
  Buf many = { .arena = a };
  for (int i = 0; i < 3000; i++) buf_fmt(&many, "p%d@x.org,", i);
  INT(mailaddr_list(a, buf_str(&many)).n, CAP_ADDRESSES);
}

TEST(urls) {
  static const struct { int line; const char *in; bool ok; const char *host; int port; const char *path, *query; } cases[] = {
    { __LINE__, "https://example.org", true, "example.org", 0, "", "" },
    { __LINE__, "HTTP://example.org:8080/a/b?c=d&e#f", true, "example.org", 8080, "/a/b", "c=d&e" },
    { __LINE__, "https://u:p@example.org/", true, "example.org", 0, "/", "" },
    { __LINE__, "http://[::1]:80/x", true, "::1", 80, "/x", "" },
    { __LINE__, "https://bücher.de/", true, "bücher.de", 0, "/", "" },
    { __LINE__, "https:///x", false, "", 0, "", "" },
    { __LINE__, "https:example.org", false, "", 0, "", "" },
    { __LINE__, "javascript://example.org/%0aalert(1)", false, "", 0, "", "" },
    { __LINE__, "https://exa mple.org", false, "", 0, "", "" },
    { __LINE__, "https://example.org\\@evil.org", false, "", 0, "", "" },
    { __LINE__, "https://example.org:99999/", false, "", 0, "", "" },
    { __LINE__, "//example.org/", false, "", 0, "", "" },
    { __LINE__, "/path", false, "", 0, "", "" },
    { __LINE__, "", false, "", 0, "", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Url u = { 0 };
    INT_AT(cases[i].line, url_parse(str_z(cases[i].in), &u), cases[i].ok);
    IS_AT(cases[i].line, u.host, str_z(cases[i].host));
    INT_AT(cases[i].line, u.port, cases[i].port);
    IS_AT(cases[i].line, u.path, str_z(cases[i].path));
    IS_AT(cases[i].line, u.query, str_z(cases[i].query));
  }
}

TEST(urls_fit_for_href) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, " https://example.org/a b\"c<d> ", "https://example.org/a%20b%22c%3Cd%3E" },
    { __LINE__, "ht\ntps://example.org/\tx", "https://example.org/x" },
    { __LINE__, "mailto:ana@example.org?subject=Hi there", "mailto:ana@example.org?subject=Hi%20there" },
    { __LINE__, "tel:+31-20-1234567", "tel:+31-20-1234567" },
    { __LINE__, "java\nscript:alert(1)", "" },
    { __LINE__, "JavaScript:alert(1)", "" },
    { __LINE__, "\x01javascript:alert(1)", "" },
    { __LINE__, "data:text/html,<script>", "" },
    { __LINE__, "vbscript:x", "" },
    { __LINE__, "file:///etc/passwd", "" },
    { __LINE__, "relative/path", "" },
    { __LINE__, "#top", "" },
    { __LINE__, "mailto:", "" },
    { __LINE__, "https://", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, url_safe(a, str_z(cases[i].in)), str_z(cases[i].out));
}

TEST(url_coding) {
  Buf b = { .arena = a };
  url_encode(&b, S("a b/é?&=~-._"));
  IS(buf_str(&b), S("a%20b%2F%C3%A9%3F%26%3D~-._"));
  IS(url_decode(a, buf_str(&b)), S("a b/é?&=~-._"));
  IS(url_decode(a, S("100%")), S("100%"));
  IS(url_decode(a, S("%4")), S("%4"));
  IS(url_decode(a, S("%41%zz+%ff%00")), S("A%zz+\xEF\xBF\xBD"));
}

TEST(forms) {
  Cx cx = { .arena = a };
  Form f;
  OK(&cx, form_parse(&cx, S("name=Ana+B%C3%A9&text=one%0D%0Atwo&empty=&flag&&name=second&x=a=b"), &f));
  INT(f.n, 6);
  IS(form_get(&f, S("name")), S("Ana Bé"));
  IS(form_get(&f, S("text")), S("one\ntwo"));
  IS(form_get(&f, S("x")), S("a=b"));
  MUST(form_has(&f, S("flag")) && form_has(&f, S("empty")) && !form_has(&f, S("nothing")));
  Buf many = { .arena = a }, back = { .arena = a };
  for (int i = 0; i <= CAP_FORM_FIELDS; i++) buf_add(&many, S("a=1&"));
  ERR(&cx, form_parse(&cx, buf_str(&many), &f), E_TOO_LARGE);
  buf_add(&back, S("/search?"));
  form_put(&back, S("q"), S("a&b"));
  form_put(&back, S("n"), S("1"));
  IS(buf_str(&back), S("/search?q=a%26b&n=1"));
}
