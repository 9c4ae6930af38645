/* text/html_clean.c: see html_clean.h. */
#include "text/html_clean.h"
#include "text/caps.h"
#include "text/html_entity.h"
#include "text/html_parse.h"
#include "text/html_quote.h"
#include "text/tidy.h"
#include "text/url.h"

#define MARK "<!--quote-->"                  /* comments of strangers never get here */

typedef struct { Arena *arena; Buf *to; const HtmlNode *quote; int in_link, links, tags; } Out;

/* The element to write, "" to write only what is in it. */
static Str written_as(const Out *o, const HtmlNode *n) {
  bool dead = html_node_is(n, "a") && (o->in_link || o->links >= CAP_LINKS || !url_safe(o->arena, html_get(n, "href")).n);
  return dead ? S("") : n->tag->name;
}

static void attr(Out *o, const char *name, Str value) {
  buf_fmt(o->to, " %s=\"", name);
  html_escape(o->to, value);
  buf_char(o->to, '"');
}

static void attr_number(Out *o, const HtmlNode *n, const char *name, int64_t most) {
  int64_t v;
  if (str_int(html_get(n, name), &v) && v >= 0 && v <= most) { buf_fmt(o->to, " %s=\"", name); buf_int(o->to, v); buf_char(o->to, '"'); }
}

static void attr_words(Out *o, const HtmlNode *n, const char *name) {
  Str s = tidy_line(o->arena, html_get(n, name), 500);
  if (s.n) attr(o, name, s);
}

static void attr_dir(Out *o, const HtmlNode *n) {
  Str dir = str_lower(o->arena, html_get(n, "dir")), lang = html_get(n, "lang");
  if (str_eq(dir, S("ltr")) || str_eq(dir, S("rtl")) || str_eq(dir, S("auto"))) attr(o, "dir", dir);
  bool plain = lang.n > 0 && lang.n <= 35;
  for (size_t i = 0; i < lang.n && plain; i++) {
    char c = (char)(lang.p[i] | 32);
    plain = (c >= 'a' && c <= 'z') || (lang.p[i] >= '0' && lang.p[i] <= '9') || lang.p[i] == '-';
  }
  if (plain) attr(o, "lang", lang);
}

/* cid:… or an address on the web; "" if it may not be shown. */
static Str picture(Arena *a, const HtmlNode *n) {
  Str src = str_trim(html_get(n, "data-src"));
  if (!src.n) src = str_trim(html_get(n, "src"));
  if (!str_istarts(src, S("cid:"))) return str_istarts(str_trim(src), S("http")) ? url_safe(a, src) : S("");
  if (src.n > CAP_MESSAGE_ID || src.n == 4) return S("");
  for (size_t i = 0; i < src.n; i++) if ((unsigned char)src.p[i] <= 0x20 || strchr("\"'<>`", src.p[i])) return S("");
  return src;
}

static void write_picture(Out *o, const HtmlNode *n) {
  Str src = picture(o->arena, n), alt = tidy_line(o->arena, html_get(n, "alt"), 500);
  if (!src.n) { html_escape(o->to, alt); return; }
  o->tags++;
  buf_add(o->to, S("<img"));
  attr(o, "data-src", src);
  attr(o, "alt", alt);
  attr_words(o, n, "title");
  attr_number(o, n, "width", 4000);
  attr_number(o, n, "height", 4000);
  buf_char(o->to, '>');
}

static void open_tag(Out *o, const HtmlNode *n, Str name) {
  o->tags++;
  buf_char(o->to, '<');
  buf_add(o->to, name);
  if (html_node_is(n, "a")) {
    attr(o, "href", url_safe(o->arena, html_get(n, "href")));
    attr_words(o, n, "title");
    buf_add(o->to, S(" rel=\"noopener noreferrer nofollow\""));
  }
  if (html_node_is(n, "td") || html_node_is(n, "th")) { attr_number(o, n, "colspan", 100); attr_number(o, n, "rowspan", 1000); }
  if (html_node_is(n, "ol")) attr_number(o, n, "start", 1000000);
  attr_dir(o, n);
  buf_char(o->to, '>');
}

static void close_tag(Out *o, Str name) {
  o->tags++;
  buf_add(o->to, S("</"));
  buf_add(o->to, name);
  buf_char(o->to, '>');
}

/* Closes all that is open, sets the mark, opens it all again. */
static void write_mark(Out *o, const HtmlNode *n) {
  const HtmlNode *up[2 * CAP_HTML_DEPTH + 2];
  size_t depth = 0;
  for (const HtmlNode *p = n->parent; p && p->parent && depth < sizeof up / sizeof *up; p = p->parent) up[depth++] = p;
  int link = o->in_link;
  o->in_link = 0;
  for (size_t i = 0; i < depth; i++) if (written_as(o, up[i]).n) close_tag(o, written_as(o, up[i]));
  buf_add(o->to, S(MARK));
  for (size_t i = depth; i-- > 0;) if (written_as(o, up[i]).n) open_tag(o, up[i], written_as(o, up[i]));
  o->in_link = link;
}

