/* The desk on both stores: a request through its whole life, who sees what, what is refused, and the chain. */
#include "base/zone.h"
#include "desk/act.h"
#include "desk/demo.h"
#include "desk/inbox.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/promise.h"
#include "desk/touch.h"
#include "desk/verdict.h"
#include "desk/verify.h"
#include "desk_fixture.h"
#include "store/job.h"

static Request ask(Cx *cx, int64_t asker, const char *text) {
  Request r = { 0 };
  act_as(cx, asker);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = asker, .text = str_z(text) }, &r));
  return r;
}
static Request see(Cx *cx, int64_t who, int64_t id) {
  Request r = { 0 };
  act_as(cx, who);
  OK(cx, request_get(cx, id, &r));
  return r;
}
static int64_t outbox_n(Cx *cx, const char *kind) {
  int64_t n = 0;
  OK(cx, db_int(cx, &n, SQL("SELECT count(*) FROM outbox WHERE kind = ?1"), V(str_z(kind))));
  return n;
}
static void count_told(void *arg, Str what) { (void)what; ++*(int *)arg; }
static int verify(Cx *cx) {
  int told = 0;
  int64_t checked, wrong;
  OK(cx, ledger_verify(cx, count_told, &told, &checked));
  OK(cx, tally_verify(cx, &wrong));
  return told + (int)wrong;
}

TEST_STORES(a_request_is_promised_answered_and_closed_by_the_person_who_asked) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "The label printer on line 4 prints yesterday's date.\nSince this morning.");
  IS(r.state, S("REQUESTED"));
  IS(r.subject, S("The label printer on line 4 prints yesterday's date."));
  IS(r.team, S("Service desk"));
  INT(r.due_at, r.hear_at);
  INT(outbox_n(cx, "acknowledgement"), 1);

  r = see(cx, p.sofie, r.id);
  int64_t due = cx->now + 5 * HOUR;
  cx->now += HOUR;
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = due, .text = S("I am on it."), .conditions = (Str[]){ S("20 labels in a row are right") }, .condition_n = 1 }));
  IS(r.state, S("PROMISED"));
  INT(r.owner_id, p.sofie);
  INT(r.due_at, due);
  Promise pr;
  OK(cx, promise_in_force(cx, &r, &pr));
  int64_t same;
  OK(cx, db_int(cx, &same, SQL("SELECT count(*) FROM promise WHERE id = ?1 AND tzdata = ?2"), V(pr.id), V(zone_version())));
  INT(same, 1);                                          /* by the rules that reckoned it */
  Str *conditions;
  size_t n;
  OK(cx, promise_conditions(cx, &pr, &conditions, &n));
  INT(n, 1);
  IS(conditions[0], S("20 labels in a row are right"));

  cx->now += HOUR;
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("It is done.") }));
  IS(r.ball, S("customer"));
  INT(outbox_n(cx, "reply"), 2);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT }), E_DENIED);

  r = see(cx, p.ana, r.id);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_NOT_YET }), E_INVALID);
  cx->now += HOUR;
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("One of twenty is wrong."), .sorted = S("partly") }));
  IS(r.state, S("PROMISED"));
  INT(r.rework, 1);
  r = see(cx, p.sofie, r.id);
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Cleared the buffer.") }));
  r = see(cx, p.ana, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes"), .ease = 6, .moment = S("He drew it on a card.") }));
  IS(r.state, S("ACCEPTED"));
  IS(r.outcome, S("kept"));
  IS(r.court, S("done"));
  Rows v;
  OK(cx, verdict_list(cx, r.id, &v));
  INT(v.n, 2);
  IS(ROW(Verdict, v, 0)->sorted, S("yes"));
  INT(ROW(Verdict, v, 0)->ease, 6);
  IS(ROW(Verdict, v, 1)->sorted, S("partly"));
  INT(verify(cx), 0);
}

