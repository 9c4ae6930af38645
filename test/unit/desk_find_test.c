/* Finding words, the people of a desk as a list, and what may not be taken away from the last who looks after it. */
#include "desk/find.h"
#include "desk/mail_log.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/roster.h"
#include "desk_fixture.h"
#include "store/search.h"

static Request ask(Cx *cx, int64_t who, int64_t service, const char *text) {
  Request r = { 0 };
  act_as(cx, who);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = who, .service_id = service, .text = str_z(text) }, &r));
  return r;
}

static size_t found(Cx *cx, int64_t who, const char *q) {
  Rows rows;
  int64_t next;
  act_as(cx, who);
  OK(cx, find_messages(cx, &(Find){ .q = str_z(q) }, &rows, &next));
  return rows.n;
}

TEST_STORES(words_are_found_by_those_who_may_read_them) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, p.service_it, "The label printer on line four");
  ask(cx, p.priya, p.service_hr, "My salary label is wrong");
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r.id, &r));
  int64_t id;
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("The spare scanner has old firmware"), .internal = true }, &id));
  OK(cx, search_settle(cx));
  INT(found(cx, p.sofie, "label"), 2);                   /* the note carries the subject; HR is closed to others */
  INT(found(cx, p.noor, "label"), 2);
  INT(found(cx, p.grace, "label"), 1);
  INT(found(cx, p.ana, "label"), 1);
  INT(found(cx, p.olu, "label"), 0);
  INT(found(cx, p.sofie, "firmware"), 1);
  INT(found(cx, p.ana, "firmware"), 0);                  /* a note is not for who asked */
  INT(found(cx, p.sofie, "  "), 0);
  INT(found(cx, p.sofie, "\" OR 1=1 --"), 0);
}

TEST_STORES(hits_are_paged_newest_first) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, p.service_it, "printer one");
  for (int i = 0; i < 4; i++) {
    int64_t id;
    cx->now += MINUTE;
    OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("the printer again") }, &id));
  }
  OK(cx, search_settle(cx));
  act_as(cx, p.sofie);
  Rows rows;
  int64_t next;
  OK(cx, find_messages(cx, &(Find){ .q = S("printer"), .limit = 3 }, &rows, &next));
  INT(rows.n, 3);
  MUST(next == ROW(Hit, rows, 2)->message_id && ROW(Hit, rows, 0)->message_id > next);
  IS(ROW(Hit, rows, 0)->asker, S("Ana Souza"));
  OK(cx, find_messages(cx, &(Find){ .q = S("printer"), .limit = 3, .before = next }, &rows, &next));
  INT(rows.n, 2);
  INT(next, 0);
}

static const RosterRow *row_of(const Rows *rows, int64_t id) {
  for (size_t i = 0; i < rows->n; i++) if (ROW(RosterRow, *rows, i)->id == id) return ROW(RosterRow, *rows, i);
  return NULL;
}

TEST_STORES(the_roster_tells_who_may_what) {
  Place p;
  place_new(cx, &p);
  Rows rows;
  OK(cx, relationship_add(cx, p.sofie, S("serves"), p.hr));
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_DESK }, &rows));
  INT(rows.n, 5);
  const RosterRow *sofie = row_of(&rows, p.sofie), *noor = row_of(&rows, p.noor), *lars = row_of(&rows, p.admin);
  IS(sofie->teams, S("HR, Service desk"));
  MUST(sofie->serves && sofie->leads && !sofie->leads_house && !sofie->administers);
  MUST(noor->leads_house && !noor->serves && lars->administers && !lars->serves);
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_ASKERS }, &rows));
  INT(rows.n, 3);
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_DESK, .q = S("service") }, &rows));    /* by team */
  INT(rows.n, 2);
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_ASKERS, .q = S("%") }, &rows));
  INT(rows.n, 0);
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_ASKERS, .limit = 2 }, &rows));
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_ASKERS, .after = ROW(RosterRow, rows, 1)->id }, &rows));
  INT(rows.n, 1);
  OK(cx, party_disable(cx, p.ana, true));
  OK(cx, roster_list(cx, &(RosterFilter){ .part = ROSTER_GONE }, &rows));
  INT(rows.n, 1);
  RosterCounts n;
  OK(cx, roster_counts(cx, &n));
  MUST(n.desk == 5 && n.askers == 2 && n.gone == 1 && n.teams == 2);
  OK(cx, roster_teams(cx, &rows));
  INT(rows.n, 2);
  IS(ROW(TeamRow, rows, 1)->leads, S("Sofie Janssens"));
  INT(ROW(TeamRow, rows, 1)->members, 2);
  MUST(ROW(TeamRow, rows, 0)->closed);
}

