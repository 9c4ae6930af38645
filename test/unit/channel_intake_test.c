/* What becomes of a mail: each line is a way in which other desks lose or misfile one. On both stores. */
#include <stdio.h>
#include "channel/compose.h"
#include "channel_fixture.h"
#include "desk/act.h"
#include "desk/inbox.h"
#include "desk/mailbox.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/touch.h"
#include "desk/verdict.h"
#include "text/mime.h"

#define END NULL
/* The desk's own software: it sees every mail. */
static Cx *all(const Cx *cx) {
  Cx *c = NEW(cx->arena, Cx);
  *c = *cx;
  c->actor = (Actor){ .system = true };
  return c;
}

static const char *z(Cx *cx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static const char *z(Cx *cx, const char *fmt, ...) {
  char text[2000];
  va_list all;
  va_start(all, fmt);
  vsnprintf(text, sizeof text, fmt, all);
  va_end(all);
  return str_cstr(cx->arena, str_z(text));
}
static const char *zs(Cx *cx, Str s) { return str_cstr(cx->arena, s); }

static void as_system(Cx *cx) { cx->actor = (Actor){ .system = true }; }

static Request request_now(Cx *cx, int64_t id) {
  Request r = { 0 };
  Actor was = cx->actor;
  as_system(cx);
  OK(cx, request_get(cx, id, &r));
  cx->actor = was;
  return r;
}

static Message last_message(Cx *cx, int64_t request) {
  Actor was = cx->actor;
  as_system(cx);
  Request r = request_now(cx, request);
  Rows rows;
  OK(cx, message_list(cx, &r, 0, &rows));
  cx->actor = was;
  MUST(rows.n > 0);
  return *ROW(Message, rows, rows.n - 1);
}

static size_t message_count(Cx *cx, int64_t request) {
  Actor was = cx->actor;
  as_system(cx);
  Request r = request_now(cx, request);
  Rows rows;
  OK(cx, message_list(cx, &r, 0, &rows));
  cx->actor = was;
  return rows.n;
}

static Str reply_address(Cx *cx, int64_t request) {
  Str s;
  OK(cx, mail_reply_address(cx, request, &s));
  return s;
}

/* The newest row of the outbox, or of that kind. */
static Outbox out_of(Cx *cx, int64_t request, const char *kind) {
  Rows rows;
  OK(cx, outbox_list(all(cx), &(OutboxFilter){ .request_id = request }, &rows));
  for (size_t i = 0; i < rows.n; i++) if (str_eq(ROW(Outbox, rows, i)->kind, str_z(kind))) return *ROW(Outbox, rows, i);
  return (Outbox){ 0 };
}

/* A question of Ana's by mail. */
static Taken asked(Cx *cx) {
  Taken t = taken(cx, raw_mail(cx->arena, "From: Ana Souza <ana@meridian.example>", "To: help@meridian.example", "Subject: Label printer",
                               "Message-ID: <first@mail.meridian.example>", "", "The printer prints yesterday's date.", END));
  IS(t.outcome, S("request"));
  return t;
}

/* … promised and reported by Sofie. */
static Taken reported(Cx *cx, const Place *p) {
  Taken t = asked(cx);
  act_as(cx, p->sofie);
  Request r = request_now(cx, t.request_id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR }));
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("It is done.") }));
  as_system(cx);
  return t;
}

TEST_STORES(a_stranger_asks) {
  Place p;
  place_new(cx, &p);
  Taken t = taken(cx, raw_mail(a, "From: =?utf-8?q?Jo=C3=A3o?= <Joao@Nordpris.example>", "To: Help Desk <help@meridian.example>", "Subject: Re: Laptop",
                               "Date: Thu, 14 May 2026 08:30:00 +0000", "Message-ID: <q1@nordpris.example>", "",
                               "My laptop is slow.", "", "-- ", "Joao", END));
  IS(t.outcome, S("request"));
  Request r = request_now(cx, t.request_id);
  IS(r.subject, S("Laptop"));
  IS(r.asker, S("João"));
  IS(r.channel, S("mail"));
  INT(r.team_id, p.it);
  INT(cx->now - r.since_at, 30 * MINUTE);              /* their clock starts when they wrote */
  Message m = last_message(cx, r.id);
  INT(m.id, t.message);
  MUST(str_starts(m.text, S("My laptop is slow.")) && m.reply_end > 0 && str_find(m.text, S("Joao")) != SIZE_MAX);   /* nothing is cut off */
  INT(m.mail_id, t.mail_id);
  Outbox ack = out_of(cx, r.id, "acknowledgement");
  IS(ack.to_mail, S("joao@nordpris.example"));
  INT(ack.is_auto, 1);
  as_system(cx);
  MailEntry e;
  OK(cx, mail_get(cx, t.mail_id, &e));
  IS(e.outcome, S("request"));
  INT(e.request_id, r.id);
  IS(e.from_mail, S("joao@nordpris.example"));
}

