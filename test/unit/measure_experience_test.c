#include "base/random.h"
#include "measure/bar.h"
#include "measure/cost.h"
#include "measure/effort.h"
#include "measure/inclusion.h"
#include "measure/instrument.h"
#include "measure/journey.h"
#include "measure/moment.h"
#include "measure/normal.h"
#include "measure/parity.h"
#include "measure/proximity.h"
#include "measure/receptive.h"
#include "measure_test.h"

TEST(cards) {
  static const int64_t csat[] = { 5, 5, 4, 4, 5, 3, 5, 4, 2, 5, 4, 5, 5, 1, 4, 5, 4, 5, 3, 5 };
  static const int64_t ces[] = { 7, 6, 6, 5, 5, 4, 7, 3, 6, 2, 7, 6, 5, 6, 1, 7, 6, 5, 4, 6 };
  static const int64_t score[] = { 10, 9, 9, 10, 8, 7, 9, 6, 10, 5, 9, 8, 3, 10, 7, 9, 8, 2, 7, 0 };
  Tally t = instrument_satisfied(csat, 20);
  INT(t.k, 16); INT(t.n, 20);
  t = instrument_easy(ces, 20);
  INT(t.k, 15); INT(t.n, 20);
  Recommends r = instrument_recommends(score, 20);
  INT(r.promoters, 9); INT(r.passives, 6); INT(r.detractors, 5);
  static const int64_t odd[] = { 0, 6, -1, 5 };
  t = instrument_satisfied(odd, 4);
  INT(t.k, 1); INT(t.n, 1);
  static const Sorted sorted[] = { SORTED_YES, SORTED_PARTLY, SORTED_NO, SORTED_YES };
  t = instrument_sorted(sorted, 4);
  INT(t.k, 2); INT(t.n, 4);
  static const double minutes[] = { 5, 0, 10, 240, 5 };
  LostTime lost = instrument_lost_time(a, minutes, 5);
  NEAR(lost.median, 5); NEAR(lost.total, 260);
  static const double p[] = { 5, 6, 4, 5, 7 }, e[] = { 6, 6, 6, 5, 5 }, w[] = { 11, 32, 22, 19, 16 };
  NEAR(instrument_performance(p), 5.4);
  NEAR(instrument_gap(p, e, w), (11 * -1 + 22 * -2 + 16 * 2) / 100.0);
}

TEST(worst_moment) {
  static const double v[] = { 90, 85, 20, 80, 75 }, flat[] = { 70, 70, 70 };
  Remembered m = moment_remembered(v, 5, REMEMBER_DEFAULT);
  NEAR(m.mean, 70); NEAR(m.worst, 20); NEAR(m.end, 75); NEAR(m.peak_end, 47.5); NEAR(m.remembered, 46.5);
  NEAR(moment_remembered(flat, 3, REMEMBER_DEFAULT).remembered, 70);
  Interval i = proportion_wilson(23, 140, Z95);
  MUST(fabs(i.lo - .1120) < 5e-5 && fabs(i.hi - .2345) < 5e-5);
}

TEST(what_makes_a_moment_bad) {
  static const struct { int line; Moment m; unsigned bad; } cases[] = {
    { __LINE__, { 0 }, 0 }, { __LINE__, { .satisfaction = 3, .ease = 4, .not_yet = 1, .repeated = 1 }, 0 },
    { __LINE__, { .satisfaction = 2 }, BAD_UNSATISFIED }, { __LINE__, { .ease = 3 }, BAD_HARD }, { __LINE__, { .promise_broken = true }, BAD_BROKEN },
    { __LINE__, { .not_yet = 2, .repeated = 3 }, BAD_NOT_YET | BAD_REPEATED }, { __LINE__, { .satisfaction = 5, .ease = 1 }, BAD_HARD },
  };
  for (size_t i = 0; i < COUNT(cases); i++) INT_AT(cases[i].line, moment_bad(&cases[i].m), cases[i].bad);
  MUST(moment_recovered(4, 4) && !moment_recovered(3, 4));
}

