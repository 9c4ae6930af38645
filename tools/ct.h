/* tools/ct.h: what the files of the template compiler share. Not a library: one program, ct.
   ct.c views and files, lines of C · ct_holes.c holes · ct_tags.c tags, text, attributes · ct_read.c reading and writing ·
   ct_html.c the part of HTML we use, as tables. */
#ifndef TOOLS_CT_H
#define TOOLS_CT_H
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

/* ---- ct_html.c */
/* ATTR_LITERAL: a browser reads it as code or chooses a parser by it: no holes */
typedef enum { ATTR_PLAIN, ATTR_URL, ATTR_LITERAL } AttrKind;

bool ct_known(Str element);      /* pages may use it */
bool ct_void(Str element);       /* has no end tag */
bool ct_drawn(Str element);      /* of SVG: may end in a slash */
bool ct_block(Str element);      /* ends an open <p> */
bool ct_wordless(Str element);   /* what stands in it is not translated: code, keys */
AttrKind ct_attr(Str element, Str attr);
bool ct_attr_words(Str attr);    /* shown or read out to people */
bool ct_url_fits(Str raw, bool mail);    /* the literal start of a URL value */
/* What is wrong with the tags of a translatable sentence (a C literal); NULL: nothing. Few tags, balanced, every place
   in text or inside a quoted value. */
const char *ct_markup(Str literal);

/* ---- where we are */
typedef VEC(Str) Strs;
typedef enum { TEXT, TAG, ATTR, RAW } Where;                   /* RAW: inside <script type="application/json"> or a mail's <style> */
typedef struct { Where where; AttrKind kind; bool begun, json_string; } State;      /* begun: a URL has its first part */
typedef struct { State state; Strs open; bool loop; int line; } Brace;
typedef struct { Str name, raw; int line; } Attr;
typedef VEC(Attr) Attrs;
typedef struct { Str name; Strs opens, closes; } Sig;          /* a view that leaves tags open, or ends another's */

typedef struct {
  Arena *a;
  bool mail;
  const char *file;
  Str src;
  size_t at;
  int line;
  bool fresh;                /* at the start of a line */
  Buf c, header, lit;
  State state;
  Strs open, expect;         /* elements open now; what must be open at @end */
  VEC(Brace) braces;
  int parens;                /* left open by % lines */
  Str tag; int tag_line; Attrs attrs; size_t attr_from; char quote;
  int words;                 /* letters in a row in literal text */
  int untranslated;          /* elements that need no translation are open: their depth */
  Attrs wants; Strs labels;  /* fields waiting for a <label for>, and those found */
  VEC(Sig) sigs;
} Ct;

/* ---- ct_read.c */
_Noreturn void bad_at(const Ct *t, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
#define bad(t, ...) bad_at((t), (t)->line, __VA_ARGS__)
bool letter(char c);
bool digit(char c);
bool word_char(char c);
bool blank(char c);
bool continues(char c);                                 /* a byte of UTF-8 that goes on with a letter */
bool word_begins(char c);                               /* the first byte of a letter */
Str  rest(const Ct *t);                                 /* of the source, from here on */
Str  line_here(Ct *t);                                  /* up to the end of the line */
char peek(const Ct *t, size_t ahead);                   /* 0 at the end */
bool looking_at(const Ct *t, const char *z);
Str  slice(const Ct *t, size_t from, size_t to);
void advance(Ct *t, size_t n);                          /* counts lines */
void skip_blank(Ct *t);
size_t past_quoted(const Ct *t, Str c, size_t i);       /* after the C string, character or comment at i; i if there is none */

void line_of(Ct *t);                                    /* #line of here */
void put_literal(Buf *b, Str s);                        /* as a C string */
void emit(Ct *t, char c);                               /* literal HTML, gathered … */
void flush(Ct *t);                                      /* … and written as one call */

Str  top(const Ct *t);                                  /* the innermost open element; "" for none */
bool inside(const Ct *t, const char *name);
bool keeps_space(const Ct *t);                          /* inside pre or textarea */
bool rcdata(const Ct *t);                               /* directly in title or textarea: text without tags */
void push(Ct *t, Str name);
void pop(Ct *t, Str name);                              /* refuses another than the innermost */
bool same(const Ct *t, const State *s, const Strs *open);       /* stands where it stood then */
const Attr *attr(const Ct *t, const char *name);        /* of the tag being read; NULL if it has none */
Str  attr_raw(const Ct *t, const char *name);           /* its source, holes and all */

/* ---- ct_tags.c: one character or tag, by where we are */
void text_char(Ct *t);
void tag_char(Ct *t);
void attr_char(Ct *t);
void raw_char(Ct *t);
bool has_words(Str raw);         /* letters in a row outside holes: words that only people would read */

/* ---- ct_holes.c */
void hole(Ct *t);                /* {{ … }}, whatever kind */
#endif
