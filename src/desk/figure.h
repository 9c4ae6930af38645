/* desk/figure.h: figures of the desk by name, over what the viewer may see of them: the teams they serve or lead, or all open
   ones for leaders of the house; an organisation whose requests they read; or themselves. Zero means closed. Nobody is ever
   shown another person's figures. Not here: what is measured (measures.h), how it looks (ui/views/number.html). */
#ifndef DESK_FIGURE_H
#define DESK_FIGURE_H
#include "desk/measures.h"

/* Of what. from, to: instants, to is not in it; a reader's midnights, say (figure_last). At most one of the three ids. */
typedef struct {
  int64_t from, to;
  int64_t team;                  /* 0: all the viewer may see */
  int64_t organisation;          /* what was done for them: for those who serve (their teams), and for who reads its requests */
  bool    mine;                  /* what the viewer asked for */
} FigureScope;

/* The last so many whole days in the reader's zone, today among them. */
FigureScope figure_last(const Cx *, int64_t days);

/* ret: n figures, in that order. E_ABSENT: a team or an organisation that is not theirs to see, or not one. */
Err figures_get(Cx *, const FigureScope *, const Measure *const *, size_t n, Figure *ret) CHECKED;
Err figure_get(Cx *, const FigureScope *, const Measure *, Figure *ret) CHECKED;

/* One measure for each stretch between edges (n + 1 of them, rising), for charts: n figures. E_INVALID for one that is only known
   for the last 90 days. scope->from and to are not looked at. */
Err figure_points(Cx *, const FigureScope *, const Measure *, const int64_t *edges, size_t n, Figure *ret) CHECKED;

/* The ?2 of SIGHT_TEAM (sight.h). */
Err sight_breadth(Cx *, int64_t *ret) CHECKED;

/* Of m measures at once: ret[i * n + j] is the i-th in the j-th stretch. Those of the last 90 days stay empty. */
Err figures_points(Cx *, const FigureScope *, const Measure *const *, size_t m, const int64_t *edges, size_t n, Figure *ret) CHECKED;

/* May the viewer see figures of those who serve at all, and how wide: for pages that offer a choice. rows of Party. */
Err figure_teams(Cx *, Rows *ret) CHECKED;
#endif
