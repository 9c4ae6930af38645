/* main/couriers.c: one thread a courier; each looks, sleeps until it wants to look again or is woken by a commit.
   To add one: a row in couriers[]; to add a kind of job: a row in errands[]. */
#include "main/couriers.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/log.h"
#include "channel/mail_try.h"
#include "channel/channel_errands.h"
#include "desk/desk_errands.h"
#include "desk/follow.h"
#include "desk/signin.h"

enum { ARENA_CAP = 512 << 20, TAKE = 20 };
#define REST      (20 * 1000LL)          /* after a commit, µs: so that a burst of commits is one look */
#define LONGEST   (60 * SECOND)          /* another node may have put a job there */
#define LEASE     (5 * MINUTE)

static Err ticker(Cx *, Lanes *, int64_t *ret_next);

/* ---- the tables */

static const Errand *const errands[] = {
  desk_errands,
  signin_errands,
  channel_errands,
  mail_try_errands,
};
static const Courier own[] = { { "ticker", ticker }, { 0 } };
static const Courier *const couriers[] = { own, desk_couriers, channel_couriers };

static const Errand *errand_find(Str kind) {
  for (size_t g = 0; g < COUNT(errands); g++)
    for (const Errand *e = errands[g]; e->kind; e++)
      if (str_eq(str_z(e->kind), kind)) return e;
  return NULL;
}

/* ---- due jobs */

typedef struct { const Job *job; const Errand *errand; Err err; Str why; Rows rows; int64_t next; } Tick;

/* Takes the lease on what is due. */
static Err take_due(Cx *cx, void *arg) { return job_take(cx, S(""), LEASE, TAKE, &((Tick *)arg)->rows); }
static Err next_due(Cx *cx, void *arg) { return job_next(cx, S(""), &((Tick *)arg)->next); }

static Err job_end(Cx *cx, void *arg) {
  const Tick *t = arg;
  if (t->errand->every) return job_put(cx, t->job->kind, t->job->key, cx->now + t->errand->every, S(""));
  return job_done(cx, t->job->id);
}
static Err tick_and_end(Cx *cx, void *arg) {
  const Tick *t = arg;
  TRY(t->errand->tick(cx, t->job));
  return job_end(cx, arg);
}

/* Half a minute, then twice as long each time, at most six hours. */
static Err put_back(Cx *cx, void *arg) {
  const Tick *t = arg;
  int64_t n = t->job->attempts < 10 ? t->job->attempts : 10, wait = (30 * SECOND) << n;
  return job_retry(cx, t->job->id, cx->now + (wait < 6 * HOUR ? wait : 6 * HOUR), t->why);
}

static void run_job(Cx *cx, Lanes *lanes, const Job *job) {
  Tick t = { .job = job, .errand = errand_find(job->kind) };
  if (!t.errand) { t.err = E_ABSENT; t.why = S("this version knows no such kind of job"); }
  else if (t.errand->tick) t.err = lane_run(lanes, LANE_WRITE, cx, tick_and_end, &t);
  else if (!(t.err = t.errand->carry(cx, lanes, job))) t.err = lane_run(lanes, LANE_WRITE, cx, job_end, &t);
  if (!t.err) return;
  if (!t.why.n) t.why = cx->why.n ? cx->why : err_title(t.err);
  log_warn("job " STR_FMT " " STR_FMT " failed: " STR_FMT, STR_ARG(job->kind), STR_ARG(job->key), STR_ARG(t.why));
  if (lane_run(lanes, LANE_WRITE, cx, put_back, &t)) log_warn("job " STR_FMT " keeps its lease until that runs out", STR_ARG(job->key));
}

/* The jobs there always are. */
static Err put_regulars(Cx *cx, void *arg) {
  (void)arg;
  for (size_t g = 0; g < COUNT(errands); g++)
    for (const Errand *e = errands[g]; e->kind; e++)
      if (e->every) TRY(job_put(cx, str_z(e->kind), str_z(e->kind), cx->now + (e->every < MINUTE ? e->every : MINUTE), S("")));
  return E_OK;
}

static Err ticker(Cx *cx, Lanes *lanes, int64_t *ret_next) {
  Tick t = { 0 };
  TRY(lane_run(lanes, LANE_READ, cx, next_due, &t));
  if (t.next && t.next <= clock_now()) {
    TRY(lane_run(lanes, LANE_WRITE, cx, take_due, &t));
    for (size_t i = 0; i < t.rows.n; i++) run_job(cx, lanes, ROW(Job, t.rows, i));
    TRY(lane_run(lanes, LANE_READ, cx, next_due, &t));
  }
  *ret_next = t.next;
  return E_OK;
}

