/* desk/work.h: the time that serving takes: minutes somebody wrote down, else what the service's equation says; and what a team's
   minute costs (B29). Not here: what comes of it for a customer (worth.h).
   Invariant: minutes are told by request and by team, never by person: nobody's minutes are ranked or compared. */
#ifndef DESK_WORK_H
#define DESK_WORK_H
#include "desk/request.h"

#define WORK_MOST 1440          /* minutes in one line: a day */

typedef struct { int64_t id, minutes, at, mine; Str note; } WorkLine;      /* mine: who reads it wrote it */
/* Time spent on one request: the lines (newest first, 50 at most), their sum, and what the equation would say. Only for the side that serves. */
typedef struct { Rows lines; int64_t entered, reckoned; } WorkSpent;
Err work_spent(Cx *, const Request *, WorkSpent *ret) CHECKED;
Err work_add(Cx *, const Request *, int64_t minutes, Str note, int64_t *ret_id) CHECKED;     /* E_INVALID minutes, note; E_DENIED */
Err work_drop(Cx *, const Request *, int64_t id) CHECKED;                                    /* one's own line */

/* Time equations and costs, for who looks after the desk. */
typedef struct { int64_t service_id, per_request, per_message, per_act; Str service; } Equation;       /* minutes */
Err equation_list(Cx *, Rows *ret) CHECKED;                                                  /* one a service, zero where none is set */
Err equation_set(Cx *, const Equation *) CHECKED;
typedef struct { int64_t team_id, cost, minutes; Str team; } TeamCost;                      /* a month; cost in hundredths, minutes practical */
Err team_cost_list(Cx *, Rows *ret) CHECKED;
Err team_cost_set(Cx *, const TeamCost *) CHECKED;

/* For a person's export: rows of WorkLine, all they wrote down. */
Err work_of(Cx *, int64_t person, Rows *ret) CHECKED;

#endif
