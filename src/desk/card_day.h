/* desk/card_day.h: cards added up by the day on which they were asked, the team, and the channel or the organisation: how many had no answer,
   and how many each score. A cache and nothing else: it moves with each card in the same transaction, and is made anew from them.
   Not here: what the sums come to (score.h). Days are UTC. */
#ifndef DESK_CARD_DAY_H
#define DESK_CARD_DAY_H
#include "desk/card.h"

/* One more, or one less, of this card's place, day and state: its score; without an answer, CARD_NO_ANSWER. */
#define CARD_NO_ANSWER (-2)
Err card_day_add(Cx *, const Card *, int64_t score, int64_t times) CHECKED;

Err card_day_ready(Cx *, bool *ret) CHECKED;             /* they were added up once; until then cards are read themselves */
Err card_day_anew(Cx *) CHECKED;

/* Some days of one instrument, [from, to). organisations: by these, else by channels. rows of CardSum; scores: "score:times …". */
typedef struct { int64_t day, team_id, organisation_id; Str channel, scores; } CardSum;
Err card_days(Cx *, Str instrument, int64_t from, int64_t to, bool organisations, Rows *ret) CHECKED;
/* The next of a text of scores; false: none is left, or it is not such a text. */
bool card_score_next(Str *rest, int64_t *ret_score, int64_t *ret_times);
#endif
