/* desk/export_desk.h: the parts of a person's export that lie beyond single requests. For export.c, which has asked who may. */
#ifndef DESK_EXPORT_DESK_H
#define DESK_EXPORT_DESK_H
#include "base/cx.h"
#include "text/json.h"

Err export_agreed(Cx *, int64_t person, JsonOut *) CHECKED;   /* what they promised, the bars they set, what it was worth, their time */
Err export_own(Cx *, int64_t person, JsonOut *) CHECKED;      /* what is theirs alone: drafts, saved answers, how they like to work */
#endif
