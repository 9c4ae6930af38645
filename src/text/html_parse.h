/* text/html_parse.h: HTML to a tree. The only door to the parser library (gumbo), so that another can take its place.
   Not here: what of it is safe (html_clean.h). Invariant: the tree holds only elements of html_tag.h, has no attribute
   that is not named here, is at most 2 × CAP_HTML_DEPTH deep, and its text is valid UTF-8. */
#ifndef TEXT_HTML_PARSE_H
#define TEXT_HTML_PARSE_H
#include "text/html_tag.h"

/* Attributes kept: href src data-src alt title width height colspan rowspan start dir lang type class id style. */
typedef struct { Str name, value; } HtmlAttr;
typedef struct HtmlNode HtmlNode;
struct HtmlNode {
  const HtmlTag *tag;                           /* NULL: a piece of text */
  Str            text;                          /* entities resolved */
  HtmlAttr      *attrs; size_t n_attrs;
  HtmlNode      *parent, *first, *last, *next;
};

/* The body as a <div>. Past CAP_HTML_BYTES (of what is left once comments, scripts, styles and unknown attributes are
   off), CAP_HTML_TAGS or CAP_HTML_DEPTH the tree is flat: paragraphs of the text and nothing else; ret->flat says so. */
typedef struct { bool flat, crooked; } HtmlParse;               /* crooked: not well nested, parts were moved to mend it */
HtmlNode *html_parse(Arena *, Str html, HtmlParse *ret);
HtmlNode *html_parse_flat(Arena *, Str html);                   /* the flat tree at once */

Str  html_get(const HtmlNode *, const char *attr);              /* "" if absent */
bool html_node_is(const HtmlNode *, const char *name);          /* node may be NULL */
bool html_has_class(const HtmlNode *, Str word);                /* one word of class, any case */
#endif
