/* base/map.h: words to pointers, in an arena. Keys are borrowed: they must live as long as the map. */
#ifndef BASE_MAP_H
#define BASE_MAP_H
#include "base/str.h"

typedef struct Map Map;
Map  *map_new(Arena *);
void  map_put(Map *, Str key, void *value);     /* replaces */
void *map_get(const Map *, Str key);            /* NULL if absent */
size_t map_count(const Map *);
#endif
