/* The customer's page, their bars, their promises, work and worth, on both stores. Olu asks for Nordpris; Mia is trusted with its requests. */
#include <math.h>
#include <string.h>
#include "desk/act.h"
#include "desk/bar.h"
#include "desk/card.h"
#include "desk/export.h"
#include "desk/follow.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/pledge.h"
#include "desk/serving.h"
#include "desk/work.h"
#include "desk/worth_letter.h"
#include "desk_fixture.h"

static int64_t mia(Cx *cx, const Place *p) {
  int64_t id;
  OK(cx, party_new(cx, &(PartyNew){ .name = S("Mia Berg"), .mail = S("mia@nordpris.example"), .organisation_id = p->customer }, &id));
  OK(cx, relationship_add(cx, id, S("reads"), p->customer));
  return id;
}
static void follow(Cx *cx) {
  size_t n;
  OK(cx, follow_now(cx, &n));
}
static Customer customer(Cx *cx, int64_t who, int64_t of) {
  Customer c = { 0 };
  act_as(cx, who);
  OK(cx, customer_get(cx, of, &c));
  return c;
}

/* Asked, promised for the next day, reported after so many hours, judged. */
static int64_t through(Cx *cx, const Place *p, int64_t asker, const char *text, int hours, const char *sorted, int64_t ease) {
  Request r;
  act_as(cx, asker);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = asker, .text = str_z(text), .service_id = p->service_it, .bar_by = cx->now + 4 * HOUR }, &r));
  act_as(cx, p->sofie);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + 24 * HOUR, .text = S("Tomorrow.") }));
  cx->now += hours * HOUR;
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("Done.") }));
  act_as(cx, asker);
  OK(cx, request_get(cx, r.id, &r));
  cx->now += MINUTE;
  Str bar = hours <= 4 ? S("at") : S("below");
  if (sorted && strcmp(sorted, "yes") != 0) {               /* not yet; reported again, and then it is */
    OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_NOT_YET, .sorted = str_z(sorted), .ease = ease, .against_bar = bar, .text = S("As I said.") }));
    act_as(cx, p->sofie);
    OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("Done.") }));
    act_as(cx, asker);
  }
  if (sorted) OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes"), .ease = ease, .against_bar = bar, .text = S("Thank you.") }));
  return r.id;
}

