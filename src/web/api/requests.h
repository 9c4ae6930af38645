/* web/api/requests.h: handlers and bodies of /api/v1/requests. */
#ifndef WEB_API_REQUESTS_H
#define WEB_API_REQUESTS_H
#include "web/api/api.h"

extern const ApiField api_request_fields[], api_change_fields[], api_message_fields[], api_act_fields[];
Handler api_requests_post, api_requests_get, api_request_get, api_request_patch, api_messages_post, api_acts_post;
#endif
