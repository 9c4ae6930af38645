/* text/html_quote.c: see html_quote.h. */
#include "text/html_quote.h"
#include "base/buf.h"
#include "text/quote.h"

/* QUOTE_REST: all that follows is history. QUOTE_BOX: only what is inside; an answer may follow or stand within. */
typedef enum { QUOTE_NONE, QUOTE_REST, QUOTE_BOX } QuoteKind;

enum { LOOK_BYTES = 600 };

static const char *const box_classes[] = { "gmail_quote", "x_gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "zmail_extra",
  "tutanota_quote", "aolmail_quote", "moz-forward-container", "mail_quote", "quoted-mail", "mailbird-quote", NULL };
static const char *const rest_ids[] = { "divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container", "OLK_SRC_BODY_SECTION",
  "ms-outlook-mobile-body-separator-line", "stopSpelling", NULL };

/* Text of a node, at most so much, blanks between blocks. */
static void gather(Buf *b, const HtmlNode *n, size_t most) {
  if (b->n >= most) return;
  if (!n->tag) { buf_add(b, str_head(n->text, most)); return; }
  if (n->tag->is & (TAG_BLOCK | TAG_TABLE) || html_node_is(n, "br")) buf_char(b, '\n');
  for (const HtmlNode *c = n->first; c; c = c->next) gather(b, c, most);
  if (n->tag->is & TAG_BLOCK) buf_char(b, '\n');
}

static Str text_of(Arena *a, const HtmlNode *n, size_t most) {
  Buf b = { .arena = a };
  gather(&b, n, most);
  return str_trim(str_head(buf_str(&b), most));
}

static bool id_is(const HtmlNode *n, const char *want) {
  Str id = html_get(n, "id");
  while (str_istarts(id, S("x_"))) id = str_from(id, 2);        /* Outlook on the web marks what it took over */
  return str_ieq(id, str_z(want));
}

static bool any_id(const HtmlNode *n) {
  for (const char *const *w = rest_ids; *w; w++) if (id_is(n, *w)) return true;
  return false;
}

static bool any_class(const HtmlNode *n) {
  for (const char *const *w = box_classes; *w; w++) if (html_has_class(n, str_z(*w))) return true;
  return id_is(n, "reply-intro") || str_ifind(html_get(n, "id"), S("yahoo_quoted")) != SIZE_MAX;
}

/* Outlook on the desktop: a line above, and From: as the first word below it. */
static bool ruled_header(Arena *a, const HtmlNode *n) {
  Str style = html_get(n, "style");
  if (!html_node_is(n, "div") || str_ifind(style, S("border-top:")) == SIZE_MAX || str_ifind(style, S("solid")) == SIZE_MAX) return false;
  return quote_from_line(text_of(a, n, LOOK_BYTES));
}

static const HtmlNode *before(const HtmlNode *n) {               /* the nearest sibling before it that holds something */
  const HtmlNode *found = NULL;
  for (const HtmlNode *c = n->parent ? n->parent->first : NULL; c && c != n; c = c->next)
    if (c->tag ? !html_node_is(c, "br") : str_trim(c->text).n > 0) found = c;
  return found;
}

static bool attributed(Arena *a, const HtmlNode *n) {
  const HtmlNode *p = before(n);
  return p && quote_attribution(text_of(a, p, LOOK_BYTES));
}

static QuoteKind kind_of(Arena *a, const HtmlNode *n) {
  if (!n->tag) return QUOTE_NONE;
  if (any_id(n) || ruled_header(a, n)) return QUOTE_REST;
  if (any_class(n)) return QUOTE_BOX;
  if (html_has_class(n, S("moz-cite-prefix"))) return QUOTE_BOX;
  if (!html_node_is(n, "blockquote")) return QUOTE_NONE;
  return str_ieq(html_get(n, "type"), S("cite")) || attributed(a, n) ? QUOTE_BOX : QUOTE_NONE;
}

static const HtmlNode *first_quote(Arena *a, const HtmlNode *n, QuoteKind *ret) {
  *ret = kind_of(a, n);
  if (*ret) return n;
  for (const HtmlNode *c = n->first; c; c = c->next) {
    const HtmlNode *found = first_quote(a, c, ret);
    if (found) return found;
  }
  return NULL;
}

static bool said(const HtmlNode *n) {                            /* words or a picture */
  if (!n->tag) {
    Str s = n->text;
    while (str_trim(s).n && str_starts(str_trim(s), S("\xC2\xA0"))) s = str_from(str_trim(s), 2);
    return str_trim(s).n > 0;
  }
  if (html_node_is(n, "img")) return true;
  for (const HtmlNode *c = n->first; c; c = c->next) if (said(c)) return true;
  return false;
}

static bool said_before(const HtmlNode *n) {
  for (; n && n->parent; n = n->parent)
    for (const HtmlNode *c = n->parent->first; c != n; c = c->next) if (said(c)) return true;
  return false;
}

/* Words in a piece that are its writer's own: outside what is quoted, attributed, or added by a machine. */
static bool own_words(Arena *a, const HtmlNode *n) {
  if (!n->tag) return said(n) && !quote_footer_line(n->text);
  if (html_node_is(n, "blockquote") || html_has_class(n, S("gmail_attr")) || any_class(n) || any_id(n)) return false;
  if (html_has_class(n, S("moz-cite-prefix")) || html_has_class(n, S("moz-signature")) || html_has_class(n, S("gmail_signature"))) return false;
  if (!said(n)) return false;
  Str all = text_of(a, n, LOOK_BYTES);
  if (quote_footer_line(all) || quote_attribution(all)) return false;
  for (const HtmlNode *c = n->first; c; c = c->next) if (own_words(a, c)) return true;
  return false;
}

static bool answered_within(Arena *a, const HtmlNode *n) {
  bool boxed = html_has_class(n, S("gmail_quote")) || html_has_class(n, S("gmail_quote_container"));
  if (!boxed || html_node_is(n, "blockquote")) return false;
  bool past = false;                                             /* only words after the first blockquote can be an answer */
  for (const HtmlNode *c = n->first; c; c = c->next) {
    if (past && own_words(a, c)) return true;
    past = past || html_node_is(c, "blockquote");
  }
  return false;
}

static bool answered_after(Arena *a, const HtmlNode *n) {
  for (; n->parent; n = n->parent)
    for (const HtmlNode *c = n->next; c; c = c->next) if (own_words(a, c)) return true;
  return false;
}

static bool forwarded(Arena *a, const HtmlNode *n) {
  Str text = text_of(a, n, LOOK_BYTES);
  return quote_forward_line(str_line(&text)) || html_has_class(n, S("moz-forward-container"));
}

const HtmlNode *html_quote(Arena *a, const HtmlNode *body) {
  QuoteKind kind;
  const HtmlNode *n = first_quote(a, body, &kind);
  if (!n || forwarded(a, n)) return NULL;
  if (kind == QUOTE_BOX && (answered_within(a, n) || answered_after(a, n))) return NULL;
  const HtmlNode *above = before(n);
  bool lead = above && (html_node_is(above, "hr") || (html_node_is(n, "blockquote") && attributed(a, n)));
  if (lead && above->tag) n = above;
  return said_before(n) ? n : NULL;
}
