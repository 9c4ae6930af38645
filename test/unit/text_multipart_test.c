/* Forms with files, as browsers send them and as nobody should. */
#include <stdlib.h>
#include "test.h"
#include "text/multipart.h"

#define B "\r\n--xx"
static Err parse(Cx *cx, const char *type, Str body, Parts *ret) {
  *ret = (Parts){ 0 };
  return multipart_parse(cx, str_z(type), body, ret);
}

TEST(multipart_good) {
  Cx cx = { .arena = a };
  Parts p;
  OK(&cx, parse(&cx, "multipart/form-data; boundary=xx",
    S("--xx\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHello\r\n--x and\r\n\r\nmore\xff" B
      "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\a \\\"b\\\".pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\0\r\n" B
      "\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n" B
      "\r\nContent-Disposition: form-data; name=bare\r\n\r\n" B "--\r\nepilogue"), &p));
  INT(p.n, 4);
  IS(p.at[0].name, S("text"));
  IS(p.at[0].bytes, S("Hello\r\n--x and\r\n\r\nmore\xef\xbf\xbd"));
  MUST(!p.at[0].file);
  IS(p.at[1].filename, S("C:\\a \"b\".pdf"));
  IS(p.at[1].type, S("application/pdf"));
  IS(p.at[1].bytes, S("%PDF\0\r\n"));
  MUST(p.at[2].file && p.at[2].filename.n == 0 && p.at[2].bytes.n == 0);
  IS(p.at[3].name, S("bare"));
  OK(&cx, parse(&cx, "multipart/form-data; charset=utf-8; boundary=\"a b\"", S("preamble\r\n--a b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--a b--"), &p));
  INT(p.n, 1);
  IS(p.at[0].bytes, S("v"));
  OK(&cx, parse(&cx, "multipart/form-data; boundary=xx", S("--xx--\r\n"), &p));
  INT(p.n, 0);
}

#define PART "--xx\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv"
TEST(multipart_bad) {
  static const struct { int line; const char *type, *body; } cases[] = {
    { __LINE__, "multipart/form-data", PART B "--" },                          { __LINE__, "multipart/form-data; boundary=", PART B "--" },
    { __LINE__, "multipart/form-data; boundary=\"xx", PART B "--" },           { __LINE__, "multipart/form-data; boundary=yy", PART B "--" },
    { __LINE__, "multipart/form-data; boundary=xx", "" },                      { __LINE__, "multipart/form-data; boundary=xx", "--xx" },
    { __LINE__, "multipart/form-data; boundary=xx", PART },                    { __LINE__, "multipart/form-data; boundary=xx", PART B },
    { __LINE__, "multipart/form-data; boundary=xx", PART "\r\n--xxyy--" },     { __LINE__, "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data\r\n\r\nv" B "--" },
    { __LINE__, "multipart/form-data; boundary=xx", "--xx\r\nno colon\r\n\r\nv" B "--" },
    { __LINE__, "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: attachment; name=\"n\"\r\n\r\nv" B "--" },
    { __LINE__, "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data; name=\"n\r\n\r\nv" B "--" },
    { __LINE__, "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data; name=\"n\"\r\n" B "--" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    Parts p;
    INT_AT(cases[i].line, parse(&cx, cases[i].type, str_z(cases[i].body), &p), E_MALFORMED);
    MUST_AT(cases[i].line, cx.why.n > 0);
  }
}

TEST(multipart_cut_anywhere_never_reads_past) {
  static const char whole[] = PART B "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n\r\n" B "--\r\n";
  for (size_t n = 0; n < sizeof whole; n++) {
    Cx cx = { .arena = a };
    Parts p;
    char *copy = malloc(n ? n : 1);                          /* the exact size, so that the sanitizer sees a byte too many */
    memcpy(copy, whole, n);
    Err e = parse(&cx, "multipart/form-data; boundary=xx", (Str){ copy, n }, &p);
    MUST(e == E_OK || e == E_MALFORMED);
    free(copy);
  }
}

TEST(multipart_too_many) {
  Cx cx = { .arena = a };
  Parts p;
  Buf b = { .arena = a };
  for (int i = 0; i < 1001; i++) buf_add(&b, S("\r\n--xx\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv"));
  buf_add(&b, S("\r\n--xx--"));
  ERR(&cx, parse(&cx, "multipart/form-data; boundary=xx", str_from(buf_str(&b), 2), &p), E_TOO_LARGE);
}
