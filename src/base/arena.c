/* base/arena.c: blocks in a list, hooks in another. Freed memory is poisoned under ASan by free itself. */
#include "base/arena.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Block Block;
struct Block { Block *next; size_t used, size; };
typedef struct Hook Hook;
struct Hook { Hook *next; void (*fn)(void *); void *arg; };
struct Arena { Block *blocks; Hook *hooks; size_t cap, total, used; };

enum { ALIGN = _Alignof(max_align_t), BLOCK_MIN = 8 * 1024, BLOCK_MAX = 1024 * 1024 };
#define HEAD ((sizeof(Block) + ALIGN - 1) / ALIGN * ALIGN)

static _Noreturn void die(const char *what) { fprintf(stderr, "fatal: %s\n", what); abort(); }

static Block *block_add(Arena *a, size_t need) {
  size_t size = a->total < BLOCK_MIN ? BLOCK_MIN : a->total < BLOCK_MAX ? a->total : BLOCK_MAX;
  if (size < need) size = need;
  if (size > a->cap - a->total) size = need;
  if (size > a->cap - a->total) die("an arena grew past its cap");
  Block *b = malloc(HEAD + size);
  if (!b) die("out of memory");
  *b = (Block){ .next = a->blocks, .size = size };
  a->blocks = b;
  a->total += size;
  return b;
}

Arena *arena_new(size_t cap) {
  Arena *a = calloc(1, sizeof *a);
  if (!a) die("out of memory");
  a->cap = cap;
  return a;
}

void *arena_alloc(Arena *a, size_t size, size_t count) {
  size_t want;
  if (__builtin_mul_overflow(size, count, &want) || want > SIZE_MAX / 2) die("an allocation overflowed");
  want = (want + ALIGN - 1) / ALIGN * ALIGN;
  Block *b = a->blocks;
  if (!b || b->size - b->used < want) b = block_add(a, want);
  void *p = (char *)b + HEAD + b->used;
  b->used += want;
  a->used += want;
  return memset(p, 0, want);
}

void arena_on_free(Arena *a, void (*fn)(void *), void *arg) {
  Hook *h = NEW(a, Hook);
  *h = (Hook){ .next = a->hooks, .fn = fn, .arg = arg };
  a->hooks = h;
}

void arena_reset(Arena *a) {
  for (Hook *h = a->hooks; h; h = h->next) h->fn(h->arg);
  for (Block *b = a->blocks, *next; b; b = next) { next = b->next; free(b); }
  a->blocks = NULL;
  a->hooks = NULL;
  a->total = a->used = 0;
}

void arena_free(Arena *a) {
  if (!a) return;
  arena_reset(a);
  free(a);
}

void   arena_freep(Arena **a) { arena_free(*a); *a = NULL; }
size_t arena_used(const Arena *a) { return a->used; }
