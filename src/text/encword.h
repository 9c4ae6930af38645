/* text/encword.h: encoded words in headers, =?charset?B?…?= (RFC 2047), as mailers really write them: characters cut in
   two between words, wrong labels, blanks inside, words inside quotes. */
#ifndef TEXT_ENCWORD_H
#define TEXT_ENCWORD_H
#include "base/str.h"

Str encword_decode(Arena *, Str header);      /* to UTF-8; other 8-bit text is guessed (charset.h); line ends stay */

/* The same header with each run of encoded words as one word in UTF-8: for a parser that must see the structure first. */
Str encword_unify(Arena *, Str header);
#endif