TEST_STORES(a_simple_question_is_answered_in_one_step) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.priya, "How do I reset my password?");
  r = see(cx, p.yusuf, r.id);
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Like this.") }));
  IS(r.state, S("REPORTED"));
  INT(r.acts, 3);
  INT(outbox_n(cx, "reply"), 1);
  cx->now += MINUTE;
  r = see(cx, p.priya, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT }));
  IS(r.outcome, S("kept"));
}

TEST_STORES(who_sees_what) {
  Place p;
  place_new(cx, &p);
  Request it = ask(cx, p.ana, "printer"), hr = ask(cx, p.ana, "my salary and my leave"), theirs = ask(cx, p.olu, "badge");
  INT(hr.team_id, p.hr);
  act_as(cx, p.yusuf);
  int64_t note;
  OK(cx, message_new(cx, &it, &(MessageNew){ .text = S("secret note"), .internal = true }, &note));
  const struct { int line; int64_t who; bool it, hr, theirs; int messages; } cases[] = {
    { __LINE__, 0,       false, false, false, 0 },
    { __LINE__, p.ana,   true,  true,  false, 1 },
    { __LINE__, p.priya, false, false, false, 0 },
    { __LINE__, p.olu,   false, false, true,  0 },
    { __LINE__, p.yusuf, true,  false, true,  2 },
    { __LINE__, p.grace, false, true,  false, 0 },
    { __LINE__, p.noor,  true,  false, true,  2 },
    { __LINE__, p.admin, true,  false, true,  2 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Request r;
    act_as(cx, cases[i].who);
    MUST_AT(cases[i].line, (request_get(cx, it.id, &r) == E_OK) == cases[i].it);
    MUST_AT(cases[i].line, (request_get(cx, hr.id, &r) == E_OK) == cases[i].hr);
    MUST_AT(cases[i].line, (request_get(cx, theirs.id, &r) == E_OK) == cases[i].theirs);
    Rows rows, list;
    Str next;
    OK(cx, message_list(cx, &it, 0, &rows));
    INT_AT(cases[i].line, rows.n, cases[i].messages);
    OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_ALL }, &list, &next));
    INT_AT(cases[i].line, list.n, cases[i].it + cases[i].hr + cases[i].theirs);
  }
  act_as(cx, p.ana);                                     /* a mailed link sees its one request */
  cx->actor.only_request = it.id;
  Request r;
  OK(cx, request_get(cx, it.id, &r));
  ERR(cx, request_get(cx, hr.id, &r), E_ABSENT);
}

TEST_STORES(words_move_the_ball_and_thanks_close_nothing) {
  Place p;
  place_new(cx, &p);
  int64_t m;
  Request r = ask(cx, p.ana, "printer");
  r = see(cx, p.sofie, r.id);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Which one?"), .asks = true }, &m));
  IS(r.ball, S("customer"));
  IS(r.court, S("them"));
  r = see(cx, p.ana, r.id);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Line 4.") }, &m));
  IS(r.ball, S("provider"));
  r = see(cx, p.sofie, r.id);
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Done.") }));
  r = see(cx, p.ana, r.id);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Thank you so much!") }, &m));
  IS(r.state, S("REPORTED"));
  IS(r.ball, S("provider"));
  r = see(cx, p.sofie, r.id);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("You are welcome. Is it sorted?") }, &m));
  IS(r.ball, S("customer"));
  INT(verify(cx), 0);
}

TEST_STORES(the_second_sender_is_stopped) {
  Place p;
  place_new(cx, &p);
  int64_t m;
  Request r = ask(cx, p.ana, "printer");
  Request hers = see(cx, p.sofie, r.id), his = see(cx, p.yusuf, r.id);
  act_as(cx, p.sofie);
  OK(cx, message_new(cx, &hers, &(MessageNew){ .text = S("Hello Ana"), .version = r.version }, &m));
  act_as(cx, p.yusuf);
  ERR(cx, message_new(cx, &his, &(MessageNew){ .text = S("Hello Ana too"), .version = r.version }, &m), E_CONFLICT);   /* stale row */
  his = see(cx, p.yusuf, r.id);
  ERR(cx, message_new(cx, &his, &(MessageNew){ .text = S("Hello Ana too"), .version = r.version }, &m), E_CONFLICT);
  ERR(cx, act_do(cx, &his, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR, .version = r.version }), E_CONFLICT);
}

