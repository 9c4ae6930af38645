/* text/url.h: addresses on the web and what forms send. Pure text: nothing here resolves or fetches. */
#ifndef TEXT_URL_H
#define TEXT_URL_H
#include "base/buf.h"
#include "base/cx.h"

/* Parts of an absolute address with a host, pieces of the input as written. */
typedef struct { Str scheme, user, host, path, query, fragment; int port; } Url;   /* port 0: none given */

/* Absolute http or https with a host, at most CAP_URL_BYTES, no blanks, control characters or backslashes.
   Host in brackets for IPv6 (ret->host without them). */
bool url_parse(Str, Url *ret);

/* An address fit for href: http, https, mailto or tel only, read as a browser reads it (blanks off the ends, tab and
   line ends dropped wherever they stand); what may not stand in an address is percent-encoded. "" if not fit. */
Str  url_safe(Arena *, Str);

void url_encode(Buf *, Str);                /* everything but A-Z a-z 0-9 - . _ ~ as %XX: for a path segment or a value */
Str  url_decode(Arena *, Str);              /* %XX → byte, then made valid UTF-8; a % without two hex digits stays */

/* Fields of a query string or an application/x-www-form-urlencoded body, in the order sent. */
typedef struct { Str name, value; } FormField;
typedef struct { FormField *at; size_t n; } Form;

/* "+" is a blank, CR LF in values become LF, all valid UTF-8. E_TOO_LARGE past CAP_FORM_FIELDS. */
Err  form_parse(Cx *, Str encoded, Form *ret) CHECKED;
Str  form_get(const Form *, Str name);      /* the first of that name, "" if none */
bool form_has(const Form *, Str name);
void form_put(Buf *, Str name, Str value);  /* the other way round: appends name=value, with & between */
#endif
