/* channel/thread.h: which request a mail speaks of. Looked for in this order, the surest first:
   our signed reply address in any header that says where it went · our own signed Message-ID in In-Reply-To, then in
   References, newest first · any id we ever saw, also those that were only named in somebody's References · a token like
   in the subject, which counts only if its writer takes part. Likeness is never more than a suggestion.
   Not here: who wrote it and what they may do (intake.h). An empty id never matches anything. */
#ifndef CHANNEL_THREAD_H
#define CHANNEL_THREAD_H
#include "desk/loop.h"
#include "text/mime.h"

typedef enum { THREAD_NONE, THREAD_ADDRESS, THREAD_OWN_ID, THREAD_KNOWN_ID, THREAD_SUBJECT } ThreadBy;
typedef struct {
  int64_t  request;
  ThreadBy by;
  LoopAct  act;                  /* sent to the reply address with "+sorted" or "+notyet": accept, not-yet */
} Thread;
Err thread_find(Cx *, const Mail *, Thread *ret) CHECKED;      /* THREAD_NONE: none */
Str thread_how(ThreadBy);                                      /* "by its reply address", for the mail log */

/* Notes every id of this mail for the request. all: also those it only refers to. */
Err thread_remember(Cx *, const Mail *, int64_t request, bool all) CHECKED;

/* A subject without what mail programs and we put around it: "Re: AW: Printer" → "Printer". forwards: also "Fwd:". */
Str thread_subject(Arena *, Str subject, bool forwards);

/* Does the first line say "not yet", and nothing else, in English or the writer's language? The only words that count for
   an act: taking them seriously costs nobody anything, it only opens again. Words of thanks never close. */
bool thread_says_not_yet(Arena *, const Lang *, Str reply);
#endif