TEST_STORES(the_asker_does_not_answer_their_own) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.sofie, "my own laptop");
  int64_t m;
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR }), E_DENIED);
  ERR(cx, message_new(cx, &r, &(MessageNew){ .text = S("note"), .internal = true }, &m), E_DENIED);
  r = see(cx, p.yusuf, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR }));
  act_as(cx, p.priya);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT }), E_DENIED);
}

TEST_STORES(refusals_say_what_is_possible) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "printer");
  r = see(cx, p.sofie, r.id);
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("x") }), E_CONFLICT);
  IS(cx->why, S("\"report\" is not possible while the request is REQUESTED. Possible now: promise, counter, decline, ask, answer."));
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_DECLINE }), E_INVALID);
  IS(cx->field, S("text"));
  ERR(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now - 1 }), E_INVALID);
  IS(cx->field, S("due"));
  INT(r.acts, 1);
}

/* Goes on to the next job of reminding and does it; when that was. */
static int64_t remind_next(Cx *cx) {
  int64_t due = 0;
  Rows jobs;
  cx->actor = (Actor){ .system = true };
  OK(cx, job_next(cx, S("remind"), &due));
  MUST(due > cx->now);
  cx->now = due;
  OK(cx, job_take(cx, S("remind"), MINUTE, 10, &jobs));
  INT(jobs.n, 1);
  OK(cx, verdict_remind(cx, ROW(Job, jobs, 0)->body));
  OK(cx, job_done(cx, ROW(Job, jobs, 0)->id));
  return due;
}
static Outbox last_mail(Cx *cx, int64_t request) {
  Rows rows;
  cx->actor = (Actor){ .system = true };
  OK(cx, outbox_list(cx, &(OutboxFilter){ .request_id = request, .limit = 1 }, &rows));
  MUST(rows.n == 1);
  return *ROW(Outbox, rows, 0);
}

/* Two reminders, then silence lapses; a word within thirty days takes it up again. */
TEST_STORES(silence_lapses_and_never_counts_as_good) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "printer");
  r = see(cx, p.sofie, r.id);
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Done.") }));
  int64_t done = cx->now;
  INT(remind_next(cx), done + 3 * DAY);
  INT(remind_next(cx), done + 6 * DAY);
  Outbox second = last_mail(cx, r.id);
  IS(second.extra, str_fmt(a, "{\"turn\":2,\"ends\":%lld}", (long long)(done + 14 * DAY)));      /* it names the end, */
  INT(remind_next(cx), done + 14 * DAY);                                                        /* and keeps to it */
  INT(outbox_n(cx, "reminder"), 2);
  r = see(cx, p.ana, r.id);
  IS(r.state, S("LAPSED"));
  IS(r.outcome, S("silent"));
  cx->now += 29 * DAY;
  int64_t m;
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Sorry, I was away. It still does not print.") }, &m));
  IS(r.state, S("PROMISED"));
  INT(r.rework, 1);
  INT(verify(cx), 0);
}

/* Who does not want to be asked is not; silence is silence all the same. */
TEST_STORES(who_does_not_want_to_be_asked_is_not) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "printer");
  OK(cx, consent_set(cx, p.ana, S("verdicts"), false));
  r = see(cx, p.sofie, r.id);
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Done.") }));
  for (int turn = 1; turn <= 3; turn++) remind_next(cx);
  INT(outbox_n(cx, "reminder"), 0);
  r = see(cx, p.ana, r.id);
  IS(r.state, S("LAPSED"));
  IS(r.outcome, S("silent"));
}

