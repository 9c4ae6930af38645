/* web/api/events.h: what has changed, as server-sent events: an answer that stays open (web/live.h), or with wait=0 one that
   holds what there is by now. */
#ifndef WEB_API_EVENTS_H
#define WEB_API_EVENTS_H
#include "desk/change.h"
#include "web/api/api.h"
Handler api_events_get;
/* Rows of Change, and the number to go on from. */
void api_events_put(Cx *, Buf *, const Rows *, int64_t last);
#endif
