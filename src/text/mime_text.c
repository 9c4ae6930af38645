/* text/mime_text.c: see mime_text.h. */
#include "text/mime_text.h"
#include "base/buf.h"

static size_t quote_depth(Str s) {
  size_t n = 0;
  while (n < s.n && s.p[n] == '>') n++;
  return n;
}

static Str unstuffed(Str s) { return str_starts(s, S(" ")) ? str_from(s, 1) : s; }

Str text_unflow(Arena *a, Str text, bool delsp) {
  Buf b = { .arena = a };
  size_t last_depth = 0;
  bool flows = false;
  buf_space(&b, text.n);
  while (text.n) {
    Str line = str_line(&text);
    size_t depth = quote_depth(line);
    Str words = unstuffed(str_from(line, depth));
    bool signature = str_eq(words, S("-- "));
    bool joins = flows && depth == last_depth && !signature;
    if (b.n && !joins) buf_char(&b, '\n');
    if (!joins) {
      for (size_t i = 0; i < depth; i++) buf_char(&b, '>');
      if (depth) buf_char(&b, ' ');
    }
    flows = str_ends(words, S(" ")) && !signature && text.n;
    buf_add(&b, flows && delsp ? str_head(words, words.n - 1) : words);
    last_depth = depth;
  }
  return buf_str(&b);
}

/* One line of uuencode: a length, then groups of four. False: this is no such line. */
static bool uu_line(Str s, Buf *to) {
  if (!s.n || s.p[0] < ' ' || s.p[0] > '`') return false;
  size_t n = (size_t)(s.p[0] - ' ') & 63, have = 0;
  if (n > 45 || s.n < 1 + (n * 4 + 2) / 3) return false;
  for (size_t i = 1; have < n; i += 4) {
    unsigned v = 0;
    for (size_t k = 0; k < 4; k++) v = v << 6 | (i + k < s.n ? ((unsigned)(s.p[i + k] - ' ') & 63) : 0);
    for (int shift = 16; shift >= 0 && have < n; shift -= 8, have++) buf_char(to, (char)(v >> shift & 255));
  }
  return true;
}

/* "begin 644 name": the name, or "" if the line is none. */
static Str uu_begin(Str line) {
  if (!str_starts(line, S("begin ")) || line.n < 11 || line.p[9] != ' ') return S("");
  for (size_t i = 6; i < 9; i++) if (line.p[i] < '0' || line.p[i] > '7') return S("");
  return str_trim(str_from(line, 10));
}

/* Past the "end" of the file whose lines begin at rest; false if it has none or a line is not uuencode. */
static bool uu_file(Str *rest, Buf *to) {
  Str r = *rest;
  while (r.n) {
    Str line = str_line(&r);
    if (str_eq(str_trim(line), S("end"))) { *rest = r; return true; }
    if (line.n && !uu_line(line, to)) return false;
  }
  return false;
}

void text_take_uu(Arena *a, Str *text, void (*add)(void *arg, Str name, Str bytes), void *arg) {
  if (str_find(*text, S("begin ")) == SIZE_MAX) return;
  Buf kept = { .arena = a };
  for (Str rest = *text; rest.n;) {
    Str from = rest, line = str_line(&rest), name = uu_begin(line);
    Buf bytes = { .arena = a };
    if (name.n && uu_file(&rest, &bytes)) add(arg, name, buf_str(&bytes));
    else buf_add(&kept, str_head(from, (size_t)(rest.p - from.p)));
  }
  *text = buf_str(&kept);
}
