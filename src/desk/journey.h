/* desk/journey.h: a journey as it is planned: what it is called, who walks it, its versions. After CJML (SINTEF) and service
   blueprints (Shostack 1984; Bitner, Ostrom and Morgan 2008).
   Not here: its touchpoints (touchpoint.h), how it is really walked (trace.h), files (journey_file.h, journey_log.h).
   Invariant: a version once published never changes; only the map in work (number 0) does. */
#ifndef DESK_JOURNEY_H
#define DESK_JOURNEY_H
#include "store/db.h"

/* A row; Str members live in the Cx's arena. whose: "" everybody's walks, "organisation", "service" or "tag". */
typedef struct {
  int64_t id, team_id, whose_id, days, in_force, version, created_at, closed_at;
  int64_t since, worked;           /* when the version in force was published, 0: none; 1: the map in work differs from it */
  Str code, name, about, walker, whose, whose_word, keep, team, whose_name;
} Journey;

/* Journeys by name; those of a closed team for its own people only. closed: those that were taken out of the list. rows of Journey. */
Err journey_list(Cx *, bool closed, Rows *ret) CHECKED;
Err journey_get(Cx *, int64_t id, Journey *ret) CHECKED;                 /* E_ABSENT also when not visible */

/* Whoever looks after the desk or leads the house may change every map they may see; who leads a team, its maps and the house's. */
Err journey_may_change(Cx *, const Journey *, bool *ret) CHECKED;

/* What can be set. name at most 200 letters, days 1…730. */
typedef struct { Str name, about, walker, whose, whose_word; int64_t team_id, whose_id, days; } JourneyNew;
/* E_INVALID on name, days, whose, whose_id, whose_word, team; E_DENIED. */
Err journey_new(Cx *, const JourneyNew *, Journey *ret) CHECKED;
Err journey_change(Cx *, Journey *, const JourneyNew *) CHECKED;         /* all of it, empty too */
Err journey_close(Cx *, Journey *, bool closed) CHECKED;                 /* closed: out of the list; nothing is lost, and it can be opened again */

/* ── versions ── */
typedef struct { int64_t number, at, by_id, stages; Str note, by; } JourneyVersion;
Err journey_versions(Cx *, int64_t journey, Rows *ret) CHECKED;          /* rows of JourneyVersion, newest first */
Err journey_version(Cx *, int64_t journey, int64_t number, JourneyVersion *ret) CHECKED;   /* E_ABSENT */
/* Puts the map in work in force as the next version. E_INVALID: no note, or a map without touchpoints. */
Err journey_publish(Cx *, Journey *, Str note) CHECKED;
/* Takes an older version back into work, in place of what is there. */
Err journey_take_up(Cx *, Journey *, int64_t number) CHECKED;

/* For touchpoint.c and journey_file.c. */
Err journey_must_change(Cx *, const Journey *) CHECKED;                  /* E_DENIED */
Err journey_keep(Cx *, Journey *, Str code, Str keep) CHECKED;           /* E_CONFLICT: the code is another's */
#endif
