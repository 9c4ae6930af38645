/* desk/journey_file.h: maps and walks as files. CJML 2.0 (SINTEF): plannedJourney, and actualJourney for one walk. XES (IEEE 1849) for
   the walks. What we write is read again to the same map, and written again to the same bytes. What only we know (lanes, ideas,
   by what a visit is known) stands in elements of a name space of our own; elements that we do not know are kept and written again.
   Nobody's name leaves the house: a walk is a mark that only this desk could make, and what people said stays here. */
#ifndef DESK_JOURNEY_FILE_H
#define DESK_JOURNEY_FILE_H
#include "desk/trace.h"
#include "text/xml.h"

#define CJML_OURS "urn:cornerdesk:journey"

/* map: rows of Touchpoint. walk: written after the map as an actualJourney; may be NULL. */
Str journey_cjml(Cx *, const Journey *, const Rows *map, const Walk *walk);
Xml *journey_cjml_tree(Cx *, const Journey *, const Rows *map);         /* the map alone, before it is written */
Str journey_xes(Cx *, const Journey *, const Walks *);
Str walk_mark(Arena *, const Site *, const Journey *, const Walk *);     /* the same walk, the same mark */

/* Whether a CJML tree can be taken in as a whole, before anything is made of it: version 2; every journey has touchpoints; each actor, phase,
   planned journey and touchpoint that is referred to is there; touchpoints that refer to each other do not go round in a loop. code: of the map
   that walks may refer to besides those of the file, "" for none. E_INVALID, field "file", with the line. */
Err journey_cjml_check(Cx *, const Xml *root, Str code) CHECKED;
bool journey_cjml_point(const Xml *, bool actual);                      /* a communication point or an action, planned or actual */

/* A new journey with what stands in the file as its map in work; its actual journeys as walks brought from elsewhere (journey_log.h).
   left: sentences on what could not be taken over. E_INVALID, field "file", with the line; then nothing was made. */
typedef struct { Str *at; size_t n, cap; } Sentences;
Err journey_cjml_take(Cx *, Str bytes, Journey *ret, Sentences *ret_left) CHECKED;
#endif
