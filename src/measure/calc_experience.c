/* measure/calc_experience.c: what the customer lived through, for the command line. */
#include "measure/calc_io.h"
#include <math.h>
#include "base/vec.h"
#include "measure/bar.h"
#include "measure/effort.h"
#include "measure/inclusion.h"
#include "measure/instrument.h"
#include "measure/journey.h"
#include "measure/moment.h"
#include "measure/parity.h"
#include "measure/proximity.h"
#include "measure/receptive.h"

static Err wholes(Cx *cx, Str list, int64_t most, int64_t **ret, Numbers *ret_numbers) {
  TRY(calc_numbers(cx, list, ret_numbers));
  *ret = NEW_N(cx->arena, int64_t, ret_numbers->n);
  for (size_t i = 0; i < ret_numbers->n; i++) {
    double v = ret_numbers->at[i];
    if (v != floor(v) || v < 0 || v > (double)most) return fail(cx, E_INVALID, "answers are whole numbers up to %lld, not %g.", (long long)most, v);
    (*ret)[i] = (int64_t)v;
  }
  return E_OK;
}

/* One word of a list into its place in names. */
static Err word(Cx *cx, Str s, const Str *names, size_t n, size_t *ret) {
  for (*ret = 0; *ret < n; ++*ret) if (str_eq(str_trim(s), names[*ret])) return E_OK;
  return fail(cx, E_INVALID, "\"" STR_FMT "\" is none of the words this takes.", STR_ARG(str_head(s, 60)));
}

/* ---- cards */

static Err boxes(Cx *cx, const Str *arg, Buf *b, int64_t most, Tally (*count)(const int64_t *, size_t)) {
  Numbers v;
  int64_t *answers;
  TRY(wholes(cx, arg[0], most, &answers, &v));
  for (size_t i = 0; i < v.n; i++) if (answers[i] < 1) return fail(cx, E_INVALID, "answers go from 1 to %lld.", (long long)most);
  calc_put_tally(b, count(answers, v.n));
  calc_put(b, "mean", sample_mean(v.at, v.n));
  return E_OK;
}
static Err satisfied(Cx *cx, const Str *arg, Buf *b) { return boxes(cx, arg, b, 5, instrument_satisfied); }
static Err easy(Cx *cx, const Str *arg, Buf *b)      { return boxes(cx, arg, b, 7, instrument_easy); }

static Err recommend(Cx *cx, const Str *arg, Buf *b) {
  Numbers v;
  int64_t *answers;
  TRY(wholes(cx, arg[0], 10, &answers, &v));
  Recommends r = instrument_recommends(answers, v.n);
  RecommendScore s = recommend_score(r.promoters, r.passives, r.detractors, Z95);
  calc_put(b, "value", s.value);
  calc_put_ci(b, s.ci);
  calc_put(b, "promoters", (double)r.promoters);
  calc_put(b, "passives", (double)r.passives);
  calc_put(b, "detractors", (double)r.detractors);
  return E_OK;
}

static Err lost_time(Cx *cx, const Str *arg, Buf *b) {
  Numbers v;
  TRY(calc_numbers(cx, arg[0], &v));
  LostTime t = instrument_lost_time(cx->arena, v.at, v.n);
  calc_put(b, "value", t.median);
  calc_put(b, "total", t.total);
  return E_OK;
}

static Err rater(Cx *cx, const Str *arg, Buf *b) {
  double p[RATER], e[RATER], w[RATER], all = 0;
  TRY(calc_numbers_n(cx, "PERCEIVED", arg[0], RATER, p));
  TRY(calc_numbers_n(cx, "EXPECTED", arg[1], RATER, e));
  TRY(calc_numbers_n(cx, "WEIGHTS", arg[2], RATER, w));
  for (int i = 0; i < RATER; i++) {
    if (w[i] < 0) return fail(cx, E_INVALID, "a weight must not be below 0.");
    all += w[i];
  }
  if (!(all > 0)) return fail(cx, E_INVALID, "one weight at least must be above 0.");
  calc_put(b, "value", instrument_gap(p, e, w));
  calc_put(b, "performance", instrument_performance(p));
  return E_OK;
}

/* ---- moments and effort */

static Err remembered(Cx *cx, const Str *arg, Buf *b) {
  Numbers v;
  TRY(calc_numbers(cx, arg[0], &v));
  Remembered r = moment_remembered(v.at, v.n, REMEMBER_DEFAULT);
  calc_put(b, "value", r.remembered);
  calc_put(b, "peak_end", r.peak_end);
  calc_put(b, "worst", r.worst);
  calc_put(b, "end", r.end);
  calc_put(b, "mean", r.mean);
  return E_OK;
}

