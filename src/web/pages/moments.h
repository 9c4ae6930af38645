/* web/pages/moments.h: bad moments, as the block above a list and as a page of their own. The block stands on every page that
   somebody who serves begins the day with; a page that asks for the part "worst" alone (X-Part) gets it fresh. */
#ifndef WEB_PAGES_MOMENTS_H
#define WEB_PAGES_MOMENTS_H
#include "desk/moment.h"
#include "text/view.h"
#include "web/req.h"

typedef struct WorstBlock {
  Rows rows;                     /* MomentRow: nobody has spoken with them yet, newest first */
  int64_t waiting;               /* of those, the ones that nobody took */
  int64_t older;                 /* open from before; stops at 100 */
  int64_t reader;
  Str self;                      /* the page it stands on, to come back to */
  bool large;                    /* wide, not a column */
  bool whole;                    /* all there are, not only those of today */
} WorstBlock;

/* The open ones of the last day: those that are the reader's, or of whom they lead; or all that they serve. */
typedef enum { WORST_MINE, WORST_ALL } WorstOf;
Err worst_load(Cx *, const Req *, WorstOf, WorstBlock *ret) CHECKED;
/* True: only the part was wanted, and is in res. Such a page ends there. */
bool worst_part(const Req *);
Err  worst_answer(Cx *, const Req *, Res *, const WorstBlock *) CHECKED;

typedef struct {
  WorstBlock open;                    /* all open ones that may be seen */
  Str next_open;                 /* cursors; "" on the last page */
  Rows spoken;                   /* MomentRow: first words today */
  Rows after; Str next;          /* MomentRow: somebody has spoken; what did they say next? */
  bool paged;
  Rows teams;                    /* Party */
  int64_t team;
  Figure bad, bad_request;
  MomentFigures figures;
  Str done;
} Moments;

/* For the templates. */
Str  moment_words(const View *, int64_t why, bool all);    /* "said “not yet” again and found it hard to get there"; else the heaviest two */
Str  moment_said(const View *, const MomentRow *);         /* their words, short */
Str  moment_link(const View *, const WorstBlock *, const MomentRow *);
#endif
