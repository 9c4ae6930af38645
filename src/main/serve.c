/* main/serve.c: `cornerdesk serve`: from settings to a listening server, and back in good order. */
#include "main/serve.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>
#include "base/log.h"
#include "channel/fetch.h"
#include "channel/wire.h"
#include "desk/setup.h"
#include "main/couriers.h"
#include "main/ears.h"
#include "main/work.h"
#include "web/server.h"

enum { DRAIN_SECONDS = 25 };

static int processors(void) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? 1 : n > 64 ? 64 : (int)n;
}

/* As many files as connections and streams, and some. */
static void raise_files(const Settings *s) {
  struct rlimit l;
  rlim_t want = (rlim_t)(s->connections + s->streams) + 256;
  if (getrlimit(RLIMIT_NOFILE, &l) || l.rlim_cur >= want) return;
  l.rlim_cur = want < l.rlim_max ? want : l.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &l) == 0 && l.rlim_cur < want)
    log_warn("only %llu files may be open: not all of %lld connections and %lld streams fit; raise LimitNOFILE", (unsigned long long)l.rlim_cur,
             (long long)s->connections, (long long)s->streams);
}

/* Signals are waited for by this thread alone; every thread made later has them blocked. */
static sigset_t hold_signals(void) {
  sigset_t s;
  sigemptyset(&s);
  sigaddset(&s, SIGTERM);
  sigaddset(&s, SIGINT);
  pthread_sigmask(SIG_BLOCK, &s, NULL);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  return s;
}

static Err take_socket(Run *r, int *ret) {
  int n = sd_listen_fds(1);
  if (n > 1) log_warn("systemd handed over %d sockets; the first is used", n);
  if (n >= 1) *ret = SD_LISTEN_FDS_START;
  else TRY(server_listen(&r->cx, r->set.listen, ret));
  r->address = server_address(r->arena, *ret);
  bool anywhere = str_starts(r->address, S("http://0.0.0.0:")) || str_starts(r->address, S("http://[::]:"));
  if (anywhere && !r->set.public_url.n) log_warn("links in mails will lead to " STR_FMT ", where nobody gets to: set public_url", STR_ARG(r->address));
  return E_OK;
}

static void metrics(void *work, Buf *b) { work_metrics(work, b); }

static Err answer_on(Run *r, Work *work, int socket, Server **ret) {
  const Settings *s = &r->set;
  ServerNew in = {
    .site = &r->site, .lanes = work_lanes(work), .socket = socket,
    .threads = s->io_threads ? (int)s->io_threads : processors(),
    .connections = (int)s->connections, .patience = (int)(s->patience / SECOND), .generous = s->rate,
    .streams = (int)s->streams, .streams_each = (int)s->streams_each, .streams_beat = s->streams_beat,
    .metrics = metrics, .metrics_arg = work,
  };
  TRY(nets_parse(&r->cx, s->trusted_proxies, &in.trusted));
  return server_start(&r->cx, &in, ret);
}

static Err is_setup_open(Cx *cx, void *arg) { return setup_open(cx, arg); }

static void announce(Run *r, Work *work) {
  bool open = false;
  Str at = r->address, store = store_name(r->store), url = r->site.public_url;
  printf("Cornerdesk listens on " STR_FMT " (" STR_FMT ", " STR_FMT ")\n", STR_ARG(at), STR_ARG(url), STR_ARG(store));
  if (!lane_run(work_lanes(work), LANE_READ, &r->cx, is_setup_open, &open) && open) {
    Str code = setup_code(r->arena, &r->site);
    printf("Nobody looks after this desk yet. Open " STR_FMT "/setup?code=" STR_FMT "\n", STR_ARG(url), STR_ARG(code));
  }
  fflush(stdout);
  sd_notifyf(0, "READY=1\nSTATUS=listening on %.*s", STR_ARG(at));
}

static void wait_for_end(sigset_t signals, Server *server) {
  int got;
  sigwait(&signals, &got);
  log_info("%s: finishing what was accepted; once more stops at once", got == SIGINT ? "SIGINT" : "SIGTERM");
  sd_notify(0, "STOPPING=1");
  signal(SIGTERM, SIG_DFL);
  signal(SIGINT, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
  server_drain(server, DRAIN_SECONDS * SECOND);
}

/* Who hears of a commit of this process, on the writer's thread. */
typedef struct { Couriers *couriers; Server *server; Ears *ears; } Hearers;
static void committed(void *arg) {
  const Hearers *h = arg;
  couriers_wake(h->couriers);
  server_news(h->server);
  ears_tell(h->ears);
}

/* Until a signal; then all that came in is answered, in the order: no new calls, no new jobs, no open commands. */
static Err live(Run *r, Work *work, int socket, sigset_t signals) {
  Hearers h = { 0 };
  TRY(answer_on(r, work, socket, &h.server));
  h.couriers = couriers_start(&r->site, work_lanes(work));
  h.ears = ears_start(r->store, server_news, h.server);
  work_on_commit(work, committed, &h);
  announce(r, work);
  wait_for_end(signals, h.server);
  wire_hang_up();
  couriers_stop(h.couriers);
  work_on_commit(work, NULL, NULL);
  ears_stop(h.ears);
  server_free(h.server);
  couriers_free(h.couriers);
  log_info("stopped; nothing is left undone");
  return E_OK;
}

/* Mailboxes of the setting stand in the store beside those of the wizard. */
static Err mailboxes_put(Cx *cx, void *arg) { return fetch_settings(cx, *(Str *)arg); }
static Err mailboxes(Run *r, Work *work) {
  if (!r->set.mail_in.n || r->site.demo) return E_OK;
  r->cx.actor = (Actor){ .system = true };
  return lane_run(work_lanes(work), LANE_WRITE, &r->cx, mailboxes_put, &r->set.mail_in);
}

Err serve(Run *r) {
  Work *work = NULL;
  if (r->words.n) return run_usage(r, "serve takes settings only, not \"" STR_FMT "\"", STR_ARG(r->words.at[0]));
  sigset_t signals = hold_signals();
  int socket;
  raise_files(&r->set);
  TRY(take_socket(r, &socket));
  TRY(run_site(r));
  TRY(run_store(r, true));
  int readers = r->set.readers ? (int)r->set.readers : processors() < 2 ? 2 : processors();
  TRY(work_start(&r->cx, r->store, readers, (int)r->set.writers, &work));
  Err e = mailboxes(r, work);
  if (!e) e = live(r, work, socket, signals);
  work_stop(work);
  return e;
}
