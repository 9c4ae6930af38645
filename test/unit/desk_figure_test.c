/* Facts against stories told act by act; sums of days against facts, whichever way a day is read; who may see what. */
#include <math.h>
#include "base/random.h"
#include "desk/act.h"
#include "desk/demo.h"
#include "desk/figure.h"
#include "desk/follow.h"
#include "desk/message.h"
#include "desk/moment.h"
#include "desk/series.h"
#include "desk/setting.h"
#include "measure/moment.h"
#include "desk_fixture.h"

static Request ask(Cx *cx, const Place *p, int64_t who) {
  Request r = { 0 };
  act_as(cx, who);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = who, .service_id = p->service_it, .subject = S("Scanner"), .text = S("It does not read."), .channel = S("page") }, &r));
  return r;
}

static void after(Cx *cx, int64_t span) { cx->now += span; }

static void act_by(Cx *cx, Request *r, int64_t who, ActNew in) {
  act_as(cx, who);
  OK(cx, act_do(cx, r, &in));
}

static Fact fact_now(Cx *cx, int64_t id) {
  Fact f = { 0 };
  size_t n;
  OK(cx, follow_now(cx, &n));
  OK(cx, fact_of(cx, id, &f));
  return f;
}

TEST_STORES(fact_of_a_good_story) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, &p, p.ana);
  int64_t began = cx->now;
  after(cx, 10 * MINUTE);
  act_by(cx, &r, p.sofie, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + 4 * HOUR, .text = S("By noon.") });
  after(cx, HOUR);
  act_by(cx, &r, p.sofie, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("It reads again.") });
  after(cx, 30 * MINUTE);
  act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_ACCEPT, .sorted = S("yes"), .ease = 6, .against_bar = S("above"), .lost_minutes = 15, .lost_said = true });
  Fact f = fact_now(cx, r.id);
  INT(f.version, r.version);
  INT(f.since_at, began);
  INT(f.hear_us, 10 * MINUTE);
  INT(f.in_time, 1);
  INT(f.customer_us, 100 * MINUTE);
  INT(f.provider_us + f.theirs_us + f.supplier_us + f.closed_us, f.customer_us);
  INT(f.touches, 1);
  INT(f.agent_first, 1);
  INT(f.cards, 1);
  INT(f.answered, 1);
  IS(f.sorted, S("yes"));
  IS(f.outcome, S("kept"));
  INT(f.ease, 6);
  INT(f.lost_minutes, 15);
  INT(f.bad, 0);
  INT(f.verdict_at, cx->now);
  EffortSeen e = fact_effort(&f);
  INT(effort_points(&e), 0);
}

TEST_STORES(fact_of_a_bad_story) {
  Place p;
  place_new(cx, &p);
  Request r = ask(cx, &p, p.ana);
  after(cx, HOUR);
  act_by(cx, &r, p.sofie, (ActNew){ .act = LOOP_ACT_PROMISE, .due = cx->now + HOUR, .text = S("In an hour.") });
  for (int i = 0; i < 2; i++) {
    after(cx, 30 * MINUTE);
    act_by(cx, &r, p.sofie, (ActNew){ .act = LOOP_ACT_REPORT, .text = S("Done.") });
    INT(fact_now(cx, r.id).bad, 0);
    after(cx, 5 * MINUTE);
    act_by(cx, &r, p.ana, (ActNew){ .act = LOOP_ACT_NOT_YET, .text = S("Still not."), .ease = 4 });
  }
  Fact f = fact_now(cx, r.id);
  INT(f.bad, BAD_NOT_YET);
  INT(f.bad_at, cx->now);
  INT(f.reopens, 2);
  INT(f.transfers, 0);
  act_as(cx, p.sofie);
  OK(cx, request_set_owner(cx, &r, p.sofie));
  OK(cx, request_set_owner(cx, &r, p.yusuf));
  OK(cx, act_overdue(cx, S("0 0")));
  after(cx, HOUR);
  cx->actor = (Actor){ .system = true };
  OK(cx, act_overdue(cx, str_fmt(cx->arena, "%lld %lld", (long long)r.id, (long long)r.due_at)));
  f = fact_now(cx, r.id);
  INT(f.bad, BAD_NOT_YET | BAD_BROKEN);
  INT(f.transfers, 1);
  MUST(f.bad_at < cx->now);                              /* when it first was one */
}

