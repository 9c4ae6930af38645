/* text/plural.c: see plural.h. One function a level of C's operators, the loosest first. */
#include "text/plural.h"

typedef struct { Str s; uint64_t n; bool bad; int depth; } Rule;

static uint64_t ternary(Rule *);

static bool take(Rule *r, const char *op) {
  r->s = str_trim(r->s);
  if (!str_starts(r->s, str_z(op))) return false;
  r->s = str_from(r->s, strlen(op));
  return true;
}

static uint64_t operand(Rule *r) {
  uint64_t v = 0;
  if (++r->depth > 100) { r->bad = true; return 0; }
  if (take(r, "!")) v = !operand(r);
  else if (take(r, "n")) v = r->n;
  else if (take(r, "(")) { v = ternary(r); if (!take(r, ")")) r->bad = true; }
  else if (!r->s.n || r->s.p[0] < '0' || r->s.p[0] > '9') r->bad = true;
  while (!r->bad && r->s.n && r->s.p[0] >= '0' && r->s.p[0] <= '9') { v = v * 10 + (uint64_t)(r->s.p[0] - '0'); r->s = str_from(r->s, 1); }
  r->depth--;
  return v;
}

static uint64_t product(Rule *r) {
  uint64_t v = operand(r);
  while (!r->bad) {
    char op = take(r, "%") ? '%' : take(r, "/") ? '/' : take(r, "*") ? '*' : 0;
    if (!op) break;
    uint64_t w = operand(r);
    if (op == '*') v *= w;
    else if (w == 0) r->bad = true;
    else v = op == '%' ? v % w : v / w;
  }
  return v;
}

static uint64_t sum(Rule *r) {
  uint64_t v = product(r);
  while (!r->bad) {
    if (take(r, "+")) v += product(r);
    else if (take(r, "-")) v -= product(r);
    else break;
  }
  return v;
}

static uint64_t comparison(Rule *r) {
  uint64_t v = sum(r);
  while (!r->bad) {
    if (take(r, "==")) v = v == sum(r);
    else if (take(r, "!=")) v = v != sum(r);
    else if (take(r, "<=")) v = v <= sum(r);
    else if (take(r, ">=")) v = v >= sum(r);
    else if (take(r, "<")) v = v < sum(r);
    else if (take(r, ">")) v = v > sum(r);
    else break;
  }
  return v;
}

/* Both sides are always read: there is nothing to leave out, and the text must be passed. */
static uint64_t both(Rule *r) {
  uint64_t v = comparison(r);
  while (!r->bad && take(r, "&&")) { uint64_t w = comparison(r); v = v && w; }
  return v;
}

static uint64_t either(Rule *r) {
  uint64_t v = both(r);
  while (!r->bad && take(r, "||")) { uint64_t w = both(r); v = v || w; }
  return v;
}

static uint64_t ternary(Rule *r) {
  uint64_t v = either(r);
  if (r->bad || !take(r, "?")) return v;
  uint64_t yes = ternary(r);
  if (!take(r, ":")) r->bad = true;
  uint64_t no = r->bad ? 0 : ternary(r);
  return v ? yes : no;
}

size_t plural_form(Str header, uint64_t n) {
  size_t at = str_find(header, S("plural="));                  /* "nplurals=" ends in another letter */
  if (at == SIZE_MAX) return n != 1;
  Str rule, tail;
  str_cut(str_from(header, at + 7), ';', &rule, &tail);
  Rule r = { .s = rule, .n = n };
  uint64_t form = ternary(&r);
  return r.bad || str_trim(r.s).n || form > 16 ? n != 1 : (size_t)form;
}