TEST_STORES(one_page_for_both) {
  Place p;
  place_new(cx, &p);
  int64_t m = mia(cx, &p);
  for (int i = 0; i < 4; i++) through(cx, &p, p.olu, "The printer prints nothing", 3, "yes", 6);
  through(cx, &p, p.olu, "The printer is slow", 30, "partly", 2);
  through(cx, &p, p.olu, "The printer waits for a word", 1, NULL, 0);
  Request open, secret;
  act_as(cx, p.olu);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.olu, .text = S("A laptop, please"), .service_id = p.service_it }, &open));
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.olu, .text = S("My salary"), .service_id = p.service_hr }, &secret));
  through(cx, &p, p.ana, "Somebody else's printer", 1, "partly", 1);
  follow(cx);
  CustomerPage theirs, ours, part;
  Customer c = customer(cx, m, p.customer);
  MUST(c.theirs && !c.serves && c.whole && !c.person);
  OK(cx, customer_page(cx, &c, &theirs));
  INT(theirs.sorted.k, 4);
  INT(theirs.sorted.n, 5);
  INT(theirs.promise_kept.k, 4);
  INT(theirs.promise_kept.n, 5);
  INT(theirs.ours, 1);
  INT(theirs.theirs, 1);                                    /* the report that waits for a word */
  INT(theirs.asked.n, 1);
  INT(theirs.bad.n, 1);                                     /* Olu, who had one */
  INT(theirs.bad.k, 1);
  INT(theirs.own_bar.k, 4);
  INT(theirs.own_bar.n, 5);
  INT(theirs.bars, 6);
  MUST(theirs.has_gap && theirs.gap == (double)(20 * HOUR) && !theirs.has_drift);
  INT(theirs.speakers.n, 1);
  const CustomerMonth *now = &theirs.months[CUSTOMER_MONTHS - 1];
  INT(now->sorted.n, 5);
  MUST(now->mood == 80);
  IS(now->words, S("As I said."));
  INT(theirs.months[0].sorted.n, 0);
  MUST(isnan(theirs.months[0].mood));
  /* Who leads the house sees the same; who serves one team what comes to it; the closed team's request counts for neither. */
  c = customer(cx, p.noor, p.customer);
  MUST(!c.theirs && c.serves && c.whole);
  OK(cx, customer_page(cx, &c, &ours));
  INT(ours.sorted.n, theirs.sorted.n);
  INT(ours.ours, theirs.ours);
  INT(ours.bad.n, theirs.bad.n);
  c = customer(cx, p.yusuf, p.customer);
  MUST(c.serves && !c.whole);
  OK(cx, customer_page(cx, &c, &part));
  INT(part.sorted.n, 5);
  /* Others see no such customer. */
  act_as(cx, p.ana);
  ERR(cx, customer_get(cx, p.customer, &c), E_ABSENT);
  act_as(cx, p.olu);
  ERR(cx, customer_get(cx, p.customer, &c), E_ABSENT);
  act_as(cx, 0);
  ERR(cx, customer_get(cx, p.customer, &c), E_ABSENT);
  act_as(cx, p.noor);
  ERR(cx, customer_get(cx, p.it, &c), E_ABSENT);
  c = customer(cx, p.sofie, p.olu);
  ERR(cx, customer_page(cx, &c, &part), E_ABSENT);          /* nobody sees another person's figures */
  /* About oneself: all one asked, the closed team's too. */
  c = customer(cx, p.olu, p.olu);
  MUST(c.person && c.theirs);
  OK(cx, customer_page(cx, &c, &part));
  INT(part.sorted.n, 5);
  INT(part.ours, 2);
  CustomerLine *lines;
  size_t n;
  act_as(cx, p.noor);
  OK(cx, customer_list(cx, &lines, &n));
  INT(n, 2);
  for (size_t i = 0; i < n; i++) if (lines[i].id == p.customer) { INT(lines[i].sorted.k, 4); INT(lines[i].kept.n, 5); INT(lines[i].bad.n, 1); INT(lines[i].ours, 1); }
  act_as(cx, p.grace);
  OK(cx, customer_list(cx, &lines, &n));
  INT(n, 0);                                                /* hers are of a closed team: not told of an organisation */
}

TEST_STORES(a_customer_with_nothing_is_told_as_nothing) {
  Place p;
  place_new(cx, &p);
  Customer c = customer(cx, p.noor, p.customer);
  CustomerPage page;
  OK(cx, customer_page(cx, &c, &page));
  INT(page.sorted.show, SHOW_NONE);
  INT(page.promise_kept.show, SHOW_NONE);
  INT(page.bad.show, SHOW_NONE);
  MUST(!page.has_gap && !page.has_drift);
  BarLine *bars;
  size_t n;
  Pledges pledges;
  OK(cx, bar_list(cx, &c, &bars, &n));
  OK(cx, pledge_list(cx, &c, &pledges));
  INT(n + pledges.at.n, 0);
  INT(pledges.figure.show, SHOW_NONE);
}

