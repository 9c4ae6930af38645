/* web/api/instruments.h: what people are asked about the whole, and what it came to. */
#ifndef WEB_API_INSTRUMENTS_H
#define WEB_API_INSTRUMENTS_H
#include "web/api/api.h"

Err api_instruments_get(Cx *, const Req *, Res *) CHECKED;
#endif
