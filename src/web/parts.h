/* web/parts.h: what the shared parts of a page (ui/views/parts.html) are drawn from. */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H
#include "base/base.h"
#include "text/html.h"

/* A field of a form with its hint and, after a refused try, its fault. */
typedef struct {
  const char *name;              /* name and id */
  const char *type;              /* of <input>; NULL: text */
  Str label, hint, fault;        /* in the reader's language; hint and fault may be "" */
  Str value, placeholder;
  const char *autocomplete;      /* NULL: left out */
  bool required, s;              /* s: a short field */
} Field;

/* One or two letters that stand for a person: first letters of the first and last word; one for scripts that do not
   abbreviate so (CJK, Arabic, Indic). Upper case where the script has it. "?" for no name. */
Str face_letters(Arena *, Str name);
int face_colour(int64_t id);     /* 1..6, the same for the same person */
#endif
