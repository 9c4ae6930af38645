/* text/html_text.c: see html_text.h. Words are written one after another; line ends are only owed until a word comes. */
#include "text/html_text.h"
#include "base/buf.h"
#include "text/html_parse.h"
#include "text/html_quote.h"
#include "text/quote.h"
#include "text/url.h"

typedef struct {
  Arena          *arena;
  Buf             to;
  int             owed;                  /* line ends before the next word: 2 leaves a blank line */
  bool            gap, sep;              /* a blank, or the end of a table cell, before the next word */
  int             quotes, was_quotes;    /* depth of "> " now, and on the line before */
  int             lists;
  Str             bullet;
  bool            pre, marking;
  int             numbers[32];           /* of the open lists; -1: bullets */
  const HtmlNode *quote;
  int64_t         quote_at;
} Out;

static void owe(Out *o, int lines) {
  if (o->to.n && o->owed < lines) o->owed = lines;
}

static void prefix(Out *o, int depth) {
  for (int i = 0; i < depth; i++) buf_add(&o->to, S("> "));
}

static void unblank(Out *o) {                    /* no blanks at the end of a line, not even after > */
  while (o->to.n && o->to.p[o->to.n - 1] == ' ') o->to.n--;
}

static void before_word(Out *o) {
  bool fresh = o->to.n == 0 || o->owed > 0;
  for (int i = 0; i < o->owed; i++) {
    if (i) { prefix(o, o->quotes < o->was_quotes ? o->quotes : o->was_quotes); unblank(o); }
    buf_char(&o->to, '\n');
  }
  if (fresh) {
    if (o->marking) o->quote_at = (int64_t)o->to.n;
    o->marking = false;
    prefix(o, o->quotes);
    int indent = o->lists * 2 - (o->bullet.n ? 2 : 0);
    for (int i = 0; i < indent; i++) buf_char(&o->to, ' ');
    buf_add(&o->to, o->bullet);
    o->bullet = S("");
  } else if (o->sep) buf_add(&o->to, S(" | "));
  else if (o->gap) buf_char(&o->to, ' ');
  o->was_quotes = o->quotes;
  o->owed = 0;
  o->gap = o->sep = false;
}

/* Bytes of white space at the head (a no-break space is one), or of a mark without width that only fills. */
static size_t space_at(Str s, bool *ret_shown) {
  unsigned char c = (unsigned char)s.p[0];
  *ret_shown = true;
  if (c <= ' ' || c == 0x7f) return 1;
  if (str_starts(s, S("\xC2\xA0"))) return 2;
  *ret_shown = false;
  if (str_starts(s, S("\xE2\x80\x8B")) || str_starts(s, S("\xEF\xBB\xBF"))) return 3;
  return str_starts(s, S("\xCD\x8F")) || str_starts(s, S("\xC2\xAD")) ? 2 : 0;
}

static void words(Out *o, Str s) {
  while (s.n) {
    bool shown;
    size_t n = space_at(s, &shown);
    if (n) { o->gap = o->gap || shown; s = str_from(s, n); continue; }
    before_word(o);
    while (s.n && !space_at(s, &shown)) { buf_char(&o->to, s.p[0]); s = str_from(s, 1); }
  }
}

static void pre_words(Out *o, Str s) {
  while (s.n) {
    bool more = memchr(s.p, '\n', s.n) != NULL;
    Str line = str_line(&s);
    if (str_trim(line).n) { before_word(o); buf_add(&o->to, line); }
    if (more) o->owed = o->to.n && o->owed < 2 ? o->owed + 1 : o->owed;
  }
}

static void walk(Out *o, const HtmlNode *n);

static void children(Out *o, const HtmlNode *n) {
  for (const HtmlNode *c = n->first; c; c = c->next) walk(o, c);
}

