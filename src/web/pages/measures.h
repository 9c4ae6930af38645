/* web/pages/measures.h: what the pages of measures are drawn from. */
#ifndef WEB_PAGES_MEASURES_H
#define WEB_PAGES_MEASURES_H
#include "desk/party.h"
#include "web/chart.h"
#include "web/number.h"
#include "web/parts.h"
#include "text/view.h"

/* One that stands by itself or with its pair, and its line of the last weeks. One of ours is only ever the pair. */
typedef struct { const Measure *m; const Figure *f, *pair; Str spark; } MeasureRow;
typedef struct { Str heading; const MeasureRow *at; size_t n; } MeasurePart;

/* What was chosen: as it stands in the form, and as a query for links. */
typedef struct {
  Str period, from, to, team, organisation;
  Str query;                     /* "?period=…", "" */
  Rows teams;                    /* Party */
  const Pairs *wrong;
} Choose;

typedef struct { Choose choose; const MeasurePart *parts; size_t n; } MeasuresPage;

typedef struct {
  Choose choose;
  const Measure *m, *pair_m;
  Figure f, pair;
  bool lined;                    /* it has a line of time */
  Control chart;
  PeriodUnit unit;
  bool may_lock;
  Str done, fault;               /* fault: of locking */
  Str self;                      /* this page, for forms */
} MeasurePage;

Str choose_link(const View *, Str path, const Choose *);
Str period_quarter(const View *, int by);           /* "2026-Q4": the quarter by now, or so many before */
#endif