TEST_STORES(an_answer_finds_its_conversation) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  int64_t id = t.request_id;
  Str reply = reply_address(cx, id), local, domain, own = out_of(cx, id, "acknowledgement").message_id;
  str_cut_last(reply, '@', &local, &domain);
  char *upper = str_cstr(a, reply);
  for (char *c = upper; *c; c++) if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 32);
  const struct { int line; const char *header; } rows[] = {
    { __LINE__, z(cx, "To: %s", zs(cx, reply)) },
    { __LINE__, z(cx, "To: %s", upper) },                                                     /* some servers fold the case */
    { __LINE__, z(cx, "To: x@y.example\r\nCc: \"Desk\" <%s>", zs(cx, reply)) },                /* chatwoot: token in Cc */
    { __LINE__, z(cx, "To: x@y.example\r\nDelivered-To: %s", zs(cx, reply)) },
    { __LINE__, z(cx, "To: x@y.example\r\nX-Original-To: %s", zs(cx, reply)) },
    { __LINE__, z(cx, "To: x@y.example\r\nEnvelope-To: %s", zs(cx, reply)) },
    { __LINE__, z(cx, "To: x@y.example\r\nReceived: from a by b for <%s>; Thu, 14 May 2026 08:30:00 +0000", zs(cx, reply)) },
    { __LINE__, z(cx, "To: help@meridian.example\r\nIn-Reply-To: <%s>", zs(cx, own)) },
    { __LINE__, z(cx, "To: help@meridian.example\r\nReferences: <what@else.example> <%s>", zs(cx, own)) },
    { __LINE__, z(cx, "To: help@meridian.example\r\nIn-Reply-To: <nothing@known.example>\r\nReferences: <%s>", zs(cx, own)) },
    { __LINE__, "To: help@meridian.example\r\nIn-Reply-To: <first@mail.meridian.example>" },   /* the asker's own first mail */
    { __LINE__, z(cx, "To: help@meridian.example\r\nSubject: AW: Label printer [R-%lld]", (long long)id) },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    const char *subject = strstr(rows[i].header, "Subject:") ? "X-Row: 1" : "Subject: something else";
    Taken again = taken(cx, raw_mail(a, "From: ana@meridian.example", subject, rows[i].header, z(cx, "Message-ID: <row%zu@x.example>", i), "", "More words.", END));
    IS_AT(rows[i].line, again.outcome, S("reply"));
    INT_AT(rows[i].line, again.request_id, id);
    MUST_AT(rows[i].line, last_message(cx, id).trusted == 1);
  }
  INT(message_count(cx, id), 1 + COUNT(rows));
}

TEST_STORES(ids_that_were_only_named_are_known) {
  Place p;
  place_new(cx, &p);
  Taken t = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Cc: olu@nordpris.example", "Subject: Fwd: prices",
                               "Message-ID: <fwd@x.example>", "References: <root@nordpris.example> <mid@nordpris.example>", "", "See below.", END));
  IS(t.outcome, S("request"));
  Taken answer = taken(cx, raw_mail(a, "From: olu@nordpris.example", "To: help@meridian.example", "Subject: prices", "Message-ID: <late@nordpris.example>",
                                    "In-Reply-To: <root@nordpris.example>", "", "I answer the first one.", END));
  IS(answer.outcome, S("reply"));
  INT(answer.request_id, t.request_id);
  INT(last_message(cx, t.request_id).trusted, 1);          /* in copy from the start: takes part */
}

