/* desk/card.h: a card: one person, drawn by lot, is asked one instrument about the team that served them last. Whom the lot falls
   on follows from the site's key, the day and the person, and from nothing anybody who serves could touch: nobody can ask
   somebody in particular, and nobody can keep a card from somebody. Each draw is kept and can be drawn again.
   At most one card of any kind, the longer part of a verdict among them, in cadence_rest days; a complaint's verdict and a
   first one are always asked in full. Who does not want to be asked (consent 'verdicts') is not, and nobody has more than two cards open (B16). One reminder, none
   to who wrote back (card_remark.h); silent after a fortnight: silence is never counted as good.
   Not here: the questions (instrument.h), sums (score.h). Invariant: a card's draw is card_draw of its day, below its .below. */
#ifndef DESK_CARD_H
#define DESK_CARD_H
#include "desk/instrument.h"
#include "desk/request.h"

#define CARD_LIFE   (14 * DAY)
#define CARD_REMIND (5 * DAY)
#define CARD_ACTIVE (90 * DAY)           /* somebody who asked for something in this time can be drawn, */
#define CARD_KNOWN  (14 * DAY)           /* and has been known for so long */

typedef struct {
  int64_t id, asked_of, team_id, organisation_id, day, draw, below, asked_at, ends_at, reminded_at, answered_at, score;
  Str instrument, channel, words, person, team;
} Card;

/* Theirs alone: E_ABSENT to everybody but the one it was given to, and the desk's own software. */
Err card_get(Cx *, int64_t id, Card *ret) CHECKED;
Err card_values(Cx *, const Card *, int64_t ret[INSTRUMENT_ITEMS]) CHECKED;      /* in the order of the items; -1 not said */
Err card_of(Cx *, int64_t person, Rows *ret) CHECKED;        /* rows of Card, newest first: theirs, or for who administers */
/* The way in by mail: the card's number, signed. It opens this card and nothing else, as its person. */
Str card_token(Cx *, int64_t id);
/* A number, for the one who is signed in and whom it was given to; or a token, after which cx->actor is that one, for this
   card. E_ABSENT. */
Err card_open(Cx *, Str token, Card *ret) CHECKED;
/* The newest card that lies open for them, not answered yet; E_ABSENT. */
Err card_waiting(Cx *, int64_t person, Card *ret) CHECKED;
bool card_over(const Card *, int64_t now);

/* Answers, or answers anew while it is open. values as in card_values. E_CONFLICT over; E_INVALID items: nothing said, or a
   value off the scale; E_DENIED: not theirs. */
Err card_answer(Cx *, const Card *, const int64_t values[INSTRUMENT_ITEMS], Str words) CHECKED;

/* The number of that person on that day, 0 to 999999; the lot falls on those below share x 10000. */
int64_t card_draw(const Site *, Str instrument, int64_t day, int64_t person);

/* Whether somebody was asked a card of any kind, a verdict in full, or what something was worth, within cadence_rest; and from
   when on they may be asked again, 0: they were asked nothing lately. */
Err card_resting(Cx *, int64_t person, bool *ret) CHECKED;
Err card_rested_at(Cx *, int64_t person, int64_t *ret) CHECKED;

/* Whether a delivery's verdict is asked in full or only whether it is sorted. Of several open requests of one person each is
   as likely as the others, and none is before the rest days are over: the draw is of the request's number. */
Err card_verdict_full(Cx *, const Request *, bool *ret) CHECKED;

/* Ticker, hourly: reminds; and once a day, by day where the place is, draws. */
Err card_round(Cx *) CHECKED;
typedef struct { int64_t day, at, people, drawn, asked; Str instrument; } CardRound;
Err card_rounds(Cx *, Str instrument, size_t limit, Rows *ret) CHECKED;          /* rows of CardRound, newest first */
#endif
