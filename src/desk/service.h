/* desk/service.h: what somebody offers, described by the experience it promises; with its opening hours. */
#ifndef DESK_SERVICE_H
#define DESK_SERVICE_H
#include "store/db.h"

typedef struct { int64_t id, team_id, calendar_id, hear_within, position; Str name, promise, words, team; } Service;  /* hear_within: working seconds */
typedef struct { int64_t id; Str name, zone, rules; } CalendarRow;

Err service_list(Cx *, Rows *ret) CHECKED;                               /* rows of Service, by position */
Err service_get(Cx *, int64_t id, Service *ret) CHECKED;
Err service_put(Cx *, Service *) CHECKED;                                /* id 0: new, and set */
/* The service a question belongs to, by the words services listen for; else the first. E_ABSENT before setup. */
Err service_for(Cx *, Str text, Service *ret) CHECKED;
/* By when somebody will have answered: hear_within working seconds from `from` on the service's calendar. */
Err service_hear_at(Cx *, const Service *, int64_t from, int64_t *ret) CHECKED;

Err calendar_list(Cx *, Rows *ret) CHECKED;                              /* rows of CalendarRow */
Err calendar_row(Cx *, int64_t id, CalendarRow *ret) CHECKED;
Err calendar_put(Cx *, CalendarRow *) CHECKED;                           /* E_INVALID with what is wrong in the rules */
#endif
