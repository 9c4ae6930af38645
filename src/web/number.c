/* web/number.c: the words of a figure, and its JSON. What may be said is measure/display.h's. */
#include "web/number.h"
#include <math.h>
#include "text/num.h"

/* A length of time as people say it; the views have no other way to. */
static Str span(Arena *a, const Lang *l, double us) { return when_span((Reader){ a, l, S("UTC"), 0 }, (int64_t)us); }

static Str points(Arena *a, const Lang *l, double v) {
  Str s = num_double(a, l, fabs(v), 0);
  return str_eq(s, S("0")) ? s : str_cat(a, v < 0 ? S("−") : S("+"), s);
}

Str number_one(Arena *a, const Lang *l, FigureKind kind, double v) {
  switch (kind) {
    case FIGURE_SHARE: return num_percent(a, l, v, 0);
    case FIGURE_TIME:  return span(a, l, v);
    case FIGURE_SCORE: return points(a, l, v);
    case FIGURE_COUNT: return num_double(a, l, v, v == floor(v) ? 0 : 1);        /* of an even number the middle may lie between */
    default:           return num_double(a, l, v, 0);
  }
}

/* The lower end of a range of shares goes without its sign. */
static Str low_end(Arena *a, const Lang *l, const Figure *f) {
  return f->kind == FIGURE_SHARE ? num_double(a, l, 100 * f->ci.lo, 0) : number_one(a, l, f->kind, f->ci.lo);
}

static Str k_of_n(Arena *a, const Lang *l, const Figure *f) {
  return tr_f(a, l, "%1$s of %2$s", num(a, l, f->k), num(a, l, f->n));
}

Str number_nobody(const Lang *l, const Figure *f) {
  if (f->silent) return tr(l, "nobody answered yet");
  return f->eyes == EYES_AGENT || f->kind == FIGURE_TIME || f->kind == FIGURE_COUNT ? tr(l, "none yet") : tr(l, "nobody asked yet");
}

Str number_value(Arena *a, const Lang *l, const Figure *f) {
  return f->kind == FIGURE_SHARE && f->show != SHOW_PERCENT ? k_of_n(a, l, f) : number_one(a, l, f->kind, f->value);
}

/* Where there are too few for a rate, their interval is not told as one either (B5). */
static Str few_of(Arena *a, const Lang *l, const Figure *f) {
  double n = (double)f->n;
  return tr_f(a, l, "likely %1$s to %2$s of %3$s", num(a, l, (int64_t)floor(f->ci.lo * n)), num(a, l, (int64_t)ceil(f->ci.hi * n)), num(a, l, f->n));
}

Str number_sure(Arena *a, const Lang *l, const Figure *f) {
  Str lo = low_end(a, l, f), hi = number_one(a, l, f->kind, f->ci.hi);
  if (f->kind != FIGURE_SHARE) {
    if (f->kind == FIGURE_TIME || f->kind == FIGURE_COUNT) return tr_f(a, l, "the middle of %1$s, likely %2$s to %3$s", num(a, l, f->n), lo, hi);
    return tr_f(a, l, "from %1$s answers, likely %2$s to %3$s", num(a, l, f->n), lo, hi);
  }
  if (f->show != SHOW_PERCENT) return few_of(a, l, f);
  return tr_f(a, l, "%1$s of %2$s, likely %3$s to %4$s", num(a, l, f->k), num(a, l, f->n), lo, hi);
}

Str number_brief(Arena *a, const Lang *l, const Figure *f) {
  Str lo = low_end(a, l, f), hi = number_one(a, l, f->kind, f->ci.hi);
  if (f->kind == FIGURE_SHARE && f->show != SHOW_PERCENT) return few_of(a, l, f);
  if (str_eq(lo, hi)) return tr_f(a, l, "from %s", num(a, l, f->n));            /* nearly all are alike: the range is the value */
  return tr_f(a, l, "%1$s to %2$s, from %3$s", lo, hi, num(a, l, f->n));
}

Str number_few(Arena *a, const Lang *l, const Figure *f) {
  if (f->kind == FIGURE_SHARE) return k_of_n(a, l, f);
  return trn_f(a, l, "one answer", "%s answers", f->n, num(a, l, f->n));
}

Str number_said(Arena *a, const Lang *l, const Figure *f) {
  switch (f->show) {
    case SHOW_NONE:     return number_nobody(l, f);
    case SHOW_LIST:     return f->answer_n ? list_and(a, l, f->answers, f->answer_n) : number_few(a, l, f);
    default:            return tr_f(a, l, "%1$s (%2$s)", number_value(a, l, f), number_sure(a, l, f));
  }
}