TEST_STORES(fact_follows_only_what_changed) {
  Place p;
  size_t n;
  place_new(cx, &p);
  for (int i = 0; i < 5; i++) ask(cx, &p, p.ana);
  OK(cx, follow_now(cx, &n));
  INT(n, 5);
  OK(cx, follow_now(cx, &n));
  INT(n, 0);
  Request r = ask(cx, &p, p.priya);
  OK(cx, follow_now(cx, &n));
  INT(n, 1);
  after(cx, 3 * HOUR);
  act_as(cx, p.sofie);
  int64_t id;
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Looking.") }, &id));
  OK(cx, follow_now(cx, &n));
  INT(n, 1);
}

static void sample(Cx *cx, int64_t requests, uint64_t seed) {
  static const Site site = { .public_url = { "https://help.example.org", 24 }, .demo = true, .remind_after = 2 * DAY, .lapse_after = 7 * DAY,
                             .reopen_within = 30 * DAY, .append_within = 7 * DAY, .mail_domain = { "example.org", 11 } };
  cx->site = &site;
  OK(cx, demo_make(cx, &(DemoSize){ .requests = requests, .seed = seed }));
  cx->actor = (Actor){ .system = true };
}

/* ── sums ────────────────────────────────────────────────────────────── */

static const Measure *const *all(Arena *a) {
  const Measure **which = NEW_N(a, const Measure *, measures_n());
  for (size_t i = 0; i < measures_n(); i++) which[i] = &measures[i];
  return which;
}

static void same(const Figure *x, const Figure *y) {
  MUST(x->k == y->k && x->n == y->n && x->silent == y->silent && x->show == y->show);
  MUST((isnan(x->value) && isnan(y->value)) || x->value == y->value);
  MUST(x->ci.lo == y->ci.lo && x->ci.hi == y->ci.hi);
}

static void read_all(Cx *cx, const FigureScope *of, Figure *ret) { OK(cx, figures_get(cx, of, all(cx->arena), measures_n(), ret)); }

/* One and the same period: from days that are added up, from facts alone, and from some of each. */
static void same_either_way(Cx *cx, Rng *rng, FigureScope of) {
  Figure rolled[32], facts[32], some[32];
  read_all(cx, &of, rolled);
  DEFER(tx_end) Tx tx = { 0 };
  OK(cx, tx_begin(cx, &tx));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE series_day SET rolled = 0"), NULL, 0));
  read_all(cx, &of, facts);
  tx_end(&tx);
  OK(cx, tx_begin(cx, &tx));
  OK(cx, db_run(cx, SQL("UPDATE series_day SET rolled = 0 WHERE day % 3 = ?1"), V((int64_t)rng_below(rng, 3))));
  read_all(cx, &of, some);
  for (size_t i = 0; i < measures_n(); i++) {
    same(&rolled[i], &facts[i]);
    same(&rolled[i], &some[i]);
  }
}

static void points_add_up(Cx *cx, FigureScope of, const Measure *m) {
  enum { N = 9 };
  int64_t edges[N + 1], n = 0, k = 0;
  Figure points[N], whole;
  for (int i = 0; i <= N; i++) edges[i] = of.from + (of.to - of.from) / N * i;
  of.to = edges[N];
  OK(cx, figure_points(cx, &of, m, edges, N, points));
  OK(cx, figure_get(cx, &of, m, &whole));
  for (int i = 0; i < N; i++) { n += points[i].n; k += points[i].k; }
  INT(n, whole.n);
  INT(k, whole.k);
}

TEST_STORES(sums_of_days_are_those_of_their_facts) {
  sample(cx, 300, 5);
  Rng rng = rng_seed(11);
  int64_t team = 0, organisation = 0, unrolled;
  OK(cx, db_int_(cx, &team, SQL("SELECT team_id FROM request GROUP BY team_id ORDER BY COUNT(*) DESC LIMIT 1"), NULL, 0));
  OK(cx, db_int_(cx, &organisation, SQL("SELECT organisation_id FROM request GROUP BY organisation_id ORDER BY COUNT(*) DESC LIMIT 1"), NULL, 0));
  OK(cx, db_int(cx, &unrolled, SQL("SELECT COUNT(*) FROM series_day WHERE rolled = 0 AND day < ?1"), V(cx->now / DAY)));
  INT(unrolled, 0);
  for (int i = 0; i < 12; i++) {
    int64_t to = cx->now - (int64_t)rng_below(&rng, 30 * DAY);
    FigureScope of = { .from = to - (int64_t)rng_below(&rng, 150 * DAY), .to = to };
    if (i % 3 == 1) of.team = team;
    if (i % 3 == 2) of.organisation = organisation;
    same_either_way(cx, &rng, of);
    points_add_up(cx, of, &measures[rng_below(&rng, measures_n() - 4)]);
  }
}

