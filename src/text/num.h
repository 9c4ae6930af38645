/* text/num.h: numbers, sizes, lists and names of languages as people of a language write them. Results live in the arena.
   Not here: figures for drawings and programs (view.h, json.h). */
#ifndef TEXT_NUM_H
#define TEXT_NUM_H
#include "text/lang.h"

Str num(Arena *, const Lang *, int64_t);                        /* "12,408" */
Str num_double(Arena *, const Lang *, double, int digits);      /* so many decimals, 0..6, rounded half to even: "4.5" */
Str num_percent(Arena *, const Lang *, double share, int digits);   /* 0.912 → "91%" */
Str num_size(Arena *, const Lang *, int64_t bytes);             /* "340 kB", "1.2 MB"; steps of 1000; below 0 as 0 */
Str list_and(Arena *, const Lang *, const Str *, size_t n);     /* "Sofie, Yusuf and Grace"; "" for none */
Str lang_said(Arena *, const Lang *, Str tag);                  /* the language of that tag, in words: "Portuguese"; "" for none */
#endif
