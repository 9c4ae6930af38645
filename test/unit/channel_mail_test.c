/* What goes out: each kind of letter read again as its reader's mail program would. */
#include "channel/compose.h"
#include "channel/fetch.h"
#include "channel/send.h"
#include "channel_fixture.h"
#include "desk/act.h"
#include "desk/card.h"
#include "desk/worth_letter.h"
#include "desk/follow.h"
#include "desk/link.h"
#include "desk/mailbox.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/seal.h"
#include "desk/setting.h"
#include "desk/weekly.h"
#include "text/mime.h"

/* The desk's own software: it sees every mail. */
static Cx *all(const Cx *cx) {
  Cx *c = NEW(cx->arena, Cx);
  *c = *cx;
  c->actor = (Actor){ .system = true };
  return c;
}

static bool has(Str s, const char *part) { return str_find(s, str_z(part)) != SIZE_MAX; }
static void as_system(Cx *cx) { cx->actor = (Actor){ .system = true }; }

static Outbox newest(Cx *cx, int64_t request, const char *kind, int64_t to) {
  Rows rows;
  OK(cx, outbox_list(all(cx), &(OutboxFilter){ .request_id = request }, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Outbox *o = ROW(Outbox, rows, i);
    if (str_eq(o->kind, str_z(kind)) && (!to || o->to_id == to)) return *o;
  }
  MUST(false && "a row of the outbox");
  return (Outbox){ 0 };
}

static Mail letter(Cx *cx, const Outbox *o) {
  Str bytes;
  Mail m = { 0 };
  as_system(cx);
  OK(cx, compose(cx, o, &bytes));
  OK(cx, mail_parse(cx, bytes, &m));
  return m;
}

static Taken asked(Cx *cx) {
  return taken(cx, raw_mail(cx->arena, "From: Ana Souza <ana@meridian.example>", "To: help@meridian.example", "Cc: olu@nordpris.example", "Subject: Label printer",
                            "Message-ID: <first@mail.meridian.example>", "", "The printer prints yesterday's date.", NULL));
}

/* The parts stand in s, each after the one before it. */
static bool in_order(Str s, const char *const *parts) {
  for (; *parts; parts++) {
    size_t at = str_find(s, str_z(*parts));
    if (at == SIZE_MAX) return false;
    s = str_from(s, at + 1);
  }
  return true;
}

static void act(Cx *cx, int64_t who, int64_t request, ActNew in) {
  act_as(cx, who);
  Request r;
  OK(cx, request_get(cx, request, &r));
  OK(cx, act_do(cx, &r, &in));
}

TEST_STORES(an_acknowledgement) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  Outbox o = newest(cx, t.request_id, "acknowledgement", 0);
  Mail m = letter(cx, &o);
  IS(m.subject, str_fmt(a, "Re: Label printer [R-%lld]", (long long)t.request_id));
  IS(m.message_id, o.message_id);
  IS(m.in_reply_to, S("first@mail.meridian.example"));
  IS(m.from.email, S("help@meridian.example"));
  Str reply;
  OK(cx, mail_reply_address(cx, t.request_id, &reply));
  IS(m.reply_to.at[0].email, reply);
  IS(mail_header(&m, "Auto-Submitted"), S("auto-replied"));
  MUST(mail_has_header(&m, "X-Auto-Response-Suppress") && mail_has_header(&m, "Precedence"));
  IS(mail_header(&m, "X-Cornerdesk-Loop"), S("meridian.example"));
  MUST(!mail_has_header(&m, "List-Unsubscribe"));
  IS(mail_header(&m, "Content-Language"), S("en"));
  MUST(has(m.text, "Hello Ana,") && has(m.text, "somebody from Service desk") && has(m.text, "You will hear from us today by 14:00"));
  MUST(has(m.text, "Written by software; Sofie Janssens answers for it."));
  MUST(has(m.html, "Hello Ana,") && has(m.html, "<b><bdi>Service desk</bdi></b>") && has(m.html, "https://desk.example/k/"));
  MUST(!has(m.text, "<b>") && !has(m.text, "%"));
}

