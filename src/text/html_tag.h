/* text/html_tag.h: the elements we know and how each behaves; every other element is taken off and its content kept. */
#ifndef TEXT_HTML_TAG_H
#define TEXT_HTML_TAG_H
#include "base/str.h"

typedef enum {
  TAG_OUT     = 1 << 0,    /* may stand in cleaned HTML */
  TAG_VOID    = 1 << 1,    /* has no content and no end tag */
  TAG_BLOCK   = 1 << 2,    /* starts on its own line; ends an open paragraph; "special" to the HTML5 algorithm */
  TAG_FORMAT  = 1 << 3,    /* an "active formatting element" of the HTML5 algorithm: opens again after it was cut off */
  TAG_TABLE   = 1 << 4,    /* a part of a table */
  TAG_RAW     = 1 << 5,    /* dropped with its content, which is text up to the end tag of that name */
  TAG_GONE    = 1 << 6,    /* dropped with its content, which is markup */
  TAG_LIST    = 1 << 7,    /* li, dd, dt: closed by the next of their kind */
  TAG_PARTED  = 1 << 8,    /* a blank line before and after when shown as text */
} TagIs;

typedef struct { Str name; unsigned is; } HtmlTag;

const HtmlTag *html_tag(Str name);              /* any case; NULL if we do not know it */
bool html_tag_is(const HtmlTag *, const char *name);   /* tag may be NULL */
const HtmlTag *html_tag_written(const HtmlTag *);      /* what it is written as: itself, another (center → div), or NULL: only its content */
#endif
