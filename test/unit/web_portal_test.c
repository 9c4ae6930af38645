/* Decisions of the asker's pages, and their handlers as functions of values: who is shown what. */
#include <stdio.h>
#include "channel/mail_try.h"
#include "desk/act.h"
#include "desk/card_remark.h"
#include "desk/link.h"
#include "desk/mailbox.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/verdict.h"
#include "desk/worth_letter.h"
#include "desk_fixture.h"
#include "web/pages/account.h"
#include "web/pages/portal.h"

TEST(where_a_request_stands_for_the_one_who_asked) {
  enum { NOW = 1000, PAST = 900, LATER = 1100 };
  static const struct { int line; const char *state, *ball; int64_t hear, due, owner; Stand stand; bool waits; } cases[] = {
    { __LINE__, "REQUESTED", "provider", LATER, LATER, 0, STAND_LOOKING,   false },
    { __LINE__, "REQUESTED", "provider", PAST,  PAST,  0, STAND_LATE,      false },
    { __LINE__, "REQUESTED", "provider", PAST,  PAST,  7, STAND_LOOKING,   false },   /* somebody has it and spoke up */
    { __LINE__, "REQUESTED", "customer", LATER, LATER, 7, STAND_ASKED,     true  },
    { __LINE__, "COUNTERED", "customer", 0,     LATER, 7, STAND_OFFER,     true  },
    { __LINE__, "COUNTERED", "provider", 0,     LATER, 7, STAND_OFFER,     true  },   /* a question in between: the offer still stands */
    { __LINE__, "PROMISED",  "provider", 0,     LATER, 7, STAND_PROMISED,  false },
    { __LINE__, "PROMISED",  "provider", 0,     PAST,  7, STAND_OVERDUE,   false },
    { __LINE__, "PROMISED",  "customer", 0,     PAST,  7, STAND_ASKED,     true  },
    { __LINE__, "AMENDING",  "provider", 0,     LATER, 7, STAND_CHANGING,  false },
    { __LINE__, "REPORTED",  "customer", 0,     LATER, 7, STAND_REPORTED,  true  },
    { __LINE__, "REPORTED",  "provider", 0,     LATER, 7, STAND_READING,   false },
    { __LINE__, "REVOKED",   "customer", 0,     LATER, 7, STAND_REVOKED,   true  },
    { __LINE__, "ACCEPTED",  "",         0,     PAST,  7, STAND_SORTED,    false },
    { __LINE__, "DECLINED",  "",         0,     0,     7, STAND_DECLINED,  false },
    { __LINE__, "WITHDRAWN", "",         0,     0,     7, STAND_WITHDRAWN, false },
    { __LINE__, "LAPSED",    "",         0,     PAST,  7, STAND_RESTING,   false },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Request r = { .state = str_z(cases[i].state), .ball = str_z(cases[i].ball), .hear_at = cases[i].hear, .due_at = cases[i].due,
                  .owner_id = cases[i].owner };
    INT_AT(cases[i].line, portal_stand(&r, NOW), cases[i].stand);
    INT_AT(cases[i].line, portal_waits(portal_stand(&r, NOW)), cases[i].waits);
  }
}

TEST(a_number_to_call) {
  IS(portal_tel(a, S("+351 22 555-0140 (desk)")), S("tel:+351225550140"));
  IS(portal_tel(a, S("0800 1+2")), S("tel:080012"));
}

TEST(servers_of_an_address) {
  const Str *s = mail_servers(a, S("help@Gmail.com"), "imap");
  IS(s[0], S("imaps://imap.gmail.com"));
  INT(s[1].n, 0);
  s = mail_servers(a, S("help@meridian.example"), "smtp");
  IS(s[0], S("smtps://smtp.meridian.example"));
  IS(s[1], S("smtp://smtp.meridian.example:587"));
  s = mail_servers(a, S("help@meridian.example"), "imap");
  IS(s[1], S("imap://imap.meridian.example"));
}