TEST_STORES(the_reader_has_their_language_and_their_hours) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  OK(cx, party_change(cx, p.ana, &(PartyNew){ .lang = S("en-XA"), .zone = S("Asia/Tokyo") }));
  Taken t = asked(cx);
  Outbox o = newest(cx, t.request_id, "acknowledgement", 0);
  Mail m = letter(cx, &o);
  IS(mail_header(&m, "Content-Language"), S("en-XA"));
  MUST(has(m.text, "22:00"));                      /* 14:00 in Lisbon */
  MUST(!has(m.text, "Thank you"));
}

/* The links of a mail, in order. */
static size_t links(Cx *cx, Str text, Link *ret, size_t most) {
  size_t n = 0;
  for (Str rest = text, head; str_find(rest, S("/k/")) != SIZE_MAX && n < most;) {
    rest = str_from(rest, str_find(rest, S("/k/")) + 3);
    size_t end = 0;
    while (end < rest.n && (rest.p[end] == '-' || rest.p[end] == '_' || (rest.p[end] | 32) >= 'a' || (rest.p[end] >= '0' && rest.p[end] <= '9')) && rest.p[end] < 'z' + 1) end++;
    head = str_head(rest, end);
    if (link_read(cx->site, head, cx->now, &ret[n])) n++;
  }
  return n;
}

static bool leads(const Link *all, size_t n, LinkFor to, int64_t party) {
  for (size_t i = 0; i < n; i++) if (all[i].to == to && all[i].party == party) return true;
  return false;
}

TEST_STORES(a_report_carries_the_question_to_the_asker_alone) {
  static Site site;
  Place p;
  place_new(cx, &p);
  site = *cx->site;
  site.link_life = 90 * DAY;
  cx->site = &site;
  Taken t = asked(cx);
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + 3 * HOUR, .text = S("I will **look** today."),
                                           .conditions = (const Str[]){ S("the line stands still") }, .condition_n = 1 });
  Outbox promise = newest(cx, t.request_id, "reply", p.ana);
  Mail m = letter(cx, &promise);
  MUST(has(m.text, "I will **look** today.") && has(m.html, "<strong>look</strong>"));
  MUST(has(m.text, "I promise this today by 13:00.") && has(m.html, "<b>today by 13:00</b>") && has(m.text, "the line stands still"));
  MUST(has(m.text, "Sofie Janssens\nService desk"));
  const char *const said[] = { "look", "Sofie Janssens", "I promise this", "the line stands still", "It counts from now on.", "You can simply answer this mail.", NULL };
  MUST(in_order(m.text, said) && in_order(m.html, said));           /* both parts say the same, in the same order */
  MUST(has(m.html, ">Sofie Janssens: I will look today.<"));        /* the glimpse is words, not their marks */
  IS(m.from.name, S("Sofie Janssens, Cornerdesk"));
  MUST(!mail_has_header(&m, "Auto-Submitted"));
  cx->now += HOUR;
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("It is done.") });
  Outbox to_ana = newest(cx, t.request_id, "reply", p.ana), to_olu = newest(cx, t.request_id, "reply", p.olu);
  m = letter(cx, &to_ana);
  MUST(has(m.text, "I promised this today by 13:00. I say it is kept (11:00).") && has(m.text, "Only you can close it. What do you say?"));
  Link all[20];
  size_t n = links(cx, m.html, all, COUNT(all));
  MUST(leads(all, n, LINK_SORTED, p.ana) && leads(all, n, LINK_NOT_YET, p.ana) && leads(all, n, LINK_PERSON, p.ana) && leads(all, n, LINK_PAGE, p.ana));
  MUST(has(m.text, "Or simply answer this mail."));
  n = links(cx, m.text, all, COUNT(all));
  MUST(leads(all, n, LINK_SORTED, p.ana) && leads(all, n, LINK_NOT_YET, p.ana));
  IS(m.in_reply_to, S("first@mail.meridian.example"));
  m = letter(cx, &to_olu);
  n = links(cx, m.html, all, COUNT(all));
  MUST(n > 0 && leads(all, n, LINK_PAGE, p.olu) && !leads(all, n, LINK_SORTED, p.olu) && !has(m.text, "Only you can close it"));
  for (size_t i = 0; i < n; i++) INT(all[i].party, p.olu);         /* nobody gets somebody else's links */
}

