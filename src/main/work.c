/* main/work.c: queues and the threads behind them. */
#include "main/work.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include "base/log.h"
#include "store/search.h"

enum { BATCH = 256, TRIES = 4, ARENA = 1 << 20, MOMENT = 200 * 1000 * 1000 };   /* MOMENT: nanoseconds */

typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t some;
  Task *first, **last;
  atomic_size_t n;
  bool closing;
} Queue;

struct Work {
  Lanes lanes;                   /* first: a Lanes * of ours is a Work * */
  const Store *store;
  Queue queues[2];               /* by Lane */
  pthread_t *threads;
  size_t n;
  pthread_mutex_t ear;           /* of who wants to hear of commits */
  void (*committed)(void *);
  void *committed_arg;
  atomic_ullong reads, commands, commits, retries, refused;
  atomic_llong clock;            /* the last now given to a command: the writer's clock never goes back */
};

/* ---- queue */

static void queue_init(Queue *q) {
  pthread_mutex_init(&q->lock, NULL);
  pthread_cond_init(&q->some, NULL);
  q->last = &q->first;
}

static void queue_put(Queue *q, Task *t) {
  t->next = NULL;
  pthread_mutex_lock(&q->lock);
  *q->last = t;
  q->last = &t->next;
  q->n++;
  pthread_cond_signal(&q->some);
  pthread_mutex_unlock(&q->lock);
}

/* At most max tasks, waiting for the first. NULL: closing, and nothing is left; or none came within MOMENT, if impatient. */
static Task *queue_take(Queue *q, size_t max, bool impatient) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_nsec += MOMENT;
  if (until.tv_nsec >= 1000000000) { until.tv_nsec -= 1000000000; until.tv_sec++; }
  pthread_mutex_lock(&q->lock);
  while (!q->first && !q->closing) {
    if (!impatient) pthread_cond_wait(&q->some, &q->lock);
    else if (pthread_cond_clockwait(&q->some, &q->lock, CLOCK_MONOTONIC, &until)) break;
  }
  Task *taken = q->first, **end = &q->first;
  while (*end && max) { end = &(*end)->next; max--; q->n--; }
  q->first = *end;
  if (!q->first) q->last = &q->first;
  *end = NULL;                   /* cuts the taken ones off; writes first itself only when none was taken */
  pthread_mutex_unlock(&q->lock);
  return taken;
}

static void submit(Lanes *lanes, Lane lane, Task *t) { queue_put(&((Work *)lanes)->queues[lane], t); }

/* ---- a connection that heals */

typedef struct { Work *work; Arena *arena; Cx cx; DbMode mode; } Seat;

static Err seat_open(Seat *s) {
  db_closep(&s->cx.db);
  return db_open(&s->cx, s->work->store, s->mode, &s->cx.db);
}

/* After E_BUSY: is the connection alive? If not, a new one; E_BUSY if that cannot be had. */
static Err seat_heal(Seat *s) {
  int64_t one;
  if (s->cx.db && !db_int(&s->cx, &one, SQL("SELECT CAST(?1 AS BIGINT)"), V(1))) return E_OK;
  Err e = seat_open(s);
  log_line(e ? LOG_ERROR : LOG_WARN, "the store's connection was lost and %s" STR_FMT, e ? "is not back: " : "is back", STR_ARG(e ? s->cx.why : S("")));
  return e;
}

static Seat *seat_new(Work *w, DbMode mode) {
  Seat *s = calloc(1, sizeof *s);
  if (!s) abort();
  s->work = w;
  s->mode = mode;
  s->arena = arena_new((size_t)64 << 20);
  s->cx = (Cx){ .arena = s->arena, .now = clock_now(), .actor.system = true };
  return s;
}

static void seat_free(Seat *s) {
  db_closep(&s->cx.db);
  arena_free(s->arena);
  free(s);
}

/* Words and rows of the seat's own; between tasks only. */
static void seat_rest(Seat *s) {
  if (arena_used(s->arena) > ARENA / 2) arena_reset(s->arena);
  s->cx.why = s->cx.field = S("");
}

static void task_done(Task *t, Err e) { t->err = e; t->done(t->arg, e); }

/* ---- readers */

