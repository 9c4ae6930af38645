/* web/api/floor.c: the floor, as its page has it, over the same teams. Worst moments are a call of their own (moments.c). */
#include "web/api/floor.h"
#include "web/number.h"
#include "web/pages/floor.h"

static void now_put(JsonOut *w, Cx *cx, const FloorNow *n) {
  JSON_OBJ(w, "now");
  JSON(w, "waiting", n->waiting);
  json_name(w, "longest");
  if (!n->longest_id) json_put_null(w);
  else {
    json_obj(w);
    JSON(w, "ref", request_ref(cx->arena, n->longest_id));
    JSON(w, "asker", n->longest);
    JSON_TIME(w, "since", n->longest_at);
    json_end(w);
  }
  JSON(w, "soon", n->soon);
  JSON(w, "nobody", n->nobody);
  JSON(w, "past", n->past);
  json_end(w);
}

static void promises_put(JsonOut *w, Cx *cx, const FloorPage *p) {
  JSON_ARR(w, "promises");
  for (size_t i = 0; i < p->promises.n; i++) {
    const FloorPromise *r = ROW(FloorPromise, p->promises, i);
    json_obj(w);
    JSON(w, "ref", request_ref(cx->arena, r->id));
    JSON(w, "subject", r->subject);
    JSON_TIME(w, "due", r->due_at);
    api_put_named(w, "asker", r->asker_id, r->asker);
    api_put_named(w, "owner", r->owner_id, r->owner);
    JSON(w, "helpers", r->helpers);
    json_end(w);
  }
  json_end(w);
  JSON(w, "more_promises", p->more_promises);
}

static void people_put(JsonOut *w, const FloorPage *p) {
  JSON_ARR(w, "people");
  for (size_t i = 0; i < p->people.n; i++) {
    const FloorPerson *x = ROW(FloorPerson, p->people, i);
    json_obj(w);
    JSON(w, "id", x->id);
    JSON(w, "name", x->name);
    JSON_TIME(w, "seen", x->seen_at);
    JSON(w, "asked_for_a_hand", floor_asked(p, x->id));
    JSON(w, "promises", x->promises);
    JSON(w, "due_today", x->today);
    json_end(w);
  }
  json_end(w);
}

static void hands_put(JsonOut *w, Cx *cx, const FloorPage *p) {
  JSON_ARR(w, "hands");
  for (size_t i = 0; i < p->hands.n; i++) {
    const Hand *h = ROW(Hand, p->hands, i);
    json_obj(w);
    JSON(w, "ref", request_ref(cx->arena, h->request_id));
    JSON(w, "subject", h->subject);
    JSON(w, "words", h->words);
    JSON_TIME(w, "at", h->at);
    api_put_named(w, "by", h->by_id, h->by);
    json_end(w);
  }
  json_end(w);
}

static void said_put(JsonOut *w, Cx *cx, const FloorPage *p) {
  json_name(w, "said");
  if (!p->said_any) { json_put_null(w); return; }
  json_obj(w);
  JSON(w, "ref", request_ref(cx->arena, p->said.request_id));
  JSON(w, "words", p->said.moment);
  JSON(w, "lang", p->said.lang);
  JSON(w, "asker", p->said.asker);
  JSON(w, "owner", p->said.owner);
  JSON_TIME(w, "at", p->said.answered_at);
  json_end(w);
}

static void heat_put(JsonOut *w, const FloorHeat *h) {
  JSON_OBJ(w, "came");
  JSON_TIME(w, "from", h->from);
  JSON_TIME(w, "to", h->to);
  JSON(w, "total", h->total);
  JSON_ARR(w, "hours");
  for (int d = 0; d < 7; d++) {
    json_arr(w);
    for (int k = 0; k < 24; k++) json_put_int(w, h->at[d][k]);
    json_end(w);
  }
  json_end(w);
  json_end(w);
}

Err api_floor_get(Cx *cx, const Req *q, Res *res) {
  FloorPage *p = NEW(cx->arena, FloorPage);
  (void)q;
  TRY(floor_load(cx, p));
  JsonOut w = api_begin(res);
  now_put(&w, cx, &p->now);
  promises_put(&w, cx, p);
  people_put(&w, p);
  hands_put(&w, cx, p);
  said_put(&w, cx, p);
  JSON_OBJ(&w, "charts");
  api_put_control(&w, "first_answer", &p->first);
  api_put_control(&w, "promises_kept", &p->kept);
  json_end(&w);
  heat_put(&w, &p->heat);
  return api_end(&w, res, 200);
}
