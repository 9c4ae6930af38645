/* store/postgresql.c: the back end for many nodes. Not here: connecting (pg_connect.c), values (pg_value.c).
   A lost connection is made anew at the next use outside a transaction. What certainly did not happen (a read, a BEGIN, a
   plan that went stale) is tried again at once, unseen; a write whose fate is not known is E_BUSY.
   Writing transactions are REPEATABLE READ: two that change one row cannot both win, the later gets E_BUSY. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include "store/postgresql.h"

#define CHANNEL "cornerdesk_change"
enum { GIVE_UP_MS = 5000 };                             /* how long a cancelled statement may take to say so */

static void clear(PGresult **res) { PQclear(*res); }

/* ---- errors */

static bool state_is(const char *state, const char *heads) {     /* "08 57P": does the state begin with one of them? */
  for (Str rest = str_z(heads), head; rest.n; ) {
    str_cut(rest, ' ', &head, &rest);
    if (str_starts(str_z(state), head)) return true;
  }
  return false;
}

static Err pg_fail(Cx *cx, PgDb *db, const PGresult *res, Str sql) {
  const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
  const char *words = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
  if (PQstatus(db->h) == CONNECTION_BAD || !state || state_is(state, "08 57P")) return pg_lost(cx, db);
  if (!words) words = "";
  if (state_is(state, "25006")) {                       /* a primary that became a standby says this to its writers too */
    if (db->base.mode == DB_READ) return fail(cx, E_BROKEN, "This connection only reads: [" STR_FMT "]", STR_ARG(sql));
    return pg_lost(cx, db);
  }
  if (state_is(state, "23505")) return fail(cx, E_CONFLICT, "That stands there already (%s).", words);
  if (state_is(state, "23503"))
    return fail(cx, E_CONFLICT, "That points to something that is not there, or something still points to it.");
  if (state_is(state, "57014")) return fail(cx, E_BUSY, "That took longer than it may.");
  if (state_is(state, "53100")) return fail(cx, E_BUSY, "The disk of the database server is full; make room there.");
  if (state_is(state, "40 55P03")) return fail(cx, E_BUSY, "Somebody else changed the same at the same moment; try again.");
  if (state_is(state, "53 58 0A000 26000")) return fail(cx, E_BUSY, "The database cannot do that now: %s.", words);
  return fail(cx, E_BROKEN, "%s %s in [" STR_FMT "]", state, words, STR_ARG(str_head(sql, 700)));
}

/* ---- sending and waiting */

static void cancel(PgDb *db) {
  char words[256];
  PGcancel *c = PQgetCancel(db->h);
  if (c) PQcancel(c, words, sizeof words);
  PQfreeCancel(c);
}

/* Waits until libpq can answer without blocking. False: the connection is gone. */
static bool await_input(PgDb *db) {
  bool cancelled = false;
  while (PQisBusy(db->h)) {
    int ms = -1;
    if (cancelled) ms = GIVE_UP_MS;
    else if (db->base.deadline) {
      int64_t left = (db->base.deadline - clock_steady() + 999) / 1000;
      if (left <= 0) { cancel(db); cancelled = true; continue; }
      ms = left > INT32_MAX ? INT32_MAX : (int)left;
    }
    struct pollfd fd = { .fd = PQsocket(db->h), .events = POLLIN };
    int n = poll(&fd, 1, ms);
    if (n == 0 && cancelled) return false;
    if (n < 0 && errno != EINTR) return false;
    if (n > 0 && !PQconsumeInput(db->h)) return false;
  }
  return true;
}

/* The answer to what was sent: the first error, else the last result. */
static Err answer(Cx *cx, PgDb *db, Str sql, PGresult **ret) {
  for (;;) {
    if (!await_input(db)) return pg_lost(cx, db);
    DEFER(clear) PGresult *res = PQgetResult(db->h);
    if (!res) break;
    if (*ret && PQresultStatus(*ret) == PGRES_FATAL_ERROR) continue;
    PGresult *before = *ret;
    *ret = res;
    res = before;
  }
  ExecStatusType st = *ret ? PQresultStatus(*ret) : PGRES_FATAL_ERROR;
  if (st == PGRES_TUPLES_OK || st == PGRES_COMMAND_OK) return E_OK;
  return *ret ? pg_fail(cx, db, *ret, sql) : pg_lost(cx, db);
}

