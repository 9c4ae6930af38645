/* web/server.c: a daemon of libmicrohttpd and the life of an exchange:
   begin → headers → body → (a lane, while the connection is suspended) → answer → end.
   libmicrohttpd closes the connection when an answer is queued on the first call for a request, so that is done only
   where the rest of the body is not wanted. */
#include "web/server.h"
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>
#include "base/log.h"
#include "desk/session.h"
#include "web/exchange.h"
#include "web/fault.h"
#include "web/live.h"

enum { ARENA_CAP = 256 << 20, HEADERS_CAP = 16 * 1024, SLOW_SECONDS = 30, SLOW_BYTES = 4096 };

/* ---- one exchange */

/* The first thing libmicrohttpd tells of a request: its target. */
static void *begin(void *cls, const char *target, struct MHD_Connection *conn) {
  Server *s = cls;
  Arena *a = arena_new(ARENA_CAP);
  Exchange *ex = NEW(a, Exchange);
  *ex = (Exchange){ .server = s, .conn = conn, .arena = a, .spool = -1, .began = clock_steady() };
  ex->target = str_dup(a, str_z(target));
  ex->req.api = str_starts(ex->target, S("/api/"));      /* whatever is wrong with it: who calls is a program */
  ex->body.arena = ex->res.body.arena = a;
  ex->req.rate = s->rate;
  ex->req.server = s;
  ex->task.arg = ex;
  ex->task.cx = (Cx){ .arena = a, .site = s->site };
  atomic_fetch_add(&s->open, 1);
  return ex;
}

static void end(void *cls, struct MHD_Connection *conn, void **con_cls, enum MHD_RequestTerminationCode how) {
  (void)conn; (void)how;
  Server *s = cls;
  Exchange *ex = *con_cls;
  if (!ex) return;
  *con_cls = NULL;
  take_end(ex);
  arena_free(ex->arena);
  atomic_fetch_sub(&s->open, 1);
}

static enum MHD_Result refuse(Exchange *ex, Err e) {
  fault_answer(&ex->task.cx, &ex->req, &ex->res, e);
  return give(ex);
}

/* Over a lane and back. */
static Err lane_dispatch(Cx *cx, void *arg) { Exchange *ex = arg; return dispatch(cx, &ex->req, &ex->res); }
static Err lane_prepare(Cx *cx, void *arg) { Exchange *ex = arg; return dispatch_prepare(cx, &ex->req, &ex->res); }

/* That a session or a key was used is written down by a command of its own: nobody waits for it. */
typedef struct { Task task; int64_t id; bool token; } Seen;

static Err seen_run(Cx *cx, void *arg) {
  const Seen *s = arg;
  return s->token ? token_seen(cx, s->id) : session_seen(cx, s->id);
}

static void seen_done(void *arg, Err e) {
  (void)e;
  Seen *s = arg;
  arena_free(s->task.cx.arena);                    /* s is in it */
}

static void note_seen(Exchange *ex) {
  Arena *a = arena_new(1 << 16);
  Seen *s = NEW(a, Seen);
  *s = (Seen){ .id = ex->req.stale, .token = ex->req.token };
  s->task = (Task){ .run = seen_run, .done = seen_done, .arg = s, .cx = { .arena = a, .site = ex->server->site, .actor.system = true } };
  ex->server->lanes->submit(ex->server->lanes, LANE_WRITE, &s->task);
}

/* The same for what a page wants noted of its reader. */
typedef struct { Task task; Err (*run)(Cx *, int64_t, int64_t); int64_t id, version; } Later;

static Err later_run(Cx *cx, void *arg) { const Later *l = arg; return l->run(cx, l->id, l->version); }
static void later_done(void *arg, Err e) { (void)e; arena_free(((Later *)arg)->task.cx.arena); }

static void note_later(Exchange *ex) {
  const Cx *cx = &ex->task.cx;
  Arena *a = arena_new(1 << 20);
  Later *l = NEW(a, Later);
  *l = (Later){ .run = ex->res.later, .id = ex->res.later_id, .version = ex->res.later_version };
  l->task = (Task){ .run = later_run, .done = later_done, .arg = l, .cx = { .arena = a, .site = cx->site, .actor = cx->actor } };
  ex->server->lanes->submit(ex->server->lanes, LANE_WRITE, &l->task);
}

static void answered(void *arg, Err e) {
  Exchange *ex = arg;
  if (ex->req.stale) note_seen(ex);
  if (!e && ex->res.later && ex->req.verb == GET) note_later(ex);
  if (e && (!ex->res.status || ex->res.status < 400)) fault_answer(&ex->task.cx, &ex->req, &ex->res, e);   /* the commit failed */
  atomic_store(&ex->answered, true);
  MHD_resume_connection(ex->conn);
}

static void hand(Exchange *ex, Lane lane, LaneFn *run, void (*done)(void *, Err)) {
  ex->task.run = run;
  ex->task.done = done;
  ex->server->lanes->submit(ex->server->lanes, lane, &ex->task);
}

