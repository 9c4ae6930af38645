/* text/lang.c: see lang.h. */
#include "text/lang.h"

struct Lang { const char *tag, *name; bool rtl, pseudo; };

static const Lang langs[] = {
  { "en", "English", false, false },
};

const Lang *lang_find(Str s)        { (void)s; return &langs[0]; }
static const Lang *lang_of(const Lang *l) { return l ? l : &langs[0]; }
Str  lang_tag(const Lang *l)        { return str_z(lang_of(l)->tag); }
Str  lang_name(const Lang *l)       { return str_z(lang_of(l)->name); }
bool lang_rtl(const Lang *l)        { return lang_of(l)->rtl; }
bool lang_is_pseudo(const Lang *l)  { return lang_of(l)->pseudo; }
size_t lang_count(void)             { return sizeof langs / sizeof langs[0]; }
const Lang *lang_at(size_t i)       { return &langs[i]; }

Str tr(const Lang *l, const char *msgid)                          { (void)l; return str_z(msgid); }
Str tr_c(const Lang *l, const char *context, const char *msgid)   { (void)l; (void)context; return str_z(msgid); }
Str trn(const Lang *l, const char *one, const char *many, int64_t n) { (void)l; return str_z(n == 1 ? one : many); }

Str tr_fill(Arena *a, Str w, const Str *args, size_t n) {
  Buf b = { .arena = a };
  size_t next = 0;
  for (size_t i = 0; i < w.n; i++) {
    bool more = w.p[i] == '%' && i + 1 < w.n;
    size_t which = SIZE_MAX;
    if (!more) { buf_char(&b, w.p[i]); continue; }
    if (w.p[i + 1] == '%') { buf_char(&b, '%'); i++; continue; }
    if (w.p[i + 1] == 's') { which = next++; i++; }
    else if (i + 3 < w.n && w.p[i + 1] >= '1' && w.p[i + 1] <= '9' && w.p[i + 2] == '$' && w.p[i + 3] == 's') { which = (size_t)(w.p[i + 1] - '1'); i += 3; }
    else buf_char(&b, '%');
    if (which < n) buf_add(&b, args[which]);
  }
  return buf_str(&b);
}
