/* desk/demo.h: a made-up but lifelike organisation: IT, HR, facilities and finance of one employer, two customers and a
   supplier; months of requests with promises kept and broken, and a dozen stories of today. The same for the same seed,
   size and hour. Everything goes through the loop and the ledger; nothing is typed in as a result. */
#ifndef DESK_DEMO_H
#define DESK_DEMO_H
#include "store/db.h"

typedef struct {
  int64_t requests;          /* of the past, beside the stories of today; 400 if 0 */
  int64_t messages;          /* at least so many in all; 0: as they come, about three a request */
  int64_t people;            /* who ask; requests / 20 if 0, never less than the named ones */
  uint64_t seed;
  void (*progress)(void *arg, int64_t done, int64_t of);   /* may be NULL */
  void *arg;
} DemoSize;

/* Fills an empty store (E_CONFLICT otherwise), in transactions of its own: the caller has none open. cx->now is the present,
   taken to the hour before. */
Err demo_make(Cx *, const DemoSize *) CHECKED;

/* The people a sign-in page offers with one click: first those who serve, then some who ask. rows of Party. */
Err demo_people(Cx *, Rows *ret, size_t *ret_serving) CHECKED;
#endif