static Err script(Cx *cx, Str sql) {
  PgDb *db = (PgDb *)cx->db;
  DEFER(clear) PGresult *res = NULL;
  if (!db->h && db->base.depth) return pg_lost(cx, db);
  if (!db->h) TRY(pg_connect(cx, db));
  if (!PQsendQuery(db->h, str_cstr(cx->arena, sql))) return pg_lost(cx, db);
  return answer(cx, db, sql, &res);
}

/* ---- statements */

static void drop_stmt(void *owner, Stmt *s) {
  PgDb *db = owner;
  char sql[48];
  if (!db->h) return;
  snprintf(sql, sizeof sql, "DEALLOCATE c%u", (unsigned)(uintptr_t)s->handle);
  PQclear(PQexec(db->h, sql));
}

/* One byte a value, never 0, and a 0 at the end. */
static unsigned char *types_of(const Val *v, size_t n) {
  unsigned char *types = calloc(n + 1, 1);
  if (!types) abort();
  for (size_t i = 0; i < n; i++) types[i] = (unsigned char)(v[i].type + 1);
  return types;
}

static bool same_types(const unsigned char *types, const Val *v, size_t n) {
  for (size_t i = 0; i < n; i++) if (types[i] != v[i].type + 1) return false;
  return types[n] == 0;
}

/* The types are fixed with the statement, so that ?1 has one wherever it stands; another type is another statement. */
static Err prepare(Cx *cx, PgDb *db, Str sql, const Val *v, size_t n, Stmt **ret) {
  Stmt *s = stmts_find(&db->stmts, sql);
  if (s && same_types(s->types, v, n)) { *ret = s; return E_OK; }
  if (s) stmts_drop(&db->stmts, s);
  size_t wants;
  Str spelling = pg_spelling(cx->arena, sql, &wants);
  if (wants != n) return fail(cx, E_BROKEN, "%zu values for [" STR_FMT "]", n, STR_ARG(sql));
  Oid types[VALUES_MAX];
  for (size_t i = 0; i < n; i++) types[i] = pg_type(v[i].type);
  char name[16];
  uint32_t number = ++db->next;
  snprintf(name, sizeof name, "c%u", number);
  DEFER(clear) PGresult *res = NULL;
  if (!PQsendPrepare(db->h, name, spelling.p, (int)n, types)) return pg_lost(cx, db);
  TRY(answer(cx, db, sql, &res));
  s = stmts_add(&db->stmts, sql, (void *)(uintptr_t)number);
  s->types = types_of(v, n);
  *ret = s;
  return E_OK;
}

static const char *column_name(void *res, int i) { return PQfname(res, i); }

static Err take_answer(Cx *cx, Stmt *s, PGresult *res, Answer *ans) {
  if (!ans->shape) {
    ans->changed = strtoll(PQcmdTuples(res), NULL, 10);
    return E_OK;
  }
  if (s->checked != ans->shape) TRY(shape_check(cx, ans, (size_t)PQnfields(res), column_name, res, s->text));
  s->checked = ans->shape;
  return pg_read(cx, res, ans, s->text);
}

/* Planned for these values and forgotten: the nameless statement. */
static Err attempt_once(Cx *cx, PgDb *db, Str sql, const Val *v, size_t n, Answer *ans) {
  PgValues values;
  Oid types[VALUES_MAX];
  size_t wants;
  Str spelling = pg_spelling(cx->arena, sql, &wants);
  if (wants != n) return fail(cx, E_BROKEN, "%zu values for [" STR_FMT "]", n, STR_ARG(sql));
  for (size_t i = 0; i < n; i++) types[i] = pg_type(v[i].type);
  pg_values(v, n, &values);
  DEFER(clear) PGresult *res = NULL;
  if (!PQsendQueryParams(db->h, spelling.p, (int)n, types, values.at, values.size, values.binary, 1)) return pg_lost(cx, db);
  TRY(answer(cx, db, sql, &res));
  return take_answer(cx, &(Stmt){ .text = sql }, res, ans);
}

