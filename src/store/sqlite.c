/* store/sqlite.c: the default back end: one file in WAL mode, a writer at a time, readers never waiting.
   Not here: what a transaction promises (db.c), copies (sqlite_copy.c).
   Durable means durable: a writing connection commits with synchronous=FULL, so COMMIT comes back after the fsync. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "store/sqlite.h"

enum { BUSY_WAIT = 5 * SECOND, LISTEN_EVERY_MS = 40, STEPS_PER_LOOK = 2000 };

/* ---- addresses */

/* A store in memory has a name of its own, shared by its connections, and lives while the Store keeps one open. */
typedef struct { char *path; bool memory; sqlite3 *anchor; } Place;

static void anchor_close(void *place) { sqlite3_close(((Place *)place)->anchor); }

static pthread_once_t once = PTHREAD_ONCE_INIT;
/* Counting every byte takes a lock that all threads would share. */
static void configure(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

static int place_open(const Place *p, int flags, sqlite3 **ret) {
  pthread_once(&once, configure);
  return sqlite3_open_v2(p->path, ret, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (p->memory ? SQLITE_OPEN_URI : 0), NULL);
}

static Err check(Cx *cx, Store *st) {
  Str path = str_from(st->address, S("sqlite:").n);
  if (path.n == 0)
    return fail(cx, E_INVALID, "The store's address sqlite: needs a file behind it, as in sqlite:/var/lib/cornerdesk/cornerdesk.db.");
  Place *p = NEW(cx->arena, Place);
  p->memory = str_eq(path, S(":memory:"));
  Str name = p->memory ? str_fmt(cx->arena, "file:/desk-%p?vfs=memdb", (void *)st) : path;
  p->path = str_cstr(cx->arena, name);
  if (p->memory) {
    if (place_open(p, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &p->anchor) != SQLITE_OK)
      return fail(cx, E_BROKEN, "No store in memory: %s", sqlite3_errmsg(p->anchor));
    arena_on_free(cx->arena, anchor_close, p);
  }
  st->own = p;
  st->name = st->address;
  return E_OK;
}

/* ---- errors */

static Err broken(Cx *cx, SqliteDb *db, Str sql) {
  return fail(cx, E_BROKEN, "%s in [" STR_FMT "]", sqlite3_errmsg(db->h), STR_ARG(str_head(sql, 700)));
}

/* Where the file is, for whoever has to go and look. */
static const char *file_of(const SqliteDb *db) {
  const char *file = sqlite3_db_filename(db->h, "main");
  return file && *file ? file : "the store";
}

static Err full(Cx *cx, const SqliteDb *db) { return fail(cx, E_BUSY, "The disk is full; make room where %s is.", file_of(db)); }

static Err input_output(Cx *cx, SqliteDb *db) {
  int no = sqlite3_system_errno(db->h);
  if (no == ENOSPC || no == EDQUOT || no == EFBIG) return full(cx, db);
  return fail(cx, E_BUSY, "The disk reports a fault: %s.", no ? strerror(no) : sqlite3_errmsg(db->h));
}

static Err constraint(Cx *cx, SqliteDb *db, Str sql) {
  switch (sqlite3_extended_errcode(db->h)) {
  case SQLITE_CONSTRAINT_UNIQUE: case SQLITE_CONSTRAINT_PRIMARYKEY: case SQLITE_CONSTRAINT_ROWID:
    return fail(cx, E_CONFLICT, "That stands there already (%s).", sqlite3_errmsg(db->h));
  case SQLITE_CONSTRAINT_FOREIGNKEY:
    return fail(cx, E_CONFLICT, "That points to something that is not there, or something still points to it.");
  default: return broken(cx, db, sql);
  }
}

Err sqlite_fail(Cx *cx, SqliteDb *db, int rc, Str sql) {
  switch (rc & 0xff) {
  case SQLITE_FULL:       return full(cx, db);
  case SQLITE_BUSY:
  case SQLITE_LOCKED:     return fail(cx, E_BUSY, "Another program is writing to the store; try again.");
  case SQLITE_INTERRUPT:  return fail(cx, E_BUSY, "That took longer than it may.");
  case SQLITE_IOERR:      return input_output(cx, db);
  case SQLITE_NOMEM:      return fail(cx, E_BUSY, "The store has no memory left.");
  case SQLITE_CANTOPEN:   return fail(cx, E_BUSY, "The store's file cannot be opened: %s.", strerror(sqlite3_system_errno(db->h)));
  case SQLITE_READONLY:
    if (db->base.mode == DB_READ) return fail(cx, E_BROKEN, "This connection only reads: [" STR_FMT "]", STR_ARG(sql));
    return fail(cx, E_BUSY, "%s may not be written; see who owns it and its folder.", file_of(db));
  case SQLITE_CONSTRAINT: return constraint(cx, db, sql);
  default:                return broken(cx, db, sql);
  }
}

/* ---- connections */

static int on_busy(void *arg, int count) {
  SqliteDb *db = arg;
  int64_t now = clock_steady();
  if (count == 0) db->busy_since = now;
  int64_t end = db->busy_since + BUSY_WAIT;
  if (db->base.deadline && db->base.deadline < end) end = db->base.deadline;
  if (now >= end) return 0;
  usleep(count < 10 ? 500 : 5000);
  return 1;
}

static int on_steps(void *arg) {
  const SqliteDb *db = arg;
  return db->base.deadline && clock_steady() > db->base.deadline;
}

static void drop_stmt(void *owner, Stmt *s) { (void)owner; sqlite3_finalize(s->handle); }

/* Temporary b-trees and savepoint journals stay in memory: with group commit every command is a savepoint. */
static const char *const writer_pragmas =
  "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST;"
  "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864";
static const char *const reader_pragmas =
  "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4000; PRAGMA mmap_size=1073741824";

static int to_wal(SqliteDb *db) {
  for (int tries = 0; ; tries++) {                      /* two programs turning a new file to WAL: one is told to wait */
    int rc = sqlite3_exec(db->h, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    if ((rc & 0xff) != SQLITE_BUSY || tries == 200) return rc;
    usleep(5000);
  }
}

static int prepare_connection(SqliteDb *db, const Place *p) {
  sqlite3_busy_handler(db->h, on_busy, db);
  sqlite3_progress_handler(db->h, STEPS_PER_LOOK, on_steps, db);
  sqlite3_db_config(db->h, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);      /* a plan does not hang on bound values: no preparing again */
  int rc = SQLITE_OK;
  if (db->base.mode == DB_WRITE && !p->memory) rc = to_wal(db);
  if (rc == SQLITE_OK) rc = sqlite3_exec(db->h, db->base.mode == DB_WRITE ? writer_pragmas : reader_pragmas, NULL, NULL, NULL);
  return rc;
}

/* A new store is nobody else's to read; SQLite gives the files beside it the same rights. */
static Err make_private(Cx *cx, const Store *st, const Place *p) {
  if (p->memory) return E_OK;
  int fd = open(p->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno != EEXIST) return fail(cx, E_BUSY, "The store " STR_FMT " cannot be made: %s.", STR_ARG(st->name), strerror(errno));
  if (fd >= 0) close(fd);
  return E_OK;
}

static Err open_fail(Cx *cx, SqliteDb *db, int rc) {
  Err e = sqlite_fail(cx, db, rc, S("open"));
  return fail(cx, e == E_BROKEN ? E_BROKEN : E_BUSY, "The store " STR_FMT " cannot be opened: " STR_FMT,
              STR_ARG(db->base.store->name), STR_ARG(cx->why));
}

static Err open_db(Cx *cx, const Store *st, DbMode mode, Db **ret) {
  const Place *p = st->own;
  if (mode == DB_WRITE) TRY(make_private(cx, st, p));
  SqliteDb *db = calloc(1, sizeof *db);
  if (!db) abort();
  db->base = (Db){ .back = &sqlite_backend, .store = st, .mode = mode };
  db->stmts.drop = drop_stmt;
  int flags = mode == DB_WRITE || p->memory ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  int rc = place_open(p, flags, &db->h);
  if (rc == SQLITE_OK) rc = prepare_connection(db, p);
  if (rc != SQLITE_OK) {
    Err e = open_fail(cx, db, rc);
    db_close(&db->base);
    return e;
  }
  *ret = &db->base;
  return E_OK;
}

static void close_db(Db *base) {
  SqliteDb *db = (SqliteDb *)base;
  stmts_clear(&db->stmts);
  sqlite3_close(db->h);
  free(db);
}

/* ---- statements */

static Err prepare(Cx *cx, SqliteDb *db, Str sql, Stmt **ret) {
  Stmt *kept = stmts_find(&db->stmts, sql);
  if (kept) { *ret = kept; return E_OK; }
  sqlite3_stmt *st = NULL;
  int rc = sqlite3_prepare_v3(db->h, sql.p, (int)sql.n, SQLITE_PREPARE_PERSISTENT, &st, NULL);
  if (rc != SQLITE_OK) return sqlite_fail(cx, db, rc, sql);
  if (!st) return fail(cx, E_BROKEN, "no statement in [" STR_FMT "]", STR_ARG(sql));
  *ret = stmts_add(&db->stmts, sql, st);
  return E_OK;
}

static int bind_one(sqlite3_stmt *st, int at, const Val *v) {
  switch (v->type) {
  case T_INT:   return sqlite3_bind_int64(st, at, v->i);
  case T_REAL:  return sqlite3_bind_double(st, at, v->r);
  case T_TEXT:  return sqlite3_bind_text64(st, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
  case T_BYTES: return sqlite3_bind_blob64(st, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
  default:      return sqlite3_bind_null(st, at);
  }
}

static Err bind(Cx *cx, SqliteDb *db, Stmt *s, const Val *v, size_t n) {
  if ((size_t)sqlite3_bind_parameter_count(s->handle) != n)
    return fail(cx, E_BROKEN, "%zu values for [" STR_FMT "]", n, STR_ARG(s->text));
  for (size_t i = 0; i < n; i++) {
    int rc = bind_one(s->handle, (int)i + 1, &v[i]);
    if (rc != SQLITE_OK) return sqlite_fail(cx, db, rc, s->text);
  }
  return E_OK;
}

/* One column into a cell; false when it holds something else than the shape wants. */
static bool cell(sqlite3_stmt *st, int i, Type want, Val *ret) {
  int has = sqlite3_column_type(st, i);
  *ret = (Val){ .type = want };
  if (has == SQLITE_NULL) return true;
  switch (want) {
  case T_INT:  ret->i = sqlite3_column_int64(st, i);  return has == SQLITE_INTEGER || has == SQLITE_FLOAT;
  case T_REAL: ret->r = sqlite3_column_double(st, i); return has == SQLITE_INTEGER || has == SQLITE_FLOAT;
  case T_TEXT: ret->s.p = (const char *)sqlite3_column_text(st, i); break;
  default:     ret->s.p = sqlite3_column_blob(st, i);
  }
  ret->s.n = (size_t)sqlite3_column_bytes(st, i);
  return has == (want == T_TEXT ? SQLITE_TEXT : SQLITE_BLOB);
}

static const char *type_word(int type) {
  return type == SQLITE_TEXT ? "text" : type == SQLITE_BLOB ? "bytes" : "a number";
}

static Err read_row(Cx *cx, Stmt *s, const Shape *sh, void *row) {
  Val cells[COLUMNS_MAX];
  for (size_t i = 0; i < sh->n; i++)
    if (!cell(s->handle, (int)i, sh->cols[i].type, &cells[i]))
      return shape_misfit(cx, sh, i, type_word(sqlite3_column_type(s->handle, (int)i)), s->text);
  row_store(cx, sh, cells, row);
  return E_OK;
}

/* Where the next row goes: the array doubles in the arena. */
static void *row_next(Cx *cx, Answer *ans, size_t *cap) {
  if (ans->one) { ans->rows.n = 1; return ans->one; }
  size_t size = ans->shape->size;
  if (ans->rows.n == *cap) {
    *cap = *cap ? *cap * 2 : 8;
    void *more = arena_alloc(cx->arena, size, *cap);
    if (ans->rows.n) memcpy(more, ans->rows.at, ans->rows.n * size);
    ans->rows.at = more;
  }
  return (char *)ans->rows.at + ans->rows.n++ * size;
}

static const char *column_name(void *st, int i) { return sqlite3_column_name(st, i); }

static Err check_shape(Cx *cx, Stmt *s, const Answer *ans) {
  if (s->checked == ans->shape) return E_OK;
  TRY(shape_check(cx, ans, (size_t)sqlite3_column_count(s->handle), column_name, s->handle, s->text));
  s->checked = ans->shape;
  return E_OK;
}

static Err step_through(Cx *cx, SqliteDb *db, Stmt *s, Answer *ans) {
  size_t cap = 0;
  int rc;
  if (ans->shape) TRY(check_shape(cx, s, ans));
  while ((rc = sqlite3_step(s->handle)) == SQLITE_ROW) {
    if (!ans->shape) continue;
    TRY(read_row(cx, s, ans->shape, row_next(cx, ans, &cap)));
    if (ans->one) break;
  }
  if (rc != SQLITE_DONE && rc != SQLITE_ROW) return sqlite_fail(cx, db, rc, s->text);
  return E_OK;
}

static Err run(Cx *cx, Str sql, const Val *v, size_t n, Answer *ans) {
  SqliteDb *db = (SqliteDb *)cx->db;
  Stmt *s;
  TRY(prepare(cx, db, sql, &s));
  TRY(bind(cx, db, s, v, n));
  int before = ans->shape ? 0 : sqlite3_total_changes(db->h);
  Err e = step_through(cx, db, s, ans);
  sqlite3_reset(s->handle);
  if (!e && !ans->shape) ans->changed = sqlite3_total_changes(db->h) == before ? 0 : sqlite3_changes64(db->h);
  return e;
}

static Str insert_for(Cx *cx, const FillRows *rows) {
  Buf b = { .arena = cx->arena };
  buf_fmt(&b, "INSERT INTO " STR_FMT " (" STR_FMT ") VALUES (?1", STR_ARG(rows->table), STR_ARG(rows->columns));
  for (size_t i = 1; i < rows->width; i++) buf_fmt(&b, ", ?%zu", i + 1);
  buf_char(&b, ')');
  return buf_str(&b);
}

static Err fill(Cx *cx, const FillRows *rows) {
  Str sql = insert_for(cx, rows);
  for (size_t i = 0; i < rows->n; i++) TRY(run(cx, sql, &rows->vals[i * rows->width], rows->width, &(Answer){ 0 }));
  return E_OK;
}

static Err script(Cx *cx, Str sql) {
  SqliteDb *db = (SqliteDb *)cx->db;
  int rc = sqlite3_exec(db->h, str_cstr(cx->arena, sql), NULL, NULL, NULL);
  return rc == SQLITE_OK ? E_OK : sqlite_fail(cx, db, rc, sql);
}

/* ---- transactions */

static Err step(Cx *cx, Str sql) { return run(cx, sql, NULL, 0, &(Answer){ 0 }); }

static Err tx(Cx *cx, TxStep what) {
  SqliteDb *db = (SqliteDb *)cx->db;
  switch (what) {
  case TX_BEGIN:    return step(cx, db->base.mode == DB_WRITE ? S("BEGIN IMMEDIATE") : S("BEGIN"));
  case TX_COMMIT:   return step(cx, S("COMMIT"));
  case TX_SAVE:     return step(cx, S("SAVEPOINT command"));
  case TX_RELEASE:  return step(cx, S("RELEASE command"));
  case TX_ROLLBACK: return sqlite3_get_autocommit(db->h) ? E_OK : step(cx, S("ROLLBACK"));   /* a full disk rolls back by itself */
  default:
    TRY(step(cx, S("ROLLBACK TO command")));
    return step(cx, S("RELEASE command"));
  }
}

/* ---- hearing of changes: data_version moves when another connection, of any process, has committed */

static Err data_version(Cx *cx, int64_t *ret) {
  static const Col cols[] = { { "", 0, T_INT } };
  static const Shape sh = { sizeof(int64_t), cols, 1 };
  return run(cx, S("PRAGMA data_version"), NULL, 0, &(Answer){ .shape = &sh, .one = ret });
}

static Err listen_db(Cx *cx) { return data_version(cx, &((SqliteDb *)cx->db)->heard); }

static Err wait_db(Cx *cx, int timeout_ms, bool *ret_got) {
  SqliteDb *db = (SqliteDb *)cx->db;
  int64_t end = clock_steady() + (int64_t)timeout_ms * 1000;
  for (;;) {
    int64_t now_heard = 0;
    TRY(data_version(cx, &now_heard));
    *ret_got = now_heard != db->heard;
    db->heard = now_heard;
    int64_t left = (end - clock_steady()) / 1000;
    if (*ret_got || left <= 0) return E_OK;
    poll(NULL, 0, left < LISTEN_EVERY_MS ? (int)left : LISTEN_EVERY_MS);
  }
}

static Err notify_db(Cx *cx) { (void)cx; return E_OK; }

const Backend sqlite_backend = {
  .kind = STORE_SQLITE, .scheme = { "sqlite:", 7 },
  .id = { "INTEGER PRIMARY KEY", 19 }, .id_once = { "INTEGER PRIMARY KEY AUTOINCREMENT", 33 }, .bytes = { "BLOB", 4 },
  .check = check, .open = open_db, .close = close_db, .run = run, .fill = fill, .script = script, .tx = tx,
  .listen = listen_db, .wait = wait_db, .notify = notify_db, .copy = sqlite_copy,
};
