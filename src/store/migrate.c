/* store/migrate.c: brings a store's tables up to this binary. The migrations of store/schema are compiled in; each runs
   in a transaction of its own together with its row in schema_version, forward only. Two nodes starting at once take
   turns: SQLite's write lock, PostgreSQL's advisory lock. Not here: derived tables made anew (rebuild).
   Invariant: schema_version holds exactly the versions whose statements are committed. */
#include "store/backend.h"
#include "store/search.h"

typedef struct { int64_t version; const char *name, *kind, *sql; } Migration;   /* kind: "", "sqlite" or "postgresql" */
#include "migrations.h"

static bool fits(const Migration *m, StoreKind kind) {
  return !*m->kind || strcmp(m->kind, kind == STORE_SQLITE ? "sqlite" : "postgresql") == 0;
}

/* @ID1, @ID and @BYTES as this back end spells them. */
static Str spelled(Cx *cx, const char *sql) {
  const Backend *back = cx->db->back;
  const struct { Str mark, word; } words[] = { { S("@ID1"), back->id_once }, { S("@ID"), back->id }, { S("@BYTES"), back->bytes } };
  Buf b = { .arena = cx->arena };
  for (Str rest = str_z(sql); rest.n; ) {
    size_t skip = 0;
    for (size_t i = 0; i < COUNT(words) && !skip; i++)
      if (str_starts(rest, words[i].mark)) { buf_add(&b, words[i].word); skip = words[i].mark.n; }
    if (!skip) { buf_char(&b, rest.p[0]); skip = 1; }
    rest = str_from(rest, skip);
  }
  return buf_str(&b);
}

static Err have_version(Cx *cx, int64_t *ret) {
  int64_t there = 0;
  *ret = 0;
  TRY(db_int(cx, &there, db_pick(cx, SQL("SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'"),
                                     SQL("SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('schema_version')"))));
  if (!there) return E_OK;
  return db_int(cx, ret, SQL("SELECT MAX(version) FROM schema_version"));
}

static int64_t want_version(void) {
  int64_t v = 0;
  for (size_t i = 0; i < COUNT(migrations); i++) if (migrations[i].version > v) v = migrations[i].version;
  return v;
}

Err store_version(Cx *cx, int64_t *ret_have, int64_t *ret_want) {
  *ret_want = want_version();
  return have_version(cx, ret_have);
}

/* Held until this connection is closed; waits for another node's migrations however long they take. Taken before any
   transaction, whose view of the tables would be older than the end of the wait. */
static Err take_turn(Cx *cx) {
  if (db_kind(cx->db) == STORE_SQLITE) return E_OK;       /* BEGIN IMMEDIATE is enough */
  TRY(db_run(cx, SQL("SET lock_timeout = 0")));
  return db_run(cx, SQL("SELECT pg_advisory_lock(hashtext('cornerdesk ' || current_schema()))"));
}

static Err newer(Cx *cx, int64_t have) {
  return fail(cx, E_CONFLICT, "The store " STR_FMT " is at version %lld and this program only knows up to %lld: "
              "start the newer program that wrote it.", STR_ARG(cx->db->store->name), (long long)have, (long long)want_version());
}

/* Applies m unless another node just has. */
static Err apply(Cx *cx, const Migration *m) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  int64_t have;
  TRY(have_version(cx, &have));
  if (have > want_version()) return newer(cx, have);
  if (have >= m->version) return tx_commit(&tx);
  TRY(db_run(cx, SQL("CREATE TABLE IF NOT EXISTS schema_version ("
                     "version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)")));
  TRY(cx->db->back->script(cx, spelled(cx, m->sql)));
  TRY(db_run(cx, SQL("INSERT INTO schema_version (version, name, applied_at) VALUES (?1, ?2, ?3)"),
             V(m->version), V(str_z(m->name)), V(clock_now())));
  return tx_commit(&tx);
}

static Err migrate(Cx *cx) {
  int64_t have;
  TRY(take_turn(cx));
  TRY(have_version(cx, &have));
  if (have > want_version()) return newer(cx, have);
  for (size_t i = 0; i < COUNT(migrations); i++)
    if (migrations[i].version > have && fits(&migrations[i], db_kind(cx->db))) TRY(apply(cx, &migrations[i]));
  cx->db->words_wait = db_kind(cx->db) == STORE_SQLITE;   /* a program that was stopped may have left some */
  return search_settle(cx);
}

Err store_migrate(Cx *cx, const Store *st) {
  Db *before = cx->db;
  DEFER(db_closep) Db *db = NULL;
  TRY(db_open(cx, st, DB_WRITE, &db));
  cx->db = db;
  Err e = migrate(cx);
  cx->db = before;
  return e;
}
