/* Journeys: who may draw them, what a version keeps, how walks are read from the loop, and what is never claimed. */
#include <math.h>
#include "desk/act.h"
#include "desk/journey_near.h"
#include "desk/instrument.h"
#include "desk/message.h"
#include "desk_fixture.h"
#include "test.h"

static Touchpoint *put(Arena *a, Cx *cx, const Journey *j, const char *name, const char *phase, const char *act, int64_t service, const char *word) {
  Touchpoint *t = NEW(a, Touchpoint);
  *t = (Touchpoint){ .name = str_z(name), .phase = str_z(phase), .lane = S("customer"), .kind = S("communication"), .act = str_z(act), .service_id = service, .word = str_z(word) };
  OK(cx, touchpoint_put(cx, j, t));
  return t;
}

static Journey draw(Cx *cx, const char *name, int64_t team) {
  Journey j = { 0 };
  OK(cx, journey_new(cx, &(JourneyNew){ .name = str_z(name), .days = 30, .team_id = team }, &j));
  return j;
}

static Str names(Arena *a, Cx *cx, const Journey *j, int64_t number) {
  Rows rows;
  Buf b = { .arena = a };
  OK(cx, touchpoint_list(cx, j->id, number, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Touchpoint *t = ROW(Touchpoint, rows, i);
    buf_fmt(&b, "%s%c:" STR_FMT, i ? " " : "", t->phase.p[0], STR_ARG(t->name));
  }
  return buf_str(&b);
}

TEST_STORES(a_map_is_drawn_and_put_in_force) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.sofie);
  Journey j = draw(cx, "Starting here", 0);
  IS(j.code, str_fmt(a, "J%lld", (long long)j.id));
  INT(j.in_force, 0);
  ERR(cx, journey_publish(cx, &j, S("first")), E_INVALID);               /* nothing on it */
  Touchpoint *one = put(a, cx, &j, "A", "before", "", 0, ""), *two = put(a, cx, &j, "B", "before", "", 0, ""), *three = put(a, cx, &j, "C", "after", "", 0, "");
  IS(three->code, S("T3"));
  IS(names(a, cx, &j, 0), S("b:A b:B a:C"));
  OK(cx, touchpoint_move(cx, &j, one, true));
  IS(names(a, cx, &j, 0), S("b:B b:A a:C"));
  OK(cx, touchpoint_move(cx, &j, one, true));                            /* over the edge, into the next phase */
  IS(names(a, cx, &j, 0), S("b:B d:A a:C"));
  OK(cx, touchpoint_move(cx, &j, three, false));
  OK(cx, touchpoint_move(cx, &j, three, false));
  IS(names(a, cx, &j, 0), S("b:B d:C d:A"));
  OK(cx, touchpoint_move(cx, &j, two, false));                           /* the first stays the first */
  IS(names(a, cx, &j, 0), S("b:B d:C d:A"));
  ERR(cx, journey_publish(cx, &j, S("  ")), E_INVALID);
  OK(cx, journey_publish(cx, &j, S("first")));
  INT(j.in_force, 1);
  INT(j.worked, 0);
  OK(cx, touchpoint_remove(cx, &j, two, true));
  OK(cx, journey_get(cx, j.id, &j));
  INT(j.worked, 1);
  IS(names(a, cx, &j, 0), S("d:C d:A"));
  IS(names(a, cx, &j, 1), S("b:B d:C d:A"));                             /* what was published stays */
  OK(cx, touchpoint_remove(cx, &j, two, false));
  IS(names(a, cx, &j, 0), S("b:B d:C d:A"));
  OK(cx, touchpoint_remove(cx, &j, three, true));
  IS(put(a, cx, &j, "D", "after", "", 0, "")->code, S("T4"));            /* no code comes twice */
  OK(cx, journey_publish(cx, &j, S("second")));
  Rows versions;
  OK(cx, journey_versions(cx, j.id, &versions));
  INT(versions.n, 2);
  INT(ROW(JourneyVersion, versions, 0)->number, 2);
  INT(ROW(JourneyVersion, versions, 0)->stages, 3);
  IS(ROW(JourneyVersion, versions, 1)->note, S("first"));
  OK(cx, journey_take_up(cx, &j, 1));
  IS(names(a, cx, &j, 0), S("b:B d:C d:A"));
  INT(j.worked, 1);
  INT(j.in_force, 2);
}

