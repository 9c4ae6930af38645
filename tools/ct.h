/* tools/ct.h: what ct knows of HTML: elements, attributes, URLs. Tables only (ct_html.c). */
#ifndef TOOLS_CT_H
#define TOOLS_CT_H
#include "base/err.h"
#include "base/str.h"

/* ATTR_LITERAL: a browser reads it as code or chooses a parser by it: no holes */
typedef enum { ATTR_PLAIN, ATTR_URL, ATTR_LITERAL } AttrKind;

bool ct_known(Str element);      /* pages may use it */
bool ct_void(Str element);       /* has no end tag */
bool ct_drawn(Str element);      /* of SVG: may end in a slash */
bool ct_block(Str element);      /* ends an open <p> */
bool ct_wordless(Str element);   /* what stands in it is not translated: code, keys */
AttrKind ct_attr(Str element, Str attr);
bool ct_attr_words(Str attr);    /* shown or read out to people */
bool ct_url_fits(Str raw, bool mail);    /* the literal start of a URL value */
/* What is wrong with the tags of a translatable sentence (a C literal); NULL: nothing. Few tags, balanced, every place
   in text or inside a quoted value. */
const char *ct_markup(Str literal);
#endif
