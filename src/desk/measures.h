/* desk/measures.h: the table of measures: what each asks, through whose eyes, and what one request says to it. One row, one
   measure; everything that shows figures reads this table. Not here: adding up (series.h, figure.h).
   Invariant: a measure through our own eyes has a customer's measure as its pair, and is never shown without it. */
#ifndef DESK_MEASURES_H
#define DESK_MEASURES_H
#include "desk/fact.h"
#include "measure/figure.h"

typedef enum { DAY_HEARD, DAY_VERDICT, DAY_ENDED, DAY_NOW, DAY_KINDS } MeasureDay;   /* which instant dates it; DAY_NOW: the 90 days until now */

/* What one request says: nothing; k or not k of n; or nothing although asked. us: of times. */
typedef struct { bool counts, hit, silent; int64_t us; } Told;

typedef struct {
  const char *name;              /* as the API and addresses spell it */
  FigureKind kind;
  Eyes eyes;
  MeasureDay day;
  const char *pair;              /* the customer's, for one of ours; else ours to show beside it, or NULL */
  const char *label;             /* what is counted, a few words */
  const char *question;          /* the question it answers, in a sentence */
  const char *formula, *source;  /* how it is reckoned, and after whom */
  const char *yes, *no;          /* what a single answer is called, where there are too few for a share */
  bool less;                     /* less is better */
  Told (*see)(const Fact *);
} Measure;
extern const Measure measures[];                         /* ended by a row without a name */
size_t         measures_n(void);
const Measure *measure_find(Str name);                   /* NULL */
int64_t        measure_at(const Measure *, const Fact *);   /* the instant that dates it; 0: it does not count yet */
#endif