TEST_STORES(an_empty_id_is_nobody) {
  Place p;
  place_new(cx, &p);
  Taken one = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: one", "Message-ID:", "In-Reply-To:", "References:", "",
                                 "First.", END));
  Taken two = taken(cx, raw_mail(a, "From: priya@meridian.example", "To: help@meridian.example", "Subject: two", "Message-ID: <>", "In-Reply-To: <>", "",
                                 "Second.", END));
  Taken three = taken(cx, raw_mail(a, "From: priya@meridian.example", "To: help@meridian.example", "Subject: three", "", "Third.", END));
  IS(one.outcome, S("request"));
  IS(two.outcome, S("request"));
  IS(three.outcome, S("request"));
  MUST(one.request_id != two.request_id && two.request_id != three.request_id);
}

TEST_STORES(a_forged_token_opens_nothing) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  const struct { int line; const char *header; } rows[] = {
    { __LINE__, z(cx, "To: help+r%lld-aaaaaaaaaaaaaaaa@meridian.example", (long long)t.request_id) },
    { __LINE__, z(cx, "To: help+r%lld-@meridian.example", (long long)t.request_id) },
    { __LINE__, z(cx, "To: help@meridian.example\r\nIn-Reply-To: <r%lld.abcdef.aaaaaaaaaaaaaaaa@meridian.example>", (long long)t.request_id) },
    { __LINE__, z(cx, "To: help@meridian.example\r\nSubject: [R-%lld] hello", (long long)t.request_id) },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    Taken bad = taken(cx, raw_mail(a, "From: mallory@evil.example", rows[i].header, "", "Let me in.", END));
    IS_AT(rows[i].line, bad.outcome, S("request"));
    MUST_AT(rows[i].line, bad.request_id != t.request_id);
  }
  INT(message_count(cx, t.request_id), 1);
}

TEST_STORES(a_stranger_with_the_address_is_heard_and_sees_nothing) {
  Place p;
  place_new(cx, &p);
  Taken t = reported(cx, &p);
  Request before = request_now(cx, t.request_id);
  Taken more = taken(cx, raw_mail(a, "From: Cousin <cousin@elsewhere.example>", z(cx, "To: %s", zs(cx, reply_address(cx, t.request_id))),
                                  "Message-ID: <c1@elsewhere.example>", "", "not yet", END));
  IS(more.outcome, S("reply"));
  Message m = last_message(cx, t.request_id);
  INT(m.trusted, 0);
  IS(m.side, S("other"));
  Request r = request_now(cx, t.request_id);
  IS(r.ball, before.ball);
  IS(r.state, before.state);
  Party cousin;
  as_system(cx);
  OK(cx, party_by_mail(cx, S("cousin@elsewhere.example"), &cousin));
  act_as(cx, cousin.id);
  ERR(cx, request_get(cx, t.request_id, &r), E_ABSENT);
}

TEST_STORES(the_same_mail_twice) {
  Place p;
  place_new(cx, &p);
  Str raw = raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: x", "Message-ID: <same@x.example>", "", "Once.", END);
  Taken one = taken(cx, raw), two = taken(cx, raw);
  Taken three = taken(cx, str_cat(a, S("Received: by another way\r\n"), raw));
  Taken other = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: y", "Message-ID: <same@x.example>", "",
                                   "Other words under a careless id.", END));
  IS(one.outcome, S("request"));
  IS(two.outcome, S("duplicate"));
  INT(two.request_id, one.request_id);
  IS(three.outcome, S("duplicate"));
  MUST(str_eq(other.outcome, S("request")) && other.request_id != one.request_id);     /* freescout: never lost as a duplicate */
}

TEST_STORES(our_own_mail_that_comes_back_is_set_aside) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  Outbox ack = out_of(cx, t.request_id, "acknowledgement");
  Str bytes;
  as_system(cx);
  OK(cx, compose(cx, &ack, &bytes));
  Taken back = taken(cx, bytes);
  IS(back.outcome, S("suppressed"));
  Taken us = taken(cx, raw_mail(a, "From: HELP@meridian.example", "To: help@meridian.example", "Subject: hm", "", "I am you.", END));
  IS(us.outcome, S("suppressed"));
  Taken loop = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "X-Cornerdesk-Loop: meridian.example", "Subject: x", "", "Round.", END));
  IS(loop.outcome, S("suppressed"));
  INT(message_count(cx, t.request_id), 1);
}

