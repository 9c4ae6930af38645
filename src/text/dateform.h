/* text/dateform.h: a date in words, by ICU's pattern and ICU's names for a language, but put together here: ICU's formatter
   asks a calendar and a number formatter for every field, and a page has a hundred dates. For when.c and icu.c only.
   Not here: which form stands where (when.h).
   Invariant: what is written is what ICU would write; a form that is not understood, or comes out different when it is
   opened, is left to ICU. */
#ifndef TEXT_DATEFORM_H
#define TEXT_DATEFORM_H
#include "base/base.h"

typedef struct DateForm DateForm;

/* For one thread at a time. NULL: ICU does not know such a locale or pattern. */
DateForm *dateform_open(const char *locale, const uint16_t *pattern);
void dateform_close(DateForm *);

/* local: microseconds on the reader's wall. */
Str dateform_put(Arena *, const DateForm *, int64_t local);
bool dateform_ours(const DateForm *);     /* not left to ICU: for tests */
#endif
