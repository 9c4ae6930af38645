/* desk/touchpoint.h: one planned step of a journey, and by what we know that somebody has been there.
   Not here: the visits themselves (trace.h). */
#ifndef DESK_TOUCHPOINT_H
#define DESK_TOUCHPOINT_H
#include "desk/journey.h"

/* phase: before during after. lane (of the blueprint): evidence customer onstage backstage support. kind: communication action.
   A visit is an act (request promise ask report accept verdict; "": none is known) on a request that fits all that is said
   of service, kind, channel, tag and word in the subject. */
typedef struct {
  int64_t id, journey_id, number, position, service_id, removed_at;
  Str code, phase, lane, kind, name, doing, initiator, receiver, channel, owner, promise, ideas;
  Str act, request_kind, by_channel, tag, word, keep, service;
} Touchpoint;

extern const char *const touchpoint_phases[4], *const touchpoint_lanes[6], *const touchpoint_kinds[3], *const touchpoint_acts[8];   /* each ended by NULL; acts begin with "" */

/* Of a version, or of the map in work (0): in the order of the map. rows of Touchpoint. The journey was got before. */
Err touchpoint_list(Cx *, int64_t journey, int64_t number, Rows *ret) CHECKED;
Err touchpoint_get(Cx *, int64_t journey, int64_t id, Touchpoint *ret) CHECKED;    /* of the map in work, removed ones too; E_ABSENT */
Err touchpoint_removed(Cx *, int64_t journey, Rows *ret) CHECKED;                  /* taken off the map in work, latest first */

/* id 0: new, at the end of its phase; code "" gives the next free one. E_INVALID on name, phase, lane, kind, act, service_id; too many: at most
   TOUCHPOINT_MOST. Sets id. */
#define TOUCHPOINT_MOST 60
Err touchpoint_put(Cx *, const Journey *, Touchpoint *) CHECKED;
Err touchpoint_move(Cx *, const Journey *, const Touchpoint *, bool later) CHECKED;   /* past its neighbour; at the edge of a phase into the next one */
Err touchpoint_remove(Cx *, const Journey *, const Touchpoint *, bool away) CHECKED;  /* false: put back */
#endif