TEST_STORES(standing_bars) {
  Place p;
  place_new(cx, &p);
  int64_t m = mia(cx, &p), hear, done, judged;
  Customer c = customer(cx, p.noor, p.customer);
  ERR(cx, bar_set(cx, &c, &(Bar){ .words = S("x"), .measure = S("hear"), .seconds = 900 }, &hear), E_DENIED);
  c = customer(cx, m, p.customer);
  ERR(cx, bar_set(cx, &c, &(Bar){ .words = S(" "), .measure = S("hear"), .seconds = 900 }, &hear), E_INVALID);
  ERR(cx, bar_set(cx, &c, &(Bar){ .words = S("x"), .measure = S("soon"), .seconds = 900 }, &hear), E_INVALID);
  ERR(cx, bar_set(cx, &c, &(Bar){ .words = S("x"), .measure = S("done"), .seconds = 1 }, &hear), E_INVALID);
  IS(cx->field, S("within"));
  OK(cx, bar_set(cx, &c, &(Bar){ .words = S("Somebody answers within two hours"), .measure = S("hear"), .seconds = 2 * 3600 }, &hear));
  OK(cx, bar_set(cx, &c, &(Bar){ .words = S("A printer runs the same day"), .measure = S("done"), .seconds = 4 * 3600, .service_id = p.service_it }, &done));
  OK(cx, bar_set(cx, &c, &(Bar){ .words = S("In words we understand"), .measure = S("judged") }, &judged));
  cx->now += MINUTE;
  through(cx, &p, p.olu, "The printer prints nothing", 3, "yes", 6);
  through(cx, &p, p.olu, "The printer prints nothing again", 5, "yes", 6);
  Request r;
  act_as(cx, p.olu);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.olu, .text = S("The printer, a third time"), .service_id = p.service_it }, &r));
  follow(cx);
  c = customer(cx, m, p.customer);
  BarLine *bars;
  size_t n;
  OK(cx, bar_list(cx, &c, &bars, &n));
  INT(n, 3);
  INT(bars[0].met.k, 2); INT(bars[0].met.n, 2);             /* the promise was said at once; the third has time left */
  INT(bars[1].met.k, 1); INT(bars[1].met.n, 2);
  INT(bars[2].met.k, 1); INT(bars[2].met.n, 2);             /* at the bar once, below it once */
  cx->now += 3 * HOUR;
  OK(cx, bar_list(cx, &c, &bars, &n));
  INT(bars[0].met.k, 2); INT(bars[0].met.n, 3);             /* its time has run out without a word */
  ERR(cx, bar_promise(cx, &c, hear, 3600), E_DENIED);
  c = customer(cx, p.yusuf, p.customer);
  ERR(cx, bar_promise(cx, &c, hear, 3600), E_DENIED);
  c = customer(cx, p.noor, p.customer);
  OK(cx, bar_promise(cx, &c, hear, 4 * 3600));
  OK(cx, bar_list(cx, &c, &bars, &n));
  INT(bars[0].b.promised, 4 * 3600);
  ERR(cx, bar_end(cx, &c, hear), E_DENIED);
  c = customer(cx, m, p.customer);
  OK(cx, bar_end(cx, &c, hear));
  ERR(cx, bar_end(cx, &c, hear), E_ABSENT);
  OK(cx, bar_list(cx, &c, &bars, &n));
  INT(n, 2);
}