TEST_STORES(what_a_map_cannot_hold_is_refused) {
  Place p;
  Journey j;
  place_new(cx, &p);
  act_as(cx, p.sofie);
  static const struct { int line; JourneyNew in; const char *field; } cases[] = {
    { __LINE__, { .name = { "  ", 2 }, .days = 3 }, "name" },
    { __LINE__, { .name = { "x", 1 } }, "days" },
    { __LINE__, { .name = { "x", 1 }, .days = 731 }, "days" },
    { __LINE__, { .name = { "x", 1 }, .days = 3, .whose = { "mine", 4 } }, "whose" },
    { __LINE__, { .name = { "x", 1 }, .days = 3, .whose = { "tag", 3 } }, "whose_word" },
    { __LINE__, { .name = { "x", 1 }, .days = 3, .whose = { "service", 7 }, .whose_id = 999 }, "whose_id" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    INT_AT(cases[i].line, journey_new(cx, &cases[i].in, &j), E_INVALID);
    IS_AT(cases[i].line, cx->field, str_z(cases[i].field));
  }
  j = draw(cx, "x", 0);
  static const struct { int line; const char *name, *phase, *lane, *kind, *act, *field; } wrong[] = {
    { __LINE__, "", "before", "customer", "action", "", "name" }, { __LINE__, "x", "later", "customer", "action", "", "phase" },
    { __LINE__, "x", "after", "balcony", "action", "", "lane" },  { __LINE__, "x", "after", "support", "dance", "", "kind" },
    { __LINE__, "x", "after", "support", "action", "sing", "act" },
  };
  for (size_t i = 0; i < COUNT(wrong); i++) {
    Touchpoint t = { .name = str_z(wrong[i].name), .phase = str_z(wrong[i].phase), .lane = str_z(wrong[i].lane), .kind = str_z(wrong[i].kind), .act = str_z(wrong[i].act) };
    INT_AT(wrong[i].line, touchpoint_put(cx, &j, &t), E_INVALID);
    IS_AT(wrong[i].line, cx->field, str_z(wrong[i].field));
  }
}

TEST_STORES(maps_are_read_by_who_serves_and_drawn_by_who_leads) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.admin);
  Journey house = draw(cx, "The house's", 0), it = draw(cx, "IT's", p.it);
  cx->actor = (Actor){ .system = true };
  Journey hr = draw(cx, "HR's", p.hr);
  const struct { int line; int64_t who; bool reads[3], draws[3]; } cases[] = {
    { __LINE__, p.admin, { true, true, false },  { true, true, false } },
    { __LINE__, p.noor,  { true, true, false },  { true, true, false } },
    { __LINE__, p.sofie, { true, true, false },  { true, true, false } },
    { __LINE__, p.yusuf, { true, true, false },  { false, false, false } },
    { __LINE__, p.grace, { true, true, true },   { false, false, false } },
    { __LINE__, p.ana,   { false, false, false },{ false, false, false } },
    { __LINE__, 0,       { false, false, false },{ false, false, false } },
  };
  const Journey *all[] = { &house, &it, &hr };
  for (size_t i = 0; i < COUNT(cases); i++) {
    act_as(cx, cases[i].who);
    Rows list;
    int64_t seen = 0;
    for (int k = 0; k < 3; k++) {
      Journey j;
      bool may;
      seen += cases[i].reads[k];
      INT_AT(cases[i].line, journey_get(cx, all[k]->id, &j), cases[i].reads[k] ? E_OK : E_ABSENT);
      OK(cx, journey_may_change(cx, all[k], &may));
      INT_AT(cases[i].line, may, cases[i].draws[k]);
      if (!may) ERR(cx, touchpoint_put(cx, all[k], &(Touchpoint){ .name = S("x"), .phase = S("after"), .lane = S("customer"), .kind = S("action") }), E_DENIED);
    }
    OK(cx, journey_list(cx, false, &list));
    INT_AT(cases[i].line, list.n, seen);
  }
  act_as(cx, p.sofie);
  cx->actor.only_request = 1;                                            /* a mailed link is never more than its one request */
  ERR(cx, journey_get(cx, house.id, &house), E_ABSENT);
}

