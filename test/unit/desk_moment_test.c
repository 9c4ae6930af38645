/* Bad moments, told act by act: when there is one, whom it is in front of, what ends it, and what they said next. */
#include <math.h>
#include "desk/act.h"
#include "desk/change.h"
#include "desk/demo.h"
#include "desk/follow.h"
#include "desk/message.h"
#include "desk/moment.h"
#include "desk/site.h"
#include "desk_fixture.h"
#include "measure/moment.h"
#include "store/job.h"

static void after(Cx *cx, int64_t span) { cx->now += span; }

static Request ask(Cx *cx, int64_t service, int64_t who) {
  Request r = { 0 };
  act_as(cx, who);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = who, .service_id = service, .subject = S("Scanner"), .text = S("It does not read."), .channel = S("page") }, &r));
  return r;
}

static void act_by(Cx *cx, Request *r, int64_t who, ActNew in) {
  after(cx, MINUTE);
  act_as(cx, who);
  OK(cx, request_get(cx, r->id, r));
  OK(cx, act_do(cx, r, &in));
}

static void follow(Cx *cx) {
  size_t n;
  cx->actor = (Actor){ .system = true };
  OK(cx, follow_now(cx, &n));
}

static Rows list(Cx *cx, int64_t who, MomentFilter f) {
  Rows rows = { 0 };
  Str next;
  if (who) act_as(cx, who);
  OK(cx, moment_list(cx, &f, &rows, &next));
  return rows;
}
static int64_t count(Cx *cx, int64_t who, MomentFilter f) {
  int64_t n = 0;
  act_as(cx, who);
  OK(cx, moment_count(cx, &f, &n));
  INT(n, (int64_t)list(cx, who, f).n);
  return n;
}

static int64_t told(Cx *cx, int64_t request) {
  int64_t n = 0;
  OK(cx, db_int(cx, &n, SQL("SELECT COUNT(*) FROM change WHERE request_id = ?1 AND kind = 'moment' AND visibility = 'internal'"), V(request)));
  return n;
}

static BadMoment last(Cx *cx, int64_t who, int64_t request) {
  MomentRow m = { 0 };
  act_as(cx, who);
  OK(cx, moment_last(cx, request, &m));
  return m.m;
}

/* Promised, reported, "not yet", reported: one more "not yet" is a bad moment. */
static Request nearly(Cx *cx, int64_t service, int64_t serves, int64_t asks) {
  Request r = ask(cx, service, asks);
  act_by(cx, &r, serves, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + 8 * HOUR });
  act_by(cx, &r, serves, (ActNew){ .act = LOOP_ACT_REPORT });
  act_by(cx, &r, asks, (ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("Not here.") });
  act_by(cx, &r, serves, (ActNew){ .act = LOOP_ACT_REPORT });
  return r;
}
static Request bad(Cx *cx, int64_t service, int64_t serves, int64_t asks) {
  Request r = nearly(cx, service, serves, asks);
  act_by(cx, &r, asks, (ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("Still not, and the truck leaves at five.") });
  return r;
}

TEST_STORES(moment_is_there_once_and_told_once) {
  Place p;
  place_new(cx, &p);
  Request r = nearly(cx, p.service_it, p.yusuf, p.ana);
  follow(cx);
  INT(count(cx, p.sofie, (MomentFilter){ 0 }), 0);
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("Still not, and the truck leaves at five.") });
  int64_t at = cx->now;
  follow(cx);
  Rows rows = list(cx, p.sofie, (MomentFilter){ .state = MOMENT_OPEN });
  MUST(rows.n == 1);
  const MomentRow *m = ROW(MomentRow, rows, 0);
  INT(m->m.at, at);
  INT(m->m.why, BAD_NOT_YET);
  INT(m->m.person_id, p.yusuf);
  INT(m->m.recovered, -1);
  IS(m->said, S("Still not, and the truck leaves at five."));
  IS(m->asker, S("Ana Souza"));
  INT(told(cx, r.id), 1);
  follow(cx);
  OK(cx, moment_follow(cx, &(Rows){ 0 }));
  INT(told(cx, r.id), 1);
  after(cx, HOUR);
  act_as(cx, p.yusuf);
  int64_t id;
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Between us: the cable."), .internal = true }, &id));
  follow(cx);
  INT(last(cx, p.sofie, r.id).spoken_at, 0);             /* a note is no word to her */
}