/* Made-up customers whose memory follows known weights: found again; those who follow the defaults keep them. */
TEST(weights_are_fitted_only_when_they_differ) {
  RememberedPair p[200];
  RememberWeights w;
  Interval ci[3];
  bool fitted;
  for (int turn = 0; turn < 2; turn++) {
    Rng r = rng_seed(21);
    for (size_t i = 0; i < 200; i++) {
      p[i] = (RememberedPair){ .worst = 100 * rng_unit(&r), .end = 100 * rng_unit(&r), .mean = 100 * rng_unit(&r) };
      p[i].score = (turn ? .2 * p[i].worst + .7 * p[i].end + .1 * p[i].mean : .5 * p[i].worst + .3 * p[i].end + .2 * p[i].mean) + 10 * (rng_unit(&r) - .5);
    }
    MUST(moment_fit(p, 200, &w, ci, &fitted) == (turn == 1));
    MUST(fitted && ci[0].lo < (turn ? .2 : .5) && (turn ? .2 : .5) < ci[0].hi && ci[0].hi - ci[0].lo < .05);
    if (turn) MUST(fabs(w.end - .7) < .03); else MUST(w.worst == .5 && w.end == .3 && w.mean == .2);
  }
  MUST(!moment_fit(p, 59, &w, ci, &fitted) && !fitted && w.worst == .5);
  for (size_t i = 0; i < 200; i++) p[i] = (RememberedPair){ 50, 50, 50, 50 };
  MUST(!moment_fit(p, 200, &w, ci, &fitted) && !fitted);
}

TEST(first_contact) {
  static const Need needs[] = {
    { .judged = true, .sorted = true, .agent_says_first = true, .touches = 1, .again_after = -1 },
    { .judged = true, .sorted = true, .agent_says_first = true, .touches = 1, .again_after = 3 },      /* came back */
    { .judged = true, .sorted = true, .agent_says_first = true, .touches = 1, .again_after = 20 },     /* … but after a week */
    { .judged = true, .sorted = false, .agent_says_first = true, .touches = 1, .again_after = -1 },
    { .judged = true, .sorted = true, .touches = 2, .again_after = -1 },
    { .touches = 1, .agent_says_first = true, .again_after = -1 },
    { .touches = 4, .again_after = -1 },
  };
  FirstContact f = effort_first_contact(needs, COUNT(needs), 7);
  INT(f.customer.k, 2); INT(f.customer.n, 5); INT(f.proxy.k, 1); INT(f.proxy.n, 2); INT(f.agent.k, 5); INT(f.agent.n, 7);
  NEAR(f.optimism, .4);
  INT(effort_first_contact(needs, COUNT(needs), 30).customer.k, 1);
  MUST(isnan(effort_first_contact(needs + 5, 2, 7).optimism));
}

TEST(effort) {
  INT(effort_points(&(EffortSeen){ .touches = 3, .transfers = 1, .repeats = 2, .switches = 1, .reopens = 1, .asked = 1 }), 8);
  INT(effort_points(&(EffortSeen){ .touches = 1 }), 0);
  INT(effort_points(&(EffortSeen){ 0 }), 0);
  MUST(effort_disagrees(true, 5) && !effort_disagrees(true, 4) && !effort_disagrees(false, 9));
  static const double ces[] = { 1, 2, 3, 4 }, points[] = { 8, 6, 4, 2 }, same[] = { 3, 3, 3, 3 };
  NEAR(sample_correlation(ces, points, 4), -1);
  NEAR(sample_slope(ces, points, 4), -2);
  MUST(isnan(sample_correlation(ces, same, 4)) && isnan(sample_slope(same, ces, 4)) && isnan(sample_correlation(ces, points, 1)));
}

TEST(bars) {
  static const BarAnswer said[] = { BAR_AT, BAR_ABOVE, BAR_BELOW, BAR_NOT_SAID };
  Tally t = bar_met(said, 4);
  INT(t.k, 2); INT(t.n, 3);
  BarPair p[] = { { 10, 12, 0 }, { 8, 8, 30 * DAY }, { 6, 11, 60 * DAY } };
  NEAR(bar_gap(a, p, 3), 2);
  NEAR(bar_drift(a, p, 3), -2);
  MUST(isnan(bar_drift(a, p, 1)));
}

TEST(nearness) {
  static const int64_t all[10] = { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 }, mixed[10] = { 4, 4, 4, 4, 4, 4, 4, 4, 0, 9 }, few[10] = { 4, 4, 4, 4, 4, 4, 4 };
  double v;
  MUST(proximity_index(all, &v)); NEAR(v, 100);
  MUST(proximity_index(mixed, &v)); NEAR(v, 50);
  MUST(!proximity_index(few, &v));
  MUST(proximity_short(1, &v)); NEAR(v, 0);
  MUST(!proximity_short(8, &v) && !proximity_short(0, &v));
  static const double rows[] = { 5, 6, 5, 6, 4, 4, 5, 4, 6, 7, 6, 7, 3, 4, 3, 3, 5, 5, 6, 5, 2, 3, 2, 3 };
  MUST(proximity_alpha(a, rows, 6, 4, &v));
  NEAR(v, .9717304);
  static const double flat[] = { 5, 5, 5, 5 };
  MUST(!proximity_alpha(a, flat, 2, 2, &v) && !proximity_alpha(a, rows, 1, 4, &v) && !proximity_alpha(a, rows, 6, 1, &v));
  static const double near[] = { 80, 60 }, far[] = { 50 };
  MUST(proximity_gap(near, 2, far, 1, &v)); NEAR(v, 20);
  MUST(!proximity_gap(near, 2, far, 0, &v));
}