/* What was answered is not asked again by a letter that lay in the outbox meanwhile. */
TEST_STORES(a_reminder_that_has_not_left_does_not_leave_after_the_answer) {
  static const LoopAct answers[] = { LOOP_ACT_ACCEPT, LOOP_ACT_NOT_YET, LOOP_ACT_WITHDRAW };
  for (size_t i = 0; i < COUNT(answers); i++) {
    Cx fresh = test_store(a, db_kind(cx->db));
    Place p;
    place_new(&fresh, &p);
    Request r = ask(&fresh, p.ana, "printer");
    r = see(&fresh, p.sofie, r.id);
    OK(&fresh, act_answer(&fresh, &r, &(ActNew){ .text = S("Done.") }));
    remind_next(&fresh);
    IS(last_mail(&fresh, r.id).kind, S("reminder"));
    IS(last_mail(&fresh, r.id).state, S("waiting"));
    r = see(&fresh, p.ana, r.id);
    OK(&fresh, act_do(&fresh, &r, &(ActNew){ .act = answers[i], .text = S("No.") }));
    IS(last_mail(&fresh, r.id).state, S("called back"));
  }
}

TEST_STORES(late_words_after_the_end) {
  Place p;
  place_new(cx, &p);
  int64_t m;
  Request r = ask(cx, p.ana, "printer");
  r = see(cx, p.sofie, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_DECLINE, .text = S("Not ours."), .where_else = S("Facilities") }));
  r = see(cx, p.ana, r.id);
  cx->now += 6 * DAY;
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Thank you.") }, &m));
  IS(r.state, S("DECLINED"));
  cx->now += 8 * DAY;
  ERR(cx, message_new(cx, &r, &(MessageNew){ .text = S("Again.") }, &m), E_CONFLICT);
}

TEST_STORES(counter_offer_and_back) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "printer");
  r = see(cx, p.sofie, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_COUNTER, .due = cx->now + 2 * DAY, .text = S("Thursday?") }));
  Promise offer;
  OK(cx, promise_offered(cx, r.id, &offer));
  r = see(cx, p.ana, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_COUNTER_BACK, .text = S("Wednesday, please.") }));
  ERR(cx, promise_offered(cx, r.id, &offer), E_ABSENT);
  r = see(cx, p.sofie, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_COUNTER, .due = cx->now + DAY }));
  r = see(cx, p.ana, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT_OFFER }));
  IS(r.state, S("PROMISED"));
  INT(r.due_at, cx->now + DAY);
  r = see(cx, p.sofie, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REVOKE, .due = cx->now + 3 * DAY, .text = S("The maker is late.") }));
  r = see(cx, p.ana, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT_OFFER }));
  Rows all;
  OK(cx, promise_list(cx, r.id, &all));
  INT(all.n, 3);
  IS(ROW(Promise, all, 0)->state, S("in force"));
  IS(ROW(Promise, all, 1)->state, S("replaced"));
  IS(ROW(Promise, all, 2)->state, S("refused"));
  r = see(cx, p.sofie, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT }));
  r = see(cx, p.ana, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT }));
  IS(r.outcome, S("renegotiated"));
  INT(verify(cx), 0);
}

/* Every column of an act, acts that go or change places, and what the request and its promise say of it. */
TEST_STORES(any_change_to_an_act_is_found) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "printer");
  ask(cx, p.priya, "laptop");
  r = see(cx, p.sofie, r.id);
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR, .text = S("soon") }));
  INT(verify(cx), 0);
#define CHANGE(what) do { \
    DEFER(tx_end) Tx tx = { 0 }; \
    OK(cx, tx_begin(cx, &tx)); \
    OK(cx, db_run(cx, SQL(what), V(r.id))); \
    if (verify(cx) == 0) { print_error("not found: %s\n", what); MUST(false); } \
  } while (0)