TEST_STORES(moment_is_in_front_of_somebody) {
  Place p;
  place_new(cx, &p);
  Request r = bad(cx, p.service_it, p.yusuf, p.ana);
  follow(cx);
  INT(last(cx, p.sofie, r.id).person_id, p.yusuf);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, request_set_owner(cx, &r, 0));
  follow(cx);
  INT(last(cx, p.sofie, r.id).person_id, p.sofie);       /* who leads the team */
  INT(told(cx, r.id), 2);
  Request own = bad(cx, p.service_it, p.yusuf, p.sofie); /* the lead asked herself */
  act_as(cx, p.yusuf);
  OK(cx, request_set_owner(cx, &own, 0));
  follow(cx);
  INT(last(cx, p.yusuf, own.id).person_id, p.yusuf);
  MomentRow m;
  act_as(cx, p.sofie);
  ERR(cx, moment_last(cx, own.id, &m), E_ABSENT);            /* who asked does not see it, whoever else they are */
}

TEST_STORES(moment_ends_with_the_first_human_words) {
  Place p;
  place_new(cx, &p);
  Request r = bad(cx, p.service_it, p.yusuf, p.ana);
  int64_t at = cx->now, id;
  follow(cx);
  after(cx, 10 * MINUTE);
  act_as(cx, p.ana);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Hello?") }, &id));
  follow(cx);
  INT(last(cx, p.sofie, r.id).spoken_at, 0);
  after(cx, 15 * MINUTE);
  act_as(cx, p.sofie);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("I am sorry. May I call you?") }, &id));
  follow(cx);
  BadMoment m = last(cx, p.yusuf, r.id);
  INT(m.spoken_at - m.at, 25 * MINUTE);
  INT(m.spoken_id, p.sofie);
  INT(m.at, at);
  INT(count(cx, p.sofie, (MomentFilter){ .state = MOMENT_OPEN }), 0);
  INT(count(cx, p.sofie, (MomentFilter){ .state = MOMENT_SPOKEN, .spoken_from = m.spoken_at }), 1);
  INT(count(cx, p.sofie, (MomentFilter){ .state = MOMENT_SPOKEN, .spoken_from = m.spoken_at + 1 }), 0);
  /* The next one on the same request is another. */
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT });
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("No."), .satisfaction = 1 });
  follow(cx);
  Rows rows = list(cx, p.sofie, (MomentFilter){ 0 });
  MUST(rows.n == 2);
  INT(ROW(MomentRow, rows, 0)->m.nr, 2);
  INT(ROW(MomentRow, rows, 0)->m.why, BAD_NOT_YET | BAD_UNSATISFIED);
  INT(ROW(MomentRow, rows, 0)->m.spoken_at, 0);
  INT(ROW(MomentRow, rows, 1)->m.spoken_at, m.spoken_at);
}

TEST_STORES(moment_of_an_hour_that_passed) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.service_it, p.ana);
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR });
  follow(cx);
  after(cx, HOUR);
  cx->actor = (Actor){ .system = true };
  OK(cx, act_overdue(cx, str_fmt(cx->arena, "%lld %lld", (long long)r.id, (long long)r.due_at)));
  int64_t at = cx->now;
  follow(cx);
  BadMoment m = last(cx, p.sofie, r.id);
  INT(m.why, BAD_BROKEN);
  INT(m.at, at);
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT });
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes") });
  follow(cx);
  m = last(cx, p.sofie, r.id);
  INT(m.nr, 1);                                          /* that it was broken is not told twice */
  INT(m.at, at);
  INT(m.spoken_id, p.yusuf);
  /* Reported late, before the ticker came: known when it has ended. */
  Request late = ask(cx, p.service_it, p.priya);
  int64_t due = cx->now + 2 * MINUTE;
  act_by(cx, &late, p.yusuf, (ActNew){ .act = LOOP_ACT_PROMISE, .due = due });
  after(cx, 5 * MINUTE);
  act_by(cx, &late, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT });
  act_by(cx, &late, p.priya, (ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes") });
  follow(cx);
  m = last(cx, p.sofie, late.id);
  INT(m.at, due);
  INT(m.why, BAD_BROKEN);
  MUST(m.spoken_at > due);
}

TEST_STORES(moment_of_a_word_taken_back) {
  Place p;
  int64_t wrong;
  place_new(cx, &p);
  Request r = ask(cx, p.service_it, p.ana);
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + 8 * HOUR });
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_REVOKE, .due = cx->now + 2 * DAY, .text = S("The part comes late.") });
  follow(cx);
  INT(count(cx, p.sofie, (MomentFilter){ 0 }), 0);       /* said before the hour, and offered another */
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_WITHDRAW });
  follow(cx);
  BadMoment m = last(cx, p.sofie, r.id);
  INT(m.why, BAD_BROKEN);
  INT(m.at, cx->now);
  OK(cx, follow_verify(cx, &wrong));
  INT(wrong, 0);
  OK(cx, db_run(cx, SQL("DELETE FROM moment WHERE request_id = ?1"), V(r.id)));
  OK(cx, follow_verify(cx, &wrong));
  INT(wrong, 1);
}

