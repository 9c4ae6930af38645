/* desk/journey_log.h: walks that were brought from elsewhere as an XES file (IEEE 1849), kept as it is, and held against the map.
   They are told apart from what was lived through with us, and counted in none of our figures. */
#ifndef DESK_JOURNEY_LOG_H
#define DESK_JOURNEY_LOG_H
#include "desk/journey_measures.h"

typedef struct { int64_t id, journey_id, walks, events, at, by_id; Str name, by; } JourneyLog;
Err journey_logs(Cx *, int64_t journey, Rows *ret) CHECKED;              /* rows of JourneyLog, newest first */
Err journey_log_get(Cx *, int64_t journey, int64_t id, JourneyLog *ret, Str *ret_xml) CHECKED;   /* E_ABSENT. xml: as it was, in our spelling */
/* E_INVALID on "file", with the line; E_DENIED. */
Err journey_log_put(Cx *, const Journey *, Str name, Str bytes, int64_t *ret_id) CHECKED;
Err journey_log_drop(Cx *, const Journey *, int64_t id) CHECKED;

/* Its walks beside the map: an event is at the touchpoint of its code or name. planned: steps as planned, of planned and unplanned ones;
   unknown: events that are at no touchpoint. */
typedef struct { Figure planned; int64_t unknown, missing; } LogFit;
Err journey_log_fit(Cx *, const Rows *map, Str xml, LogFit *ret) CHECKED;
#endif