/* ret_stale: the plan or the statement is no longer there; it was dropped, and nothing was done. */
static Err attempt(Cx *cx, PgDb *db, Str sql, const Val *v, size_t n, Answer *ans, bool *ret_stale) {
  Stmt *s;
  PgValues values;
  char name[16];
  if (!db->h) TRY(pg_connect(cx, db));
  if (ans->once) return attempt_once(cx, db, sql, v, n, ans);
  TRY(prepare(cx, db, sql, v, n, &s));
  pg_values(v, n, &values);
  snprintf(name, sizeof name, "c%u", (unsigned)(uintptr_t)s->handle);
  DEFER(clear) PGresult *res = NULL;
  if (!PQsendQueryPrepared(db->h, name, (int)n, values.at, values.size, values.binary, 1)) return pg_lost(cx, db);
  Err e = answer(cx, db, sql, &res);
  if (!e) return take_answer(cx, s, res, ans);
  const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
  *ret_stale = db->h && state && state_is(state, "0A000 26000");
  if (*ret_stale) stmts_drop(&db->stmts, s);
  return e;
}

static Err run(Cx *cx, Str sql, const Val *v, size_t n, Answer *ans) {
  PgDb *db = (PgDb *)cx->db;
  bool stale = false;
  if (!db->h && db->base.depth) return pg_lost(cx, db);
  bool had = db->h != NULL;
  Err e = attempt(cx, db, sql, v, n, ans, &stale);
  if (!e || db->base.depth) return e;
  bool lost_read = had && !db->h && db->base.mode == DB_READ;
  return stale || lost_read ? attempt(cx, db, sql, v, n, ans, &stale) : e;
}

/* ---- many rows at once */

enum { COPY_PIECE = 64 * 1024 };

/* Until the server waits for rows; or its reason why not. */
static Err copy_begin(Cx *cx, PgDb *db, Str sql) {
  DEFER(clear) PGresult *res = NULL;
  if (!db->h || !PQsendQuery(db->h, sql.p) || !await_input(db)) return pg_lost(cx, db);
  res = PQgetResult(db->h);
  if (PQresultStatus(res) == PGRES_COPY_IN) return E_OK;
  Err e = res ? pg_fail(cx, db, res, sql) : pg_lost(cx, db);
  for (PGresult *more; db->h && await_input(db) && (more = PQgetResult(db->h)); ) PQclear(more);
  return e;
}

static bool copy_send(PgDb *db, Buf *b, size_t least) {
  if (b->n < least || !b->n) return true;
  bool ok = PQputCopyData(db->h, b->p, (int)b->n) == 1;
  b->n = 0;
  return ok;
}

/* What a late one has sent is taken back by the server: it calls that cancelled (57014). */
static Err copy_rows(Cx *cx, PgDb *db, const FillRows *rows) {
  Buf b = { .arena = cx->arena };
  bool late = false;
  for (size_t i = 0; i < rows->n && !late; i++) {
    pg_copy_row(&b, &rows->vals[i * rows->width], rows->width);
    if (!copy_send(db, &b, COPY_PIECE)) return pg_lost(cx, db);
    late = !b.n && db->base.deadline && clock_steady() > db->base.deadline;
  }
  if (!copy_send(db, &b, 0) || PQputCopyEnd(db->h, late ? "too late" : NULL) != 1) return pg_lost(cx, db);
  return E_OK;
}

static Err fill(Cx *cx, const FillRows *rows) {
  PgDb *db = (PgDb *)cx->db;
  DEFER(clear) PGresult *res = NULL;
  Str sql = str_fmt(cx->arena, "COPY " STR_FMT " (" STR_FMT ") FROM STDIN", STR_ARG(rows->table), STR_ARG(rows->columns));
  TRY(copy_begin(cx, db, sql));
  TRY(copy_rows(cx, db, rows));
  return answer(cx, db, sql, &res);
}

/* ---- transactions */

static Err commit(Cx *cx) {
  PgDb *db = (PgDb *)cx->db;
  DEFER(clear) PGresult *res = NULL;
  if (!db->h || !PQsendQuery(db->h, "COMMIT")) return pg_lost(cx, db);
  Err e = answer(cx, db, S("COMMIT"), &res);
  db->base.unsure = e && !db->h;
  TRY(e);
  if (str_eq(str_z(PQcmdStatus(res)), S("COMMIT"))) return E_OK;
  return fail(cx, E_BROKEN, "The database rolled back what was to be committed.");
}

