/* web/api/worth.h: what customers bring in and cost. What it was worth to them: customers.h. */
#ifndef WEB_API_WORTH_H
#define WEB_API_WORTH_H
#include "web/api/api.h"

Err api_worth_get(Cx *, const Req *, Res *) CHECKED;
#endif
