/* web/pages/instruments.h: what we ask people about the whole, whom the lot fell on, and what they say. */
#ifndef WEB_PAGES_INSTRUMENTS_H
#define WEB_PAGES_INSTRUMENTS_H
#include "desk/card.h"
#include "desk/score.h"
#include "web/pages/card.h"

typedef struct {
  const Instrument *in;
  Cadence cadence;
  Score   score;
  Rows    teams, organisations;        /* ScorePlace */
  Rows    rounds;                      /* CardRound */
  Rows    words;                       /* ScoreWords */
  const Instrument *expected;          /* rater only: what should be, beside it */
  Score   should;
} InstrumentPart;

typedef struct {
  InstrumentPart *at; size_t n;
  int64_t days, rest;
  Str     open;                        /* the name of the one whose settings were refused, "rest", or "" */
  const Pairs *wrong;
  Str     done;
} Instruments;

/* How long a bar of the distribution is, 0 to 100 of the longest. */
int instruments_bar(const Score *, int step);
Str instrument_label(const View *, const Instrument *);   /* over the score */
#endif
