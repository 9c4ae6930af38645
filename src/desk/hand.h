/* desk/hand.h: "a hand, please": somebody who serves asks whoever can to help with a request; who helps takes part as helper.
   It is open until somebody helps, it is taken back, or the request is done. Touches, seen by the serving side alone. */
#ifndef DESK_HAND_H
#define DESK_HAND_H
#include "desk/request.h"

typedef struct { int64_t request_id, at, by_id; Str words, by, subject; } Hand;      /* a row */
enum { HAND_DAYS = 7 };                                  /* older ones have been answered some other way */

Err hand_ask(Cx *, Request *, Str words) CHECKED;        /* words may be ""; E_DENIED: does not serve it; E_CONFLICT: it is done */
Err hand_help(Cx *, Request *) CHECKED;                  /* the actor becomes helper */
Err hand_down(Cx *, Request *) CHECKED;                  /* no hand is needed any more */
Err hand_list(Cx *, Rows *ret) CHECKED;                  /* rows of Hand: open ones that the actor may see notes of, oldest first, at most 10 */
#endif
