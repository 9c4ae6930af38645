/* web/take.c: from the wire to a Req. Runs on the threads that read; touches no database. */
#include "web/exchange.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/log.h"
#include "text/lang.h"
#include "text/multipart.h"

enum { SPOOL_FROM = 64 * 1024 };                   /* a longer body goes to a file */

static Str header(Exchange *ex, const char *name) {
  return str_z(MHD_lookup_connection_value(ex->conn, MHD_HEADER_KIND, name));
}
static Str header_text(Exchange *ex, const char *name) { return str_utf8_fix(ex->arena, str_dup(ex->arena, header(ex, name))); }

static bool verb_of(const char *method, Verb *ret, bool *ret_head) {
  *ret_head = strcmp(method, "HEAD") == 0;
  if (*ret_head) { *ret = GET; return true; }
  for (Verb v = GET; v < VERB_COUNT; v++)
    if (str_eq(str_z(method), verb_name(v))) { *ret = v; return true; }
  return false;
}

/* How a body is framed must be said once and in one way. libmicrohttpd checks the rest. */
typedef struct { int lengths, codings, hosts; } Framing;
static enum MHD_Result frame(void *cls, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind; (void)value;
  Framing *f = cls;
  Str n = str_z(name);
  f->lengths += str_ieq(n, S("Content-Length"));
  f->codings += str_ieq(n, S("Transfer-Encoding"));
  f->hosts   += str_ieq(n, S("Host"));
  return MHD_YES;
}

static Err take_framing(Exchange *ex) {
  Framing f = { 0 };
  MHD_get_connection_values(ex->conn, MHD_HEADER_KIND, frame, &f);
  Str coding = header(ex, "Transfer-Encoding");
  if (f.lengths > 1 || f.codings > 1 || f.hosts > 1 || (f.lengths && f.codings) || (f.codings && !str_ieq(coding, S("chunked"))))
    return fail(&ex->task.cx, E_MALFORMED, "The request's length is not stated clearly.");
  return E_OK;
}

/* Cookies of ours, by their short names: "cd_s", or "__Host-cd_s" where the site is https. */
static void take_cookies(Exchange *ex) {
  Str rest = header_text(ex, "Cookie"), one;
  Str prefix = ex->server->site->https ? S("__Host-cd_") : S("cd_");
  while (rest.n) {
    Str name, value;
    str_cut(rest, ';', &one, &rest);
    if (!str_cut(str_trim(one), '=', &name, &value) || !str_starts(name, prefix)) continue;
    vec_add(ex->arena, &ex->req.cookies, (Pair){ str_from(name, prefix.n), value });
  }
}

static void take_caller(Exchange *ex) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(ex->conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  Str peer = info ? ip_text(ex->arena, info->client_addr) : S("local");
  ex->req.ip = ip_caller(ex->arena, &ex->server->trusted, peer, header(ex, "X-Forwarded-For"));
}

static Str media_type(Arena *a, Str content_type) {
  Str type, rest;
  str_cut(content_type, ';', &type, &rest);
  return str_lower(a, str_trim(type));
}

static Err take_target(Exchange *ex) {
  Req *q = &ex->req;
  Str raw, path;
  str_cut(ex->target, '?', &raw, &q->query);
  if (raw.n == 0 || raw.p[0] != '/') return fail(&ex->task.cx, E_MALFORMED, "The address has no path.");
  path = url_decode(ex->arena, raw);
  for (size_t i = 0; i < path.n; i++)
    if ((unsigned char)path.p[i] < 32) return fail(&ex->task.cx, E_MALFORMED, "The address holds control characters.");
  q->path = path;
  q->api = str_starts(path, S("/api/"));
  Form f;
  TRY(form_parse(&ex->task.cx, q->query, &f));
  q->args = (Pairs){ f.at, f.n, f.n };
  return E_OK;
}

static Err take_route(Exchange *ex) {
  Req *q = &ex->req;
  return route_find(&ex->task.cx, q->verb, q->path, &q->route, &q->params, &ex->res.allow);
}

static bool type_taken(const Req *q) {
  return q->route->any_type || q->type.n == 0 || str_eq(q->type, S("application/x-www-form-urlencoded"))
      || str_eq(q->type, S("multipart/form-data")) || str_eq(q->type, S("application/json"));
}

static Str size_words(Arena *a, int64_t bytes) {
  return bytes >= 1 << 20 ? str_fmt(a, "%lld MB", (long long)bytes >> 20) : str_fmt(a, "%lld kB", (long long)bytes >> 10);
}

static Err too_large(Exchange *ex) {
  Str most = size_words(ex->arena, ex->server->site->max_upload);
  return fail(&ex->task.cx, E_TOO_LARGE, "That is more than this desk takes at once. Send at most " STR_FMT ".", STR_ARG(most));
}