static Err begin(Cx *cx) {
  PgDb *db = (PgDb *)cx->db;
  Str sql = db->base.mode == DB_READ ? S("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") : S("BEGIN ISOLATION LEVEL REPEATABLE READ");
  bool had = db->h != NULL;
  Err e = script(cx, sql);
  return e && had && !db->h ? script(cx, sql) : e;
}

static Err rollback(Cx *cx) {
  PgDb *db = (PgDb *)cx->db;
  Err e = db->h ? script(cx, S("ROLLBACK")) : E_OK;
  if (e) pg_hang_up(db);                                /* whatever is left of it goes with the connection */
  return e;
}

static Err tx(Cx *cx, TxStep what) {
  switch (what) {
  case TX_BEGIN:    return begin(cx);
  case TX_COMMIT:   return commit(cx);
  case TX_ROLLBACK: return rollback(cx);
  case TX_SAVE:     return script(cx, S("SAVEPOINT command"));
  case TX_RELEASE:  return script(cx, S("RELEASE command"));
  default:          return script(cx, S("ROLLBACK TO command; RELEASE command"));
  }
}

/* ---- connections */

static Err open_db(Cx *cx, const Store *st, DbMode mode, Db **ret) {
  PgDb *db = calloc(1, sizeof *db);
  if (!db) abort();
  db->base = (Db){ .back = &postgresql_backend, .store = st, .mode = mode };
  db->stmts.drop = drop_stmt;
  db->stmts.owner = db;
  Err e = pg_connect(cx, db);
  if (e) { db_close(&db->base); return e; }
  *ret = &db->base;
  return E_OK;
}

static void close_db(Db *base) {
  pg_hang_up((PgDb *)base);
  free(base);
}

/* ---- hearing of changes: one channel a database, the schema as its words, so that many desks may share one */

static Err listen_db(Cx *cx) {
  PgDb *db = (PgDb *)cx->db;
  static const Col cols[] = { { "", 0, T_TEXT } };
  static const Shape sh = { sizeof(Str), cols, 1 };
  Str schema = { 0 };
  TRY(script(cx, S("LISTEN " CHANNEL)));
  TRY(run(cx, S("SELECT COALESCE(current_schema(), '')::text"), NULL, 0, &(Answer){ .shape = &sh, .one = &schema }));
  snprintf(db->schema, sizeof db->schema, STR_FMT, STR_ARG(schema));
  db->listening = true;
  return E_OK;
}

static bool heard(PgDb *db) {
  bool ours = false;
  for (PGnotify *n; (n = PQnotifies(db->h)); PQfreemem(n)) ours = ours || strcmp(n->extra, db->schema) == 0;
  return ours;
}

static Err wait_db(Cx *cx, int timeout_ms, bool *ret_got) {
  PgDb *db = (PgDb *)cx->db;
  *ret_got = false;
  if (!db->h) {                                         /* what happened meanwhile was missed: that counts as heard */
    TRY(listen_db(cx));
    *ret_got = true;
    return E_OK;
  }
  int64_t end = clock_steady() + (int64_t)timeout_ms * 1000;
  for (;;) {
    if (!PQconsumeInput(db->h)) return pg_lost(cx, db);
    *ret_got = heard(db);
    int64_t left = (end - clock_steady() + 999) / 1000;
    if (*ret_got || left <= 0) return E_OK;
    struct pollfd fd = { .fd = PQsocket(db->h), .events = POLLIN };
    if (poll(&fd, 1, (int)left) < 0 && errno != EINTR) return pg_lost(cx, db);
  }
}

static Err notify_db(Cx *cx) {
  return run(cx, S("SELECT pg_notify('" CHANNEL "', current_schema())"), NULL, 0, &(Answer){ 0 });
}

static Err no_copy(Cx *cx, Str file) {
  return fail(cx, E_INVALID, STR_FMT " was not written: a PostgreSQL store is copied with pg_dump.", STR_ARG(file));
}

const Backend postgresql_backend = {
  .kind = STORE_POSTGRESQL, .scheme = { "postgresql://", 13 },
  .id = { "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", 51 },
  .id_once = { "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", 51 }, .bytes = { "BYTEA", 5 },
  .check = pg_check, .open = open_db, .close = close_db, .run = run, .fill = fill, .script = script, .tx = tx,
  .listen = listen_db, .wait = wait_db, .notify = notify_db, .copy = no_copy,
};
