/* test/unit/desk_fixture.h: a small place with people in it, on either store. */
#ifndef DESK_FIXTURE_H
#define DESK_FIXTURE_H
#include "desk/party.h"
#include "desk/site.h"
#include "store_fixture.h"

typedef struct {
  int64_t house, it, hr, customer;                 /* hr is closed to others; customer is another organisation */
  int64_t sofie, yusuf, grace, noor, admin;        /* sofie, yusuf: it; grace: hr; noor leads the house */
  int64_t ana, priya, olu;                         /* askers: ana and priya of the house, olu of the customer */
  int64_t service_it, service_hr;
} Place;

/* Fills the store and gives cx a site. Nobody acts afterwards. */
void place_new(Cx *, Place *ret);
/* Who acts from here on; 0 = nobody. */
void act_as(Cx *, int64_t party);
#endif
