/* base/vec.h: a typed array that grows in an arena.
     VEC(Item) items = { 0 };   vec_add(arena, &items, item);   items.at[i], items.n */
#ifndef BASE_VEC_H
#define BASE_VEC_H
#include <string.h>
#include "base/arena.h"

#define VEC(T) struct { T *at; size_t n, cap; }

#define vec_add(arena, v, ...) do {                                                        \
    if ((v)->n == (v)->cap) {                                                              \
      size_t vec_cap_ = (v)->cap ? (v)->cap * 2 : 8;                                       \
      typeof((v)->at) vec_to_ = arena_alloc((arena), sizeof *(v)->at, vec_cap_);           \
      if ((v)->n) memcpy(vec_to_, (v)->at, (v)->n * sizeof *(v)->at);                      \
      (v)->at = vec_to_; (v)->cap = vec_cap_;                                              \
    }                                                                                      \
    (v)->at[(v)->n] = (__VA_ARGS__);     /* may name v itself */                           \
    (v)->n++;                                                                              \
  } while (0)
#endif