TEST_STORES(rebuilding_gives_the_same_figures) {
  sample(cx, 120, 3);
  FigureScope of = { .from = cx->now - 200 * DAY, .to = cx->now };
  Figure before[32], again[32];
  read_all(cx, &of, before);
  MUST(before[0].n > 10);
  OK(cx, db_run_(cx, NULL, SQL("UPDATE request SET version = version + 1 WHERE id % 2 = 0"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE bookmark SET at = 0"), NULL, 0));
  for (size_t n = 1; n;) OK(cx, follow_now(cx, &n));     /* as they are kept day by day */
  read_all(cx, &of, again);
  for (size_t i = 0; i < measures_n(); i++) same(&before[i], &again[i]);
  OK(cx, follow_rebuild(cx));
  read_all(cx, &of, again);
  for (size_t i = 0; i < measures_n(); i++) same(&before[i], &again[i]);
}

static int64_t n_of(Cx *cx, FigureScope of, Err want) {
  Figure f = { 0 };
  of.from = 1;
  of.to = cx->now + 1;
  ERR(cx, figure_get(cx, &of, measure_find(S("first-answer")), &f), want);
  return want ? -1 : f.n;
}

static void heard_request(Cx *cx, int64_t asker, int64_t service, int64_t by) {
  Request r = { 0 };
  int64_t id;
  act_as(cx, asker);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = asker, .service_id = service, .subject = S("Hello"), .channel = S("page") }, &r));
  act_as(cx, by);
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("Hello.") }, &id));
}

/* All sums as they are kept, hours and times too, in one text. */
static Str kept_sums(Cx *cx, Str but) {
  typedef struct { int64_t place_id, day, k, n, silent; Str place, measure, spread, hours; } Kept;
  static const Col cols[] = { COL(Kept, place_id), COL(Kept, day), COL(Kept, k), COL(Kept, n), COL(Kept, silent), COL(Kept, place), COL(Kept, measure), COL(Kept, spread), COL(Kept, hours) };
  static const Shape shape = SHAPE(Kept, cols);
  Rows rows;
  Buf b = { .arena = cx->arena };
  OK(cx, db_rows(cx, &shape, &rows, SQL("SELECT x.place_id, x.day, x.k, x.n, x.silent, x.place, x.measure, x.spread, h.hours FROM series x JOIN series_hour h ON h.place = x.place"
    " AND h.measure = x.measure AND h.day = x.day AND h.place_id = x.place_id WHERE x.measure <> ?1 ORDER BY x.place, x.measure, x.day, x.place_id"), V(but)));
  MUST(rows.n > 50);
  for (size_t i = 0; i < rows.n; i++) {
    const Kept *r = ROW(Kept, rows, i);
    buf_fmt(&b, STR_FMT " %lld " STR_FMT " %lld: %lld %lld %lld " STR_FMT " " STR_FMT "\n", STR_ARG(r->place), (long long)r->place_id, STR_ARG(r->measure), (long long)r->day,
            (long long)r->k, (long long)r->n, (long long)r->silent, STR_ARG(r->spread), STR_ARG(r->hours));
  }
  return buf_str(&b);
}

static void follow_all(Cx *cx) {
  OK(cx, db_run_(cx, NULL, SQL("UPDATE bookmark SET at = 0"), NULL, 0));
  for (size_t n = 1; n;) OK(cx, follow_now(cx, &n));
}

static void same_when_made_anew(Cx *cx, Str but) {
  Str moved = kept_sums(cx, but);
  int64_t waiting;
  OK(cx, db_int_(cx, &waiting, SQL("SELECT COUNT(*) FROM series_day WHERE rolled = 0"), NULL, 0));
  INT(waiting, 0);                                       /* nothing had to be added up again */
  OK(cx, follow_rebuild(cx));
  for (Str again = kept_sums(cx, but); again.n || moved.n;) IS(str_line(&again), str_line(&moved));
}

