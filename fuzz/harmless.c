#include "harmless.h"
#include "base/err.h"
#include "text/html_entity.h"
#include "text/html_token.h"

static bool attr_ok(Arena *a, Str name, Str value, bool markdown) {
  static const char *const attrs[] = { "href", "title", "rel", "data-src", "alt", "width", "height", "colspan", "rowspan", "start", "dir", "lang" };
  bool known = markdown && str_eq(name, S("class"));
  for (size_t i = 0; i < COUNT(attrs); i++) known = known || str_eq(name, str_z(attrs[i]));
  value = html_entities(a, value);
  bool web = str_istarts(value, S("http://")) || str_istarts(value, S("https://"));
  if (str_eq(name, S("href")) && !web && !str_istarts(value, S("mailto:")) && !str_istarts(value, S("tel:"))) return false;
  if (str_eq(name, S("data-src")) && !web && !str_istarts(value, S("cid:"))) return false;
  return known;
}

bool harmless(Arena *a, Str html, bool markdown) {
  HtmlTokens in = { .rest = html };
  for (HtmlToken t = html_token(&in); t.kind != HTML_END; t = html_token(&in)) {
    if (t.kind == HTML_TEXT) continue;
    if (!t.tag || !(t.tag->is & TAG_OUT)) return false;
    Str rest = t.text, name, value;
    while (html_attr(&rest, &name, &value)) if (!attr_ok(a, name, value, markdown)) return false;
  }
  return str_utf8_ok(html) && str_ifind(html, S("<script")) == SIZE_MAX && str_find(html, S("<!")) == SIZE_MAX;
}
