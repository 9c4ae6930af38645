/* text/mime_text.h: a text part as its reader should see it. */
#ifndef TEXT_MIME_TEXT_H
#define TEXT_MIME_TEXT_H
#include "text/mime.h"

/* RFC 3676: lines that flow are joined again within one depth of quoting, stuffed blanks removed. LF line ends. */
Str text_unflow(Arena *, Str text, bool delsp);

/* Files written into the text itself with uuencode ("begin 644 name … end"): taken out of *text, decoded, given to add. */
void text_take_uu(Arena *, Str *text, void (*add)(void *arg, Str name, Str bytes), void *arg);
#endif