/* ── handlers ────────────────────────────────────────────────────────── */

/* name=value pairs of a form, as many as there are. */
static Pairs form_of(Arena *a, const char *const *pairs, size_t n) {
  Pairs f = { 0 };
  for (size_t i = 0; i + 1 < n; i += 2) vec_add(a, &f, (Pair){ str_z(pairs[i]), str_z(pairs[i + 1]) });
  return f;
}

static Err call(Cx *cx, Verb verb, const char *path, Pairs fields, Res *res) {
  Str allow, where, query;
  Req q = { .verb = verb, .host = S("desk.example"), .ip = S("203.0.113.9") };
  str_cut(str_z(path), '?', &where, &query);
  q.path = where;
  q.query = query;
  Str name, value;
  while (query.n) { Str one; str_cut(query, '&', &one, &query); str_cut(one, '=', &name, &value); vec_add(cx->arena, &q.args, (Pair){ name, value }); }
  q.form = fields;
  OK(cx, route_find(cx, verb, where, &q.route, &q.params, &allow));
  *res = (Res){ .body.arena = cx->arena };
  cx->why = cx->field = S("");
  return q.route->run(cx, &q, res);
}
#define FORM(...) form_of(cx->arena, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
static bool says(const Res *res, const char *words) { return str_find(buf_str(&res->body), str_z(words)) != SIZE_MAX; }

static int64_t requests(Cx *cx) {
  int64_t n = 0;
  OK(cx, db_int(cx, &n, SQL("SELECT count(*) FROM request WHERE id > ?1"), V(0)));
  return n;
}

TEST_STORES(an_address_proves_nothing) {
  Place p;
  Res res;
  int64_t id, trusted = 1;
  place_new(cx, &p);
  /* nobody we knew: this browser is led through a link to the one request it made */
  OK(cx, call(cx, POST, "/ask", FORM("text", "Where is it?", "name", "Tomasz", "mail", "tomasz@new.example"), &res));
  INT(res.status, 303);
  MUST(str_starts(res.location, S("/k/")));
  Link l;
  Str link, rest;
  str_cut(str_from(res.location, 3), '?', &link, &rest);
  MUST(link_read(cx->site, link, cx->now, &l));
  OK(cx, db_int(cx, &id, SQL("SELECT max(id) FROM request WHERE id > ?1"), V(0)));
  INT(l.request, id);
  /* the same address again, and Ana's: nothing is shown, and it is not made sure of */
  static const char *const known[] = { "tomasz@new.example", "Ana@Meridian.example" };
  for (size_t i = 0; i < COUNT(known); i++) {
    OK(cx, call(cx, POST, "/ask", FORM("text", "Send me the list", "name", "Ana", "mail", known[i]), &res));
    MUST(str_starts(res.location, S("/asked")));
    OK(cx, db_int(cx, &trusted, SQL("SELECT trusted FROM message WHERE id > ?1 ORDER BY id DESC LIMIT 1"), V(0)));
    INT(trusted, 0);
  }
  /* the name that was typed changes nothing */
  Party ana;
  OK(cx, party_get(cx, p.ana, &ana));
  IS(ana.name, S("Ana Souza"));
  INT(requests(cx), 3);
}

