/* base/lane.c: the waiting form of a task. */
#include "base/lane.h"
#include <pthread.h>

typedef struct { pthread_mutex_t lock; pthread_cond_t there; bool done; Task task; LaneFn *run; void *arg; } Wait;

static Err wait_run(Cx *cx, void *arg) { Wait *w = arg; return w->run(cx, w->arg); }

static void wait_done(void *arg, Err e) {
  Wait *w = arg;
  pthread_mutex_lock(&w->lock);
  w->task.err = e;
  w->done = true;
  pthread_cond_signal(&w->there);
  pthread_mutex_unlock(&w->lock);
}

Err lane_run(Lanes *lanes, Lane lane, Cx *cx, LaneFn *run, void *arg) {
  Wait w = { .lock = PTHREAD_MUTEX_INITIALIZER, .there = PTHREAD_COND_INITIALIZER, .run = run, .arg = arg };
  w.task = (Task){ .run = wait_run, .done = wait_done, .arg = &w, .cx = *cx };
  lanes->submit(lanes, lane, &w.task);
  pthread_mutex_lock(&w.lock);
  while (!w.done) pthread_cond_wait(&w.there, &w.lock);
  pthread_mutex_unlock(&w.lock);
  pthread_cond_destroy(&w.there);
  pthread_mutex_destroy(&w.lock);
  cx->why = w.task.cx.why;
  cx->field = w.task.cx.field;
  return w.task.err;
}
