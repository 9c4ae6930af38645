/* web/live_inside.h: what live.c (opening and ending, on any thread) and live_hub.c (the thread) share. */
#ifndef WEB_LIVE_INSIDE_H
#define WEB_LIVE_INSIDE_H
#include <pthread.h>
#include <stdatomic.h>
#include "desk/session.h"
#include "web/live.h"

enum { LIVE_BUCKETS = 1024 };

typedef struct Stream Stream;
struct Stream {
  Stream *next, *before;    /* of all; next also of those that have just arrived */
  Stream *same;             /* of the bucket */
  int64_t party;
  Key     key;
  int64_t after;            /* told up to here */
  int64_t at;               /* clock_steady: when something was last written, or could be */
  char   *out;              /* what the socket has not taken yet; malloc */
  size_t  n, done;
  int     fd;
  bool    over;             /* to be closed: they have gone, or may not listen any more */
};

struct Live {
  LiveNew set;
  pthread_t thread;
  int epoll, bell;          /* bell: an eventfd that wakes the thread */
  atomic_bool rung;         /* something was committed since the thread last looked */
  atomic_llong head, floor; /* numbers.head; the last number when we began */
  atomic_ullong told;       /* changes written to streams */

  atomic_bool closing;      /* set under the lock: nothing arrives after it */
  pthread_mutex_t lock;     /* of these */
  int open;
  Stream *arrived, *buckets[LIVE_BUCKETS];

  Stream *all;              /* from here on the thread's own */
  ChangeHead numbers;
  int64_t looked, walked;   /* clock_steady */
  int64_t rest;             /* between two looks, µs */
  bool unsettled, behind;   /* there are changes that cannot be told yet; there are streams that can be told more */
};

void *live_thread(void *live);                     /* until closing */
bool  live_look(Live *);                           /* what is new in the store; true: head has moved */
void  live_walk(Live *);                           /* to each stream what it has not been told */
void  stream_write(Stream *, Str);                 /* copies; sends as much as the socket takes */
void  stream_flush(Stream *);
void  stream_close(Live *, Stream *);              /* not in l->all any more */
#endif
