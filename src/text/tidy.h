/* text/tidy.h: makes strangers' words fit to keep: valid UTF-8, no control characters, one kind of line end.
   Not here: HTML (html_clean.h). */
#ifndef TEXT_TIDY_H
#define TEXT_TIDY_H
#include "base/str.h"

/* One line (a subject, a name): white space and control characters become single blanks, ends trimmed, marks that
   turn the reading direction around (U+202A…E, U+2066…9) and the byte order mark dropped, at most cap bytes. */
Str tidy_line(Arena *, Str, size_t cap);

/* Many lines: CR LF and CR become LF, other control characters but tab are dropped, a leading byte order mark too,
   no white space at the end; at most cap bytes. */
Str tidy_text(Arena *, Str, size_t cap);

/* In lower case, letters of every script; s must be valid UTF-8. */
Str tidy_lower(Arena *, Str);

/* What stays of s in cap bytes without cutting a code point in two. s must be valid UTF-8. */
Str tidy_cap(Str s, size_t cap);
#endif