static void prepared(void *arg, Err e) {
  Exchange *ex = arg;
  ex->req.prepared = ex->res.prepared;
  if (e) answered(ex, e);
  else hand(ex, LANE_WRITE, lane_dispatch, answered);
}

static Str caller(const Req *q) { return q->bearer.n ? q->bearer : req_cookie(q, "s"); }

static Err within_rate(Exchange *ex) {
  const Req *q = &ex->req;
  Cost cost = q->route->cost ? q->route->cost : q->verb == GET ? COST_LIGHT : COST_CHANGE;
  int wait = rate_take(ex->server->rate, cost, RATE_IP, q->ip, ex->began);
  if (!wait && caller(q).n) wait = rate_take(ex->server->rate, cost, RATE_CALLER, caller(q), ex->began);
  if (!wait) return E_OK;
  ex->res.retry_after = wait;
  return fail(&ex->task.cx, E_RATE, "That was a lot at once. Please wait %d second%s and try again.", wait, wait == 1 ? "" : "s");
}

/* All of the request is here. */
static enum MHD_Result serve(Exchange *ex) {
  Err e = ex->early;
  if (!e) e = take_body(ex);
  if (!e) e = within_rate(ex);
  if (e) return refuse(ex, e);
  const Route *route = ex->req.route;
  if (route->direct) {
    ex->task.cx.now = clock_now();
    dispatch(&ex->task.cx, &ex->req, &ex->res);
    return give(ex);
  }
  MHD_suspend_connection(ex->conn);
  if (route->prepare) hand(ex, LANE_READ, lane_prepare, prepared);
  else hand(ex, route->verb == GET ? LANE_READ : LANE_WRITE, lane_dispatch, answered);
  return MHD_YES;
}

/* The connection becomes a stream: its socket goes on under another number, and libmicrohttpd lets go of this one. It says
   nothing on it when the handler says MHD_NO, and with MHD_USE_TURBO it does not shut it down. */
static Err hold_open(Exchange *ex) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(ex->conn, MHD_CONNECTION_INFO_CONNECTION_FD);
  int fd = info ? fcntl(info->connect_fd, F_DUPFD_CLOEXEC, 0) : -1;
  const Req *q = &ex->req;
  if (fd < 0) return fail(&ex->task.cx, E_BUSY, "no file for an event stream: %s", strerror(errno));
  Str first = str_cat(ex->arena, give_head(ex), buf_str(&ex->res.body));
  StreamNew in = { .party = ex->task.cx.actor.party, .key = q->token ? q->token_id : q->session_id, .token = q->token, .after = ex->res.hold_after, .first = first };
  Err e = live_open(&ex->task.cx, ex->server->live, fd, &in);
  if (e) { close(fd); return e; }
  metrics_count(200, clock_steady() - ex->began);
  metrics_bytes(ex->size, first.n);
  return E_OK;
}

static enum MHD_Result hold(Exchange *ex) {
  Err e = hold_open(ex);
  return e ? refuse(ex, e) : MHD_NO;
}

/* A refusal that is known before the body came: if there is one, say so and close; else wait for the second call. */
static enum MHD_Result headers(Exchange *ex, const char *method) {
  ex->headed = true;
  Err e = take_method(ex, method);
  if (!e) e = take_headers(ex);
  ex->early = e;
  bool body = MHD_lookup_connection_value(ex->conn, MHD_HEADER_KIND, "Content-Length")
           || MHD_lookup_connection_value(ex->conn, MHD_HEADER_KIND, "Transfer-Encoding");
  ex->close = e == E_MALFORMED || (e && body);
  return e && body ? refuse(ex, e) : MHD_YES;
}

static bool too_slow(const Exchange *ex) {
  int64_t seconds = (clock_steady() - ex->began) / SECOND;
  return seconds > SLOW_SECONDS && (int64_t)ex->size < (seconds - SLOW_SECONDS) * SLOW_BYTES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *conn, const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **con_cls) {
  (void)cls; (void)conn; (void)url; (void)version;
  Exchange *ex = *con_cls;
  if (!ex->headed) return headers(ex, method);
  if (*size) {
    if (too_slow(ex)) return MHD_NO;
    if (!ex->early && (ex->early = take_bytes(ex, data, *size))) ex->close = true;
    else if (ex->early && (ex->size += *size) > 2 * (size_t)ex->server->site->max_upload) return MHD_NO;
    *size = 0;
    return MHD_YES;
  }
  if (atomic_load(&ex->answered)) return ex->res.hold && !ex->head ? hold(ex) : give(ex);
  return serve(ex);
}

/* ---- the daemon */

