/* text/html_parse.c: see html_parse.h. The tokens are first written out anew in canonical form, with only the elements
   that will be written in the end and known attributes, quoted and escaped. So gumbo never gets a script, a style, a comment
   or a foreign element, and nothing needs to be taken out of its tree, which would no longer be what a browser builds. */
#include "text/html_parse.h"
#include <gumbo.h>
#include "base/buf.h"
#include "text/caps.h"
#include "text/html_depth.h"
#include "text/html_entity.h"
#include "text/html_token.h"
#include "text/url.h"

enum { ATTR_BYTES = CAP_URL_BYTES };

static const char *const attr_names[] = { "href", "src", "data-src", "alt", "title", "width", "height", "colspan", "rowspan",
  "start", "dir", "lang", "type", "class", "id", "style" };

/* The name as we spell it, NULL if the attribute is not kept. Formatting elements but <a> keep none: the parser copies
   them each time it opens the element again. */
static const char *attr_kept(const HtmlTag *t, Str name) {
  if (t->is & TAG_FORMAT && !html_tag_is(t, "a")) return NULL;
  for (size_t i = 0; i < sizeof attr_names / sizeof *attr_names; i++)
    if ((name.p[0] | 32) == attr_names[i][0] && str_ieq(name, str_z(attr_names[i]))) return attr_names[i];
  return NULL;
}

/* Quotes and angle brackets escaped; entities stay entities. */
static void put_escaped(Buf *b, Str s) {
  for (size_t i = 0; i < s.n; i++) switch (s.p[i]) {
    case '<': buf_add(b, S("&lt;")); break;
    case '>': buf_add(b, S("&gt;")); break;
    case '"': buf_add(b, S("&quot;")); break;
    default:  buf_char(b, s.p[i]);
  }
}

/* A link that leads nowhere we would go is only its words. */
static bool dead_link(Arena *a, const HtmlToken *t) {
  Str attrs = t->text, name, value;
  if (!html_tag_is(t->tag, "a")) return false;
  while (html_attr(&attrs, &name, &value)) if (str_ieq(name, S("href"))) return !url_safe(a, html_entities(a, value)).n;
  return true;
}

/* Attributes of the token on the element it is written as; gives the bytes. */
static size_t put_open(Buf *b, const HtmlToken *t, const HtmlTag *as) {
  size_t from = b->n;
  Str attrs = t->text, name, value;
  buf_char(b, '<');
  buf_add(b, as->name);
  while (html_attr(&attrs, &name, &value)) {
    const char *kept = attr_kept(as, name);
    if (!kept || value.n > ATTR_BYTES) continue;
    buf_char(b, ' ');
    buf_add(b, str_z(kept));
    buf_add(b, S("=\""));
    put_escaped(b, value);
    buf_char(b, '"');
  }
  buf_char(b, '>');
  return b->n - from;
}

static void put_close(Buf *b, const HtmlTag *as) { buf_fmt(b, "</" STR_FMT ">", STR_ARG(as->name)); }

/* In a table but in no cell the builder would move it out of the table: we give it a cell instead. */
static void cell_first(HtmlDepth *d, Buf *b) {
  const HtmlTag *td = html_tag(S("td"));
  if (!html_depth_needs_cell(d)) return;
  html_depth_open(d, td, 0);
  buf_add(b, S("<td>"));
}

static void put_token(Arena *a, HtmlDepth *d, Buf *b, const HtmlToken *t) {
  const HtmlTag *as = html_tag_written(t->tag);
  bool open = t->kind == HTML_OPEN || html_tag_is(as, "br");      /* </br> is a <br> */
  if (t->kind == HTML_TEXT) {
    if (str_trim(t->text).n) { cell_first(d, b); html_depth_text(d); }
    put_escaped(b, t->text);
    return;
  }
  if (!as || (open && dead_link(a, t))) return;
  if (!open) { if (html_depth_close(d, as)) put_close(b, as); return; }
  if (!(as->is & TAG_TABLE)) cell_first(d, b);
  size_t from = b->n, bytes = put_open(b, t, as);
  if (!html_depth_open(d, as, bytes)) b->n = from;
}

/* False past a cap; *ret is then of no use. */
static bool canonical(Arena *a, Str html, Str *ret, bool *ret_crooked) {
  Buf b = { .arena = a };
  HtmlDepth *depth = NEW(a, HtmlDepth);
  HtmlTokens in = { .rest = html };
  size_t tags = 0;
  buf_add(&b, S("<!DOCTYPE html><body>"));
  for (HtmlToken t = html_token(&in); t.kind != HTML_END; t = html_token(&in)) {
    if (t.kind != HTML_TEXT && ++tags > CAP_HTML_TAGS) return false;
    put_token(a, depth, &b, &t);
    if (depth->over || b.n > CAP_HTML_BYTES) return false;
  }
  *ret = buf_str(&b);
  *ret_crooked = depth->crooked || depth->n_cut > 0;
  return true;
}

