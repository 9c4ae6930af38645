/* desk/figure_sees.h: whose figures somebody may see, and what of facts and sums that leaves. For figure.c and figure_lately.c: pages ask figure.h. */
#ifndef DESK_FIGURE_SEES_H
#define DESK_FIGURE_SEES_H
#include "desk/figure.h"
#include "desk/series.h"

/* breadth: the ?2 of SIGHT_TEAM. by_organisation: all of it is meant, of teams that are not closed. */
typedef struct { int64_t viewer, breadth; const FigureScope *of; bool by_organisation; } Sees;
Err   sees_may(Cx *, const FigureScope *, Sees *ret) CHECKED;          /* E_ABSENT */
bool  sees_days(const Sees *);                           /* days that are added up serve */
Query sees_query(Cx *, const Sees *);                    /* with the viewer as ?1, the breadth as ?2; both must be named */
void  sees_facts(Query *, const Sees *);                 /* AND …: of facts f, those that were asked for and may be seen */
void  sees_series(Query *, const Sees *);                /* AND …: of sums x */

/* How many people were served in the last 90 days (n), and how many of them had a bad moment (k). */
Err   sees_served(Cx *, const Sees *, Sum *) CHECKED;
#endif
