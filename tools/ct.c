/* tools/ct.c: makes C of the pages in ui/views and ui/mail. Runs at build; doc/templates.md tells how to write a view.
   What it is not: a parser of all HTML. It knows a small part and refuses the rest with file and line.
   Invariant: a hole is printed by the printer of the place it stands in, and that place is never in doubt: whatever
   could make it so (an unquoted value, a comment, a tag left open in one branch) does not build.
   Use: ct [--mail] --header OUT.h [--with OTHER.html]… DIR FILE.html…    writes DIR/FILE.c each, and OUT.h with all their
   views; a file whose text would not change is left alone. --with: other files whose views leave tags open for these. */
#include "ct.h"
#include <stdio.h>
#include <stdlib.h>

/* ── lines of C ── */
static void same_or_bad(const Ct *t, const Brace *b, const char *what) {
  if (same(t, &b->state, &b->open)) return;
  if (t->open.n > b->open.n) bad(t, "%s (from line %d) leaves <" STR_FMT "> open", what, b->line, STR_ARG(top(t)));
  if (t->open.n < b->open.n) bad(t, "%s (from line %d) ends <" STR_FMT "> that it did not open", what, b->line, STR_ARG(b->open.at[b->open.n - 1]));
  bad(t, "%s (from line %d) ends in another place than it began", what, b->line);
}

/* A word that leaves its block: the page must stand where it stood when that block began. */
static void check_word(Ct *t, Str word) {
  if (str_eq(word, S("goto"))) bad(t, "no goto in a page");
  if (str_eq(word, S("return")) && !same(t, &(State){ 0 }, &t->expect)) bad(t, "return here leaves <" STR_FMT "> open", STR_ARG(top(t)));
  if (!str_eq(word, S("break")) && !str_eq(word, S("continue")) && !str_eq(word, S("case")) && !str_eq(word, S("default"))) return;
  for (size_t i = t->braces.n; i-- > 0; )
    if (t->braces.at[i].loop) { same_or_bad(t, &t->braces.at[i], "this block"); return; }
}

static void brace(Ct *t, bool loop) {
  Brace b = { .state = t->state, .loop = loop, .line = t->line };
  for (size_t i = 0; i < t->open.n; i++) vec_add(t->a, &b.open, t->open.at[i]);
  vec_add(t->a, &t->braces, b);
}

static void c_code(Ct *t, Str c) {
  bool loop = false, control = false;
  char last = 0;
  for (size_t i = 0; i < c.n; ) {
    size_t past = past_quoted(t, c, i);
    if (past > i) { if (c.p[i] != '/') last = '"'; i = past; continue; }
    if (letter(c.p[i]) || c.p[i] == '_') {
      size_t from = i;
      while (i < c.n && word_char(c.p[i])) i++;
      Str word = { c.p + from, i - from };
      bool round = str_eq(word, S("for")) || str_eq(word, S("while")) || str_eq(word, S("do")) || str_eq(word, S("switch"));
      loop |= round;
      control |= round || str_eq(word, S("if")) || str_eq(word, S("else"));
      check_word(t, word);
      last = 'a';
      continue;
    }
    if (!blank(c.p[i])) last = c.p[i];
    if (c.p[i] == '(') t->parens++;
    if (c.p[i] == ')') t->parens--;
    if (c.p[i] == '{') { brace(t, loop); loop = false; }
    if (c.p[i] == '}') {
      if (!t->braces.n) bad(t, "} without {");
      same_or_bad(t, &t->braces.at[t->braces.n - 1], "this block");
      t->braces.n--;
    }
    if (c.p[i] == ';' && !t->parens) loop = control = false;
    i++;
  }
  if (control && !t->parens && last && !strchr("{};:", last)) bad(t, "write the braces: what follows would be only the next piece of text");
}

static void c_line(Ct *t, bool in_view) {
  Str line = str_trim(str_from(str_trim(line_here(t)), 1));
  if (in_view) {
    flush(t);
    c_code(t, line);
  } else if (str_starts(line, S("#include"))) {
    Str whole = str_cat(t->a, line, S("\n"));
    if (str_find(buf_str(&t->header), whole) == SIZE_MAX) buf_add(&t->header, whole);
  }
  line_of(t);
  buf_add(&t->c, line);
  buf_char(&t->c, '\n');
  advance(t, line_here(t).n + 1);
}