/* Without words of their own the name stands below what they did. */
TEST_STORES(a_promise_without_words_is_signed_below) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + 3 * HOUR });
  Outbox o = newest(cx, t.request_id, "reply", p.ana);
  Mail m = letter(cx, &o);
  const char *const said[] = { "Hello Ana,", "I promise this", "It counts from now on.", "Sofie Janssens", NULL };
  MUST(in_order(m.text, said) && in_order(m.html, said));
}

/* A letter that leaves late says what was done, and asks only what can still be answered. */
TEST_STORES(a_report_that_leaves_after_the_answer_asks_nothing) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR });
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("Done.") });
  Outbox o = newest(cx, t.request_id, "reply", p.ana);
  act(cx, p.ana, t.request_id, (ActNew){ .act = LOOP_ACT_ACCEPT });
  Mail m = letter(cx, &o);
  MUST(has(m.text, "I say it is kept") && !has(m.text, "Only you can close it") && !has(m.text, "This is sorted") && !has(m.html, "This is sorted"));
}

TEST_STORES(late_counter_decline_and_revoke_say_so) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_COUNTER, .due = cx->now + 2 * DAY, .text = S("Saturday is what I can do.") });
  Outbox o = newest(cx, t.request_id, "reply", p.ana);
  Mail m = letter(cx, &o);
  MUST(has(m.text, "I cannot do it as you wished. What I can promise: Saturday by 10:00.") && has(m.text, "It counts once you say yes."));
  act(cx, p.ana, t.request_id, (ActNew){ .act = LOOP_ACT_ACCEPT_OFFER });
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_REVOKE, .due = cx->now + 3 * DAY, .text = S("The part is late.") });
  o = newest(cx, t.request_id, "reply", p.ana);
  m = letter(cx, &o);
  MUST(has(m.text, "I cannot keep what I promised, and I am sorry."));
  act(cx, p.ana, t.request_id, (ActNew){ .act = LOOP_ACT_ACCEPT_OFFER });
  cx->now += 4 * DAY;
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("Here.") });
  o = newest(cx, t.request_id, "reply", p.ana);
  m = letter(cx, &o);
  MUST(has(m.text, "and that is late. I am sorry."));
  Taken other = taken(cx, raw_mail(a, "From: olu@nordpris.example", "To: help@meridian.example", "Subject: cake", "Message-ID: <cake@x>", "", "Bake one?", NULL));
  act(cx, p.sofie, other.request_id, (ActNew){ .act = LOOP_ACT_DECLINE, .text = S("We do not bake."), .where_else = S("Ask the <b>canteen</b>") });
  o = newest(cx, other.request_id, "reply", p.olu);
  m = letter(cx, &o);
  MUST(has(m.text, "Who can help instead: Ask the <b>canteen</b>") && has(m.html, "&lt;b&gt;canteen&lt;/b&gt;"));
}

TEST_STORES(a_thread_refers_to_all_of_itself_but_not_for_ever) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  for (int i = 0; i < 14; i++) {
    cx->now += MINUTE;
    taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: Re: Label printer", "In-Reply-To: <first@mail.meridian.example>",
                       str_cstr(a, str_fmt(a, "Message-ID: <more%d@x>", i)), "", "More.", NULL));
  }
  cx->now += MINUTE;
  act_as(cx, p.sofie);
  Request r;
  int64_t id;
  OK(cx, request_get(cx, t.request_id, &r));
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("I read it all.") }, &id));
  Outbox o = newest(cx, t.request_id, "reply", p.ana);
  Mail m = letter(cx, &o);
  IS(m.in_reply_to, S("more13@x"));
  INT(m.n_references, 10);
  IS(m.references[0], S("first@mail.meridian.example"));
  IS(m.references[9], S("more13@x"));
}

TEST_STORES(asked_on_the_page_threads_by_our_own_ids) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.ana);
  Request r;
  int64_t id;
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("printer\r\nBcc: x@evil.example") , .subject = S("a\r\nBcc: y@evil.example") }, &r));
  as_system(cx);
  Outbox ack = newest(cx, r.id, "acknowledgement", 0);
  OK(cx, outbox_sent(cx, ack.id, S("mx")));
  cx->now += MINUTE;
  act_as(cx, p.sofie);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Looking.") }, &id));
  Outbox o = newest(cx, r.id, "reply", p.ana);
  Mail m = letter(cx, &o);
  IS(m.in_reply_to, ack.message_id);
  MUST(!mail_has_header(&m, "Bcc"));
  INT(m.to.n, 1);
}

