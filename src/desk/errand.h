/* desk/errand.h: what is done when a job (store/job.h) falls due, and what runs beside the server all the time.
   Each floor has a table of its own; main/couriers.c gathers them. */
#ifndef DESK_ERRAND_H
#define DESK_ERRAND_H
#include "base/lane.h"
#include "store/job.h"

/* One kind of job. Exactly one of tick and carry. Both may be run twice for one job, so they look before they act. */
typedef struct {
  const char *kind;
  /* On the writing lane, in one transaction with the job's end. Not E_OK: rolled back, tried again later, longer each time. */
  Err (*tick)(Cx *, const Job *);
  /* On a courier's own thread, cx->db is NULL: for what takes long (network). Uses lane_run for what it must read or write. */
  Err (*carry)(Cx *, Lanes *, const Job *);
  int64_t every;                   /* not 0: there is always one such job, its key is the kind, and it comes back after so many
                                      microseconds; soon after each start as well */
} Errand;

/* A thread that looks after something by itself. look does what is due and sets *ret_next to when it wants to look
   again (microseconds UTC; 0: only when something was committed). It is also called soon after each commit, so looking
   must be cheap. cx: fresh arena, system actor, no db. An error is logged and looked at again after a while. */
typedef struct {
  const char *name;
  Err (*look)(Cx *, Lanes *, int64_t *ret_next);
} Courier;
#endif
