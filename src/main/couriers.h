/* main/couriers.h: the threads beside the server: the ticker, which runs due jobs, and the couriers. */
#ifndef MAIN_COURIERS_H
#define MAIN_COURIERS_H
#include "desk/errand.h"
#include "desk/site.h"

typedef struct Couriers Couriers;

Couriers *couriers_start(const Site *, Lanes *);
void couriers_wake(void *couriers);      /* something was committed: look soon; never blocks */
void couriers_stop(Couriers *);          /* waits for what they are at */
void couriers_free(Couriers *);          /* when no lane can wake them any more */
#endif
