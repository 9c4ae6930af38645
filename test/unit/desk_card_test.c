/* Cards: whom the lot falls on, how often, and that nobody who serves has a say in it. */
#include "desk/act.h"
#include "base/random.h"
#include "desk/card.h"
#include "desk/card_day.h"
#include "desk/export.h"
#include "desk/link.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/score.h"
#include "desk/verdict.h"
#include "desk_fixture.h"

static void as_system(Cx *cx) { cx->actor = (Actor){ .system = true }; }

static int64_t count(Cx *cx, Sql sql) {
  int64_t n;
  OK(cx, db_int_(cx, &n, sql, NULL, 0));
  return n;
}

/* Somebody asked something and had it done so long ago. */
static Request done_for(Cx *cx, int64_t asker, int64_t owner, int64_t ago) {
  int64_t now = cx->now;
  Request r;
  cx->now = now - ago;
  act_as(cx, asker);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = asker, .text = S("The printer eats paper"), .channel = S("mail") }, &r));
  act_as(cx, owner);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("Mended.") }));
  act_as(cx, asker);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, act_do(cx, &r, &(ActNew){ .act = LOOP_ACT_ACCEPT }));
  cx->now = now;
  as_system(cx);
  return r;
}

/* The lot's share of an instrument, past what a house may set; 0: it is not asked at all. */
static void share_of(Cx *cx, const Instrument *in, int64_t share) {
  OK(cx, db_run(cx, SQL("INSERT INTO instrument(name, is_on, every_days, share, changed_at) VALUES (?1, ?2, ?3, ?4, 0)"
                        " ON CONFLICT (name) DO UPDATE SET is_on = excluded.is_on, share = excluded.share"),
                V(str_z(in->name)), V((int64_t)(share > 0)), V(in->every_days), V(share)));
}
/* Everybody whose turn it is is drawn on any day; of all instruments, or of one alone. */
static void all_are_drawn(Cx *cx) { for (size_t i = 0; i < instrument_count(); i++) share_of(cx, instrument_at(i), 100); }
static void only(Cx *cx, const char *name) {
  for (size_t i = 0; i < instrument_count(); i++) share_of(cx, instrument_at(i), strcmp(instrument_at(i)->name, name) ? 0 : 100);
}

/* Noon in Lisbon, on so many days after a Monday of winter. */
static int64_t noon(int days) { return (clock_days(2026, 1, 5) + days) * DAY + 12 * HOUR; }

TEST(the_lot_is_even_and_can_be_drawn_again) {
  (void)a;
  Site site = { .key = "one key of thirty-two bytes....." }, other = { .key = "another key of thirty-two bytes" };
  int below = 0, same = 0;
  for (int64_t person = 1; person <= 20000; person++) {
    int64_t d = card_draw(&site, S("near"), 20000, person);
    INT(d, card_draw(&site, S("near"), 20000, person));
    MUST(d >= 0 && d < 1000000);
    below += d < 70000;
    same += d == card_draw(&other, S("near"), 20000, person) || d == card_draw(&site, S("near"), 20001, person) || d == card_draw(&site, S("rater"), 20000, person);
  }
  MUST(below > 1250 && below < 1550);      /* 1400 are expected, and 36 is one standard deviation */
  MUST(same < 3);
}

TEST_STORES(a_card_goes_out_once_and_leaves_in_peace) {
  Place p;
  Rows cards;
  place_new(cx, &p);
  cx->now = noon(0);
  done_for(cx, p.ana, p.sofie, 30 * DAY);
  done_for(cx, p.priya, p.sofie, 5 * DAY);                                /* known for less than a fortnight */
  all_are_drawn(cx);
  OK(cx, card_round(cx));
  OK(cx, card_of(cx, p.priya, &cards));
  INT(cards.n, 0);
  OK(cx, card_of(cx, p.ana, &cards));
  INT(cards.n, 1);                                                       /* five instruments, one card */
  Card c = *ROW(Card, cards, 0);
  IS(c.team, S("Service desk"));
  IS(c.channel, S("mail"));
  INT(c.draw, card_draw(cx->site, c.instrument, c.day, p.ana));
  MUST(c.draw < c.below);
  INT(count(cx, SQL("SELECT COUNT(*) FROM outbox WHERE kind = 'card'")), 1);
  INT(count(cx, SQL("SELECT COUNT(*) FROM card_round")), 5);
  OK(cx, card_round(cx));                                                /* the same day again */
  cx->now = noon(1);
  OK(cx, card_round(cx));
  cx->now = noon(6);
  OK(cx, card_round(cx));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card")), 1);
  cx->now = noon(8);                                                     /* a week has passed: another card, never the same */
  OK(cx, card_round(cx));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card")), 2);
  INT(count(cx, SQL("SELECT COUNT(*) FROM (SELECT DISTINCT instrument FROM card) q")), 2);
}

