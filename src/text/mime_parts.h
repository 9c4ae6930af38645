/* text/mime_parts.h: from the tree of MIME parts to a text, an HTML body and files. Private to the reading of mail. */
#ifndef TEXT_MIME_PARTS_H
#define TEXT_MIME_PARTS_H
#include <gmime/gmime.h>
#include "text/mime.h"

/* Fills text, html, files and reply_end; the parts of a report are handed to bounce.c's reader as they pass.
   E_TOO_LARGE past CAP_MAIL_PARTS, CAP_MAIL_DEPTH. */
Err mime_parts(Cx *, GMimeObject *top, Mail *ret) CHECKED;

Str mime_bytes(Arena *, GMimeObject *part);           /* a leaf's content, transfer encoding undone */
Str mime_source(Arena *, GMimeObject *);              /* a part written out again, with its headers */
Str mime_header_text(Arena *, const char *raw);       /* a raw header value: unfolded, decoded, tidy */
#endif