/* All of a read sees one moment. In SQLite each statement outside of a transaction takes and gives back the file's lock. */
static Err read_in(Seat *s, Task *t) {
  DEFER(tx_end) Tx tx = { 0 };
  t->cx.db = s->cx.db;
  TRY(tx_begin(&t->cx, &tx));
  TRY(t->run(&t->cx, t->arg));
  return tx_commit(&tx);
}

static void *reader(void *arg) {
  Seat *s = arg;
  Task *t;
  while ((t = queue_take(&s->work->queues[LANE_READ], 1, false))) {
    seat_rest(s);
    t->cx.now = clock_now();
    Err e = s->cx.db ? read_in(s, t) : E_BUSY;
    if (e == E_BUSY && !seat_heal(s)) e = read_in(s, t);       /* a read may be done twice */
    t->cx.db = NULL;
    atomic_fetch_add_explicit(&s->work->reads, 1, memory_order_relaxed);
    task_done(t, e);
  }
  seat_free(s);
  return NULL;
}

/* ---- writers */

/* Commands get a clock that never goes back, so that the order of rows and of their times is one. */
static int64_t command_now(Work *w) {
  long long now = clock_now(), last = atomic_load(&w->clock);
  while (now > last && !atomic_compare_exchange_weak(&w->clock, &last, now)) continue;
  return now > last ? now : last;
}

static Err run_in(Seat *s, Task *t) {
  DEFER(tx_end) Tx tx = { 0 };
  t->cx.db = s->cx.db;
  t->cx.now = command_now(s->work);
  TRY(tx_begin(&t->cx, &tx));
  TRY(t->run(&t->cx, t->arg));
  return tx_commit(&tx);
}

/* One command, one transaction; with PostgreSQL again after a deadlock or a lost connection, for then nothing of it was
   done. On SQLite there is one writer: what is busy there is the disk, and that takes longer than a request waits. */
static void run_single(Seat *s, Task *t) {
  int tries = store_kind(s->work->store) == STORE_SQLITE ? 1 : TRIES;
  Err e = E_BUSY;
  for (int try = 1; e == E_BUSY && try <= tries; try++) {
    if (try > 1) {
      atomic_fetch_add(&s->work->retries, 1);
      poll(NULL, 0, 5 * try + (int)(clock_steady() & 7));
    }
    if (!s->cx.db && seat_heal(s)) continue;
    e = run_in(s, t);
    if (e == E_BUSY && s->cx.db && db_unsure(s->cx.db)) tries = try;    /* it may be done: not twice */
    if (e == E_BUSY && seat_heal(s)) break;
  }
  atomic_fetch_add_explicit(&s->work->commits, e == E_OK, memory_order_relaxed);
  t->cx.db = NULL;
  t->err = e;
}

/* All of the batch in one transaction. E_BUSY: it was rolled back whole and nobody was told anything. */
static Err run_together(Seat *s, Task *batch, bool *ret_changed) {
  DEFER(tx_end) Tx tx = { 0 };
  if (!s->cx.db) return E_BUSY;
  s->cx.now = command_now(s->work);
  TRY(tx_begin(&s->cx, &tx));
  for (Task *t = batch; t; t = t->next) {
    t->err = run_in(s, t);
    if (t->err == E_BUSY) return E_BUSY;
    *ret_changed |= t->err == E_OK;
  }
  return tx_commit(&tx);
}

static void answer(Seat *s, Task *batch) {
  for (Task *t = batch, *next; t; t = next) {
    next = t->next;                                /* after done the task may be gone */
    atomic_fetch_add_explicit(&s->work->commands, 1, memory_order_relaxed);
    if (t->err == E_BUSY) atomic_fetch_add(&s->work->refused, 1);
    task_done(t, t->err);
  }
}

/* A disk that is full or a connection that is gone: each by itself, so that one cannot spoil the others. */
static void run_apart(Seat *s, Task *batch) {
  for (Task *t = batch; t; t = t->next) run_single(s, t);
}

static void tell(Work *w) {
  pthread_mutex_lock(&w->ear);
  if (w->committed) w->committed(w->committed_arg);
  pthread_mutex_unlock(&w->ear);
}