TEST_STORES(cadence_holds_and_once_is_once) {
  Place p;
  place_new(cx, &p);
  cx->now = noon(0);
  done_for(cx, p.ana, p.sofie, 30 * DAY);
  all_are_drawn(cx);
  only(cx, "near");
  OK(cx, cadence_rest_set(cx, 0));
  for (int day = 0; day < 100; day++) { cx->now = noon(day); if (day == 80) done_for(cx, p.ana, p.sofie, DAY); OK(cx, card_round(cx)); }
  INT(count(cx, SQL("SELECT COUNT(*) FROM card")), 2);                    /* the first day, and ninety days later */
  only(cx, "expected");
  for (int day = 100; day < 160; day++) { cx->now = noon(day); OK(cx, card_round(cx)); }
  INT(count(cx, SQL("SELECT COUNT(*) FROM card WHERE instrument = 'expected'")), 1);
}

TEST_STORES(nobody_who_serves_has_a_say) {
  Place p;
  Rows cards;
  place_new(cx, &p);
  cx->now = noon(0);
  done_for(cx, p.ana, p.sofie, 30 * DAY);
  done_for(cx, p.olu, p.yusuf, 30 * DAY);
  done_for(cx, p.yusuf, p.sofie, 30 * DAY);                               /* who serves the team is not asked about it */
  all_are_drawn(cx);
  only(cx, "near");
  int64_t share = 40;
  share_of(cx, instrument_named(S("near")), share);
  for (int day = 0; day < 20; day++) { cx->now = noon(day); OK(cx, card_round(cx)); }
  int64_t person[] = { p.ana, p.olu };
  for (size_t i = 0; i < COUNT(person); i++) {                            /* who owned the request changed nothing: the draw says the day */
    int64_t first = noon(0) / DAY;
    while (card_draw(cx->site, S("near"), first, person[i]) >= share * 10000) first++;
    OK(cx, card_of(cx, person[i], &cards));
    INT(cards.n, 1);
    INT(ROW(Card, cards, 0)->day, first);
  }
  OK(cx, card_of(cx, p.yusuf, &cards));
  INT(cards.n, 0);
  int64_t out = count(cx, SQL("SELECT MIN(id) FROM outbox WHERE kind = 'card'"));
  OK(cx, db_run(cx, SQL("UPDATE outbox SET state = 'waiting' WHERE id = ?1"), V(out)));
  act_as(cx, p.admin);
  ERR(cx, outbox_stop(cx, out), E_DENIED);
  act_as(cx, p.sofie);
  ERR(cx, outbox_stop(cx, out), E_DENIED);
  ERR(cx, consent_set(cx, p.ana, S("verdicts"), false), E_DENIED);
  ERR(cx, card_of(cx, p.ana, &cards), E_DENIED);
  const Instrument *in = instrument_named(S("near"));
  Cadence c = { .is_on = 0, .every_days = 90, .share = 7 };
  ERR(cx, cadence_set(cx, in, &c), E_DENIED);                             /* and that would be for all alike */
  ERR(cx, cadence_rest_set(cx, 30), E_DENIED);
  act_as(cx, p.admin);
  c.every_days = 10;
  ERR(cx, cadence_set(cx, in, &c), E_INVALID);
  c.every_days = 60;
  OK(cx, cadence_set(cx, in, &c));
  OK(cx, cadence_get(cx, in, &c));
  IS(c.changed_by, S("Lars Holm"));
  INT(c.is_on, 0);
}

