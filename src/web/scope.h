/* web/scope.h: of what figures are asked for, read from the query the same way by pages, files and the API:
   period= from= to= team= organisation= mine=. Not here: who may see it (desk/figure.h refuses). */
#ifndef WEB_SCOPE_H
#define WEB_SCOPE_H
#include "desk/control.h"
#include "web/req.h"

/* team, organisation: a number or a name; "" or 0: all. E_INVALID on a field that is not such a thing. One that is not there
   is given on as a number nobody has, so that it reads like one that may not be seen. */
Err scope_read(Cx *, const Req *, FigureScope *ret) CHECKED;
/* {name} of the path; E_ABSENT. */
Err scope_measure(Cx *, const Req *, const Measure **ret) CHECKED;
/* points= (or another field): "day", "week", "month"; "": or. */
Err scope_unit(Cx *, const Req *, const char *field, PeriodUnit or, PeriodUnit *ret) CHECKED;
#endif
