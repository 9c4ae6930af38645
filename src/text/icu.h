/* text/icu.h: ICU's slow-to-open things, opened once a thread. For when.c, num.c and their like only.
   Nothing here is owned by the caller; a handle is good until the thread's next call of icu_get. */
#ifndef TEXT_ICU_H
#define TEXT_ICU_H
#include "text/lang.h"

typedef enum {
  ICU_DATES,           /* DateForm (dateform.h) of a locale and a skeleton */
  ICU_NUMBERS,         /* UNumberFormatter of a locale and a number skeleton */
  ICU_RELATIVE,        /* URelativeDateTimeFormatter of a locale; b unused */
  ICU_LISTS,           /* UListFormatter of a locale; b unused */
  ICU_KINDS
} IcuKind;

/* a: locale, b: skeleton; both ASCII. NULL if ICU cannot. */
void *icu_get(IcuKind, const char *a, const char *b);
const char *icu_locale(const Lang *);          /* whose customs of dates and numbers go with that language */

/* UTF-16 out of ICU as UTF-8; n < 0: ended by zero. */
Str icu_str(Arena *, const uint16_t *, int32_t n);
#endif