Str number_silent(Arena *a, const Lang *l, const Figure *f) { return trn_f(a, l, "one silent", "%s silent", f->silent, num(a, l, f->silent)); }

Str number_period(Reader r, int64_t from, int64_t to) {
  if (!to) return from ? tr_f(r.arena, r.lang, "since %s", when_day(r, from)) : S("");
  if (!from) return tr_f(r.arena, r.lang, "until %s", when_day(r, to - 1));
  Str a = when_day(r, from), b = when_day(r, to - 1);
  return str_eq(a, b) ? a : tr_f(r.arena, r.lang, "%1$s to %2$s", a, b);
}

static Str eyes_words(const Lang *l, const Figure *f) {
  if (f->kind == FIGURE_TIME) return f->eyes == EYES_CUSTOMER ? tr(l, "on the customer’s clock") : f->eyes == EYES_AGENT ? tr(l, "on our clock") : tr(l, "on both clocks");
  return f->eyes == EYES_CUSTOMER ? tr(l, "says the person who asked") : f->eyes == EYES_AGENT ? tr(l, "as we see it") : tr(l, "as both can see");
}

static Str worst_case(Arena *a, const Lang *l, const Figure *f) {
  return tr_f(a, l, "if every silent one were unhappy, %s", number_one(a, l, f->kind, f->less ? f->bounds.hi : f->bounds.lo));
}

static void beside(Buf *b, Str words) {
  if (b->n && words.n) buf_add(b, S(" · "));
  buf_add(b, words);
}

Str number_beside(Reader r, const Figure *f) {
  Buf b = { .arena = r.arena };
  beside(&b, number_period(r, f->from, f->to));
  beside(&b, eyes_words(r.lang, f));
  if (f->silent) beside(&b, number_silent(r.arena, r.lang, f));
  if (f->silent && f->kind != FIGURE_TIME && f->kind != FIGURE_COUNT && f->show == SHOW_PERCENT && f->eyes == EYES_CUSTOMER) beside(&b, worst_case(r.arena, r.lang, f));
  return buf_str(&b);
}

NumberBar number_bar_of(const Figure *f) {
  double from = f->kind == FIGURE_SCORE ? -100 : 0, whole = f->kind == FIGURE_SCORE ? 200 : f->kind == FIGURE_INDEX ? 100 : 1;
  double lo = 100 * (f->ci.lo - from) / whole, hi = 100 * (f->ci.hi - from) / whole, at = 100 * (f->value - from) / whole;
  return (NumberBar){ round(10 * lo) / 10, round(10 * (hi - lo)) / 10, round(10 * at) / 10 };
}

static const char *const kinds[] = { "share", "median", "score", "index", "count" };

static void pair(JsonOut *w, const char *name, Interval i, double scale) {
  JSON_ARR(w, name);
  json_put_double(w, i.lo / scale);
  json_put_double(w, i.hi / scale);
  json_end(w);
}

bool number_counted(const Figure *f) { return f->show == SHOW_LIST && !f->answer_n && (f->kind == FIGURE_INDEX || f->kind == FIGURE_SCORE); }

void figure_json_members(JsonOut *w, const Figure *f) {
  double scale = f->kind == FIGURE_TIME ? (double)SECOND : 1;
  if (f->name.n) JSON(w, "measure", f->name);
  JSON(w, "kind", kinds[f->kind]);
  JSON(w, "k", f->k);
  JSON(w, "n", f->n);
  json_name(w, "value");
  bool timed = f->kind == FIGURE_TIME || f->kind == FIGURE_COUNT, counted = number_counted(f);
  if (f->show == SHOW_NONE || counted) json_put_null(w); else json_put_double(w, f->value / scale);
  if (counted || (f->show == SHOW_NONE && timed)) { json_name(w, "ci"); json_put_null(w); } else pair(w, "ci", f->ci, scale);
  if (!timed && !counted) pair(w, "bounds", f->bounds, 1);
  JSON(w, "viewpoint", eyes_name(f->eyes));
  JSON(w, "silent", f->silent);
  JSON_OBJ(w, "period");
  JSON_TIME(w, "from", f->from);
  JSON_TIME(w, "to", f->to);
  json_end(w);
  JSON(w, "show", display_name(f->show));
  if (f->answer_n) {
    JSON_ARR(w, "answers");
    for (size_t i = 0; i < f->answer_n; i++) json_put_str(w, f->answers[i]);
    json_end(w);
  }
}

void figure_json(JsonOut *w, const char *name, const Figure *f) {
  if (name) json_name(w, name);
  json_obj(w);
  figure_json_members(w, f);
  json_end(w);
}
