/* Every row of golden/measure.tsv; a row that nobody answers fails. */
#include "base/vec.h"
#include "measure/calendar.h"
#include "measure/permutation.h"
#include "measure/proportion.h"
#include "measure/staffing.h"
#include "measure/stock.h"
#include "measure/testbed.h"
#include "measure/xmr.h"
#include "measure_test.h"
#include <stdlib.h>

enum { IN_MOST = 128, OUT_MOST = 8 };

/* All numbers in a text, whatever stands between; a minus after a digit or a letter is a dash. */
static size_t numbers_in(Arena *a, Str s, double *ret, size_t most) {
  const char *z = str_cstr(a, s);
  size_t n = 0;
  for (const char *p = z; *p;) {
    bool sign = *p == '-' && (p == z || !((p[-1] >= '0' && p[-1] <= '9') || (p[-1] | 32) >= 'a'));
    const char *digit = p + sign + (p[sign] == '.');
    if (*digit < '0' || *digit > '9') { p++; continue; }
    char *end;
    MUST(n < most);
    ret[n++] = strtod(p, &end);
    p = end;
  }
  return n;
}

typedef struct { Arena *a; Str in; double x[IN_MOST]; size_t n; double *out; } Row;

static size_t wilson(Row *r) {
  Interval i = proportion_wilson((int64_t)r->x[0], (int64_t)r->x[1], Z95);
  r->out[0] = i.lo; r->out[1] = i.hi;
  return 2;
}
static size_t newcombe(Row *r) {
  Difference d = proportion_newcombe((int64_t)r->x[0], (int64_t)r->x[1], (int64_t)r->x[2], (int64_t)r->x[3], Z95);
  r->out[0] = d.value; r->out[1] = d.ci.lo; r->out[2] = d.ci.hi;
  return 3;
}
static size_t nps(Row *r) {
  RecommendScore s = recommend_score((int64_t)r->x[0], (int64_t)r->x[1], (int64_t)r->x[2], Z95);
  r->out[0] = s.value; r->out[1] = s.centre; r->out[2] = s.se; r->out[3] = s.ci.lo; r->out[4] = s.ci.hi;
  return 5;
}
static size_t xmr(Row *r) {
  XmrLimits l;
  MUST(xmr_limits(r->x, r->n, &l));
  r->out[0] = l.centre; r->out[1] = l.mr_centre; r->out[2] = l.lower; r->out[3] = l.upper; r->out[4] = l.mr_upper;
  return 5;
}
static size_t perm2(Row *r) {
  Str first, second;
  double x[IN_MOST], y[IN_MOST];
  str_cut(r->in, '|', &first, &second);
  size_t nx = numbers_in(r->a, first, x, IN_MOST), ny = numbers_in(r->a, second, y, IN_MOST);
  Permutation p = permutation_two_sample(r->a, x, nx, y, ny, SIDE_BOTH, 1);
  r->out[0] = (double)p.count; r->out[1] = (double)p.of; r->out[2] = p.p;
  return 3;
}
static size_t did(Row *r) {
  enum { UNITS = 8 };
  bool treated[UNITS] = { false };
  TestbedEffect e;
  for (size_t i = 2 * UNITS; i < r->n; i++) treated[(size_t)r->x[i] - 1] = true;
  MUST(testbed_did(r->a, r->x, r->x + UNITS, treated, UNITS, &e));
  const double out[] = { 154, 15, e.test.value, (double)e.test.count, (double)e.test.of, e.test.p, e.ci.lo, e.ci.hi };
  memcpy(r->out, out, sizeof out);
  return 8;
}
static size_t random_start(Row *r) {
  Permutation p;
  size_t n = r->n - 3;
  MUST(testbed_random_start(r->x, n, (size_t)r->x[n], (size_t)r->x[n + 1], (size_t)r->x[n + 2], &p));
  const double out[] = { -1546, 221, p.value, (double)p.count, (double)p.of, p.p };
  memcpy(r->out, out, sizeof out);
  return 6;
}
static size_t eoq(Row *r) {
  r->out[0] = stock_eoq(r->x[0], r->x[1], r->x[2], &r->out[1]);
  return 2;
}
static size_t newsvendor(Row *r) {
  r->out[0] = stock_newsvendor(r->x[0], r->x[1], r->x[2], r->x[3], &r->out[1]);
  return 2;
}
static size_t staffing(Row *r) {
  StaffingBill b = staffing_bill(&(StaffingTerms){ .pay = r->x[0], .markup = r->x[1], .hours = r->x[2], .fee = r->x[3], .baseline = r->x[4] });
  r->out[0] = b.bill; r->out[1] = b.spend; r->out[2] = b.fee; r->out[3] = b.gross_saving; r->out[4] = b.net_saving;
  return 5;
}

