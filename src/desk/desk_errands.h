/* desk/desk_errands.h: what the desk does when its own jobs fall due: reminders, lapse, hours that passed. */
#ifndef DESK_DESK_ERRANDS_H
#define DESK_DESK_ERRANDS_H
#include "desk/errand.h"
extern const Errand desk_errands[];      /* ended by a row without a kind */
#endif
