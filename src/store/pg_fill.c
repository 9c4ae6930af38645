/* store/pg_fill.c: rows as the text that COPY … FROM STDIN reads: tabs between, \N for NULL, a backslash before what would
   end a value or a row. Text and not binary, so that the column's own type reads it: a tsvector is written like any other.
   https://www.postgresql.org/docs/15/sql-copy.html, "Text Format". Not here: sending (postgresql.c). */
#include <stdio.h>
#include "store/postgresql.h"

static void add_text(Buf *to, Str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i], as = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\\' ? '\\' : 0;
    if (!as) continue;
    buf_add(to, (Str){ s.p + from, i - from });
    buf_char(to, '\\');
    buf_char(to, as);
    from = i + 1;
  }
  buf_add(to, str_from(s, from));
}

/* 17 digits tell every double from its neighbours; a point, whatever the locale. */
static void add_real(Buf *to, double r) {
  char text[40];
  int n = snprintf(text, sizeof text, "%.17g", r);
  for (int i = 0; i < n; i++) buf_char(to, text[i] == ',' ? '.' : text[i]);
}

static void add_bytes(Buf *to, Str s) {
  buf_add(to, S("\\\\x"));
  char *p = buf_space(to, s.n * 2);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    p[2 * i] = "0123456789abcdef"[c >> 4];
    p[2 * i + 1] = "0123456789abcdef"[c & 15];
  }
  to->n += s.n * 2;
}

void pg_copy_row(Buf *to, const Val *v, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (i) buf_char(to, '\t');
    switch (v[i].type) {
    case T_INT:   buf_int(to, v[i].i); break;
    case T_REAL:  add_real(to, v[i].r); break;
    case T_TEXT:  add_text(to, v[i].s); break;
    case T_BYTES: add_bytes(to, v[i].s); break;
    default:      buf_add(to, S("\\N"));
    }
  }
  buf_char(to, '\n');
}
