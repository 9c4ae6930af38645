/* Nearness: what the loop shows and what people say, far against near, and the channels. */
#include <math.h>
#include "desk/act.h"
#include "desk/card.h"
#include "desk/follow.h"
#include "desk/message.h"
#include "desk/proximity.h"
#include "desk_fixture.h"

static void as_system(Cx *cx) { cx->actor = (Actor){ .system = true }; }
static int64_t noon(int days) { return (clock_days(2026, 1, 5) + days) * DAY + 12 * HOUR; }
static ProximityScope last(const Cx *cx) { return (ProximityScope){ .from = cx->now - 90 * DAY, .to = cx->now + 1 }; }

static void lives_in(Cx *cx, int64_t person, const char *zone) { OK(cx, db_run(cx, SQL("UPDATE party SET zone = ?2 WHERE id = ?1"), V(person), V(str_z(zone)))); }

/* Asked at `at`, promised with a condition or without, done so much later, sorted or "not yet" first. */
static Request walked(Cx *cx, const Place *p, int64_t asker, int64_t at, bool condition, bool not_yet) {
  Request r;
  Str good = S("It prints again");
  cx->now = at;
  act_as(cx, asker);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = asker, .text = S("The printer"), .bar_by = at + 4 * HOUR, .channel = S("page") }, &r));
  act_as(cx, p->sofie);
  cx->now += HOUR;
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_PROMISE, .text = S("I come by."), .due = cx->now + DAY, .conditions = condition ? &good : NULL, .condition_n = condition }));
  for (int turn = 0; turn < 1 + not_yet; turn++) {
    cx->now += HOUR;
    act_as(cx, turn ? p->yusuf : p->sofie);
    OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("Done.") }));
    act_as(cx, asker);
    bool no = not_yet && !turn;
    OK(cx, act_do(cx, &r, &(ActNew){ .act = no ? LOOP_ACT_NOT_YET : LOOP_ACT_ACCEPT, .text = no ? S("It is not.") : S(""), .moment_kind = no ? S("") : S("good"), .channel = S("page") }));
  }
  as_system(cx);
  return r;
}

TEST_STORES(what_the_loop_shows) {
  Place p;
  Proximity x;
  place_new(cx, &p);
  lives_in(cx, p.ana, "Europe/Lisbon");
  lives_in(cx, p.olu, "Asia/Tokyo");                                     /* nine hours on: noon in Lisbon is nine in the evening there */
  for (int i = 0; i < 6; i++) walked(cx, &p, p.ana, noon(i), i < 3, false);
  for (int i = 0; i < 5; i++) walked(cx, &p, p.olu, noon(i), false, true);
  lives_in(cx, p.priya, "");
  walked(cx, &p, p.priya, noon(6), true, false);
  OK(cx, follow_rebuild(cx));
  cx->now = noon(7);
  ProximityScope of = last(cx);
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.requests, 12);
  INT(x.unknown, 1);
  INT(x.at[0].seen[DISTANCE_NEAR].k, 12);                                /* two words each, by day */
  INT(x.at[0].seen[DISTANCE_NEAR].n, 12);
  INT(x.at[0].seen[DISTANCE_FAR].k, 0);                                  /* ten at night and later */
  INT(x.at[0].seen_gap, GAP_NEAR_BETTER);
  INT(x.at[1].seen[DISTANCE_NEAR].k, 12);                                /* Sofie alone; far away Yusuf said the third word */
  INT(x.at[1].seen[DISTANCE_FAR].k, 10);
  INT(x.at[1].seen[DISTANCE_FAR].n, 15);
  MUST(x.at[2].seen[DISTANCE_ALL].kind == FIGURE_TIME && x.at[2].seen[DISTANCE_ALL].value == (double)HOUR);
  INT(x.at[3].seen[DISTANCE_ALL].k, 12);                                 /* done by the hour they wished */
  INT(x.at[4].seen[DISTANCE_ALL].k, 4);                                  /* conditions agreed */
  INT(x.at[4].seen[DISTANCE_ALL].n, 12);
  INT(x.at[5].seen[DISTANCE_NEAR].k, 6);
  INT(x.at[5].seen[DISTANCE_FAR].k, 0);
  INT(x.at[5].seen_gap, GAP_NEAR_BETTER);
  INT(x.at[6].seen[DISTANCE_ALL].show, SHOW_NONE);                       /* nothing was declined */
  INT(x.at[7].seen[DISTANCE_ALL].k, 12);
  INT(x.at[9].seen[DISTANCE_ALL].k, 12);
  INT(x.at[0].said[DISTANCE_ALL].show, SHOW_NONE);
  INT(x.index_gap, GAP_TOO_FEW);
  of.organisation = p.customer;
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.requests, 5);
  of.organisation = 0;
  of.team = p.hr;
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.requests, 0);
}

