/* web/pages/worth.h: what customers bring in and what they cost: the profit map, the books behind it, and what it is reckoned with. */
#ifndef WEB_PAGES_WORTH_H
#define WEB_PAGES_WORTH_H
#include "desk/work.h"
#include "desk/worth.h"
#include "text/view.h"
#include "web/req.h"

typedef struct {
  ProfitMap m;
  int64_t  of;                           /* whose books are open below the map; 0: nobody's */
  Str      of_name;
  Rows     books;                        /* LedgerLine */
  bool     may_set;                      /* administers: may change what it is reckoned with */
  Str      done;
  const Pairs *wrong;
  const Req *typed;
} WorthPage;

/* months= and of= of the query. E_DENIED: does not lead the house. */
Err worth_load(Cx *, const Req *, WorthPage *ret) CHECKED;
Str worth_place(MapSegment);                             /* "peak", "drain", "desert": for programs */

Str worth_amount(const View *, double);                  /* "1,204" */
Str worth_hundred(const View *, double share);           /* 0.25: "25"; of every hundred */
Str worth_segment(const Lang *, MapSegment);             /* "peak" */
Str worth_kind(const Lang *, Str kind);                  /* "Revenue" */
Str worth_typed(const WorthPage *, const char *field);
/* Where a customer stands in a box of 960 by 340, names to the right of it (or left, past the middle). Small revenue gets more room than large. */
typedef struct { int64_t x, y, label_x, label_y; bool left; } MapPoint;
MapPoint worth_point(const ProfitMap *, const MapLine *);
int64_t worth_x(const ProfitMap *, double revenue);
int64_t worth_y(double margin);

typedef struct { Rows equations, teams; WorthRules rules; Str done; const Pairs *wrong; } WorthCosts;
#endif
