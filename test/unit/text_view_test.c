/* The printers of pages: whatever people type, the page keeps the shape it has with harmless values, and says what they
   typed. Judged by an HTML5 parser that is not ours. */
#include "test.h"
#include <gumbo.h>
#include "base/random.h"
#include "shapes.h"
#include "text/json.h"

typedef void Draw(View *, const Shapes *);
static Draw *const draws[] = { view_shape_text, view_shape_attr, view_shape_url, view_shape_rcdata, view_shape_json, view_shape_words, view_shape_loops };

static Str drawn(Arena *a, Draw *draw, Str s) {
  Buf b = { .arena = a };
  View v = { .out = &b, .arena = a, .now = 1778762400 * SECOND };
  Shapes d = { .str = s, .z = str_cstr(a, s), .html = HTML("<em>ours</em>"), .n = 2, .d = 12.5, .on = true };
  draw(&v, &d);
  return buf_str(&b);
}

static Str original(Str s, const GumboElement *e) {
  GumboStringPiece piece = e->original_tag;
  gumbo_tag_from_original_text(&piece);
  (void)s;
  return (Str){ piece.data, piece.length };
}

/* Elements, names of attributes, and where text stands, as one line. */
static void shape(Buf *b, const GumboNode *n) {
  switch (n->type) {
    case GUMBO_NODE_ELEMENT: {
      const GumboElement *e = &n->v.element;
      const char *name = gumbo_normalized_tagname(e->tag);
      buf_fmt(b, "<%s", *name ? name : "?");
      if (!*name) buf_add(b, original(S(""), e));
      for (unsigned i = 0; i < e->attributes.length; i++) buf_fmt(b, " %s", ((GumboAttribute *)e->attributes.data[i])->name);
      buf_char(b, '>');
      for (unsigned i = 0; i < e->children.length; i++) shape(b, e->children.data[i]);
      buf_add(b, S("</>"));
      break;
    }
    case GUMBO_NODE_TEXT: case GUMBO_NODE_WHITESPACE: buf_char(b, '.'); break;
    case GUMBO_NODE_DOCUMENT:
      for (unsigned i = 0; i < n->v.document.children.length; i++) shape(b, n->v.document.children.data[i]);
      break;
    default: buf_add(b, S("!")); break;                      /* comments and the like: we write none */
  }
}

static Str shape_of(Arena *a, Str html) {
  GumboOutput *g = gumbo_parse_with_options(&kGumboDefaultOptions, html.p, html.n);
  Buf b = { .arena = a };
  shape(&b, g->document);
  gumbo_destroy_output(&kGumboDefaultOptions, g);
  return buf_str(&b);
}

static const char *const hostile[] = {
  "<", ">", "\"", "'", "&", "&amp;", "&lt;script&gt;", "</title></textarea></script></pre>", "<script>alert(1)</script>", "\"><script>alert(1)</script>",
  "' onmouseover='x", "\" onmouseover=\"x", "<!--", "-->", "<![CDATA[x]]>", "]]>", "<svg/onload=x>", "javascript:alert(1)", " javascript:alert(1)",
  "java\tscript:alert(1)", "JaVaScRiPt:alert(1)", "\001javascript:alert(1)", "data:text/html,<script>x</script>", "vbscript:x", "//evil.example/x",
  "/\\evil.example", "http://x\" onclick=\"y", "\\u003cscript>", "\xE2\x80\xA8\xE2\x80\xA9", "\xE2\x80\xAE abc", "`x`", "{{ x }}", "</bdi></b></a>", "a=b", "%s%1$s%%",
  "\xEF\xBC\x9Cscript\xEF\xBC\x9E", "<plaintext>", "</p><div>", "<table><tr>", "\r\n\r\n", "\f", "\x7f", "&#106;avascript:x", "x\n/>y", "--!>", "<?php ?>",
};

static void same_shape(Arena *a, Str s) {
  for (size_t i = 0; i < COUNT(draws); i++) {
    Str plain = shape_of(a, drawn(a, draws[i], S("abc"))), now = shape_of(a, drawn(a, draws[i], s));
    if (!str_eq(plain, now)) print_message("view %zu with \"" STR_FMT "\":\n" STR_FMT "\n", i, STR_ARG(s), STR_ARG(drawn(a, draws[i], s)));
    IS(now, plain);
  }
}

TEST(hostile_values_do_not_change_the_shape) {
  for (size_t i = 0; i < COUNT(hostile); i++) same_shape(a, str_z(hostile[i]));
}

TEST(nor_do_random_ones) {
  Rng r = rng_seed(20260514);
  for (int i = 0; i < 400; i++) {
    Buf b = { .arena = a };
    for (uint64_t k = 1 + rng_below(&r, 6); k; k--) {
      if (rng_below(&r, 3)) buf_add(&b, str_z(hostile[rng_below(&r, COUNT(hostile))]));
      else buf_utf8(&b, (uint32_t)(rng_below(&r, 2) ? 1 + rng_below(&r, 0x7f) : 1 + rng_below(&r, 0xFFFF)));
    }
    Arena *mine = arena_new(64 << 20);
    same_shape(mine, str_utf8_fix(mine, buf_str(&b)));
    arena_free(mine);
  }
}

/* What the parser reads out of a place is what was put in. */
static const GumboNode *first(const GumboNode *n, GumboTag tag) {
  if (n->type != GUMBO_NODE_ELEMENT) return NULL;
  if (n->v.element.tag == tag) return n;
  for (unsigned i = 0; i < n->v.element.children.length; i++) {
    const GumboNode *found = first(n->v.element.children.data[i], tag);
    if (found) return found;
  }
  return NULL;
}

