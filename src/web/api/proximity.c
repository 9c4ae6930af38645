/* web/api/proximity.c: the ten elements as people say them and as the loop shows them, far against near, and the channels. */
#include "web/api/proximity.h"
#include "desk/proximity.h"
#include "web/number.h"
#include "web/scope.h"

static void far_and_near(JsonOut *w, const char *name, const Figure *f, Gap gap) {
  JSON_OBJ(w, name);
  figure_json(w, "all", &f[DISTANCE_ALL]);
  figure_json(w, "near", &f[DISTANCE_NEAR]);
  figure_json(w, "far", &f[DISTANCE_FAR]);
  JSON(w, "gap", gap_name(gap));
  json_end(w);
}

static void elements(JsonOut *w, Cx *cx, const Proximity *p) {
  JSON_ARR(w, "elements");
  for (int e = 0; e < PROXIMITY_ITEMS; e++) {
    const ProximityElement *el = &p->at[e];
    json_obj(w);
    JSON(w, "name", el->name);
    JSON(w, "words", tr(cx->lang, el->words));
    far_and_near(w, "said", el->said, el->said_gap);
    JSON(w, "seen_words", tr(cx->lang, el->seen_label));
    far_and_near(w, "seen", el->seen, el->seen_gap);
    json_end(w);
  }
  json_end(w);
}

static void alpha(JsonOut *w, const Proximity *p) {
  json_name(w, "alpha");
  if (!p->alpha_n) { json_put_null(w); return; }
  json_obj(w);
  JSON(w, "alpha", p->alpha);
  JSON(w, "cards", p->alpha_n);
  json_end(w);
}

static void channels(JsonOut *w, const Proximity *p) {
  JSON_ARR(w, "channels");
  for (size_t i = 0; i < p->channel_n; i++) {
    json_obj(w);
    JSON(w, "channel", p->channels[i]);
    figure_json(w, "good", &p->good[i]);
    json_end(w);
  }
  json_end(w);
  json_name(w, "parity");
  if (!p->compared) { json_put_null(w); return; }
  json_obj(w);
  JSON(w, "a", p->channels[p->parity.a]);
  JSON(w, "b", p->channels[p->parity.b]);
  JSON(w, "difference", p->parity.widest.value);
  JSON_ARR(w, "ci");
  json_put_double(w, p->parity.widest.ci.lo);
  json_put_double(w, p->parity.widest.ci.hi);
  json_end(w);
  JSON(w, "distinguishable", p->parity.distinguishable);
  json_end(w);
}

static Err over_time(Cx *cx, const Req *q, const ProximityScope *of, JsonOut *w) {
  static const char *const names[] = { [NEARNESS_LINES] = "index", [NEARNESS_PICTURE] = "picture" };
  PeriodUnit u;
  TRY(scope_unit(cx, q, "chart", UNIT_WEEK, &u));
  JSON_OBJ(w, "over_time");
  for (Nearness k = NEARNESS_LINES; k <= NEARNESS_PICTURE; k++) {
    Control c;
    TRY(proximity_line(cx, of, k, u, &c));
    api_put_control(w, names[k], &c);
  }
  json_end(w);
  return E_OK;
}

Err api_proximity_get(Cx *cx, const Req *q, Res *res) {
  FigureScope asked;
  Proximity *p = NEW(cx->arena, Proximity);
  TRY(scope_read(cx, q, &asked));
  ProximityScope of = { .from = asked.from, .to = asked.to, .team = asked.team, .organisation = asked.organisation };
  TRY(proximity_get(cx, &of, p));
  JsonOut w = api_begin(res);
  far_and_near(&w, "index", p->index, p->index_gap);
  far_and_near(&w, "picture", p->picture, p->picture_gap);
  elements(&w, cx, p);
  alpha(&w, p);
  JSON(&w, "requests", p->requests);
  JSON(&w, "unknown", p->unknown);
  JSON(&w, "sampled", p->sampled);
  channels(&w, p);
  figure_json(&w, "carried", &p->carried);
  TRY(over_time(cx, q, &of, &w));
  return api_end(&w, res, 200);
}