TEST_STORES(what_they_promised_us) {
  Place p;
  place_new(cx, &p);
  int64_t m = mia(cx, &p), own, noted, hidden, late;
  Request secret;
  act_as(cx, p.olu);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.olu, .text = S("My salary"), .service_id = p.service_hr }, &secret));
  through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6);
  Customer c = customer(cx, m, p.customer);
  ERR(cx, pledge_new(cx, &c, &(Pledge){ .words = S("Door codes"), .due_at = cx->now - 1 }, &own), E_INVALID);
  ERR(cx, pledge_new(cx, &c, &(Pledge){ .words = S(""), .due_at = cx->now + DAY }, &own), E_INVALID);
  ERR(cx, pledge_new(cx, &c, &(Pledge){ .words = S("x"), .due_at = cx->now + DAY, .promiser_id = p.ana }, &own), E_INVALID);
  ERR(cx, pledge_new(cx, &c, &(Pledge){ .words = S("x"), .due_at = cx->now + DAY, .request_id = secret.id }, &own), E_ABSENT);
  OK(cx, pledge_new(cx, &c, &(Pledge){ .words = S("Door codes for the new wing"), .due_at = cx->now + DAY }, &own));
  OK(cx, pledge_new(cx, &c, &(Pledge){ .words = S("Stock counts"), .due_at = cx->now + DAY, .promiser_id = p.olu }, &late));
  c = customer(cx, p.sofie, p.customer);
  OK(cx, pledge_new(cx, &c, &(Pledge){ .words = S("Olu counts twenty labels"), .due_at = cx->now + DAY, .promiser_id = p.olu }, &noted));
  Pledges l;
  c = customer(cx, p.grace, p.olu);                         /* of the closed team: she serves what Olu asked there for himself */
  OK(cx, pledge_new(cx, &c, &(Pledge){ .words = S("A signed contract"), .due_at = cx->now + DAY, .promiser_id = p.olu, .request_id = secret.id }, &hidden));
  c = customer(cx, p.sofie, p.olu);
  OK(cx, pledge_list(cx, &c, &l));
  INT(l.at.n, 0);
  ERR(cx, pledge_do(cx, &c, hidden, PLEDGE_DROP), E_ABSENT);
  c = customer(cx, p.olu, p.olu);
  OK(cx, pledge_list(cx, &c, &l));
  INT(l.at.n, 1);
  c = customer(cx, m, p.customer);
  OK(cx, pledge_list(cx, &c, &l));
  INT(l.at.n, 3);
  INT(l.open, 2);                                           /* the noted one does not count yet */
  INT(l.figure.show, SHOW_NONE);
  ERR(cx, pledge_do(cx, &c, noted, PLEDGE_DONE), E_CONFLICT);
  ERR(cx, pledge_do(cx, &c, hidden, PLEDGE_AGREE), E_ABSENT);
  Customer desk = customer(cx, p.sofie, p.customer);
  ERR(cx, pledge_do(cx, &desk, noted, PLEDGE_AGREE), E_DENIED);
  ERR(cx, pledge_do(cx, &desk, own, PLEDGE_DROP), E_DENIED);
  OK(cx, pledge_do(cx, &desk, own, PLEDGE_DONE));           /* both may say that it was done */
  act_as(cx, m);
  OK(cx, pledge_do(cx, &c, noted, PLEDGE_AGREE));
  cx->now += 2 * DAY;
  OK(cx, pledge_do(cx, &c, late, PLEDGE_DONE));
  OK(cx, pledge_list(cx, &c, &l));
  INT(l.kept, 1);
  INT(l.late, 2);                                           /* one done late, one not done at all */
  INT(l.open, 0);
  INT(l.figure.n, 3);
  ERR(cx, pledge_do(cx, &c, noted, PLEDGE_DROP), E_CONFLICT);
  desk = customer(cx, p.noor, p.customer);
  OK(cx, pledge_do(cx, &desk, noted, PLEDGE_DROP));
  OK(cx, pledge_list(cx, &desk, &l));
  INT(l.late, 1);
  Rows rows;
  OK(cx, pledge_of(cx, p.olu, &rows));
  INT(rows.n, 3);                                           /* two for the organisation, one for himself */
}

