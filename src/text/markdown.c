/* text/markdown.c: see markdown.h. md4c tells what begins and ends; all that is written is written here. */
#include "text/markdown.h"
#include <md4c.h>
#include "base/err.h"
#include "text/caps.h"
#include "text/html_entity.h"
#include "text/linkify.h"
#include "text/tidy.h"
#include "text/url.h"

enum { DEPTH_MAX = 40, TABLE_CELLS = 20000, GROWTH = 20 };

typedef struct { Arena *arena; Buf to; size_t most; int depth, pictures; } Out;

static int over(const Out *o) { return o->depth > DEPTH_MAX || o->to.n > o->most; }
static void put(Out *o, Str s) { buf_add(&o->to, s); }

static Str attribute(Out *o, const MD_ATTRIBUTE *at) {
  Buf b = { .arena = o->arena };
  for (int i = 0; at->text && at->substr_offsets[i] < at->size; i++) {
    MD_OFFSET from = at->substr_offsets[i], to = at->substr_offsets[i + 1];
    Str piece = { at->text + from, to - from };
    if (at->substr_types[i] == MD_TEXT_NULLCHAR) buf_utf8(&b, 0xFFFD);
    else buf_add(&b, at->substr_types[i] == MD_TEXT_ENTITY ? html_entities(o->arena, piece) : piece);
  }
  return buf_str(&b);
}

static void put_attr(Out *o, const char *name, Str value) {
  buf_fmt(&o->to, " %s=\"", name);
  html_escape(&o->to, value);
  buf_char(&o->to, '"');
}

static void put_cell(Out *o, const char *tag, const MD_BLOCK_TD_DETAIL *d) {
  static const char *const aligns[] = { "", " class=\"left\"", " class=\"centre\"", " class=\"right\"" };
  buf_fmt(&o->to, "<%s%s>", tag, (size_t)d->align < COUNT(aligns) ? aligns[d->align] : "");
}

static int heading(const void *detail) {
  int level = (int)((const MD_BLOCK_H_DETAIL *)detail)->level + 2;
  return level > 6 ? 6 : level;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *arg) {
  Out *o = arg;
  o->depth++;
  switch (type) {
    case MD_BLOCK_DOC: case MD_BLOCK_HTML: break;
    case MD_BLOCK_QUOTE: put(o, S("<blockquote>\n")); break;
    case MD_BLOCK_UL:    put(o, S("<ul>\n")); break;
    case MD_BLOCK_OL:
      put(o, S("<ol"));
      if (((MD_BLOCK_OL_DETAIL *)detail)->start != 1) buf_fmt(&o->to, " start=\"%u\"", ((MD_BLOCK_OL_DETAIL *)detail)->start);
      put(o, S(">\n"));
      break;
    case MD_BLOCK_LI:    put(o, S("<li>")); break;
    case MD_BLOCK_HR:    put(o, S("<hr>\n")); break;
    case MD_BLOCK_H:     buf_fmt(&o->to, "<h%d>", heading(detail)); break;
    case MD_BLOCK_CODE:  put(o, S("<pre><code>")); break;
    case MD_BLOCK_P:     put(o, S("<p>")); break;
    case MD_BLOCK_TABLE: put(o, S("<table>\n")); break;
    case MD_BLOCK_THEAD: put(o, S("<thead>")); break;
    case MD_BLOCK_TBODY: put(o, S("<tbody>")); break;
    case MD_BLOCK_TR:    put(o, S("<tr>")); break;
    case MD_BLOCK_TH:    put_cell(o, "th", detail); break;
    case MD_BLOCK_TD:    put_cell(o, "td", detail); break;
  }
  return over(o);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *arg) {
  Out *o = arg;
  o->depth--;
  switch (type) {
    case MD_BLOCK_DOC: case MD_BLOCK_HTML: case MD_BLOCK_HR: break;
    case MD_BLOCK_QUOTE: put(o, S("</blockquote>\n")); break;
    case MD_BLOCK_UL:    put(o, S("</ul>\n")); break;
    case MD_BLOCK_OL:    put(o, S("</ol>\n")); break;
    case MD_BLOCK_LI:    put(o, S("</li>\n")); break;
    case MD_BLOCK_H:     buf_fmt(&o->to, "</h%d>\n", heading(detail)); break;
    case MD_BLOCK_CODE:  put(o, S("</code></pre>\n")); break;
    case MD_BLOCK_P:     put(o, S("</p>\n")); break;
    case MD_BLOCK_TABLE: put(o, S("</table>\n")); break;
    case MD_BLOCK_THEAD: put(o, S("</thead>\n")); break;
    case MD_BLOCK_TBODY: put(o, S("</tbody>\n")); break;
    case MD_BLOCK_TR:    put(o, S("</tr>\n")); break;
    case MD_BLOCK_TH:    put(o, S("</th>")); break;
    case MD_BLOCK_TD:    put(o, S("</td>")); break;
  }
  return over(o);
}