/* ── walks ───────────────────────────────────────────────────────────── */

static Request ask(Cx *cx, int64_t who, int64_t service, const char *subject) {
  Request r = { 0 };
  act_as(cx, who);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = who, .service_id = service, .subject = str_z(subject), .text = S("Please."), .channel = S("mail"), .quiet = true }, &r));
  return r;
}
static void answer(Cx *cx, int64_t who, Request *r, int64_t after) {
  cx->now += after;
  act_as(cx, who);
  OK(cx, act_answer(cx, r, &(ActNew){ .act = LOOP_ACT_REPORT, .text = S("Here it is.") }));
}
static void judge(Cx *cx, Request *r, const char *sorted, int64_t ease, const char *bar, const char *words) {
  cx->now += MINUTE;
  act_as(cx, r->asker_id);
  bool yes = !strcmp(sorted, "yes");
  OK(cx, act_do(cx, r, &(ActNew){ .act = yes ? LOOP_ACT_ACCEPT : LOOP_ACT_NOT_YET, .sorted = str_z(sorted), .ease = ease, .against_bar = str_z(bar), .text = str_z(words) }));
}

static JourneyMeasures measured(Cx *cx, const Journey *j, int64_t who, Walks *w) {
  Rows map;
  act_as(cx, who);
  TraceFilter f = { .from = cx->now - 60 * DAY, .to = cx->now + MINUTE };
  OK(cx, touchpoint_list(cx, j->id, 0, &map));
  OK(cx, trace_walks(cx, j, &map, &f, w));
  return journey_measures(cx, w, &f);
}

static Journey laptops(Arena *a, Cx *cx, const Place *p) {
  act_as(cx, p->sofie);
  Journey j = draw(cx, "A laptop", 0);
  put(a, cx, &j, "Asks", "before", "request", p->service_it, "laptop");
  put(a, cx, &j, "Gets it", "during", "report", p->service_it, "laptop");
  put(a, cx, &j, "Gets a bag", "after", "report", p->service_it, "bag");
  return j;
}

TEST_STORES(nothing_walked_is_nothing_claimed) {
  Place p;
  Walks w;
  place_new(cx, &p);
  Journey j = laptops(a, cx, &p);
  JourneyMeasures m = measured(cx, &j, p.sofie, &w);
  INT(m.walks, 0);
  INT(m.stage_n, 3);
  INT(m.stages[0].wait.show, SHOW_NONE);
  INT(m.stages[1].good.show, SHOW_NONE);
  INT(m.remembered.show, SHOW_NONE);
  INT(m.planned.show, SHOW_NONE);
  INT(m.went_n, 0);
  INT(m.mend_n, 0);
  act_as(cx, p.sofie);
  Journey empty = draw(cx, "Nothing on it", 0);
  m = measured(cx, &empty, p.sofie, &w);
  INT(m.stage_n, 0);
  INT(m.walks, 0);
}

