/* tools/ct_html.c: the part of HTML and SVG that our pages use, as tables. What is not here does not build. */
#include "tools/ct.h"

static bool among(Str s, const char *const *list) {
  for (; *list; list++) if (str_eq(s, str_z(*list))) return true;
  return false;
}
#define AMONG(s, ...) among((s), (const char *const[]){ __VA_ARGS__, NULL })

bool ct_void(Str e) { return AMONG(e, "area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"); }

bool ct_drawn(Str e) {
  return AMONG(e, "path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use", "stop", "g", "symbol", "defs", "text", "tspan",
               "linearGradient", "pattern", "clipPath", "mask", "desc", "svg");
}

bool ct_block(Str e) {
  return AMONG(e, "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figcaption", "figure", "footer",
               "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul");
}

bool ct_known(Str e) {
  return ct_void(e) || ct_drawn(e) || ct_block(e) ||
    AMONG(e, "html", "head", "body", "title", "script", "style", "a", "abbr", "b", "bdi", "button", "caption", "cite", "code", "colgroup",
          "data", "datalist", "dd", "del", "dfn", "dt", "em", "i", "iframe", "ins", "kbd", "label", "legend", "li", "mark", "meter", "noscript",
          "optgroup", "option", "output", "picture", "progress", "q", "s", "samp", "select", "small", "span", "strong", "sub", "summary", "sup",
          "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "tr", "u", "var", "center");
}

bool ct_wordless(Str e)   { return AMONG(e, "code", "kbd", "samp", "pre", "script", "style"); }
bool ct_attr_words(Str a) { return AMONG(a, "title", "alt", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "label", "summary", "abbr", "hx-confirm"); }

AttrKind ct_attr(Str e, Str a) {
  if (AMONG(a, "href", "src", "action", "formaction", "poster", "cite", "ping", "background", "longdesc", "manifest", "xlink:href",
            "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", "sse-connect")) return ATTR_URL;
  if (AMONG(a, "style", "srcset", "imagesrcset", "sandbox", "allow", "integrity", "nonce", "is", "hx-vals", "hx-vars", "hx-headers", "hx-request",
            "hx-trigger", "hx-ext", "hx-swap")) return ATTR_LITERAL;
  if (AMONG(e, "script", "link", "meta", "iframe", "base") && !AMONG(a, "id", "content", "title", "hreflang", "lang", "name")) return ATTR_LITERAL;
  return ATTR_PLAIN;
}

bool ct_url_fits(Str raw, bool mail) {
  size_t i = 0;
  if (str_starts(raw, S("{{"))) return true;
  while (i < raw.n && !strchr(":/?#{", raw.p[i])) i++;
  if (i == raw.n || raw.p[i] != ':') return true;
  Str scheme = str_head(raw, i);
  return AMONG(scheme, "http", "https", "mailto", "tel") || (mail && str_eq(scheme, S("cid")));
}

bool ct_markup(Str s, Str *ret_why) {
  Str open[8];
  size_t depth = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] != '<') continue;
    Str tag = str_from(s, i + 1);
    size_t end = str_find(tag, S(">"));
    if (end == SIZE_MAX) { *ret_why = S("a tag without its >"); return false; }
    tag = str_head(tag, end);
    i += end + 1;
    bool close = str_starts(tag, S("/"));
    Str name = close ? str_from(tag, 1) : tag, attrs;
    str_cut(name, ' ', &name, &attrs);
    if (!AMONG(name, "b", "i", "em", "strong", "small", "span", "a", "br", "bdi", "kbd", "code", "time", "q")) { *ret_why = S("a sentence may hold a b i em strong small span bdi kbd code time q br"); return false; }
    if (str_find(attrs, S(" on")) != SIZE_MAX || str_starts(attrs, S("on")) || str_find(attrs, S("style")) != SIZE_MAX) { *ret_why = S("no code and no style in a sentence"); return false; }
    if (str_eq(name, S("br"))) continue;
    if (!close) {
      if (depth == COUNT(open)) { *ret_why = S("too deep for a sentence"); return false; }
      open[depth++] = name;
    } else if (!depth || !str_eq(open[--depth], name)) { *ret_why = S("tags of the sentence are crossed"); return false; }
  }
  *ret_why = S("a tag of the sentence is not closed");
  return depth == 0;
}