static Err effort(Cx *cx, const Str *arg, Buf *b) {
  double v[6];
  TRY(calc_numbers_n(cx, "effort", arg[0], 6, v));
  for (int i = 0; i < 6; i++) if (v[i] < 0 || v[i] != floor(v[i]) || v[i] > 1e9) return fail(cx, E_INVALID, "each count is a whole number from 0 on.");
  calc_put(b, "value", (double)effort_points(&(EffortSeen){ (int64_t)v[0], (int64_t)v[1], (int64_t)v[2], (int64_t)v[3], (int64_t)v[4], (int64_t)v[5] }));
  return E_OK;
}

/* TOUCHES:BACK:VERDICT:AGENT, like 1:-:yes:first */
static Err need(Cx *cx, Str s, Need *ret) {
  static const Str verdicts[] = { CALC_STR("-"), CALC_STR("yes"), CALC_STR("no") }, agents[] = { CALC_STR("-"), CALC_STR("first") };
  Str touches, back, verdict, agent;
  size_t v, a;
  if (!str_cut(str_trim(s), ':', &touches, &back) || !str_cut(back, ':', &back, &verdict) || !str_cut(verdict, ':', &verdict, &agent))
    return fail(cx, E_INVALID, "\"" STR_FMT "\" is not a need; write TOUCHES:DAYS UNTIL BACK:yes, no or -:first or -, like 1:-:yes:first.", STR_ARG(str_head(s, 60)));
  TRY(calc_whole(cx, "TOUCHES", touches, &ret->touches));
  ret->again_after = -1;
  if (!str_eq(back, S("-"))) TRY(calc_whole(cx, "BACK", back, &ret->again_after));
  TRY(word(cx, verdict, verdicts, COUNT(verdicts), &v));
  TRY(word(cx, agent, agents, COUNT(agents), &a));
  ret->judged = v > 0;
  ret->sorted = v == 1;
  ret->agent_says_first = a == 1;
  return E_OK;
}

static Err first_contact(Cx *cx, const Str *arg, Buf *b) {
  VEC(Need) needs = { 0 };
  int64_t days;
  TRY(calc_whole(cx, "DAYS", arg[0], &days));
  for (Str rest = arg[1], one; rest.n;) {
    Need n;
    str_cut(rest, ',', &one, &rest);
    TRY(need(cx, one, &n));
    vec_add(cx->arena, &needs, n);
  }
  FirstContact f = effort_first_contact(needs.at, needs.n, days);
  calc_put_tally(b, f.customer);
  calc_put(b, "proxy", f.proxy.n ? (double)f.proxy.k / (double)f.proxy.n : NAN);
  calc_put(b, "agent", f.agent.n ? (double)f.agent.k / (double)f.agent.n : NAN);
  calc_put(b, "optimism", f.optimism);
  return E_OK;
}

/* ---- bars, nearness, taking part */

static Err bar(Cx *cx, const Str *arg, Buf *b) {
  static const Str names[] = { CALC_STR("-"), CALC_STR("below"), CALC_STR("at"), CALC_STR("above") };
  VEC(BarAnswer) said = { 0 };
  for (Str rest = arg[0], one; rest.n;) {
    size_t i;
    str_cut(rest, ',', &one, &rest);
    TRY(word(cx, one, names, COUNT(names), &i));
    vec_add(cx->arena, &said, (BarAnswer)i);
  }
  calc_put_tally(b, bar_met(said.at, said.n));
  return E_OK;
}

static Err gap(Cx *cx, const Str *arg, Buf *b) {
  Numbers asked;
  TRY(calc_numbers(cx, arg[0], &asked));
  double *promised = NEW_N(cx->arena, double, asked.n);
  BarPair *pairs = NEW_N(cx->arena, BarPair, asked.n);
  TRY(calc_numbers_n(cx, "PROMISED", arg[1], asked.n, promised));
  for (size_t i = 0; i < asked.n; i++) pairs[i] = (BarPair){ .asked = asked.at[i], .promised = promised[i] };
  calc_put(b, "value", bar_gap(cx->arena, pairs, asked.n));
  return E_OK;
}

