/* measure/inclusion.h: the same outcome for all, without exposing anyone; and words that can be read (B24). */
#ifndef MEASURE_INCLUSION_H
#define MEASURE_INCLUSION_H
#include "base/str.h"
#include "measure/proportion.h"

#define INCLUSION_LEAST 10

/* Share of good outcomes in one self-declared group less that in another, counting only people who agreed to it.
   False: fewer than INCLUSION_LEAST in one; then nothing may be shown but that there is not enough to say. */
bool inclusion_gap(Tally one, Tally other, Difference *ret);

/* How hard a text is: long words (more than six letters) a sentence, and the school grade that stands for, 1 to 13 (13: beyond
   school). Works in any language that parts words by blanks. RIX, Anderson 1983, after Bjornsson's LIX 1968.
   False: no words. text: UTF-8. */
bool inclusion_grade(Str text, double *ret_rix, int *ret_grade);
#endif
