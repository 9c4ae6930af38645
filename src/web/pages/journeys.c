/* web/pages/journeys.c: the list of journeys, and a new one. */
#include "views.h"
#include "web/pages/journey.h"
#include "web/pages/portal.h"

extern const Route journeys_routes[];

static Err draw(Cx *cx, const Req *q, Res *res, JourneyListPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  p->done = res->wrong.n ? S("") : desk_done(cx, q, S(""));
  TRY(journey_list(cx, false, &p->rows));
  TRY(journey_may_change(cx, &(Journey){ 0 }, &p->may));
  if (p->may) TRY(journey_list(cx, true, &p->closed));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Journeys"), RAIL_JOURNEYS, &s, &v));
  view_journeys_page(&v, &s, p);
  return E_OK;
}

static Err list(Cx *cx, const Req *q, Res *res) {
  JourneyListPage p = { 0 };
  return draw(cx, q, res, &p);
}

static Err new_one(Cx *cx, const Req *q, Res *res) {
  JourneyListPage p = { .in = { .name = str_trim(req_form(q, "name")), .walker = str_trim(req_form(q, "walker")), .days = 60 } };
  Journey j;
  Err e = journey_new(cx, &p.in, &j);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/edit", (long long)j.id));
  return portal_refused(cx, res, e) ? draw(cx, q, res, &p) : e;
}

/* For journey_files.c: the list again, with what is wrong with a file. */
Err journeys_refused(Cx *, const Req *, Res *);
Err journeys_refused(Cx *cx, const Req *q, Res *res) {
  JourneyListPage p = { 0 };
  return draw(cx, q, res, &p);
}

const Route journeys_routes[] = {
  { .verb = GET,  .path = "/journeys", .run = list,    .may = MAY_PROVIDER, .about = "Journeys: what people live through with us" },
  { .verb = POST, .path = "/journeys", .run = new_one, .may = MAY_LEAD,     .about = "A new journey" },
  { 0 }
};
