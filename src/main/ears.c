/* main/ears.c: one thread with a connection of its own. Many commits within a moment are told once: on PostgreSQL each telling
   is a transaction that all nodes take turns in, so it is not part of the commands. */
#include "main/ears.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/log.h"

enum { ARENA_CAP = 16 << 20, ARENA_REST = 1 << 16, MOMENT_MS = 25, FAINT_MS = 1000 };

struct Ears {
  const Store *store;
  void (*heard)(void *);
  void *arg;
  pthread_t thread;
  atomic_bool tell, closing;
};

static void faint(Ears *e, Cx *cx) {
  log_warn("hearing of others' changes: " STR_FMT, STR_ARG(cx->why));
  for (int ms = 0; ms < FAINT_MS && !atomic_load(&e->closing); ms += MOMENT_MS) poll(NULL, 0, MOMENT_MS);
}

static Err open_ears(Ears *e, Cx *cx) {
  if (cx->db) return E_OK;
  TRY(db_open(cx, e->store, DB_READ, &cx->db));
  Err bad = db_listen(cx);
  if (bad) db_closep(&cx->db);
  return bad;
}

static Err tell(Ears *e, Cx *cx) {
  if (!atomic_exchange(&e->tell, false)) return E_OK;
  Err bad = db_notify(cx);
  if (bad) atomic_store(&e->tell, true);
  return bad;
}

static Err listen_on(Ears *e, Cx *cx) {
  bool got = false;
  TRY(open_ears(e, cx));
  TRY(tell(e, cx));
  TRY(db_wait(cx, MOMENT_MS, &got));
  if (got) e->heard(e->arg);
  return E_OK;
}

static void *ears_thread(void *arg) {
  Ears *e = arg;
  Arena *a = arena_new(ARENA_CAP);
  Cx cx = { .arena = a, .actor.system = true };
  while (!atomic_load(&e->closing)) {
    if (listen_on(e, &cx)) faint(e, &cx);
    if (arena_used(a) > ARENA_REST) arena_reset(a);
    cx.why = cx.field = S("");
  }
  if (cx.db && tell(e, &cx)) log_warn("others were not told of the last change: " STR_FMT, STR_ARG(cx.why));
  db_closep(&cx.db);
  arena_free(a);
  return NULL;
}

Ears *ears_start(const Store *store, void (*heard)(void *), void *arg) {
  Ears *e = calloc(1, sizeof *e);
  if (!e) abort();
  e->store = store;
  e->heard = heard;
  e->arg = arg;
  if (pthread_create(&e->thread, NULL, ears_thread, e)) abort();
  return e;
}

void ears_tell(Ears *e) { atomic_store(&e->tell, true); }

void ears_stop(Ears *e) {
  if (!e) return;
  atomic_store(&e->closing, true);
  pthread_join(e->thread, NULL);
  free(e);
}