TEST_STORES(the_teams_one_may_see_and_no_other) {
  Place p;
  Proximity x;
  Rows rows;
  place_new(cx, &p);
  walked(cx, &p, p.ana, noon(0), true, false);
  cx->now = noon(1);
  ProximityScope of = last(cx);
  const struct { int64_t who; int64_t sees; } cases[] = { { p.sofie, 1 }, { p.noor, 1 }, { p.grace, 0 }, { p.ana, 0 } };
  for (size_t i = 0; i < COUNT(cases); i++) {
    act_as(cx, cases[i].who);
    OK(cx, proximity_get(cx, &of, &x));
    INT(x.requests, cases[i].sees);
    OK(cx, proximity_organisations(cx, &rows));
    INT(rows.n, cases[i].sees);
  }
}

static void card_of_ten(Cx *cx, int64_t who, int64_t team, int64_t low, int64_t high) {
  int64_t id;
  OK(cx, db_int(cx, &id, SQL("INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at) VALUES ('proximity', ?1, ?2, 'mail', 1, 1, 2, ?3, ?4) RETURNING id"),
             V(who), V(team), V(cx->now - DAY), V(cx->now + DAY)));
  act_as(cx, who);
  Card c;
  OK(cx, card_get(cx, id, &c));
  OK(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ low, high, high, high, high, high, high, high, high, high }, S("")));
  as_system(cx);
}

TEST_STORES(what_people_say_near_and_far) {
  Place p;
  Proximity x;
  place_new(cx, &p);
  cx->now = noon(0);
  lives_in(cx, p.ana, "Europe/Madrid");
  lives_in(cx, p.olu, "Pacific/Auckland");
  ProximityScope of = last(cx);
  for (int i = 0; i < 16; i++) card_of_ten(cx, p.ana, p.it, 5 + i % 3, 6 + i % 2);
  for (int i = 0; i < 13; i++) card_of_ten(cx, p.olu, p.it, 1 + i % 3, 6 + i % 2);
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.at[0].said[DISTANCE_NEAR].n, 16);
  INT(x.at[0].said[DISTANCE_FAR].n, 13);
  INT(x.at[0].said_gap, GAP_NEAR_BETTER);
  INT(x.at[1].said_gap, GAP_NONE);
  INT(x.alpha_n, 0);                                                     /* thirty are needed */
  card_of_ten(cx, p.ana, p.it, 6, 6);
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.alpha_n, 30);
  MUST(x.alpha > 0 && x.alpha < 1);
  OK(cx, db_run(cx, SQL("INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at) VALUES ('proximity', ?1, ?2, 'mail', 1, 1, 2, ?3, ?4)"),
             V(p.olu), V(p.it), V(cx->now - 20 * DAY), V(cx->now - 6 * DAY)));
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.index[DISTANCE_ALL].silent, 1);
  INT(x.index[DISTANCE_FAR].silent, 1);
  INT(x.index[DISTANCE_NEAR].silent, 0);
  MUST(x.index[DISTANCE_FAR].bounds.lo < x.index[DISTANCE_FAR].value);
}

TEST_STORES(the_same_on_every_channel_and_carried_along) {
  Place p;
  Proximity x;
  Request r;
  int64_t id;
  place_new(cx, &p);
  for (int i = 0; i < 6; i++) walked(cx, &p, p.ana, noon(i), false, false);
  for (int i = 0; i < 2; i++) {                                          /* came by the page, went on by phone; once it had to be said again */
    cx->now = noon(10 + i);
    act_as(cx, p.ana);
    OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("The badge"), .channel = S("mail") }, &r));
    cx->now += HOUR;
    OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("It is me again."), .channel = S("phone") }, &id));
    act_as(cx, p.sofie);
    OK(cx, request_get(cx, r.id, &r));
    OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Here it is.") }));
    act_as(cx, p.ana);
    OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT, .repeated = i, .repeated_said = true }));
  }
  as_system(cx);
  OK(cx, follow_rebuild(cx));
  cx->now = noon(20);
  ProximityScope of = last(cx);
  OK(cx, proximity_get(cx, &of, &x));
  INT(x.channel_n, 2);
  MUST(!x.compared);                                                     /* two verdicts by mail are too few */
  INT(x.carried.k, 1);
  INT(x.carried.n, 2);
}