TEST_STORES(who_does_not_want_to_be_asked_is_not) {
  Place p;
  place_new(cx, &p);
  cx->now = noon(0);
  done_for(cx, p.ana, p.sofie, 30 * DAY);
  all_are_drawn(cx);
  act_as(cx, p.ana);
  OK(cx, consent_set(cx, p.ana, S("verdicts"), false));
  as_system(cx);
  OK(cx, card_round(cx));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card")), 0);
  INT(count(cx, SQL("SELECT SUM(drawn) FROM card_round")), 5);            /* drawn, and left in peace */
  INT(count(cx, SQL("SELECT SUM(asked) FROM card_round")), 0);
}

TEST_STORES(no_more_than_two_lie_open) {
  Place p;
  place_new(cx, &p);
  cx->now = noon(0);
  done_for(cx, p.ana, p.sofie, 30 * DAY);
  all_are_drawn(cx);
  OK(cx, cadence_rest_set(cx, 0));
  OK(cx, card_round(cx));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card")), 2);
  cx->now = noon(20);                                                    /* both are over */
  OK(cx, card_round(cx));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card")), 4);
}

TEST_STORES(not_at_night) {
  Place p;
  place_new(cx, &p);
  cx->now = noon(0) - 4 * HOUR;
  done_for(cx, p.ana, p.sofie, 30 * DAY);
  all_are_drawn(cx);
  OK(cx, card_round(cx));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card_round")), 0);
}

static Card asked(Cx *cx, Place *p, const char *instrument) {
  Rows cards;
  place_new(cx, p);
  cx->now = noon(0);
  done_for(cx, p->ana, p->sofie, 30 * DAY);
  all_are_drawn(cx);
  only(cx, instrument);
  OK(cx, card_round(cx));
  OK(cx, card_of(cx, p->ana, &cards));
  INT(cards.n, 1);
  return *ROW(Card, cards, 0);
}

TEST_STORES(one_reminder_then_silence) {
  Place p;
  Card c = asked(cx, &p, "recommend");
  for (int day = 1; day < 20; day++) { cx->now = noon(day); OK(cx, card_round(cx)); }
  INT(count(cx, SQL("SELECT COUNT(*) FROM outbox WHERE kind = 'card'")), 2);
  act_as(cx, p.ana);
  ERR(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ 9 }, S("")), E_CONFLICT);
  MUST(card_over(&c, cx->now));
  OK(cx, card_get(cx, c.id, &c));
  INT(c.answered_at, 0);
  INT(c.score, -1);
}

TEST_STORES(an_answered_card_is_not_reminded_of) {
  Place p;
  Card c = asked(cx, &p, "recommend");
  Card waits;
  act_as(cx, p.ana);
  OK(cx, card_waiting(cx, p.ana, &waits));
  INT(waits.id, c.id);
  OK(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ 9 }, S(" They call back. ")));
  OK(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ 0 }, S("They call back.")));     /* while it is open they may think again */
  ERR(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ 11 }, S("")), E_INVALID);
  ERR(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ -1 }, S("words alone")), E_INVALID);
  int64_t values[INSTRUMENT_ITEMS];
  Card open;
  ERR(cx, card_waiting(cx, p.ana, &open), E_ABSENT);
  OK(cx, card_get(cx, c.id, &c));
  OK(cx, card_values(cx, &c, values));
  INT(values[0], 0);
  INT(c.score, 0);
  IS(c.words, S("They call back."));
  act_as(cx, p.sofie);
  ERR(cx, card_get(cx, c.id, &c), E_ABSENT);
  ERR(cx, card_answer(cx, &c, values, S("")), E_DENIED);
  as_system(cx);
  for (int day = 1; day < 12; day++) { cx->now = noon(day); OK(cx, card_round(cx)); }
  INT(count(cx, SQL("SELECT COUNT(*) FROM outbox WHERE kind = 'card'")), 1);
}

TEST_STORES(the_person_takes_their_cards_along) {
  Place p;
  Card c = asked(cx, &p, "near");
  act_as(cx, p.ana);
  OK(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ 6 }, S("They know the line.")));
  Buf all = { .arena = a };
  OK(cx, person_export(cx, p.ana, &all));
  MUST(str_find(buf_str(&all), S("\"card\":\"near\",\"answers\":{\"near\":6},\"words\":\"They know the line.\"")) != SIZE_MAX);
}

