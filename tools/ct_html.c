/* tools/ct_html.c: the part of HTML and SVG that our pages use, as tables. What is not here does not build. */
#include "ct.h"

static bool among(Str s, const char *const *list) {
  for (; *list; list++) if (str_eq(s, str_z(*list))) return true;
  return false;
}
#define AMONG(s, ...) among((s), (const char *const[]){ __VA_ARGS__, NULL })

bool ct_void(Str e) { return AMONG(e, "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"); }

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
bool ct_attr_words(Str a) { return AMONG(a, "title", "alt", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "label", "summary", "abbr"); }

AttrKind ct_attr(Str e, Str a) {
  if (AMONG(a, "href", "src", "action", "formaction", "poster", "cite", "ping", "background", "longdesc", "manifest", "xlink:href")) return ATTR_URL;
  if (AMONG(a, "style", "srcset", "imagesrcset", "sandbox", "allow", "integrity", "nonce", "is")) return ATTR_LITERAL;
  if (AMONG(e, "script", "link", "meta", "iframe", "base") && !AMONG(a, "id", "content", "title", "hreflang", "lang", "name")) return ATTR_LITERAL;
  return ATTR_PLAIN;
}

bool ct_url_fits(Str raw, bool mail) {
  size_t i = 0;
  while (str_starts(raw, S("{{"))) {                       /* after a hole a colon could still make a scheme of it */
    size_t end = str_find(raw, S("}}"));
    raw = end == SIZE_MAX ? S("") : str_from(raw, end + 2);
    for (i = 0; i < raw.n && !strchr("/?#", raw.p[i]) && !str_starts(str_from(raw, i), S("{{")); i++) if (raw.p[i] == ':') return false;
    if (i == raw.n || raw.p[i] != '{') return true;
    raw = str_from(raw, i);
  }
  while (i < raw.n && !strchr(":/?#{", raw.p[i])) i++;
  if (i == raw.n || raw.p[i] != ':') return true;
  Str scheme = str_head(raw, i);
  return AMONG(scheme, "http", "https", "mailto", "tel") || (mail && str_eq(scheme, S("cid")));
}

/* The attributes of a tag in a sentence, as they stand in a C literal: name=\"value\" … */
static const char *sentence_attrs(Str s) {
  while ((s = str_trim(s)).n) {
    Str name, rest, value;
    if (!str_cut(s, '=', &name, &rest)) return "a place of a sentence stands in text or inside a value";
    if (!AMONG(name, "href", "class", "title", "lang", "datetime", "translate")) return "an attribute of a sentence: href class title lang datetime translate, no code and no style";
    if (!str_starts(rest, S("\\\""))) return "double quotes round a value of a sentence";
    rest = str_from(rest, 2);
    size_t end = str_find(rest, S("\\\""));
    if (end == SIZE_MAX) return "double quotes round a value of a sentence";
    value = str_head(rest, end);
    if (str_eq(name, S("href")) && !str_starts(value, S("%")) && !ct_url_fits(value, false)) return "href: http, https, mailto, tel or a path of ours";
    s = str_from(rest, end + 2);
  }
  return NULL;
}

const char *ct_markup(Str s) {
  Str open[8];
  size_t depth = 0;
  for (size_t at; (at = str_find(s, S("<"))) != SIZE_MAX; ) {
    Str tag, name, attrs;
    if (!str_cut(str_from(s, at + 1), '>', &tag, &s)) return "a tag without its >";
    bool close = str_starts(tag, S("/"));
    str_cut(close ? str_from(tag, 1) : tag, ' ', &name, &attrs);
    if (!AMONG(name, "b", "i", "em", "strong", "small", "span", "a", "br", "bdi", "kbd", "code", "time", "q"))
      return "a sentence may hold a b i em strong small span bdi kbd code time q br";
    const char *why = sentence_attrs(attrs);
    if (why) return why;
    if (str_eq(name, S("br"))) continue;
    if (close) {
      if (!depth || !str_eq(open[--depth], name)) return "tags of the sentence are crossed";
    } else {
      if (depth == COUNT(open)) return "too deep for a sentence";
      open[depth++] = name;
    }
  }
  return depth ? "a tag of the sentence is not closed" : NULL;
}