TEST_STORES(what_is_refused_makes_nothing) {
  Place p;
  Res res;
  int64_t id;
  place_new(cx, &p);
  OK(cx, mailbox_put(cx, &(MailboxNew){ .address = S("help@meridian.example") }, &id));
  OK(cx, call(cx, POST, "/ask", FORM("text", " ", "name", "", "mail", "nobody"), &res));
  INT(res.status, 422);
  INT(res.wrong.n, 3);
  OK(cx, call(cx, POST, "/ask", FORM("text", "x", "name", "N", "mail", "n@n.example", "by", "2026-05-14", "by-hour", "24:99"), &res));
  INT(res.status, 422);
  MUST(says(&res, "2026-05-22"));
  OK(cx, call(cx, POST, "/ask", FORM("text", "x", "name", "N", "mail", "n@n.example", "since", "2026-05-15"), &res));
  INT(res.status, 422);
  MUST(says(&res, "still to come"));
  OK(cx, call(cx, POST, "/ask", FORM("text", "x", "name", "N", "mail", "n@n.example", "leave", "spam"), &res));
  INT(res.status, 422);
  OK(cx, call(cx, POST, "/ask", FORM("text", "x", "name", "N", "mail", "help@meridian.example"), &res));
  INT(res.status, 422);                                  /* our own mailbox would answer itself for ever */
  MUST(says(&res, "our own address"));
  INT(requests(cx), 0);
}

TEST_STORES(the_askers_clock_starts_when_it_began) {
  Place p;
  Res res;
  int64_t since;
  place_new(cx, &p);
  OK(cx, call(cx, POST, "/ask", FORM("text", "Nobody took my call", "name", "N", "mail", "n@n.example", "since", "2026-05-13", "since-hour", "08:30"), &res));
  INT(res.status, 303);
  OK(cx, db_int_(cx, &since, SQL("SELECT since_at FROM request"), NULL, 0));
  IS(clock_rfc3339(a, since), S("2026-05-13T07:30:00.000000Z"));
}

TEST(browsers_are_called_by_name) {
  static const struct { const char *agent, *called; } cases[] = {
    { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "Chrome on Linux" },
    { "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge on Windows" },
    { "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone" },
    { "Mozilla/5.0 (Android 15; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0", "Firefox on Android" },
    { "curl/7.88.1", "curl/7.88.1" }, { "", "An unknown browser" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS(browser_called(a, lang_find(S("en")), str_z(cases[i].agent)), str_z(cases[i].called));
}

TEST_STORES(the_same_form_twice_is_one_question) {
  Place p;
  Res one, two, three;
  place_new(cx, &p);
  act_as(cx, p.ana);
  OK(cx, call(cx, POST, "/ask", FORM("text", "Once", "once", "abc"), &one));
  OK(cx, call(cx, POST, "/ask", FORM("text", "Once", "once", "abc"), &two));
  OK(cx, call(cx, POST, "/ask", FORM("text", "Another, after going back", "once", "abc"), &three));
  IS(two.location, one.location);
  MUST(!str_eq(three.location, one.location));
  INT(requests(cx), 2);
}

TEST_STORES(yes_twice_is_yes) {
  Place p;
  Res one, two;
  Request r;
  place_new(cx, &p);
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("A desk") }, &r));
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_COUNTER, .due = cx->now + DAY, .text = S("Tomorrow") }));
  act_as(cx, p.ana);
  char version[24];
  snprintf(version, sizeof version, "%lld", (long long)r.version);
  OK(cx, call(cx, POST, "/my/R-1/accept", FORM("version", version, "once", "k1"), &one));
  OK(cx, call(cx, POST, "/my/R-1/accept", FORM("version", version, "once", "k1"), &two));
  IS(one.location, S("/my/R-1?done=agreed"));
  IS(two.location, one.location);
  OK(cx, call(cx, POST, "/my/R-1/accept", FORM("version", version, "once", "k2"), &two));
  INT(two.status, 409);
}