/* The address without what a reader leaves off: scheme, www, the slash at the end. */
static Str bare(Str url) {
  static const char *const heads[] = { "https://", "http://", "mailto:", "tel:", "www." };
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) if (str_istarts(url, str_z(heads[i]))) url = str_from(url, strlen(heads[i]));
  return str_ends(url, S("/")) ? str_head(url, url.n - 1) : url;
}

static void link(Out *o, const HtmlNode *n) {
  size_t from = o->to.n;
  children(o, n);
  Str shown = str_trim(str_from(buf_str(&o->to), from)), url = url_safe(o->arena, html_get(n, "href"));
  if (!url.n || !shown.n || str_ieq(bare(shown), bare(url))) return;
  o->gap = true;
  before_word(o);
  buf_char(&o->to, '<');
  buf_add(&o->to, str_istarts(url, S("http")) ? url : bare(url));
  buf_char(&o->to, '>');
}

static void list(Out *o, const HtmlNode *n) {
  int64_t start = 1;
  bool numbered = html_node_is(n, "ol");
  if (numbered) str_int(html_get(n, "start"), &start);
  if (start < 0 || start > 1000000) start = 1;
  bool room = o->lists < (int)(sizeof o->numbers / sizeof *o->numbers);
  owe(o, o->lists ? 1 : 2);
  if (room) o->numbers[o->lists++] = numbered ? (int)start : -1;
  children(o, n);
  o->lists -= room;
  o->bullet = S("");
  owe(o, o->lists ? 1 : 2);
}

static void item(Out *o, const HtmlNode *n) {
  owe(o, 1);
  int *number = o->lists ? &o->numbers[o->lists - 1] : NULL;
  o->bullet = !number ? S("") : *number < 0 ? S("- ") : str_fmt(o->arena, "%d. ", (*number)++);
  children(o, n);
  owe(o, 1);
}

static void cell(Out *o, const HtmlNode *n) {
  children(o, n);
  o->sep = o->owed == 0 && o->to.n > 0;
  (void)n;
}

static void block(Out *o, const HtmlNode *n) {
  int lines = n->tag->is & TAG_PARTED ? 2 : n->tag->is & TAG_BLOCK || html_node_is(n, "tr") || html_node_is(n, "caption") ? 1 : 0;
  bool quote = html_node_is(n, "blockquote"), pre = html_node_is(n, "pre");
  owe(o, lines);
  o->quotes += quote;
  o->pre = o->pre || pre;
  children(o, n);
  o->pre = o->pre && !pre;
  owe(o, lines);
  if (lines) o->sep = false;
  o->quotes -= quote;
}

static void walk(Out *o, const HtmlNode *n) {
  if (n == o->quote) { owe(o, 1); o->marking = true; }
  if (!n->tag) { if (o->pre) pre_words(o, n->text); else words(o, n->text); }
  else if (html_node_is(n, "br")) { if (o->to.n && o->owed < 2) o->owed++; }
  else if (html_node_is(n, "hr")) { owe(o, 1); words(o, S("---")); owe(o, 1); }
  else if (html_node_is(n, "img")) {
    Str alt = str_trim(html_get(n, "alt"));
    if (alt.n) words(o, str_cat(o->arena, S("["), alt, S("]")));
  }
  else if (html_node_is(n, "a")) link(o, n);
  else if (html_node_is(n, "ul") || html_node_is(n, "ol")) list(o, n);
  else if (html_node_is(n, "li")) item(o, n);
  else if (html_node_is(n, "td") || html_node_is(n, "th")) cell(o, n);
  else block(o, n);
}

Str html_to_text(Arena *a, Str html, int64_t *ret_quote) {
  HtmlParse how;
  const HtmlNode *body = html_parse(a, html, &how);
  Out o = { .arena = a, .to = { .arena = a }, .quote = html_quote(a, body), .quote_at = -1 };
  children(&o, body);
  Str text = buf_str(&o.to);
  if (!ret_quote) return text;
  int64_t by_text = quote_start(text);
  *ret_quote = o.quote_at < 0 || (by_text >= 0 && by_text < o.quote_at) ? by_text : o.quote_at;
  return text;
}