static void write_text(Out *o, Str s, bool heads_pre) {
  Buf b = { .arena = o->arena };
  if (heads_pre && s.n && s.p[0] == '\n') buf_char(&b, '\n');    /* the first line end in a pre is not shown: keep it so */
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 0x20 || c == '\n' || c == '\t') buf_char(&b, s.p[i]);
  }
  html_escape(o->to, buf_str(&b));
}

static void write_node(Out *o, const HtmlNode *n) {
  if (n == o->quote) write_mark(o, n);
  if (!n->tag) { write_text(o, n->text, html_node_is(n->parent, "pre") && n->parent->first == n); return; }
  if (html_node_is(n, "img")) { write_picture(o, n); return; }
  Str name = written_as(o, n);
  bool link = str_eq(name, S("a"));
  if (name.n) open_tag(o, n, name);
  o->in_link += link;
  o->links += link;
  for (const HtmlNode *c = n->first; c; c = c->next) write_node(o, c);
  o->in_link -= link;
  if (name.n && !(n->tag->is & TAG_VOID)) close_tag(o, name);
}

enum { ROUNDS = 4 };

static Html flat(Arena *a, Str html) {
  Buf b = { .arena = a };
  Out o = { .arena = a, .to = &b };
  for (const HtmlNode *c = html_parse_flat(a, html)->first; c; c = c->next) write_node(&o, c);
  return (Html){ buf_str(&b) };
}

/* Once through. *ret_sure: a second time would change nothing. Elements that are opened again and again can make the output
   far larger than the input: the caps hold for both. */
static Html once(Arena *a, Str html, bool mail, bool *ret_sure) {
  HtmlParse how;
  const HtmlNode *body = html_parse(a, html, &how);
  Buf b = { .arena = a };
  Out o = { .arena = a, .to = &b, .quote = mail && !how.flat ? html_quote(a, body) : NULL };
  for (const HtmlNode *c = body->first; c; c = c->next) write_node(&o, c);
  bool fits = how.flat || (b.n <= CAP_HTML_BYTES && o.tags <= CAP_HTML_TAGS);
  *ret_sure = how.flat || !fits || !how.crooked;
  return fits ? (Html){ buf_str(&b) } : flat(a, html);
}

/* What was not well nested may need to be mended more than once, for the HTML5 algorithm puts headings into headings and
   lists into list items that it would not read back as such. */
Html html_clean(Arena *a, Str html) {
  bool sure;
  Html now = once(a, html, false, &sure);
  for (int i = 0; i < ROUNDS && !sure; i++) {
    Html next = once(a, now.s, false, &sure);
    sure = sure || str_eq(next.s, now.s);
    now = next;
  }
  return sure ? now : flat(a, html);
}

Html html_clean_mail(Arena *a, Str html) {
  bool sure;
  Html marked = once(a, html, true, &sure), reply, quoted;
  if (sure) return marked;
  if (!html_fold(marked, &reply, &quoted)) return html_clean(a, html);
  return (Html){ str_cat(a, html_clean(a, reply.s).s, S(MARK), html_clean(a, quoted.s).s) };
}

bool html_fold(Html stored, Html *ret_reply, Html *ret_quoted) {
  size_t at = str_find(stored.s, S(MARK));
  *ret_reply = (Html){ str_head(stored.s, at) };
  *ret_quoted = (Html){ at == SIZE_MAX ? S("") : str_from(stored.s, at + sizeof MARK - 1) };
  return at != SIZE_MAX;
}

Html html_pictures(Arena *a, Html clean_html, Str (*where)(void *arg, Str address), void *arg) {
  static const char name[] = " data-src=\"";                     /* quotes in text are escaped: only our own tags hold this */
  Buf b = { .arena = a };
  Str rest = clean_html.s, value, tail;
  for (size_t at; (at = str_find(rest, str_z(name))) != SIZE_MAX; rest = tail) {
    str_cut(str_from(rest, at + sizeof name - 1), '"', &value, &tail);
    Str to = where(arg, html_entities(a, value));
    buf_add(&b, str_head(rest, at));
    buf_add(&b, to.n ? S(" src=\"") : S(" data-src=\""));
    if (to.n) html_escape(&b, to);
    else buf_add(&b, value);
    buf_char(&b, '"');
  }
  buf_add(&b, rest);
  return (Html){ buf_str(&b) };
}
