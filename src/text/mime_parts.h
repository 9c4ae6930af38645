/* text/mime_parts.h: from the tree of MIME parts to a text, an HTML body and files. Private to the reading of mail. */
#ifndef TEXT_MIME_PARTS_H
#define TEXT_MIME_PARTS_H
#include "text/mime.h"
#include "text/mime_tree.h"

void mime_parts(Arena *, const MimePart *top, Mail *ret);     /* fills text, html, files and reply_end */
#endif
