/* desk/floor.h: how it is right now, for those who serve: who waits, what is promised, who is here, what somebody said; over the
   teams they serve or lead, or all open ones for leaders of the house. Never a figure of one person beside another's; what they have on their hands is counted, not measured.
   Not here: measures over time (control.h), bad moments (moment.h), hands (hand.h). */
#ifndef DESK_FLOOR_H
#define DESK_FLOOR_H
#include "desk/figure.h"

/* waiting: people with a request where it is our move; longest: of these, since when and who. soon: promises due in the next hour, of
   which nobody: have no owner; past: due and not yet reported. */
typedef struct { int64_t waiting, longest_at, longest_id, soon, nobody, past; Str longest; } FloorNow;
Err floor_now(Cx *, FloorNow *ret) CHECKED;

/* Promises by what is due first, overdue ones too, at most so many. helpers: names, "". */
typedef struct { int64_t id, version, due_at, owner_id, asker_id; Str subject, asker, owner, helpers; } FloorPromise;
Err floor_promises(Cx *, int64_t until, size_t limit, Rows *ret) CHECKED;

/* People who serve these teams and were seen in the last half day, by name: the viewer among them. What each has on their hands, of
   these teams: promises in force whose move is ours, and which of them fall due today, in the viewer's zone. In order of names and
   of nothing else: it tells who has room, and ranks nobody. */
typedef struct { int64_t id, seen_at, promises, today; Str name; } FloorPerson;
Err floor_people(Cx *, Rows *ret) CHECKED;

/* The newest good moment of the last month in the words of who told it, and not nameless. E_ABSENT: none. */
typedef struct { int64_t request_id, answered_at, asker_id; Str moment, asker, owner, lang; } FloorSaid;
Err floor_said(Cx *, FloorSaid *ret) CHECKED;

/* When people come: how many in each hour of each weekday (Monday first) of these last whole weeks, in the reader's zone. */
enum { FLOOR_WEEKS = 4 };
typedef struct { int64_t at[7][24], most, total, from, to; } FloorHeat;
Err floor_heat(Cx *, FloorHeat *ret) CHECKED;
#endif
