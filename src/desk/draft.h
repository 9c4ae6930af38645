/* desk/draft.h: words that somebody who serves is writing and has not sent: kept for them and that request, one for each form.
   Invariants: nobody but the writer sees a draft; no draft changes the request or its version. */
#ifndef DESK_DRAFT_H
#define DESK_DRAFT_H
#include "desk/request.h"

#define DRAFT_BACK DAY          /* so long after it was thrown away a draft can be brought back; then it is gone */

typedef struct {
  int64_t request_id, version, at, thrown_at;
  Str kind, text, due, conditions, where_else, copies, answers;    /* as typed. kind: reply note promise counter revoke decline keep; answers: "3,7", saved ones in it */
} Draft;
/* Puts it in place of the one before; one without words takes it away. What was said in these very words a moment ago is no draft
   any more: a late save does not bring it back. E_INVALID text; E_DENIED. */
Err draft_keep(Cx *, const Request *, const Draft *) CHECKED;
/* The actor's own of that request, newest first, those thrown away too. rows of Draft */
Err draft_list(Cx *, int64_t request, Rows *ret) CHECKED;
Err draft_throw(Cx *, int64_t request, Str kind, bool back) CHECKED;       /* back: undone. Nothing there is no error */
Err draft_sent(Cx *, int64_t request, Str kind) CHECKED;                   /* it became words: the draft goes */
/* For a person's export: rows of Draft. */
Err draft_of(Cx *, int64_t person, Rows *ret) CHECKED;
Err draft_sweep(Cx *) CHECKED;                                             /* what cannot be brought back any more goes */
#endif
