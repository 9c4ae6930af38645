/* measure/clocks.h: the customer's clock beside the agent's, and whose the time was (B2).
   Invariant: provider + customer + supplier + closed = customer_clock, to the microsecond. */
#ifndef MEASURE_CLOCKS_H
#define MEASURE_CLOCKS_H
#include "measure/calendar.h"

typedef enum { CLOCKS_PROVIDER, CLOCKS_CUSTOMER, CLOCKS_SUPPLIER } ClocksBall;

/* From this instant on, until the next turn, they must move. */
typedef struct { int64_t at; ClocksBall ball; } ClocksTurn;

typedef struct {
  int64_t customer_clock;    /* wall time from the first attempt to the end; never pauses */
  int64_t provider;          /* open time while the provider had the ball: the agent's clock */
  int64_t customer;          /* wall time while the customer had it */
  int64_t supplier;          /* wall time while a supplier had it */
  int64_t closed;            /* the provider had it, and the place was closed */
} Clocks;

/* Turns ascending; the first is the first attempt on any channel, as the customer tells it. end: accepted, or now while it is
   open. A turn out of order is taken at the time of the one before it, one after the end not at all. calendar NULL:
   always open. Microseconds. */
Clocks clocks_read(const Calendar *, const ClocksTurn *, size_t n, int64_t end);

/* Median customer clock / median agent clock; false if there is none, or the agents' is 0. */
bool clocks_ratio(Arena *, const Clocks *, size_t n, double *ret) CHECKED;
#endif
