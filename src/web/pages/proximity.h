/* web/pages/proximity.h: how near we are, as people say it and as the loop shows it. */
#ifndef WEB_PAGES_PROXIMITY_H
#define WEB_PAGES_PROXIMITY_H
#include "desk/party.h"
#include "desk/proximity.h"
#include "web/pages/desk_page.h"

typedef struct {
  Proximity p;
  Rows      teams, organisations;      /* Party, Named: the choice */
  ProximityScope of;
  int64_t   days;
  PeriodUnit unit;                     /* of the charts */
  Control   lines, picture;            /* nearness over time */
  Str       self, query;               /* this page; what was chosen, for links: "?days=90&team=3" */
  Str       sentence;                  /* what may be concluded from the ten */
} ProximityPage;

Str proximity_gap_words(const Lang *, Gap);
Str proximity_parity_words(Arena *, const Lang *, const Proximity *);
Str proximity_channel(const Lang *, Str channel);
#endif
