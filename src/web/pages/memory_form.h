/* web/pages/memory_form.h: the form with which those who serve keep notes about a person; on the request and on the person's page. */
#ifndef WEB_PAGES_MEMORY_FORM_H
#define WEB_PAGES_MEMORY_FORM_H
#include "web/req.h"

/* Field "do": new, confirm (still true), erase. request_id: where it was learnt, 0 = nowhere. *ret_done: for desk_back. */
Err memory_form_do(Cx *, const Req *, int64_t about, int64_t request_id, const char **ret_done) CHECKED;
#endif