TEST_STORES(the_way_in_opens_that_card_alone) {
  Place p;
  Card c = asked(cx, &p, "near"), got;
  Str token = card_token(cx, c.id);
  cx->actor = (Actor){ 0 };
  OK(cx, card_open(cx, token, &got));
  INT(cx->actor.party, p.ana);
  INT(cx->actor.only_request, LINK_NO_REQUEST);
  Link l;
  MUST(!link_read(cx->site, token, cx->now, &l));                         /* and is no link of the other kind */
  cx->actor = (Actor){ 0 };
  ERR(cx, card_open(cx, str_fmt(a, "%lld", (long long)c.id), &got), E_ABSENT);
  ERR(cx, card_open(cx, str_cat(a, S("9"), token), &got), E_ABSENT);
  ERR(cx, card_open(cx, str_head(token, token.n - 1), &got), E_ABSENT);
  ERR(cx, card_open(cx, S(""), &got), E_ABSENT);
  INT(cx->actor.party, 0);
  act_as(cx, p.ana);
  OK(cx, card_open(cx, str_fmt(a, "%lld", (long long)c.id), &got));
}

TEST(what_a_card_comes_to) {
  (void)a;
  static const struct { int line; const char *name; int64_t v[INSTRUMENT_ITEMS]; int64_t score; } cases[] = {
    { __LINE__, "recommend", { 0 }, 0 }, { __LINE__, "recommend", { 10 }, 10 }, { __LINE__, "recommend", { -1 }, -1 },
    { __LINE__, "near", { 1 }, 0 }, { __LINE__, "near", { 7 }, 10000 }, { __LINE__, "near", { 4 }, 5000 }, { __LINE__, "near", { 8 }, -1 },
    { __LINE__, "rater", { 7, 7, 7, 7, 7 }, 10000 }, { __LINE__, "rater", { 6, 6, 6, 6, -1 }, 8333 }, { __LINE__, "rater", { 6, 6, 6, -1, -1 }, -1 },
    { __LINE__, "proximity", { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 0 }, { __LINE__, "proximity", { 7, 7, 7, 7, 7, 7, 7, 7, -1, -1 }, 10000 },
    { __LINE__, "proximity", { 7, 7, 7, 7, 7, 7, 7, -1, -1, -1 }, -1 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) INT_AT(cases[i].line, instrument_score(instrument_named(str_z(cases[i].name)), cases[i].v), cases[i].score);
}

/* ── the verdict, in full or in short ────────────────────────────────── */

static int64_t full_of(Cx *cx, int64_t request) {
  int64_t full;
  OK(cx, db_int(cx, &full, SQL("SELECT more FROM verdict WHERE request_id = ?1 ORDER BY id DESC LIMIT 1"), V(request)));
  return full;
}

TEST_STORES(a_first_verdict_and_a_complaint_are_asked_in_full) {
  Place p;
  place_new(cx, &p);
  cx->now = noon(0);
  INT(full_of(cx, done_for(cx, p.ana, p.sofie, 3 * DAY).id), 1);          /* the first ever */
  INT(full_of(cx, done_for(cx, p.ana, p.sofie, 2 * DAY).id), 0);          /* a day later: only whether it is sorted */
  Request r;
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("I was shouted at"), .kind = S("complaint") }, &r));
  act_as(cx, p.sofie);
  OK(cx, act_answer(cx, &r, &(ActNew){ .text = S("I am sorry.") }));
  INT(full_of(cx, r.id), 1);
  cx->now += 9 * DAY;
  INT(full_of(cx, done_for(cx, p.ana, p.sofie, 0).id), 1);                /* the week is over, nothing else is open */
}

