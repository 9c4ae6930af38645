/* desk/score.h: what the answers on cards come to: the score with its interval, how many answered, what it could be had the silent
   ones spoken, and the score weighed by how many of each kind were asked (B4, B6). Over the teams the viewer serves or leads,
   or all open ones for leaders of the house. Not here: whom the lot falls on (card.h). Never of one person. */
#ifndef DESK_SCORE_H
#define DESK_SCORE_H
#include "desk/instrument.h"
#include "desk/figure.h"

typedef struct { int64_t from, to, team, organisation; } ScoreScope;     /* cards asked in [from, to); 0: all that may be seen */

enum { SCORE_STEPS = 11, SCORE_ITEMS = 500 };
typedef struct {
  Figure  score;                       /* recommend: points; else the index 0 to 100 */
  Figure  answered;                    /* of the cards that were answered or are over */
  Figure  weighed; bool is_weighed;    /* the score, each kind weighed by how many were asked: only where every kind has five answers */
  bool    by_organisation;             /* kinds are organisations; else channels */
  int64_t asked, open, silent;         /* open: there is still time */
  int64_t steps[SCORE_STEPS];          /* of a single question: how many chose lo, lo + 1, … */
  Figure  items[INSTRUMENT_ITEMS];     /* of several: each on its own, 0 to 100, from the newest SCORE_ITEMS cards at most */
  Rows    counts;                      /* for score_places */
} Score;
/* Of one organisation few answers are only counted: they are in no list and no step. */
Err score_get(Cx *, const Instrument *, const ScoreScope *, Score *ret) CHECKED;

/* The score of the cards that were asked in each stretch between edges (n + 1 of them, rising), and
   in all of it: for charts. scope's from and to are not looked at. Of an organisation few answers are only counted: see below. */
Err score_points(Cx *, const Instrument *, const ScoreScope *, const int64_t *edges, size_t n, Figure *ret, Figure *ret_all) CHECKED;

/* The same by team, or by organisation: rows of ScorePlace, those with cards, by name. The answers themselves are never told so
   closely: no name was to stand beside them. */
typedef struct { int64_t id; Str name; Figure score, answered; } ScorePlace;
Err score_places(Cx *, const Instrument *, const ScoreScope *, const Score *, bool organisations, Rows *ret) CHECKED;

/* Words written on cards, and back to their mails, newest first, without who wrote them. rows of ScoreWords. */
typedef struct { int64_t at; Str words, team; } ScoreWords;
Err score_words(Cx *, const Instrument *, const ScoreScope *, size_t limit, Rows *ret) CHECKED;
#endif
