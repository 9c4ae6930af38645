/* store/db.c: the half of the contract that both back ends share: which one an address means, transactions within
   transactions, rows into structs, queries grown from pieces. Not here: any call of a database library.
   Invariant: db->depth is the number of open Tx; a statement that failed in one spoils it until its tx_end. */
#include "store/db.h"
#include <assert.h>
#include <stdio.h>
#include "store/backend.h"

static const Backend *const backends[] = { &sqlite_backend, &postgresql_backend };

/* ---- stores and connections */

Err store_open(Cx *cx, Str address, Store **ret) {
  Store *st = NEW(cx->arena, Store);
  st->address = str_dup(cx->arena, address);
  for (size_t i = 0; i < COUNT(backends) && !st->back; i++)
    if (str_starts(address, backends[i]->scheme)) st->back = backends[i];
  if (!st->back && str_starts(address, S("postgres://"))) st->back = &postgresql_backend;
  if (!st->back)
    return fail(cx, E_INVALID, "A store's address begins with sqlite: or postgresql://, and \"" STR_FMT "\" does not.",
                STR_ARG(str_head(address, 40)));
  TRY(st->back->check(cx, st));
  *ret = st;
  return E_OK;
}
StoreKind store_kind(const Store *st) { return st->back->kind; }
Str       store_name(const Store *st) { return st->name; }

Err db_open(Cx *cx, const Store *st, DbMode mode, Db **ret) { return st->back->open(cx, st, mode, ret); }

void db_close(Db *db) {
  if (!db) return;
  db->back->close(db);
}
void db_closep(Db **db) { db_close(*db); *db = NULL; }
bool db_unsure(const Db *db) { return db->unsure; }
StoreKind db_kind(const Db *db) { return db->back->kind; }
void db_deadline(Db *db, int64_t steady_at) { db->deadline = steady_at; }
Sql db_pick(const Cx *cx, Sql sqlite, Sql postgresql) { return db_kind(cx->db) == STORE_SQLITE ? sqlite : postgresql; }

/* ---- statements */

static void spoil(Cx *cx, Err e) {
  Db *db = cx->db;
  if (!db->depth || db->spoilt) return;
  db->spoilt = e;
  snprintf(db->spoilt_why, sizeof db->spoilt_why, STR_FMT, STR_ARG(cx->why));
}

static Err spoilt(Cx *cx) { return fail(cx, cx->db->spoilt, "%s", cx->db->spoilt_why); }

static Err check_texts(Cx *cx, const Val *v, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (v[i].type == T_TEXT && !str_utf8_ok(v[i].s))
      return fail(cx, E_INVALID, "Text to be stored is not valid UTF-8.");
  return E_OK;
}

static Err run(Cx *cx, Str sql, const Val *v, size_t n, Answer *ans) {
  Db *db = cx->db;
  if (db->spoilt) return spoilt(cx);
  if (n > VALUES_MAX) return fail(cx, E_BROKEN, "%zu values for [" STR_FMT "]", n, STR_ARG(sql));
  TRY(check_texts(cx, v, n));
  Err e = db->back->run(cx, sql, v, n, ans);
  if (e) spoil(cx, e);
  return e;
}

Err db_fill(Cx *cx, const FillRows *rows) {
  Db *db = cx->db;
  if (db->spoilt) return spoilt(cx);
  if (!db->depth || rows->width > VALUES_MAX)
    return fail(cx, E_BROKEN, "%zu rows for " STR_FMT "(" STR_FMT ") outside of a transaction, or too wide", rows->n, STR_ARG(rows->table), STR_ARG(rows->columns));
  TRY(check_texts(cx, rows->vals, rows->n * rows->width));
  Err e = db->back->fill(cx, rows);
  if (e) spoil(cx, e);
  return e;
}

static const Col int_cols[] = { { "", 0, T_INT } };
static const Shape int_shape = { sizeof(int64_t), int_cols, 1 };

static Err run_int(Cx *cx, int64_t *ret, bool once, Str sql, const Val *v, size_t n) {
  int64_t got = 0;
  Answer ans = { .shape = &int_shape, .one = &got, .loose = true, .once = once };
  TRY(run(cx, sql, v, n, &ans));
  *ret = got;
  return E_OK;
}

Err db_rows_(Cx *cx, const Shape *sh, Rows *ret, Sql sql, const Val *v, size_t n) {
  Answer ans = { .shape = sh };
  TRY(run(cx, str_z(sql.text), v, n, &ans));
  *ret = ans.rows;
  return E_OK;
}

Err db_run_(Cx *cx, int64_t *ret_changed, Sql sql, const Val *v, size_t n) {
  Answer ans = { 0 };
  TRY(run(cx, str_z(sql.text), v, n, &ans));
  if (ret_changed) *ret_changed = ans.changed;
  return E_OK;
}

Err db_int_(Cx *cx, int64_t *ret, Sql sql, const Val *v, size_t n) { return run_int(cx, ret, false, str_z(sql.text), v, n); }

Err db_one_(Cx *cx, const Shape *sh, void *ret, Sql sql, const Val *v, size_t n) {
  Answer ans = { .shape = sh, .one = ret };
  TRY(run(cx, str_z(sql.text), v, n, &ans));
  return ans.rows.n ? E_OK : E_ABSENT;
}

/* ---- rows into structs */

