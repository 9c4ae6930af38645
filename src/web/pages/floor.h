/* web/pages/floor.h: what the floor is drawn from. */
#ifndef WEB_PAGES_FLOOR_H
#define WEB_PAGES_FLOOR_H
#include "desk/floor.h"
#include "desk/hand.h"
#include "web/chart.h"
#include "text/view.h"
#include "web/pages/moments.h"
#include "web/parts.h"

typedef struct {
  FloorNow now;
  Rows promises, people, hands;  /* FloorPromise, FloorPerson, Hand */
  bool more_promises, said_any;
  FloorSaid said;
  Control first, kept;
  FloorHeat heat;
  int first_hour, last_hour;     /* of the heat map: hours before and after are empty */
  int64_t reader;
  bool wall;                     /* to be read from afar by anybody who comes by: no customer's name, nothing to press */
  bool live, paused;             /* live: the page comes anew by itself, also without scripts */
  WorstBlock worst;              /* open bad moments of today; not on the wall */
  Str done;
} FloorPage;

/* All of it but the worst moments, which are a list of their own: for the page and for programs. */
Err floor_load(Cx *, FloorPage *ret) CHECKED;

int floor_heat_class(const FloorHeat *, int64_t n);          /* 0…5: nobody, then fifths of the most */
Str floor_weekday(const View *, int day, bool whole);        /* 0 = Monday */
Str floor_hour(const View *, int hour);                      /* "14:00" */
bool floor_asked(const FloorPage *, int64_t person);         /* asked for a hand */
Str floor_on_hand(const View *, const FloorPerson *);     /* "3 promises, 1 due today", "has room" */
#endif
