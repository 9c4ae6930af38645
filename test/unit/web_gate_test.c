/* The gate between a request and its handler, on both stores, with a table of the test's own in place of web/routes.c. */
#include "desk/link.h"
#include "desk/request.h"
#include "desk/session.h"
#include "desk_fixture.h"
#include "text/lang.h"
#include "web/csrf.h"
#include "web/route.h"

static int runs;
static Actor seen;
static Err page(Cx *cx, const Req *q, Res *res) { (void)q; runs++; seen = cx->actor; return res_text(res, 200, S("page")); }
static Err made(Cx *cx, const Req *q, Res *res) { (void)q; runs++; return res_json(res, 201, str_fmt(cx->arena, "{\"n\":%d}", runs)); }
static Err half(Cx *cx, const Req *q, Res *res) {
  (void)q;
  TRY(db_run(cx, SQL("INSERT INTO setting(name, value) VALUES ('half', ?1)"), V(S("way"))));
  return res_text(res, 422, S("again, please"));
}

static const Route table[] = {
  { .verb = GET,  .path = "/",              .run = page, .may = MAY_ANYONE },
  { .verb = GET,  .path = "/mine",          .run = page, .may = MAY_ASKER },
  { .verb = GET,  .path = "/my/{ref}",      .run = page, .may = MAY_ASKER, .link = true },
  { .verb = POST, .path = "/my/{ref}",      .run = page, .may = MAY_ASKER, .link = true },
  { .verb = GET,  .path = "/about-me",      .run = page, .may = MAY_ASKER, .link = true },
  { .verb = GET,  .path = "/inbox",         .run = page, .may = MAY_PROVIDER },
  { .verb = POST, .path = "/half",          .run = half, .may = MAY_ANYONE, .no_csrf = true },
  { .verb = GET,  .path = "/api/v1/things", .run = page, .may = MAY_ASKER },
  { .verb = POST, .path = "/api/v1/things", .run = made, .may = MAY_ASKER },
  { .verb = GET,  .path = "/forgotten",     .run = page },
};
size_t       route_count(void) { return COUNT(table); }
const Route *route_at(size_t i) { return &table[i]; }

/* A request as take.c would have made it. */
static Req req(Cx *cx, Verb verb, const char *path) {
  Req q = { .verb = verb, .path = str_z(path), .host = S("desk.example"), .ip = S("192.0.2.7") };
  Str allow;
  q.api = str_starts(q.path, S("/api/"));
  OK(cx, route_find(cx, verb, q.path, &q.route, &q.params, &allow));
  return q;
}
static void cookie(Cx *cx, Req *q, const char *name, Str value) { vec_add(cx->arena, &q->cookies, (Pair){ str_z(name), value }); }
static void field(Cx *cx, Req *q, const char *name, Str value) { vec_add(cx->arena, &q->form, (Pair){ str_z(name), value }); }
static Str set_cookie(const Res *res, const char *name) {
  Str value, rest;
  for (size_t i = 0; i < res->cookies.n; i++)
    if (str_eq(res->cookies.at[i].name, str_z(name))) { str_cut(res->cookies.at[i].value, ';', &value, &rest); return value; }
  return S("");
}
/* The status that came back; runs and seen tell whether the handler was reached, and as whom. */
static int go(Cx *cx, Req *q, Res *res) {
  runs = 0;
  seen = (Actor){ 0 };
  *res = (Res){ .body.arena = cx->arena };
  Err e = dispatch(cx, q, res);
  MUST((e == E_OK) == (res->status < 400));
  return res->status;
}
static Str session(Cx *cx, int64_t party) {
  Str secret = S("");
  OK(cx, session_new(cx, party, S("Firefox"), &secret));
  return secret;
}

