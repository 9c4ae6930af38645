/* desk/instrument.h: what is asked about the whole relationship, beside the verdict on a single delivery: the questions, their
   scale, how often. Five cards, each short: the recommend score; how near, as a picture; the ten elements of perceived
   proximity (B13); RATER as it is, and once as it should be (B4). The questions are the product's and do not change with a house;
   how often they come is the house's.
   Not here: whom the lot falls on, and what was answered (card.h); what the answers come to (score.h).
   Sources: Reichheld 2003 (the question of recommending; the label is ours); Aron, Aron and Smollan 1992 (the picture);
   Wilson, O'Leary, Metiu and Jett 2008 (proximity; the wording is ours); Parasuraman, Zeithaml and Berry 1988, Cronin and
   Taylor 1992 (RATER). */
#ifndef DESK_INSTRUMENT_H
#define DESK_INSTRUMENT_H
#include "store/db.h"

enum { INSTRUMENT_ITEMS = 10 };
typedef struct { const char *name, *words; } InstrumentItem;         /* name: as answers are kept; words: the statement */
typedef struct Instrument {
  const char *name, *title;            /* title: for those who look after it */
  const char *ask, *how;               /* the question, with %s for the team; how to answer */
  const char *low, *high;              /* what the ends of the scale mean */
  const char *why;                     /* beside the box for words */
  int lo, hi;                          /* the scale, both ends included */
  InstrumentItem items[INSTRUMENT_ITEMS];
  size_t n;                            /* one: the question itself */
  size_t least;                        /* so many must be answered to count */
  bool picture;                        /* two circles, drawn (IOS) */
  int every_days, share;               /* unless somebody set it otherwise: see Cadence */
} Instrument;                          /* words are English; translated where they are shown */

size_t instrument_count(void);
const Instrument *instrument_at(size_t i);
const Instrument *instrument_named(Str name);                /* NULL: none */

/* What the answers of one card come to, as it is kept with it: recommend 0 to 10; else (mean - lo) / (hi - lo) x 10000. values in
   the order of the items, anything off the scale is skipped. -1: too few. */
int64_t instrument_score(const Instrument *, const int64_t values[INSTRUMENT_ITEMS]);

/* How often. share: of a hundred people whose turn it is, so many are drawn a day. */
typedef struct { int64_t is_on, every_days, share, changed_at; Str name, changed_by; } Cadence;
Err cadence_get(Cx *, const Instrument *, Cadence *ret) CHECKED;
/* For whoever administers, and noted with their name; for all people alike: nothing here knows of a single one.
   E_INVALID every_days (0 once, or 30 to 730), share (1 to 50). */
Err cadence_set(Cx *, const Instrument *, const Cadence *) CHECKED;

/* Days a person is left in peace after a card of any kind; 7 unless set. 0 to 60. */
Err cadence_rest(Cx *, int64_t *ret_days) CHECKED;
Err cadence_rest_set(Cx *, int64_t days) CHECKED;
#endif
