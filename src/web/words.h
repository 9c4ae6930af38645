/* web/words.h: small choices of words and hours that pages of the desk share. Dates themselves are text/when.h. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H
#include "text/name.h"
#include "text/num.h"
#include "text/view.h"
#include "text/when.h"

/* What one calls somebody: name_called, without knowing their language. */
Str called(Str name);

/* "Portuguese", if that is not the reader's own language; else "". */
Str foreign(const View *, Str tag);

/* An hour on the reader's clock: so many days from today (0 = today), at that minute. */
int64_t hour_on(const Cx *, int days, int minute_of_day);
int     days_to_monday(const Cx *);            /* 1…7 */
/* Where the reader's day ends. */
static inline int64_t day_end(const Cx *cx) { return hour_on(cx, 1, 0); }

/* A list that was typed, with any of the separators between: trimmed, empty ones left out. */
typedef struct { Str *at; size_t n, cap; } Typed;
Typed typed_list(Arena *, Str typed, const char *separators);
#endif
