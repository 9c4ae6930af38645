/* store/pg_value.c: values to and from PostgreSQL in its binary form (big-endian), so that nothing is printed and parsed
   on the way. Sums and averages of BIGINT arrive as numeric; they are read as numbers too. */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include "store/postgresql.h"

/* From PostgreSQL's catalog/pg_type.dat: fixed for ever. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_FLOAT4 = 700,
       OID_FLOAT8 = 701, OID_UNKNOWN = 705, OID_BPCHAR = 1042, OID_VARCHAR = 1043, OID_NUMERIC = 1700, OID_VOID = 2278 };

Oid pg_type(Type t) {
  return t == T_REAL ? OID_FLOAT8 : t == T_TEXT ? OID_TEXT : t == T_BYTES ? OID_BYTEA : OID_INT8;
}

void pg_values(const Val *v, size_t n, PgValues *ret) {
  for (size_t i = 0; i < n; i++) {
    uint64_t w;
    ret->binary[i] = 1;
    ret->at[i] = ret->eight[i];
    ret->size[i] = 8;
    switch (v[i].type) {
    case T_INT:  w = htobe64((uint64_t)v[i].i); memcpy(ret->eight[i], &w, 8); break;
    case T_REAL: memcpy(&w, &v[i].r, 8); w = htobe64(w); memcpy(ret->eight[i], &w, 8); break;
    case T_NULL: ret->at[i] = NULL; break;
    default:     ret->at[i] = v[i].s.p ? v[i].s.p : ""; ret->size[i] = (int)v[i].s.n;
    }
  }
}

static size_t digits(Str s) {
  size_t v = 0;
  for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && v < 10000; i++) v = v * 10 + (size_t)(s.p[i] - '0');
  return v;
}

Str pg_spelling(Arena *a, Str sql, size_t *ret_values) {
  *ret_values = 0;
  char *out = NEW_N(a, char, sql.n + 1), *to = out;
  for (size_t i = 0; i < sql.n; ) {
    Str rest = str_from(sql, i), end = { 0 };
    char c = rest.p[0];
    if (c == '\'' || c == '"') end = (Str){ &rest.p[0], 1 };
    else if (str_starts(rest, S("--"))) end = S("\n");
    else if (str_starts(rest, S("/*"))) end = S("*/");
    size_t n = 1;
    if (end.n) {
      size_t at = str_find(str_from(rest, 1), end);
      n = at == SIZE_MAX ? rest.n : 1 + at + end.n;
    }
    memcpy(to, rest.p, n);
    size_t number = c == '?' ? digits(str_from(rest, 1)) : 0;
    if (number) *to = '$';
    if (number > *ret_values) *ret_values = number;
    to += n;
    i += n;
  }
  return (Str){ out, (size_t)(to - out) };
}

/* ---- reading */

static uint16_t two(const char *p)   { uint16_t w; memcpy(&w, p, 2); return be16toh(w); }
static uint32_t four(const char *p)  { uint32_t w; memcpy(&w, p, 4); return be32toh(w); }
static uint64_t eight(const char *p) { uint64_t w; memcpy(&w, p, 8); return be64toh(w); }

/* numeric: count, weight, sign, scale, then digits of base 10,000; the first is worth 10,000^weight. */
static int64_t numeric_int(const char *p) {
  int count = (int16_t)two(p), weight = (int16_t)two(p + 2);
  int64_t v = 0;
  for (int i = 0; i <= weight; i++)
    if (__builtin_mul_overflow(v, 10000, &v) || __builtin_add_overflow(v, i < count ? two(p + 8 + 2 * i) : 0, &v))
      return two(p + 4) ? INT64_MIN : INT64_MAX;
  return two(p + 4) ? -v : v;
}

static double numeric_real(const char *p) {
  int count = (int16_t)two(p), weight = (int16_t)two(p + 2);
  char text[160] = "-0";
  size_t n = 2;
  if (count > 32) count = 32;                           /* 128 digits: more than a double holds */
  for (int i = 0; i < count; i++) n += (size_t)snprintf(text + n, sizeof text - n, "%04u", two(p + 8 + 2 * i));
  snprintf(text + n, sizeof text - n, "e%d", 4 * (weight - count + 1));    /* no decimal point, so no locale matters */
  return strtod(two(p + 4) ? text : text + 1, NULL);
}

static bool number(Oid type, const char *p, Type want, Val *ret) {
  int64_t i = 0;
  double r = 0;
  bool whole = true;
  uint32_t w4;
  uint64_t w8;
  float f;
  switch (type) {
  case OID_INT8:    i = (int64_t)eight(p); break;
  case OID_INT4:    i = (int32_t)four(p); break;
  case OID_INT2:    i = (int16_t)two(p); break;
  case OID_BOOL:    i = p[0] != 0; break;
  case OID_FLOAT8:  w8 = eight(p); memcpy(&r, &w8, 8); whole = false; break;
  case OID_FLOAT4:  w4 = four(p); memcpy(&f, &w4, 4); r = (double)f; whole = false; break;
  case OID_NUMERIC: ret->i = numeric_int(p); ret->r = numeric_real(p); return true;
  default:          return false;
  }
  if (want == T_INT) ret->i = whole ? i : r >= 0x1p63 ? INT64_MAX : r <= -0x1p63 ? INT64_MIN : (int64_t)r;
  else ret->r = whole ? (double)i : r;
  return true;
}

static bool is_text(Oid type) {
  return type == OID_TEXT || type == OID_VARCHAR || type == OID_BPCHAR || type == OID_NAME || type == OID_UNKNOWN;
}

static bool cell(const PGresult *res, int r, int c, Type want, Val *ret) {
  *ret = (Val){ .type = want };
  Oid type = PQftype(res, c);
  if (PQgetisnull(res, r, c) || type == OID_VOID) return true;
  const char *p = PQgetvalue(res, r, c);
  if (want == T_INT || want == T_REAL) return number(type, p, want, ret);
  ret->s = (Str){ p, (size_t)PQgetlength(res, r, c) };
  return want == T_TEXT ? is_text(type) : type == OID_BYTEA;
}

static const char *type_word(Oid type) { return is_text(type) ? "text" : type == OID_BYTEA ? "bytes" : "of another type"; }

static Err read_row(Cx *cx, const PGresult *res, int r, const Shape *sh, void *row, Str sql) {
  Val cells[COLUMNS_MAX];
  for (size_t c = 0; c < sh->n; c++)
    if (!cell(res, r, (int)c, sh->cols[c].type, &cells[c]))
      return shape_misfit(cx, sh, c, type_word(PQftype(res, (int)c)), sql);
  row_store(cx, sh, cells, row);
  return E_OK;
}

Err pg_read(Cx *cx, const PGresult *res, Answer *ans, Str sql) {
  size_t n = (size_t)PQntuples(res);
  if (ans->one && n > 1) n = 1;
  ans->rows = (Rows){ .n = n };
  if (!n) return E_OK;
  ans->rows.at = ans->one ? ans->one : arena_alloc(cx->arena, ans->shape->size, n);
  for (size_t r = 0; r < n; r++)
    TRY(read_row(cx, res, (int)r, ans->shape, (char *)ans->rows.at + r * ans->shape->size, sql));
  return E_OK;
}