TEST_STORES(only_confirmed_worth_counts) {
  Place p;
  place_new(cx, &p);
  int64_t m = mia(cx, &p), line, of_request, id, r = through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6);
  ProfitMap map;
  Customer c = customer(cx, p.sofie, p.customer);
  ERR(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S(""), .value_kind = S("process") }, &line), E_INVALID);
  ERR(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("x"), .value_kind = S("fun") }, &line), E_INVALID);
  ERR(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("x"), .value_kind = S("profit"), .currency = S("euro") }, &line), E_INVALID);
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("340 boxes shipped, not scrapped"), .value_kind = S("profit"), .amount = 510000 }, &line));
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("Labels right first time"), .value_kind = S("process"), .request_id = r }, &of_request));
  ERR(cx, worth_answer(cx, line, true), E_DENIED);          /* nobody confirms for them */
  Worth w;
  OK(cx, worth_list(cx, &c, &w));
  INT(w.confirmed.n, 0);
  INT(w.waiting_n, 2);
  act_as(cx, p.ana);
  ERR(cx, worth_answer(cx, line, true), E_DENIED);
  act_as(cx, p.olu);
  ERR(cx, worth_answer(cx, line, true), E_DENIED);
  Rows rows;
  OK(cx, worth_at(cx, r, &rows));
  INT(rows.n, 1);
  OK(cx, worth_answer(cx, of_request, false));              /* who asked may speak for that request */
  act_as(cx, m);
  OK(cx, worth_answer(cx, line, true));
  ERR(cx, worth_answer(cx, line, true), E_ABSENT);
  c = customer(cx, m, p.customer);
  OK(cx, worth_list(cx, &c, &w));
  INT(w.confirmed_n, 1);
  INT(w.waiting_n, 0);
  IS(ROW(LedgerLine, w.confirmed, 0)->confirmer, S("Mia Berg"));
  ERR(cx, worth_map(cx, 12, &map), E_DENIED);
  act_as(cx, p.sofie);
  ERR(cx, worth_map(cx, 12, &map), E_DENIED);
  ERR(cx, ledger_add(cx, &(LedgerLine){ .party_id = p.customer, .kind = S("revenue"), .amount = 1, .currency = S("EUR"), .period = S("2026-05") }, &id), E_DENIED);
}

static int64_t letters(Cx *cx, const char *state) {
  int64_t n;
  OK(cx, db_int(cx, &n, SQL("SELECT COUNT(*) FROM outbox WHERE kind = 'worth' AND state = ?1"), V(str_z(state))));
  return n;
}

/* By letter: who speaks for them, once a line, in peace; what the way in opens, and for whom. */
TEST_STORES(a_letter_asks_whether_it_was_worth_that) {
  Place p;
  static Site site;
  place_new(cx, &p);
  site = *cx->site;
  site.link_life = 90 * DAY;
  cx->site = &site;
  int64_t m = mia(cx, &p), r = through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6), line, next, other, at;
  const LedgerLine says = { .words = S("340 boxes shipped, not scrapped"), .value_kind = S("profit"), .amount = 510000 };
  WorthAsked w;
  Customer c = customer(cx, m, p.customer);
  OK(cx, worth_propose(cx, &c, &says, &other));             /* their own word needs no letter */
  c = customer(cx, p.sofie, p.customer);
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("x"), .value_kind = S("process"), .request_id = r }, &other));
  INT(letters(cx, "waiting"), 0);                           /* of a request: asked where it is talked about */
  OK(cx, worth_propose(cx, &c, &says, &line));
  INT(letters(cx, "waiting"), 1);
  OK(cx, db_int(cx, &at, SQL("SELECT next_at FROM outbox WHERE kind = 'worth' AND to_id = ?1"), V(m)));
  INT(at, cx->now);
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("A second line"), .value_kind = S("process") }, &next));
  OK(cx, db_int(cx, &at, SQL("SELECT MAX(next_at) FROM outbox WHERE kind = 'worth' AND to_id = ?1"), V(m)));
  INT(at, cx->now + 7 * DAY);                               /* not two in a week */
  bool resting;
  OK(cx, card_resting(cx, m, &resting));
  MUST(resting);
  ERR(cx, worth_letter_get(cx, line, p.olu, &w), E_ABSENT);
  Str token = worth_letter_token(cx, line, m);
  ERR(cx, worth_letter_open(cx, str_cat(cx->arena, token, S("x")), &w), E_ABSENT);
  ERR(cx, worth_letter_open(cx, str_fmt(cx->arena, "%lld.%lld-x", (long long)line, (long long)m), &w), E_ABSENT);
  ERR(cx, worth_letter_open(cx, worth_letter_token(cx, line, p.olu), &w), E_ABSENT);
  OK(cx, worth_letter_open(cx, token, &w));
  MUST(cx->actor.party == m && cx->actor.only_request && !w.line.confirmed_at && !w.own);
  IS(w.customer, S("Nordpris"));
  OK(cx, worth_letter_answer(cx, &w, true));
  ERR(cx, worth_letter_answer(cx, &w, false), E_CONFLICT);
  OK(cx, worth_letter_open(cx, token, &w));
  IS(w.line.confirmer, S("Mia Berg"));
  OK(cx, worth_letter_open(cx, worth_letter_token(cx, next, m), &w));
  OK(cx, worth_letter_answer(cx, &w, false));
  INT(letters(cx, "waiting"), 0);                           /* neither has left, and neither is needed any more */
  INT(letters(cx, "called back"), 2);
  cx->now += 91 * DAY;
  ERR(cx, worth_letter_open(cx, token, &w), E_ABSENT);
  OK(cx, relationship_drop(cx, m, S("reads"), p.customer));
  cx->now -= 91 * DAY;
  ERR(cx, worth_letter_open(cx, token, &w), E_ABSENT);      /* no longer theirs to say */
}

