/* tools/ct.c: makes C of the pages in ui/views and ui/mail. Runs at build; doc/templates.md tells how to write a view.
   What it is not: a parser of all HTML. It knows a small part and refuses the rest with file and line.
   Invariant: a hole is printed by the printer of the place it stands in, and that place is never in doubt: whatever
   could make it so (an unquoted value, a comment, a tag left open in one branch) does not build.
   Use: ct [--mail] --header OUT.h [--with OTHER.html]… DIR FILE.html…    writes DIR/FILE.c each, and OUT.h with all their
   views; a file whose text would not change is left alone. --with: other files whose views leave tags open for these. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/vec.h"
#include "tools/ct.h"

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

static _Noreturn void bad_at(const Ct *t, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static _Noreturn void bad_at(const Ct *t, int line, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  fprintf(stderr, "%s:%d: error: ", t->file, line);
  vfprintf(stderr, fmt, ap);
  fputc('\n', stderr);
  exit(1);
}
#define bad(t, ...) bad_at((t), (t)->line, __VA_ARGS__)

/* ── reading ── */
static bool letter(char c)    { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool digit(char c)     { return c >= '0' && c <= '9'; }
static bool word_char(char c) { return letter(c) || digit(c) || c == '_'; }
static bool blank(char c)     { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static Str  rest(const Ct *t) { return str_from(t->src, t->at); }
/* Of UTF-8: a letter's first byte. U+0080 to U+00BF (· and blanks) and U+2000 to U+2FFF (dashes, arrows) are no letters. */
static bool continues(char c)   { return ((unsigned char)c & 0xC0) == 0x80; }
static bool word_begins(char c) { unsigned char u = (unsigned char)c; return letter(c) || (u >= 0xC3 && u != 0xE2); }
static char peek(const Ct *t, size_t ahead) { return t->at + ahead < t->src.n ? t->src.p[t->at + ahead] : 0; }
static bool looking_at(const Ct *t, const char *z) { return str_starts(rest(t), str_z(z)); }
static Str  slice(const Ct *t, size_t from, size_t to) { return (Str){ t->src.p + from, to - from }; }

static void advance(Ct *t, size_t n) {
  for (; n && t->at < t->src.n; n--) {
    t->fresh = t->src.p[t->at] == '\n';
    if (t->fresh) t->line++;
    t->at++;
  }
}
static void skip_blank(Ct *t) { while (blank(peek(t, 0))) advance(t, 1); }

/* The end of a C string, character or comment that begins at i, else i. */
static size_t past_quoted(const Ct *t, Str c, size_t i) {
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
static void line_of(Ct *t) { buf_fmt(&t->c, "#line %d \"%s\"\n", t->line, t->file); }

static void put_literal(Buf *b, Str s) {
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

static void flush(Ct *t) {
  if (!t->lit.n) return;
  buf_add(&t->c, S("  ht_lit(v, "));
  put_literal(&t->c, buf_str(&t->lit));
  buf_fmt(&t->c, ", %zu);\n", t->lit.n);
  t->lit = (Buf){ .arena = t->a };
}

/* One white space stands for a run of it, so that indentation costs nothing. */
static void emit(Ct *t, char c) { buf_char(&t->lit, c); }

/* ── tags ── */
static bool keeps_space(const Ct *t) {
  for (size_t i = 0; i < t->open.n; i++) if (str_eq(t->open.at[i], S("pre")) || str_eq(t->open.at[i], S("textarea"))) return true;
  return false;
}
static Str top(const Ct *t) { return t->open.n ? t->open.at[t->open.n - 1] : S(""); }
static bool inside(const Ct *t, const char *name) {
  for (size_t i = 0; i < t->open.n; i++) if (str_eq(t->open.at[i], str_z(name))) return true;
  return false;
}
static bool rcdata(const Ct *t) { return str_eq(top(t), S("title")) || str_eq(top(t), S("textarea")); }

static const Attr *attr(const Ct *t, const char *name) {
  for (size_t i = 0; i < t->attrs.n; i++) if (str_eq(t->attrs.at[i].name, str_z(name))) return &t->attrs.at[i];
  return NULL;
}
static Str attr_raw(const Ct *t, const char *name) { const Attr *a = attr(t, name); return a ? a->raw : S(""); }

static void push(Ct *t, Str name) {
  if (t->untranslated) t->untranslated++;
  vec_add(t->a, &t->open, name);
}
static void pop(Ct *t, Str name) {
  if (!t->open.n) bad(t, "</" STR_FMT "> ends nothing that this view opened", STR_ARG(name));
  if (!str_eq(top(t), name))
    bad(t, "</" STR_FMT "> where </" STR_FMT "> must come first", STR_ARG(name), STR_ARG(top(t)));
  if (t->untranslated) t->untranslated--;
  t->open.n--;
}

static void check_field(Ct *t) {
  Str type = attr_raw(t, "type");
  bool input = str_eq(t->tag, S("input"));
  if (!input && !str_eq(t->tag, S("textarea")) && !str_eq(t->tag, S("select"))) return;
  if (input && (str_eq(type, S("hidden")) || str_eq(type, S("submit")) || str_eq(type, S("button")))) return;
  if (attr(t, "aria-label") || attr(t, "aria-labelledby") || inside(t, "label")) return;
  const Attr *id = attr(t, "id");
  if (!id) bad_at(t, t->tag_line, "<" STR_FMT "> needs a label: an id with <label for>, or aria-label", STR_ARG(t->tag));
  vec_add(t->a, &t->wants, (Attr){ t->tag, id->raw, t->tag_line });
}

/* The literal parts of a value: letters in a row that only people would read. */
static bool has_words(Str raw) {
  int run = 0;
  for (size_t i = 0; i < raw.n; i++) {
    if (str_starts(str_from(raw, i), S("{{"))) {
      size_t end = str_find(str_from(raw, i), S("}}"));
      if (end == SIZE_MAX) return false;
      i += end + 1;
      run = 0;
    } else {
      if (!continues(raw.p[i])) run = word_begins(raw.p[i]) ? run + 1 : 0;
      if (run >= 2) return true;
    }
  }
  return false;
}

/* What a page must have for people who do not see it, or cannot point. */
static void check_tag(Ct *t) {
  if (str_eq(t->tag, S("img")) && !attr(t, "alt")) bad_at(t, t->tag_line, "<img> needs alt (alt=\"\" if it only decorates)");
  if (str_eq(t->tag, S("button")) && !attr(t, "type")) bad_at(t, t->tag_line, "<button> needs a type");
  if (str_eq(t->tag, S("html")) && !attr(t, "lang")) bad_at(t, t->tag_line, "<html> needs lang");
  if (str_eq(t->tag, S("iframe")) && (!attr(t, "title") || !attr(t, "sandbox"))) bad_at(t, t->tag_line, "<iframe> needs title and sandbox");
  if (str_eq(t->tag, S("script")) && attr(t, "type") && attr(t, "src")) bad_at(t, t->tag_line, "<script> has either src or JSON inside");
  if (attr(t, "target") && str_find(attr_raw(t, "rel"), S("noopener")) == SIZE_MAX) bad_at(t, t->tag_line, "target needs rel=\"noopener\"");
  const Attr *tab = attr(t, "tabindex");
  if (tab && !str_eq(tab->raw, S("0")) && !str_eq(tab->raw, S("-1"))) bad_at(t, tab->line, "tabindex is 0 or -1; the order of the page is the order of the keys");
  if (str_eq(t->tag, S("label")) && attr(t, "for")) vec_add(t->a, &t->labels, attr(t, "for")->raw);
  bool ours = t->untranslated || str_eq(attr_raw(t, "translate"), S("no"));
  for (size_t i = 0; i < t->attrs.n && !ours; i++)
    if (ct_attr_words(t->attrs.at[i].name) && has_words(t->attrs.at[i].raw))
      bad_at(t, t->attrs.at[i].line, STR_FMT ": words for people stand in {{_ \"…\" }}", STR_ARG(t->attrs.at[i].name));
  check_field(t);
}

static void check_place(Ct *t) {
  Str tag = t->tag;
  if (str_eq(top(t), S("p")) && ct_block(tag)) bad_at(t, t->tag_line, "<p> cannot hold <" STR_FMT ">: the browser would end it first", STR_ARG(tag));
  const char *apart[] = { "a", "button", "form", "label", "select", "textarea", "title", "option" };
  for (size_t i = 0; i < COUNT(apart); i++)
    if (str_eq(tag, str_z(apart[i])) && inside(t, apart[i])) bad_at(t, t->tag_line, "<%s> inside <%s>", apart[i], apart[i]);
  if (inside(t, "a") && str_eq(tag, S("button"))) bad_at(t, t->tag_line, "<button> inside <a>");
  if (inside(t, "button") && str_eq(tag, S("a"))) bad_at(t, t->tag_line, "<a> inside <button>");
}

static void raw_begin(Ct *t) {
  bool json = str_eq(t->tag, S("script")) && attr(t, "type");
  if (json && !str_eq(attr_raw(t, "type"), S("application/json"))) bad_at(t, t->tag_line, "<script> inside a page is JSON only; put code in ui/static");
  if (str_eq(t->tag, S("style")) && !t->mail) bad_at(t, t->tag_line, "<style> is not for pages: ui/static/cornerdesk.css");
  if (str_eq(t->tag, S("script")) && !json && !looking_at(t, "</script>")) bad_at(t, t->tag_line, "<script> inside a page is JSON only; put code in ui/static");
  if (json || str_eq(t->tag, S("style"))) { t->state.where = RAW; t->state.json_string = false; }
}

static void tag_end(Ct *t, bool slash) {
  bool empty = ct_void(t->tag), drawn = ct_drawn(t->tag);
  if (slash && !empty && !drawn) bad(t, "<" STR_FMT "/> is not closed by its slash: write </" STR_FMT ">", STR_ARG(t->tag), STR_ARG(t->tag));
  check_tag(t);
  check_place(t);
  t->state = (State){ .where = TEXT };
  t->words = 0;
  if (slash && drawn) emit(t, '/');
  emit(t, '>');
  if (empty || slash) return;
  push(t, t->tag);
  if (!t->untranslated && (ct_wordless(t->tag) || str_eq(attr_raw(t, "translate"), S("no")))) t->untranslated = 1;
  raw_begin(t);
}

static Str name_here(Ct *t) {
  size_t from = t->at;
  while (word_char(peek(t, 0)) || peek(t, 0) == '-' || peek(t, 0) == ':' || peek(t, 0) == '.') advance(t, 1);
  return slice(t, from, t->at);
}

static void tag_begin(Ct *t) {
  t->tag_line = t->line;
  advance(t, 1);
  t->tag = name_here(t);
  if (!ct_known(t->tag)) bad(t, "<" STR_FMT "> is not an element these pages use", STR_ARG(t->tag));
  t->attrs.n = 0;
  t->state = (State){ .where = TAG };
  emit(t, '<');
  buf_add(&t->lit, t->tag);
}

static void tag_close(Ct *t) {
  advance(t, 2);
  Str name = name_here(t);
  skip_blank(t);
  if (peek(t, 0) != '>') bad(t, "</" STR_FMT " without its >", STR_ARG(name));
  advance(t, 1);
  pop(t, name);
  t->words = 0;
  buf_add(&t->lit, S("</"));
  buf_add(&t->lit, name);
  emit(t, '>');
}

/* ── text and attributes ── */
static void entity(Ct *t) {
  size_t n = 1;
  if (peek(t, n) == '#') n++;
  while (letter(peek(t, n)) || digit(peek(t, n))) n++;
  if (n < 3 || peek(t, n) != ';') bad(t, "a bare & is written &amp;");
  buf_add(&t->lit, slice(t, t->at, t->at + n + 1));
  advance(t, n + 1);
}

static void count_words(Ct *t, char c) {
  if (continues(c)) return;
  t->words = word_begins(c) ? t->words + 1 : 0;
  if (t->words >= 2 && !t->untranslated) bad(t, "words for people stand in {{_ \"…\" }}, so that they can be translated");
}

static void text_char(Ct *t) {
  char c = peek(t, 0);
  if (c == '<') {
    if (looking_at(t, "<!--")) bad(t, "no comments in pages: use a %% // line");
    if (rcdata(t)) {
      if (!str_istarts(str_from(rest(t), 2), top(t)) || peek(t, 1) != '/') bad(t, "no tags inside <" STR_FMT ">", STR_ARG(top(t)));
      tag_close(t);
    }
    else if (str_istarts(rest(t), S("<!doctype html>")) && !t->open.n) { buf_add(&t->lit, S("<!doctype html>")); advance(t, 15); }
    else if (peek(t, 1) == '/') tag_close(t);
    else if (letter(peek(t, 1))) tag_begin(t);
    else bad(t, "a bare < is written &lt;");
    return;
  }
  if (c == '&') { entity(t); t->words = 0; return; }
  count_words(t, c);
  emit(t, c);
  advance(t, 1);
}

static void attr_begin(Ct *t) {
  int line = t->line;
  Str name = name_here(t);
  if (!name.n) bad(t, "'%c' cannot stand inside a tag", peek(t, 0));
  if (str_starts(name, S("on")) || str_starts(name, S("hx-on"))) bad(t, STR_FMT ": no code in pages; put it in ui/static/desk.js", STR_ARG(name));
  if (str_eq(name, S("style")) && !t->mail) bad(t, "no style attributes in pages: ui/static/cornerdesk.css");
  if (str_eq(name, S("http-equiv")) || str_eq(name, S("srcdoc"))) bad(t, "no " STR_FMT " in pages", STR_ARG(name));
  bool again = false;
  for (size_t i = 0; i < t->attrs.n; i++) again |= str_eq(t->attrs.at[i].name, name);
  if (again && (!t->braces.n || t->braces.at[t->braces.n - 1].state.where != TAG)) bad(t, STR_FMT " twice in one tag", STR_ARG(name));
  emit(t, ' ');
  buf_add(&t->lit, name);
  vec_add(t->a, &t->attrs, (Attr){ name, S(""), line });
  if (peek(t, 0) != '=') return;
  advance(t, 1);
  t->quote = peek(t, 0);
  if (t->quote != '"' && t->quote != '\'') bad(t, STR_FMT ": quote the value", STR_ARG(name));
  advance(t, 1);
  emit(t, '=');
  emit(t, t->quote);
  t->attr_from = t->at;
  t->state = (State){ .where = ATTR, .kind = ct_attr(t->tag, name) };
}

static void attr_end(Ct *t) {
  Attr *a = &t->attrs.at[t->attrs.n - 1];
  a->raw = slice(t, t->attr_from, t->at);
  if (t->state.kind == ATTR_URL && !ct_url_fits(a->raw, t->mail)) bad(t, STR_FMT ": http, https, mailto, tel or a path of ours", STR_ARG(a->name));
  emit(t, t->quote);
  advance(t, 1);
  t->state = (State){ .where = TAG };
}

static void tag_char(Ct *t) {
  if (blank(peek(t, 0))) { advance(t, 1); return; }
  if (peek(t, 0) == '>') { advance(t, 1); tag_end(t, false); return; }
  if (looking_at(t, "/>")) { advance(t, 2); tag_end(t, true); return; }
  attr_begin(t);
}

static void attr_char(Ct *t) {
  char c = peek(t, 0);
  if (c == t->quote) { attr_end(t); return; }
  if (c == '<') bad(t, "< inside a value: is its quote missing?");
  if (blank(c) && t->state.kind == ATTR_URL) bad(t, "no blanks in a URL");
  t->state.begun = true;
  if (c == '&') { entity(t); return; }
  emit(t, c);
  advance(t, 1);
}

static void raw_char(Ct *t) {
  char c = peek(t, 0);
  if (c == '<') {
    t->state = (State){ .where = TEXT };
    if (!str_istarts(rest(t), S("</")) || !str_istarts(str_from(rest(t), 2), top(t))) bad(t, "< inside <" STR_FMT ">", STR_ARG(top(t)));
    tag_close(t);
    return;
  }
  if (c == '\\' && t->state.json_string) { emit(t, c); advance(t, 1); c = peek(t, 0); }
  else if (c == '"') t->state.json_string = !t->state.json_string;
  emit(t, c);
  advance(t, 1);
}

/* ── holes ── */
/* Cuts C text at commas of the outermost level. */
static Strs arguments(Ct *t, Str c) {
  Strs parts = { 0 };
  size_t from = 0;
  int depth = 0;
  for (size_t i = 0; i < c.n; ) {
    size_t past = past_quoted(t, c, i);
    if (past > i) { i = past; continue; }
    if (strchr("([{", c.p[i])) depth++;
    if (strchr(")]}", c.p[i])) depth--;
    if (c.p[i] == ',' && depth == 0) { vec_add(t->a, &parts, str_trim((Str){ c.p + from, i - from })); from = i + 1; }
    i++;
  }
  vec_add(t->a, &parts, str_trim(str_from(c, from)));
  return parts;
}

/* Takes one string literal off the front. */
static Str literal(Ct *t, Str *c) {
  *c = str_trim(*c);
  if (!c->n || c->p[0] != '"') bad(t, "a sentence stands here, in double quotes");
  size_t end = past_quoted(t, *c, 0);
  Str lit = str_head(*c, end);
  *c = str_trim(str_from(*c, end));
  return lit;
}

/* How many arguments a sentence takes: %s in order, or %1$s … */
static size_t takes(Ct *t, Str lit) {
  size_t plain = 0, most = 0;
  for (size_t i = 0; i + 1 < lit.n; i++) {
    if (lit.p[i] != '%') continue;
    if (lit.p[i + 1] == '%') i++;
    else if (lit.p[i + 1] == 's') plain++;
    else if (digit(lit.p[i + 1]) && str_starts(str_from(lit, i + 2), S("$s"))) { if ((size_t)(lit.p[i + 1] - '0') > most) most = (size_t)(lit.p[i + 1] - '0'); }
    else bad(t, "only %%s, %%1$s and %%%% in a sentence");
  }
  if (plain && most) bad(t, "either %%s or %%1$s in one sentence");
  return plain ? plain : most;
}

static const char *sentence_place(Ct *t, bool markup) {
  if (t->state.where == RAW) return t->state.json_string ? (bad(t, "a hole is the whole JSON value: no quotes round it"), "") : "HT_AS_JSON";
  if (markup && (t->state.where != TEXT || rcdata(t))) bad(t, "a sentence with tags stands in text only");
  if (t->state.where == TEXT) return markup ? "HT_AS_MARKUP" : rcdata(t) ? "HT_AS_ATTR" : "HT_AS_TEXT";
  if (t->state.where == ATTR && t->state.kind == ATTR_PLAIN) { t->state.begun = true; return "HT_AS_ATTR"; }
  bad(t, "a sentence cannot stand here");
}

/* {{_ "…" }}  {{_c "context" "…" }}  {{_f "…%s…", x }}  {{_h "…<b>%s</b>…", x }}  {{_n "one" "many", n, … }}  {{_hn …}} */
static void sentence(Ct *t, Str how, Str c) {
  bool markup = str_starts(how, S("h")), plural = str_ends(how, S("n")), context = str_eq(how, S("c")), plain = how.n == 0;
  if (!plain && !context && !str_eq(how, S("f")) && !str_eq(how, S("h")) && !plural) bad(t, "{{_" STR_FMT " is not known: _ _c _f _h _n _hn", STR_ARG(how));
  const char *as = sentence_place(t, markup);
  Str one = literal(t, &c), two = plural || context ? literal(t, &c) : S("");
  const char *why = !markup ? NULL : ct_markup(one) ? ct_markup(one) : ct_markup(two);
  if (why) bad(t, "%s", why);
  Strs args = { 0 };
  if (c.n) {
    if (c.p[0] != ',') bad(t, "a comma stands between the sentence and what goes in it");
    args = arguments(t, str_from(c, 1));
  }
  size_t most = takes(t, one), more = plural ? takes(t, two) : 0;
  if (more > most) most = more;
  if (plural && !args.n) bad(t, "a plural needs its number");
  if (plural ? most > args.n : !context && most != args.n) bad(t, "the sentence has %zu places, %zu are given", most, args.n);
  buf_fmt(&t->c, "  ht_sentence(v, %s, ", as);
  if (plural) buf_fmt(&t->c, "trn(v->lang, " STR_FMT ", " STR_FMT ", (int64_t)(" STR_FMT "))", STR_ARG(one), STR_ARG(two), STR_ARG(args.at[0]));
  else if (context) buf_fmt(&t->c, "tr_c(v->lang, " STR_FMT ", " STR_FMT ")", STR_ARG(one), STR_ARG(two));
  else buf_fmt(&t->c, "tr(v->lang, " STR_FMT ")", STR_ARG(one));
  buf_add(&t->c, S(", (HtArg[]){ "));
  for (size_t i = 0; i < args.n; i++)
    buf_fmt(&t->c, "%s%s(v, " STR_FMT ")", i ? ", " : "", plural && i == 0 ? "HT_COUNT" : "HT_ARG", STR_ARG(args.at[i]));
  buf_fmt(&t->c, "%s }, %zu);\n", args.n ? "" : "{ { 0 }, 0 }", args.n);
}

/* {{? name="value" : condition }} between attributes; {{? words : condition }} inside a value */
static void conditional(Ct *t, Str c) {
  Str what, when;
  size_t i = 0;
  while (i < c.n && c.p[i] != ':') { size_t past = past_quoted(t, c, i); i = past > i ? past : i + 1; }
  what = str_trim(str_head(c, i));
  when = str_trim(str_from(c, i + 1));
  if (!what.n || !when.n) bad(t, "{{? what : condition }}");
  if (str_find(what, S("<")) != SIZE_MAX || str_find(what, S("&")) != SIZE_MAX) bad(t, "{{? }} takes plain words");
  if (t->state.where == TAG) {
    Str name, value;
    bool has = str_cut(what, '=', &name, &value);
    if (ct_attr(t->tag, name) != ATTR_PLAIN || str_starts(name, S("on")) || str_eq(name, S("style"))) bad(t, "{{? }} is for plain attributes; use a %% if line");
    if (has && (value.n < 2 || value.p[0] != '"' || value.p[value.n - 1] != '"')) bad(t, STR_FMT ": quote the value", STR_ARG(name));
    value = has ? (Str){ value.p + 1, value.n - 2 } : S("");
    if (ct_attr_words(name) && has_words(value)) bad(t, "use a %% if line for words: they must be translated");
    vec_add(t->a, &t->attrs, (Attr){ name, value, t->line });
  } else if (t->state.where == ATTR && t->state.kind == ATTR_PLAIN) {
    if (str_find(what, S("\"")) != SIZE_MAX || str_find(what, S("'")) != SIZE_MAX) bad(t, "no quotes inside a value");
    t->state.begun = true;
  } else bad(t, "{{? }} stands inside a tag");
  buf_fmt(&t->c, "  if (" STR_FMT ") ht_lit(v, ", STR_ARG(when));
  Str out = str_cat(t->a, S(" "), what);
  put_literal(&t->c, out);
  buf_fmt(&t->c, ", %zu);\n", out.n);
}

static void call(Ct *t, Str c) {
  if (t->state.where != TEXT || rcdata(t)) bad(t, "another view stands in text only");
  Str name, args;
  if (!str_cut(c, '(', &name, &args) || !str_ends(args, S(")"))) bad(t, "{{> name(arguments) }}");
  name = str_trim(name);
  args = str_trim(str_head(args, args.n - 1));
  for (size_t i = 0; i < t->sigs.n; i++) {
    const Sig *s = &t->sigs.at[i];
    if (!str_eq(s->name, name)) continue;
    for (size_t k = 0; k < s->closes.n; k++) pop(t, s->closes.at[k]);
    for (size_t k = 0; k < s->opens.n; k++) push(t, s->opens.at[k]);
  }
  t->words = 0;
  buf_fmt(&t->c, "  view_" STR_FMT "(v%s" STR_FMT ");\n", STR_ARG(name), args.n ? ", " : "", STR_ARG(args));
}

static void value(Ct *t, Str c) {
  const char *how = NULL;
  switch (t->state.where) {
    case TEXT: how = rcdata(t) ? "HT_ATTR" : "HT_TEXT"; break;
    case TAG:  bad(t, "a hole cannot be the name of an attribute");
    case RAW:
      if (!str_eq(top(t), S("script"))) bad(t, "no holes in <style>");
      if (t->state.json_string) bad(t, "a hole is the whole JSON value: no quotes round it");
      how = "HT_JSON";
      break;
    case ATTR:
      if (t->state.kind == ATTR_LITERAL) bad(t, "no holes in " STR_FMT, STR_ARG(t->attrs.at[t->attrs.n - 1].name));
      how = t->state.kind == ATTR_PLAIN ? "HT_ATTR" : t->state.begun ? "HT_URLPART" : "HT_URL";
      t->state.begun = true;
  }
  t->words = 0;
  buf_fmt(&t->c, "  %s(v, " STR_FMT ");\n", how, STR_ARG(c));
}

static void hole(Ct *t) {
  Str c = str_from(rest(t), 2);
  size_t i = 0;
  while (i < c.n && !str_starts(str_from(c, i), S("}}"))) { size_t past = past_quoted(t, c, i); i = past > i ? past : i + 1; }
  if (i >= c.n) bad(t, "{{ without }}");
  flush(t);
  line_of(t);
  char kind = c.n ? c.p[0] : 0;
  Str in = str_head(c, i);
  if (!str_trim(in).n) bad(t, "an empty hole");
  if (kind == '_') {
    size_t k = 1;
    while (k < in.n && letter(in.p[k])) k++;
    sentence(t, (Str){ in.p + 1, k - 1 }, str_trim(str_from(in, k)));
  }
  else if (kind == '?') conditional(t, str_trim(str_from(in, 1)));
  else if (kind == '>') call(t, str_trim(str_from(in, 1)));
  else value(t, str_trim(in));
  advance(t, 2 + i + 2);
  t->fresh = false;
}

/* ── lines of C ── */
static bool same(const Ct *t, const State *s, const Strs *open) {
  if (s->where != t->state.where || s->kind != t->state.kind || s->begun != t->state.begun || s->json_string != t->state.json_string) return false;
  if (open->n != t->open.n) return false;
  for (size_t i = 0; i < open->n; i++) if (!str_eq(open->at[i], t->open.at[i])) return false;
  return true;
}

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

static Str line_here(Ct *t) {
  Str tail, line;
  str_cut(rest(t), '\n', &line, &tail);
  return line;
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
