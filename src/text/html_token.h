/* text/html_token.h: HTML cut into tags and text, in one pass and linear time, by the rules of the HTML5 tokenizer.
   Comments, doctypes, processing instructions and everything inside TAG_RAW and TAG_GONE elements never come out.
   Not here: which tags belong together (html_parse.h). */
#ifndef TEXT_HTML_TOKEN_H
#define TEXT_HTML_TOKEN_H
#include "text/html_tag.h"

typedef enum { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE } HtmlTokenKind;
typedef struct {
  HtmlTokenKind  kind;
  const HtmlTag *tag;       /* of OPEN and CLOSE; NULL: an element we do not know */
  Str            name;      /* as written */
  Str            text;      /* of TEXT: with its entities still in it; of OPEN: the attributes, for html_attr */
  bool           self;      /* <svg/> */
} HtmlToken;

typedef struct { Str rest; unsigned never; } HtmlTokens;   /* start with { .rest = html } */

HtmlToken html_token(HtmlTokens *);                        /* HTML_END at the end, again and again */
bool html_attr(Str *attrs, Str *name, Str *value);         /* the next attribute, value with its entities; false: no more */
#endif