static void open_link(Out *o, const MD_SPAN_A_DETAIL *d) {
  Str to = url_safe(o->arena, attribute(o, &d->href)), title = tidy_line(o->arena, attribute(o, &d->title), 500);
  put(o, S("<a"));
  if (to.n) put_attr(o, "href", to);
  if (title.n) put_attr(o, "title", title);
  put(o, S(" rel=\"noopener noreferrer nofollow\">"));
}

/* The alternative text is between enter and leave: it is written as an attribute, so no tags may come there. */
static void open_picture(Out *o, const MD_SPAN_IMG_DETAIL *d) {
  Str src = url_safe(o->arena, attribute(o, &d->src));
  if (o->pictures++) return;
  put(o, S("<img"));
  if (str_istarts(src, S("http"))) put_attr(o, "data-src", src);
  put(o, S(" alt=\""));
}

static int span(MD_SPANTYPE type, bool enter, void *detail, Out *o) {
  if (type == MD_SPAN_IMG) {
    if (enter) open_picture(o, detail);
    else if (--o->pictures == 0) put(o, S("\">"));
    return over(o);
  }
  if (o->pictures) return over(o);
  switch (type) {
    case MD_SPAN_EM:     put(o, enter ? S("<em>") : S("</em>")); break;
    case MD_SPAN_STRONG: put(o, enter ? S("<strong>") : S("</strong>")); break;
    case MD_SPAN_DEL:    put(o, enter ? S("<del>") : S("</del>")); break;
    case MD_SPAN_U:      put(o, enter ? S("<u>") : S("</u>")); break;
    case MD_SPAN_CODE:   put(o, enter ? S("<code>") : S("</code>")); break;
    case MD_SPAN_A:      if (enter) open_link(o, detail); else put(o, S("</a>")); break;
    case MD_SPAN_IMG: case MD_SPAN_LATEXMATH: case MD_SPAN_LATEXMATH_DISPLAY: case MD_SPAN_WIKILINK: break;
  }
  return over(o);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *arg) { return span(type, true, detail, arg); }
static int leave_span(MD_SPANTYPE type, void *detail, void *arg) { return span(type, false, detail, arg); }

static int text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *arg) {
  Out *o = arg;
  Str s = { p, n };
  switch (type) {
    case MD_TEXT_NULLCHAR: buf_utf8(&o->to, 0xFFFD); break;
    case MD_TEXT_BR: case MD_TEXT_SOFTBR: put(o, o->pictures ? S(" ") : S("<br>\n")); break;
    case MD_TEXT_ENTITY: html_escape(&o->to, html_entities(o->arena, s)); break;
    case MD_TEXT_NORMAL: case MD_TEXT_CODE: case MD_TEXT_HTML: case MD_TEXT_LATEXMATH: html_escape(&o->to, s); break;
  }
  return over(o);
}

/* Each row of a table is filled up to the width of its head: little text can ask for a great many cells. */
static bool tables_affordable(Str s) {
  size_t lines = 0, most = 0;
  while (s.n) {
    Str line = str_line(&s);
    size_t bars = 0;
    for (size_t i = 0; i < line.n; i++) bars += line.p[i] == '|';
    if (bars > most) most = bars;
    lines += 1;
  }
  return lines * (most + 1) <= TABLE_CELLS;
}

Html markdown_html(Arena *a, Str source) {
  Str s = tidy_text(a, source, SIZE_MAX / 8);
  if (s.n > CAP_MARKDOWN_BYTES) return text_to_html(a, s);
  MD_PARSER parser = { .flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS
      | (tables_affordable(s) ? MD_FLAG_TABLES : 0),
    .enter_block = enter_block, .leave_block = leave_block, .enter_span = enter_span, .leave_span = leave_span, .text = text };
  Out o = { .arena = a, .to = { .arena = a }, .most = s.n * GROWTH + 1024 };
  if (md_parse(s.p, (MD_SIZE)s.n, &parser, &o)) return text_to_html(a, s);
  return (Html){ buf_str(&o.to) };
}