TEST_STORES(nobody_is_asked_what_it_was_worth_who_does_not_want_to_be) {
  Place p;
  place_new(cx, &p);
  int64_t m = mia(cx, &p), id;
  const LedgerLine says = { .words = S("Labels right first time"), .value_kind = S("process") };
  Customer c = customer(cx, p.noor, p.customer);
  OK(cx, worth_propose(cx, &c, &says, &id));
  INT(letters(cx, "waiting"), 1);
  act_as(cx, m);
  OK(cx, consent_set(cx, m, S("verdicts"), false));
  INT(letters(cx, "waiting"), 0);                           /* what has not left stays here */
  c = customer(cx, p.noor, p.customer);
  OK(cx, worth_propose(cx, &c, &says, &id));
  INT(letters(cx, "waiting"), 0);
  Worth w;
  OK(cx, worth_list(cx, &c, &w));
  INT(w.waiting_n, 2);                                      /* it stands on their page all the same */
}

TEST_STORES(the_profit_map) {
  Place p;
  place_new(cx, &p);
  int64_t id, written = through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6);
  through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6);
  Request r;
  WorkSpent spent;
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, written, &r));
  ERR(cx, work_add(cx, &r, 0, S(""), &id), E_INVALID);
  OK(cx, work_add(cx, &r, 90, S("new roller"), &id));
  OK(cx, work_add(cx, &r, 10, S(""), &id));
  act_as(cx, p.yusuf);
  ERR(cx, work_drop(cx, &r, id), E_ABSENT);                 /* one's own lines only */
  act_as(cx, p.sofie);
  OK(cx, work_drop(cx, &r, id));
  act_as(cx, p.olu);
  ERR(cx, work_add(cx, &r, 5, S(""), &id), E_DENIED);
  OK(cx, work_spent(cx, &r, &spent));
  INT(spent.lines.n, 0);                                    /* who asked does not see minutes */
  act_as(cx, p.admin);
  OK(cx, equation_set(cx, &(Equation){ .service_id = p.service_it, .per_request = 10, .per_message = 2, .per_act = 3 }));
  OK(cx, team_cost_set(cx, &(TeamCost){ .team_id = p.it, .cost = 4800000, .minutes = 60000 }));
  OK(cx, worth_rules_set(cx, &(WorthRules){ .currency = S("EUR"), .large = 100000, .gainful = 10 }));
  ERR(cx, worth_rules_set(cx, &(WorthRules){ .currency = S("Euro"), .large = 1, .gainful = 10 }), E_INVALID);
  int y, m, d;
  clock_civil(cx->now / DAY, &y, &m, &d);
  Str month = str_fmt(cx->arena, "%04d-%02d", y, m);
  OK(cx, ledger_add(cx, &(LedgerLine){ .party_id = p.customer, .kind = S("revenue"), .amount = 12000000, .currency = S("EUR"), .period = month }, &id));
  OK(cx, ledger_add(cx, &(LedgerLine){ .party_id = p.customer, .kind = S("goods"), .amount = 7800000, .currency = S("EUR"), .period = month }, &id));
  OK(cx, ledger_add(cx, &(LedgerLine){ .party_id = p.customer, .kind = S("revenue"), .amount = 100, .currency = S("USD"), .period = month }, &id));
  ERR(cx, ledger_add(cx, &(LedgerLine){ .party_id = p.customer, .kind = S("revenue"), .amount = 1, .currency = S("EUR"), .period = S("May") }, &id), E_INVALID);
  ERR(cx, ledger_add(cx, &(LedgerLine){ .party_id = p.customer, .kind = S("value"), .amount = 1, .currency = S("EUR"), .period = month }, &id), E_INVALID);
  ProfitMap map;
  follow(cx);
  act_as(cx, p.noor);
  OK(cx, worth_map(cx, 12, &map));
  INT(map.n, 1);
  INT(map.foreign, 1);
  INT(map.requests, 2);
  INT(map.written, 1);
  OK(cx, request_get(cx, written, &r));                     /* the other one is like it: so many messages, so many acts */
  double reckoned = (double)(10 + 2 * r.messages + 3 * r.acts), minutes = 90 + reckoned;
  MUST(map.at[0].minutes == minutes);
  MUST(fabs(map.at[0].serving - minutes * .8) < 1e-6);
  MUST(fabs(map.at[0].profit - (42000 - minutes * .8)) < 1e-6);
  INT(map.at[0].segment, MAP_PEAK);
  for (size_t i = 0; i < map.team_n; i++) {
    MUST(!str_eq(map.teams[i].team, S("HR")));              /* closed to others */
    if (map.teams[i].rated) MUST(fabs(map.teams[i].unused - (12 * 60000 - minutes) * .8) < 1e-6);
  }
  act_as(cx, p.admin);
  OK(cx, worth_rules_set(cx, &(WorthRules){ .currency = S("EUR"), .large = 100000, .gainful = 50 }));
  OK(cx, worth_map(cx, 12, &map));
  INT(map.at[0].segment, MAP_DRAIN);
  OK(cx, worth_rules_set(cx, &(WorthRules){ .currency = S("EUR"), .large = 200000, .gainful = 50 }));
  OK(cx, worth_map(cx, 12, &map));
  INT(map.at[0].segment, MAP_DESERT);
}