TEST_STORES(days_move_with_their_facts) {
  sample(cx, 90, 7);
  OK(cx, db_run_(cx, NULL, SQL("DELETE FROM series"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("DELETE FROM series_hour"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("DELETE FROM series_day"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("DELETE FROM serving"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("DELETE FROM moment"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("DELETE FROM fact"), NULL, 0));
  follow_all(cx);                                        /* each comes as a new one */
  same_when_made_anew(cx, S(""));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE verdict SET sorted = 'partly', ease = 2 WHERE id % 3 = 0 AND answered_at > 0"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE verdict SET answered_at = answered_at + 90000000000 WHERE id % 4 = 0 AND answered_at > 0"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE request SET team_id = (SELECT MIN(id) FROM party WHERE kind = 'team' AND id <> request.team_id) WHERE id % 5 = 0"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE request SET organisation_id = NULL WHERE id % 7 = 0"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE request SET since_at = since_at - 7200000000, outcome = 'broken' WHERE id % 6 = 0 AND outcome = 'kept'"), NULL, 0));
  OK(cx, db_run_(cx, NULL, SQL("UPDATE request SET version = version + 1"), NULL, 0));
  follow_all(cx);
  same_when_made_anew(cx, S(SERIES_RECOVERED));           /* what was said next is not looked for twice, and here it was rewritten */
}

/* Whole days from their sums, edges and days that wait from the moments themselves; of few all of them. */
TEST_STORES(moments_of_days_are_the_moments) {
  sample(cx, 400, 9);
  Rng rng = rng_seed(2);
  int64_t team = 0;
  OK(cx, db_int_(cx, &team, SQL("SELECT team_id FROM moment GROUP BY team_id ORDER BY COUNT(*) DESC LIMIT 1"), NULL, 0));
  for (int i = 0; i < 8; i++) {
    MomentFigures days, moments;
    FigureScope of = { .from = cx->now - 150 * DAY + (int64_t)rng_below(&rng, 20 * DAY), .to = cx->now - (int64_t)rng_below(&rng, 5 * DAY), .team = i % 2 ? team : 0 };
    OK(cx, moment_figures(cx, &of, &days));
    DEFER(tx_end) Tx tx = { 0 };
    OK(cx, tx_begin(cx, &tx));
    OK(cx, db_run_(cx, NULL, i % 4 < 2 ? SQL("UPDATE series_day SET rolled = 0") : SQL("UPDATE series_day SET rolled = 0 WHERE day % 3 = 0"), NULL, 0));
    OK(cx, moment_figures(cx, &of, &moments));
    MUST(days.recovery.n + days.recovery.silent > 10);
    same(&days.recovery, &moments.recovery);
    same(&days.recovered, &moments.recovered);
  }
}

/* A team closed to others leaves the sums of organisations and of the house at once, and comes back when it is opened. */
TEST_STORES(a_team_that_is_closed_leaves_the_sums_of_others) {
  Place p;
  size_t n;
  Figure bad = { 0 };
  place_new(cx, &p);
  heard_request(cx, p.ana, p.service_it, p.sofie);
  OK(cx, follow_now(cx, &n));
  for (int closed = 1; closed >= 0; closed--) {
    cx->actor = (Actor){ .system = true };
    OK(cx, team_close(cx, p.it, closed));
    for (int rolled = 0; rolled < 2; rolled++) {
      act_as(cx, p.noor);
      INT(n_of(cx, (FigureScope){ .organisation = p.house }, E_OK), !closed);
      INT(n_of(cx, (FigureScope){ 0 }, E_OK), !closed);
      OK(cx, figure_get(cx, &(FigureScope){ .organisation = p.house }, measure_find(S("bad-moment")), &bad));
      INT(bad.n, !closed);
      act_as(cx, p.sofie);
      INT(n_of(cx, (FigureScope){ .team = p.it }, E_OK), 1);
      cx->actor = (Actor){ .system = true };
      OK(cx, series_roll(cx, 8, &n));
      INT(n, rolled ? 0 : 1);
    }
  }
  OK(cx, team_close(cx, p.it, true));
  OK(cx, series_roll(cx, 8, &n));
  heard_request(cx, p.ana, p.service_it, p.sofie);           /* what it does from then on is in none either */
  OK(cx, follow_now(cx, &n));
  act_as(cx, p.noor);
  INT(n_of(cx, (FigureScope){ .organisation = p.house }, E_OK), 0);
  act_as(cx, p.sofie);
  INT(n_of(cx, (FigureScope){ .team = p.it }, E_OK), 2);
}

/* A day that waits to be added up is left to that: its facts are read. */
TEST_STORES(a_day_that_waits_is_not_moved) {
  Place p;
  size_t n;
  int64_t rows;
  place_new(cx, &p);
  OK(cx, series_stale(cx, cx->now));
  heard_request(cx, p.ana, p.service_it, p.sofie);
  OK(cx, follow_now(cx, &n));
  OK(cx, db_int_(cx, &rows, SQL("SELECT COUNT(*) FROM series"), NULL, 0));
  INT(rows, 0);
  act_as(cx, p.sofie);
  INT(n_of(cx, (FigureScope){ 0 }, E_OK), 1);
  OK(cx, series_roll(cx, 8, &n));
  INT(n, 1);
  INT(n_of(cx, (FigureScope){ 0 }, E_OK), 1);
  heard_request(cx, p.ana, p.service_it, p.sofie);
  OK(cx, follow_now(cx, &n));
  OK(cx, db_int_(cx, &rows, SQL("SELECT COUNT(*) FROM series"), NULL, 0));
  MUST(rows > 0);
  act_as(cx, p.sofie);
  INT(n_of(cx, (FigureScope){ 0 }, E_OK), 2);
}

/* ── sight ───────────────────────────────────────────────────────────── */

TEST_STORES(figures_are_over_what_one_may_see) {
  Place p;
  size_t n;
  place_new(cx, &p);
  heard_request(cx, p.ana, p.service_it, p.sofie);
  heard_request(cx, p.olu, p.service_it, p.sofie);
  heard_request(cx, p.ana, p.service_hr, p.grace);       /* a closed team */
  OK(cx, follow_now(cx, &n));
  act_as(cx, p.sofie);
  INT(n_of(cx, (FigureScope){ 0 }, E_OK), 2);
  INT(n_of(cx, (FigureScope){ .team = p.it }, E_OK), 2);
  n_of(cx, (FigureScope){ .team = p.hr }, E_ABSENT);
  INT(n_of(cx, (FigureScope){ .organisation = p.customer }, E_OK), 1);
  INT(n_of(cx, (FigureScope){ .mine = true }, E_OK), 0);
  act_as(cx, p.grace);
  INT(n_of(cx, (FigureScope){ 0 }, E_OK), 1);
  act_as(cx, p.noor);                                    /* leads the house: all that is open */
  INT(n_of(cx, (FigureScope){ 0 }, E_OK), 2);
  n_of(cx, (FigureScope){ .team = p.hr }, E_ABSENT);
  INT(n_of(cx, (FigureScope){ .organisation = p.house }, E_OK), 1);
  act_as(cx, p.ana);
  n_of(cx, (FigureScope){ 0 }, E_ABSENT);
  n_of(cx, (FigureScope){ .team = p.it }, E_ABSENT);
  n_of(cx, (FigureScope){ .organisation = p.house }, E_ABSENT);
  INT(n_of(cx, (FigureScope){ .mine = true }, E_OK), 2);
  cx->actor = (Actor){ .system = true };
  OK(cx, relationship_add(cx, p.olu, S("reads"), p.customer));
  act_as(cx, p.olu);
  INT(n_of(cx, (FigureScope){ .organisation = p.customer }, E_OK), 1);
  n_of(cx, (FigureScope){ .organisation = p.house }, E_ABSENT);
  cx->actor.only_request = 1;                            /* came by a mailed link */
  n_of(cx, (FigureScope){ .organisation = p.customer }, E_ABSENT);
  n_of(cx, (FigureScope){ .mine = true }, E_ABSENT);
  cx->actor = (Actor){ 0 };
  n_of(cx, (FigureScope){ 0 }, E_ABSENT);
  n_of(cx, (FigureScope){ .mine = true }, E_ABSENT);
}

TEST(measures_of_ours_have_a_customers_pair) {
  for (const Measure *m = measures; m->name; m++) {
    const Measure *pair = m->pair ? measure_find(str_z(m->pair)) : NULL;
    MUST(!m->pair || pair);
    if (m->eyes == EYES_AGENT) MUST(pair && pair->eyes != EYES_AGENT);
    MUST(m->kind == FIGURE_TIME || (m->yes && m->no));
    MUST(m->label && m->question && m->formula && m->source && m->see);
  }
}
