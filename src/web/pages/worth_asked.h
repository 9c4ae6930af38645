/* web/pages/worth_asked.h: the page that a letter about a value line opens: was it worth that. */
#ifndef WEB_PAGES_WORTH_ASKED_H
#define WEB_PAGES_WORTH_ASKED_H
#include "desk/worth_letter.h"
#include "web/pages/portal.h"

typedef struct { WorthAsked w; Str self, chosen; } WorthAskedPage;       /* chosen: "yes", "no", "": in the letter */
#endif
