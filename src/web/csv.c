/* web/csv.c: see csv.h. */
#include "web/csv.h"
#include "base/clock.h"
#include "text/lang.h"
#include "web/number.h"

/* A spreadsheet looks past blanks, and takes the wide signs of East Asian keyboards for the narrow ones. */
static bool formula(Str s) {
  static const char *const wide[] = { "＝", "＋", "－", "＠" };
  if (s.n && strchr("\t\r\n", s.p[0])) return true;
  while (s.n && s.p[0] == ' ') s = str_from(s, 1);
  for (size_t i = 0; i < COUNT(wide); i++) if (str_starts(s, str_z(wide[i]))) return true;
  return s.n && strchr("=+-@\t\r\n|%", s.p[0]);
}

void csv_text(Buf *b, Str s) {
  bool quote = false;
  if (formula(s)) { buf_add(b, S("\"'")); quote = true; }
  for (size_t i = 0; i < s.n && !quote; i++) if (strchr(",\"\r\n;", s.p[i])) { buf_char(b, '"'); quote = true; }
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '"') buf_char(b, '"');
    buf_char(b, s.p[i]);
  }
  if (quote) buf_char(b, '"');
}

/* A number as programs write it; nothing where there is none. */
static void number(Buf *b, bool is, double v) {
  if (is) buf_fmt(b, "%.10g", v);
  buf_char(b, ',');
}

static void instant(Cx *cx, Buf *b, int64_t at) { if (at) buf_add(b, clock_rfc3339(cx->arena, at)); }

void csv_cell(Res *res, Str s) {
  csv_text(&res->body, s);
  buf_char(&res->body, ',');
}

void csv_last(Res *res, Str s) {
  csv_text(&res->body, s);
  buf_add(&res->body, S("\r\n"));
}

void csv_number(Res *res, bool is, double v) { number(&res->body, is, v); }

void csv_at(Cx *cx, Res *res, int64_t at) {
  instant(cx, &res->body, at);
  buf_char(&res->body, ',');
}

void csv_names(Res *res, const char *names) {
  buf_add(&res->body, str_z(names));
  buf_char(&res->body, ',');
  csv_begin(res);
}

void csv_begin(Res *res) { buf_add(&res->body, S("measure,question,kind,k,n,value,ci_low,ci_high,silent,viewpoint,from,to,show\r\n")); }

void csv_asked(Cx *cx, Res *res, const Figure *f, Str question) {
  static const char *const kinds[] = { "share", "median", "score", "index", "count" };
  Buf *b = &res->body;
  double scale = f->kind == FIGURE_TIME ? (double)SECOND : 1;
  bool is = f->show != SHOW_NONE && !number_counted(f), ci = is || (f->show == SHOW_NONE && f->kind != FIGURE_TIME && f->kind != FIGURE_COUNT);
  csv_text(b, f->name);
  buf_char(b, ',');
  csv_text(b, question);
  buf_fmt(b, ",%s,%lld,%lld,", kinds[f->kind], (long long)f->k, (long long)f->n);
  number(b, is, f->value / scale);
  number(b, ci, f->ci.lo / scale);
  number(b, ci, f->ci.hi / scale);
  buf_fmt(b, "%lld,", (long long)f->silent);
  buf_add(b, eyes_name(f->eyes));
  buf_char(b, ',');
  instant(cx, b, f->from);
  buf_char(b, ',');
  instant(cx, b, f->to);
  buf_char(b, ',');
  buf_add(b, display_name(f->show));
  buf_add(b, S("\r\n"));
}

void csv_figure(Cx *cx, Res *res, const Figure *f) {
  const Measure *m = measure_find(f->name);
  csv_asked(cx, res, f, m ? tr(cx->lang, m->question) : S(""));
}

Err csv_end(Cx *cx, Res *res, Str name) { return res_file(cx, res, name, S("text/csv; charset=utf-8"), buf_str(&res->body)); }
