/* web/live_hub.c: the thread of the streams: it waits on a bell and on all sockets at once, and never blocks on a socket.
   What it reads, it reads on a reading lane, a few streams at a time, so that pages come in between. */
#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "base/log.h"
#include "web/api/events.h"
#include "web/live_inside.h"

enum { EVENTS = 256, ARENA_CAP = 64 << 20 };
_Static_assert((int)CHANGE_VIEWERS >= (int)KEYS_AT_ONCE, "a batch is read at once");
#define REST     (10 * 1000LL)           /* between two looks at least, µs: so that a burst of commits is one look */
#define UNHEARD  (15 * SECOND)           /* another node may have died between its commit and saying so */
#define TURN     (1 * SECOND)            /* how often it looks for streams that were silent too long */
#define FAINT    (5 * SECOND)            /* a store that does not answer is asked again then */

/* ---- what is new */

typedef struct { int64_t from; ChangeTip tip; } Look;
static Err tip_read(Cx *cx, void *arg) { Look *k = arg; return change_tip(cx, k->from, &k->tip); }

bool live_look(Live *l) {
  DEFER(arena_freep) Arena *a = arena_new(ARENA_CAP);
  Cx cx = { .arena = a, .site = l->set.site, .actor.system = true };
  Look k = { .from = l->numbers.head };
  bool first = !l->looked;
  atomic_store(&l->rung, false);
  l->looked = clock_steady();
  if (lane_run(l->set.lanes, LANE_READ, &cx, tip_read, &k)) {
    log_warn("event streams: " STR_FMT, STR_ARG(cx.why));
    l->looked += FAINT;
    l->unsettled = true;
    return false;
  }
  l->unsettled = change_settle(&l->numbers, &k.tip, l->looked);
  if (first) atomic_store(&l->floor, k.tip.last);
  bool moved = l->numbers.head > atomic_load(&l->head);
  atomic_store(&l->head, l->numbers.head);
  return moved;
}

/* ---- to whom */

typedef struct { Stream *s; int64_t after; bool stands, read; size_t changes; Str text; } Turn;
typedef struct { Turn at[KEYS_AT_ONCE]; size_t n; int64_t head; } Batch;

/* What stands in rows, ordered by person, for this one. */
static void turn_fill(Cx *cx, Turn *t, const Rows *rows, int64_t until) {
  Rows own = { 0 };
  Buf text = { .arena = cx->arena };
  for (size_t i = 0; i < rows->n; i++) {
    if (ROW(Change, *rows, i)->viewer != t->s->party) continue;
    if (!own.n++) own.at = ROW(Change, *rows, i);
  }
  if (own.n) api_events_put(cx, &text, &own, until);
  t->text = buf_str(&text);
  t->changes = own.n;
  t->after = until;
  t->read = true;
}

/* All who were told up to the same number, which is nearly always everybody. */
static Err read_from(Cx *cx, Batch *b, int64_t after) {
  int64_t who[CHANGE_VIEWERS], until;
  size_t n = 0;
  Rows rows;
  for (const Turn *t = b->at; t < b->at + b->n; t++) if (t->stands && !t->read && t->s->after == after) who[n++] = t->s->party;
  TRY(change_until(cx, after, b->head, LIVE_AT_ONCE, &until));
  TRY(change_list_of(cx, who, n, after, until, &rows));
  for (Turn *t = b->at; t < b->at + b->n; t++) if (t->stands && !t->read && t->s->after == after) turn_fill(cx, t, &rows, until);
  return E_OK;
}

/* On the lane. The streams are not touched: the thread waits for this. */
static Err batch_read(Cx *cx, void *arg) {
  Batch *b = arg;
  Key keys[KEYS_AT_ONCE];
  bool stand[KEYS_AT_ONCE];
  for (size_t i = 0; i < b->n; i++) keys[i] = b->at[i].s->key;
  TRY(keys_stand(cx, keys, b->n, stand));
  for (size_t i = 0; i < b->n; i++) b->at[i] = (Turn){ .s = b->at[i].s, .after = b->at[i].s->after, .stands = stand[i] };
  for (const Turn *t = b->at; t < b->at + b->n; t++) if (t->stands && !t->read && t->after < b->head) TRY(read_from(cx, b, t->after));
  return E_OK;
}

static void turn_take(Live *l, Turn *t, int64_t now, Arena *a) {
  Stream *s = t->s;
  if (!t->stands) { s->over = true; return; }
  s->after = t->after;
  if (!t->text.n && now - s->at < l->set.beat) return;
  atomic_fetch_add_explicit(&l->told, t->changes, memory_order_relaxed);
  stream_write(s, t->text.n ? t->text : str_fmt(a, "id: %lld\n: still here\n\n", (long long)s->after));
}

