/* desk/control.h: a measure over time, point after point, and what may be concluded from it (B31): limits from a baseline that
   a lead has locked, or, until then, from the points themselves; signals; how much changed. A point that fewer than five stand
   behind is shown and counts for nothing. Each point is held against one baseline: from its own first point on, until that of
   the next one (limits in steps; Wheeler, NHS Making Data Count). Not here: the arithmetic (measure/xmr.h), the drawing (web/chart.h). */
#ifndef DESK_CONTROL_H
#define DESK_CONTROL_H
#include "desk/figure.h"
#include "desk/period.h"
#include "measure/xmr.h"

enum { CONTROL_POINTS = 20, CONTROL_MOST = 60, CONTROL_BEHIND = 5 };    /* drawn, at most drawn, least behind a point that counts */

/* A row. from_at, to_at: its stretch. ended_at: 0 while it is in force. by: who locked it. */
typedef struct {
  int64_t id, from_at, to_at, points, at, ended_at;
  double centre, mr_centre, lower, upper, mr_upper;
  Str unit, by;
} Baseline;

/* Points [from, to) that are held against one baseline; never empty. What lies before the first baseline is held against that. */
typedef struct { const Baseline *base; XmrLimits limits; size_t from, to; } ControlSpan;

typedef enum {
  CONTROL_FEW,         /* too few points for limits: wait */
  CONTROL_STEADY,      /* ordinary ups and downs */
  CONTROL_ODD,         /* one point stands out, lately (rule 1) */
  CONTROL_LEANING,     /* three of four near one limit, lately (rule 3) */
  CONTROL_CHANGED      /* eight or more in a row on one side, until now (rule 2) */
} ControlSays;
Str control_says_name(ControlSays);       /* "few", "steady", "odd", "leaning", "changed" */

typedef struct {
  const Measure *m;
  PeriodUnit unit;
  Figure all;                    /* of the whole stretch that is drawn: what it all stands on */
  const Figure *points; size_t n;
  double *v; size_t *at, v_n;    /* the values that count, in the unit of the figure, and which points they are */
  bool limited;                  /* there are limits */
  XmrLimits limits;
  const Baseline *base;          /* in force; NULL: the limits are of the points drawn */
  size_t base_n;                 /* on how many points the limits stand */
  const ControlSpan *spans; size_t span_n;               /* oldest first; the last is of base. None without a baseline */
  const XmrSignal *signals; size_t signal_n;             /* among v, counted from 1; each by the limits its point is held against */
  ControlSays says;
  bool up;                       /* odd, leaning or changed: to the higher side */
  size_t run, run_at;            /* changed: how many in a row; first of them among v. odd, leaning: 1, and the last signal */
  size_t wait;                   /* points still to come: few: until there are limits; else until it may be locked; 0 */
  bool after;                    /* net is known: there are points after the baseline, or before the change */
  double before, now, net;       /* means; of changed: of the run, else of all after the baseline */
  Interval net_ci;               /* what net may be */
  Rows baselines;                /* Baseline: all of this scope, newest first */
  size_t lock;                   /* how many of the last points a new baseline is best made of: since the change, or since the last one */
} Control;

/* scope: from and to are not looked at. E_INVALID on "measure" for one without a line of time. */
Err control_get(Cx *, const FigureScope *, const Measure *, PeriodUnit, Control *ret) CHECKED;

/* The same of n points read elsewhere, and of all of them together. No baseline is locked of such: the limits are of the points. */
void control_read(Cx *, const Measure *, PeriodUnit, const Figure *points, size_t n, const Figure *all, Control *ret);
const ControlSpan *control_span(const Control *, size_t point);       /* NULL without a baseline */
const XmrLimits *control_limits(const Control *, size_t point);       /* that the point is held against; .limited holds */
bool control_drawn(const Control *, const Baseline *);                /* false: the next one began no later, or it lies too far back */

/* Locks the last `last` points (0: all that are drawn) as the baseline; the one in force stays to be seen. E_DENIED: leads
   only. E_INVALID on "last": fewer than twelve that count. */
Err control_lock(Cx *, const FigureScope *, const Measure *, PeriodUnit, int64_t last) CHECKED;
Err control_may_lock(Cx *, const FigureScope *, bool *ret) CHECKED;
#endif