TEST_STORES(a_walk_is_read_from_the_loop) {
  Place p;
  Walks w;
  place_new(cx, &p);
  Journey j = laptops(a, cx, &p);
  Request laptop = ask(cx, p.ana, p.service_it, "A laptop, please");
  answer(cx, p.yusuf, &laptop, 3 * HOUR);
  judge(cx, &laptop, "no", 2, "below", "It was the old one.");
  answer(cx, p.yusuf, &laptop, HOUR);
  judge(cx, &laptop, "yes", 6, "at", "");
  cx->now += DAY;
  Request other = ask(cx, p.ana, p.service_it, "Printer eats paper");
  (void)other;
  JourneyMeasures m = measured(cx, &j, p.sofie, &w);
  INT(m.walks, 1);
  INT(m.still, 1);
  INT(w.at[0].id, laptop.id);
  INT(w.at[0].n, 3);
  INT(w.at[0].reached, 2);                                               /* the bag may still come */
  INT(w.at[0].steps[0].place, 0);
  INT(w.at[0].steps[1].place, 1);
  INT(w.at[0].steps[1].wait, 3 * HOUR);                                  /* on her clock: from the asking to the first report */
  MUST(w.at[0].steps[1].carries && !w.at[0].steps[0].carries);
  INT(w.at[0].steps[2].place, -1);
  INT(w.at[0].steps[2].kind, STEP_AD_HOC);
  INT(m.stages[0].visits, 1);
  INT(m.stages[0].good.n, 0);                                            /* the verdict is told once, where it was delivered */
  INT(m.stages[1].good.n, 1);
  INT(m.stages[1].good.k, 0);                                            /* what she said when first asked */
  INT(m.stages[1].good.show, SHOW_LIST);
  IS(m.stages[1].good.answers[0], S("not sorted, ease 2 of 7"));
  IS(m.stages[1].worst.words, S("It was the old one."));
  INT(m.stages[1].worst.request_id, laptop.id);
  INT(m.stages[1].kept.n + m.stages[1].renegotiated + m.stages[1].silent, 1);
  MUST(m.stages[1].effort.value >= 1);
  INT(m.went_n, 1);
  INT(m.went[0].went, WENT_ELSEWHERE);
  INT(m.bad.k, 1);
  MUST(m.stages[1].priority == 0);                                       /* one answer is no share */
  INT(m.remembered.n, 1);
  double *ratings;
  INT(walk_ratings(a, &w.at[0], &ratings), 2);
  MUST(fabs(ratings[0] - 100.0 / 12) < 1e-9 && fabs(ratings[1] - (500.0 / 6 + 100) / 2) < 1e-9);
  cx->now += 40 * DAY;                                                   /* now the walk is over, and the bag never came */
  m = measured(cx, &j, p.sofie, &w);
  INT(m.still, 0);
  INT(m.went_n, 2);
  INT(m.went[0].went, WENT_MISSING);
  INT(m.went[0].place, 2);
  const Step *s;
  MUST(walk_went(&w.at[0], &m.went[0], &s) && !s);
  MUST(walk_went(&w.at[0], &m.went[1], &s) && s->place == -1);
}

TEST_STORES(nobody_reads_a_walk_they_may_not_see) {
  Place p;
  Walks w;
  place_new(cx, &p);
  Journey j = laptops(a, cx, &p);
  act_as(cx, p.sofie);
  put(a, cx, &j, "Asks for pay", "after", "request", p.service_hr, "");
  Request laptop = ask(cx, p.ana, p.service_it, "laptop");
  answer(cx, p.yusuf, &laptop, HOUR);
  judge(cx, &laptop, "yes", 7, "above", "Xqlovely");
  ask(cx, p.ana, p.service_hr, "salary");
  JourneyMeasures m = measured(cx, &j, p.sofie, &w);
  INT(m.walks, 1);
  INT(w.at[0].n, 2);                                                     /* HR is closed to others */
  m = measured(cx, &j, p.grace, &w);
  INT(m.walks, 1);
  INT(w.at[0].n, 1);
  INT(w.at[0].steps[0].place, 3);
  m = measured(cx, &j, p.noor, &w);
  INT(w.at[0].n, 2);
  m = measured(cx, &j, p.olu, &w);
  INT(m.walks, 0);
  m = measured(cx, &j, 0, &w);
  INT(m.walks, 0);
  m = measured(cx, &j, p.ana, &w);                                       /* her own, but not what is only told to those who serve */
  INT(w.n ? (int)w.at[0].n : 0, 3);
  INT(m.stages[1].good.n, 0);
}

