/* text/html_token.c: see html_token.h. */
#include "text/html_token.h"

static bool alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

static Str skip_space(Str s) {
  while (s.n && (space(s.p[0]) || s.p[0] == '/')) s = str_from(s, 1);
  return s;
}

/* One attribute off *s, which stands behind the tag's name. False at > or the end; *s then stands there. */
static bool attr(Str *s, Str *name, Str *value) {
  Str r = skip_space(*s);
  *value = S("");
  if (!r.n || r.p[0] == '>') { *s = r; return false; }
  size_t i = 1;                                                 /* a leading = is part of the name */
  while (i < r.n && !space(r.p[i]) && r.p[i] != '/' && r.p[i] != '>' && r.p[i] != '=') i++;
  *name = str_head(r, i);
  r = str_from(r, i);
  Str after = r;
  while (after.n && space(after.p[0])) after = str_from(after, 1);
  if (!after.n || after.p[0] != '=') { *s = r; return true; }
  r = str_from(after, 1);
  while (r.n && space(r.p[0])) r = str_from(r, 1);
  if (r.n && (r.p[0] == '"' || r.p[0] == '\'')) {
    str_cut(str_from(r, 1), r.p[0], value, s);
    return true;
  }
  for (i = 0; i < r.n && !space(r.p[i]) && r.p[i] != '>';) i++;
  *value = str_head(r, i);
  *s = str_from(r, i);
  return true;
}

bool html_attr(Str *attrs, Str *name, Str *value) { return attr(attrs, name, value); }

/* <!-- … -->, <!…>, <?…>, </ …>: what follows it. s stands at the <. */
static Str after_comment(Str s) {
  if (!str_starts(s, S("<!--"))) {
    Str gone, rest;
    str_cut(s, '>', &gone, &rest);
    return rest;
  }
  Str r = str_from(s, 4);
  if (str_starts(r, S(">"))) return str_from(r, 1);
  if (str_starts(r, S("->"))) return str_from(r, 2);
  for (size_t i = 0; i + 2 < r.n; i++)
    if (r.p[i] == '-' && r.p[i + 1] == '-') {
      if (r.p[i + 2] == '>') return str_from(r, i + 3);
      if (r.p[i + 2] == '!' && i + 3 < r.n && r.p[i + 3] == '>') return str_from(r, i + 4);
    }
  return str_from(s, s.n);
}

/* A tag at s, which stands at its <. */
static HtmlToken tag_at(Str s, Str *rest) {
  bool close = s.n > 1 && s.p[1] == '/';
  size_t from = close ? 2 : 1, i = from;
  while (i < s.n && !space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>') i++;
  HtmlToken t = { .kind = close ? HTML_CLOSE : HTML_OPEN, .name = { s.p + from, i - from } };
  t.tag = html_tag(t.name);
  Str r = str_from(s, i), name, value;
  t.text = r;
  while (attr(&r, &name, &value));
  t.text.n = (size_t)(r.p - t.text.p);
  t.self = t.text.n && t.text.p[t.text.n - 1] == '/';
  if (!r.n) t.kind = HTML_END;                                  /* a tag that never ends is not there */
  *rest = str_from(r, 1);
  return t;
}

static bool tag_starts(Str s) {
  if (s.n < 2) return false;
  return alpha(s.p[1]) || s.p[1] == '!' || s.p[1] == '?' || s.p[1] == '/';
}

/* Past the raw text of an element: to its end tag, which is eaten, or to the end. */
static Str after_raw(Str s, Str name) {
  for (size_t i = 0; i + 2 + name.n < s.n; i++) {
    if (s.p[i] != '<' || s.p[i + 1] != '/' || !str_istarts(str_from(s, i + 2), name)) continue;
    char c = s.p[i + 2 + name.n];
    if (!space(c) && c != '/' && c != '>') continue;
    Str rest;
    tag_at(str_from(s, i), &rest);
    return rest;
  }
  return str_from(s, s.n);
}

static HtmlToken next(Str *rest) {
  for (;;) {
    Str s = *rest;
    if (!s.n) return (HtmlToken){ .kind = HTML_END };
    if (s.p[0] == '<' && tag_starts(s)) {
      bool named = alpha(s.p[1]) || (s.p[1] == '/' && s.n > 2 && alpha(s.p[2]));
      if (!named) { *rest = after_comment(s); continue; }
      HtmlToken t = tag_at(s, rest);
      if (t.kind == HTML_OPEN && t.tag && t.tag->is & TAG_RAW) { *rest = after_raw(*rest, t.name); continue; }
      return t;
    }
    size_t i = 1;
    while (i < s.n && !(s.p[i] == '<' && tag_starts(str_from(s, i)))) i++;
    *rest = str_from(s, i);
    return (HtmlToken){ .kind = HTML_TEXT, .text = str_head(s, i) };
  }
}

/* Past the end tag that closes a TAG_GONE element; false if there is none: then only the tag itself goes. */
static bool skip_gone(Str *rest, const HtmlTag *tag) {
  Str r = *rest;
  for (int depth = 1; depth;) {
    HtmlToken t = next(&r);
    if (t.kind == HTML_END) return false;
    if (t.tag != tag || t.self) continue;
    depth += t.kind == HTML_OPEN ? 1 : -1;
  }
  *rest = r;
  return true;
}

/* A bit for each TAG_GONE element, to remember that no end tag follows: looking again and again would be quadratic. */
static unsigned gone_bit(const HtmlTag *tag) {
  static const char *const names[] = { "math", "noscript", "select", "svg", "template" };
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) if (html_tag_is(tag, names[i])) return 1u << i;
  return 0;
}

HtmlToken html_token(HtmlTokens *in) {
  for (;;) {
    HtmlToken t = next(&in->rest);
    if (!t.tag || !(t.tag->is & TAG_GONE) || t.kind == HTML_END) return t;
    if (t.kind == HTML_CLOSE || t.self || in->never & gone_bit(t.tag)) continue;
    if (!skip_gone(&in->rest, t.tag)) in->never |= gone_bit(t.tag);
  }
}
