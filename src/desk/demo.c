/* desk/demo.c: see demo.h. */
#include "desk/demo.h"
#include "desk/demo_place.h"
#include "desk/follow.h"
#include "desk/inbox.h"
#include "desk/party.h"

static Err empty(Cx *cx) {
  int64_t n;
  TRY(db_int_(cx, &n, SQL("SELECT count(*) FROM party"), NULL, 0));
  return n ? fail(cx, E_CONFLICT, "This store is not empty. The sample organisation only goes into an empty one.") : E_OK;
}

static Err around(Cx *cx, const DemoSize *size, DemoPlace *p, Err (*make)(Cx *, const DemoSize *, DemoPlace *)) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(make(cx, size, p));
  return tx_commit(&tx);
}
static Err last(Cx *cx, const DemoSize *size, DemoPlace *p) {
  TRY(tally_rebuild(cx));
  TRY(demo_worth_make(cx, size, p));
  TRY(demo_today_make(cx, p));
  TRY(demo_journey_make(cx, size, p));
  return tally_rebuild(cx);
}

Err demo_make(Cx *cx, const DemoSize *in) {
  DemoSize size = *in;
  DemoPlace p = { 0 };
  if (!size.requests) size.requests = 400;
  cx->now -= cx->now % HOUR;
  TRY(empty(cx));
  TRY(around(cx, &size, &p, demo_place_make));
  TRY(demo_history_make(cx, &size, &p));
  TRY(demo_cards_make(cx, &p));
  TRY(around(cx, &size, &p, last));
  return follow_rebuild(cx);
}

/* A few of each kind, by name: the people with a story first. */
static const char *const serving[] = { "Sofie Janssens", "Yusuf Demir", "Grace Mbeki", "Lars Holm", "Daniela Costa", "Noor van Dijk", "Alma Lindqvist" };
static const char *const asking[] = { "Priya Raghunathan", "Ana Souza", "Miguel Ferreira", "渡辺 健司", "ليلى حداد", "Ingrid Bakken", "Helena Matos" };

static Err add_named(Cx *cx, const char *name, Rows *rows) {
  int64_t id;
  TRY(db_int(cx, &id, SQL("SELECT id FROM party WHERE kind = 'person' AND name = ?1 AND disabled_at = 0 ORDER BY id LIMIT 1"), V(str_z(name))));
  return id ? party_get(cx, id, &((Party *)rows->at)[rows->n++]) : E_OK;
}

Err demo_people(Cx *cx, Rows *ret, size_t *ret_serving) {
  *ret = (Rows){ .at = NEW_N(cx->arena, Party, COUNT(serving) + COUNT(asking)) };
  for (size_t i = 0; i < COUNT(serving); i++) TRY(add_named(cx, serving[i], ret));
  *ret_serving = ret->n;
  for (size_t i = 0; i < COUNT(asking); i++) TRY(add_named(cx, asking[i], ret));
  return E_OK;
}
