/* desk/saved_answer.h: words that are kept to be written again: one's own, and those of a team, which its leads make.
   Not here: what {{name}} and the like stand for in one request (web/pages/saved_answers.c).
   Invariant: how often one was used is counted, by whom never. */
#ifndef DESK_SAVED_ANSWER_H
#define DESK_SAVED_ANSWER_H
#include "store/db.h"

#define SAVED_ANSWER_BACK (30 * DAY)     /* so long one that was taken away can be brought back */

typedef struct { int64_t id, team_id, used, changed_at, dropped_at, may; Str title, words, lang, team; } SavedAnswer;   /* team_id 0: the actor's own; may: change it */
/* The actor's own and those of teams they serve or lead, by title. q: each word of it stands somewhere in title or words. */
Err saved_answer_list(Cx *, Str q, Rows *ret) CHECKED;
Err saved_answer_get(Cx *, int64_t id, SavedAnswer *ret) CHECKED;                      /* E_ABSENT */
typedef struct { int64_t team_id; Str title, words, lang; } SavedAnswerNew;            /* team_id 0: one's own */
Err saved_answer_new(Cx *, const SavedAnswerNew *, int64_t *ret_id) CHECKED;           /* E_INVALID title, words, lang, team; E_DENIED */
Err saved_answer_change(Cx *, int64_t id, const SavedAnswerNew *) CHECKED;             /* all but whose it is */
Err saved_answer_drop(Cx *, int64_t id, bool back) CHECKED;                            /* back: undone */
Err saved_answer_used(Cx *, Str ids) CHECKED;                                          /* "3,7": each once; what is not theirs is passed over */
Err saved_answer_teams(Cx *, Rows *ret) CHECKED;                                       /* rows of Party: for which teams the actor may make them */
Err saved_answer_of(Cx *, int64_t person, Rows *ret) CHECKED;                          /* for a person's export: their own */
Err saved_answer_sweep(Cx *) CHECKED;

/* {{name}} for each pair; what is not among them, or has no value, stays as it stands. */
typedef struct { const char *name; Str value; } SavedValue;
Str  saved_answer_fill(Arena *, Str words, const SavedValue *, size_t n);
/* The first {{word}} that is still there, outside of `code`: a text with one is not ready to be sent. */
bool saved_answer_gap(Str text, Str *ret);
#endif