TEST_STORES(gate_who) {
  Place p;
  Res res;
  place_new(cx, &p);
  Str ana = session(cx, p.ana), sofie = session(cx, p.sofie), admin = session(cx, p.admin), key = S("");
  OK(cx, token_new(cx, p.sofie, S("test"), &key));
  struct { int line; const char *path; Str cookie, bearer; int status; int64_t as; } cases[] = {
    { __LINE__, "/",              S(""),  S(""),   200, 0 },
    { __LINE__, "/",              ana,    S(""),   200, p.ana },
    { __LINE__, "/",              S("x"), S(""),   200, 0 },
    { __LINE__, "/mine",          S(""),  S(""),   303, 0 },
    { __LINE__, "/mine",          ana,    S(""),   200, p.ana },
    { __LINE__, "/inbox",         ana,    S(""),   403, 0 },
    { __LINE__, "/inbox",         sofie,  S(""),   200, p.sofie },
    { __LINE__, "/inbox",         admin,  S(""),   200, p.admin },
    { __LINE__, "/forgotten",     admin,  S(""),   403, 0 },
    { __LINE__, "/forgotten",     S(""),  S(""),   403, 0 },
    { __LINE__, "/api/v1/things", S(""),  S(""),   401, 0 },
    { __LINE__, "/api/v1/things", S(""),  key,     200, p.sofie },
    { __LINE__, "/api/v1/things", ana,    S("no"), 401, 0 },      /* a wrong key is never passed over for a cookie */
    { __LINE__, "/",              S(""),  S("no"), 401, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Req q = req(cx, GET, cases[i].path);
    if (cases[i].cookie.n) cookie(cx, &q, "s", cases[i].cookie);
    q.bearer = cases[i].bearer;
    INT_AT(cases[i].line, go(cx, &q, &res), cases[i].status);
    INT_AT(cases[i].line, seen.party, cases[i].as);
    INT_AT(cases[i].line, runs, cases[i].status == 200);
  }
  Req q = req(cx, GET, "/mine");
  q.query = S("x=1");
  go(cx, &q, &res);
  IS(res.location, S("/signin?then=%2Fmine%3Fx%3D1"));
  q.part = S("main");
  INT(go(cx, &q, &res), 401);                               /* a part cannot follow to another page */
  OK(cx, party_disable(cx, p.ana, true));
  Req gone = req(cx, GET, "/mine");
  cookie(cx, &gone, "s", ana);
  INT(go(cx, &gone, &res), 303);
}

TEST_STORES(gate_forms) {
  Place p;
  Res res;
  place_new(cx, &p);
  Str ana = session(cx, p.ana), bo = session(cx, p.priya), key = S("");
  OK(cx, token_new(cx, p.ana, S("test"), &key));
  Str good = csrf_make(a, cx->site, ana), other = csrf_make(a, cx->site, bo);
  MUST(!str_eq(good, csrf_make(a, cx->site, ana)));         /* masked anew each time */
  struct { int line; Str field, header, origin, bearer; bool cookie; int status; } cases[] = {
    { __LINE__, good,  S(""), S(""), S(""), true,  200 },
    { __LINE__, S(""), good,  S(""), S(""), true,  200 },
    { __LINE__, good,  S(""), S("https://desk.example"), S(""), true, 200 },
    { __LINE__, good,  S(""), S("http://desk.example"), S(""), true, 200 },      /* behind a proxy that ends TLS */
    { __LINE__, good,  S(""), S("null"), S(""), true, 200 },
    { __LINE__, S(""), S(""), S(""), S(""), true,  403 },
    { __LINE__, other, S(""), S(""), S(""), true,  403 },
    { __LINE__, S("AAAA"), S(""), S(""), S(""), true, 403 },
    { __LINE__, good,  S(""), S("https://evil.example"), S(""), true, 403 },
    { __LINE__, good,  S(""), S("https://desk.example.evil.example"), S(""), true, 403 },
    { __LINE__, S(""), S(""), S(""), key,   false, 200 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Req q = req(cx, POST, "/my/R-1");
    if (cases[i].cookie) cookie(cx, &q, "s", ana);
    if (cases[i].field.n) field(cx, &q, "csrf", cases[i].field);
    q.csrf_sent = cases[i].header;
    q.origin = cases[i].origin;
    q.bearer = cases[i].bearer;
    INT_AT(cases[i].line, go(cx, &q, &res), cases[i].status);
    INT_AT(cases[i].line, runs, cases[i].status == 200);
  }
  Req stranger = req(cx, GET, "/");
  INT(go(cx, &stranger, &res), 200);
  MUST(csrf_ok(a, cx->site, set_cookie(&res, "f"), stranger.csrf));
  MUST(!csrf_ok(a, cx->site, S(""), stranger.csrf));
}

TEST_STORES(gate_links) {
  Place p;
  Res res;
  place_new(cx, &p);
  Link one = { .to = LINK_PAGE, .party = p.ana, .request = 1, .ends_at = cx->now + DAY }, two = { .to = LINK_PAGE, .party = p.olu, .request = 2, .ends_at = cx->now + DAY },
       memory = { .to = LINK_MEMORY, .party = p.ana, .ends_at = cx->now + DAY }, old = { .to = LINK_PAGE, .party = p.ana, .request = 3, .ends_at = cx->now - MINUTE },
       boss = { .to = LINK_PAGE, .party = p.admin, .request = 4, .ends_at = cx->now + DAY };
  Str jar = str_cat(a, link_make(a, cx->site, &two), S("."), link_make(a, cx->site, &one), S("."), link_make(a, cx->site, &old), S("."), link_make(a, cx->site, &boss), S(".rubbish"));
  struct { int line; const char *path; Str jar; int status; int64_t as, only; } cases[] = {
    { __LINE__, "/my/R-1",   jar, 200, p.ana, 1 },
    { __LINE__, "/my/R-2",   jar, 200, p.olu, 2 },
    { __LINE__, "/my/R-3",   jar, 303, 0, 0 },                       /* too old */
    { __LINE__, "/my/R-4",   jar, 200, p.admin, 4 },
    { __LINE__, "/my/R-5",   jar, 303, 0, 0 },
    { __LINE__, "/my/other", jar, 303, 0, 0 },
    { __LINE__, "/inbox",    jar, 303, 0, 0 },                       /* an administrator's link is no administrator */
    { __LINE__, "/mine",     jar, 303, 0, 0 },                       /* the row does not take links */
    { __LINE__, "/",         jar, 200, 0, 0 },
    { __LINE__, "/about-me", link_make(a, cx->site, &memory), 200, p.ana, LINK_NO_REQUEST },
    { __LINE__, "/my/R-1",   link_make(a, cx->site, &memory), 303, 0, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Req q = req(cx, GET, cases[i].path);
    cookie(cx, &q, "k", cases[i].jar);
    INT_AT(cases[i].line, go(cx, &q, &res), cases[i].status);
    INT_AT(cases[i].line, seen.party, cases[i].as);
    INT_AT(cases[i].line, seen.only_request, cases[i].only);
    MUST_AT(cases[i].line, !seen.serves && !seen.leads && !seen.administers);
  }
  Request any;
  cx->actor = (Actor){ .party = p.ana, .only_request = LINK_NO_REQUEST };
  Request mine = { 0 };
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .subject = S("printer"), .channel = S("page") }, &mine));
  OK(cx, request_get(cx, mine.id, &any));
  cx->actor = (Actor){ .party = p.ana, .only_request = LINK_NO_REQUEST };
  ERR(cx, request_get(cx, mine.id, &any), E_ABSENT);                 /* a link to what we remember opens no request */
}

