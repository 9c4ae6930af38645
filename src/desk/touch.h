/* desk/touch.h: what happened around the loop and is no act of it: moved, taken, tagged, bounced. One line each in the talk. */
#ifndef DESK_TOUCH_H
#define DESK_TOUCH_H
#include "desk/request.h"

typedef struct { int64_t id, request_id, at, by_id, about_id; Str kind, words, by, about; } Touch;
Err touch_new(Cx *, int64_t request_id, Str kind, int64_t about, Str words) CHECKED;
Err touch_list(Cx *, int64_t request_id, Rows *ret) CHECKED;             /* rows of Touch in order; tags, and who will speak after a bad moment, are told as notes are */
#endif