static JourneyFit fit(Arena *a, const char *planned, const char *went, JourneyStep *steps) {
  int64_t plan[16];
  size_t p = 0, s = 0;
  for (; planned[p]; p++) plan[p] = planned[p];
  for (const char *c = went; *c; c++) {            /* a lower-case letter is a visit that failed */
    bool failed = *c >= 'a' && *c <= 'z';
    steps[s++] = (JourneyStep){ .touchpoint = failed ? *c - 32 : *c, .failed = failed };
  }
  return journey_fit(a, plan, p, steps, s);
}

TEST(journeys) {
  static const struct { int line; const char *plan, *went; JourneyFit f; } cases[] = {
    { __LINE__, "ABCDEF", "ABXCDe", { 6, 4, 1, 1, 1, 0, { 4, 7 } } },         /* missing F, failing E, X unplanned */
    { __LINE__, "ABC", "ABC", { 3, 3, 0, 0, 0, 0, { 3, 3 } } },
    { __LINE__, "ABC", "", { 3, 0, 3, 0, 0, 0, { 0, 3 } } },
    { __LINE__, "ABC", "abcABC", { 3, 3, 0, 0, 0, 0, { 3, 3 } } },            /* failed, then went well */
    { __LINE__, "ABC", "ABABABC", { 3, 3, 0, 0, 4, 0, { 3, 7 } } },           /* a loop */
    { __LINE__, "ABCD", "DABC", { 4, 4, 0, 0, 0, 1, { 4, 4 } } },
    { __LINE__, "ABCD", "DCBA", { 4, 4, 0, 0, 0, 3, { 4, 4 } } },
    { __LINE__, "", "AB", { 0, 0, 0, 0, 2, 0, { 0, 2 } } },
    { __LINE__, "", "", { 0 } },
  };
  JourneyStep steps[16];
  for (size_t i = 0; i < COUNT(cases); i++) {
    JourneyFit f = fit(a, cases[i].plan, cases[i].went, steps), w = cases[i].f;
    INT_AT(cases[i].line, f.planned, w.planned); INT_AT(cases[i].line, f.completed, w.completed); INT_AT(cases[i].line, f.missing, w.missing);
    INT_AT(cases[i].line, f.failing, w.failing); INT_AT(cases[i].line, f.ad_hoc, w.ad_hoc); INT_AT(cases[i].line, f.out_of_order, w.out_of_order);
    INT_AT(cases[i].line, f.conformance.k, w.conformance.k); INT_AT(cases[i].line, f.conformance.n, w.conformance.n);
  }
  fit(a, "ABCD", "DABXc", steps);
  static const StepKind kinds[] = { STEP_OUT_OF_ORDER, STEP_AS_PLANNED, STEP_AS_PLANNED, STEP_AD_HOC, STEP_FAILING };
  for (size_t i = 0; i < 5; i++) INT(steps[i].kind, kinds[i]);
  NEAR(journey_priority(120, 6, 4.5), 180);
  NEAR(journey_priority(120, 6, 6.5), 0);
}

TEST(journeys_always_add_up) {
  Rng r = rng_seed(22);
  for (int t = 0; t < 3000; t++) {
    char plan[9] = { 0 }, went[16] = { 0 };
    JourneyStep steps[16];
    size_t p = (size_t)rng_below(&r, 8), n = (size_t)rng_below(&r, 15);
    for (size_t i = 0; i < p; i++) plan[i] = (char)('A' + i);
    for (size_t i = 0; i < n; i++) went[i] = (char)((rng_below(&r, 3) ? 'A' : 'a') + (char)rng_below(&r, 10));
    JourneyFit f = fit(a, plan, went, steps);
    INT(f.completed + f.missing + f.failing, f.planned);
    MUST(f.conformance.k <= f.conformance.n && f.out_of_order <= f.completed);
    int64_t ad_hoc = 0, moved = 0;
    for (size_t i = 0; i < n; i++) { ad_hoc += steps[i].kind == STEP_AD_HOC; moved += steps[i].kind == STEP_OUT_OF_ORDER; }
    INT(ad_hoc, f.ad_hoc); INT(moved, f.out_of_order);
  }
}

