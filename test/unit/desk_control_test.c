/* Periods at the midnights of a zone; control charts: limits, signals, what is concluded, who locks. */
#include <math.h>
#include "base/zone.h"
#include "desk/control.h"
#include "desk/series.h"
#include "desk_fixture.h"

static int64_t at(const char *s) { int64_t t = 0; MUST(clock_parse(str_z(s), &t)); return t; }

TEST(period_words) {
  Cx cx = { .arena = a, .zone = S("Europe/Amsterdam"), .now = at("2026-03-30T10:00:00Z") };
  static const struct { int line; const char *period, *from, *to, *begin, *end; } cases[] = {
    { __LINE__, "7d", "", "", "2026-03-23T23:00:00Z", "2026-03-30T10:00:00Z" },           /* the clocks went forward on the 29th */
    { __LINE__, "", "", "", "2026-02-28T23:00:00Z", "2026-03-30T10:00:00Z" },
    { __LINE__, "2026", "", "", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z" },
    { __LINE__, "2026-Q2", "", "", "2026-03-31T22:00:00Z", "2026-06-30T22:00:00Z" },
    { __LINE__, "2026-12", "", "", "2026-11-30T23:00:00Z", "2026-12-31T23:00:00Z" },
    { __LINE__, "", "2026-10-25", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z" },
    { __LINE__, "", "2026-03-29", "", "2026-03-28T23:00:00Z", "2026-03-30T10:00:00Z" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Period p;
    OK(&cx, period_read(&cx, str_z(cases[i].period), str_z(cases[i].from), str_z(cases[i].to), &p));
    INT_AT(cases[i].line, p.from, at(cases[i].begin));
    INT_AT(cases[i].line, p.to, at(cases[i].end));
  }
}

TEST(period_words_that_are_none) {
  static const struct { const char *period, *from, *to, *field; } cases[] = {
    { "8d", "", "", "period" }, { "2026-Q0", "", "", "period" }, { "2026-13", "", "", "period" }, { "1969", "", "", "period" }, { "2026-+1", "", "", "period" }, { "2026-", "", "", "period" },
    { "", "", "2026-01-01", "from" }, { "", "2026-02-29", "", "from" }, { "", "2026-01-01", "2026-04-31", "to" }, { "", "2026-01-02", "2026-01-01", "to" }, { "", "26-01-02xx", "", "from" },
  };
  Cx cx = { .arena = a, .zone = S("UTC"), .now = at("2026-03-30T10:00:00Z") };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Period p;
    ERR(&cx, period_read(&cx, str_z(cases[i].period), str_z(cases[i].from), str_z(cases[i].to), &p), E_INVALID);
    IS(cx.field, str_z(cases[i].field));
  }
}

/* In every zone, over years: edges rise, begin where that unit begins, and none is left out. */
TEST(period_edges_everywhere) {
  Str *zones;
  size_t n = zone_list(a, &zones);
  for (size_t z = 0; z < n; z++) {
    Arena *page = arena_new((size_t)1 << 26);
    Cx cx = { .arena = page, .zone = zones[z] };
    Period whole = { at("2010-12-20T05:00:00Z"), at("2012-01-10T00:00:00Z") };              /* Samoa left out a day in it */
    for (PeriodUnit u = 0; u < UNIT_COUNT; u++) {
      int64_t *edges;
      size_t pieces;
      OK(&cx, period_edges(&cx, u, whole, &edges, &pieces));
      INT(edges[0], whole.from);
      INT(edges[pieces], whole.to);
      for (size_t i = 1; i < pieces; i++) {
        MUST(edges[i] > edges[i - 1]);
        INT(period_begin(zones[z], u, edges[i]), edges[i]);
        if (i > 1) INT(period_begin(zones[z], u, edges[i] - SECOND), edges[i - 1]);
      }
      MUST(pieces >= (u == UNIT_DAY ? 384u : u == UNIT_WEEK ? 55u : 13u));
    }
    arena_free(page);
  }
}

/* ── charts ──────────────────────────────────────────────────────────── */

/* So many requests of that week, back from now, of which k kept their promise: facts as they would be. */
static void week(Cx *cx, const Place *p, int64_t *id, int back, int k, int n) {
  Fact *facts = NEW_N(cx->arena, Fact, (size_t)n);
  int64_t end = period_move(cx->zone, UNIT_WEEK, period_begin(cx->zone, UNIT_WEEK, cx->now), -back) + 3 * DAY;
  DEFER(tx_end) Tx tx = { 0 };
  OK(cx, tx_begin(cx, &tx));
  for (int i = 0; i < n; i++, (*id)++) {
    OK(cx, db_run(cx, SQL("INSERT INTO request(id, subject, asker_id, team_id, state, ball, court, since_at, created_at, updated_at) VALUES (?1, 'x', ?2, ?3, 'ACCEPTED', '', 'done', ?4, ?4, ?4)"),
                  V(*id), V(p->ana), V(p->it), V(end - HOUR)));
    facts[i] = (Fact){ .request_id = *id, .version = 1, .team_id = p->it, .organisation_id = p->house, .service_id = p->service_it, .asker_id = p->ana, .kind = S("help"), .channel = S("page"),
                       .outcome = i < k ? S("kept") : S("broken"), .since_at = end - HOUR, .ended_at = end, .in_time = -1, .customer_us = HOUR, .provider_us = HOUR, .reach_us = -1, .touches = 1,
                       .again_after = -1, .lost_minutes = -1, .honoured = -1 };
  }
  OK(cx, fact_fill(cx, &(Rows){ facts, (size_t)n }));
  OK(cx, series_stale(cx, end));
  OK(cx, tx_commit(&tx));
}

static Control look(Cx *cx) {
  Control c;
  OK(cx, control_get(cx, &(FigureScope){ 0 }, measure_find(S("promise-kept")), UNIT_WEEK, &c));
  return c;
}

TEST_STORES(a_chart_says_what_may_be_said) {
  Place p;
  int64_t id = 1000;
  place_new(cx, &p);
  OK(cx, relationship_add(cx, p.sofie, S("leads"), p.it));
  act_as(cx, p.sofie);
  Control c = look(cx);
  INT(c.says, CONTROL_FEW);
  INT(c.wait, 5);
  INT(c.all.show, SHOW_NONE);
  static const int kept[] = { 14, 15, 13, 16, 14, 15, 13, 16, 15, 14, 16, 13 };
  for (int i = 0; i < 3; i++) week(cx, &p, &id, 20 - i, kept[i], 20);
  week(cx, &p, &id, 17, 0, 4);                             /* too few to count */
  c = look(cx);
  INT(c.says, CONTROL_FEW);
  INT(c.wait, 2);
  for (int i = 3; i < 12; i++) week(cx, &p, &id, 19 - i, kept[i], 20);
  c = look(cx);
  INT(c.says, CONTROL_STEADY);
  INT(c.v_n, 12);
  MUST(!c.base && c.limited && c.wait == 0);
  MUST(fabs(c.limits.centre - 174. / 240) < 1e-12);
  OK(cx, control_lock(cx, &(FigureScope){ 0 }, c.m, UNIT_WEEK, 0));
  for (int i = 7; i > 3; i--) week(cx, &p, &id, i, 15, 20);
  c = look(cx);
  INT(c.says, CONTROL_STEADY);
  MUST(c.base && c.after && c.net_ci.lo < 0 && c.net_ci.hi > 0);
  IS(c.base->by, S("Sofie Janssens"));
  for (int i = 3; i > 0; i--) week(cx, &p, &id, i, 20, 20);
  c = look(cx);
  MUST(c.says == CONTROL_ODD && c.up);
}

TEST_STORES(a_change_is_told_from_noise) {
  Place p;
  int64_t id = 1000;
  place_new(cx, &p);
  OK(cx, relationship_add(cx, p.sofie, S("leads"), p.it));
  act_as(cx, p.sofie);
  static const int kept[] = { 14, 15, 13, 16, 14, 15, 13, 16, 15, 14, 16, 13, 17, 17, 16, 17, 16, 17, 16, 17 };
  for (int i = 0; i < 12; i++) week(cx, &p, &id, 20 - i, kept[i], 20);
  OK(cx, control_lock(cx, &(FigureScope){ 0 }, measure_find(S("promise-kept")), UNIT_WEEK, 12));
  for (int i = 12; i < 19; i++) week(cx, &p, &id, 20 - i, kept[i], 20);
  MUST(look(cx).says != CONTROL_CHANGED);                  /* seven */
  week(cx, &p, &id, 1, 17, 20);
  Control c = look(cx);
  MUST(c.says == CONTROL_CHANGED && c.up && c.run == 8 && c.after);
  MUST(fabs(c.net - (133. / 160 - 174. / 240)) < 1e-12);
  MUST(c.net_ci.lo < c.net && c.net < c.net_ci.hi);
  OK(cx, control_lock(cx, &(FigureScope){ 0 }, c.m, UNIT_WEEK, 0));
  c = look(cx);
  INT(c.baselines.n, 2);                                   /* the old one stays to be seen */
  MUST(ROW(Baseline, c.baselines, 1)->ended_at == cx->now && !ROW(Baseline, c.baselines, 0)->ended_at);
}

TEST_STORES(who_may_lock) {
  Place p;
  int64_t id = 1000;
  const Measure *m = measure_find(S("promise-kept"));
  place_new(cx, &p);
  act_as(cx, p.yusuf);
  for (int i = 1; i < 12; i++) week(cx, &p, &id, i, 15, 20);
  ERR(cx, control_lock(cx, &(FigureScope){ 0 }, m, UNIT_WEEK, 0), E_DENIED);
  act_as(cx, p.noor);
  ERR(cx, control_lock(cx, &(FigureScope){ .team = p.it }, m, UNIT_WEEK, 0), E_INVALID);       /* eleven */
  week(cx, &p, &id, 12, 15, 20);
  OK(cx, control_lock(cx, &(FigureScope){ .team = p.it }, m, UNIT_WEEK, 0));
  ERR(cx, control_lock(cx, &(FigureScope){ .team = p.hr }, m, UNIT_WEEK, 0), E_ABSENT);        /* closed to others */
  ERR(cx, control_lock(cx, &(FigureScope){ .mine = true }, m, UNIT_WEEK, 0), E_DENIED);
  ERR(cx, control_lock(cx, &(FigureScope){ 0 }, measure_find(S("bad-moment")), UNIT_WEEK, 0), E_INVALID);
  Control c = look(cx);
  MUST(!c.base);                                           /* of one team is not of all */
}

/* Limits in steps: each point is held against one baseline, and what is old says nothing of now. */
TEST_STORES(earlier_baselines_stay_to_be_seen) {
  Place p;
  int64_t id = 1000;
  const Measure *m = measure_find(S("promise-kept"));
  static const int before[] = { 10, 11, 9, 12, 10, 11, 9, 12, 11, 10, 12, 9 }, after[] = { 16, 17, 15, 18, 16, 17, 15, 18, 17, 16, 18, 15 };
  place_new(cx, &p);
  OK(cx, relationship_add(cx, p.sofie, S("leads"), p.it));
  act_as(cx, p.sofie);
  for (int i = 0; i < 12; i++) week(cx, &p, &id, 25 - i, before[i], 20);
  cx->now -= 91 * DAY;
  OK(cx, control_lock(cx, &(FigureScope){ 0 }, m, UNIT_WEEK, 0));
  cx->now += 91 * DAY;
  for (int i = 0; i < 12; i++) week(cx, &p, &id, 13 - i, after[i], 20);
  Control c = look(cx);
  INT(c.says, CONTROL_CHANGED);
  INT(c.span_n, 1);
  INT(c.lock, 12);                                         /* since the change: what to lock next */
  OK(cx, control_lock(cx, &(FigureScope){ 0 }, m, UNIT_WEEK, (int64_t)c.lock));
  week(cx, &p, &id, 1, 4, 20);
  c = look(cx);
  INT(c.span_n, 2);
  INT(c.n, 25);
  const ControlSpan *old = &c.spans[0], *now = &c.spans[1];
  MUST(old->from == 0 && old->to == 12 && now->from == 12 && now->to == c.n && now->base == c.base && old->base->ended_at);
  MUST(fabs(old->limits.centre - 126. / 240) < 1e-12 && fabs(now->limits.centre - 198. / 240) < 1e-12);
  MUST(control_span(&c, 11) == old && control_span(&c, 12) == now && control_limits(&c, 0) == &old->limits && control_drawn(&c, old->base));
  INT(c.signal_n, 1);                                      /* the step itself is none: only the last one fell out */
  MUST(c.signals[0].at == c.v_n && c.says == CONTROL_ODD && !c.up);
  OK(cx, control_lock(cx, &(FigureScope){ 0 }, m, UNIT_WEEK, 0));
  c = look(cx);
  INT(c.baselines.n, 3);
  INT(c.span_n, 1);                                        /* the newest covers all of it */
  MUST(!control_drawn(&c, ROW(Baseline, c.baselines, 1)) && control_drawn(&c, c.base));
}