TEST_STORES(a_reminder_is_a_card) {
  static Site site;
  Place p;
  place_new(cx, &p);
  site = *cx->site;
  site.link_life = 90 * DAY;
  cx->site = &site;
  Taken t = asked(cx);
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR });
  act(cx, p.sofie, t.request_id, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("Done.") });
  as_system(cx);
  for (int turn = 1; turn <= 2; turn++) {
    int64_t id;
    OK(cx, outbox_put(cx, &(OutboxNew){ .kind = S("reminder"), .request_id = t.request_id, .to_id = p.ana, .subject = S("Label printer"), .auto_ = true,
                                        .extra = str_fmt(a, "{\"turn\":%d}", turn) }, &id));
    Outbox o;
    OK(cx, outbox_get(all(cx), id, &o));
    Mail m = letter(cx, &o);
    MUST(has(m.text, "Is it sorted for you, Ana?") && has(m.text, "This mail was written by software; Sofie Janssens answers for it."));
    MUST(has(m.text, "silence never counts as good") == (turn == 2));
    Link all[20];
    size_t n = links(cx, m.html, all, COUNT(all));
    MUST(leads(all, n, LINK_SORTED, p.ana) && leads(all, n, LINK_VERDICT, p.ana) && leads(all, n, LINK_NOT_YET, p.ana) && leads(all, n, LINK_MEMORY, p.ana));
    for (size_t i = 0; i < n; i++) INT(all[i].request, all[i].to == LINK_MEMORY ? 0 : t.request_id);    /* the memory is of no one request */
    IS(mail_header(&m, "Auto-Submitted"), S("auto-generated"));
  }
}

TEST_STORES(a_card_has_a_link_for_each_answer) {
  Place p;
  Outbox o;
  place_new(cx, &p);
  static const struct { int line; const char *instrument, *question; int lo, hi; } cases[] = {
    { __LINE__, "recommend", "How likely is it that you would recommend Service desk to a colleague?", 0, 10 },
    { __LINE__, "near", "How near are you and Service desk?", 1, 7 },
    { __LINE__, "proximity", "They feel close by, wherever they are.", 1, 7 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t card, id;
    OK(cx, db_int(cx, &card, SQL("INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at)"
                                 " VALUES (?1, ?2, ?3, 'mail', 1, 1, 2, ?4, ?5) RETURNING id"),
               V(str_z(cases[i].instrument)), V(p.ana), V(p.it), V(cx->now), V(cx->now + CARD_LIFE)));
    OK(cx, outbox_put(all(cx), &(OutboxNew){ .kind = S("card"), .to_id = p.ana, .subject = S("Service desk"), .auto_ = true,
                                             .extra = str_fmt(a, "{\"card\":%lld,\"again\":%d}", (long long)card, i == 1) }, &id));
    OK(cx, outbox_get(all(cx), id, &o));
    Mail m = letter(cx, &o);
    MUST(has(m.text, cases[i].question));
    for (int n = cases[i].lo; n <= cases[i].hi; n++) {
      Str link = str_fmt(a, "https://desk.example/my/card/" STR_FMT "?a=%d", STR_ARG(card_token(cx, card)), n);
      MUST(has(m.html, str_cstr(a, str_cat(a, S("\""), link, S("\"")))) && has(m.text, str_cstr(a, str_cat(a, link, S("\n")))));
    }
    MUST(has(m.text, "We remind you this once") == (i == 1));
    MUST(has(m.text, "The lot fell on you") && has(m.text, "at most once in 7 days"));
    IS(mail_header(&m, "Auto-Submitted"), S("auto-generated"));
    MUST(!mail_has_header(&m, "In-Reply-To"));
  }
}

TEST_STORES(was_it_worth_that) {
  static Site site;
  Place p;
  Outbox o;
  Customer c;
  int64_t mia, line, id;
  place_new(cx, &p);
  site = *cx->site;
  site.link_life = 90 * DAY;
  cx->site = &site;
  OK(cx, party_new(cx, &(PartyNew){ .name = S("Mia Berg"), .mail = S("mia@nordpris.example"), .organisation_id = p.customer, .lang = S("en-XA") }, &mia));
  OK(cx, relationship_add(cx, mia, S("reads"), p.customer));
  act_as(cx, p.noor);
  OK(cx, customer_get(cx, p.customer, &c));
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("340 <boxes> shipped"), .value_kind = S("profit"), .amount = 510000 }, &line));
  OK(cx, db_int(cx, &id, SQL("SELECT id FROM outbox WHERE kind = 'worth' AND to_id = ?1"), V(mia)));
  OK(cx, outbox_get(all(cx), id, &o));
  Mail m = letter(cx, &o);
  IS(mail_header(&m, "Content-Language"), S("en-XA"));
  OK(cx, party_change(all(cx), mia, &(PartyNew){ .lang = S("en") }));
  m = letter(cx, &o);
  IS(m.subject, S("Was it worth this to Nordpris?"));
  IS(mail_header(&m, "Auto-Submitted"), S("auto-generated"));
  MUST(has(m.text, "340 <boxes> shipped") && has(m.html, "340 &lt;boxes&gt; shipped") && has(m.text, "5,100 EUR") && has(m.text, "Noor van Dijk wrote down"));
  Str link = str_cat(a, S("https://desk.example/my/worth/"), worth_letter_token(cx, line, mia));
  MUST(has(m.text, str_cstr(a, str_cat(a, link, S("?s=yes")))) && has(m.text, str_cstr(a, str_cat(a, link, S("?s=no")))));
  MUST(has(m.text, "We ask this once"));
  Str bytes;
  act_as(cx, mia);
  OK(cx, worth_answer(cx, line, true));
  ERR(cx, compose(cx, &o, &bytes), E_ABSENT);               /* answered on the page first: nothing to ask */
}

