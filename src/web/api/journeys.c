/* web/api/journeys.c: journeys for programs; the same walks and figures as on the page. */
#include "web/api/journeys.h"
#include "desk/site.h"
#include "web/number.h"
#include "web/pages/journey.h"

static void row_put(JsonOut *w, Cx *cx, const Journey *j) {
  JSON(w, "id", j->id);
  JSON(w, "code", j->code);
  JSON(w, "name", j->name);
  JSON(w, "about", j->about);
  JSON(w, "walker", j->walker);
  JSON(w, "team", j->team);
  JSON(w, "url", str_fmt(cx->arena, STR_FMT "/journeys/%lld", STR_ARG(cx->site->public_url), (long long)j->id));
  JSON(w, "in_force", j->in_force);
  JSON_TIME(w, "since", j->since);
  JSON(w, "in_work", (bool)(j->worked != 0));
}

Err api_journeys_get(Cx *cx, const Req *q, Res *res) {
  Rows rows;
  (void)q;
  TRY(journey_list(cx, false, &rows));
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < rows.n; i++) {
    json_obj(&w);
    row_put(&w, cx, ROW(Journey, rows, i));
    json_end(&w);
  }
  json_end(&w);
  json_name(&w, "next");
  json_put_null(&w);
  return api_end(&w, res, 200);
}

static void worst_put(JsonOut *w, Cx *cx, const Worst *x) {
  json_name(w, "worst");
  if (!x->request_id) { json_put_null(w); return; }
  json_obj(w);
  if (!x->nameless) JSON(w, "ref", request_ref(cx->arena, x->request_id));
  JSON(w, "words", x->words);
  json_end(w);
}

static void said_put(JsonOut *w, const Touchpoint *t) {
  const struct { const char *name; Str value; } said[] = {
    { "code", t->code }, { "name", t->name }, { "phase", t->phase }, { "lane", t->lane }, { "kind", t->kind }, { "doing", t->doing }, { "initiator", t->initiator },
    { "receiver", t->receiver }, { "channel", t->channel }, { "owner", t->owner }, { "promise", t->promise }, { "ideas", t->ideas },
  };
  for (size_t i = 0; i < COUNT(said); i++) JSON(w, said[i].name, said[i].value);
}

static void stage_put(JsonOut *w, Cx *cx, const Stage *s) {
  const struct { const char *name; const Figure *f; } figures[] = {
    { "wait", &s->wait }, { "effort", &s->effort }, { "good", &s->good }, { "feeling", &s->feeling }, { "bar_met", &s->bar }, { "promised_later", &s->late }, { "promise_kept", &s->kept },
    { "proximity", &s->near },
  };
  json_obj(w);
  said_put(w, s->t);
  JSON(w, "visits", s->visits);
  JSON(w, "people", s->people);
  for (size_t i = 0; i < COUNT(figures); i++) figure_json(w, figures[i].name, figures[i].f);
  JSON(w, "renegotiated", s->renegotiated);
  JSON(w, "marked", s->marked);
  JSON(w, "priority", s->priority);
  JSON_ARR(w, "channels");
  for (size_t i = 0; i < s->channel_n; i++) {
    json_obj(w);
    JSON(w, "channel", s->channels[i].channel);
    JSON(w, "n", s->channels[i].n);
    json_end(w);
  }
  json_end(w);
  worst_put(w, cx, &s->worst);
  json_end(w);
}

static void code_put(JsonOut *w, const char *name, const JourneyPage *p, int place) {
  json_name(w, name);
  if (place >= 0 && (size_t)place < p->map.n) json_put_str(w, ROW(Touchpoint, p->map, place)->code); else json_put_null(w);
}

static void deviations_put(JsonOut *w, const JourneyPage *p) {
  JSON_ARR(w, "deviations");
  for (size_t i = 0; i < p->m.went_n; i++) {
    const Deviation *d = &p->m.went[i];
    json_obj(w);
    JSON(w, "went", went_name(d->went));
    code_put(w, "touchpoint", p, d->place);
    code_put(w, "before", p, d->other);
    JSON(w, "service", d->service);
    JSON(w, "walks", d->walks);
    json_end(w);
  }
  json_end(w);
}

static void measures_put(JsonOut *w, Cx *cx, const JourneyPage *p) {
  const JourneyMeasures *m = &p->m;
  JSON(w, "walks", m->walks);
  JSON(w, "people", m->people);
  JSON(w, "still_walking", m->still);
  JSON(w, "cut", m->cut);
  figure_json(w, "as_planned", &m->planned);
  figure_json(w, "bad_moments", &m->bad);
  figure_json(w, "remembered", &m->remembered);
  JSON_OBJ(w, "weights");
  JSON(w, "worst", m->weights.worst);
  JSON(w, "end", m->weights.end);
  JSON(w, "mean", m->weights.mean);
  json_end(w);
  JSON_ARR(w, "stages");
  for (size_t i = 0; i < m->stage_n; i++) stage_put(w, cx, &m->stages[i]);
  json_end(w);
  deviations_put(w, p);
}

Err api_journey_get(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  TRY(journey_load(cx, q, &p));
  JsonOut w = api_begin(res);
  row_put(&w, cx, &p.j);
  JSON(&w, "version", p.version.number);
  measures_put(&w, cx, &p);
  JSON(&w, "cjml", str_cat(cx->arena, cx->site->public_url, S("/api/v1"), journey_href(cx->arena, &p, "/cjml")));
  JSON(&w, "xes", str_cat(cx->arena, cx->site->public_url, S("/api/v1"), journey_href(cx->arena, &p, "/xes")));
  return api_end(&w, res, 200);
}

Err api_journey_cjml(Cx *cx, const Req *q, Res *res) { return journey_cjml_get(cx, q, res); }
Err api_journey_xes(Cx *cx, const Req *q, Res *res) { return journey_xes_get(cx, q, res); }