TEST_STORES(gate_once) {
  Place p;
  Res res;
  place_new(cx, &p);
  Str key = S(""), first;
  OK(cx, token_new(cx, p.ana, S("test"), &key));
  Req q = req(cx, POST, "/api/v1/things");
  q.bearer = key;
  q.idempotency_key = S("k1");
  q.body = S("{}");
  INT(go(cx, &q, &res), 201);
  INT(runs, 1);
  first = buf_str(&res.body);
  INT(go(cx, &q, &res), 201);
  INT(runs, 0);
  IS(buf_str(&res.body), first);
  q.body = S("{ }");
  INT(go(cx, &q, &res), 409);
  q.idempotency_key = S("k2");
  INT(go(cx, &q, &res), 201);
  INT(runs, 1);
  cx->now += DAY + SECOND;                                           /* forgotten after a day */
  q.idempotency_key = S("k1");
  INT(go(cx, &q, &res), 201);
  INT(runs, 1);
}

TEST_STORES(gate_language) {
  Place p;
  Res res;
  place_new(cx, &p);
  Str ana = session(cx, p.ana);
  struct { int line; const char *asked, *own, *kept, *header, *want; } cases[] = {
    { __LINE__, "",   "",   "",   "",      "en" }, { __LINE__, "",   "",   "",   "nl, en;q=0.5", "nl" }, { __LINE__, "",   "",   "de", "nl", "de" },
    { __LINE__, "",   "fr", "de", "nl",    "fr" }, { __LINE__, "ar", "fr", "de", "nl", "ar" },         { __LINE__, "xx", "",   "",   "", "en" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Req q = req(cx, GET, "/");
    OK(cx, db_run(cx, SQL("UPDATE party SET lang = ?2 WHERE id = ?1"), V(p.ana), V(str_z(cases[i].own))));
    if (*cases[i].own) cookie(cx, &q, "s", ana);
    if (*cases[i].kept) cookie(cx, &q, "l", str_z(cases[i].kept));
    if (*cases[i].asked) vec_add(a, &q.args, (Pair){ S("lang"), str_z(cases[i].asked) });
    q.languages = str_z(cases[i].header);
    INT_AT(cases[i].line, go(cx, &q, &res), 200);
    IS_AT(cases[i].line, lang_tag(cx->lang), str_z(cases[i].want));
    MUST_AT(cases[i].line, !*cases[i].asked || set_cookie(&res, "l").n);
  }
}

TEST_STORES(gate_refusals_are_rolled_back) {
  Place p;
  Res res;
  int64_t n;
  place_new(cx, &p);
  Req q = req(cx, POST, "/half");
  {
    DEFER(tx_end) Tx tx = { 0 };
    OK(cx, tx_begin(cx, &tx));
    INT(go(cx, &q, &res), 422);                                      /* go() sees that dispatch gave an Err: the lane rolls back */
  }
  OK(cx, db_int(cx, &n, SQL("SELECT count(*) FROM setting WHERE name = ?1"), V(S("half"))));
  INT(n, 0);
  IS(buf_str(&res.body), S("again, please"));
}
