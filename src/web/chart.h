/* web/chart.h: a control chart as coordinates and as sentences; ui/views/chart.html draws and says them. Time runs from left to
   right; where the page runs the other way the style sheet turns the picture and leaves its words upright.
   Not here: what is concluded (desk/control.h), the numbers in words (number.h). */
#ifndef WEB_CHART_H
#define WEB_CHART_H
#include "desk/control.h"
#include "text/when.h"

typedef enum { POINT_PLAIN, POINT_FEW, POINT_SIGNAL } PointLook;         /* filled, hollow, a diamond */
typedef struct { double x, y; PointLook look; Str path; } ChartPoint;    /* path: of a diamond */
typedef struct { double x, y; Str words; const char *anchor; bool strong; Str length; } ChartLabel;   /* length: of one too long for its place, else "" */

/* All Str are the "d" of a path, "" for none. */
typedef struct {
  Str box, says;                       /* viewBox; what it shows, in a sentence */
  double left, width, top, height;     /* between the limits */
  bool limited;
  Str limits, middle, line, now, lock; /* limits, middle: of those in force, or of all. now: the mean since the change; lock: where the baseline ends */
  Str old_limits, old_middle;          /* of earlier baselines, each over the points held against it */
  const ChartPoint *points; size_t n;
  const ChartLabel *labels; size_t label_n;
} Chart;

enum { CHART_WIDE = 640, CHART_HALF = 400 };
Chart chart_control(Reader, const Control *, int width);
Chart chart_ranges(Reader, const Control *, int width);   /* the steps from point to point */
Str   chart_spark(Reader, const Figure *points, size_t n);   /* a line in 120 by 24 */

/* What may be concluded, and what not. head: the first words; tone: 1 better, -1 worse, 0 neither (the only colour there is). */
typedef struct { Str head, rest, net, wait, few; int tone; } ChartWords;
ChartWords chart_words(Reader, const Control *);
Str chart_signal(Reader, const Control *, const XmrSignal *);       /* "Week of 5 October: above the upper limit" */
Str chart_stands(Reader, const Control *);                          /* "Limits of 12 weeks, locked by …" */
Str chart_earlier(Reader, const Control *);                         /* what earlier points are held against, "" where there was one baseline at most */
Str chart_held(Reader, const Control *, size_t point);              /* what that point is held against: "80 %, from 62 % to 98 %" and of which baseline */
Str chart_false(Reader, const Control *);                           /* how often a signal is a false one, in words */
Str chart_value(Reader, const Control *, double value);
double chart_possible(const Control *, double value);                 /* a limit, cut where the measure ends */
Str chart_point(Reader, const Control *, size_t point);             /* "week of 5 October" */
Str chart_line(Reader, const Control *, size_t point);              /* "Week of 5 October" */
Str chart_unit(Reader, PeriodUnit, int64_t n);                      /* "one week", "3 weeks" */
#endif