TEST_STORES(an_organisation_reads_only_where_it_is_trusted) {
  Place p;
  Res res;
  place_new(cx, &p);
  act_as(cx, p.olu);
  OK(cx, call(cx, POST, "/ask", FORM("text", "Forklift seven knows me not"), &res));
  act_as(cx, p.ana);
  OK(cx, call(cx, GET, str_cstr(a, str_fmt(a, "/my?of=%lld", (long long)p.customer)), (Pairs){ 0 }, &res));
  MUST(!says(&res, "Forklift"));
  OK(cx, relationship_add(cx, p.ana, S("reads"), p.customer));
  OK(cx, call(cx, GET, "/my", (Pairs){ 0 }, &res));
  MUST(says(&res, "Nordpris") && !says(&res, "Forklift"));
  OK(cx, call(cx, GET, str_cstr(a, str_fmt(a, "/my?of=%lld", (long long)p.customer)), (Pairs){ 0 }, &res));
  MUST(says(&res, "Forklift"));
  OK(cx, call(cx, GET, "/my/R-1", (Pairs){ 0 }, &res));
  MUST(says(&res, "Forklift") && !says(&res, "/my/R-1/withdraw"));       /* reads along; what to do is the asker's */
  cx->actor.only_request = 1;                                            /* a mailed link is no key to an organisation */
  OK(cx, call(cx, GET, str_cstr(a, str_fmt(a, "/my?of=%lld", (long long)p.customer)), (Pairs){ 0 }, &res));
  MUST(!says(&res, "Nordpris"));
}

TEST_STORES(notes_among_us_and_other_peoples_memory_stay_there) {
  Place p;
  Res res;
  Request r;
  int64_t id;
  place_new(cx, &p);
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("The printer") }, &r));
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("She sounded tired"), .internal = true }, &id));
  OK(cx, memory_new(cx, &(MemoryNew){ .about_id = p.ana, .kind = S("preference"), .words = S("Rather by mail"), .source = S("told"), .request_id = r.id }, &id));
  act_as(cx, p.ana);
  OK(cx, call(cx, GET, "/my/R-1", (Pairs){ 0 }, &res));
  MUST(says(&res, "The printer") && !says(&res, "tired"));
  OK(cx, call(cx, GET, "/about-me", (Pairs){ 0 }, &res));
  MUST(says(&res, "Rather by mail"));
  act_as(cx, p.priya);
  ERR(cx, call(cx, GET, "/my/R-1", (Pairs){ 0 }, &res), E_ABSENT);
  OK(cx, call(cx, GET, "/about-me", (Pairs){ 0 }, &res));
  MUST(!says(&res, "Rather by mail"));
  char path[80];
  snprintf(path, sizeof path, "/about-me/notes/%lld/forget", (long long)id);
  ERR(cx, call(cx, POST, path, (Pairs){ 0 }, &res), E_ABSENT);
  cx->actor = (Actor){ .party = p.ana, .only_request = r.id };           /* the link of one conversation */
  OK(cx, call(cx, GET, "/about-me", (Pairs){ 0 }, &res));
  MUST(!says(&res, "Rather by mail"));
  ERR(cx, call(cx, POST, path, (Pairs){ 0 }, &res), E_DENIED);
  ERR(cx, call(cx, GET, "/about-me/export", (Pairs){ 0 }, &res), E_DENIED);
  cx->actor.only_request = LINK_NO_REQUEST;                              /* the link of the memory */
  OK(cx, call(cx, GET, "/about-me", (Pairs){ 0 }, &res));
  MUST(says(&res, "Rather by mail"));
  OK(cx, call(cx, POST, path, (Pairs){ 0 }, &res));
  IS(res.location, S("/about-me?done=forgotten"));
}

