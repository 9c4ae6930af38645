/* web/api/events.c: resumable by number: Last-Event-ID or after. A client that reconnects, as event sources do by
   themselves after `retry`, misses nothing and gets nothing twice. */
#include "web/api/events.h"
#include "web/live.h"

static void event_put(Cx *cx, Buf *b, const Change *c) {
  Buf json = { .arena = cx->arena };
  JsonOut w = { .to = &json };
  json_obj(&w);
  JSON(&w, "seq", c->id);
  JSON_TIME(&w, "at", c->at);
  JSON(&w, "ref", request_ref(cx->arena, c->request_id));
  JSON(&w, "kind", c->kind);
  json_end(&w);
  buf_fmt(b, "id: %lld\nevent: " STR_FMT "\ndata: " STR_FMT "\n\n", (long long)c->id, STR_ARG(c->kind), STR_ARG(buf_str(&json)));
}

void api_events_put(Cx *cx, Buf *b, const Rows *rows, int64_t last) {
  for (size_t i = 0; i < rows->n; i++) event_put(cx, b, ROW(Change, *rows, i));
  buf_fmt(b, "id: %lld\n: up to here\n\n", (long long)last);
}

/* -1: none named. What the client had last counts more than what its address said at first. */
static Err after_of(Cx *cx, const Req *q, int64_t *ret) {
  *ret = -1;
  if (q->last_event_id.n) return str_int(q->last_event_id, ret) && *ret >= 0 ? E_OK : fail(cx, E_MALFORMED, "Last-Event-ID is a number.");
  if (!req_get(q, "after").n || (req_get_int(q, "after", ret) && *ret >= 0)) return E_OK;
  return fail_field(cx, "after", "A sequence number is a whole number, 0 or above.");
}

static Err wait_of(Cx *cx, const Req *q, bool *ret) {
  Str s = req_get(q, "wait");
  *ret = !str_eq(s, S("0"));
  return !*ret || !s.n || str_eq(s, S("1")) ? E_OK : fail_field(cx, "wait", "Say 0 for what there is by now, or 1 to be told what comes.");
}

Err api_events_get(Cx *cx, const Req *q, Res *res) {
  const Live *live = server_live(q->server);
  int64_t after, upto;
  ChangeTip tip;
  Rows rows;
  TRY(after_of(cx, q, &after));
  TRY(wait_of(cx, q, &res->hold));
  TRY(change_tip(cx, live_head(live), &tip));
  upto = live_upto(live, &tip);
  if (after < 0) after = live_begin(live, &tip);
  if (after > tip.last) after = tip.last;                /* of a store that was since put back to an earlier day */
  if (upto < after) upto = after;
  TRY(change_until(cx, after, upto, LIVE_AT_ONCE, &res->hold_after));
  TRY(change_list(cx, after, res->hold_after, &rows));
  buf_add(&res->body, S("retry: 2000\n\n"));
  api_events_put(cx, &res->body, &rows, res->hold_after);
  res->type = S("text/event-stream");
  res->cache = S("no-store");
  res_header(cx, res, "X-Accel-Buffering", S("no"));
  res->status = 200;
  return E_OK;
}
