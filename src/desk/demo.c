/* desk/demo.c: see demo.h. */
#include "desk/demo.h"
#include "desk/demo_place.h"
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
  (void)size;
  TRY(tally_rebuild(cx));
  return demo_today_make(cx, p);
}

Err demo_make(Cx *cx, const DemoSize *in) {
  DemoSize size = *in;
  DemoPlace p = { 0 };
  if (!size.requests) size.requests = 400;
  cx->now -= cx->now % HOUR;
  TRY(empty(cx));
  TRY(around(cx, &size, &p, demo_place_make));
  TRY(demo_history_make(cx, &size, &p));
  return around(cx, &size, &p, last);
}

Err demo_people(Cx *cx, Rows *ret) {
  Rows servers, askers;
  TRY(party_list(cx, &(PartyFilter){ .role = S("provider"), .limit = 20 }, &servers));
  TRY(party_list(cx, &(PartyFilter){ .role = S("asker"), .limit = 6 }, &askers));
  Party *at = NEW_N(cx->arena, Party, servers.n + askers.n);
  if (servers.n) memcpy(at, servers.at, servers.n * sizeof *at);
  if (askers.n) memcpy(at + servers.n, askers.at, askers.n * sizeof *at);
  *ret = (Rows){ at, servers.n + askers.n };
  return E_OK;
}
