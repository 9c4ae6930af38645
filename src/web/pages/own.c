/* web/pages/own.c: the server's own addresses: does it live, is it ready, what did it count, its files. */
#include "desk/site.h"
#include "base/random.h"
#include "web/route.h"
#include "web/server.h"
#include "web/static.h"

extern const Route own_routes[];

static Err healthz(Cx *cx, const Req *q, Res *res) {
  (void)cx; (void)q;
  res->cache = S("no-store");
  return res_text(res, 200, S("ok\n"));
}

static Err readyz(Cx *cx, const Req *q, Res *res) {
  (void)q;
  res->cache = S("no-store");
  if (site_ready(cx)) return res_text(res, 503, S("not ready: the store does not answer as it should\n"));
  return res_text(res, 200, S("ready\n"));
}

/* From this machine, or with the token of the settings. */
static Err metrics(Cx *cx, const Req *q, Res *res) {
  bool local = str_eq(q->ip, S("127.0.0.1")) || str_eq(q->ip, S("::1"));
  bool token = cx->site->metrics_token.n && secret_eq(q->bearer, cx->site->metrics_token);
  if (!local && !token) return fail(cx, E_UNKNOWN, N_("This needs the metrics token."));
  server_metrics(q->server, &res->body);
  res->type = S("text/plain; version=0.0.4; charset=utf-8");
  res->cache = S("no-store");
  return E_OK;
}

static Err static_file(Cx *cx, const Req *q, Res *res) {
  const StaticFile *f = static_find(q->path);
  if (!f) return fail(cx, E_ABSENT, N_("There is no such file."));
  res->type = f->type;
  res->bytes = f->bytes;
  if (f->gz.n && q->gzip) { res->bytes = f->gz; res->encoding = S("gzip"); }
  res->cache = S("public, max-age=31536000, immutable");
  res_header(cx, res, "Vary", S("Accept-Encoding"));
  return E_OK;
}

const Route own_routes[] = {
  { .verb = GET, .path = "/healthz", .run = healthz, .may = MAY_ANYONE, .cost = COST_FREE, .direct = true, .about = "The process lives" },
  { .verb = GET, .path = "/readyz", .run = readyz, .may = MAY_ANYONE, .cost = COST_FREE, .about = "The store answers and has this version's tables" },
  { .verb = GET, .path = "/metrics", .run = metrics, .may = MAY_ANYONE, .cost = COST_FREE, .direct = true, .about = "Counters for Prometheus" },
  { .verb = GET, .path = "/static/{file*}", .run = static_file, .may = MAY_ANYONE, .cost = COST_FREE, .direct = true, .about = "Style, icons, scripts" },
  { 0 }
};
