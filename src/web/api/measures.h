/* web/api/measures.h: handlers of /api/v1/measures. */
#ifndef WEB_API_MEASURES_H
#define WEB_API_MEASURES_H
#include "web/api/api.h"

Handler api_measures_get, api_measure_get;
#endif