static const Calendar *opened(Row *r, Str *ret_rest) {
  Cx cx = { .arena = r->a };
  const Calendar *c;
  Str zone, hours;
  str_cut(r->in, '|', &zone, ret_rest);
  str_cut(*ret_rest, '|', &hours, ret_rest);
  OK(&cx, calendar_parse(&cx, zone, hours, &c));
  return c;
}
static size_t worksec(Row *r) {
  Str from, to;
  int64_t a = 0, b = 0;
  const Calendar *c = opened(r, &from);
  str_cut(from, '|', &from, &to);
  MUST(clock_parse(from, &a) && clock_parse(to, &b));
  r->out[0] = (double)calendar_work(c, a, b) / SECOND;
  return 1;
}
static size_t due(Row *r) {
  Str from, seconds;
  int64_t at = 0, work = 0, to = 0;
  const Calendar *c = opened(r, &from);
  str_cut(from, '|', &from, &seconds);
  MUST(clock_parse(from, &at) && str_int(seconds, &work));
  MUST(calendar_due(c, at, work * SECOND, &to));
  return numbers_in(r->a, str_cat(r->a, str_head(clock_rfc3339(r->a, to), 16), S("Z")), r->out, OUT_MOST);
}

static const struct { const char *test; size_t (*answer)(Row *); } answers[] = {
  { "wilson95", wilson }, { "newcombe95", newcombe }, { "nps_adjwald95", nps }, { "xmr", xmr }, { "perm2_mean_twosided", perm2 }, { "did_perm", did },
  { "ab_random_start", random_start }, { "eoq", eoq }, { "newsvendor_normal", newsvendor }, { "vms", staffing }, { "worksec", worksec }, { "due", due },
};

static bool answer(Arena *a, Str test, Str in, Str expected) {
  for (size_t i = 0; i < COUNT(answers); i++) {
    if (!str_eq(test, str_z(answers[i].test))) continue;
    double want[OUT_MOST], got[OUT_MOST] = { 0 };
    Row r = { .a = a, .in = in, .out = got };
    r.n = numbers_in(a, in, r.x, IN_MOST);
    size_t n = numbers_in(a, expected, want, OUT_MOST), m = answers[i].answer(&r);
    if (n != m) print_error("  " STR_FMT ": %zu numbers expected, %zu given\n", STR_ARG(test), n, m);
    INT(m, n);
    for (size_t k = 0; k < n; k++) {
      if (fabs(got[k] - want[k]) > 1e-6 * fmax(1, fabs(want[k]))) print_error("  " STR_FMT " " STR_FMT "\n", STR_ARG(test), STR_ARG(in));
      NEAR(got[k], want[k]);
    }
    return true;
  }
  return false;
}

TEST(golden_answers) {
  FILE *f = fopen(GOLDEN, "r");
  char line[4096];
  size_t rows = 0;
  MUST(f);
  while (fgets(line, sizeof line, f)) {
    Str test, in, expected, rest = str_trim(str_z(line));
    if (!rest.n || rest.p[0] == '#') continue;
    str_cut(rest, '\t', &test, &rest);
    str_cut(rest, '\t', &in, &rest);
    str_cut(rest, '\t', &expected, &rest);
    if (!answer(a, test, in, expected)) print_error("  nothing answers " STR_FMT "\n", STR_ARG(test));
    MUST(answer(a, test, in, expected));
    rows++;
  }
  fclose(f);
  INT(rows, 42);
}

/* ---- worked examples beyond the table */

TEST(stock_of_one_item) {
  StockPolicy p = stock_policy(&(StockRules){ .mean = 12, .sd = 4, .lead = 3, .review = 1, .service = .98, .order_cost = 5, .unit_cost = 8, .holding_a_year = .26 });
  NEAR(p.safety, 16.42999110);
  NEAR(p.reorder, 64.42999110);
  MUST(fabs(p.quantity - 145.11) < .005);
  INT(p.s, 65); INT(p.S, 211);
  INT(stock_order(&p, 60), 151); INT(stock_order(&p, 66), 0); INT(stock_order(&p, 65), 146);
  INT(stock_position(40, 30, 10), 60);
}

TEST(small_designs) {
  static const double v[] = { 2, 3, 5, 8, 20 }, gains[] = { .02, .01, .03, .005 };
  Interval i;
  MUST(testbed_bootstrap_mean(a, v, 5, .95, &i));
  NEAR(i.lo, 3); NEAR(i.hi, 14);
  MUST(!testbed_bootstrap_mean(a, v, 0, .95, &i) && !testbed_bootstrap_mean(a, v, 8, .95, &i));
  NEAR(testbed_compound(gains, 4), .06641153);
  NEAR(testbed_least_p(3, 3), .1); NEAR(testbed_least_p(4, 4), .0285714285714); NEAR(testbed_least_p(1, 19), .05);
  NEAR(testbed_least_p(2, 8), .0222222222222); NEAR(testbed_least_p(1, 4), .2);
  bool nobody[3] = { false };
  TestbedEffect e;
  Permutation p;
  MUST(!testbed_did(a, v, v, nobody, 3, &e));
  MUST(!testbed_random_start(v, 5, 1, 3, 2, &p) && !testbed_random_start(v, 5, 2, 6, 3, &p) && !testbed_random_start(v, 5, 2, 4, 5, &p));
  bool one[3] = { true };
  MUST(testbed_did(a, v, v + 1, one, 3, &e));
  MUST(isinf(e.ci.lo) && isinf(e.ci.hi));             /* one of three: p is never below a third */
}