#define TAMPER(set) CHANGE("UPDATE act SET " set " WHERE request_id = ?1 AND seq = 2")
  TAMPER("id = id + 1");
  TAMPER("request_id = (SELECT MAX(id) FROM request), seq = 9");
  TAMPER("body = '{\"text\":\"sooo\"}'");
  TAMPER("at = at + 1");
  TAMPER("due_at = due_at + 1");
  TAMPER("kind = 'counter'");
  TAMPER("side = 'customer'");
  TAMPER("by_id = NULL");
  TAMPER("by_kind = 'auto'");
  TAMPER("channel = 'mail'");
  TAMPER("state = 'REPORTED'");
  TAMPER("ball = 'customer'");
  TAMPER("hash = 'x'");
  TAMPER("prev_hash = 'x'");
  TAMPER("seq = 3");
  CHANGE("DELETE FROM act WHERE request_id = ?1 AND seq = 2");
  CHANGE("DELETE FROM act WHERE request_id = ?1");
  CHANGE("UPDATE act SET seq = 5 - seq WHERE request_id = ?1");
  CHANGE("UPDATE act SET body = (SELECT o.body FROM act o WHERE o.seq = 3 - act.seq AND o.request_id = act.request_id) WHERE request_id = ?1");
  CHANGE("UPDATE request SET state = 'ACCEPTED' WHERE id = ?1");
  CHANGE("UPDATE request SET outcome = 'kept' WHERE id = ?1");
  CHANGE("UPDATE request SET due_at = due_at + 1 WHERE id = ?1");
  CHANGE("UPDATE request SET reported_at = 1 WHERE id = ?1");
  CHANGE("UPDATE request SET promise_id = NULL WHERE id = ?1");
  CHANGE("UPDATE promise SET due_at = due_at + 1 WHERE request_id = ?1");
  CHANGE("UPDATE promise SET state = 'kept' WHERE request_id = ?1");
  INT(verify(cx), 0);
}

static int differs(Cx *cx) {
  int told = 0;
  VerifyCounts n;
  OK(cx, verify_all(cx, count_told, &told, &n));
  return told;
}

TEST_STORES(a_file_that_was_changed_or_is_gone_is_found) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "printer");
  int64_t id;
  OK(cx, attachment_new(cx, r.id, S("a.txt"), S("text/plain"), S(""), S("a"), &id));
  OK(cx, attachment_new(cx, r.id, S("b.txt"), S("text/plain"), S(""), S("b"), &id));
  INT(differs(cx), 0);
  DEFER(tx_end) Tx tx = { 0 };
  OK(cx, tx_begin(cx, &tx));
  OK(cx, db_run(cx, SQL("UPDATE blob SET bytes = (SELECT bytes FROM blob WHERE size = 1 ORDER BY hash LIMIT 1) WHERE size = ?1"), V(1)));
  INT(differs(cx), 1);
  if (db_kind(cx->db) == STORE_SQLITE) OK(cx, db_run_(cx, NULL, SQL("PRAGMA defer_foreign_keys = ON"), NULL, 0));
  else OK(cx, db_run_(cx, NULL, SQL("ALTER TABLE attachment DROP CONSTRAINT attachment_hash_fkey"), NULL, 0));
  OK(cx, db_run(cx, SQL("DELETE FROM blob WHERE size = ?1"), V(1)));
  INT(differs(cx), 2);
}

TEST_STORES(lists_and_counters) {
  Place p;
  place_new(cx, &p);
  Request one = ask(cx, p.ana, "printer one");
  cx->now += MINUTE;
  Request two = ask(cx, p.priya, "laptop two");
  act_as(cx, p.priya);
  Request bar;
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.priya, .text = S("password, urgent"), .bar_by = cx->now + 10 * MINUTE }, &bar));
  act_as(cx, p.yusuf);
  InboxCounts n;
  OK(cx, inbox_counts(cx, 0, &n));
  INT(n.court, 3);
  Rows rows;
  Str next;
  OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_COURT, .limit = 2 }, &rows, &next));
  INT(rows.n, 2);
  INT(ROW(InboxRow, rows, 0)->r.id, bar.id);
  INT(ROW(InboxRow, rows, 1)->r.id, one.id);
  OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_COURT, .limit = 2, .cursor = next }, &rows, &next));
  INT(rows.n, 1);
  INT(ROW(InboxRow, rows, 0)->r.id, two.id);
  IS(next, S(""));
  ERR(cx, inbox_list(cx, &(InboxFilter){ .cursor = S("drop table") }, &rows, &next), E_MALFORMED);
  OK(cx, request_snooze(cx, &one, cx->now + HOUR));
  OK(cx, inbox_counts(cx, 0, &n));
  INT(n.court, 2);
  INT(n.snoozed, 1);
  OK(cx, request_set_owner(cx, &two, p.sofie));
  OK(cx, inbox_counts(cx, 0, &n));
  INT(n.court, 1);
  INT(n.team, 3);
  OK(cx, request_set_tags(cx, &two, (Str[]){ S("Laptop "), S("laptop"), S("New") }, 3));
  OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .tag = S("LAPTOP") }, &rows, &next));
  INT(rows.n, 1);
  OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .from = S("Priya@meridian.example") }, &rows, &next));
  INT(rows.n, 2);
  ERR(cx, request_set_owner(cx, &two, p.grace), E_INVALID);
  INT(verify(cx), 0);
}

