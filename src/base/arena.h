/* base/arena.h: memory that is given back all at once.
   Never returns NULL (running out of memory or past the cap ends the process: caps at the edge make
   that a fault of ours, not of a caller). Memory is zeroed. Not for things that outlive a request. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

typedef struct Arena Arena;

/* cap: most bytes this arena may ever hold. The caller owns it: arena_free. */
Arena *arena_new(size_t cap);
void   arena_free(Arena *);                                    /* runs the hooks, newest first; takes NULL */
void   arena_reset(Arena *);                                   /* as arena_free, but the arena stays usable */
void  *arena_alloc(Arena *, size_t size, size_t count);
void   arena_on_free(Arena *, void (*fn)(void *), void *arg);  /* a foreign thing that goes with the arena */
size_t arena_used(const Arena *);                              /* bytes given out so far */
void   arena_freep(Arena **);                                  /* for DEFER */

#define NEW(a, T)      ((T *)arena_alloc((a), sizeof(T), 1))
#define NEW_N(a, T, n) ((T *)arena_alloc((a), sizeof(T), (n)))
#endif
