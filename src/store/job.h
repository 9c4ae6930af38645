/* store/job.h: work to be done at a time, by whichever node takes it first. A job is a row, taken with a lease;
   if its taker dies the lease runs out and another takes it. Keys are unique: the same job cannot stand twice.
   Made in the transaction of the thing that needs it, so that it exists exactly when that does. */
#ifndef STORE_JOB_H
#define STORE_JOB_H
#include "store/db.h"

typedef struct { int64_t id, due_at, attempts; Str kind, key, body; } Job;

/* due_at: microseconds UTC. body: JSON or "". A job with the same key is moved to this time and body, attempts 0, under a
   new id: whoever is at work on it now can no longer end or delay it. */
Err job_put(Cx *, Str kind, Str key, int64_t due_at, Str body) CHECKED;
Err job_drop(Cx *, Str key) CHECKED;                                       /* no error if absent */

/* Takes at most max jobs of the kind ("" = any) that are due at cx->now and not leased; the lease lasts so many
   microseconds. On a DB_WRITE connection. SKIP LOCKED on PostgreSQL. */
Err job_take(Cx *, Str kind, int64_t lease, size_t max, Rows *ret) CHECKED;  /* rows of Job */
Err job_done(Cx *, int64_t id) CHECKED;                                      /* no error if it was put again meanwhile */
Err job_retry(Cx *, int64_t id, int64_t due_at, Str error) CHECKED;          /* attempts + 1, lease given back */
Err job_next(Cx *, Str kind, int64_t *ret_due_at) CHECKED;                   /* or when a lease runs out; 0 if none waits */
#endif