TEST_STORES(of_several_one_is_drawn) {
  Place p;
  place_new(cx, &p);
  cx->now = noon(0);
  done_for(cx, p.ana, p.sofie, 60 * DAY);
  int first = 0;
  for (int week = 0; week < 24; week++) {                                /* three at once, each week: one of the three, not always the first */
    Request r[3];
    int full = 0;
    cx->now = noon(8 * week);
    for (int i = 0; i < 3; i++) {
      act_as(cx, p.ana);
      OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .text = S("Another thing") }, &r[i]));
    }
    for (int i = 0; i < 3; i++) {
      act_as(cx, p.sofie);
      OK(cx, request_get(cx, r[i].id, &r[i]));
      OK(cx, act_answer(cx, &r[i], &(ActNew){ .text = S("Done.") }));
      full += (int)full_of(cx, r[i].id);
      first += i == 0 && full;
    }
    INT(full, 1);
  }
  MUST(first > 1 && first < 20);                                         /* eight are expected */
}

/* ── what the answers come to ────────────────────────────────────────── */

static void card_put(Cx *cx, const char *instrument, int64_t who, int64_t team, int64_t organisation, const char *channel, int64_t score, int64_t ago) {
  int64_t at = cx->now - ago;
  OK(cx, db_run(cx, SQL("INSERT INTO card(instrument, asked_of, team_id, organisation_id, channel, day, draw, below, asked_at, ends_at, answered_at, score, words)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, 1, 1, 2, ?6, ?7, ?8, ?9, ?10)"),
             V(str_z(instrument)), V(who), V(team), VID(organisation), V(str_z(channel)), V(at), V(at + CARD_LIFE), V(score < 0 ? (int64_t)0 : at + HOUR), V(score),
             V(score == 10 ? S("Quick and kind.") : S(""))));
}

TEST_STORES(the_score_stands_beside_who_kept_silent) {
  Place p;
  Score s;
  Rows words, places;
  place_new(cx, &p);
  cx->now = noon(0);
  const Instrument *in = instrument_named(S("recommend"));
  ScoreScope of = { .from = cx->now - 90 * DAY, .to = cx->now + 1 };
  as_system(cx);
  OK(cx, score_get(cx, in, &of, &s));
  INT(s.asked, 0);
  INT(s.score.show, SHOW_NONE);
  card_put(cx, "recommend", p.ana, p.it, p.house, "mail", -1, DAY);
  OK(cx, score_get(cx, in, &of, &s));
  INT(s.open, 1);
  INT(s.silent, 0);                                                      /* there is still time */
  INT(s.answered.n, 0);
  static const int mail[] = { 9, 10, 10, 8, 7, 9 }, page[] = { 3, 6, 9, 2, 8 };
  for (size_t i = 0; i < COUNT(mail); i++) card_put(cx, "recommend", p.ana, p.it, p.house, "mail", mail[i], 20 * DAY);
  for (size_t i = 0; i < COUNT(page); i++) card_put(cx, "recommend", p.olu, p.it, p.customer, "page", page[i], 20 * DAY);
  for (size_t i = 0; i < 9; i++) card_put(cx, "recommend", p.olu, p.it, p.customer, "page", -1, 20 * DAY);
  card_put(cx, "recommend", p.ana, p.it, p.house, "mail", 0, 200 * DAY);                     /* long ago */
  OK(cx, score_get(cx, in, &of, &s));
  INT(s.asked, 21);
  INT(s.silent, 9);
  INT(s.answered.k, 11);
  INT(s.answered.n, 20);
  INT(s.score.n, 11);
  MUST(s.score.value > 18.1 && s.score.value < 18.2);                    /* 5 promoters, 3 detractors of 11 */
  MUST(s.score.bounds.lo == -35 && s.score.bounds.hi == 55);             /* (5 - 3 - 9) / 20, (5 - 3 + 9) / 20 */
  INT(s.steps[9], 3);
  INT(s.steps[2], 1);
  MUST(s.is_weighed && !s.by_organisation);
  MUST(s.weighed.value > -8.1 && s.weighed.value < -7.9);                /* .3 x 4/6 - .7 x 2/5, in points */
  OK(cx, score_places(cx, in, &of, &s, true, &places));
  INT(places.n, 2);
  IS(ROW(ScorePlace, places, 1)->name, S("Nordpris"));
  INT(ROW(ScorePlace, places, 1)->answered.n, 14);
  INT(ROW(ScorePlace, places, 1)->score.answer_n, 0);                    /* never the answers of a few, so closely */
  OK(cx, score_words(cx, in, &of, 5, &words));
  INT(words.n, 2);
}

