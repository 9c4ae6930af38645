/* A route table of the test's own takes the place of web/routes.c. */
#include "web/route.h"
#include "test.h"

static Err page(Cx *cx, const Req *q, Res *res) { (void)cx; (void)q; return res_text(res, 200, S("page")); }

static const Route table[] = {
  { .verb = GET,  .path = "/",                    .run = page, .may = MAY_ANYONE },
  { .verb = GET,  .path = "/requests/{ref}",      .run = page, .may = MAY_ASKER },
  { .verb = POST, .path = "/requests/{ref}",      .run = page, .may = MAY_ASKER },
  { .verb = POST, .path = "/requests/{ref}/acts", .run = page, .may = MAY_ASKER },
  { .verb = GET,  .path = "/static/{file*}",      .run = page, .may = MAY_ANYONE },
  { .verb = GET,  .path = "/forgotten",           .run = page },
};
size_t       route_count(void) { return COUNT(table); }
const Route *route_at(size_t i) { return &table[i]; }

TEST(route_find) {
  static const struct { int line; Verb verb; const char *path; Err want; const char *param, *allow; } cases[] = {
    { __LINE__, GET,  "/",                     E_OK,     "", "" },
    { __LINE__, GET,  "/requests/R-12",        E_OK,     "R-12", "" },
    { __LINE__, POST, "/requests/R-12",        E_OK,     "R-12", "" },
    { __LINE__, GET,  "/requests/",            E_ABSENT, "", "" },
    { __LINE__, GET,  "/requests",             E_ABSENT, "", "" },
    { __LINE__, GET,  "/requests/R-12/",       E_ABSENT, "", "" },
    { __LINE__, GET,  "/requests/R-12/acts",   E_METHOD, "", "POST" },
    { __LINE__, PATCH, "/requests/R-12",       E_METHOD, "", "GET, HEAD, POST" },
    { __LINE__, GET,  "/static/a/b.css",       E_OK,     "a/b.css", "" },
    { __LINE__, GET,  "/static/",              E_ABSENT, "", "" },
    { __LINE__, GET,  "",                      E_ABSENT, "", "" },
    { __LINE__, GET,  "//requests/R-12",       E_ABSENT, "", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    const Route *r;
    Pairs params = { 0 };
    Str allow = S("");
    INT_AT(cases[i].line, route_find(&cx, cases[i].verb, str_z(cases[i].path), &r, &params, &allow), cases[i].want);
    if (cases[i].want == E_OK) IS_AT(cases[i].line, params.n ? params.at[0].value : S(""), str_z(cases[i].param));
    IS_AT(cases[i].line, allow, str_z(cases[i].allow));
  }
}

TEST(may) {
  static const Actor nobody = { 0 }, asker = { .party = 1 }, server = { .party = 1, .serves = true },
    leader = { .party = 1, .leads = true }, admin = { .party = 1, .administers = true },
    linked = { .party = 1, .only_request = 7, .serves = true, .leads = true, .administers = true };
  static const struct { int line; May may; bool nobody, asker, server, leader, admin, linked; } cases[] = {
    { __LINE__, MAY_NOBODY,   0, 0, 0, 0, 0, 0 },
    { __LINE__, MAY_ANYONE,   1, 1, 1, 1, 1, 1 },
    { __LINE__, MAY_ASKER,    0, 1, 1, 1, 1, 1 },
    { __LINE__, MAY_PROVIDER, 0, 0, 1, 1, 1, 0 },
    { __LINE__, MAY_LEAD,     0, 0, 0, 1, 1, 0 },
    { __LINE__, MAY_ADMIN,    0, 0, 0, 0, 1, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    INT_AT(cases[i].line, may_pass(cases[i].may, &nobody), cases[i].nobody);
    INT_AT(cases[i].line, may_pass(cases[i].may, &asker),  cases[i].asker);
    INT_AT(cases[i].line, may_pass(cases[i].may, &server), cases[i].server);
    INT_AT(cases[i].line, may_pass(cases[i].may, &leader), cases[i].leader);
    INT_AT(cases[i].line, may_pass(cases[i].may, &admin),  cases[i].admin);
    INT_AT(cases[i].line, may_pass(cases[i].may, &linked), cases[i].linked);
  }
}

TEST(redirect_stays_here) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "/inbox?x=1", "/inbox?x=1" }, { __LINE__, "/", "/" },
    { __LINE__, "//evil.example", "/" }, { __LINE__, "/\\evil.example", "/" }, { __LINE__, "https://evil.example", "/" },
    { __LINE__, "/a\r\nSet-Cookie: x", "/" }, { __LINE__, "", "/" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    Res res = { .body.arena = a };
    OK(&cx, res_redirect(&cx, &res, str_z(cases[i].in)));
    INT_AT(cases[i].line, res.status, 303);
    IS_AT(cases[i].line, res.location, str_z(cases[i].out));
  }
}

TEST(file_names_never_break_out) {
  Cx cx = { .arena = a };
  Res res = { .body.arena = a };
  OK(&cx, res_file(&cx, &res, S("a\"\r\nX: é;.pdf"), S("text/html\r\nX: y"), S("bytes")));
  IS(res.disposition, S("attachment; filename=\"a___X: ___.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20%C3%A9%3B.pdf"));
  IS(res.type, S("application/octet-stream"));
}
