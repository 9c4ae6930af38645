/* web/api/moments.h: handlers and bodies of bad moments. */
#ifndef WEB_API_MOMENTS_H
#define WEB_API_MOMENTS_H
#include "web/api/api.h"

extern const ApiField api_moment_fields[];
Handler api_moments_get, api_moment_post;
#endif
