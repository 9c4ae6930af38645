/* desk/change.h: what has changed, in the order of its numbers: for live pages and programs that follow along.
   On PostgreSQL commands end in another order than they took their numbers: 8 may be there before 7. Who follows by number
   must not go past 7 before it is there or never will be. ChangeHead knows how far that is. */
#ifndef DESK_CHANGE_H
#define DESK_CHANGE_H
#include "store/db.h"

typedef struct { int64_t id, at, request_id, viewer; Str kind, visibility; } Change;     /* viewer: of change_list_of */

/* Tells live pages and programs that something changed; internal: only those who serve the request. A command writes first, then tells. */
Err change_new(Cx *, int64_t request, Str kind, bool internal) CHECKED;

/* What the store says of its numbers. last: the highest. run: where the row of numbers after `from` breaks first. oldest and
   next: on PostgreSQL the oldest transaction under way, and the one that will begin next. On SQLite, where commands take
   their numbers in the order in which they end, run is last. */
typedef struct { int64_t last, run, oldest, next; } ChangeTip;
Err change_tip(Cx *, int64_t from, ChangeTip *ret) CHECKED;

/* head: every change up to here is there, or never will be. mark: a last number that could not be trusted yet; it can be
   once the transaction `next` of that moment is the oldest. Zero to begin with. */
typedef struct { int64_t head, mark, next, since; } ChangeHead;
#define CHANGE_PATIENCE MINUTE                           /* no command takes longer; a transaction of others may */
/* tip: read with from = head. at: clock_steady. True: there is more, not to be trusted yet; look again in a moment. */
bool change_settle(ChangeHead *, const ChangeTip *, int64_t at);

/* The number to go on from when at most limit changes after `after`, and none past upto, are read. */
Err change_until(Cx *, int64_t after, int64_t upto, size_t limit, int64_t *ret) CHECKED;
/* What the actor may see of the changes after one number and up to another, oldest first. */
Err change_list(Cx *, int64_t after, int64_t until, Rows *ret) CHECKED;
/* The same for many persons at once, ordered by person: as each of them would get it. n: at most CHANGE_VIEWERS. */
enum { CHANGE_VIEWERS = 40 };
Err change_list_of(Cx *, const int64_t *viewers, size_t n, int64_t after, int64_t until, Rows *ret) CHECKED;
#endif