/* False: the store does not answer. The streams keep their places. */
static bool batch_run(Live *l, Batch *b) {
  DEFER(arena_freep) Arena *a = arena_new(ARENA_CAP);
  Cx cx = { .arena = a, .site = l->set.site };
  if (!b->n) return true;
  if (lane_run(l->set.lanes, LANE_READ, &cx, batch_read, b)) {
    log_warn("event streams: " STR_FMT, STR_ARG(cx.why));
    return false;
  }
  int64_t now = clock_steady();
  for (size_t i = 0; i < b->n; i++) turn_take(l, &b->at[i], now, a);
  b->n = 0;
  return true;
}

static void dismiss(Live *l, Stream *s) {
  if (s->before) s->before->next = s->next; else l->all = s->next;
  if (s->next) s->next->before = s->before;
  stream_close(l, s);
}

/* Those that can take something, and have something coming. */
static bool due(const Live *l, Stream *s) {
  if (s->over) return false;
  if (s->out && l->walked - s->at > l->set.patience * SECOND) s->over = true;
  return !s->out && (s->after < l->numbers.head || l->walked - s->at >= l->set.beat);
}

/* After a walk it rests as long as that took: the reading lane has others to serve. */
void live_walk(Live *l) {
  Batch b = { .head = l->numbers.head };
  bool fine = true;
  l->walked = clock_steady();
  for (Stream *s = l->all; s && fine && !atomic_load(&l->closing); s = s->next) {
    if (!due(l, s)) continue;
    b.at[b.n++].s = s;
    if (b.n == COUNT(b.at)) fine = batch_run(l, &b);
  }
  fine = fine && batch_run(l, &b);
  l->behind = false;
  for (Stream *s = l->all, *next; s; s = next) {
    next = s->next;
    if (s->over) dismiss(l, s);
    else l->behind |= fine && !s->out && s->after < b.head;
  }
  int64_t took = clock_steady() - l->walked;
  l->rest = took * 2 > REST ? took * 2 : REST;
  if (!fine) l->walked += FAINT;
}

/* ---- the thread */

/* False: it is time to end. */
static bool welcome(Live *l) {
  pthread_mutex_lock(&l->lock);
  Stream *s = l->arrived;
  l->arrived = NULL;
  pthread_mutex_unlock(&l->lock);
  for (Stream *next; s; s = next) {
    struct epoll_event on = { .events = EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = s };
    next = s->next;
    s->next = l->all;
    if (l->all) l->all->before = s;
    l->all = s;
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, s->fd, &on)) s->over = true;
    stream_flush(s);
    l->behind |= s->after < l->numbers.head;
  }
  return !atomic_load(&l->closing);
}

static void hear(Live *l, const struct epoll_event *e) {
  Stream *s = e->data.ptr;
  uint64_t rings;
  if (!s) { if (read(l->bell, &rings, sizeof rings) < 0 && errno != EAGAIN) log_warn("event streams: %s", strerror(errno)); return; }
  if (e->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) s->over = true;
  else stream_flush(s);
  if (s->over) dismiss(l, s);
  else l->behind |= !s->out && s->after < l->numbers.head;
}

static bool news(const Live *l) { return l->unsettled || atomic_load(&l->rung); }

/* Milliseconds until there is something to do that nobody rings for. */
static int next_turn(const Live *l) {
  int64_t now = clock_steady(), at = l->walked + TURN;
  if (l->behind) return 0;
  if (l->looked + UNHEARD < at) at = l->looked + UNHEARD;
  if (news(l) && l->looked + l->rest < at) at = l->looked + l->rest;
  return at <= now ? 0 : (int)((at - now + 999) / 1000);
}

static bool look_due(const Live *l) {
  int64_t age = clock_steady() - l->looked;
  return age >= UNHEARD || (age >= l->rest && news(l));
}

static void turn(Live *l) {
  bool moved = look_due(l) && live_look(l);
  if (moved || l->behind || clock_steady() - l->walked >= TURN) live_walk(l);
}

void *live_thread(void *arg) {
  Live *l = arg;
  struct epoll_event got[EVENTS];
  for (bool goes_on = true; goes_on; ) {
    int n = epoll_wait(l->epoll, got, EVENTS, next_turn(l));
    for (int i = 0; i < n; i++) hear(l, &got[i]);
    goes_on = welcome(l);
    if (goes_on) turn(l);
  }
  while (l->all) dismiss(l, l->all);
  return NULL;
}
