/* tools/ct_holes.c: each hole as a call of the printer of its place. */
#include "ct.h"

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

void hole(Ct *t) {
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