TEST_STORES(machines_are_heard_but_never_answered) {
  Place p;
  place_new(cx, &p);
  static const struct { int line; const char *from, *header, *outcome; } rows[] = {
    { __LINE__, "stranger@x.example", "Auto-Submitted: auto-replied", "suppressed" },
    { __LINE__, "stranger@x.example", "Auto-Submitted: auto-generated", "suppressed" },
    { __LINE__, "stranger@x.example", "Precedence: bulk", "suppressed" },
    { __LINE__, "stranger@x.example", "List-Unsubscribe: <mailto:x@x.example>", "suppressed" },
    { __LINE__, "stranger@x.example", "X-Autoreply: yes", "suppressed" },
    { __LINE__, "MAILER-DAEMON@x.example", "X-Row: 1", "suppressed" },
    { __LINE__, "ana@meridian.example", "Auto-Submitted: auto-replied", "suppressed" },
    { __LINE__, "ana@meridian.example", "X-MS-Exchange-Inbox-Rules-Loop: ana@meridian.example", "suppressed" },
    { __LINE__, "ana@meridian.example", "Auto-Submitted: auto-generated", "request" },          /* a machine we know may ask */
    { __LINE__, "ana@meridian.example", "Precedence: list\r\nList-Id: <all.meridian.example>", "request" },
    { __LINE__, "", "X-Row: 2", "suppressed" },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    Taken t = taken(cx, raw_mail(a, z(cx, "From: %s", rows[i].from), "To: help@meridian.example", z(cx, "Subject: row %zu", i), rows[i].header, "", "Words.", END));
    IS_AT(rows[i].line, t.outcome, str_z(rows[i].outcome));
    MUST_AT(rows[i].line, t.reason.n > 0);
    if (t.request_id) INT_AT(rows[i].line, out_of(cx, t.request_id, "acknowledgement").id, 0);
  }
}

TEST_STORES(out_of_office_is_kept_and_moves_nothing) {
  Place p;
  place_new(cx, &p);
  Taken t = reported(cx, &p);
  Request before = request_now(cx, t.request_id);
  const char *to = z(cx, "To: %s", zs(cx, reply_address(cx, t.request_id)));
  Taken away = taken(cx, raw_mail(a, "From: ana@meridian.example", to, "Subject: Automatic reply: Label printer", "Auto-Submitted: auto-replied",
                                  "Message-ID: <ooo@x.example>", "", "I am away until Monday. Not yet back.", END));
  IS(away.outcome, S("reply"));
  Request r = request_now(cx, t.request_id);
  IS(r.state, before.state);
  IS(r.ball, before.ball);
  IS(last_message(cx, t.request_id).author_kind, S("auto"));
  Rows out;
  OK(cx, outbox_list(all(cx), &(OutboxFilter){ .request_id = t.request_id }, &out));
  size_t n = out.n;
  Taken colleague = taken(cx, raw_mail(a, "From: sofie@meridian.example", to, "Subject: Out of office", "Auto-Submitted: auto-replied", "", "I am at the lake.", END));
  IS(colleague.outcome, S("suppressed"));               /* ours are no news for the person who asked */
  OK(cx, outbox_list(all(cx), &(OutboxFilter){ .request_id = t.request_id }, &out));
  INT(out.n, n);
}

static Str dsn(Cx *cx, const char *id, const char *action, const char *status, const char *recipient) {
  return raw_mail(cx->arena, "From: MAILER-DAEMON@mx.meridian.example", "To: help@meridian.example", "Subject: Undelivered Mail", "Return-Path: <>",
    "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "", "--b", "Content-Type: text/plain", "", "Sorry.", "--b",
    "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.meridian.example", "", z(cx, "Final-Recipient: rfc822; %s", recipient),
    z(cx, "Action: %s", action), z(cx, "Status: %s", status), "Diagnostic-Code: smtp; 550 5.1.1 no such user", "", "--b", "Content-Type: message/rfc822", "",
    z(cx, "Message-ID: <%s>", id), "From: help@meridian.example", z(cx, "To: %s", recipient), "Subject: Re: Label printer", "", "words", "--b--", END);
}