TEST_STORES(looking_at_the_card_changes_nothing) {
  Place p;
  Res res;
  Request r;
  place_new(cx, &p);
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("The printer") }, &r));
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Mended.") }));
  act_as(cx, p.ana);
  static const char *const ways[] = { "/my/R-1/verdict", "/my/R-1/verdict?s=yes", "/my/R-1/verdict?s=no", "/my/R-1/withdraw", "/my/R-1/person" };
  for (size_t i = 0; i < COUNT(ways); i++) OK(cx, call(cx, GET, ways[i], (Pairs){ 0 }, &res));
  Request now;
  OK(cx, request_get(cx, r.id, &now));
  INT(now.version, r.version);
  OK(cx, call(cx, POST, "/my/R-1/verdict", FORM("s", "partly"), &res));
  INT(res.status, 422);                                                  /* what is missing must be said */
  OK(cx, call(cx, POST, "/my/R-1/verdict", FORM("s", "maybe"), &res));
  INT(res.status, 422);
  OK(cx, call(cx, POST, "/my/R-1/verdict", FORM("s", "yes", "ease", "9", "lost", "15", "bar", "above", "all", "4", "again", "2", "helps", "1", "kind", "bad", "moment", "Passed on twice."), &res));
  IS(res.location, S("/my/R-1?done=sorted"));
  OK(cx, call(cx, POST, "/my/R-1/verdict", FORM("s", "yes", "once", "k1"), &res));
  INT(res.status, 409);                                                  /* another form, too late */
  int64_t ease, lost;
  OK(cx, db_int(cx, &ease, SQL("SELECT ease FROM verdict WHERE request_id = ?1"), V(r.id)));
  OK(cx, db_int(cx, &lost, SQL("SELECT lost_minutes FROM verdict WHERE request_id = ?1"), V(r.id)));
  INT(ease, 0);                                                          /* 9 is no answer to that question */
  INT(lost, 15);
  Rows said;
  OK(cx, verdict_of(cx, p.ana, 5, &said));
  const Verdict *v = ROW(Verdict, said, 0);
  INT(v->satisfaction, 4);
  INT(v->repeated, 2);
  INT(v->honoured, -1);                                                  /* nothing that helps her is on file */
  IS(v->moment_kind, S("bad"));
  IS(v->moment, S("Passed on twice."));
}

TEST_STORES(words_back_to_a_card_become_a_request_by_pressing) {
  Place p;
  Res res;
  Card c;
  int64_t id, remark;
  place_new(cx, &p);
  OK(cx, db_int(cx, &id, SQL("INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at) VALUES ('near', ?1, ?2, 'mail', 1, 1, 2, ?3, ?4) RETURNING id"),
             V(p.ana), V(p.it), V(cx->now), V(cx->now + CARD_LIFE)));
  act_as(cx, p.ana);
  OK(cx, card_get(cx, id, &c));
  OK(cx, card_remark_new(cx, &c, &(CardRemarkNew){ .words = S("My laptop <b>hums</b>.") }, &remark));
  Str path = str_cat(a, S("/my/card/"), card_token(cx, id));
  const char *help = str_cstr(a, str_cat(a, path, S("/help"))), *look = str_cstr(a, str_fmt(a, STR_FMT "/help?w=%lld", STR_ARG(path), (long long)remark));
  int64_t before = requests(cx);
  act_as(cx, 0);
  OK(cx, call(cx, GET, look, (Pairs){ 0 }, &res));
  MUST(says(&res, "My laptop &lt;b&gt;hums&lt;/b&gt;.") && says(&res, "Yes, please do something"));
  act_as(cx, 0);
  OK(cx, call(cx, GET, str_cstr(a, path), (Pairs){ 0 }, &res));
  MUST(says(&res, "My laptop &lt;b&gt;hums&lt;/b&gt;.") && says(&res, "I need something done about this"));
  INT(requests(cx), before);                                             /* looking made none */
  act_as(cx, 0);
  ERR(cx, call(cx, POST, help, FORM("w", "999"), &res), E_ABSENT);
  for (int i = 0; i < 2; i++) {
    act_as(cx, 0);
    OK(cx, call(cx, POST, help, FORM("w", str_cstr(a, str_fmt(a, "%lld", (long long)remark))), &res));
    MUST(str_starts(res.location, S("/k/")));
  }
  INT(requests(cx), before + 1);
  act_as(cx, 0);
  OK(cx, call(cx, GET, str_cstr(a, path), (Pairs){ 0 }, &res));
  MUST(says(&res, "A request was made of it."));
}