/* The next batch. When none comes for a moment, what large groups left to be indexed is. */
static Task *writer_take(Seat *s, size_t max) {
  Queue *q = &s->work->queues[LANE_WRITE];
  for (;;) {
    bool waits = s->cx.db && search_waits(s->cx.db);
    Task *batch = queue_take(q, max, waits);
    if (batch || !waits) return batch;
    if (search_settle(&s->cx)) { log_warn("search is behind: " STR_FMT, STR_ARG(s->cx.why)); return queue_take(q, max, false); }
  }
}

static void *writer(void *arg) {
  Seat *s = arg;
  Work *w = s->work;
  Task *batch;
  bool together = store_kind(w->store) == STORE_SQLITE;
  while ((batch = writer_take(s, together ? BATCH : 1))) {
    seat_rest(s);
    bool changed = false;
    if (!batch->next) run_single(s, batch);
    else if (run_together(s, batch, &changed) == E_OK) atomic_fetch_add(&w->commits, 1);
    else { seat_heal(s); run_apart(s, batch); }
    for (Task *t = batch; t; t = t->next) { t->cx.db = NULL; changed |= t->err == E_OK; }
    answer(s, batch);
    if (changed) tell(w);
  }
  seat_free(s);
  return NULL;
}

/* ---- all of it */

static Err thread_add(Cx *cx, Work *w, DbMode mode, void *(*run)(void *)) {
  Seat *s = seat_new(w, mode);
  Err e = seat_open(s);
  if (e) {
    e = fail(cx, e, STR_FMT, STR_ARG(s->cx.why));
    seat_free(s);
    return e;
  }
  if (pthread_create(&w->threads[w->n], NULL, run, s)) abort();
  w->n++;
  return E_OK;
}

Err work_start(Cx *cx, const Store *store, int readers, int writers, Work **ret) {
  Work *w = calloc(1, sizeof *w);
  if (!w) abort();
  w->lanes.submit = submit;
  w->store = store;
  pthread_mutex_init(&w->ear, NULL);
  queue_init(&w->queues[LANE_READ]);
  queue_init(&w->queues[LANE_WRITE]);
  w->threads = calloc((size_t)(readers + writers), sizeof *w->threads);
  if (!w->threads) abort();
  if (store_kind(store) == STORE_SQLITE) writers = 1;
  Err e = E_OK;
  for (int i = 0; i < writers && !e; i++) e = thread_add(cx, w, DB_WRITE, writer);
  for (int i = 0; i < readers && !e; i++) e = thread_add(cx, w, DB_READ, reader);
  if (e) { work_stop(w); return e; }
  *ret = w;
  return E_OK;
}

Lanes *work_lanes(Work *w) { return &w->lanes; }

void work_on_commit(Work *w, void (*fn)(void *), void *arg) {
  pthread_mutex_lock(&w->ear);
  w->committed_arg = arg;
  w->committed = fn;
  pthread_mutex_unlock(&w->ear);
}

void work_stop(Work *w) {
  if (!w) return;
  for (Lane l = LANE_READ; l <= LANE_WRITE; l++) {
    pthread_mutex_lock(&w->queues[l].lock);
    w->queues[l].closing = true;
    pthread_cond_broadcast(&w->queues[l].some);
    pthread_mutex_unlock(&w->queues[l].lock);
  }
  for (size_t i = 0; i < w->n; i++) pthread_join(w->threads[i], NULL);
  free(w->threads);
  free(w);
}

void work_metrics(const Work *w, Buf *b) {
  buf_fmt(b, "# TYPE cornerdesk_reads_total counter\ncornerdesk_reads_total %llu\n"
             "# TYPE cornerdesk_commands_total counter\ncornerdesk_commands_total %llu\n"
             "# TYPE cornerdesk_commits_total counter\ncornerdesk_commits_total %llu\n"
             "# TYPE cornerdesk_commands_retried_total counter\ncornerdesk_commands_retried_total %llu\n"
             "# TYPE cornerdesk_commands_refused_total counter\ncornerdesk_commands_refused_total %llu\n"
             "# TYPE cornerdesk_queue gauge\ncornerdesk_queue{lane=\"read\"} %zu\ncornerdesk_queue{lane=\"write\"} %zu\n",
          atomic_load(&w->reads), atomic_load(&w->commands), atomic_load(&w->commits), atomic_load(&w->retries), atomic_load(&w->refused),
          w->queues[LANE_READ].n, w->queues[LANE_WRITE].n);
}
