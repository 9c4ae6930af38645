/* desk/moment_make.h: what moment.c and moment_make.c share. */
#ifndef DESK_MOMENT_MAKE_H
#define DESK_MOMENT_MAKE_H
#include "desk/change.h"
#include "desk/moment.h"

extern const Shape moment_shape;
#define MOMENT_SHAPE_(T, p) \
  COL(T, p request_id), COL(T, p nr), COL(T, p at), COL(T, p why), COL(T, p person_id), COL(T, p team_id), COL(T, p organisation_id), COL(T, p asker_id), \
  COL(T, p claimed_at), COL(T, p claimed_id), COL(T, p spoken_at), COL(T, p spoken_id), COL(T, p next_at), COL(T, p recovered)
#define MOMENT_COLS "m.request_id, m.nr, m.at, m.why, m.person_id, m.team_id, m.organisation_id, m.asker_id, m.claimed_at, m.claimed_id, m.spoken_at," \
  " m.spoken_id, m.next_at, m.recovered"

/* Read anew from the loop, of requests lo to hi whose facts say that something was bad. rows of BadMoment, by request, then nr. */
Err moment_make(Cx *, int64_t lo, int64_t hi, Rows *ret) CHECKED;
/* Writes those of one request, if they are not what stands there, and tells live pages so. */
Err moment_keep(Cx *, int64_t request, bool *ret_changed) CHECKED;
#endif
