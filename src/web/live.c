/* web/live.c: opening streams within their limits, ringing the bell, ending. Not here: the thread (live_hub.c). */
#include "web/live.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/log.h"
#include "web/live_inside.h"

/* ---- how far numbers can be trusted */

static int64_t more(int64_t a, int64_t b) { return a > b ? a : b; }

int64_t live_head(const Live *l) { return l ? atomic_load(&l->head) : 0; }
int64_t live_upto(const Live *l, const ChangeTip *t) { return l ? more(atomic_load(&l->head), t->run) : t->last; }
int64_t live_begin(const Live *l, const ChangeTip *t) { return l ? more(live_upto(l, t), atomic_load(&l->floor)) : t->last; }

/* ---- one stream */

void stream_flush(Stream *s) {
  while (s->done < s->n) {
    ssize_t did = send(s->fd, s->out + s->done, s->n - s->done, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (did < 0 && errno == EINTR) continue;
    if (did < 0 && errno == EAGAIN) return;              /* the thread hears when there is room again */
    if (did <= 0) { s->over = true; return; }
    s->done += (size_t)did;
    s->at = clock_steady();
  }
  free(s->out);
  s->out = NULL;
  s->n = s->done = 0;
}

/* Only for a stream that has nothing left to send: what is kept for it is never more than one reading. */
void stream_write(Stream *s, Str text) {
  s->out = malloc(text.n);
  if (!s->out) abort();
  memcpy(s->out, text.p, text.n);
  s->n = text.n;
  s->done = 0;
  stream_flush(s);
}

static Stream **bucket(Live *l, int64_t party) { return &l->buckets[(uint64_t)party % LIVE_BUCKETS]; }

void stream_close(Live *l, Stream *s) {
  pthread_mutex_lock(&l->lock);
  Stream **at = bucket(l, s->party);
  while (*at != s) at = &(*at)->same;
  *at = s->same;
  l->open--;
  pthread_mutex_unlock(&l->lock);
  close(s->fd);
  free(s->out);
  free(s);
}

/* ---- opening */

static int count_of(Live *l, int64_t party) {
  int n = 0;
  for (const Stream *s = *bucket(l, party); s; s = s->same) n += s->party == party;
  return n;
}

static Err room(Cx *cx, Live *l, int64_t party) {
  if (atomic_load(&l->closing) || l->open >= l->set.most) return fail(cx, E_BUSY, "%d event streams are open, and there may be %d", l->open, l->set.most);
  if (count_of(l, party) < l->set.each) return E_OK;
  return fail(cx, E_RATE, "You have %d event streams open, and that is as many as one person may have. Close one, then try again.", l->set.each);
}

static Stream *stream_new(int fd, const StreamNew *in) {
  Stream *s = calloc(1, sizeof *s);
  if (!s) abort();
  *s = (Stream){ .party = in->party, .key = { in->key, in->token }, .after = in->after, .at = clock_steady(), .fd = fd };
  s->out = malloc(in->first.n);
  if (!s->out) abort();
  memcpy(s->out, in->first.p, in->first.n);
  s->n = in->first.n;
  return s;
}

static void ring(const Live *l) {
  uint64_t one = 1;
  if (write(l->bell, &one, sizeof one) < 0 && errno != EAGAIN) log_warn("event streams: the bell does not ring: %s", strerror(errno));
}

Err live_open(Cx *cx, Live *l, int fd, const StreamNew *in) {
  Stream *s = stream_new(fd, in);
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  pthread_mutex_lock(&l->lock);
  Err e = room(cx, l, in->party);
  if (!e) {
    s->same = *bucket(l, in->party);
    *bucket(l, in->party) = s;
    s->next = l->arrived;
    l->arrived = s;
    l->open++;
  }
  pthread_mutex_unlock(&l->lock);
  if (e) { free(s->out); free(s); return e; }
  ring(l);
  return E_OK;
}

void live_wake(Live *l) {
  if (!atomic_exchange(&l->rung, true)) ring(l);
}

/* ---- all of them */

Live *live_start(const LiveNew *in) {
  Live *l = calloc(1, sizeof *l);
  if (!l) abort();
  l->set = *in;
  pthread_mutex_init(&l->lock, NULL);
  l->epoll = epoll_create1(EPOLL_CLOEXEC);
  l->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  struct epoll_event bell = { .events = EPOLLIN };
  if (l->epoll < 0 || l->bell < 0 || epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->bell, &bell)) abort();
  live_look(l);                                          /* before anybody can ask where to begin */
  if (pthread_create(&l->thread, NULL, live_thread, l)) abort();
  return l;
}

void live_end(Live *l) {
  pthread_mutex_lock(&l->lock);
  bool before = atomic_exchange(&l->closing, true);
  pthread_mutex_unlock(&l->lock);
  if (before) return;
  ring(l);
  pthread_join(l->thread, NULL);
}

void live_free(Live *l) {
  if (!l) return;
  live_end(l);
  close(l->bell);
  close(l->epoll);
  pthread_mutex_destroy(&l->lock);
  free(l);
}

void live_metrics(const Live *l, Buf *b) {
  Live *own = (Live *)(uintptr_t)l;
  pthread_mutex_lock(&own->lock);
  int open = l->open;
  pthread_mutex_unlock(&own->lock);
  buf_fmt(b, "# TYPE cornerdesk_streams gauge\ncornerdesk_streams %d\n# TYPE cornerdesk_changes_told_total counter\ncornerdesk_changes_told_total %llu\n",
          open, atomic_load(&l->told));
}
