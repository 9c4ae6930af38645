/* desk/moment.h: bad moments (B7; which these are: measure/moment.h), each put in front of a person until somebody has spoken.
   Derived from acts, messages, touches and verdicts; kept by follow.h in the command that keeps the facts. "I will speak with
   them" and "we spoke" are touches, so that making all of it anew loses nothing that somebody did.
   What comes while nobody has spoken yet is the same moment; what comes afterwards is another. First human words: a message or
   an act of a person of the serving side on that request, or their word that they spoke. Words about something else do not
   count, nor does what software writes.
   Seen by those who serve the request (sight.h: as notes are), never by the person who asked. */
#ifndef DESK_MOMENT_H
#define DESK_MOMENT_H
#include "desk/figure.h"
#include "desk/request.h"
#include "measure/moment.h"

/* A row; times in µs UTC, 0: not yet. recovered: whether their next verdict met their own bar, -1 not known yet. */
typedef struct {
  int64_t request_id, nr, at, why, person_id, team_id, organisation_id, asker_id;
  int64_t claimed_at, claimed_id, spoken_at, spoken_id, next_at, recovered;
} BadMoment;

/* What made it bad, in words for programs: "broken not-yet"; of why. */
Str moment_whys(Arena *, int64_t why);

/* What a list shows beside it. said: their last words on that request, up to where they quote; with its language. snoozed_until:
   the viewer put the request out of sight. phone: how to call them, "" not known. */
typedef struct {
  BadMoment m;
  int64_t snoozed_until, owner_id, said_end;
  Str subject, state, asker, person, claimed, spoken, team, organisation, phone, said, said_lang;
} MomentRow;

#define MOMENT_OPEN_DAYS 90                /* older ones are history and in no list */

typedef enum { MOMENT_ANY, MOMENT_OPEN, MOMENT_SPOKEN } MomentState;
typedef struct {
  MomentState state;
  bool mine;                               /* in front of the viewer, taken by them, or of a team or house they lead */
  int64_t team, from, to, spoken_from;     /* from, to: when it was; spoken_from: first words since then. 0: any */
  Str cursor;
  size_t limit;                            /* 50 if 0, at most 200 */
} MomentFilter;
/* rows of MomentRow, newest first; *ret_next "" on the last page. E_MALFORMED: no such cursor. */
Err moment_list(Cx *, const MomentFilter *, Rows *ret, Str *ret_next) CHECKED;
Err moment_count(Cx *, const MomentFilter *, int64_t *ret) CHECKED;          /* stops at 100; cursor and limit are not looked at */
/* The last one of a request that the viewer serves; E_ABSENT: none in the last 90 days, or not theirs to see. */
Err moment_last(Cx *, int64_t request, MomentRow *ret) CHECKED;
/* Of the person who asked, for what they take with them: rows of BadMoment, newest first. */
Err moment_of_person(Cx *, int64_t person, Rows *ret) CHECKED;

/* "I will speak with them", and taking that back. E_CONFLICT: somebody has spoken already, or somebody else said so before. */
Err moment_claim(Cx *, const Request *, bool claim) CHECKED;
/* They spoke somewhere we cannot see, on the phone say. E_CONFLICT: there is nothing open. */
Err moment_spoke(Cx *, const Request *) CHECKED;

/* From the bad moment to the first human words, on a clock that never pauses: the median over those in the period; silent:
   nobody has spoken yet. Recovered: the share whose same customer's next verdict met their own bar; silent: gave none yet.
   Nothing says that a moment made good binds more than one that never was: meta-analysis does not find that. */
typedef struct { Figure recovery, recovered; } MomentFigures;
Err moment_figures(Cx *, const FigureScope *, MomentFigures *ret) CHECKED;   /* E_ABSENT as figures_get; scope's team or none */

/* For follow.c. Of those facts (rows of Fact): writes what changed, and tells live pages. */
Err moment_follow(Cx *, const Rows *facts) CHECKED;
/* Ticker: nobody has spoken or said that they will: one letter to the person it is in front of. body: "REQUEST NR". */
Err moment_remind(Cx *, Str body) CHECKED;
/* All anew: first those of requests lo to hi, whose facts stand and which have none, range by range; then, once, what followed. */
Err moment_fill(Cx *, int64_t lo, int64_t hi) CHECKED;
Err moment_fill_next(Cx *) CHECKED;
#endif