TEST_STORES(the_last_who_looks_after_the_desk_cannot_go) {
  Place p;
  place_new(cx, &p);
  ERR(cx, party_disable(cx, p.admin, true), E_CONFLICT);
  ERR(cx, relationship_drop(cx, p.admin, S("administers"), p.house), E_CONFLICT);
  OK(cx, relationship_add(cx, p.noor, S("administers"), p.house));
  OK(cx, relationship_drop(cx, p.admin, S("administers"), p.house));
  OK(cx, party_disable(cx, p.admin, true));
  ERR(cx, party_disable(cx, p.noor, true), E_CONFLICT);
}

TEST_STORES(a_closed_team_is_closed_to_leaders_too) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, p.service_it, "The printer");
  act_as(cx, p.noor);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, team_close(cx, p.it, true));
  ERR(cx, request_get(cx, r.id, &r), E_ABSENT);
  OK(cx, team_close(cx, p.it, false));
  OK(cx, request_get(cx, r.id, &r));
}

TEST_STORES(mails_are_seen_by_those_who_see_their_request) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, p.ana, p.service_hr, "My salary");
  static const struct { int line; size_t at, seen; } cases[] = {
    { __LINE__, offsetof(Place, grace), 1 }, { __LINE__, offsetof(Place, sofie), 0 }, { __LINE__, offsetof(Place, admin), 0 }, { __LINE__, offsetof(Place, ana), 1 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Rows rows;
    act_as(cx, *(int64_t *)((char *)&p + cases[i].at));
    OK(cx, outbox_list(cx, &(OutboxFilter){ .state = S("waiting,stopped") }, &rows));
    INT_AT(cases[i].line, rows.n, cases[i].seen);
  }
  int64_t id;
  Outbox o;
  OK(cx, outbox_put(cx, &(OutboxNew){ .kind = S("test"), .subject = S("A test"), .to_id = p.admin }, &id));
  act_as(cx, p.admin);
  OK(cx, outbox_get(cx, id, &o));
  act_as(cx, p.sofie);
  ERR(cx, outbox_get(cx, id, &o), E_ABSENT);
  (void)r;
}

TEST_STORES(the_mail_log_by_two_outcomes_at_once) {
  Place p;
  place_new(cx, &p);
  static const char *const ends[] = { "held", "quarantined", "suppressed" };
  cx->actor = (Actor){ .system = true };
  for (size_t i = 0; i < COUNT(ends); i++) {
    int64_t id;
    bool known;
    OK(cx, mail_store(cx, &(MailNew){ .raw = str_fmt(a, "Subject: %zu\n\nx", i), .alone = true }, &id, &known));
    OK(cx, mail_end(cx, id, &(MailEnd){ .outcome = str_z(ends[i]), .reason = S("why") }));
  }
  Rows rows;
  act_as(cx, p.admin);
  OK(cx, mail_list(cx, &(MailFilter){ .outcome = S("held quarantined") }, &rows));
  INT(rows.n, 2);
  OK(cx, mail_list(cx, &(MailFilter){ .outcome = S("suppressed") }, &rows));
  INT(rows.n, 1);
}