TEST(gaps_are_claimed_only_outside_chance) {
  (void)a;
  Figure many = figure_share((Tally){ 90, 100 }, 0), few = figure_share((Tally){ 50, 100 }, 0), four = figure_share((Tally){ 4, 4 }, 0), near = figure_share((Tally){ 88, 100 }, 0);
  INT(proximity_compare(&many, &few, false), GAP_NEAR_BETTER);
  INT(proximity_compare(&many, &few, true), GAP_FAR_BETTER);
  INT(proximity_compare(&few, &many, false), GAP_FAR_BETTER);
  INT(proximity_compare(&many, &near, false), GAP_NONE);
  INT(proximity_compare(&many, &four, false), GAP_TOO_FEW);
}

/* So many cards of the picture, asked at that instant, answered with that; score -1: silent. */
static void pictures(Cx *cx, int64_t team, int64_t organisation, int64_t at, int n, int64_t score) {
  for (int i = 0; i < n; i++)
    OK(cx, db_run(cx, SQL("INSERT INTO card(instrument, asked_of, team_id, organisation_id, channel, day, draw, below, asked_at, ends_at, answered_at, score)"
                          " VALUES ('near', (SELECT MIN(id) FROM party WHERE kind = 'person'), ?1, ?2, 'mail', 1, 1, 2, ?3, ?4, ?5, ?6)"),
               V(team), V(organisation), V(at), V(at + CARD_LIFE), V(score < 0 ? (int64_t)0 : at + HOUR), V(score)));
}

TEST_STORES(nearness_over_time) {
  Place p;
  Control c;
  place_new(cx, &p);
  cx->zone = S("Australia/Adelaide");                                    /* midnights at half an hour */
  cx->now = noon(200);
  int64_t *edges = period_until(cx, UNIT_WEEK, cx->now - CARD_LIFE, CONTROL_POINTS);
  for (int w = 0; w < 18; w++) pictures(cx, p.it, p.customer, edges[w], w == 9 ? 3 : 6, w % 2 ? 5000 : 6000);      /* the first instant of each */
  pictures(cx, p.it, p.customer, edges[18], 9, -1);
  pictures(cx, p.it, p.house, edges[19] + HOUR, 2, 10000);
  pictures(cx, p.it, p.house, edges[CONTROL_POINTS], 30, 0);             /* these may still answer: not drawn */
  pictures(cx, p.hr, p.house, edges[3], 50, 0);                          /* a closed team */
  ProximityScope of = { 0 };
  act_as(cx, p.sofie);
  OK(cx, proximity_line(cx, &of, NEARNESS_PICTURE, UNIT_WEEK, &c));
  INT(c.n, CONTROL_POINTS);
  INT(c.v_n, 17);                                                        /* a week of three, one of silence, and one of two count for nothing */
  INT(c.points[3].n, 6);
  MUST(c.points[3].value == 50 && c.points[4].value == 60);
  INT(c.points[9].n, 3);
  INT(c.points[9].answer_n, 3);                                          /* few are listed */
  INT(c.points[18].silent, 9);
  INT(c.points[18].show, SHOW_NONE);
  INT(c.points[19].n, 2);
  INT(c.points[0].from, edges[0]);
  INT(c.all.n, 6 * 17 + 3 + 2);
  INT(c.says, CONTROL_STEADY);
  MUST(c.limited && !c.base && !c.wait);
  of.organisation = p.customer;
  OK(cx, proximity_line(cx, &of, NEARNESS_PICTURE, UNIT_WEEK, &c));
  INT(c.points[9].n, 3);
  INT(c.points[9].answer_n, 0);                                          /* of one organisation they are only counted */
  MUST(isnan(c.points[9].value) && c.points[9].ci.lo == 0 && c.points[9].ci.hi == 100);
  INT(c.v_n, 17);
  OK(cx, proximity_line(cx, &of, NEARNESS_LINES, UNIT_MONTH, &c));
  INT(c.all.n, 0);
  INT(c.says, CONTROL_FEW);
  act_as(cx, p.grace);
  of.organisation = 0;
  OK(cx, proximity_line(cx, &of, NEARNESS_PICTURE, UNIT_WEEK, &c));
  INT(c.all.n, 50);
}
