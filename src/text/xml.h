/* text/xml.h: XML in, as a small tree in the arena, and out, always spelled the same way: what was written by us is read and
   written again to the same bytes. The only door to libxml2.
   In: UTF-8 only; no DTD, no entities but the five of XML, nothing is ever fetched; within caps.h. Comments and processing
   instructions are counted and left out. Prefixes are part of a name, xmlns an attribute like any other.
   Not here: what the elements mean (desk). */
#ifndef TEXT_XML_H
#define TEXT_XML_H
#include "base/cx.h"
#include "base/vec.h"

typedef struct { Str name, value; } XmlAttr;
typedef struct Xml Xml;
struct Xml {
  Str name;                       /* "" for a piece of text */
  Str text;                       /* of such a piece */
  int line;                       /* where it began, 0 if it was made here */
  VEC(XmlAttr) attrs;             /* xmlns first, else in the order written */
  VEC(Xml *) children;            /* elements and pieces of text; white space between elements is not kept */
};

/* E_TOO_LARGE past CAP_XML_BYTES; E_INVALID with the line and what is wrong. ret_dropped (may be NULL): comments and instructions left out. */
Err xml_read(Cx *, Str bytes, Xml **ret, size_t *ret_dropped) CHECKED;

Str  xml_get(const Xml *, const char *attr);                     /* "" if it has none of this name */
bool xml_is(const Xml *, const char *name);
const Xml *xml_child(const Xml *, const char *name);             /* the first of this name, or NULL; takes NULL */
Xml *xml_own(Xml *, const char *name);                           /* the same, to be changed */
Str  xml_words(Arena *, const Xml *);                            /* all text inside, blanks off both ends; "" for NULL */
static inline Str xml_said(Arena *a, const Xml *x, const char *child) { return xml_words(a, xml_child(x, child)); }

Xml *xml_new(Arena *, const char *name);
Xml *xml_add(Arena *, Xml *to, const char *name);                /* a new element at the end */
void xml_set(Arena *, Xml *, const char *attr, Str value);
void xml_put(Arena *, Xml *, Str text);                          /* a piece of text at the end; nothing if it is empty */
void xml_say(Arena *, Xml *to, const char *name, Str text);      /* an element with text in it; nothing if the text is empty */
void xml_take(Arena *, Xml *to, Xml *child);                     /* an element that is there already, borrowed */

/* The element and all in it, two blanks a level, ended by a line end; without the declaration. Control characters that XML
   cannot hold come out as U+FFFD. */
void xml_write(Buf *, const Xml *);
void xml_document(Buf *, const Xml *);                           /* the same as a whole file */
#endif