static int64_t refused_until(Cx *cx, int64_t party) {
  Rows rows;
  OK(cx, address_list(cx, party, &rows));
  return ROW(Address, rows, 0)->refused_until;
}

TEST_STORES(what_came_back) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  Outbox ack = out_of(cx, t.request_id, "acknowledgement");
  as_system(cx);
  OK(cx, outbox_sent(cx, ack.id, S("mx")));
  Taken late = taken(cx, dsn(cx, zs(cx, ack.message_id), "delayed", "4.4.1", "ana@meridian.example"));
  IS(late.outcome, S("suppressed"));
  OK(cx, outbox_get(all(cx), ack.id, &ack));
  IS(ack.state, S("sent"));
  Taken forged = taken(cx, dsn(cx, "not-ours@x.example", "failed", "5.1.1", "ana@meridian.example"));
  IS(forged.outcome, S("suppressed"));
  INT(refused_until(cx, p.ana), 0);                     /* nobody silences somebody else's address */
  Taken full = taken(cx, dsn(cx, zs(cx, ack.message_id), "failed", "5.2.2", "ana@meridian.example"));
  INT(full.request_id, t.request_id);
  INT(refused_until(cx, p.ana), 0);                     /* a full mailbox is still a mailbox */
  Taken back = taken(cx, dsn(cx, zs(cx, ack.message_id), "failed", "5.1.1", "ana@meridian.example"));
  IS(back.outcome, S("suppressed"));
  INT(back.request_id, t.request_id);
  OK(cx, outbox_get(all(cx), ack.id, &ack));
  IS(ack.state, S("failed"));
  INT(refused_until(cx, p.ana) - cx->now, 60 * DAY);
  Rows touches;
  OK(cx, touch_list(cx, t.request_id, &touches));
  MUST(touches.n == 2 && str_eq(ROW(Touch, touches, 0)->kind, S("bounce")));
  INT(message_count(cx, t.request_id), 1);
  int64_t id;
  OK(cx, outbox_put(cx, &(OutboxNew){ .kind = S("reply"), .subject = S("x"), .to_id = p.ana, .request_id = t.request_id }, &id));
  OK(cx, outbox_get(all(cx), id, &ack));
  IS(ack.state, S("stopped"));                          /* and it says why */
  MUST(ack.fault.n > 0);
}

TEST_STORES(only_the_asker_judges_and_only_in_so_many_words) {
  Place p;
  place_new(cx, &p);
  Taken t = reported(cx, &p);
  int64_t id = t.request_id;
  Str local, domain;
  str_cut_last(reply_address(cx, id), '@', &local, &domain);
  const char *plain = z(cx, "To: %s@%s", zs(cx, local), zs(cx, domain)), *sorted = z(cx, "To: %s+sorted@%s", zs(cx, local), zs(cx, domain)),
             *notyet = z(cx, "To: %s+NotYet@%s", zs(cx, local), zs(cx, domain));
  Taken thanks = taken(cx, raw_mail(a, "From: ana@meridian.example", plain, "Message-ID: <t1@x>", "", "Thank you so much, sorted, perfect!", END));
  IS(thanks.outcome, S("reply"));
  IS(request_now(cx, id).state, S("REPORTED"));          /* words of thanks never close */
  Taken priya = taken(cx, raw_mail(a, "From: priya@meridian.example", sorted, "Message-ID: <t2@x>", "", "Sorted.", END));
  IS(priya.outcome, S("reply"));
  IS(request_now(cx, id).state, S("REPORTED"));
  Taken no = taken(cx, raw_mail(a, "From: ana@meridian.example", plain, "Message-ID: <t3@x>", "", "Not yet.", "", "The first label is still wrong.", "",
                                  "On Mon, 9 Feb 2026 at 10:00, Sofie Janssens wrote:", "> It is done.", END));
  IS(no.outcome, S("verdict"));
  Request r = request_now(cx, id);
  IS(r.state, S("PROMISED"));
  INT(r.rework, 1);
  Message said = last_message(cx, id);
  IS(str_trim(message_reply(&said)), S("Not yet.\n\nThe first label is still wrong."));
  MUST(message_quoted(&said).n > 0);
  Rows verdicts;
  OK(cx, verdict_list(cx, id, &verdicts));
  IS(ROW(Verdict, verdicts, 0)->words, S("Not yet.\n\nThe first label is still wrong."));   /* not what it quotes */
  act_as(cx, p.sofie);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("Now.") }));
  Taken again = taken(cx, raw_mail(a, "From: ana@meridian.example", notyet, "Message-ID: <t4@x>", "", "", END));
  IS(again.outcome, S("verdict"));                       /* without a word of hers */
  r = request_now(cx, id);
  INT(r.rework, 2);
  act_as(cx, p.sofie);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("Now really.") }));
  Taken yes = taken(cx, raw_mail(a, "From: ana@meridian.example", sorted, "Message-ID: <t5@x>", "", "Wonderful.", END));
  IS(yes.outcome, S("verdict"));
  r = request_now(cx, id);
  IS(r.state, S("ACCEPTED"));
  OK(cx, verdict_list(cx, id, &verdicts));
  IS(ROW(Verdict, verdicts, 0)->sorted, S("yes"));
  IS(ROW(Verdict, verdicts, 0)->channel, S("mail"));
}

