/* main/work.h: the lanes. N readers, each with a connection that cannot write. Writers: with SQLite one thread that
   takes all waiting commands, opens one transaction, runs each inside a savepoint, commits once and only then says done
   to all (group commit); with PostgreSQL several threads, one command a transaction.
   Invariant: done(E_OK) for a command means that it is on disk. */
#ifndef MAIN_WORK_H
#define MAIN_WORK_H
#include "base/lane.h"
#include "store/db.h"

typedef struct Work Work;

/* Opens all connections; E_BUSY as db_open. store must outlive it. */
Err    work_start(Cx *, const Store *, int readers, int writers, Work **ret) CHECKED;
Lanes *work_lanes(Work *);
void   work_stop(Work *);          /* finishes all that was handed over, closes, frees; takes NULL */

/* Called after each commit that changed something, on the writer's thread; must not block. For couriers that wait.
   NULL: nobody any more; after that it is not called. */
void   work_on_commit(Work *, void (*fn)(void *), void *arg);

void   work_metrics(const Work *, Buf *);
#endif