TEST_STORES(memory_with_consent_and_age) {
  Place p;
  place_new(cx, &p);
  ask(cx, p.ana, "printer");
  act_as(cx, p.yusuf);
  int64_t id, other;
  OK(cx, memory_new(cx, &(MemoryNew){ .about_id = p.ana, .kind = S("preference"), .words = S("Call when the line stands still"), .source = S("told") }, &id));
  act_as(cx, p.grace);
  Rows rows;
  OK(cx, memory_list(cx, p.ana, &rows));
  INT(rows.n, 0);                                        /* she serves nothing of hers */
  act_as(cx, p.yusuf);
  OK(cx, memory_list(cx, p.ana, &rows));
  INT(rows.n, 1);
  MUST(!memory_doubtful(ROW(MemoryNote, rows, 0), cx->now + 364 * DAY));
  MUST(memory_doubtful(ROW(MemoryNote, rows, 0), cx->now + 366 * DAY));
  act_as(cx, p.ana);
  OK(cx, memory_change(cx, id, S("Call, always")));
  OK(cx, memory_erase(cx, id));
  OK(cx, memory_list(cx, p.ana, &rows));
  INT(rows.n, 0);
  OK(cx, consent_set(cx, p.ana, S("memory"), false));
  act_as(cx, p.yusuf);
  ERR(cx, memory_new(cx, &(MemoryNew){ .about_id = p.ana, .kind = S("preference"), .words = S("x"), .source = S("told") }, &other), E_DENIED);
}

TEST_STORES(files_and_own_mail_ids) {
  Place p;
  place_new(cx, &p);
  int64_t file;
  act_as(cx, p.ana);
  OK(cx, attachment_new(cx, 0, S("../../etc/passwd\x01"), S("text/plain"), S(""), (Str){ "a\0b", 3 }, &file));
  Request r;
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("printer"), .attachments = &file, .attachment_n = 1 }, &r));
  Attachment got;
  Str bytes;
  OK(cx, attachment_get(cx, file, &got, &bytes));
  IS(got.name, S("passwd"));
  INT(bytes.n, 3);
  act_as(cx, p.priya);
  ERR(cx, attachment_get(cx, file, &got, &bytes), E_ABSENT);
  Str reply;
  OK(cx, mail_reply_address(cx, r.id, &reply));
  int64_t id = 0;
  MUST(mail_reply_request(cx, str_cat(cx->arena, S("HELP"), str_from(reply, 4)), &id) && id == r.id);
  MUST(!mail_reply_request(cx, S("help+r1-aaaaaaaaaaaaaaaa@meridian.example"), &id));
  Rows out;
  OK(cx, outbox_list(cx, &(OutboxFilter){ .request_id = r.id }, &out));
  INT(out.n, 0);                                         /* priya may not see the request, so not its mails either */
  act_as(cx, p.sofie);
  OK(cx, outbox_list(cx, &(OutboxFilter){ .request_id = r.id }, &out));
  MUST(out.n == 1 && mail_id_request(cx, ROW(Outbox, out, 0)->message_id, &id) && id == r.id);
  MUST(!mail_id_request(cx, S("r1.abc.aaaaaaaaaaaaaaaa@meridian.example"), &id));
}