void row_store(Cx *cx, const Shape *sh, const Val *cells, void *row) {
  size_t need = 0;
  for (size_t i = 0; i < sh->n; i++)
    if (sh->cols[i].type == T_TEXT || sh->cols[i].type == T_BYTES) need += cells[i].s.n + 1;
  char *words = arena_alloc(cx->arena, need + 1, 1);
  for (size_t i = 0; i < sh->n; i++) {
    void *at = (char *)row + sh->cols[i].at;
    switch (sh->cols[i].type) {
    case T_INT:  *(int64_t *)at = cells[i].i; break;
    case T_REAL: *(double *)at = cells[i].r; break;
    default:                                     /* Bytes is a Str in a struct */
      if (cells[i].s.n) memcpy(words, cells[i].s.p, cells[i].s.n);
      *(Str *)at = (Str){ words, cells[i].s.n };
      words += cells[i].s.n + 1;                 /* ended with NUL, beyond n */
    }
  }
}

static bool another_member(const Shape *sh, const char *name, size_t i) {
  if (strcmp(sh->cols[i].name, name) == 0) return false;
  for (size_t j = 0; j < sh->n; j++) if (strcmp(sh->cols[j].name, name) == 0) return true;
  return false;
}

Err shape_check(Cx *cx, const Answer *ans, size_t columns, const char *(*name)(void *, int), void *h, Str sql) {
  const Shape *sh = ans->shape;
  if (sh->n > COLUMNS_MAX || columns < sh->n || (columns > sh->n && !ans->loose))
    return fail(cx, E_BROKEN, "%zu columns for a shape of %zu in [" STR_FMT "]", columns, sh->n, STR_ARG(sql));
  for (size_t i = 0; i < sh->n; i++) {
    const char *got = name(h, (int)i);
    if (got && another_member(sh, got, i))
      return fail(cx, E_BROKEN, "column %zu is %s where the shape has %s in [" STR_FMT "]", i + 1, got, sh->cols[i].name,
                  STR_ARG(sql));
  }
  return E_OK;
}

Err shape_misfit(Cx *cx, const Shape *sh, size_t column, const char *is, Str sql) {
  static const char *const wants[] = { "nothing", "a number", "a number", "text", "bytes" };
  return fail(cx, E_BROKEN, "column %zu (%s) is %s where the shape wants %s in [" STR_FMT "]", column + 1,
              sh->cols[column].name, is, wants[sh->cols[column].type], STR_ARG(sql));
}

/* ---- queries from pieces */

Query query_new(Cx *cx) { return (Query){ .text = { .arena = cx->arena } }; }
void  query_add(Query *q, Sql piece) { buf_add(&q->text, str_z(piece.text)); }

int query_bind(Query *q, Val v) {
  assert(q->n < COUNT(q->vals));
  q->vals[q->n++] = v;
  return (int)q->n;
}

void query_use(Query *q, Sql piece, int number) {
  assert(number > 0 && (size_t)number <= q->n);
  query_add(q, piece);
  buf_fmt(&q->text, "?%d", number);
}

void query_val(Query *q, Sql piece, Val v) { query_use(q, piece, query_bind(q, v)); }

Err query_rows(Cx *cx, const Query *q, const Shape *sh, Rows *ret) {
  Answer ans = { .shape = sh, .once = q->once };
  TRY(run(cx, buf_str(&q->text), q->vals, q->n, &ans));
  *ret = ans.rows;
  return E_OK;
}
Err query_int(Cx *cx, const Query *q, int64_t *ret) { return run_int(cx, ret, q->once, buf_str(&q->text), q->vals, q->n); }

/* ---- transactions */

Err tx_begin(Cx *cx, Tx *ret) {
  Db *db = cx->db;
  if (db->spoilt) return spoilt(cx);
  db->unsure = false;
  Err e = db->back->tx(cx, db->depth ? TX_SAVE : TX_BEGIN);
  if (e) { spoil(cx, e); return e; }
  *ret = (Tx){ .cx = cx, .depth = ++db->depth };
  return E_OK;
}

Err tx_commit(Tx *tx) {
  Cx *cx = tx->cx;
  Db *db = cx->db;
  assert(!tx->done && tx->depth == db->depth);
  if (db->spoilt) return spoilt(cx);
  if (db->depth == 1) TRY(search_at_commit(cx));
  Err e = db->back->tx(cx, db->depth == 1 ? TX_COMMIT : TX_RELEASE);
  if (e) { spoil(cx, e); return e; }
  db->depth--;
  tx->done = true;
  return E_OK;
}

void tx_end(Tx *tx) {
  if (!tx->cx || tx->done) return;
  Cx *cx = tx->cx;
  Db *db = cx->db;
  assert(tx->depth == db->depth);
  Str why = cx->why, field = cx->field;                 /* keep the first cause */
  Err e = db->back->tx(cx, db->depth == 1 ? TX_ROLLBACK : TX_BACK);
  db->depth--;
  if (!e || db->depth == 0) db->spoilt = E_OK;          /* else the whole transaction is gone, and stays spoilt */
  cx->why = why;
  cx->field = field;
  tx->done = true;
}

/* ---- changes by others, copies */

Err db_listen(Cx *cx) { return cx->db->back->listen(cx); }
Err db_wait(Cx *cx, int timeout_ms, bool *ret_got) { return cx->db->back->wait(cx, timeout_ms, ret_got); }
Err db_notify(Cx *cx) { return cx->db->back->notify(cx); }

Err store_backup(Cx *cx, const Store *st, Str file) {
  Db *before = cx->db;
  DEFER(db_closep) Db *db = NULL;
  TRY(db_open(cx, st, DB_READ, &db));
  cx->db = db;
  Err e = st->back->copy(cx, file);
  cx->db = before;
  return e;
}