TEST(values_come_back_as_they_were) {
  for (size_t i = 0; i < COUNT(hostile); i++) {
    Str s = str_z(hostile[i]);
    if (strpbrk(hostile[i], "\r\f\001\x7f")) continue;                    /* HTML itself folds or warns of these */
    Str html = drawn(a, view_shape_attr, s);
    GumboOutput *g = gumbo_parse_with_options(&kGumboDefaultOptions, html.p, html.n);
    const GumboNode *p = first(g->root, GUMBO_TAG_P);
    IS(str_z(gumbo_get_attribute(&p->v.element.attributes, "title")->value), s);
    IS(str_z(gumbo_get_attribute(&p->v.element.attributes, "data-x")->value), s);
    IS(str_z(((GumboNode *)p->v.element.children.data[0])->v.text.text), s);
    gumbo_destroy_output(&kGumboDefaultOptions, g);

    html = drawn(a, view_shape_json, s);
    g = gumbo_parse_with_options(&kGumboDefaultOptions, html.p, html.n);
    const GumboNode *script = first(g->root, GUMBO_TAG_SCRIPT);
    Cx cx = { .arena = a };
    const Json *json;
    OK(&cx, json_read(&cx, str_z(((GumboNode *)script->v.element.children.data[0])->v.text.text), &json));
    IS(json_get(json, "str")->text, s);
    IS(json_get(json, "words")->text, str_cat(a, S("Reply to "), s));
    gumbo_destroy_output(&kGumboDefaultOptions, g);
  }
}

static void urls(const GumboNode *n, int *ret_seen) {
  if (n->type != GUMBO_NODE_ELEMENT) return;
  static const char *const names[] = { "href", "src", "action", "formaction" };
  for (size_t i = 0; i < COUNT(names); i++) {
    const GumboAttribute *at = gumbo_get_attribute(&n->v.element.attributes, names[i]);
    if (!at) continue;
    char bare[200] = "";                                       /* as browsers read it: no leading blanks, no tabs and line ends */
    size_t k = 0;
    for (const char *c = at->value; *c && k + 1 < sizeof bare; c++) if (k ? !strchr("\t\r\n", *c) : (unsigned char)*c > ' ') bare[k++] = *c;
    MUST(!str_istarts(str_z(bare), S("javascript:")) && !str_istarts(str_z(bare), S("data:")) && !str_istarts(str_z(bare), S("vbscript:")));
    ++*ret_seen;
  }
  for (unsigned i = 0; i < n->v.element.children.length; i++) urls(n->v.element.children.data[i], ret_seen);
}

TEST(no_url_runs_code) {
  for (size_t i = 0; i < COUNT(hostile); i++) {
    int seen = 0;
    Draw *both[] = { view_shape_url, view_shape_words };
    for (size_t k = 0; k < 2; k++) {
      Str html = drawn(a, both[k], str_z(hostile[i]));
      GumboOutput *g = gumbo_parse_with_options(&kGumboDefaultOptions, html.p, html.n);
      urls(g->root, &seen);
      gumbo_destroy_output(&kGumboDefaultOptions, g);
    }
    INT(seen, 9);
  }
  static const struct { int line; const char *url; bool safe; } cases[] = {
    { __LINE__, "https://x.example/a?b=c#d", true }, { __LINE__, "HTTP://x", true },  { __LINE__, "mailto:a@b.example", true }, { __LINE__, "tel:+351", true },
    { __LINE__, "/requests/R-12", true },            { __LINE__, "#top", true },      { __LINE__, "?a=b:c", true },             { __LINE__, "", true },
    { __LINE__, "a/b:c", true },                     { __LINE__, "ftp://x", false },  { __LINE__, "javascript:x", false },      { __LINE__, "blob:x", false },
    { __LINE__, " /x", false },                      { __LINE__, "ja\nvascript:x", false }, { __LINE__, ":x", false },          { __LINE__, "file:///etc", false },
  };
  for (size_t i = 0; i < COUNT(cases); i++) MUST_AT(cases[i].line, url_is_safe(str_z(cases[i].url)) == cases[i].safe);
}

TEST(small_things) {
  Str s = drawn(a, view_shape_url, S("a/b c\xC3\xA9"));
  MUST(str_find(s, S("/requests/a%2Fb%20c%C3%A9/2?q=a%2Fb%20c%C3%A9&amp;z=")) != SIZE_MAX);
  s = drawn(a, view_shape_words, S("Ana"));
  MUST(str_find(s, S("<b><bdi>Ana</bdi></b> waits, see <a href=\"Ana\">here</a> or <a class=\"x\" href=\"/requests/Ana?a=1\">there</a>")) != SIZE_MAX);
  MUST(str_find(s, S("2 people wait for <bdi>Ana</bdi>")) != SIZE_MAX);
  MUST(str_find(s, S("title=\"Reply to Ana\"")) != SIZE_MAX);
  s = drawn(a, view_shape_attr, S("x"));
  MUST(str_find(s, S("data-n=\"2\" data-d=\"12.5\"")) != SIZE_MAX && str_find(s, S(" checked class=\"on\">")) != SIZE_MAX);
  static const struct { int line; double d; const char *is; } numbers[] = {
    { __LINE__, 0, "0" }, { __LINE__, -0.004, "0" }, { __LINE__, 33.333, "33.33" }, { __LINE__, -1.5, "-1.5" }, { __LINE__, 100, "100" },
    { __LINE__, 0.05, "0.05" }, { __LINE__, 1.0 / 0.0, "0" }, { __LINE__, 1e300, "0" },
  };
  for (size_t i = 0; i < COUNT(numbers); i++) {
    Buf b = { .arena = a };
    View v = { .out = &b, .arena = a };
    ht_double(&v, numbers[i].d);
    IS_AT(numbers[i].line, buf_str(&b), str_z(numbers[i].is));
  }
}