/* ── views and files ── */
static Strs words_of(Ct *t, Str s) {
  Strs out = { 0 };
  while ((s = str_trim(s)).n) {
    Str word;
    str_cut(s, ' ', &word, &s);
    if (!ct_known(word) || ct_void(word)) bad(t, "<" STR_FMT "> cannot be left open", STR_ARG(word));
    vec_add(t->a, &out, word);
  }
  return out;
}

/* @view name(arguments) opens a b … | closes b a … */
static Sig sig(Ct *t, Str line, Str *ret_args) {
  Str name, after, args, tail;
  line = str_trim(str_from(line, 5));
  if (!str_cut(line, '(', &name, &after) || !str_cut_last(after, ')', &args, &tail)) bad(t, "@view name(arguments)");
  Sig s = { .name = str_trim(name) };
  tail = str_trim(tail);
  if (str_starts(tail, S("opens "))) s.opens = words_of(t, str_from(tail, 6));
  else if (str_starts(tail, S("closes "))) s.closes = words_of(t, str_from(tail, 7));
  else if (tail.n) bad(t, "after the arguments: opens or closes, and elements");
  *ret_args = str_trim(args);
  return s;
}

static void view(Ct *t) {
  int line = t->line;
  Str args;
  Sig s = sig(t, str_trim(line_here(t)), &args);
  Str head = str_fmt(t->a, "void view_" STR_FMT "(View *v%s" STR_FMT ")", STR_ARG(s.name), args.n ? ", " : "", STR_ARG(args));
  buf_fmt(&t->header, STR_FMT ";\n", STR_ARG(head));
  line_of(t);
  buf_fmt(&t->c, STR_FMT " {\n  (void)v;\n", STR_ARG(head));
  advance(t, line_here(t).n + 1);
  t->open.n = t->braces.n = 0;
  t->parens = t->words = t->untranslated = 0;
  t->state = (State){ .where = TEXT };
  t->expect = s.opens;
  for (size_t i = s.closes.n; i-- > 0; ) push(t, s.closes.at[i]);
  t->fresh = true;
  while (true) {
    if (t->at >= t->src.n) bad_at(t, line, "@view without @end");
    if (t->fresh && t->state.where != ATTR) {
      Str here = str_trim(line_here(t));
      if (str_eq(here, S("@end"))) break;
      if (str_starts(here, S("@")) && t->state.where != RAW) bad(t, "only @end may stand here");
    }
    if (t->fresh && str_starts(str_trim(line_here(t)), S("%"))) { c_line(t, true); continue; }
    if (t->fresh && t->state.where == TEXT && !keeps_space(t)) {
      while (peek(t, 0) == ' ' || peek(t, 0) == '\t') t->at++;
      t->fresh = false;
      if (peek(t, 0) == '\n') { advance(t, 1); continue; }
    }
    t->fresh = false;
    if (looking_at(t, "{{")) hole(t);
    else switch (t->state.where) {
      case TEXT: text_char(t); break;
      case TAG:  tag_char(t);  break;
      case ATTR: attr_char(t); break;
      case RAW:  raw_char(t);  break;
    }
  }
  if (t->braces.n) bad(t, "{ of line %d is not closed", t->braces.at[t->braces.n - 1].line);
  if (t->state.where != TEXT) bad(t, "the view ends inside a tag");
  if (!same(t, &(State){ 0 }, &t->expect)) {
    if (t->open.n) bad(t, "<" STR_FMT "> is still open", STR_ARG(top(t)));
    bad(t, "not open, though promised by opens");
  }
  if (t->lit.n && t->lit.p[t->lit.n - 1] == '\n') t->lit.n--;        /* so that a small view may stand in a line of text */
  flush(t);
  buf_add(&t->c, S("}\n"));
  advance(t, line_here(t).n + 1);
}