/* ---- threads */

typedef struct { Couriers *all; const Courier *courier; pthread_t thread; } Seat;

struct Couriers {
  const Site *site;
  Lanes *lanes;
  pthread_mutex_t lock;
  pthread_cond_t news;
  unsigned long long commits;            /* how often we were woken */
  bool closing;
  Seat *seats;
  size_t n;
};

static struct timespec spec(int64_t at) { return (struct timespec){ .tv_sec = at / SECOND, .tv_nsec = at % SECOND * 1000 }; }

/* Sleeps until the steady instant, a commit (and a little more) if that matters, or the end. */
static void sleep_until(Couriers *c, int64_t until, bool news, unsigned long long *seen) {
  pthread_mutex_lock(&c->lock);
  struct timespec at = spec(until);
  while (!c->closing && (!news || c->commits == *seen) && clock_steady() < until) pthread_cond_timedwait(&c->news, &c->lock, &at);
  if (!c->closing && news && c->commits != *seen) {
    int64_t rest = clock_steady() + REST;
    at = spec(rest);
    while (!c->closing && clock_steady() < rest) pthread_cond_timedwait(&c->news, &c->lock, &at);
  }
  *seen = c->commits;
  pthread_mutex_unlock(&c->lock);
}

static bool closing(Couriers *c) {
  pthread_mutex_lock(&c->lock);
  bool yes = c->closing;
  pthread_mutex_unlock(&c->lock);
  return yes;
}

static void *courier_thread(void *arg) {
  Seat *s = arg;
  Couriers *c = s->all;
  unsigned long long seen = 0;
  while (!closing(c)) {
    Arena *a = arena_new(ARENA_CAP);
    Cx cx = { .arena = a, .now = clock_now(), .site = c->site, .actor.system = true };
    int64_t next = 0, wait = LONGEST;
    Err e = s->courier->look(&cx, c->lanes, &next);
    if (e) log_warn("%s: " STR_FMT, s->courier->name, STR_ARG(cx.why.n ? cx.why : err_title(e)));
    if (e) wait = 5 * SECOND;
    else if (next) wait = next - clock_now();
    arena_free(a);
    if (wait > LONGEST) wait = LONGEST;
    if (wait > 0) sleep_until(c, clock_steady() + wait, !e, &seen);
  }
  return NULL;
}

static void start_regulars(const Site *site, Lanes *lanes) {
  DEFER(arena_freep) Arena *a = arena_new(1 << 20);
  Cx cx = { .arena = a, .site = site, .actor.system = true };
  if (lane_run(lanes, LANE_WRITE, &cx, put_regulars, NULL)) log_warn("regular jobs are not set: " STR_FMT, STR_ARG(cx.why));
}

Couriers *couriers_start(const Site *site, Lanes *lanes) {
  start_regulars(site, lanes);
  Couriers *c = calloc(1, sizeof *c);
  if (!c) abort();
  *c = (Couriers){ .site = site, .lanes = lanes };
  pthread_mutex_init(&c->lock, NULL);
  pthread_condattr_t steady;
  pthread_condattr_init(&steady);
  pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
  pthread_cond_init(&c->news, &steady);
  size_t most = 0;
  for (size_t g = 0; g < COUNT(couriers); g++) for (const Courier *k = couriers[g]; k->name; k++) most++;
  c->seats = calloc(most, sizeof *c->seats);
  if (!c->seats) abort();
  for (size_t g = 0; g < COUNT(couriers); g++)
    for (const Courier *k = couriers[g]; k->name; k++) {
      Seat *s = &c->seats[c->n++];
      *s = (Seat){ .all = c, .courier = k };
      if (pthread_create(&s->thread, NULL, courier_thread, s)) abort();
    }
  return c;
}

void couriers_wake(void *couriers_) {
  Couriers *c = couriers_;
  pthread_mutex_lock(&c->lock);
  c->commits++;
  pthread_cond_broadcast(&c->news);
  pthread_mutex_unlock(&c->lock);
}

void couriers_stop(Couriers *c) {
  pthread_mutex_lock(&c->lock);
  c->closing = true;
  pthread_cond_broadcast(&c->news);
  pthread_mutex_unlock(&c->lock);
  for (size_t i = 0; i < c->n; i++) pthread_join(c->seats[i].thread, NULL);
}

void couriers_free(Couriers *c) {
  pthread_mutex_destroy(&c->lock);
  pthread_cond_destroy(&c->news);
  free(c->seats);
  free(c);
}
