/* tools/ct_tags.c: literal HTML, a character at a time: where a hole may stand is known from here, and what a page must
   have for people who do not see it, or cannot point. */
#include "ct.h"

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
bool has_words(Str raw) {
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
  if (str_eq(t->tag, S("base"))) {                 /* for frames, whose links must not open within them */
    if (attr(t, "href")) bad_at(t, t->tag_line, "<base> may not move where addresses lead: no href");
    return;
  }
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

void text_char(Ct *t) {
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
  if (str_starts(name, S("on"))) bad(t, STR_FMT ": no code in pages; put it in ui/static/desk.js", STR_ARG(name));
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

void tag_char(Ct *t) {
  if (blank(peek(t, 0))) { advance(t, 1); return; }
  if (peek(t, 0) == '>') { advance(t, 1); tag_end(t, false); return; }
  if (looking_at(t, "/>")) { advance(t, 2); tag_end(t, true); return; }
  attr_begin(t);
}

void attr_char(Ct *t) {
  char c = peek(t, 0);
  if (c == t->quote) { attr_end(t); return; }
  if (c == '<') bad(t, "< inside a value: is its quote missing?");
  if (blank(c) && t->state.kind == ATTR_URL) bad(t, "no blanks in a URL");
  t->state.begun = true;
  if (c == '&') { entity(t); return; }
  emit(t, c);
  advance(t, 1);
}

void raw_char(Ct *t) {
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