static void mhd_log(void *cls, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
static void mhd_log(void *cls, const char *fmt, va_list ap) {
  (void)cls;
  char line[512];
  vsnprintf(line, sizeof line, fmt, ap);
  log_debug("http: %s", line);
}

static size_t leave_as_is(void *cls, struct MHD_Connection *conn, char *s) { (void)cls; (void)conn; return strlen(s); }

static bool split_listen(Cx *cx, Str listen, char **host, char **port) {
  Str h, p;
  int64_t n;
  if (!str_cut_last(listen, ':', &h, &p) || !str_int(p, &n) || n < 0 || n > 65535) return false;
  if (h.n > 1 && h.p[0] == '[' && h.p[h.n - 1] == ']') h = (Str){ h.p + 1, h.n - 2 };
  *host = h.n ? str_cstr(cx->arena, h) : NULL;
  *port = str_cstr(cx->arena, p);
  return true;
}

static int listen_on(const struct addrinfo *at) {
  int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 1024) == 0) return fd;
  int e = errno;
  close(fd);
  errno = e;
  return -1;
}

Err server_listen(Cx *cx, Str listen, int *ret) {
  char *host, *port;
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *list;
  if (!split_listen(cx, listen, &host, &port)) return fail(cx, E_INVALID, "listen: \"" STR_FMT "\" is not HOST:PORT", STR_ARG(listen));
  int e = getaddrinfo(host, port, &hints, &list);
  if (e) return fail(cx, E_BUSY, "cannot listen on " STR_FMT ": %s", STR_ARG(listen), gai_strerror(e));
  *ret = listen_on(list);
  freeaddrinfo(list);
  const char *why = errno == EADDRINUSE ? "another program listens there; end it, or choose another port with --listen" : strerror(errno);
  if (*ret < 0) return fail(cx, E_BUSY, "cannot listen on " STR_FMT ": %s", STR_ARG(listen), why);
  return E_OK;
}

Str server_address(Arena *a, int fd) {
  struct sockaddr_storage at;
  socklen_t n = sizeof at;
  char host[NI_MAXHOST], port[NI_MAXSERV];
  if (getsockname(fd, (struct sockaddr *)&at, &n) || getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV))
    return S("a socket");
  bool six = strchr(host, ':') != NULL;
  return str_fmt(a, "http://%s%s%s:%s", six ? "[" : "", host, six ? "]" : "", port);
}

static struct MHD_Daemon *daemon_start(Server *s, const ServerNew *in) {
  return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle, s,
    MHD_OPTION_EXTERNAL_LOGGER, mhd_log, NULL,
    MHD_OPTION_LISTEN_SOCKET, in->socket,
    MHD_OPTION_THREAD_POOL_SIZE, (unsigned)in->threads,
    MHD_OPTION_CONNECTION_LIMIT, (unsigned)in->connections,
    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)in->patience,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_CAP,
    MHD_OPTION_STRICT_FOR_CLIENT, 1,
    MHD_OPTION_URI_LOG_CALLBACK, begin, s,
    MHD_OPTION_UNESCAPE_CALLBACK, leave_as_is, NULL,
    MHD_OPTION_NOTIFY_COMPLETED, end, s,
    MHD_OPTION_END);
}

Err server_start(Cx *cx, const ServerNew *in, Server **ret) {
  Arena *a = arena_new(1 << 20);
  Server *s = NEW(a, Server);
  s->arena = a;
  s->site = in->site;
  s->lanes = in->lanes;
  s->metrics = in->metrics;
  s->metrics_arg = in->metrics_arg;
  s->rate = rate_new(in->generous);
  s->live = live_start(&(LiveNew){ .site = in->site, .lanes = in->lanes, .most = in->streams, .each = in->streams_each, .patience = in->patience,
    .beat = in->streams_beat });
  for (size_t i = 0; i < in->trusted.n; i++) vec_add(a, &s->trusted, in->trusted.at[i]);
  s->daemon = daemon_start(s, in);
  if (s->daemon) { *ret = s; return E_OK; }
  close(in->socket);
  server_free(s);
  return fail(cx, E_BUSY, "the HTTP server could not start: more threads or files than the system gives");
}

void server_metrics(const Server *s, Buf *b) {
  metrics_write(b);
  buf_fmt(b, "# TYPE cornerdesk_open_requests gauge\ncornerdesk_open_requests %d\n", atomic_load(&s->open));
  live_metrics(s->live, b);
  if (s->metrics) s->metrics(s->metrics_arg, b);
}

void server_news(void *server) { live_wake(((Server *)server)->live); }
const Live *server_live(const Server *s) { return s ? s->live : NULL; }

void server_drain(Server *s, int64_t patience) {
  atomic_store(&s->draining, true);
  int fd = MHD_quiesce_daemon(s->daemon);
  if (fd != MHD_INVALID_SOCKET) close(fd);
  live_end(s->live);
  int64_t until = clock_steady() + patience;
  while (atomic_load(&s->open) > 0 && clock_steady() < until) poll(NULL, 0, 10);
}

void server_free(Server *s) {
  if (!s) return;
  if (s->daemon) MHD_stop_daemon(s->daemon);
  live_free(s->live);
  rate_free(s->rate);
  arena_free(s->arena);
}