TEST_STORES(a_late_answer_opens_a_linked_request) {
  Place p;
  place_new(cx, &p);
  Taken t = reported(cx, &p);
  act_as(cx, p.ana);
  Request r = request_now(cx, t.request_id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes") }));
  as_system(cx);
  const char *to = z(cx, "To: %s", zs(cx, reply_address(cx, t.request_id)));
  cx->now += 6 * DAY;
  Taken soon = taken(cx, raw_mail(a, "From: ana@meridian.example", to, "Subject: Re: Label printer", "Message-ID: <s1@x>", "", "One more thing.", END));
  IS(soon.outcome, S("reply"));
  INT(soon.request_id, t.request_id);
  cx->now += 2 * DAY;
  Taken late = taken(cx, raw_mail(a, "From: ana@meridian.example", to, "Subject: Re: Label printer [R-1]", "Message-ID: <s2@x>", "", "It is back.", END));
  IS(late.outcome, S("request"));
  MUST(late.request_id != t.request_id);
  INT(request_now(cx, late.request_id).after_id, t.request_id);
  Taken on = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "In-Reply-To: <s2@x>", "Message-ID: <s3@x>", "", "And more.", END));
  INT(on.request_id, late.request_id);
  Taken stranger = taken(cx, raw_mail(a, "From: mallory@evil.example", to, "Subject: me too", "Message-ID: <s4@x>", "", "Hello.", END));
  IS(stranger.outcome, S("request"));
  INT(request_now(cx, stranger.request_id).after_id, 0);
}

TEST_STORES(nobody_speaks_for_us_by_a_number) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  Taken spoof = taken(cx, raw_mail(a, "From: sofie@meridian.example", "To: help@meridian.example", z(cx, "Subject: [R-%lld] printer", (long long)t.request_id), "",
                                   "Please send me your password.", END));
  IS(spoof.outcome, S("reply"));
  INT(last_message(cx, t.request_id).trusted, 0);
  INT(out_of(cx, t.request_id, "reply").id, 0);          /* nothing goes out */
  Taken real = taken(cx, raw_mail(a, "From: sofie@meridian.example", z(cx, "To: %s", zs(cx, reply_address(cx, t.request_id))), "Message-ID: <a1@x>", "",
                                  "I am looking into it.", END));
  IS(real.outcome, S("reply"));
  Message m = last_message(cx, t.request_id);
  MUST(m.trusted == 1 && str_eq(m.side, S("provider")));
  IS(out_of(cx, t.request_id, "reply").to_mail, S("ana@meridian.example"));
}

TEST_STORES(files_html_and_words_too_many) {
  Place p;
  place_new(cx, &p);
  Taken t = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: photo", "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/html; charset=utf-8", "",
    "<p>Look <script>alert(1)</script><b>here</b></p>", "--b", "Content-Type: image/png; name=\"../../a.png\"", "Content-Disposition: attachment",
    "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=", "--b--", END));
  IS(t.outcome, S("request"));
  Message m = last_message(cx, t.request_id);
  INT(m.files, 1);
  MUST(str_find(m.html, S("script")) == SIZE_MAX && str_find(m.html, S("<b>here</b>")) != SIZE_MAX);
  Buf big = { .arena = a };
  while (big.n < 1200 * 1000) buf_add(&big, S("Words words words words words words words words words words words words.\r\n"));
  Taken long_ = taken(cx, str_cat(a, S("From: ana@meridian.example\r\nSubject: long\r\n\r\n"), buf_str(&big)));
  IS(long_.outcome, S("request"));
  m = last_message(cx, long_.request_id);
  INT(m.files, 1);
  MUST(m.text.n <= 1000 * 1000);
  Taken empty = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "", END));
  IS(empty.outcome, S("request"));                       /* glpi: empty after trimming was an error */
}