TEST_STORES(the_others) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  as_system(cx);
  const struct { int line; OutboxNew in; const char *part; } rows[] = {
    { __LINE__, { .kind = S("signin"), .to_id = p.ana, .extra = S("https://desk.example/signin/abc"), .auto_ = true, .subject = S("Sign in") }, "https://desk.example/signin/abc" },
    { __LINE__, { .kind = S("test"), .to_mail = S("new@x.example"), .subject = S("Test"), .auto_ = true }, "Answer this message" },
    { __LINE__, { .kind = S("notice"), .to_id = p.sofie, .request_id = t.request_id, .extra = S("{\"notice\":\"overdue\"}"), .auto_ = true }, "What you answer to this mail goes to Ana Souza." },
    { __LINE__, { .kind = S("oversize"), .to_mail = S("big@x.example"), .subject = S("film"), .extra = S("{\"size\":70000000,\"limit\":52428800}"), .auto_ = true }, "70 MB" },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    int64_t id;
    Outbox o;
    Str bytes;
    Mail m;
    OK(cx, outbox_put(cx, &rows[i].in, &id));
    OK(cx, outbox_get(all(cx), id, &o));
    OK(cx, compose(cx, &o, &bytes));
    OK(cx, mail_parse(cx, bytes, &m));
    MUST_AT(rows[i].line, has(m.text, rows[i].part) && has(m.html, "<!doctype html>") && m.automatic.is);
  }
  Outbox bad = { .kind = S("signin"), .subject = S("x"), .to_mail = S("a@b.example"), .message_id = S("x@y"), .extra = S("javascript:alert(1)") };
  Str bytes;
  ERR(cx, compose(cx, &bad, &bytes), E_INVALID);
  bad.kind = S("poem");
  ERR(cx, compose(cx, &bad, &bytes), E_INVALID);
}

/* ---- the courier */

TEST_STORES(in_the_sample_organisation_nothing_leaves) {
  static Site site;
  Place p;
  place_new(cx, &p);
  site = *cx->site;
  site.demo = true;
  site.mail_out = S("smtp://127.0.0.1:1");
  cx->site = &site;
  Taken t = asked(cx);
  as_system(cx);
  HereLanes here = lanes_here(cx);
  Cx own = *cx;
  int64_t next = 0, now = cx->now;
  OK(&own, send_look(&own, &here.lanes, &next));
  cx->now = now;
  Outbox o = newest(cx, t.request_id, "acknowledgement", 0);
  IS(o.state, S("sample"));
  Str bytes;
  OK(cx, blob_get(cx, o.hash, &bytes));
  MUST(has(bytes, "Auto-Submitted: auto-replied"));
}

