/* web/fault.c: from Err to words. */
#include "web/fault.h"
#include "base/log.h"
#include "text/lang.h"
#include "views.h"
#include "web/page.h"

Str fault_why(const Cx *cx) { return cx->why.n ? tr(cx->lang, str_dup(cx->arena, cx->why).p) : cx->why; }

static Str words(const Cx *cx, Err e) {
  if (e == E_BROKEN) return tr(cx->lang, "Nothing of what you sent was kept half-way. Please try again. If it happens again, please tell us.");
  if (e == E_BUSY) return tr(cx->lang, "Nothing was changed. Please try again in a moment.");
  if (e == E_ABSENT && !cx->why.n) return tr(cx->lang, "It may have moved, or it is not open to you. Ask us, and a person will help.");
  return cx->why.n ? fault_why(cx) : err_title(e);
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

static Str title_of(const Lang *l, Err e) {
  switch (e) {
    case E_ABSENT:    return tr(l, "This page isn’t here");
    case E_DENIED:
    case E_UNKNOWN:   return tr(l, "This is not open to you");
    case E_CONFLICT:
    case E_STALE:     return tr(l, "Somebody was quicker");
    case E_TOO_LARGE: return tr(l, "That is too large");
    case E_RATE:      return tr(l, "One moment, please");
    case E_BUSY:      return tr(l, "We can’t take this in right now");
    case E_BROKEN:    return tr(l, "Something went wrong on our side");
    default:          return tr(l, "We could not do that");
  }
}

static void page(Cx *cx, const Req *q, Res *res, Err e) {
  Shell s;
  View v;
  Str title = title_of(cx->lang, e);
  page_begin_bare(cx, q, res, title, &s, &v);
  view_fault_page(&v, &s, title, words(cx, e), e != E_RATE);
}

/* For what looks after servers. */
static void plain(Cx *cx, Res *res, Err e) {
  res->type = S("text/plain; charset=utf-8");
  res->cache = S("no-store");
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
  if (q->api) problem(cx, res, e);
  else if (q->route && q->route->cost == COST_FREE) plain(cx, res, e);
  else page(cx, q, res, e);
}