TEST_STORES(the_sample_organisation_is_the_same_for_the_same_seed_and_holds_together) {
  static Site site = { .public_url = { "https://desk.example", 20 }, .mail_domain = { "desk.example", 12 }, .remind_after = 3 * DAY, .lapse_after = 14 * DAY,
                       .reopen_within = 30 * DAY, .append_within = 7 * DAY };
  cx->site = &site;
  OK(cx, demo_make(cx, &(DemoSize){ .requests = 120, .seed = 7 }));
  ERR(cx, demo_make(cx, &(DemoSize){ .seed = 7 }), E_CONFLICT);
  INT(verify(cx), 0);
  int64_t n, kinds;
  OK(cx, db_int_(cx, &n, SQL("SELECT count(*) FROM request"), NULL, 0));
  MUST(n > 120);
  OK(cx, db_int_(cx, &kinds, SQL("SELECT count(DISTINCT outcome) FROM request"), NULL, 0));
  INT(kinds, 5);                                         /* kept, broken, renegotiated, silent, and open */
  OK(cx, db_int_(cx, &n, SQL("SELECT count(*) FROM request WHERE state = 'REPORTED'"), NULL, 0));
  OK(cx, db_int_(cx, &kinds, SQL("SELECT count(*) FROM request WHERE state = 'REPORTED'"
                                 " AND EXISTS (SELECT 1 FROM job WHERE job.kind = 'remind' AND job.body LIKE request.id || ' %')"), NULL, 0));
  MUST(n > 0);
  INT(kinds, n);                                         /* they are reminded, and lapse, like any others */
  OK(cx, db_int_(cx, &n, SQL("SELECT count(*) FROM request WHERE state = 'PROMISED' AND owner_id IS NOT NULL AND rework = 0"), NULL, 0));
  OK(cx, db_int_(cx, &kinds, SQL("SELECT count(*) FROM request WHERE state = 'PROMISED' AND owner_id IS NOT NULL AND rework = 0"
                                 " AND EXISTS (SELECT 1 FROM job WHERE job.key = 'overdue:' || request.id)"), NULL, 0));
  INT(kinds, n);
  typedef struct { Str head; } Head;
  static const Col cols[] = { COL(Head, head) };
  static const Shape shape = SHAPE(Head, cols);
  Head a_head, b_head;
  OK(cx, db_one(cx, &shape, &a_head, SQL("SELECT head FROM request WHERE id = ?1"), V(100)));
  Cx again = test_store(a, db_kind(cx->db));
  again.site = &site;
  again.zone = cx->zone;
  OK(&again, demo_make(&again, &(DemoSize){ .requests = 120, .seed = 7 }));
  OK(&again, db_one(&again, &shape, &b_head, SQL("SELECT head FROM request WHERE id = ?1"), V(100)));
  IS(b_head.head, a_head.head);
}
TEST_STORES(search_finds_only_what_may_be_seen) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, "A impressora imprime etiquetas com a data de ontem");
  act_as(cx, p.yusuf);
  int64_t note;
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("firmware wombat"), .internal = true }, &note));
  const struct { int line; int64_t who; const char *q; size_t n; } cases[] = {
    { __LINE__, p.ana, "etiquetas", 1 }, { __LINE__, p.ana, "wombat", 0 }, { __LINE__, p.yusuf, "wombat", 1 },
    { __LINE__, p.yusuf, "ana souza", 1 }, { __LINE__, p.priya, "etiquetas", 0 }, { __LINE__, p.yusuf, "etiq*", 1 },
    { __LINE__, p.yusuf, "\"'); DROP", 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Rows rows;
    Str next;
    act_as(cx, cases[i].who);
    OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .q = str_z(cases[i].q) }, &rows, &next));
    INT_AT(cases[i].line, rows.n, cases[i].n);
  }
}