static HtmlNode *node_add(Arena *a, HtmlNode *parent, const HtmlTag *tag, Str text) {
  HtmlNode *n = NEW(a, HtmlNode);
  *n = (HtmlNode){ .tag = tag, .text = text, .parent = parent };
  if (parent->last) parent->last->next = n;
  else parent->first = n;
  parent->last = n;
  return n;
}

static void copy_attrs(Arena *a, const GumboVector *from, HtmlNode *to) {
  to->attrs = NEW_N(a, HtmlAttr, from->length);
  for (unsigned i = 0; i < from->length; i++) {
    const GumboAttribute *g = from->data[i];
    Str value = str_utf8_fix(a, str_dup(a, str_z(g->value)));
    to->attrs[to->n_attrs++] = (HtmlAttr){ str_dup(a, str_z(g->name)), value };
  }
}

/* Past the depth we keep, elements are taken off and their text stays. */
static void copy(Arena *a, const GumboNode *from, HtmlNode *to, int depth) {
  if (from->type == GUMBO_NODE_TEXT || from->type == GUMBO_NODE_WHITESPACE || from->type == GUMBO_NODE_CDATA) {
    node_add(a, to, NULL, str_utf8_fix(a, str_dup(a, str_z(from->v.text.text))));
    return;
  }
  if (from->type != GUMBO_NODE_ELEMENT) return;
  const GumboVector *children = &from->v.element.children;
  const HtmlTag *tag = html_tag(str_z(gumbo_normalized_tagname(from->v.element.tag)));
  if (tag && depth < 2 * CAP_HTML_DEPTH) {
    to = node_add(a, to, tag, S(""));
    copy_attrs(a, &from->v.element.attributes, to);
  }
  for (unsigned i = 0; i < children->length && depth < 8 * CAP_HTML_DEPTH; i++) copy(a, children->data[i], to, depth + 1);
}

static void parse_into(Arena *a, Str canonical_html, HtmlNode *body) {
  GumboOutput *out = gumbo_parse_with_options(&kGumboDefaultOptions, canonical_html.p, canonical_html.n);
  const GumboVector *top = &out->root->v.element.children;
  for (unsigned i = 0; i < top->length; i++) {
    const GumboNode *n = top->data[i];
    if (n->type != GUMBO_NODE_ELEMENT || n->v.element.tag != GUMBO_TAG_BODY) continue;
    for (unsigned k = 0; k < n->v.element.children.length; k++) copy(a, n->v.element.children.data[k], body, 1);
  }
  gumbo_destroy_output(&kGumboDefaultOptions, out);
}

/* Text alone, in linear time: a paragraph for each block, a <br> for each <br>. */
static void flat_into(Arena *a, Str html, HtmlNode *body) {
  HtmlTokens in = { .rest = html };
  HtmlNode *p = NULL;
  for (HtmlToken t = html_token(&in); t.kind != HTML_END; t = html_token(&in)) {
    if (t.kind != HTML_TEXT) {
      if (html_tag_is(t.tag, "br") && p) node_add(a, p, t.tag, S(""));
      else if (t.tag && t.tag->is & (TAG_BLOCK | TAG_TABLE)) p = NULL;
      continue;
    }
    if (!p && !str_trim(t.text).n) continue;
    if (!p) p = node_add(a, body, html_tag(S("p")), S(""));
    node_add(a, p, NULL, html_entities(a, t.text));
  }
}

static HtmlNode *body_new(Arena *a) {
  HtmlNode *body = NEW(a, HtmlNode);
  body->tag = html_tag(S("div"));
  return body;
}

HtmlNode *html_parse_flat(Arena *a, Str html) {
  HtmlNode *body = body_new(a);
  flat_into(a, str_utf8_fix(a, html), body);
  return body;
}

HtmlNode *html_parse(Arena *a, Str html, HtmlParse *ret) {
  Str neat;
  html = str_utf8_fix(a, html);
  *ret = (HtmlParse){ 0 };
  ret->flat = !canonical(a, html, &neat, &ret->crooked);
  if (ret->flat) return html_parse_flat(a, html);
  HtmlNode *body = body_new(a);
  parse_into(a, neat, body);
  return body;
}

Str html_get(const HtmlNode *n, const char *attr) {
  if (!n->n_attrs) return S("");
  Str want = str_z(attr);
  for (size_t i = 0; i < n->n_attrs; i++) if (str_eq(n->attrs[i].name, want)) return n->attrs[i].value;
  return S("");
}

bool html_node_is(const HtmlNode *n, const char *name) { return n && html_tag_is(n->tag, name); }

bool html_has_class(const HtmlNode *n, Str word) {
  Str rest = html_get(n, "class");
  while (rest.n) {
    Str one;
    str_cut(rest, ' ', &one, &rest);
    if (str_ieq(one, word)) return true;
  }
  return false;
}