static int64_t letters(Cx *cx, int64_t to) {
  int64_t n = 0;
  OK(cx, db_int(cx, &n, SQL("SELECT COUNT(*) FROM outbox WHERE to_id = ?1 AND extra LIKE '%moment%'"), V(to)));
  return n;
}

TEST_STORES(moment_of_an_hour_agreed_on_too_late) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.service_it, p.ana);
  int64_t due = cx->now + HOUR;
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_PROMISE, .due = due });
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_REVOKE, .due = cx->now + 2 * DAY, .text = S("The part comes late.") });
  after(cx, 2 * HOUR);
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_ACCEPT_OFFER });
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT });
  int64_t words = cx->now;
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes") });
  follow(cx);
  BadMoment m = last(cx, p.sofie, r.id);
  INT(m.at, due);
  INT(m.spoken_at, words);
  INT(m.nr, 1);
}

TEST_STORES(moment_is_told_by_one_letter_in_opening_hours) {
  Place p;
  Rows jobs;
  place_new(cx, &p);
  Site site = *cx->site;
  site.moment_after = 30 * MINUTE;
  cx->site = &site;
  cx->now = 1768435200 * SECOND + 23 * HOUR;             /* a Thursday in January, at eleven at night in Lisbon */
  Request r = bad(cx, p.service_it, p.yusuf, p.ana);
  follow(cx);
  OK(cx, job_take(cx, S("moment"), MINUTE, 9, &jobs));
  INT((int64_t)jobs.n, 0);
  cx->now = 1768435200 * SECOND + DAY + 9 * HOUR;        /* they are there from half past eight */
  OK(cx, job_take(cx, S("moment"), MINUTE, 9, &jobs));
  MUST(jobs.n == 1);
  cx->actor = (Actor){ .system = true };
  OK(cx, moment_remind(cx, ROW(Job, jobs, 0)->body));
  INT(letters(cx, p.yusuf), 1);
  OK(cx, job_done(cx, ROW(Job, jobs, 0)->id));
  act_as(cx, p.sofie);
  OK(cx, moment_claim(cx, &r, true));
  follow(cx);
  cx->now += DAY;
  OK(cx, job_take(cx, S("moment"), MINUTE, 9, &jobs));
  INT((int64_t)jobs.n, 0);                               /* nor another when somebody takes it */
  cx->actor = (Actor){ .system = true };
  OK(cx, moment_remind(cx, str_fmt(cx->arena, "%lld 1", (long long)r.id)));
  OK(cx, moment_remind(cx, S("0 0")));
  INT(letters(cx, p.yusuf), 1);
}