/* All of it by one read of the loop: what the sums must come to. */
static void same_as_the_loop(Cx *cx) {
  Rows rows;
  int64_t minutes, n, written, sum = 0, all = 0, w = 0, wrong;
  OK(cx, serving_since(cx, 0, &rows));
  for (size_t i = 0; i < rows.n; i++) { sum += ROW(Served, rows, i)->minutes; all += ROW(Served, rows, i)->n; w += ROW(Served, rows, i)->written; }
#define LOOP(what) SQL("SELECT " what " FROM request r LEFT JOIN (SELECT request_id, SUM(minutes) AS minutes FROM work GROUP BY request_id) w ON w.request_id = r.id" \
  " LEFT JOIN equation e ON e.service_id = r.service_id WHERE r.team_id NOT IN (SELECT id FROM party WHERE closed = 1)")
  OK(cx, db_int_(cx, &minutes, LOOP("CAST(SUM(CASE WHEN w.minutes IS NULL THEN COALESCE(e.per_request + e.per_message * r.messages + e.per_act * r.acts, 0) ELSE w.minutes END) AS BIGINT)"), NULL, 0));
  OK(cx, db_int_(cx, &n, LOOP("COUNT(*)"), NULL, 0));
  OK(cx, db_int_(cx, &written, LOOP("COUNT(w.minutes)"), NULL, 0));
  INT(sum, minutes);
  INT(all, n);
  INT(w, written);
  OK(cx, serving_verify(cx, &wrong));
  INT(wrong, 0);
}

