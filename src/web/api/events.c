/* web/api/events.c: resumable by number: Last-Event-ID or after. A client that reconnects, as event sources do by
   themselves after `retry`, misses nothing and gets nothing twice. */
#include "web/api/events.h"
#include "desk/change.h"

static void event(Cx *cx, Buf *b, const Change *c) {
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

Err api_events_get(Cx *cx, const Req *q, Res *res) {
  int64_t after = -1, last;
  Rows rows;
  if (q->last_event_id.n && !str_int(q->last_event_id, &after)) return fail(cx, E_MALFORMED, "Last-Event-ID is a number.");
  if (after < 0 && req_get(q, "after").n && !req_get_int(q, "after", &after)) return fail_field(cx, "after", "A sequence number is a whole number.");
  if (after < 0) TRY(change_latest(cx, &after));
  TRY(change_list(cx, after, 500, &rows, &last));
  buf_add(&res->body, S("retry: 2000\n\n"));
  for (size_t i = 0; i < rows.n; i++) event(cx, &res->body, ROW(Change, rows, i));
  buf_fmt(&res->body, "id: %lld\n: up to here\n\n", (long long)last);
  res->type = S("text/event-stream");
  res->cache = S("no-store");
  res->status = 200;
  return E_OK;
}
