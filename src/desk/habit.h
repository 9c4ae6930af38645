/* desk/habit.h: how somebody who serves likes to work, kept on the server so that it is the same in every browser: whether
   single letters are keys, which ones, and what comes after an answer. Not here: which keys there are (web/keys.h). */
#ifndef DESK_HABIT_H
#define DESK_HABIT_H
#include "store/db.h"

typedef struct {
  int64_t off;                 /* single letters do nothing */
  int64_t told;                /* it was said once that they do something */
  int64_t onward;              /* after an answer the next conversation opens */
  Str keys;                    /* a line for each key of one's own: "reply x\ngo-floor g l\n"; in the Cx's arena */
} Habit;

enum { HABIT_KEYS_MAX = 2000 };            /* bytes of keys */

Err habit_get(Cx *, int64_t party, Habit *ret) CHECKED;      /* zero if nothing was ever set */
Err habit_put(Cx *, int64_t party, const Habit *) CHECKED;   /* E_TOO_LARGE */
#endif
