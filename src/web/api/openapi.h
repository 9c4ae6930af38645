/* web/api/openapi.h: the description of the calls (OpenAPI 3.1), made from the table of routes and the bodies beside it. */
#ifndef WEB_API_OPENAPI_H
#define WEB_API_OPENAPI_H
#include "web/api/api.h"
Handler openapi_get;
#endif