TEST_STORES(loops_and_wrong_turns_are_told_apart) {
  Place p;
  Walks w;
  place_new(cx, &p);
  Journey j = laptops(a, cx, &p);
  Request bag = ask(cx, p.ana, p.service_it, "bag");                     /* ana: the bag before the laptop */
  answer(cx, p.yusuf, &bag, HOUR);
  Request first = ask(cx, p.ana, p.service_it, "laptop");
  answer(cx, p.yusuf, &first, HOUR);
  Request again = ask(cx, p.ana, p.service_it, "laptop again");          /* and round again */
  answer(cx, p.yusuf, &again, HOUR);
  Request no = ask(cx, p.priya, p.service_it, "laptop");                 /* priya: never got it */
  cx->now += HOUR;
  act_as(cx, p.yusuf);
  OK(cx, act_do(cx, &no, &(ActNew){ .act = LOOP_ACT_DECLINE, .text = S("We have none left.") }));
  JourneyMeasures m = measured(cx, &j, p.sofie, &w);
  INT(m.walks, 2);
  bool early = false, came_again = false, failing = false;
  for (size_t i = 0; i < m.went_n; i++) {
    INT(m.went[i].walks, 1);
    early |= m.went[i].went == WENT_EARLY && m.went[i].place == 2;
    came_again |= m.went[i].went == WENT_AGAIN;
    failing |= m.went[i].went == WENT_FAILING && m.went[i].place == 1;
  }
  MUST(early && came_again && failing);
  Deviation d = { .went = WENT_FAILING, .place = 1, .other = -1 };
  const Step *s;
  MUST(!walk_went(&w.at[1], &d, &s) || !walk_went(&w.at[0], &d, &s));
  INT(m.stages[1].visits, 3);
}

TEST_STORES(whose_walks_a_journey_tells) {
  Place p;
  Walks w;
  place_new(cx, &p);
  Journey j = laptops(a, cx, &p);
  Request r = ask(cx, p.ana, p.service_it, "laptop");
  ask(cx, p.olu, p.service_it, "laptop");
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, request_set_tags(cx, &r, (Str[]){ S("starter") }, 1));
  INT(measured(cx, &j, p.sofie, &w).walks, 2);
  Rows map;
  OK(cx, touchpoint_list(cx, j.id, 0, &map));
  OK(cx, trace_walks(cx, &j, &map, &(TraceFilter){ .from = cx->now - DAY, .to = cx->now + 1, .organisation = p.customer }, &w));
  INT(w.n, 1);
  OK(cx, trace_walks(cx, &j, &map, &(TraceFilter){ .from = cx->now - 9 * DAY, .to = cx->now - DAY }, &w));
  INT(w.n, 0);
  OK(cx, journey_change(cx, &j, &(JourneyNew){ .name = j.name, .days = 30, .whose = S("tag"), .whose_word = S("Starter") }));
  INT(measured(cx, &j, p.sofie, &w).walks, 1);
  OK(cx, journey_change(cx, &j, &(JourneyNew){ .name = j.name, .days = 30, .whose = S("organisation"), .whose_id = p.customer }));
  INT(measured(cx, &j, p.sofie, &w).walks, 1);
  OK(cx, journey_change(cx, &j, &(JourneyNew){ .name = j.name, .days = 30, .whose = S("service"), .whose_id = p.service_hr }));
  INT(measured(cx, &j, p.sofie, &w).walks, 0);
}

/* ── how near ────────────────────────────────────────────────────────── */

/* asked, answered: from now on. answered 0: they let it pass. */
static void card(Cx *cx, const char *instrument, int64_t who, int64_t team, int64_t asked, int64_t answered, int64_t score) {
  OK(cx, db_run(cx, SQL("INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at, answered_at, score) VALUES (?1, ?2, ?3, 'mail', 0, 0, 1, ?4, ?5, ?6, ?7)"),
                V(str_z(instrument)), V(who), V(team), V(cx->now + asked), V(cx->now + asked + 14 * DAY), V(answered ? cx->now + answered : (int64_t)0), V(answered ? score : (int64_t)-1)));
}

