/* desk/demo_place.h: the ids of the sample organisation, for the files that fill it. */
#ifndef DESK_DEMO_PLACE_H
#define DESK_DEMO_PLACE_H
#include "base/random.h"
#include "desk/demo.h"
#include "desk/demo_text.h"
#include "measure/calendar.h"

enum { DEMO_TEAMS = 5, DEMO_HOUSES = 4 };
typedef struct {
  int64_t houses[DEMO_HOUSES], teams[DEMO_TEAMS], services[DEMO_TEAMS], servers[32], askers_named[64];
  int64_t *askers, *employers; size_t asker_n;         /* employers: the organisation of each asker */
  bool *hard;                                          /* of each asker: where they work things go wrong more often than elsewhere */
  int64_t helped[8]; size_t helped_n;                  /* who have something on file that helps them */
  const Calendar *hours;
  Rng rng, says;                                       /* says: what people answer on cards, apart, so that the rest stays as it is */
} DemoPlace;

Err demo_place_make(Cx *, const DemoSize *, DemoPlace *ret) CHECKED;                  /* demo_place.c: people, teams, services, memory */
Err demo_history_make(Cx *, const DemoSize *, DemoPlace *) CHECKED;                   /* demo_history.c: the months before */
Err demo_cards_make(Cx *, DemoPlace *) CHECKED;                                       /* demo_cards.c: asked about the whole, and answers */
/* The same of people who walked the journey, begun at these times, about the team that served them; rng: apart from all others. */
Err demo_cards_walked(Cx *, DemoPlace *, const int64_t *people, const int64_t *begun, size_t n, int64_t team, Rng rng) CHECKED;
Err demo_worth_make(Cx *, const DemoSize *, DemoPlace *) CHECKED;                     /* demo_worth.c: bars, promises of customers, books, minutes */
Err demo_today_make(Cx *, DemoPlace *) CHECKED;                                       /* demo_today.c: the stories */
Err demo_journey_make(Cx *, const DemoSize *, DemoPlace *) CHECKED;                   /* demo_journey.c: a map, and the people who walk it */
#endif