Err take_headers(Exchange *ex) {
  Req *q = &ex->req;
  Str bearer = header(ex, "Authorization");
  q->host = header_text(ex, "Host");
  q->user_agent = header_text(ex, "User-Agent");
  q->languages = header_text(ex, "Accept-Language");
  q->if_match = header_text(ex, "If-Match");
  q->if_none_match = header_text(ex, "If-None-Match");
  q->idempotency_key = header_text(ex, "Idempotency-Key");
  q->last_event_id = header_text(ex, "Last-Event-ID");
  q->part = header_text(ex, "X-Part");
  q->origin = header_text(ex, "Origin");
  q->csrf_sent = header_text(ex, "X-CSRF");
  q->bearer = str_istarts(bearer, S("Bearer ")) ? str_trim(str_dup(ex->arena, str_from(bearer, 7))) : S("");
  ex->content_type = str_dup(ex->arena, header(ex, "Content-Type"));
  q->type = media_type(ex->arena, ex->content_type);
  q->gzip = str_ifind(header(ex, "Accept-Encoding"), S("gzip")) != SIZE_MAX;
  take_cookies(ex);
  ex->task.cx.lang = lang_find(req_cookie(q, "l").n ? req_cookie(q, "l") : q->languages);
  take_caller(ex);
  TRY(take_framing(ex));
  TRY(take_target(ex));
  TRY(take_route(ex));
  int64_t length;
  if (str_int(header(ex, "Content-Length"), &length) && length > ex->server->site->max_upload) return too_large(ex);
  if (q->verb != GET && !type_taken(q))
    return fail(&ex->task.cx, E_TYPE, "Send a form or JSON, not \"" STR_FMT "\".", STR_ARG(q->type));
  return E_OK;
}

Err take_method(Exchange *ex, const char *method) {
  if (!verb_of(method, &ex->req.verb, &ex->head)) {
    ex->res.allow = S("GET, HEAD, POST, PUT, PATCH, DELETE");
    return fail(&ex->task.cx, E_METHOD, "This desk does not know that kind of request.");
  }
  return E_OK;
}

/* ---- the body */

static Err no_room(Exchange *ex) {
  log_error("a body could not be spooled in " STR_FMT ": %s", STR_ARG(ex->server->site->data), strerror(errno));
  return fail(&ex->task.cx, E_BUSY, "There is no room to take this in right now. Nothing was changed; please try again in a while.");
}

static bool write_all(int fd, const char *p, size_t n) {
  while (n) {
    ssize_t did = write(fd, p, n);
    if (did < 0 && errno == EINTR) continue;
    if (did <= 0) return false;
    p += did;
    n -= (size_t)did;
  }
  return true;
}

static int nameless_file(Exchange *ex) {
  int fd = open(str_cstr(ex->arena, ex->server->site->data), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return fd;
  char *name = str_cstr(ex->arena, str_cat(ex->arena, ex->server->site->data, S("/body.XXXXXX")));
  fd = mkostemp(name, O_CLOEXEC);                  /* a file system that knows no O_TMPFILE */
  if (fd >= 0) unlink(name);
  return fd;
}

static Err spool(Exchange *ex) {
  ex->spool = nameless_file(ex);
  if (ex->spool < 0 || !write_all(ex->spool, ex->body.p, ex->body.n)) return no_room(ex);
  ex->body = (Buf){ .arena = ex->arena };
  return E_OK;
}

Err take_bytes(Exchange *ex, const char *bytes, size_t n) {
  if ((int64_t)(ex->size + n) > ex->server->site->max_upload) return too_large(ex);
  if (ex->spool < 0 && ex->size + n > SPOOL_FROM) TRY(spool(ex));
  ex->size += n;
  if (ex->spool < 0) buf_add(&ex->body, (Str){ bytes, n });
  else if (!write_all(ex->spool, bytes, n)) return no_room(ex);
  return E_OK;
}

static Err take_parts(Exchange *ex) {
  Req *q = &ex->req;
  Parts parts = { 0 };
  TRY(multipart_parse(&ex->task.cx, ex->content_type, q->body, &parts));
  for (size_t i = 0; i < parts.n; i++) {
    Part *p = &parts.at[i];
    if (!p->file) vec_add(ex->arena, &q->form, (Pair){ p->name, p->bytes });
    else if (p->filename.n || p->bytes.n) vec_add(ex->arena, &q->uploads, (Upload){ p->name, p->filename, p->type, p->bytes });
  }
  return E_OK;
}

static Err take_form(Exchange *ex) {
  Form f;
  TRY(form_parse(&ex->task.cx, ex->req.body, &f));
  ex->req.form = (Pairs){ f.at, f.n, f.n };
  return E_OK;
}

Err take_body(Exchange *ex) {
  Req *q = &ex->req;
  q->body = buf_str(&ex->body);
  if (ex->spool >= 0) {
    ex->mapped = mmap(NULL, ex->size, PROT_READ, MAP_PRIVATE, ex->spool, 0);
    if (ex->mapped == MAP_FAILED) { ex->mapped = NULL; return no_room(ex); }
    q->body = (Str){ ex->mapped, ex->size };
  }
  if (q->verb == GET || q->body.n == 0) return E_OK;
  if (q->type.n == 0 && !q->route->any_type) return fail(&ex->task.cx, E_TYPE, "Say what kind of body this is: Content-Type is missing.");
  if (str_eq(q->type, S("multipart/form-data"))) return take_parts(ex);
  if (str_eq(q->type, S("application/x-www-form-urlencoded"))) return take_form(ex);
  if (str_eq(q->type, S("application/json"))) return json_read(&ex->task.cx, q->body, &q->json);
  return E_OK;
}

void take_end(Exchange *ex) {
  if (ex->mapped) munmap(ex->mapped, ex->size);
  if (ex->spool >= 0) close(ex->spool);
}
