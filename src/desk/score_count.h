/* desk/score_count.h: the cards that a score is of, counted by team, channel or organisation, state and score. For score.c: pages ask score.h. */
#ifndef DESK_SCORE_COUNT_H
#define DESK_SCORE_COUNT_H
#include "base/vec.h"
#include "desk/score.h"

/* state: 0 open, 1 answered, 2 silent. score: -1 none. */
typedef struct { int64_t team_id, organisation_id, state, score, n; Str channel; } ScoreCount;
typedef VEC(ScoreCount) ScoreCounts;

/* Adds what is there by channel, or by organisation, from days added up; where these do not serve, from the cards, by both. */
Err score_counts(Cx *, const Instrument *, const ScoreScope *, bool organisations, ScoreCounts *ret) CHECKED;

/* select … FROM card c, narrowed to what was asked for and may be seen; the viewer is ?1, the breadth ?2, now ?3.
   newest: wanted in order of answers, which an index of its own has; the time they were asked is only looked at then. */
Err score_query(Cx *, Query *ret, Sql select, const Instrument *, const ScoreScope *, bool newest) CHECKED;
#endif