TEST_STORES(what_cannot_be_read_is_kept) {
  Place p;
  place_new(cx, &p);
  Taken bad = taken(cx, S(""));
  IS(bad.outcome, S("quarantined"));
  MUST(bad.reason.n > 0);
  as_system(cx);
  OK(cx, mail_retry(cx, bad.mail_id, S("")));
  Rows jobs;
  OK(cx, job_take(cx, S("mail-take"), MINUTE, 9, &jobs));
  INT(jobs.n, 1);
  HereLanes here = lanes_here(cx);
  OK(cx, mail_take_carry(cx, &here.lanes, ROW(Job, jobs, 0)));
  MailEntry e;
  OK(cx, mail_get(cx, bad.mail_id, &e));
  IS(e.outcome, S("quarantined"));
}

/* Past every cap, but a person still sees who wrote and about what. */
TEST_STORES(what_cannot_be_read_still_says_who_wrote_it) {
  Place p;
  place_new(cx, &p);
  Buf b = { .arena = a };
  buf_add(&b, S("From: =?utf-8?q?Ana_S=C3=B6uza?= <ana@meridian.example>\nX-Long: "));
  for (int i = 0; i < 60000; i++) buf_add(&b, S("aaaaaaa "));
  buf_add(&b, S("\nSubject: The printer\n stands still\nMessage-ID: <long@x>\n\nFrom: nobody@x.example\nWords.\n"));
  Taken t = taken(cx, buf_str(&b));
  IS(t.outcome, S("quarantined"));
  MUST(str_find(t.reason, S("header")) != SIZE_MAX);
  as_system(cx);
  MailEntry e;
  OK(cx, mail_get(cx, t.mail_id, &e));
  IS(e.from_mail, S("ana@meridian.example"));
  IS(e.from_name, S("Ana Söuza"));
  IS(e.subject, S("The printer stands still"));
  IS(e.message_id, S("long@x"));
}

TEST_STORES(a_crash_between_storing_and_taking_loses_nothing) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  int64_t id;
  bool known;
  Str raw = raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: x", "Message-ID: <k@x>", "", "Here.", END);
  OK(cx, mail_store(cx, &(MailNew){ .mailbox = S("help@meridian.example"), .raw = raw }, &id, &known));
  cx->now += 2 * MINUTE;
  Rows jobs;
  OK(cx, job_take(cx, S("mail-take"), MINUTE, 9, &jobs));
  INT(jobs.n, 1);
  Job job = *ROW(Job, jobs, 0);
  HereLanes here = lanes_here(cx);
  OK(cx, mail_take_carry(cx, &here.lanes, &job));
  OK(cx, mail_take_carry(cx, &here.lanes, &job));        /* twice is once */
  MailEntry e;
  OK(cx, mail_get(cx, id, &e));
  IS(e.outcome, S("request"));
  INT(message_count(cx, e.request_id), 1);
  OK(cx, mail_store(cx, &(MailNew){ .mailbox = S("help@meridian.example"), .raw = str_cat(a, raw, S("poison")) }, &id, &known));
  int64_t attempts;
  for (int i = 0; i < MAIL_TRIES; i++) OK(cx, mail_attempt(cx, id, &attempts));
  job.body = str_fmt(a, "%lld", (long long)id);
  OK(cx, mail_take_carry(cx, &here.lanes, &job));
  OK(cx, mail_get(cx, id, &e));
  IS(e.outcome, S("quarantined"));
}