TEST_STORES(moment_is_taken_and_let_go) {
  Place p;
  place_new(cx, &p);
  Request r = bad(cx, p.service_it, p.yusuf, p.ana);
  follow(cx);
  act_as(cx, p.ana);
  ERR(cx, moment_claim(cx, &r, true), E_DENIED);
  after(cx, MINUTE);
  act_as(cx, p.sofie);
  OK(cx, moment_claim(cx, &r, true));
  OK(cx, moment_claim(cx, &r, true));
  BadMoment m = last(cx, p.yusuf, r.id);
  INT(m.claimed_id, p.sofie);
  INT(m.claimed_at, cx->now);
  INT(told(cx, r.id), 2);
  ERR(cx, moment_claim(cx, &r, true), E_CONFLICT);           /* Yusuf, as well */
  ERR(cx, moment_claim(cx, &r, false), E_CONFLICT);
  act_as(cx, p.sofie);
  OK(cx, moment_claim(cx, &r, false));
  INT(last(cx, p.yusuf, r.id).claimed_id, 0);
  after(cx, MINUTE);
  act_as(cx, p.yusuf);
  OK(cx, moment_claim(cx, &r, true));
  after(cx, 4 * MINUTE);
  OK(cx, moment_spoke(cx, &r));
  m = last(cx, p.sofie, r.id);
  INT(m.claimed_id, p.yusuf);
  INT(m.spoken_id, p.yusuf);
  INT(m.spoken_at, cx->now);
  ERR(cx, moment_claim(cx, &r, true), E_CONFLICT);
  ERR(cx, moment_spoke(cx, &r), E_CONFLICT);
  /* Nothing that somebody did is lost when all is made anew. */
  cx->actor = (Actor){ .system = true };
  OK(cx, follow_rebuild(cx));
  BadMoment anew = last(cx, p.sofie, r.id);
  MUST(!memcmp(&anew, &m, sizeof m));
  Request quiet = ask(cx, p.service_it, p.ana);
  act_as(cx, p.sofie);
  ERR(cx, moment_claim(cx, &quiet, true), E_CONFLICT);
}

TEST_STORES(moment_and_what_they_said_next) {
  Place p;
  place_new(cx, &p);
  Request r = bad(cx, p.service_it, p.yusuf, p.ana), other;
  int64_t at = cx->now;
  act_by(cx, &r, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("I was there myself.") });
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes") });      /* says nothing about her bar */
  follow(cx);
  INT(last(cx, p.sofie, r.id).recovered, -1);
  other = ask(cx, p.service_it, p.ana);
  act_by(cx, &other, p.yusuf, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR });
  act_by(cx, &other, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT });
  act_by(cx, &other, p.ana, (ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes"), .against_bar = S("at") });
  follow(cx);
  BadMoment m = last(cx, p.sofie, r.id);
  INT(m.recovered, 1);
  INT(m.next_at, cx->now);
  Request second = bad(cx, p.service_it, p.yusuf, p.priya);
  act_by(cx, &second, p.yusuf, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("Now.") });
  act_by(cx, &second, p.priya, (ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("No.") });
  follow(cx);
  Rows rows = list(cx, p.sofie, (MomentFilter){ .from = m.at + 1 });
  MUST(rows.n == 2);
  INT(ROW(MomentRow, rows, 1)->m.recovered, 0);          /* "not yet" is below her bar */
  INT(ROW(MomentRow, rows, 0)->m.recovered, -1);
  MomentFigures f;
  FigureScope scope = { .from = at, .to = cx->now + 1 };
  act_as(cx, p.sofie);
  OK(cx, moment_figures(cx, &scope, &f));
  INT(f.recovered.k, 1);
  INT(f.recovered.n, 2);
  INT(f.recovered.silent, 1);
  INT(f.recovery.n, 2);
  INT(f.recovery.silent, 1);
  MUST(f.recovery.value == (double)MINUTE);
  scope.team = p.hr;
  OK(cx, moment_figures(cx, &scope, &f));
  INT(f.recovered.n + f.recovered.silent + f.recovery.n + f.recovery.silent, 0);
  act_as(cx, p.ana);
  ERR(cx, moment_figures(cx, &scope, &f), E_ABSENT);
}

