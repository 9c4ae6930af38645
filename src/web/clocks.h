/* web/clocks.h: the two clocks of a request, as every page draws them (ui/views/clocks.html): the asker's, which never pauses, and
   ours, to one scale. The same to both sides; only who is spoken of changes. Not here: the arithmetic (measure/clocks.h). */
#ifndef WEB_CLOCKS_H
#define WEB_CLOCKS_H
#include "desk/request_clocks.h"

typedef struct {
  Clocks  sum;
  ClockParts parts;
  int64_t since;
  Str     asker;                 /* what to call them; "": the reader, who asked it */
} TwoClocks;
Err two_clocks(Cx *, const Request *, const Rows *acts, Str asker, TwoClocks *ret) CHECKED;     /* acts: of ledger_list */
double clocks_percent(const TwoClocks *, int64_t span);    /* of the asker's clock */
#endif