TEST_STORES(too_large_is_told) {
  Place p;
  place_new(cx, &p);
  Taken t = taken_at(cx, "help@meridian.example", raw_mail(a, "From: Ana <ana@meridian.example>", "To: help@meridian.example", "Subject: film", "", "x", END), "oversize:70000000");
  IS(t.outcome, S("held"));
  Rows out;
  as_system(cx);
  OK(cx, outbox_list(all(cx), &(OutboxFilter){ .mail = S("ana@meridian.example") }, &out));
  INT(out.n, 1);
  IS(ROW(Outbox, out, 0)->kind, S("oversize"));
  Str bytes;
  OK(cx, compose(cx, ROW(Outbox, out, 0), &bytes));
  Mail m;
  OK(cx, mail_parse(cx, bytes, &m));
  MUST(str_find(m.text, S("70 MB")) != SIZE_MAX && m.automatic.is);
}

TEST_STORES(mailboxes_have_teams_and_closed_accounts_are_held) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  int64_t box;
  OK(cx, mailbox_put(cx, &(MailboxNew){ .address = S("hr@meridian.example"), .team_id = p.hr }, &box));
  Taken t = taken_at(cx, "hr@meridian.example", raw_mail(a, "From: ana@meridian.example", "To: hr@meridian.example", "Subject: printer", "", "x", END), "");
  INT(request_now(cx, t.request_id).team_id, p.hr);
  Taken guessed = taken_at(cx, "", raw_mail(a, "From: ana@meridian.example", "To: x@y.example", "Delivered-To: HR+x@meridian.example", "Subject: printer", "", "y", END), "");
  INT(request_now(cx, guessed.request_id).team_id, p.hr);
  OK(cx, party_disable(cx, p.priya, true));
  Taken gone = taken(cx, raw_mail(a, "From: priya@meridian.example", "To: help@meridian.example", "Subject: x", "", "x", END));
  IS(gone.outcome, S("held"));
}

TEST_STORES(what_our_own_server_doubts_is_held) {
  static Site site;
  Place p;
  place_new(cx, &p);
  site = *cx->site;
  site.mail_authserv = S("mx.meridian.example");
  cx->site = &site;
  Str raw = raw_mail(a, "Authentication-Results: mx.meridian.example; spf=softfail; dkim=none; dmarc=fail (p=reject)", "From: Ana Souza <ana@meridian.example>",
                     "To: help@meridian.example", "Subject: parking permit", "", "Open the file.", END);
  Taken t = taken(cx, raw);
  IS(t.outcome, S("held"));
  MUST(str_find(t.reason, S("dmarc=fail")) != SIZE_MAX);
  act_as(cx, p.admin);
  OK(cx, mail_retry(cx, t.mail_id, S("trusted")));
  as_system(cx);
  Rows jobs;
  OK(cx, job_take(cx, S("mail-take"), MINUTE, 9, &jobs));
  HereLanes here = lanes_here(cx);
  OK(cx, mail_take_carry(cx, &here.lanes, ROW(Job, jobs, 0)));
  MailEntry e;
  OK(cx, mail_get(cx, t.mail_id, &e));
  IS(e.outcome, S("request"));
}

TEST_STORES(before_there_is_a_team_mail_is_held) {
  static Site site;
  site = (Site){ .public_url = S("https://desk.example"), .mail_from = S("help@meridian.example") };
  cx->site = &site;
  Taken t = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: early", "", "x", END));
  IS(t.outcome, S("held"));
}

TEST_STORES(too_many_from_one_sender_are_held) {
  Place p;
  place_new(cx, &p);
  for (int i = 0; i < 200; i++) {
    Request r;
    act_as(cx, p.ana);
    OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("again"), .channel = S("mail"), .quiet = true }, &r));
  }
  Taken t = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: again", "", "x", END));
  IS(t.outcome, S("held"));
}

TEST_STORES(likeness_is_a_suggestion) {
  Place p;
  place_new(cx, &p);
  Taken t = asked(cx);
  cx->now += DAY;
  Taken like = taken(cx, raw_mail(a, "From: ana@meridian.example", "To: help@meridian.example", "Subject: AW: label printer", "Message-ID: <l1@x>", "", "Again.", END));
  IS(like.outcome, S("request"));
  Rows touches;
  as_system(cx);
  OK(cx, touch_list(cx, like.request_id, &touches));
  MUST(touches.n == 1 && str_eq(ROW(Touch, touches, 0)->kind, S("similar")));
  IS(ROW(Touch, touches, 0)->words, request_ref(a, t.request_id));
}
