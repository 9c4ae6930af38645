/* tools/ct_read.c: reading the source, writing the C, and which elements are open. */
#include "ct.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void bad_at(const Ct *t, int line, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  fprintf(stderr, "%s:%d: error: ", t->file, line);
  vfprintf(stderr, fmt, ap);
  fputc('\n', stderr);
  exit(1);
}

/* ── reading ── */
bool letter(char c)    { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c)     { return c >= '0' && c <= '9'; }
bool word_char(char c) { return letter(c) || digit(c) || c == '_'; }
bool blank(char c)     { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
Str  rest(const Ct *t) { return str_from(t->src, t->at); }
/* Of UTF-8: a letter's first byte. U+0080 to U+00BF (· and blanks) and U+2000 to U+2FFF (dashes, arrows) are no letters. */
bool continues(char c)   { return ((unsigned char)c & 0xC0) == 0x80; }
bool word_begins(char c) { unsigned char u = (unsigned char)c; return letter(c) || (u >= 0xC3 && u != 0xE2); }
char peek(const Ct *t, size_t ahead) { return t->at + ahead < t->src.n ? t->src.p[t->at + ahead] : 0; }
bool looking_at(const Ct *t, const char *z) { return str_starts(rest(t), str_z(z)); }
Str  slice(const Ct *t, size_t from, size_t to) { return (Str){ t->src.p + from, to - from }; }

void advance(Ct *t, size_t n) {
  for (; n && t->at < t->src.n; n--) {
    t->fresh = t->src.p[t->at] == '\n';
    if (t->fresh) t->line++;
    t->at++;
  }
}
void skip_blank(Ct *t) { while (blank(peek(t, 0))) advance(t, 1); }

/* The end of a C string, character or comment that begins at i, else i. */
size_t past_quoted(const Ct *t, Str c, size_t i) {
  if (c.p[i] == '"' || c.p[i] == '\'') {
    for (size_t k = i + 1; k < c.n; k++) {
      if (c.p[k] == '\\') k++;
      else if (c.p[k] == c.p[i]) return k + 1;
    }
    bad(t, "a C string without its end");
  }
  if (c.p[i] == '/' && i + 1 < c.n && c.p[i + 1] == '/') return c.n;
  if (c.p[i] == '/' && i + 1 < c.n && c.p[i + 1] == '*') {
    size_t end = str_find(str_from(c, i + 2), S("*/"));
    return end == SIZE_MAX ? c.n : i + 2 + end + 2;
  }
  return i;
}

/* ── writing ── */
void line_of(Ct *t) { buf_fmt(&t->c, "#line %d \"%s\"\n", t->line, t->file); }

void put_literal(Buf *b, Str s) {
  buf_char(b, '"');
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '"' || c == '\\') { buf_char(b, '\\'); buf_char(b, (char)c); }
    else if (c == '\n') buf_add(b, S("\\n"));
    else if (c < 32 || c >= 127 || c == '?') buf_fmt(b, "\\%03o", c);
    else buf_char(b, (char)c);
  }
  buf_char(b, '"');
}

void flush(Ct *t) {
  if (!t->lit.n) return;
  buf_add(&t->c, S("  ht_lit(v, "));
  put_literal(&t->c, buf_str(&t->lit));
  buf_fmt(&t->c, ", %zu);\n", t->lit.n);
  t->lit = (Buf){ .arena = t->a };
}

/* One white space stands for a run of it, so that indentation costs nothing. */
void emit(Ct *t, char c) { buf_char(&t->lit, c); }

/* ── tags ── */
bool keeps_space(const Ct *t) {
  for (size_t i = 0; i < t->open.n; i++) if (str_eq(t->open.at[i], S("pre")) || str_eq(t->open.at[i], S("textarea"))) return true;
  return false;
}
Str top(const Ct *t) { return t->open.n ? t->open.at[t->open.n - 1] : S(""); }
bool inside(const Ct *t, const char *name) {
  for (size_t i = 0; i < t->open.n; i++) if (str_eq(t->open.at[i], str_z(name))) return true;
  return false;
}
bool rcdata(const Ct *t) { return str_eq(top(t), S("title")) || str_eq(top(t), S("textarea")); }

const Attr *attr(const Ct *t, const char *name) {
  for (size_t i = 0; i < t->attrs.n; i++) if (str_eq(t->attrs.at[i].name, str_z(name))) return &t->attrs.at[i];
  return NULL;
}
Str attr_raw(const Ct *t, const char *name) { const Attr *a = attr(t, name); return a ? a->raw : S(""); }

void push(Ct *t, Str name) {
  if (t->untranslated) t->untranslated++;
  vec_add(t->a, &t->open, name);
}
void pop(Ct *t, Str name) {
  if (!t->open.n) bad(t, "</" STR_FMT "> ends nothing that this view opened", STR_ARG(name));
  if (!str_eq(top(t), name))
    bad(t, "</" STR_FMT "> where </" STR_FMT "> must come first", STR_ARG(name), STR_ARG(top(t)));
  if (t->untranslated) t->untranslated--;
  t->open.n--;
}

bool same(const Ct *t, const State *s, const Strs *open) {
  if (s->where != t->state.where || s->kind != t->state.kind || s->begun != t->state.begun || s->json_string != t->state.json_string) return false;
  if (open->n != t->open.n) return false;
  for (size_t i = 0; i < open->n; i++) if (!str_eq(open->at[i], t->open.at[i])) return false;
  return true;
}

Str line_here(Ct *t) {
  Str tail, line;
  str_cut(rest(t), '\n', &line, &tail);
  return line;
}
