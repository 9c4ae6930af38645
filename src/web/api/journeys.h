/* web/api/journeys.h: journeys for programs. */
#ifndef WEB_API_JOURNEYS_H
#define WEB_API_JOURNEYS_H
#include "web/api/api.h"
Handler api_journeys_get, api_journey_get, api_journey_cjml, api_journey_xes;
#endif