TEST_STORES(without_a_server_mail_waits_and_says_why) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  HereLanes here = lanes_here(cx);
  Cx own = *cx;
  int64_t next = 0;
  own.actor = (Actor){ .system = true };
  OK(&own, send_look(&own, &here.lanes, &next));
  Outbox o = newest(cx, t.request_id, "acknowledgement", 0);
  IS(o.state, S("waiting"));
  MUST(has(o.fault, "No mail server to send through is set yet"));
  INT(o.attempts, 0);
  MUST(o.next_at > cx->now);
}

TEST_STORES(a_server_that_does_not_answer_is_tried_again) {
  static Site site;
  Place p;
  place_new(cx, &p);
  site = *cx->site;
  site.mail_out = S("smtp://127.0.0.1:1");
  cx->site = &site;
  Taken t = asked(cx);
  HereLanes here = lanes_here(cx);
  int64_t next = 0;
  for (int tries = 1; tries <= 2; tries++) {
    Cx own = *cx;
    own.actor = (Actor){ .system = true };
    OK(&own, send_look(&own, &here.lanes, &next));
    Outbox o = newest(cx, t.request_id, "acknowledgement", 0);
    IS(o.state, S("waiting"));
    MUST(has(o.fault, "Nothing answers at 127.0.0.1:1"));
    INT(o.attempts, tries);
    cx->now = o.next_at + DAY;
  }
}

TEST_STORES(where_mail_goes_out_may_come_from_the_wizard) {
  Place p;
  place_new(cx, &p);
  WireUrl u;
  ERR(cx, send_server(cx, &u), E_ABSENT);
  OK(cx, setting_set(cx, S("mail.out"), S("smtps://smtp.meridian.example")));
  OK(cx, setting_set(cx, S("mail.out.user"), S("help")));
  OK(cx, setting_set(cx, S("mail.out.secret"), seal(a, cx->site, S("s3cret"))));
  as_system(cx);
  int64_t id;
  Outbox o;
  OK(cx, outbox_put(cx, &(OutboxNew){ .kind = S("test"), .to_mail = S("x@y.example"), .subject = S("x") }, &id));
  OK(cx, outbox_wait(cx, id, cx->now + DAY, S("No server")));
  OK(cx, outbox_hurry(cx));
  OK(cx, outbox_get(cx, id, &o));
  MUST(o.next_at == cx->now && !o.fault.n);
  OK(cx, send_server(cx, &u));
  IS(u.account, S("help"));
  IS(u.secret, S("s3cret"));
}

TEST_STORES(mailboxes_of_the_setting) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  OK(cx, fetch_settings(cx, S(" imaps://help%40desk.example:pw@imap.desk.example/Desk  imap://porto:x@localhost:1143 ")));
  Rows rows;
  OK(cx, mailbox_list(cx, &rows));
  INT(rows.n, 2);
  const Mailbox *b = ROW(Mailbox, rows, 0);
  IS(b->address, S("help@desk.example"));
  IS(b->url, S("imaps://imap.desk.example:993/Desk"));
  IS(b->secret, S(""));                                  /* stays in the setting */
  OK(cx, mailbox_read_to(cx, b->id, 5, 9));
  OK(cx, fetch_settings(cx, S("imaps://help%40desk.example:changed@imap.desk.example/Desk")));
  Mailbox again;
  OK(cx, mailbox_get(cx, b->id, &again));
  INT(again.uid, 9);
  ERR(cx, fetch_settings(cx, S("imaps://imap.desk.example")), E_INVALID);
  ERR(cx, fetch_settings(cx, S("pop3://x:y@z")), E_INVALID);
}

/* ── the letter of the week ──────────────────────────────────────────── */

static int64_t letters(Cx *cx) {
  int64_t n;
  OK(cx, db_int_(cx, &n, SQL("SELECT COUNT(*) FROM outbox WHERE kind = 'weekly'"), NULL, 0));
  return n;
}

static int64_t instant(const char *s) { int64_t t = 0; MUST(clock_parse(str_z(s), &t)); return t; }

static void tick_at(Cx *cx, const char *at) {
  as_system(cx);
  cx->now = instant(at);
  OK(cx, weekly_tick(cx));
}

