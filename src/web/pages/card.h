/* web/pages/card.h: a card about the whole relationship, as the person sees it who was drawn. */
#ifndef WEB_PAGES_CARD_H
#define WEB_PAGES_CARD_H
#include "desk/card_remark.h"
#include "web/pages/portal.h"

typedef struct {
  const Instrument *in;
  Str     self;                      /* its address; "" for a sample that cannot be sent */
  Str     team;                      /* about whom */
  int64_t values[INSTRUMENT_ITEMS];  /* chosen so far, -1 not */
  Str     words;
  bool    at_once;                   /* from a mail, and the one answer is chosen: a script may send it, after a while one can stop */
  int64_t ends_at, rest_days;
  Rows    remarks;                   /* CardRemark: what they wrote back to its mail */
  const Pairs *wrong;
} CardPage;

/* The two circles of a picture: how far apart their middles are, in units of a drawing 72 wide. */
int card_apart(int64_t value);
/* "9", or "9, very likely": a choice as it is read out. */
Str card_choice(const View *, const Instrument *, int64_t value);
#endif
