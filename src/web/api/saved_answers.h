/* web/api/saved_answers.h: words that are kept to be written again, for programs. */
#ifndef WEB_API_SAVED_ANSWERS_H
#define WEB_API_SAVED_ANSWERS_H
#include "web/api/api.h"

Err api_saved_answers_get(Cx *, const Req *, Res *) CHECKED;
#endif