/* Eight on Monday where the lead is: the week in which the clocks change too; once, whatever is started anew; stopped by its switch. */
TEST_STORES(the_letter_of_the_week_comes_on_monday_at_eight) {
  Place p;
  bool wanted;
  place_new(cx, &p);
  OK(cx, db_run(cx, SQL("DELETE FROM relationship WHERE kind = 'leads' AND from_id <> ?1"), V(p.sofie)));
  OK(cx, relationship_add(cx, p.sofie, S("leads"), p.it));
  OK(cx, party_change(cx, p.sofie, &(PartyNew){ .zone = S("Europe/Amsterdam") }));
  tick_at(cx, "2026-10-26T06:59:00Z");                       /* winter time since the day before: eight is seven UTC */
  INT(letters(cx), 0);
  tick_at(cx, "2026-10-26T07:00:00Z");
  INT(letters(cx), 1);
  tick_at(cx, "2026-10-26T07:10:00Z");
  tick_at(cx, "2026-10-28T06:00:00Z");
  INT(letters(cx), 1);
  tick_at(cx, "2026-11-01T12:00:00Z");
  INT(letters(cx), 1);
  act_as(cx, p.sofie);
  OK(cx, weekly_want(cx, p.sofie, false));
  OK(cx, weekly_wanted(cx, p.sofie, &wanted));
  MUST(!wanted);
  tick_at(cx, "2026-11-02T07:00:00Z");
  INT(letters(cx), 1);
  act_as(cx, p.sofie);
  OK(cx, weekly_want(cx, p.sofie, true));
  OK(cx, party_change(cx, p.sofie, &(PartyNew){ .zone = S("Asia/Kolkata") }));
  tick_at(cx, "2027-03-15T02:29:00Z");
  INT(letters(cx), 1);
  tick_at(cx, "2027-03-15T02:30:00Z");
  INT(letters(cx), 2);
  tick_at(cx, "2027-03-24T12:00:00Z");                       /* the desk was off on Monday, and on Tuesday: old news */
  INT(letters(cx), 2);
}

TEST_STORES(the_letter_of_the_week_in_words) {
  Place p;
  Request r = { 0 };
  size_t n;
  int64_t id;
  place_new(cx, &p);
  OK(cx, relationship_add(cx, p.sofie, S("leads"), p.it));
  cx->now = instant("2026-10-21T09:00:00Z");
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .service_id = p.service_it, .subject = S("Scanner"), .text = S("It reads nothing."), .channel = S("page") }, &r));
  for (int i = 0; i < 2; i++) {
    cx->now += HOUR;
    act_as(cx, p.sofie);
    OK(cx, act_do(cx, &r, &(ActNew){ .act = i ? LOOP_ACT_REPORT : LOOP_ACT_PROMISE, .due = cx->now + DAY, .text = S("Today.") }));
    if (!i) continue;
    act_as(cx, p.ana);
    OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("Still nothing, and the lorry waits."), .satisfaction = 1, .ease = 1 }));
  }
  as_system(cx);
  OK(cx, follow_now(cx, &n));
  cx->now = instant("2026-10-26T08:00:00Z");
  OK(cx, outbox_put(cx, &(OutboxNew){ .kind = S("weekly"), .to_id = p.sofie, .auto_ = true }, &id));
  Outbox o;
  OK(cx, outbox_get(all(cx), id, &o));
  Mail m = letter(cx, &o);
  const char *const parts[] = { "Hello Sofie", "19 October", "Is it sorted for them?", "How long until a person spoke to them?", "1 h in the middle, of 1 only", "worst moment of the week", "Ana",
                                "Still nothing, and the lorry waits.", "Nobody has spoken with them yet.", "What really changed: nothing", "Who speaks with the one person", "/floor", "/me#letter", NULL };
  MUST(in_order(m.text, parts));
  MUST(!has(m.text, "%") && !has(m.html, "%</"));
  MUST(has(m.html, "Still nothing, and the lorry waits."));
  OK(cx, party_change(cx, p.sofie, &(PartyNew){ .lang = S("de") }));
  m = letter(cx, &o);
  MUST(has(m.text, "Sofie"));
  OK(cx, db_run(cx, SQL("DELETE FROM relationship WHERE kind = 'leads' AND from_id = ?1"), V(p.sofie)));
  Str bytes;
  as_system(cx);
  ERR(cx, compose(cx, &o, &bytes), E_INVALID);               /* who does not lead any more gets none */
}