static Err proximity(Cx *cx, const Str *arg, Buf *b) {
  double v[PROXIMITY_ITEMS], index;
  int64_t items[PROXIMITY_ITEMS];
  TRY(calc_numbers_n(cx, "proximity", arg[0], PROXIMITY_ITEMS, v));
  for (int i = 0; i < PROXIMITY_ITEMS; i++) items[i] = v[i] >= 1 && v[i] <= 7 && v[i] == floor(v[i]) ? (int64_t)v[i] : 0;
  if (!proximity_index(items, &index)) return fail(cx, E_INVALID, "at least %d of the %d answers must be whole numbers from 1 to 7.", PROXIMITY_ANSWERED, PROXIMITY_ITEMS);
  calc_put(b, "value", index);
  return E_OK;
}

static Err alpha(Cx *cx, const Str *arg, Buf *b) {
  Numbers all = { 0 };
  size_t people = 0, items = 0;
  for (Str rest = arg[0], one; rest.n; people++) {
    Numbers row;
    str_cut(rest, ';', &one, &rest);
    TRY(calc_numbers(cx, one, &row));
    if (items && row.n != items) return fail(cx, E_INVALID, "every person must have answered the same number of items.");
    items = row.n;
    for (size_t i = 0; i < row.n; i++) vec_add(cx->arena, &all, row.at[i]);
  }
  double v;
  if (!proximity_alpha(cx->arena, all.at, people, items, &v)) return fail(cx, E_INVALID, "this needs two people and two items at least, and people who differ.");
  calc_put(b, "value", v);
  return E_OK;
}

static Err receptive(Cx *cx, const Str *arg, Buf *b) {
  static const Str names[] = { CALC_STR("-"), CALC_STR("offered"), CALC_STR("accepted"), CALC_STR("took-part") };
  VEC(TacticState) v = { 0 };
  double index;
  for (Str rest = arg[0], one; rest.n;) {
    size_t i;
    str_cut(rest, ',', &one, &rest);
    TRY(word(cx, one, names, COUNT(names), &i));
    vec_add(cx->arena, &v, (TacticState)i);
  }
  if (!receptive_index(v.at, v.n, &index)) return fail(cx, E_INVALID, "nothing was offered yet, so there is no index to show.");
  calc_put(b, "value", index);
  return E_OK;
}

/* ---- journeys and channels */

static size_t id_of(Cx *cx, Numbers *ids, Str *names, Str s) {
  for (size_t i = 0; i < ids->n; i++) if (str_eq(names[i], s)) return i;
  names[ids->n] = s;
  vec_add(cx->arena, ids, 0);
  return ids->n - 1;
}

static Err journey(Cx *cx, const Str *arg, Buf *b) {
  int64_t plan[JOURNEY_MOST];
  size_t planned = 0, n = 0;
  Numbers ids = { 0 };
  Str *names = NEW_N(cx->arena, Str, arg[0].n + arg[1].n + 2);
  JourneyStep *steps = NEW_N(cx->arena, JourneyStep, arg[1].n + 1);
  for (Str rest = arg[0], one; rest.n;) {
    str_cut(rest, ',', &one, &rest);
    if (planned == JOURNEY_MOST) return fail(cx, E_INVALID, "a plan may have at most %d touchpoints.", JOURNEY_MOST);
    size_t before = ids.n, id = id_of(cx, &ids, names, str_trim(one));
    if (id != before) return fail(cx, E_INVALID, "\"" STR_FMT "\" is planned twice; give each touchpoint its own name.", STR_ARG(str_head(one, 60)));
    plan[planned++] = (int64_t)id;
  }
  for (Str rest = arg[1], one; rest.n;) {
    str_cut(rest, ',', &one, &rest);
    one = str_trim(one);
    bool failed = str_ends(one, S("!"));
    steps[n++] = (JourneyStep){ .touchpoint = (int64_t)id_of(cx, &ids, names, failed ? str_head(one, one.n - 1) : one), .failed = failed };
  }
  if (!planned && !n) return fail(cx, E_INVALID, "there is neither a plan nor a journey.");
  JourneyFit f = journey_fit(cx->arena, plan, planned, steps, n);
  calc_put_tally(b, f.conformance);
  calc_put(b, "missing", (double)f.missing);
  calc_put(b, "failing", (double)f.failing);
  calc_put(b, "ad_hoc", (double)f.ad_hoc);
  calc_put(b, "out_of_order", (double)f.out_of_order);
  return E_OK;
}

