/* web/api/instruments.c: each instrument with its questions, how often it is asked, and its figures. Answers come from the card's own
   page alone: nothing here asks, answers, or keeps a card from somebody. */
#include "web/api/instruments.h"
#include "desk/score.h"
#include "web/number.h"
#include "web/scope.h"

static void questions(JsonOut *w, Cx *cx, const Instrument *in) {
  JSON(w, "name", in->name);
  JSON(w, "title", tr(cx->lang, in->title));
  JSON(w, "question", tr_f(cx->arena, cx->lang, in->ask, tr(cx->lang, "the service desk")));
  JSON(w, "lowest", (int64_t)in->lo);
  JSON(w, "highest", (int64_t)in->hi);
  JSON_ARR(w, "lines");
  for (size_t i = 0; in->n > 1 && i < in->n; i++) json_put_str(w, tr(cx->lang, in->items[i].words));
  json_end(w);
}

/* How many chose each answer of a single question. */
static void chosen(JsonOut *w, const Instrument *in, const Score *s) {
  JSON_ARR(w, "chosen");
  for (int i = in->hi == 10 ? 0 : in->lo; in->n == 1 && i <= in->hi; i++) {
    json_obj(w);
    JSON(w, "answer", (int64_t)i);
    JSON(w, "n", s->steps[in->hi == 10 ? i : i - in->lo]);
    json_end(w);
  }
  json_end(w);
}

static Err places(Cx *cx, JsonOut *w, const Instrument *in, const ScoreScope *of, const Score *s, bool organisations) {
  Rows rows;
  TRY(score_places(cx, in, of, s, organisations, &rows));
  JSON_ARR(w, organisations ? "by_organisation" : "by_team");
  for (size_t i = 0; i < rows.n; i++) {
    const ScorePlace *p = ROW(ScorePlace, rows, i);
    json_obj(w);
    JSON(w, "id", p->id);
    JSON(w, "name", p->name);
    figure_json(w, "score", &p->score);
    figure_json(w, "answered", &p->answered);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err one(Cx *cx, JsonOut *w, const Instrument *in, const ScoreScope *of) {
  Cadence c;
  Score s;
  TRY(cadence_get(cx, in, &c));
  TRY(score_get(cx, in, of, &s));
  json_obj(w);
  questions(w, cx, in);
  JSON(w, "on", (bool)(c.is_on != 0));
  JSON(w, "every_days", c.every_days);
  JSON(w, "share", c.share);
  JSON(w, "asked", s.asked);
  JSON(w, "open", s.open);
  JSON(w, "silent", s.silent);
  figure_json(w, "score", &s.score);
  figure_json(w, "answered", &s.answered);
  if (s.is_weighed) figure_json(w, "weighed", &s.weighed);
  JSON_ARR(w, "by_line");
  for (size_t i = 0; in->n > 1 && i < in->n; i++) figure_json(w, NULL, &s.items[i]);
  json_end(w);
  chosen(w, in, &s);
  TRY(places(cx, w, in, of, &s, false));
  TRY(places(cx, w, in, of, &s, true));
  json_end(w);
  return E_OK;
}

Err api_instruments_get(Cx *cx, const Req *q, Res *res) {
  FigureScope of;
  TRY(scope_read(cx, q, &of));
  ScoreScope scope = { .from = of.from, .to = of.to, .team = of.team, .organisation = of.organisation };
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < instrument_count(); i++) TRY(one(cx, &w, instrument_at(i), &scope));
  json_end(&w);
  json_name(&w, "next");
  json_put_null(&w);
  return api_end(&w, res, 200);
}
