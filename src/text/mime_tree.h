/* text/mime_tree.h: a raw mail cut into its parts and fields, as slices of itself, in one pass a level.
   Own code, because the MIME library at hand parses each address field of each message inside a message by recursion,
   without a limit: a mail of 200 kB ends the process. It still reads the single address, the parameters of one field and
   the date, all of them short, and undoes transfer encodings.
   Not here: what the parts mean (mime_parts.h). */
#ifndef TEXT_MIME_TREE_H
#define TEXT_MIME_TREE_H
#include "base/cx.h"

typedef struct { Str name, value; } MimeField;         /* value as it stands: folded, encoded, with blanks around */

typedef struct MimePart MimePart;
struct MimePart {
  MimeField *fields;  size_t n_fields;
  Str        type;                  /* "text/plain", lower case; what cannot be read is text/plain */
  Str        body;                  /* transfer encoding not undone */
  MimePart  *first, *next;          /* of a multipart; a message inside is not opened */
};

/* E_TOO_LARGE past CAP_HEADER_BYTES or CAP_MAIL_HEADERS in one part, CAP_MAIL_PARTS, CAP_MAIL_DEPTH. */
Err  mime_tree(Cx *, Str raw, MimePart **ret) CHECKED;

/* The fields at the head of *rest, which then stands at the body. A line that is no field is passed over if fields go on
   behind it; else the body begins with it. *ret_n past CAP_MAIL_HEADERS: there are more. */
MimeField *mime_fields(Arena *, Str *rest, size_t *ret_n);

Str  mime_field(const MimePart *, const char *name);                         /* raw value, "" if absent; any case */
Str  mime_param(Arena *, const MimePart *, const char *field, const char *param);    /* decoded (RFC 2231), "" if absent */
Str  mime_bytes(Arena *, const MimePart *);                                  /* the body, transfer encoding undone */
Str  mime_text_of(Arena *, Str raw_value);                                   /* unfolded, decoded, one tidy line */
#endif
