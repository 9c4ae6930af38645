/* text/multipart.h: a multipart/form-data body (RFC 7578) taken apart. Slices of the body: nothing is copied but names.
   Strict: what is not well formed is refused, never guessed. */
#ifndef TEXT_MULTIPART_H
#define TEXT_MULTIPART_H
#include "base/base.h"

/* file: the part had a filename, even an empty one. type: media type as sent, "" if none. name, filename, and the
   bytes of what is no file, are valid UTF-8. */
typedef struct { Str name, filename, type, bytes; bool file; } Part;
typedef struct { Part *at; size_t n, cap; } Parts;

/* content_type: the whole header with its boundary. E_MALFORMED; E_TOO_LARGE past CAP_FORM_FIELDS parts. */
Err multipart_parse(Cx *, Str content_type, Str body, Parts *ret) CHECKED;
#endif
