/* web/api/events.h: what has changed, as server-sent events. One answer holds what there is, and asks to come back soon. */
#ifndef WEB_API_EVENTS_H
#define WEB_API_EVENTS_H
#include "web/api/api.h"
Handler api_events_get;
#endif
