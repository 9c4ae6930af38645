/* base/lane.h: how a thread without a connection reaches the database. A task is handed to the reading lane, whose
   connections cannot write, or to the writing lane, where it is a command: all of it happens or nothing.
   Who runs the lanes is main (main/work.h); the server and the couriers only know this. */
#ifndef BASE_LANE_H
#define BASE_LANE_H
#include "base/cx.h"

typedef enum { LANE_READ, LANE_WRITE } Lane;

/* Anything but E_OK is rolled back. May be run again after E_BUSY (deadlock, lost connection, a neighbour in the batch
   that failed), so it changes nothing but the database and what its arg points to, and starts that afresh. */
typedef Err LaneFn(Cx *, void *arg);

/* The caller owns the task and keeps it, cx.arena and arg alive until done is called. The lane sets cx.db and
   cx.now. done: on the lane's thread, once, after the commit is durable; it must not block. */
typedef struct Task Task;
struct Task { Task *next; LaneFn *run; void (*done)(void *arg, Err); void *arg; Cx cx; Err err; };

typedef struct Lanes Lanes;
struct Lanes { void (*submit)(Lanes *, Lane, Task *); };

/* Waits for it. For threads that may wait: couriers, the ticker, start-up. cx gives arena, actor, site, language;
   why and field come back. E_BUSY: try later, nothing was done. */
Err lane_run(Lanes *, Lane, Cx *, LaneFn *, void *arg) CHECKED;
#endif
