/* desk/roster.h: the people of a desk as a list: who serves, who can ask, who is gone; with their teams, what they look
   after and when they were last here. Not here: changing any of it (party.h). */
#ifndef DESK_ROSTER_H
#define DESK_ROSTER_H
#include "desk/party.h"

typedef enum { ROSTER_DESK, ROSTER_ASKERS, ROSTER_GONE } RosterPart;

/* seen_at: newest of the sessions that have not ended, 0 = not signed in. teams: names, with commas. Flags are 0 or 1. */
typedef struct {
  int64_t id, disabled_at, seen_at, serves, leads, leads_house, administers, password;
  Str name, title, mail, organisation, teams;
} RosterRow;

/* after: the last id of the page before. rows of RosterRow, by name; limit 0 is 50. */
typedef struct { RosterPart part; Str q; int64_t after; size_t limit; } RosterFilter;
Err roster_list(Cx *, const RosterFilter *, Rows *ret) CHECKED;
Err roster_one(Cx *, int64_t id, RosterRow *ret) CHECKED;               /* E_ABSENT: no such person */

typedef struct { int64_t desk, askers, gone, teams; } RosterCounts;
Err roster_counts(Cx *, RosterCounts *ret) CHECKED;

/* A team in a line: who leads it (names with commas), how many serve. rows of TeamRow, by name. */
typedef struct { int64_t id, closed, members; Str name, leads, hours; } TeamRow;
Err roster_teams(Cx *, Rows *ret) CHECKED;
#endif
