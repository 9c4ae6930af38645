/* desk/change.h: what has changed, in the order of its numbers: for live pages and programs that follow along. */
#ifndef DESK_CHANGE_H
#define DESK_CHANGE_H
#include "store/db.h"

typedef struct { int64_t id, at, request_id; Str kind, visibility; } Change;
/* What the actor may see of the changes after a number, oldest first, at most limit. *ret_last: the number to go on from,
   also past what may not be seen. */
Err change_list(Cx *, int64_t after, size_t limit, Rows *ret, int64_t *ret_last) CHECKED;
Err change_latest(Cx *, int64_t *ret) CHECKED;
#endif
