/* desk/memory.h: the shopkeeper's memory: what we remember of a person, who said so, and how sure we still are.
   Confidence c = c0 * 2^(-age/h), after exponential forgetting; h by kind: preference and interest 365 days, behaviour and
   history 180, accommodation and promise without end. Told c0 = 1, observed 0.9, inferred 0.6. Below one half we ask
   "still true?" once. Inferred notes are never shown as facts. The person sees, corrects and erases all of it. */
#ifndef DESK_MEMORY_H
#define DESK_MEMORY_H
#include "desk/request.h"

typedef struct {
  int64_t id, about_id, by_id, request_id, team_id, created_at, confirmed_at, ends_at, used, used_at;
  Str kind, words, source, by, team;
} MemoryNote;
double memory_confidence(const MemoryNote *, int64_t now);               /* 0…1 */
bool   memory_doubtful(const MemoryNote *, int64_t now);                 /* ask "still true?" before using it */

/* What the actor may know of somebody: the person all; who serves a request of theirs all but other teams' notes; who wrote
   it down. What is learnt on a request of a team that is closed to others belongs to that team.
   Nothing if the person did not allow remembering. rows of MemoryNote, accommodations first. */
Err memory_list(Cx *, int64_t about, Rows *ret) CHECKED;
typedef struct { int64_t about_id, request_id, team_id, ends_at; Str kind, words, source; } MemoryNew;
Err memory_new(Cx *, const MemoryNew *, int64_t *ret_id) CHECKED;        /* E_DENIED without the person's consent */
Err memory_change(Cx *, int64_t id, Str words) CHECKED;                  /* by the person, or who wrote it */
Err memory_confirm(Cx *, int64_t id) CHECKED;                            /* still true */
Err memory_erase(Cx *, int64_t id) CHECKED;                              /* the words go; a fingerprint stays */
Err memory_erase_all(Cx *, int64_t about) CHECKED;                       /* the person only */
Err memory_used(Cx *, int64_t id) CHECKED;
/* Something is on file that helps this person, and they let us remember. Says only that. */
Err memory_accommodated(Cx *, int64_t about, bool *ret) CHECKED;

/* scope: memory (yes unless said otherwise), verdicts (yes), invitations (no). */
Err consent_get(Cx *, int64_t party, Str scope, bool *ret) CHECKED;
Err consent_set(Cx *, int64_t party, Str scope, bool yes) CHECKED;
#endif