TEST_STORES(moment_is_seen_by_its_own) {
  Place p;
  place_new(cx, &p);
  Request it = bad(cx, p.service_it, p.yusuf, p.ana), hr = bad(cx, p.service_hr, p.grace, p.priya);
  follow(cx);
  (void)it;
  INT(count(cx, p.ana, (MomentFilter){ 0 }), 0);
  INT(count(cx, p.priya, (MomentFilter){ 0 }), 0);
  INT(count(cx, p.olu, (MomentFilter){ 0 }), 0);
  INT(count(cx, p.sofie, (MomentFilter){ 0 }), 1);
  INT(count(cx, p.grace, (MomentFilter){ 0 }), 1);
  INT(count(cx, p.noor, (MomentFilter){ 0 }), 1);        /* leads the house: not the closed team's */
  INT(count(cx, p.admin, (MomentFilter){ 0 }), 1);
  INT(count(cx, p.sofie, (MomentFilter){ .mine = true }), 1);
  INT(count(cx, p.yusuf, (MomentFilter){ .mine = true }), 1);
  INT(count(cx, p.noor, (MomentFilter){ .mine = true }), 1);
  INT(count(cx, p.admin, (MomentFilter){ .mine = true }), 0);
  INT(count(cx, p.grace, (MomentFilter){ .team = p.it }), 0);
  MomentRow m;
  act_as(cx, p.noor);
  ERR(cx, moment_last(cx, hr.id, &m), E_ABSENT);
  act_as(cx, p.sofie);
  cx->actor.only_request = it.id;
  INT((int64_t)list(cx, 0, (MomentFilter){ 0 }).n, 0);   /* a mailed link shows none */
  Rows own;
  OK(cx, moment_of_person(cx, p.ana, &own));
  INT((int64_t)own.n, 1);
}

TEST_STORES(moments_page_by_page_and_anew) {
  static const Site site = { .public_url = { "https://help.example.org", 24 }, .demo = true, .remind_after = 2 * DAY, .lapse_after = 7 * DAY,
                             .reopen_within = 30 * DAY, .append_within = 7 * DAY, .mail_domain = { "example.org", 11 } };
  cx->site = &site;
  OK(cx, demo_make(cx, &(DemoSize){ .requests = 200, .seed = 5 }));
  int64_t noor = 0, kept = 0, anew = 0, spoken = 0;
  OK(cx, db_int(cx, &noor, SQL("SELECT from_id FROM relationship e JOIN party o ON o.id = e.to_id WHERE e.kind = ?1 AND o.kind = 'organisation' ORDER BY 1 LIMIT 1"), V(S("leads"))));
  act_as(cx, noor);
  MomentFilter f = { .limit = 7 };
  int64_t n = 0, before = INT64_MAX;
  do {
    Rows rows;
    OK(cx, moment_list(cx, &f, &rows, &f.cursor));
    for (size_t i = 0; i < rows.n; i++) {
      const BadMoment *m = &ROW(MomentRow, rows, i)->m;
      MUST(m->at <= before && m->person_id && m->why);
      MUST(!m->spoken_at || m->spoken_at > m->at);
      before = m->at;
    }
    n += (int64_t)rows.n;
  } while (f.cursor.n);
  MUST(n > 10);
  f.cursor = S("of-course-not");
  Rows rows;
  Str next;
  ERR(cx, moment_list(cx, &f, &rows, &next), E_MALFORMED);
  Rows open = list(cx, noor, (MomentFilter){ .state = MOMENT_OPEN, .from = cx->now - 12 * HOUR });
  MUST(open.n >= 3);                                     /* the stories of today */
  OK(cx, db_int(cx, &spoken, SQL("SELECT COUNT(*) FROM moment WHERE spoken_at > ?1 AND recovered >= 0"), V(0)));
  MUST(spoken > 5);
  /* Kept step by step comes to the same as made anew. */
#define SUM_OF "SELECT COALESCE(SUM(nr * 3 + at % 1000003 + why * 7 + person_id * 11 + claimed_at % 1009 + spoken_at % 1000033 + next_at % 1013 + recovered * 17), 0) FROM moment WHERE ?1 = ?1"
  cx->actor = (Actor){ .system = true };
  OK(cx, db_int(cx, &anew, SQL(SUM_OF), V(0)));
  OK(cx, db_run(cx, SQL("DELETE FROM moment WHERE ?1 = ?1"), V(0)));
  OK(cx, db_run(cx, SQL("UPDATE fact SET version = 0 WHERE ?1 = ?1"), V(0)));
  OK(cx, db_run(cx, SQL("UPDATE bookmark SET at = 0 WHERE name = ?1"), V(S("facts"))));
  /* the bookmark only rises: begin from nothing */
  OK(cx, db_run(cx, SQL("DELETE FROM bookmark WHERE name = ?1"), V(S("facts"))));
  for (size_t did = 1; did;) OK(cx, follow_now(cx, &did));
  OK(cx, db_int(cx, &kept, SQL(SUM_OF), V(0)));
  INT(kept, anew);
  OK(cx, follow_verify(cx, &kept));
  INT(kept, 0);
}
