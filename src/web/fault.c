/* web/fault.c: from Err to words. */
#include "web/fault.h"
#include "base/log.h"

static Str words(const Cx *cx, Err e) {
  if (e == E_BROKEN) return S("Something went wrong on our side. Nothing of what you sent was kept half-way. Please try again.");
  if (e == E_BUSY && !cx->why.n) return S("We could not do this right now, and nothing was changed. Please try again in a moment.");
  return cx->why.n ? cx->why : err_title(e);
}

static void problem(Cx *cx, Res *res, Err e) {
  res->type = S("application/problem+json");
  JsonOut w = { .to = &res->body };
  json_obj(&w);
  JSON(&w, "type", "about:blank");
  JSON(&w, "title", err_title(e));
  JSON(&w, "status", err_http(e));
  JSON(&w, "detail", words(cx, e));
  if (cx->field.n || res->wrong.n) {
    JSON_ARR(&w, "errors");
    if (!res->wrong.n) vec_add(cx->arena, &res->wrong, (Pair){ cx->field, words(cx, e) });
    for (size_t i = 0; i < res->wrong.n; i++) {
      json_obj(&w);
      JSON(&w, "field", res->wrong.at[i].name);
      JSON(&w, "detail", res->wrong.at[i].value);
      json_end(&w);
    }
    json_end(&w);
  }
  json_end(&w);
}

static void page(Cx *cx, Res *res, Err e) {
  res->type = S("text/plain; charset=utf-8");
  buf_add(&res->body, words(cx, e));
  buf_char(&res->body, '\n');
}

void fault_answer(Cx *cx, const Req *q, Res *res, Err e) {
  if (err_http(e) >= 500)
    log_error(STR_FMT " " STR_FMT ": " STR_FMT, STR_ARG(verb_name(q->verb)), STR_ARG(q->path), STR_ARG(cx->why));
  Res kept = { .body.arena = cx->arena, .allow = res->allow, .retry_after = res->retry_after, .cookies = res->cookies, .wrong = res->wrong };
  *res = kept;
  res->status = err_http(e);
  if ((e == E_BUSY || e == E_RATE) && !res->retry_after) res->retry_after = 5;
  if (q->api) problem(cx, res, e); else page(cx, res, e);
}
