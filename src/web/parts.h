/* web/parts.h: what the shared parts of a page (ui/views/parts.html) are drawn from: values only, made by the pages.
   Every Str for people is in the reader's language already, but for what people typed. */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H
#include "base/base.h"
#include "text/html.h"
#include "web/req.h"

/* ---- people */
/* What stands on the face of someone without a picture: first letters of the first and last word, the first two of a
   single one; one sign in scripts that do not abbreviate so (Han, Arabic, Devanagari …). "?" for nothing. */
Str face_letters(Arena *, Str name);
int face_colour(int64_t id);             /* 1..6, the same for the same person */

/* ---- forms */
/* A field with its hint and, after a refused try, its fault. */
typedef struct {
  const char *name;                      /* of the field, and its id */
  const char *type;                      /* of <input>; NULL: text */
  Str label, hint, fault;                /* hint and fault may be "" */
  Str value, placeholder;
  const char *autocomplete;              /* NULL: left out */
  int  rows;                             /* of an area; 0: 3 */
  bool required, small;
} Field;

/* One of some choices, or a tick. */
typedef struct { const char *name; Str value, label, hint; bool on; } Choice;

/* The fault of one field after a refused try; "" if it is well. */
Str wrong_of(const Pairs *wrong, const char *field);

/* ---- promises */
typedef struct { Str words; bool done; } Condition;
typedef enum { PROMISE_STANDS, PROMISE_HOT, PROMISE_WAS } PromiseLook;       /* hot: due soon or overdue; was: past or replaced */

/* ---- conversation */
typedef enum { SAID_BY_US, SAID_BY_THEM, SAID_AMONG_US } Said;
typedef struct { Str href, name; int64_t bytes; bool image; } FilePart;
typedef struct {
  Str     id;                            /* anchor: "m34"; "" for none */
  Said    said;
  int64_t author; Str name;              /* 0 and "": software wrote it, and the page says so */
  int64_t at;
  Str     channel;                       /* "mail", "by phone"; may be "" */
  Str     lang;                          /* tag of its words, "" if nobody knows */
  Html    body, quoted;                  /* cleaned; quoted: history that is folded away, may be empty */
  const FilePart *files; size_t n_files;
} MessagePart;

/* ---- pages of a list, by keyset: "" where there is none */
typedef struct { Str newer, older; } Pager;
#endif
