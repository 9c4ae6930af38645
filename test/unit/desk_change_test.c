/* Following changes by their numbers: nothing is passed by, on PostgreSQL either, where 8 may be there before 7. */
#include "desk/change.h"
#include "desk/message.h"
#include "desk_fixture.h"

/* ---- how far numbers can be trusted: the rule itself */

TEST(numbers_without_a_break_are_trusted_at_once) {
  ChangeHead h = { 0 };
  MUST(!change_settle(&h, &(ChangeTip){ .last = 5, .run = 5, .oldest = 100, .next = 101 }, 0));
  INT(h.head, 5);
  MUST(!change_settle(&h, &(ChangeTip){ .last = 9, .run = 9 }, 0));      /* as on SQLite */
  INT(h.head, 9);
}

TEST(a_missing_number_is_waited_for) {
  ChangeHead h = { .head = 5 };
  ChangeTip gap = { .last = 8, .run = 6, .oldest = 100, .next = 104 };
  MUST(change_settle(&h, &gap, 0));
  INT(h.head, 6);
  gap.last = 12;
  gap.oldest = 103;                                                      /* 103 may be the one that took number 7 */
  gap.next = 110;
  MUST(change_settle(&h, &gap, SECOND));
  INT(h.head, 6);
  gap.run = 12;                                                          /* 7 has come */
  MUST(!change_settle(&h, &gap, 2 * SECOND));
  INT(h.head, 12);
}

TEST(a_number_that_was_given_up_is_passed) {
  ChangeHead h = { .head = 5 };
  ChangeTip gap = { .last = 8, .run = 6, .oldest = 100, .next = 104 };
  MUST(change_settle(&h, &gap, 0));
  gap = (ChangeTip){ .last = 12, .run = 6, .oldest = 104, .next = 110 };   /* all of that moment have ended; 9 to 12 are another matter */
  MUST(change_settle(&h, &gap, SECOND));
  INT(h.head, 8);
  gap = (ChangeTip){ .last = 12, .run = 12, .oldest = 104, .next = 110 };
  MUST(!change_settle(&h, &gap, SECOND));
  INT(h.head, 12);
}

TEST(nobody_waits_for_ever) {
  ChangeHead h = { .head = 5 };
  ChangeTip gap = { .last = 8, .run = 5, .oldest = 100, .next = 104 };
  MUST(change_settle(&h, &gap, SECOND));
  MUST(change_settle(&h, &gap, SECOND + CHANGE_PATIENCE));
  INT(h.head, 5);
  MUST(!change_settle(&h, &gap, SECOND + CHANGE_PATIENCE + 1));
  INT(h.head, 8);
}

/* ---- against a store */

static void note(Cx *cx, int64_t request) {
  OK(cx, db_run(cx, SQL("INSERT INTO change(at, request_id, kind) VALUES (?1, ?2, 'act')"), V(cx->now), V(request)));
}

TEST_STORES(reading_on_from_a_number) {
  ChangeTip tip;
  int64_t until;
  OK(cx, change_tip(cx, 0, &tip));
  INT(tip.last, 0);
  INT(tip.run, 0);
  for (int i = 1; i <= 5; i++) note(cx, i);
  OK(cx, change_tip(cx, 2, &tip));
  INT(tip.last, 5);
  INT(tip.run, 5);
  OK(cx, change_tip(cx, 9, &tip));                       /* a number from before the store was put back */
  INT(tip.last, 5);
  INT(tip.run, 9);
  OK(cx, change_until(cx, 1, 5, 2, &until));
  INT(until, 3);
  OK(cx, change_until(cx, 1, 2, 500, &until));
  INT(until, 2);
  OK(cx, change_until(cx, 5, 5, 500, &until));
  INT(until, 5);
}

/* Many persons at once get what each would get alone. */
TEST_STORES(for_many_as_for_each) {
  Place p;
  Request r;
  Rows all, own;
  int64_t id;
  place_new(cx, &p);
  for (int i = 0; i < 3; i++) {
    const int64_t asker[] = { p.ana, p.priya, p.olu };
    act_as(cx, asker[i]);
    OK(cx, request_new(cx, &(RequestNew){ .asker_id = asker[i], .text = S("My screen is dark"), .service_id = i == 1 ? p.service_hr : p.service_it }, &r));
    act_as(cx, i == 1 ? p.grace : p.sofie);
    OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("among ourselves"), .format = S("plain"), .channel = S("page"), .internal = true }, &id));
  }
  const int64_t who[] = { p.sofie, p.yusuf, p.grace, p.noor, p.admin, p.ana, p.priya, p.olu, 99999 };
  size_t at = 0, each = 0;
  int64_t last = INT64_MAX;
  OK(cx, change_list_of(cx, who, COUNT(who), 0, last, &all));
  for (size_t i = 0; i + 1 < all.n; i++) MUST(ROW(Change, all, i)->viewer <= ROW(Change, all, i + 1)->viewer);
  for (size_t k = 0; k < COUNT(who); k++) {
    act_as(cx, who[k] == 99999 ? 0 : who[k]);
    OK(cx, change_list(cx, 0, last, &own));
    for (at = 0; at < all.n && ROW(Change, all, at)->viewer != who[k]; at++) continue;
    for (size_t i = 0; i < own.n; i++, at++, each++) {
      MUST(at < all.n && ROW(Change, all, at)->viewer == who[k]);
      INT(ROW(Change, all, at)->id, ROW(Change, own, i)->id);
    }
  }
  INT(all.n, each);
  MUST(each > COUNT(who));
}

/* One command takes number 1 and takes its time; the next takes 2 and ends first. */
typedef struct { Cx slow, quick; Tx tx; ChangeHead head; } Race;

static bool look(Race *r) {
  ChangeTip tip;
  OK(&r->quick, change_tip(&r->quick, r->head.head, &tip));
  return change_settle(&r->head, &tip, SECOND);
}

static void race_begin(Arena *a, Race *r) {
  Cx cx = test_store(a, STORE_POSTGRESQL);
  *r = (Race){ .slow = cx, .quick = cx };
  OK(&r->quick, db_open(&r->quick, test_store_of(&cx), DB_WRITE, &r->quick.db));
  OK(&r->slow, tx_begin(&r->slow, &r->tx));
  OK(&r->slow, db_run(&r->slow, SQL("INSERT INTO setting(name, value) VALUES ('a', ?1)"), V(S("command writes first"))));
  note(&r->slow, 1);
  note(&r->quick, 2);
  MUST(look(r));
  INT(r->head.head, 0);
  MUST(look(r));                                         /* looking alone changes nothing */
  INT(r->head.head, 0);
}

TEST(what_comes_late_is_told_first) {
  Race r;
  race_begin(a, &r);
  OK(&r.slow, tx_commit(&r.tx));
  MUST(!look(&r));
  INT(r.head.head, 2);
  db_close(r.quick.db);
}

TEST(what_never_comes_holds_up_nobody) {
  Race r;
  race_begin(a, &r);
  tx_end(&r.tx);                                         /* rolled back: number 1 will never be */
  for (int i = 0; i < 1000 && look(&r); i++) continue;   /* others of the same server may be writing at this moment */
  INT(r.head.head, 2);
  db_close(r.quick.db);
}
