/* base/map.c: open addressing, linear probing, never more than half full. Hash: FNV-1a, 64 bits. */
#include "base/map.h"

typedef struct { Str key; void *value; } Slot;
struct Map { Arena *arena; Slot *slots; size_t n, cap; };

static uint64_t hash(Str s) {
  uint64_t h = 0xcbf29ce484222325u;
  for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
  return h;
}

static Slot *slot(const Map *m, Str key) {
  size_t i = hash(key) & (m->cap - 1);
  while (m->slots[i].key.p && !str_eq(m->slots[i].key, key)) i = (i + 1) & (m->cap - 1);
  return &m->slots[i];
}

Map *map_new(Arena *a) {
  Map *m = NEW(a, Map);
  *m = (Map){ .arena = a, .slots = NEW_N(a, Slot, 16), .cap = 16 };
  return m;
}

void map_put(Map *m, Str key, void *value) {
  if (!key.p) key.p = "";
  if (m->n * 2 >= m->cap) {
    Map big = { .arena = m->arena, .slots = NEW_N(m->arena, Slot, m->cap * 2), .n = m->n, .cap = m->cap * 2 };
    for (size_t i = 0; i < m->cap; i++) if (m->slots[i].key.p) *slot(&big, m->slots[i].key) = m->slots[i];
    *m = big;
  }
  Slot *s = slot(m, key);
  if (!s->key.p) m->n++;
  *s = (Slot){ key, value };
}

void *map_get(const Map *m, Str key) { return slot(m, key)->value; }
size_t map_count(const Map *m) { return m->n; }
