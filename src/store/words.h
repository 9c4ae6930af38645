/* store/words.h: text cut into the words that search knows, the same for what is stored and for what is typed, on both
   back ends. Case, accents, width and vowel points do not matter (NFKC case fold, then combining marks of European,
   Hebrew and Arabic writing go); digits of any script are 0-9. Writing without blanks (Chinese, Japanese, Korean, Thai,
   Lao, Khmer, Burmese) becomes pairs of neighbouring letters and the last letter alone, so that any part of it is found:
   東京都 is "東京 京都 都". Not here: what a match looks like (search.c). */
#ifndef STORE_WORDS_H
#define STORE_WORDS_H
#include "base/base.h"

/* Most words and bytes kept of one message (PostgreSQL's vectors take no more), and most bytes of one word. */
enum { WORDS_MAX = 16000, WORDS_BYTES = 700 * 1000, WORD_BYTES = 60 };

typedef enum { WORD_PLAIN, WORD_TAIL, WORD_ALONE } WordKind;   /* TAIL: last letter after pairs. ALONE: a single such letter */
typedef struct {
  Buf      text;       /* the words, one blank between */
  size_t   n;          /* how many */
  size_t   last_at;    /* where the last begins */
  WordKind last;
} Words;

Words words_new(Arena *);
void  words_add(Words *, Str utf8);   /* silently stops at the caps */
void  words_drop_last(Words *);       /* once */
#endif