static Err seamless(Cx *cx, const Str *arg, Buf *b) {
  VEC(Tally) channels = { 0 };
  for (Str rest = arg[0], one, k, n; rest.n;) {
    Tally t;
    str_cut(rest, ',', &one, &rest);
    if (!str_cut(str_trim(one), '/', &k, &n)) return fail(cx, E_INVALID, "\"" STR_FMT "\" is not K/N.", STR_ARG(str_head(one, 60)));
    TRY(calc_share(cx, k, n, &t));
    vec_add(cx->arena, &channels, t);
  }
  Parity p;
  if (!parity_seamless(channels.at, channels.n, 1, &p)) return fail(cx, E_INVALID, "there must be two channels at least.");
  calc_put(b, "value", p.widest.value);
  calc_put_ci(b, p.widest.ci);
  calc_name(b, "between");
  buf_fmt(b, "[%zu,%zu]", p.a + 1, p.b + 1);
  calc_put_bool(b, "distinguishable", p.distinguishable);
  return E_OK;
}

static Err carried(Cx *cx, const Str *arg, Buf *b) {
  int64_t repeats, hand_offs;
  double v;
  TRY(calc_whole(cx, "REPEATS", arg[0], &repeats));
  TRY(calc_whole(cx, "HAND_OFFS", arg[1], &hand_offs));
  if (!parity_carried(repeats, hand_offs, &v)) return fail(cx, E_INVALID, "nothing was handed from one channel to another yet.");
  calc_put(b, "value", v);
  return E_OK;
}

/* ---- inclusion */

static Err inclusion(Cx *cx, const Str *arg, Buf *b) {
  Tally x, y;
  Difference d;
  TRY(calc_share(cx, arg[0], arg[1], &x));
  TRY(calc_share(cx, arg[2], arg[3], &y));
  if (!inclusion_gap(x, y, &d)) return fail(cx, E_INVALID, "not enough to say without exposing people: each group needs %d at least.", INCLUSION_LEAST);
  calc_put(b, "value", d.value);
  calc_put_ci(b, d.ci);
  return E_OK;
}

static Err reading(Cx *cx, const Str *arg, Buf *b) {
  double rix;
  int grade;
  if (!inclusion_grade(arg[0], &rix, &grade)) return fail(cx, E_INVALID, "there are no words in it.");
  calc_put(b, "value", rix);
  calc_put(b, "grade", grade);
  return E_OK;
}

static const CalcRow rows[] = {
  CALC_ROW("satisfied",     "A,...",                 1, satisfied, "answers 1-5: share of 4 and 5"),
  CALC_ROW("easy",          "A,...",                 1, easy, "answers 1-7: share of 5 to 7"),
  CALC_ROW("recommend",     "A,...",                 1, recommend, "answers 0-10: share of 9-10 less share of 0-6"),
  CALC_ROW("lost-time",     "MINUTES,...",           1, lost_time, "median and total of the time it cost them"),
  CALC_ROW("rater",         "PERCEIVED,... EXPECTED,... WEIGHTS,...", 3, rater, "weighted gap and performance on five dimensions"),
  CALC_ROW("remembered",    "R,...",                 1, remembered, "what is remembered of ratings 0-100 in order: worst, end and mean"),
  CALC_ROW("first-contact", "DAYS TOUCHES:BACK:VERDICT:AGENT,...", 2, first_contact, "sorted at first contact as the customer, a proxy and the agent see it"),
  CALC_ROW("effort",        "TOUCHES,TRANSFERS,REPEATS,SWITCHES,REOPENS,ASKED", 1, effort, "points of observed effort"),
  CALC_ROW("bar",           "below|at|above|-,...",  1, bar, "share at or above the bar they set"),
  CALC_ROW("gap",           "ASKED,... PROMISED,...", 2, gap, "median of what was promised less what was asked for"),
  CALC_ROW("proximity",     "I,... (10)",            1, proximity, "perceived nearness, ten answers 1-7, 0 for none"),
  CALC_ROW("alpha",         "I,I,...;I,I,...;...",   1, alpha, "Cronbach's alpha, one row a person"),
  CALC_ROW("journey",       "PLANNED,... WENT,...",  2, journey, "how far a journey went as planned; NAME! failed"),
  CALC_ROW("seamless",      "K/N,...",               1, seamless, "the widest difference between channels"),
  CALC_ROW("carried",       "REPEATS HAND_OFFS",     2, carried, "context carried from channel to channel"),
  CALC_ROW("receptive",     "offered|accepted|took-part|-,...", 1, receptive, "willingness to take part in what was offered"),
  CALC_ROW("inclusion",     "K1 N1 K2 N2",           4, inclusion, "gap of outcomes between two groups, if both are large enough"),
  CALC_ROW("reading",       "TEXT",                  1, reading, "long words a sentence, and the school grade it takes"),
};
const CalcRows calc_experience = { rows, COUNT(rows) };
