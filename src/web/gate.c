/* web/gate.c: between a parsed request and its handler: who is it, may they, is the form ours. */
#include "web/fault.h"
#include "web/route.h"

static Err enter(Cx *cx, Req *q, Res *res) {
  (void)res;
  if (may_pass(q->route->may, &cx->actor)) return E_OK;
  if (q->route->may == MAY_NOBODY || cx->actor.party) return fail(cx, E_DENIED, "This page is not open to you.");
  return fail(cx, E_UNKNOWN, "Please sign in first.");
}

static Err run(Cx *cx, Req *q, Res *res, Handler *handler) {
  TRY(enter(cx, q, res));
  return handler(cx, q, res);
}

static Err answer(Cx *cx, Req *q, Res *res, Handler *handler) {
  *res = (Res){ .body.arena = cx->arena };
  Err e = run(cx, q, res, handler);
  if (e) fault_answer(cx, q, res, e);
  return e ? e : res->status >= 400 ? E_INVALID : E_OK;
}

Err dispatch(Cx *cx, Req *q, Res *res) { return answer(cx, q, res, q->route->run); }
Err dispatch_prepare(Cx *cx, Req *q, Res *res) { return answer(cx, q, res, q->route->prepare); }