TEST_STORES(a_score_is_of_the_teams_one_may_see) {
  Place p;
  Score s;
  place_new(cx, &p);
  cx->now = noon(0);
  const Instrument *in = instrument_named(S("near"));
  ScoreScope of = { .from = cx->now - 90 * DAY, .to = cx->now + 1 };
  card_put(cx, "near", p.ana, p.it, p.house, "mail", 10000, 20 * DAY);
  card_put(cx, "near", p.priya, p.hr, p.house, "mail", 0, 20 * DAY);                        /* closed to others */
  const struct { int64_t who; int64_t sees; } rows[] = { { p.sofie, 1 }, { p.noor, 1 }, { p.admin, 1 }, { p.grace, 1 }, { p.ana, 0 }, { p.olu, 0 } };
  for (size_t i = 0; i < COUNT(rows); i++) {
    act_as(cx, rows[i].who);
    OK(cx, score_get(cx, in, &of, &s));
    INT(s.asked, rows[i].sees);
    if (rows[i].sees) INT(s.score.value == 0, rows[i].who == p.grace);
    if (rows[i].sees) IS(s.score.answers[0], rows[i].who == p.grace ? S("1") : S("7"));
    ScoreScope house = of;
    house.organisation = p.house;
    OK(cx, score_get(cx, in, &house, &s));
    INT(s.asked, rows[i].sees);
    INT(s.score.answer_n, 0);                                            /* of one organisation few are only counted */
    INT(s.steps[0] + s.steps[6], 0);
  }
  act_as(cx, p.sofie);
  cx->actor.only_request = 5;
  OK(cx, score_get(cx, in, &of, &s));
  INT(s.asked, 0);
}

TEST_STORES(each_line_on_its_own) {
  Place p;
  Score s;
  place_new(cx, &p);
  cx->now = noon(0);
  const Instrument *in = instrument_named(S("rater"));
  ScoreScope of = { .from = cx->now - 90 * DAY, .to = cx->now + 1 };
  int64_t id;
  card_put(cx, "rater", p.ana, p.it, p.house, "mail", -1, 3 * DAY);
  OK(cx, db_int_(cx, &id, SQL("SELECT MAX(id) FROM card"), NULL, 0));
  act_as(cx, p.ana);
  Card c;
  OK(cx, card_get(cx, id, &c));
  OK(cx, card_answer(cx, &c, (int64_t[INSTRUMENT_ITEMS]){ 7, 4, 1, 4, -1 }, S("")));
  as_system(cx);
  OK(cx, score_get(cx, in, &of, &s));
  INT(s.score.n, 1);
  MUST(s.items[0].value == 100 && s.items[1].value == 50 && s.items[2].value == 0);
  INT(s.items[4].show, SHOW_NONE);
  IS(s.items[0].answers[0], S("7"));
}

/* ── days added up ───────────────────────────────────────────────────── */

static Str card_sums(Cx *cx) {
  typedef struct { int64_t day, team_id, organisation_id; Str instrument, kind, channel, scores; } Kept;
  static const Col cols[] = { COL(Kept, day), COL(Kept, team_id), COL(Kept, organisation_id), COL(Kept, instrument), COL(Kept, kind), COL(Kept, channel), COL(Kept, scores) };
  static const Shape shape = SHAPE(Kept, cols);
  Rows rows;
  Buf b = { .arena = cx->arena };
  OK(cx, db_rows_(cx, &shape, &rows, SQL("SELECT day, team_id, organisation_id, instrument, kind, channel, scores FROM card_day WHERE scores <> ''"
                                         " ORDER BY instrument, kind, day, team_id, organisation_id, channel"), NULL, 0));
  for (size_t i = 0; i < rows.n; i++) {
    const Kept *k = ROW(Kept, rows, i);
    buf_fmt(&b, "%lld %lld %lld " STR_FMT " " STR_FMT " " STR_FMT ": " STR_FMT "\n", (long long)k->day, (long long)k->team_id, (long long)k->organisation_id, STR_ARG(k->instrument),
            STR_ARG(k->kind), STR_ARG(k->channel), STR_ARG(k->scores));
  }
  return buf_str(&b);
}

