/* text/mark.h: where the words that somebody looked for stand in a text, for showing them. Accents and case do not matter,
   as they do not when searching. Not here: searching (store/search.h). */
#ifndef TEXT_MARK_H
#define TEXT_MARK_H
#include "base/str.h"

typedef struct { Str words; bool hit; } Mark;
typedef struct { Mark *at; size_t n; bool before, after; } Marks;     /* before, after: text was left out there */

/* The text in pieces, those that begin with one of the typed words marked. most: at most so many code points of it, round
   the first hit (0: all of it). White space is folded to single blanks. */
Marks mark_words(Arena *, Str text, Str typed, size_t most);
#endif
