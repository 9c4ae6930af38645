/* web/pages/floor.c: how it is right now, in three sentences and then in detail. */
#include "web/pages/floor.h"
#include "text/num.h"
#include "views.h"
#include "web/csv.h"
#include "web/pages/desk_page.h"
#include "web/words.h"

extern const Route floor_routes[];

enum { PROMISES = 8 };

int floor_heat_class(const FloorHeat *h, int64_t n) { return !n || !h->most ? 0 : (int)(1 + 5 * (n - 1) / h->most); }

/* 1 January 2024 was a Monday. */
Str floor_weekday(const View *v, int day, bool whole) {
  Reader r = { v->arena, v->lang, S("UTC"), INT64_C(1704067200) * SECOND + (day - 3) * DAY };
  int64_t at = INT64_C(1704067200) * SECOND + day * DAY;
  return whole ? when_day(r, at) : when_short(r, at);
}

Str floor_hour(const View *v, int hour) { return when_clock((Reader){ v->arena, v->lang, S("UTC"), 0 }, INT64_C(1704067200) * SECOND + hour * HOUR); }

bool floor_asked(const FloorPage *p, int64_t person) {
  for (size_t i = 0; i < p->hands.n; i++) if (ROW(Hand, p->hands, i)->by_id == person) return true;
  return false;
}

Str floor_on_hand(const View *v, const FloorPerson *x) {
  if (!x->promises) return tr(v->lang, "has room");
  Str all = trn_f(v->arena, v->lang, "one promise", "%s promises", x->promises, num(v->arena, v->lang, x->promises));
  if (!x->today) return all;
  /* Translators: "3 promises, 1 due today" */
  return tr_f(v->arena, v->lang, "%1$s, %2$s", all, trn_f(v->arena, v->lang, "one due today", "%s due today", x->today, num(v->arena, v->lang, x->today)));
}

static void hours_of(FloorPage *p) {
  p->first_hour = 23;
  for (int h = 0; h < 24; h++)
    for (int d = 0; d < 7; d++) {
      if (!p->heat.at[d][h]) continue;
      if (h < p->first_hour) p->first_hour = h;
      if (h > p->last_hour) p->last_hour = h;
    }
}

static Err charts(Cx *cx, FloorPage *p) {
  FigureScope all = { 0 };
  TRY(control_get(cx, &all, measure_find(S("first-answer")), UNIT_WEEK, &p->first));
  return control_get(cx, &all, measure_find(S("promise-kept")), UNIT_WEEK, &p->kept);
}

Err floor_load(Cx *cx, FloorPage *p) {
  TRY(floor_now(cx, &p->now));
  TRY(floor_promises(cx, cx->now + DAY, PROMISES + 1, &p->promises));
  p->more_promises = p->promises.n > PROMISES;
  if (p->more_promises) p->promises.n = PROMISES;
  TRY(floor_people(cx, &p->people));
  TRY(hand_list(cx, &p->hands));
  Err e = floor_said(cx, &p->said);
  p->said_any = !e;
  if (e != E_ABSENT) TRY(e);
  TRY(charts(cx, p));
  TRY(floor_heat(cx, &p->heat));
  hours_of(p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  FloorPage p = { .wall = str_eq(req_get(q, "wall"), S("1")), .live = str_eq(req_get(q, "live"), S("1")), .paused = str_eq(req_get(q, "pause"), S("1")),
                  .reader = cx->actor.party, .done = desk_done(cx, q, S("")) };
  Shell s;
  View v;
  if (!p.wall) TRY(worst_load(cx, q, WORST_ALL, &p.worst));
  p.worst.large = true;
  if (worst_part(q)) return worst_answer(cx, q, res, &p.worst);
  TRY(floor_load(cx, &p));
  if (p.live) res_header(cx, res, "Refresh", S("15"));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "The floor"), RAIL_FLOOR, &s, &v));
  view_floor_page(&v, &s, &p);
  return E_OK;
}

static void csv_points(Cx *cx, Res *res, const Control *c) { for (size_t i = 0; i < c->n; i++) csv_figure(cx, res, &c->points[i]); }

static Err csv(Cx *cx, const Req *q, Res *res) {
  FloorPage p = { 0 };
  (void)q;
  TRY(charts(cx, &p));
  csv_begin(res);
  csv_points(cx, res, &p.first);
  csv_points(cx, res, &p.kept);
  return csv_end(cx, res, S("floor.csv"));
}

static Err hours_csv(Cx *cx, const Req *q, Res *res) {
  FloorHeat h;
  (void)q;
  TRY(floor_heat(cx, &h));
  buf_add(&res->body, S("weekday,hour,n,from,to\r\n"));
  for (int d = 0; d < 7; d++)
    for (int k = 0; k < 24; k++)
      buf_fmt(&res->body, "%d,%d,%lld,%s,%s\r\n", d + 1, k, (long long)h.at[d][k], str_cstr(cx->arena, clock_rfc3339(cx->arena, h.from)), str_cstr(cx->arena, clock_rfc3339(cx->arena, h.to)));
  return csv_end(cx, res, S("hours.csv"));
}

const Route floor_routes[] = {
  { .verb = GET, .path = "/floor", .run = page, .may = MAY_PROVIDER, .about = "How it is right now: who waits, what is promised, who is here" },
  { .verb = GET, .path = "/floor.csv", .run = csv, .may = MAY_PROVIDER, .about = "The charts of the floor as a file" },
  { .verb = GET, .path = "/floor/hours.csv", .run = hours_csv, .may = MAY_PROVIDER, .about = "When people come, as a file" },
  { 0 }
};