static void same_figure(const Figure *a, const Figure *b) {
  INT(a->k, b->k);
  INT(a->n, b->n);
  INT(a->silent, b->silent);
  INT(a->show, b->show);
  if (a->n) MUST(a->value - b->value < 1e-9 && b->value - a->value < 1e-9 && a->ci.lo - b->ci.lo < 1e-9 && b->ci.hi - a->ci.hi < 1e-9);
}

static void read_themselves(Cx *cx, bool yes) {
  if (yes) OK(cx, db_run_(cx, NULL, SQL("UPDATE bookmark SET at = -at WHERE name = 'card-days' AND at > 0"), NULL, 0));
  else OK(cx, db_run_(cx, NULL, SQL("UPDATE bookmark SET at = -at WHERE name = 'card-days' AND at < 0"), NULL, 0));
}

static void same_score_either_way(Cx *cx, const Instrument *in, const ScoreScope *of) {
  Score days, cards;
  Rows a, b;
  OK(cx, score_get(cx, in, of, &days));
  OK(cx, score_places(cx, in, of, &days, true, &a));
  read_themselves(cx, true);
  OK(cx, score_get(cx, in, of, &cards));
  OK(cx, score_places(cx, in, of, &cards, true, &b));
  read_themselves(cx, false);
  INT(days.asked, cards.asked);
  INT(days.open, cards.open);
  INT(days.silent, cards.silent);
  INT(days.is_weighed, cards.is_weighed);
  same_figure(&days.score, &cards.score);
  same_figure(&days.answered, &cards.answered);
  same_figure(&days.weighed, &cards.weighed);
  for (int i = 0; i < SCORE_STEPS; i++) INT(days.steps[i], cards.steps[i]);
  INT(a.n, b.n);
  for (size_t i = 0; i < a.n; i++) same_figure(&ROW(ScorePlace, a, i)->score, &ROW(ScorePlace, b, i)->score);
}

static void answer_some(Cx *cx, const Instrument *in, int64_t who, Rng *rng) {
  Rows rows;
  int64_t values[INSTRUMENT_ITEMS];
  act_as(cx, who);
  OK(cx, card_of(cx, who, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Card *c = ROW(Card, rows, i);
    if (card_over(c, cx->now) || rng_below(rng, 2)) continue;
    for (size_t k = 0; k < INSTRUMENT_ITEMS; k++) values[k] = k < in->n ? in->lo + (int64_t)rng_below(rng, (uint64_t)(in->hi - in->lo + 1)) : -1;
    OK(cx, card_answer(cx, c, values, S("")));
  }
  as_system(cx);
}

TEST_STORES(days_of_cards_are_the_cards) {
  Place p;
  Rng rng = rng_seed(3);
  place_new(cx, &p);
  cx->now = noon(0) + 17 * MINUTE;
  as_system(cx);
  const Instrument *in = instrument_named(S("recommend"));
  const char *const channels[] = { "mail", "page", "api" };
  for (int i = 0; i < 400; i++) {
    bool ours = rng_below(&rng, 3);
    card_put(cx, in->name, ours ? p.ana : p.olu, rng_below(&rng, 4) ? p.it : p.hr, ours ? p.house : p.customer, channels[rng_below(&rng, 3)], (int64_t)rng_below(&rng, 12) - 1,
             (int64_t)rng_below(&rng, 70 * DAY));
  }
  for (int i = 0; i < 30; i++) card_put(cx, in->name, p.ana, p.it, p.house, "mail", -1, CARD_LIFE - 12 * HOUR + (int64_t)rng_below(&rng, DAY));     /* the day on which their time is over */
  OK(cx, card_day_anew(cx));
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 6; i++) {
      ScoreScope of = { .from = cx->now - (int64_t)rng_below(&rng, 70 * DAY), .to = cx->now + 1 - (int64_t)rng_below(&rng, 9) * DAY };
      if (i == 1) of.team = p.it;
      if (i == 2) of.organisation = p.customer;
      same_score_either_way(cx, in, &of);
    }
    answer_some(cx, in, p.ana, &rng);
    answer_some(cx, in, p.olu, &rng);
  }
  Str moved = card_sums(cx);
  MUST(moved.n > 100);
  OK(cx, card_day_anew(cx));
  IS(card_sums(cx), moved);
}
