/* web/api/proximity.h: how near those who serve are, by survey and by signal. */
#ifndef WEB_API_PROXIMITY_H
#define WEB_API_PROXIMITY_H
#include "web/api/api.h"

Err api_proximity_get(Cx *, const Req *, Res *) CHECKED;
#endif
