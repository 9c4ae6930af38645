/* text/xml.c: the tree, and how it is written. Reading is xml_read.c. */
#include "text/xml.h"

Str xml_get(const Xml *x, const char *attr) {
  for (size_t i = 0; x && i < x->attrs.n; i++) if (str_eq(x->attrs.at[i].name, str_z(attr))) return x->attrs.at[i].value;
  return S("");
}

bool xml_is(const Xml *x, const char *name) { return x && x->name.n && str_eq(x->name, str_z(name)); }

Xml *xml_own(Xml *x, const char *name) {
  for (size_t i = 0; x && i < x->children.n; i++) if (xml_is(x->children.at[i], name)) return x->children.at[i];
  return NULL;
}

const Xml *xml_child(const Xml *x, const char *name) {
  for (size_t i = 0; x && i < x->children.n; i++) if (xml_is(x->children.at[i], name)) return x->children.at[i];
  return NULL;
}

static void words(Buf *b, const Xml *x) {
  if (!x->name.n) { buf_add(b, x->text); return; }
  for (size_t i = 0; i < x->children.n; i++) words(b, x->children.at[i]);
}

Str xml_words(Arena *a, const Xml *x) {
  Buf b = { .arena = a };
  if (x) words(&b, x);
  return str_trim(buf_str(&b));
}

/* ── making ──────────────────────────────────────────────────────────── */

Xml *xml_new(Arena *a, const char *name) {
  Xml *x = NEW(a, Xml);
  x->name = str_z(name);
  return x;
}

void xml_take(Arena *a, Xml *to, Xml *child) { vec_add(a, &to->children, child); }

Xml *xml_add(Arena *a, Xml *to, const char *name) {
  Xml *x = xml_new(a, name);
  xml_take(a, to, x);
  return x;
}

void xml_set(Arena *a, Xml *x, const char *attr, Str value) { vec_add(a, &x->attrs, (XmlAttr){ str_z(attr), value }); }

void xml_put(Arena *a, Xml *x, Str text) {
  if (!text.n) return;
  Xml *piece = NEW(a, Xml);
  piece->text = text;
  xml_take(a, x, piece);
}

void xml_say(Arena *a, Xml *to, const char *name, Str text) {
  if (text.n) xml_put(a, xml_add(a, to, name), text);
}

/* ── writing ─────────────────────────────────────────────────────────── */

static void escaped(Buf *b, Str s, bool attr) {
  s = str_utf8_fix(b->arena, s);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '&') buf_add(b, S("&amp;"));
    else if (c == '<') buf_add(b, S("&lt;"));
    else if (c == '>') buf_add(b, S("&gt;"));
    else if (c == '"' && attr) buf_add(b, S("&quot;"));
    else if (c == '\r' || (attr && (c == '\n' || c == '\t'))) buf_fmt(b, "&#%d;", c);
    else if (c < 0x20 && c != '\n' && c != '\t') buf_utf8(b, 0xFFFD);
    else buf_char(b, (char)c);
  }
}

static void put(Buf *b, const Xml *x, int level, bool inside_words) {
  bool text = inside_words, any = false;
  for (size_t i = 0; i < x->children.n; i++) { any = true; text |= !x->children.at[i]->name.n; }
  if (!inside_words) for (int i = 0; i < level; i++) buf_add(b, S("  "));
  buf_char(b, '<');
  buf_add(b, x->name);
  for (size_t i = 0; i < x->attrs.n; i++) {
    buf_char(b, ' ');
    buf_add(b, x->attrs.at[i].name);
    buf_add(b, S("=\""));
    escaped(b, x->attrs.at[i].value, true);
    buf_char(b, '"');
  }
  buf_add(b, any ? S(">") : S("/>"));
  if (any && !text) buf_char(b, '\n');
  for (size_t i = 0; i < x->children.n; i++) {
    const Xml *c = x->children.at[i];
    if (c->name.n) put(b, c, level + 1, text); else escaped(b, c->text, false);
  }
  if (any) {
    if (!text) for (int i = 0; i < level; i++) buf_add(b, S("  "));
    buf_add(b, S("</"));
    buf_add(b, x->name);
    buf_char(b, '>');
  }
  if (!inside_words) buf_char(b, '\n');
}

void xml_write(Buf *b, const Xml *x) { put(b, x, 0, false); }

void xml_document(Buf *b, const Xml *x) {
  buf_add(b, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  xml_write(b, x);
}
