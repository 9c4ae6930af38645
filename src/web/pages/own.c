/* web/pages/own.c: the server's own addresses. */
#include "web/route.h"

extern const Route own_routes[];

static Err healthz(Cx *cx, const Req *q, Res *res) {
  (void)cx; (void)q;
  return res_text(res, 200, S("ok\n"));
}

const Route own_routes[] = {
  { .verb = GET, .path = "/healthz", .run = healthz, .may = MAY_ANYONE, .cost = COST_FREE, .direct = true, .quiet = true,
    .about = "The process lives" },
  { 0 }
};
