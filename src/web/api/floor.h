/* web/api/floor.h: how it is right now, for programs. */
#ifndef WEB_API_FLOOR_H
#define WEB_API_FLOOR_H
#include "web/api/api.h"

Err api_floor_get(Cx *, const Req *, Res *) CHECKED;
#endif
