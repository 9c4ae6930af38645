/* store/stmts.c: a small hash table threaded with a list in order of use. */
#include "store/stmts.h"
#include <assert.h>
#include <stdlib.h>

/* Eight bytes at a time, mixed by multiplication (after wyhash, public domain): SQL texts are long and not hostile. */
static uint64_t hash_of(Str s) {
  uint64_t h = s.n;
  const char *p = s.p;
  for (size_t left = s.n; left; ) {
    uint64_t w = 0;
    size_t k = left < 8 ? left : 8;
    memcpy(&w, p, k);
    h = (h ^ w) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    p += k;
    left -= k;
  }
  return h;
}

static void unlink_use(Stmts *c, Stmt *s) {
  if (s->newer) s->newer->older = s->older; else c->newest = s->older;
  if (s->older) s->older->newer = s->newer; else c->oldest = s->newer;
  s->newer = s->older = NULL;
}

static void link_newest(Stmts *c, Stmt *s) {
  s->older = c->newest;
  if (c->newest) c->newest->newer = s; else c->oldest = s;
  c->newest = s;
}

Stmt *stmts_find(Stmts *c, Str text) {
  uint64_t h = hash_of(text);
  for (Stmt *s = c->slots[h % STMTS_SLOTS]; s; s = s->chain) {
    if (s->hash != h || !str_eq(s->text, text)) continue;
    if (s != c->newest) { unlink_use(c, s); link_newest(c, s); }
    return s;
  }
  return NULL;
}

Stmt *stmts_add(Stmts *c, Str text, void *handle) {
  if (c->n == STMTS_MAX) stmts_drop(c, c->oldest);
  Stmt *s = calloc(1, sizeof *s + text.n + 1);
  if (!s) abort();
  char *copy = (char *)(s + 1);
  memcpy(copy, text.p, text.n);
  *s = (Stmt){ .hash = hash_of(text), .text = { copy, text.n }, .handle = handle };
  s->chain = c->slots[s->hash % STMTS_SLOTS];
  c->slots[s->hash % STMTS_SLOTS] = s;
  link_newest(c, s);
  c->n++;
  return s;
}

void stmts_drop(Stmts *c, Stmt *s) {
  Stmt **at = &c->slots[s->hash % STMTS_SLOTS];
  while (*at != s) { assert(*at); at = &(*at)->chain; }
  *at = s->chain;
  unlink_use(c, s);
  c->n--;
  c->drop(c->owner, s);
  free(s->types);
  free(s);
}

void stmts_clear(Stmts *c) { while (c->newest) stmts_drop(c, c->newest); }