static void check_labels(Ct *t) {
  for (size_t i = 0; i < t->wants.n; i++) {
    bool found = false;
    for (size_t k = 0; k < t->labels.n; k++) found |= str_eq(t->labels.at[k], t->wants.at[i].raw);
    if (!found) bad_at(t, t->wants.at[i].line, "<" STR_FMT " id=\"" STR_FMT "\"> has no <label for> in this file", STR_ARG(t->wants.at[i].name), STR_ARG(t->wants.at[i].raw));
  }
}

static Str read_file(Arena *a, const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) return (Str){ 0 };
  Buf b = { .arena = a };
  size_t n;
  while ((n = fread(buf_space(&b, 65536), 1, 65536, f)) > 0) b.n += n;
  fclose(f);
  return buf_str(&b);
}

/* Leaves an unchanged file alone, so that what hangs on it is not built again. */
static void write_file(Arena *a, const char *path, Str s) {
  if (str_eq(read_file(a, path), s)) return;
  FILE *f = fopen(path, "wb");
  if (!f || fwrite(s.p, 1, s.n, f) != s.n || fclose(f)) { perror(path); exit(1); }
}

static void each_sig(Ct *t) {
  Str args, lines = t->src, line;
  for (t->line = 1; lines.n; t->line++) {
    line = str_line(&lines);
    if (!str_starts(line, S("@view"))) continue;
    Sig s = sig(t, str_trim(line), &args);
    vec_add(t->a, &t->sigs, s);
  }
}

static Str file_c(Ct *t, const char *header) {
  t->at = 0; t->line = 1; t->fresh = true;
  t->c = t->lit = (Buf){ .arena = t->a };
  t->wants.n = t->labels.n = 0;
  const char *base = strrchr(header, '/');
  buf_fmt(&t->c, "/* Made by tools/ct of %s: edit that. */\n#include \"%s\"\n", t->file, base ? base + 1 : header);
  while (t->at < t->src.n) {
    Str line = str_trim(line_here(t));
    if (str_starts(line, S("@view"))) view(t);
    else if (str_starts(line, S("%"))) c_line(t, false);
    else if (line.n) bad(t, "text outside @view … @end");
    else advance(t, line_here(t).n + 1);
  }
  check_labels(t);
  return buf_str(&t->c);
}

static void sigs_of(Ct *t, const char *path) {
  t->file = path;
  t->line = 0;
  t->src = read_file(t->a, path);
  if (!t->src.p) bad(t, "cannot be read");
  each_sig(t);
}

static const char usage[] = "use: ct [--mail] --header OUT.h [--with OTHER.html]... DIR FILE.html...\n";

int main(int argc, char **argv) {
  Arena *a = arena_new(256u << 20);
  Ct t = { .a = a };
  const char *header = NULL;
  int i = 1;
  for (; i < argc && argv[i][0] == '-'; i++) {
    if (!strcmp(argv[i], "--mail")) t.mail = true;
    else if (!strcmp(argv[i], "--header") && i + 1 < argc) header = argv[++i];
    else if (!strcmp(argv[i], "--with") && i + 1 < argc) sigs_of(&t, argv[++i]);
    else { fputs(usage, stderr); return 2; }
  }
  if (!header || argc - i < 2) { fputs(usage, stderr); return 2; }
  const char *dir = argv[i++];
  t.header = (Buf){ .arena = a };
  buf_add(&t.header, S("/* Made by tools/ct. */\n#pragma once\n#include \"text/view.h\"\n"));
  for (int k = i; k < argc; k++) sigs_of(&t, argv[k]);
  for (; i < argc; i++) {
    t.file = argv[i];
    t.src = read_file(a, argv[i]);
    const char *base = strrchr(argv[i], '/');
    Str name = str_z(base ? base + 1 : argv[i]);
    t.line = 0;
    if (!str_ends(name, S(".html"))) bad(&t, "views end in .html");
    Str out = str_fmt(a, "%s/" STR_FMT ".c", dir, (int)name.n - 5, name.p);
    write_file(a, out.p, file_c(&t, header));
  }
  write_file(a, header, buf_str(&t.header));
  arena_free(a);
  return 0;
}