TEST_STORES(whether_it_was_worth_that_is_said_by_pressing) {
  static Site site;
  Place p;
  Res res;
  Customer c;
  int64_t line, said;
  place_new(cx, &p);
  site = *cx->site;
  site.link_life = 90 * DAY;
  cx->site = &site;
  OK(cx, relationship_add(cx, p.olu, S("reads"), p.customer));
  act_as(cx, p.noor);
  OK(cx, customer_get(cx, p.customer, &c));
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("340 boxes shipped"), .value_kind = S("profit"), .amount = 510000 }, &line));
  Str path = str_cat(a, S("/my/worth/"), worth_letter_token(cx, line, p.olu));
  static const char *const ways[] = { "", "?s=yes", "?s=no" };
  for (size_t i = 0; i < COUNT(ways); i++) {
    act_as(cx, 0);
    OK(cx, call(cx, GET, str_cstr(a, str_cat(a, path, str_z(ways[i]))), (Pairs){ 0 }, &res));
    MUST(says(&res, "340 boxes shipped") && says(&res, "5,100 EUR") && says(&res, "Yes, it was") && says(&res, "it counts for nothing"));
  }
  OK(cx, db_int(cx, &said, SQL("SELECT COUNT(*) FROM ledger WHERE confirmed_at + refused_at > ?1"), V(0)));
  INT(said, 0);                                                          /* looking said nothing */
  act_as(cx, 0);
  ERR(cx, call(cx, POST, str_cstr(a, path), FORM("so", "perhaps"), &res), E_MALFORMED);
  act_as(cx, 0);
  OK(cx, call(cx, POST, str_cstr(a, path), FORM("so", "yes"), &res));
  IS(res.location, path);
  act_as(cx, 0);
  OK(cx, call(cx, POST, str_cstr(a, path), FORM("so", "no"), &res));      /* too late, and shown what stands */
  act_as(cx, 0);
  OK(cx, call(cx, GET, str_cstr(a, path), (Pairs){ 0 }, &res));
  MUST(says(&res, "Thank you. It counts from now on."));
  act_as(cx, p.ana);
  ERR(cx, call(cx, GET, "/my/worth/1.1-made-up", (Pairs){ 0 }, &res), E_ABSENT);
  act_as(cx, 0);
  OK(cx, call(cx, POST, str_cstr(a, str_cat(a, path, S("/never"))), FORM("x", "y"), &res));
  bool wanted;
  OK(cx, consent_get(cx, p.olu, S("verdicts"), &wanted));
  MUST(!wanted);
}

TEST_STORES(what_helps_is_asked_only_of_whom_it_helps) {
  Place p;
  Res res;
  Request r;
  Rows said;
  int64_t note;
  place_new(cx, &p);
  act_as(cx, p.ana);
  OK(cx, memory_new(cx, &(MemoryNew){ .about_id = p.ana, .kind = S("accommodation"), .words = S("Large print"), .source = S("told") }, &note));
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("The printer") }, &r));
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Mended.") }));
  act_as(cx, p.ana);
  OK(cx, call(cx, GET, "/my/R-1/verdict", (Pairs){ 0 }, &res));
  MUST(says(&res, "Did we do what helps you?"));
  OK(cx, consent_set(cx, p.ana, S("memory"), false));                    /* what we may not remember we do not ask after */
  OK(cx, call(cx, GET, "/my/R-1/verdict", (Pairs){ 0 }, &res));
  MUST(!says(&res, "Did we do what helps you?"));
  OK(cx, consent_set(cx, p.ana, S("memory"), true));
  OK(cx, call(cx, POST, "/my/R-1/verdict", FORM("s", "yes", "helps", "0"), &res));
  OK(cx, verdict_of(cx, p.ana, 5, &said));
  INT(ROW(Verdict, said, 0)->honoured, 0);
  INT(ROW(Verdict, said, 0)->repeated, -1);
  INT(ROW(Verdict, said, 0)->satisfaction, 0);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .satisfaction = 6 }), E_INVALID);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .repeated = 3 }), E_INVALID);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .moment_kind = S("odd") }), E_INVALID);
}
