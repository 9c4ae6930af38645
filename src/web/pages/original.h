/* web/pages/original.h: what a message as it came is drawn from. */
#ifndef WEB_PAGES_ORIGINAL_H
#define WEB_PAGES_ORIGINAL_H
#include "desk/message.h"
#include "text/view.h"

typedef struct { Message m; Str ref, subject; } Original;
#endif
