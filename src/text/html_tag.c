/* text/html_tag.c: see html_tag.h. Keep the table in alphabetical order: it is searched by halves. */
#include "text/html_tag.h"
#include "base/err.h"

#define T(n, flags) { { n, sizeof(n) - 1 }, (flags) }
static const HtmlTag tags[] = {
  T("a",          TAG_OUT | TAG_FORMAT),
  T("abbr",       TAG_OUT),
  T("address",    TAG_BLOCK),
  T("article",    TAG_BLOCK),
  T("aside",      TAG_BLOCK),
  T("b",          TAG_OUT | TAG_FORMAT),
  T("bdi",        TAG_OUT),
  T("bdo",        TAG_OUT),
  T("big",        0),
  T("blockquote", TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("br",         TAG_OUT | TAG_VOID),
  T("caption",    TAG_OUT | TAG_TABLE),
  T("center",     TAG_BLOCK),
  T("cite",       TAG_OUT),
  T("code",       TAG_OUT | TAG_FORMAT),
  T("col",        TAG_VOID),
  T("colgroup",   0),
  T("dd",         TAG_OUT | TAG_BLOCK | TAG_LIST),
  T("del",        TAG_OUT),
  T("details",    TAG_BLOCK),
  T("dfn",        TAG_OUT),
  T("div",        TAG_OUT | TAG_BLOCK),
  T("dl",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("dt",         TAG_OUT | TAG_BLOCK | TAG_LIST),
  T("em",         TAG_OUT | TAG_FORMAT),
  T("figcaption", TAG_BLOCK),
  T("figure",     TAG_BLOCK | TAG_PARTED),
  T("font",       0),
  T("footer",     TAG_BLOCK),
  T("h1",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("h2",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("h3",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("h4",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("h5",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("h6",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("header",     TAG_BLOCK),
  T("hr",         TAG_OUT | TAG_BLOCK | TAG_VOID),
  T("i",          TAG_OUT | TAG_FORMAT),
  T("iframe",     TAG_RAW),
  T("img",        TAG_OUT | TAG_VOID),
  T("ins",        TAG_OUT),
  T("kbd",        TAG_OUT),
  T("li",         TAG_OUT | TAG_BLOCK | TAG_LIST),
  T("main",       TAG_BLOCK),
  T("mark",       TAG_OUT),
  T("math",       TAG_GONE),
  T("nav",        TAG_BLOCK),
  T("noembed",    TAG_RAW),
  T("noframes",   TAG_RAW),
  T("noscript",   TAG_GONE),
  T("ol",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("p",          TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("pre",        TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("q",          TAG_OUT),
  T("s",          TAG_OUT | TAG_FORMAT),
  T("samp",       TAG_OUT),
  T("script",     TAG_RAW),
  T("section",    TAG_BLOCK),
  T("select",     TAG_GONE),
  T("small",      TAG_OUT | TAG_FORMAT),
  T("span",       0),
  T("strike",     0),
  T("strong",     TAG_OUT | TAG_FORMAT),
  T("style",      TAG_RAW),
  T("sub",        TAG_OUT),
  T("summary",    TAG_BLOCK),
  T("sup",        TAG_OUT),
  T("svg",        TAG_GONE),
  T("table",      TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("tbody",      TAG_OUT | TAG_TABLE),
  T("td",         TAG_OUT | TAG_TABLE),
  T("template",   TAG_GONE),
  T("textarea",   TAG_RAW),
  T("tfoot",      TAG_OUT | TAG_TABLE),
  T("th",         TAG_OUT | TAG_TABLE),
  T("thead",      TAG_OUT | TAG_TABLE),
  T("title",      TAG_RAW),
  T("tr",         TAG_OUT | TAG_TABLE),
  T("tt",         0),
  T("u",          TAG_OUT | TAG_FORMAT),
  T("ul",         TAG_OUT | TAG_BLOCK | TAG_PARTED),
  T("var",        TAG_OUT),
  T("wbr",        TAG_OUT | TAG_VOID),
  T("xmp",        TAG_RAW),
};
#undef T

static int compare(Str given, Str name) {
  for (size_t i = 0; i < given.n && i < name.n; i++) {
    char c = given.p[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    if (c != name.p[i]) return (unsigned char)c < (unsigned char)name.p[i] ? -1 : 1;
  }
  return (given.n > name.n) - (given.n < name.n);
}

const HtmlTag *html_tag(Str name) {
  size_t lo = 0, hi = COUNT(tags);
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    int c = compare(name, tags[mid].name);
    if (c == 0) return &tags[mid];
    if (c < 0) hi = mid;
    else lo = mid + 1;
  }
  return NULL;
}

bool html_tag_is(const HtmlTag *t, const char *name) {
  return t && strncmp(t->name.p, name, t->name.n) == 0 && name[t->name.n] == 0;
}

const HtmlTag *html_tag_written(const HtmlTag *t) {
  if (!t || t->is & (TAG_RAW | TAG_GONE)) return NULL;
  if (t->is & TAG_OUT) return t;
  if (t->is & TAG_BLOCK) return html_tag(S("div"));
  return html_tag_is(t, "strike") ? html_tag(S("s")) : html_tag_is(t, "tt") ? html_tag(S("code")) : NULL;
}