TEST(channels) {
  static const Tally alike[] = { { 45, 50 }, { 44, 50 }, { 46, 50 } }, apart[] = { { 45, 50 }, { 20, 50 }, { 1, 2 }, { 43, 50 } };
  Parity p;
  MUST(parity_seamless(alike, 3, 10, &p));
  MUST(!p.distinguishable && fabs(p.widest.value + .04) < 1e-9);
  INT(p.a, 1); INT(p.b, 2);
  MUST(parity_seamless(apart, 4, 10, &p));
  MUST(p.distinguishable); INT(p.a, 0); INT(p.b, 1); NEAR(p.widest.value, .5);
  MUST(!parity_seamless(apart + 2, 2, 10, &p) && !parity_seamless(apart, 0, 10, &p));
  double c;
  MUST(parity_carried(1, 4, &c)); NEAR(c, .75);
  MUST(parity_carried(6, 4, &c)); NEAR(c, 0);
  MUST(!parity_carried(0, 0, &c));
  NEAR(normal_quantile(.975), Z95); NEAR(normal_quantile(.95), Z90); NEAR(normal_quantile(.98), 2.053748910631823); NEAR(normal_quantile(.5), 0);
  for (double x = -6; x < 6; x += .25) NEAR(normal_quantile(normal_below(x)), x);
}

TEST(taking_part) {
  static const TacticState v[] = { TACTIC_NOT_OFFERED, TACTIC_OFFERED, TACTIC_ACCEPTED, TACTIC_TOOK_PART };
  double x;
  MUST(receptive_index(v, 4, &x)); NEAR(x, 2.0 / 3);
  Funnel f = receptive_funnel(v, 4);
  INT(f.accepted.k, 2); INT(f.accepted.n, 3); INT(f.took_part.k, 1); INT(f.took_part.n, 2);
  MUST(!receptive_index(v, 1, &x));
  MUST(receptive_may_invite(1, false) && !receptive_may_invite(2, false) && !receptive_may_invite(0, true));
}

TEST(nobody_is_exposed) {
  Difference d;
  MUST(!inclusion_gap((Tally){ 9, 9 }, (Tally){ 80, 100 }, &d) && !inclusion_gap((Tally){ 80, 100 }, (Tally){ 9, 9 }, &d));
  MUST(inclusion_gap((Tally){ 6, 10 }, (Tally){ 80, 100 }, &d));
  NEAR(d.value, -.2);
}

TEST(plain_words) {
  static const struct { int line; const char *text; double rix; int grade; } cases[] = {
    { __LINE__, "We fix it by noon. You can sit down.", 0, 1 },
    { __LINE__, "Your application was received yesterday. We look at it.", 1.5, 5 },         /* application received yesterday: 3 in 2 */
    { __LINE__, "Vert \xC3\xA9t\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9.", 1, 4 },       /* letters, not bytes */
    { __LINE__, "Version 1.2 works\nno end", 1, 4 },
    { __LINE__, "It\xE2\x80\x99s fine \xE2\x80\x94 really\xE2\x80\xA6 fine.", 0, 1 },
    { __LINE__, "one two\n\nthree", 0, 1 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    double rix = -1;
    int grade = 0;
    MUST_AT(cases[i].line, inclusion_grade(str_z(cases[i].text), &rix, &grade));
    NEAR_AT(cases[i].line, rix, cases[i].rix);
    INT_AT(cases[i].line, grade, cases[i].grade);
  }
  double rix;
  int grade;
  MUST(!inclusion_grade(S(""), &rix, &grade) && !inclusion_grade(S(" 12 - ..."), &rix, &grade));
}

TEST(cost_and_value) {
  static const CostLine lines[] = { { 340, 18 }, { 520, 8 }, { 12, 240 }, { 44, 35 } };
  NEAR(cost_minutes(lines, 4), 14700);
  double rate;
  MUST(cost_rate(80000, 100000, &rate)); NEAR(rate, .8);
  MUST(!cost_rate(80000, 0, &rate));
  CostResult r = cost_customer(120000, 78000, cost_minutes(lines, 4), .8);
  NEAR(r.cost_to_serve, 11760); NEAR(r.profit, 30240); NEAR(r.margin, .252);
  NEAR(cost_customer(0, 10, 10, 1).margin, 0);
  NEAR(cost_unused(100000, 85300, .8), 11760);
  INT(cost_segment(120000, .252, 100000, .1), PROFIT_PEAK);
  INT(cost_segment(120000, -.05, 100000, .1), PROFIT_DRAIN);
  INT(cost_segment(20000, .4, 100000, .1), PROFIT_DESERT);
  static const ValueLine value[] = { { VALUE_PROFIT, 1000, true }, { VALUE_PROCESS, 500, false }, { VALUE_POSITION, 250, true } };
  NEAR(cost_value(value, 3), 1250);
}
