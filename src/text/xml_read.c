/* text/xml_read.c: libxml2's pull parser turned into our tree. It is asked for no DTD, no entities and no network, and
   what could carry them is refused before it sees the bytes. */
#include "text/xml.h"
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <pthread.h>
#include "text/caps.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;              /* libxml2 wants to be woken before threads meet in it */

typedef struct { Arena *arena; Str what; int line; } Fault;

static void note(void *arg, xmlErrorPtr e) {
  Fault *f = arg;
  if (f->what.n || !e || !e->message || e->domain == XML_FROM_NAMESPACE) return;   /* the first one; a prefix is a part of the name to us */
  f->what = str_trim(str_utf8_fix(f->arena, str_dup(f->arena, str_z(e->message))));
  f->line = e->line;
}

static void reader_free(xmlTextReaderPtr *r) { if (*r) xmlFreeTextReader(*r); }

static Str taken(Arena *a, const xmlChar *s) { return s ? str_dup(a, str_z((const char *)s)) : S(""); }

typedef struct { Cx *cx; xmlTextReaderPtr r; Xml *open[CAP_XML_DEPTH + 1]; int depth; Xml *root; size_t nodes, dropped; } Reading;

static Err count(Reading *g, size_t more) {
  g->nodes += more;
  return g->nodes > CAP_XML_NODES ? fail(g->cx, E_INVALID, "This XML has more than %d elements and attributes; that is more than we take in.", (int)CAP_XML_NODES) : E_OK;
}

static Err element(Reading *g) {
  Arena *a = g->cx->arena;
  if (g->depth == CAP_XML_DEPTH) return fail(g->cx, E_INVALID, "Line %d: elements stand more than %d deep in each other.", xmlTextReaderGetParserLineNumber(g->r), (int)CAP_XML_DEPTH);
  Xml *x = NEW(a, Xml);
  x->name = taken(a, xmlTextReaderConstName(g->r));
  x->line = (int)xmlGetLineNo(xmlTextReaderCurrentNode(g->r));          /* the parser itself is further on already */
  bool empty = xmlTextReaderIsEmptyElement(g->r) == 1;
  while (xmlTextReaderMoveToNextAttribute(g->r) == 1) {
    TRY(count(g, 1));
    vec_add(a, &x->attrs, (XmlAttr){ taken(a, xmlTextReaderConstName(g->r)), taken(a, xmlTextReaderConstValue(g->r)) });
  }
  if (g->depth) xml_take(a, g->open[g->depth - 1], x); else g->root = x;
  if (!empty) g->open[g->depth++] = x;
  return count(g, 1);
}

static void text(Reading *g) {
  Arena *a = g->cx->arena;
  if (!g->depth) return;
  Xml *in = g->open[g->depth - 1], *last = in->children.n ? in->children.at[in->children.n - 1] : NULL;
  Str said = taken(a, xmlTextReaderConstValue(g->r));
  if (last && !last->name.n) last->text = str_cat(a, last->text, said);
  else xml_put(a, in, said);
}

/* White space that only set elements apart. */
static void tidy(Xml *x) {
  size_t n = 0;
  bool elements = false, words = false;
  for (size_t i = 0; i < x->children.n; i++) {
    elements |= x->children.at[i]->name.n > 0;
    words |= !x->children.at[i]->name.n && str_trim(x->children.at[i]->text).n;
  }
  if (!elements || words) return;
  for (size_t i = 0; i < x->children.n; i++) if (x->children.at[i]->name.n) x->children.at[n++] = x->children.at[i];
  x->children.n = n;
}

static Err one(Reading *g) {
  switch (xmlTextReaderNodeType(g->r)) {
  case XML_READER_TYPE_ELEMENT: return element(g);
  case XML_READER_TYPE_END_ELEMENT: if (g->depth) tidy(g->open[--g->depth]); return E_OK;
  case XML_READER_TYPE_TEXT: case XML_READER_TYPE_CDATA: case XML_READER_TYPE_WHITESPACE: case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    text(g);
    return count(g, 1);
  case XML_READER_TYPE_COMMENT: case XML_READER_TYPE_PROCESSING_INSTRUCTION: g->dropped++; return count(g, 1);
  default: return fail(g->cx, E_INVALID, "Line %d: entities and document types are not taken in.", xmlTextReaderGetParserLineNumber(g->r));
  }
}

static Err fit(Cx *cx, Str bytes) {
  if (bytes.n > CAP_XML_BYTES) return fail(cx, E_TOO_LARGE, "This file is larger than %d kB; that is more than we take in.", (int)CAP_XML_BYTES / 1024);
  if (!str_trim(bytes).n) return fail(cx, E_INVALID, "The file is empty.");
  if (!str_utf8_ok(bytes)) return fail(cx, E_INVALID, "The file is not in UTF-8. Save it as UTF-8 and try again.");
  if (str_find(bytes, S("<!DOCTYPE")) != SIZE_MAX || str_find(bytes, S("<!ENTITY")) != SIZE_MAX)
    return fail(cx, E_INVALID, "The file has a document type (DOCTYPE). Take it out: we read none, for it could fetch or swell.");
  return E_OK;
}

Err xml_read(Cx *cx, Str bytes, Xml **ret, size_t *ret_dropped) {
  pthread_once(&once, xmlInitParser);
  TRY(fit(cx, bytes));
  Fault fault = { .arena = cx->arena };
  DEFER(reader_free) xmlTextReaderPtr r = xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOWARNING);
  if (!r) return fail(cx, E_BROKEN, "libxml2 gave no reader");
  xmlTextReaderSetStructuredErrorHandler(r, note, &fault);
  Reading g = { .cx = cx, .r = r };
  int more;
  while ((more = xmlTextReaderRead(r)) == 1) TRY(one(&g));
  if (fault.what.n) return fail(cx, E_INVALID, "Line %d is not well-formed XML: " STR_FMT ".", fault.line, STR_ARG(fault.what));
  if (more < 0 || !g.root) return fail(cx, E_INVALID, "This is not XML.");
  *ret = g.root;
  if (ret_dropped) *ret_dropped = g.dropped;
  return E_OK;
}
