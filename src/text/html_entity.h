/* text/html_entity.h: entities resolved where the parser was not asked: numbers, and the names that mail uses.
   Any other name stays as it is written. */
#ifndef TEXT_HTML_ENTITY_H
#define TEXT_HTML_ENTITY_H
#include "base/str.h"

Str html_entities(Arena *, Str);
#endif