/* Minutes before and after the fact is there, more of them, all taken back; messages; another team; and made anew: the same sums. */
TEST_STORES(what_serving_took_moves_with_the_loop) {
  Place p;
  place_new(cx, &p);
  int64_t one = through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6), other = through(cx, &p, p.ana, "The door sticks", 0, "no", 2), first, second, message;
  Request r;
  follow(cx);
  act_as(cx, p.admin);
  OK(cx, equation_set(cx, &(Equation){ .service_id = p.service_it, .per_request = 10, .per_message = 2, .per_act = 3 }));
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, one, &r));
  OK(cx, work_add(cx, &r, 30, S(""), &first));
  same_as_the_loop(cx);
  OK(cx, work_add(cx, &r, 12, S(""), &second));
  same_as_the_loop(cx);
  int64_t c = through(cx, &p, p.olu, "The scanner reads nothing", 1, "yes", 6);
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, c, &r));
  OK(cx, work_add(cx, &r, 7, S(""), &message));             /* nobody has read it from the loop yet */
  follow(cx);
  same_as_the_loop(cx);
  OK(cx, request_get(cx, one, &r));
  OK(cx, work_drop(cx, &r, first));
  same_as_the_loop(cx);
  OK(cx, work_drop(cx, &r, second));
  same_as_the_loop(cx);
  OK(cx, request_get(cx, other, &r));
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("How is the door?"), .format = S("markdown") }, &message));
  follow(cx);
  same_as_the_loop(cx);
  cx->actor = (Actor){ .system = true };
  OK(cx, follow_rebuild(cx));
  same_as_the_loop(cx);
  OK(cx, db_run_(cx, NULL, SQL("UPDATE serving SET messages = messages + 1"), NULL, 0));
  OK(cx, serving_verify(cx, &message));
  INT(message, 1);
}

/* What a person wrote down is theirs to take; what others did is not in it. */
TEST_STORES(the_export_holds_what_was_agreed) {
  Place p;
  place_new(cx, &p);
  int64_t m = mia(cx, &p), id, r = through(cx, &p, p.olu, "The printer prints nothing", 1, "yes", 6);
  Customer c = customer(cx, m, p.customer);
  OK(cx, pledge_new(cx, &c, &(Pledge){ .words = S("xqpledge"), .due_at = cx->now + DAY }, &id));
  OK(cx, bar_set(cx, &c, &(Bar){ .words = S("xqbar"), .measure = S("judged") }, &id));
  OK(cx, worth_propose(cx, &c, &(LedgerLine){ .words = S("xqworth"), .value_kind = S("position") }, &id));
  Request req;
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r, &req));
  OK(cx, work_add(cx, &req, 45, S("xqwork"), &id));
  static const struct { int line; const char *word; bool mia, sofie; } cases[] = {
    { __LINE__, "xqpledge", true, false }, { __LINE__, "xqbar", true, false }, { __LINE__, "xqworth", true, false }, { __LINE__, "xqwork", false, true },
  };
  for (int who = 0; who < 2; who++) {
    Buf b = { .arena = cx->arena };
    act_as(cx, who ? p.sofie : m);
    OK(cx, person_export(cx, who ? p.sofie : m, &b));
    for (size_t i = 0; i < COUNT(cases); i++)
      INT_AT(cases[i].line, str_find(buf_str(&b), str_z(cases[i].word)) != SIZE_MAX, who ? cases[i].sofie : cases[i].mia);
  }
}
