/* text/view.h: what a page is written with: the run time of the compiled templates (doc/templates.md).
   A View holds where the page goes and who reads it. Each printer below is safe in one place of a page only; the
   template compiler chooses it, and the C type of the value chooses the function: an Html in an attribute does not compile.
   Not here: what stands on a page (ui/views), the words (lang.h), dates in words (when.h). */
#ifndef TEXT_VIEW_H
#define TEXT_VIEW_H
#include "base/base.h"
#include "text/html.h"
#include "text/lang.h"

typedef struct { Str s; } UText;         /* what a person typed: names, subjects. Set apart by <bdi>, so that its direction of
                                            writing does not upset ours */
#define U(str) ((UText){ str })

typedef struct View {
  Buf        *out;
  Arena      *arena;
  const Lang *lang;
  Str         zone;                      /* IANA zone of the reader */
  int64_t     now;                       /* microseconds UTC, the same for the whole page */
  Str         csrf;                      /* for every form; "" in mail */
  Str         site;                      /* "https://desk.example.org" in mail, "" on pages */
  const void *page;                      /* the page's own, for views of one file among themselves */
} View;

/* A view that writes to out, for the reader of cx. */
View view_for(const Cx *, Buf *out);
/* What was written since the buffer had so many bytes, as safe text for another view. The Buf must not grow meanwhile. */
Html view_since(const View *, size_t from);

/* A URL as a link may hold it: http, https, mailto, tel, or a path of ours; no control bytes. */
bool url_is_safe(Str);

/* ---- below: called by compiled templates */
void ht_lit(View *, const char *, size_t n);

void ht_text_str(View *, Str);           /* between tags */
void ht_text_user(View *, UText);
void ht_text_html(View *, Html);
void ht_attr_user(View *, UText);        /* inside quotes, and in <title> and <textarea> */
void ht_z(View *, const char *);         /* NULL prints nothing */
void ht_int(View *, long long);
void ht_uint(View *, unsigned long long);
void ht_double(View *, double);          /* two decimals at most, "." always: for drawings, not for people */
void ht_url_str(View *, Str);            /* a whole URL or its start: "#blocked" unless url_is_safe */
void ht_url_z(View *, const char *);
void ht_part_str(View *, Str);           /* the rest of a URL: percent-encoded but for letters, digits and -._~ (RFC 3986 2.3) */
void ht_part_user(View *, UText);
void ht_part_z(View *, const char *);
void ht_json_str(View *, Str);           /* a whole JSON value inside <script type="application/json"> */
void ht_json_user(View *, UText);
void ht_json_z(View *, const char *);
void ht_json_bool(View *, bool);

#define HT_INTS_ int: ht_int, long: ht_int, long long: ht_int, unsigned: ht_uint, unsigned long: ht_uint, unsigned long long: ht_uint
#define HT_TEXT(v, x)    _Generic((x), Str: ht_text_str, UText: ht_text_user, Html: ht_text_html, const char *: ht_z, char *: ht_z, HT_INTS_)(v, x)
#define HT_ATTR(v, x)    _Generic((x), Str: ht_text_str, UText: ht_attr_user, const char *: ht_z, char *: ht_z, double: ht_double, HT_INTS_)(v, x)
#define HT_URL(v, x)     _Generic((x), Str: ht_url_str, const char *: ht_url_z, char *: ht_url_z)(v, x)
#define HT_URLPART(v, x) _Generic((x), Str: ht_part_str, UText: ht_part_user, const char *: ht_part_z, char *: ht_part_z, HT_INTS_)(v, x)
#define HT_JSON(v, x)    _Generic((x), Str: ht_json_str, UText: ht_json_user, const char *: ht_json_z, char *: ht_json_z, bool: ht_json_bool, double: ht_double, HT_INTS_)(v, x)

/* A translated sentence with what goes in its places. */
typedef struct { Str s; bool user; } HtArg;
typedef enum { HT_AS_TEXT, HT_AS_ATTR, HT_AS_MARKUP, HT_AS_JSON } HtAs;
HtArg ht_arg_str(View *, Str);
HtArg ht_arg_user(View *, UText);
HtArg ht_arg_z(View *, const char *);
HtArg ht_arg_int(View *, long long);
HtArg ht_arg_count(View *, long long);   /* as people of that language write numbers */
#define HT_ARG(v, x) _Generic((x), Str: ht_arg_str, UText: ht_arg_user, const char *: ht_arg_z, char *: ht_arg_z, \
  int: ht_arg_int, long: ht_arg_int, long long: ht_arg_int, unsigned: ht_arg_int, unsigned long: ht_arg_int, unsigned long long: ht_arg_int)(v, x)
#define HT_COUNT(v, x) ht_arg_count(v, (long long)(x))
/* HT_AS_MARKUP: tags of the sentence stay; a place inside a tag is printed as an attribute, at the start of href as a URL. */
void ht_sentence(View *, HtAs, Str words, const HtArg *, size_t n);
#endif