static JourneyMeasures near_of(Cx *cx, const Journey *j, int64_t who) {
  Rows map;
  Walks w;
  JourneyMeasures m = measured(cx, j, who, &w);
  TraceFilter f = { .from = cx->now - 60 * DAY, .to = cx->now + MINUTE };
  OK(cx, touchpoint_list(cx, j->id, 0, &map));
  OK(cx, journey_near(cx, j, &map, &f, &w, &m));
  return m;
}

TEST_STORES(how_near_people_feel_is_told_where_they_had_been) {
  Place p;
  int64_t who[8];
  place_new(cx, &p);
  Journey j = laptops(a, cx, &p);
  cx->actor = (Actor){ .system = true };
  for (int i = 0; i < 8; i++) OK(cx, party_new(cx, &(PartyNew){ .name = str_fmt(a, "Person %d", i), .organisation_id = p.house }, &who[i]));
  for (int i = 0; i < 8; i++) {
    Request r = ask(cx, who[i], p.service_it, "laptop");
    if (i < 6) answer(cx, p.yusuf, &r, HOUR);                            /* two have asked, and have nothing yet */
  }
  Figure none = near_of(cx, &j, p.sofie).stages[0].near;
  INT(none.show, SHOW_NONE);
  INT(none.silent, 0);
  card(cx, "near", who[0], p.it, -40 * DAY, -30 * DAY, 100);             /* before they had been anywhere */
  card(cx, "near", who[1], p.it, -DAY, DAY, 2000);                       /* asked before, answered after */
  card(cx, "near", who[1], p.it, 2 * DAY, 3 * DAY, 9000);                /* a second answer of the same person */
  card(cx, "proximity", who[2], p.it, DAY, 2 * DAY, 4000);
  card(cx, "rater", who[3], p.it, DAY, 2 * DAY, 1000);                   /* asks something else */
  card(cx, "near", who[3], p.hr, DAY, 2 * DAY, 1000);                    /* about another team */
  card(cx, "near", who[4], p.it, DAY, 0, 0);                             /* let it pass */
  card(cx, "near", who[5], p.it, 19 * DAY, 0, 0);                        /* has time still */
  card(cx, "near", who[6], p.it, DAY, 2 * DAY, 6000);
  card(cx, "near", p.priya, p.it, DAY, 2 * DAY, 1000);                   /* never walked it */
  cx->now += 20 * DAY;
  JourneyMeasures m = near_of(cx, &j, p.sofie);
  INT(m.stages[0].near.n, 3);
  INT(m.stages[0].near.silent, 1);
  INT(m.stages[0].near.show, SHOW_LIST);
  INT(m.stages[0].near.answer_n, 0);                                     /* their names are a click away: counted, not told */
  MUST(isnan(m.stages[0].near.value) && m.stages[0].near.ci.lo <= 0 && m.stages[0].near.ci.hi >= 100);
  INT(m.stages[1].near.n, 2);                                            /* only of those who came so far */
  INT(m.stages[2].near.show, SHOW_NONE);
  cx->now -= 20 * DAY;
  card(cx, "near", who[0], p.it, 4 * DAY, 5 * DAY, 8000);
  card(cx, "near", who[7], p.it, DAY, 2 * DAY, 10000);
  cx->now += 20 * DAY;
  m = near_of(cx, &j, p.sofie);
  INT(m.stages[0].near.n, 5);
  INT(m.stages[0].near.show, SHOW_INTERVAL);
  MUST(fabs(m.stages[0].near.value - 60) < 1e-9);
  MUST(m.stages[0].near.from == cx->now - 60 * DAY && m.stages[0].near.to == cx->now + MINUTE && m.stages[0].near.eyes == EYES_CUSTOMER);
  INT(near_of(cx, &j, p.noor).stages[0].near.n, 5);
  INT(near_of(cx, &j, p.grace).stages[0].near.n, 0);                     /* she serves another team */
  INT(near_of(cx, &j, who[1]).stages[0].near.n, 0);                      /* nor do those who asked see it */
}
