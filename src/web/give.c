/* web/give.c: from a Res to the wire. Every answer gets the headers that keep a page safe; none can leave them out. */
#include <stdlib.h>
#include <time.h>
#include "base/log.h"
#include "web/exchange.h"
#include "web/squeeze.h"

enum { SQUEEZE_FROM = 1024 };

#define SITE_CSP "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " \
  "font-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"

static void say(struct MHD_Response *r, const char *name, Exchange *ex, Str value) {
  if (value.n) MHD_add_response_header(r, name, str_cstr(ex->arena, value));
}

static void say_cookies(struct MHD_Response *r, Exchange *ex) {
  bool https = ex->server->site->https;
  for (size_t i = 0; i < ex->res.cookies.n; i++) {
    Pair c = ex->res.cookies.at[i];
    Buf b = { .arena = ex->arena };
    buf_fmt(&b, "%scd_" STR_FMT "=" STR_FMT "%s", https ? "__Host-" : "", STR_ARG(c.name), STR_ARG(c.value), https ? "; Secure" : "");
    say(r, "Set-Cookie", ex, buf_str(&b));
  }
}

static void say_headers(struct MHD_Response *r, Exchange *ex, Str type) {
  Res *res = &ex->res;
  const Site *site = ex->server->site;
  say(r, "Content-Type", ex, type);
  say(r, "Content-Security-Policy", ex, res->csp.n ? res->csp : S(SITE_CSP));
  MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header(r, "Referrer-Policy", "same-origin");
  MHD_add_response_header(r, "Cross-Origin-Opener-Policy", "same-origin");
  if (site->https) MHD_add_response_header(r, "Strict-Transport-Security", "max-age=31536000");
  say(r, "Cache-Control", ex, res->cache.n ? res->cache : S("private, no-cache"));
  say(r, "Location", ex, res->location);
  say(r, "Allow", ex, res->allow);
  say(r, "Content-Disposition", ex, res->disposition);
  if (res->etag.n) say(r, "ETag", ex, str_cat(ex->arena, S("\""), res->etag, S("\"")));
  if (res->retry_after) say(r, "Retry-After", ex, str_fmt(ex->arena, "%d", res->retry_after));
  if (res->status == 401) MHD_add_response_header(r, "WWW-Authenticate", "Bearer");
  if (!res->type.n && !ex->req.api) MHD_add_response_header(r, "Vary", "X-Part, Accept-Language, Cookie, Accept-Encoding");
  for (size_t i = 0; i < res->headers.n; i++)
    say(r, str_cstr(ex->arena, res->headers.at[i].name), ex, res->headers.at[i].value);
  say_cookies(r, ex);
  if (ex->close || atomic_load(&ex->server->draining)) MHD_add_response_header(r, "Connection", "close");
}

static enum MHD_Result head_line(void *to, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  buf_fmt(to, "%s: %s\r\n", name, value);
  return MHD_YES;
}

Str give_head(Exchange *ex) {
  Buf b = { .arena = ex->arena };
  char date[40];
  time_t now = (time_t)(clock_now() / SECOND);
  struct tm t;
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &t));      /* the locale is C: lang.c speaks to people */
  buf_fmt(&b, "HTTP/1.1 %d OK\r\nDate: %s\r\n", ex->res.status, date);
  struct MHD_Response *r = MHD_create_response_from_buffer(0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
  if (!r) abort();
  ex->close = true;
  say_headers(r, ex, ex->res.type);
  MHD_get_response_headers(r, head_line, &b);
  MHD_destroy_response(r);
  buf_add(&b, S("\r\n"));
  return buf_str(&b);
}

/* If-None-Match: a list of tags, weak or not, or a star. */
static bool same_tag(Str sent, Str etag) {
  while (sent.n) {
    Str one;
    str_cut(sent, ',', &one, &sent);
    one = str_trim(one);
    if (str_eq(one, S("*"))) return true;
    if (str_starts(one, S("W/"))) one = str_from(one, 2);
    if (one.n == etag.n + 2 && str_eq((Str){ one.p + 1, etag.n }, etag)) return true;
  }
  return false;
}

static bool squeezable(Str type) {
  return str_starts(type, S("text/")) || str_starts(type, S("application/json")) || str_starts(type, S("application/problem+json"))
      || str_starts(type, S("image/svg"));
}

enum MHD_Result give(Exchange *ex) {
  Res *res = &ex->res;
  if (!res->status) res->status = 200;
  Str type = res->type.n ? res->type : S("text/html; charset=utf-8");
  Str bytes = res->bytes.n ? res->bytes : buf_str(&res->body);
  if (res->status == 200 && ex->req.verb == GET && res->etag.n && same_tag(ex->req.if_none_match, res->etag)) {
    res->status = 304;
    bytes = S("");
  }
  if (bytes.n == 0 && !res->type.n) type = S("");
  Str encoding = res->encoding;
  if (!encoding.n && ex->req.gzip && bytes.n > SQUEEZE_FROM && squeezable(type) && squeeze(ex->arena, bytes, &bytes)) encoding = S("gzip");
  struct MHD_Response *r = MHD_create_response_from_buffer(bytes.n, (void *)(uintptr_t)bytes.p, MHD_RESPMEM_PERSISTENT);
  if (!r) return MHD_NO;
  say_headers(r, ex, type);
  say(r, "Content-Encoding", ex, encoding);
  enum MHD_Result ok = MHD_queue_response(ex->conn, (unsigned)res->status, r);
  MHD_destroy_response(r);
  metrics_count(res->status, clock_steady() - ex->began);
  metrics_bytes(ex->size, bytes.n);
  log_debug(STR_FMT " " STR_FMT " %d %zu bytes %lld us", STR_ARG(verb_name(ex->req.verb)), STR_ARG(ex->req.path), res->status, bytes.n,
            (long long)(clock_steady() - ex->began));
  return ok;
}
