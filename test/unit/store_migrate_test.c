/* Migrations: from nothing, again, by two at once, and by a program that is too old. */
#include <pthread.h>
#include <stdio.h>
#include "store/db.h"
#include "store_fixture.h"

static void migrates(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, kind);
  int64_t have, want, n, times;
  DEFER(db_closep) Db *db = NULL;
  OK(&cx, db_open(&cx, st, DB_WRITE, &db));
  cx.db = db;
  OK(&cx, store_version(&cx, &have, &want));
  INT(have, 0);
  MUST(want >= 1);
  OK(&cx, store_migrate(&cx, st));
  MUST(cx.db == db);
  OK(&cx, store_version(&cx, &have, &want));
  INT(have, want);
  OK(&cx, db_int(&cx, &times, SQL("SELECT COUNT(*) FROM schema_version WHERE applied_at > 0")));
  OK(&cx, db_run(&cx, SQL("INSERT INTO setting (name, value) VALUES ('place', 'here')")));
  OK(&cx, store_migrate(&cx, st));                          /* again: nothing to do, nothing lost */
  OK(&cx, db_int(&cx, &n, SQL("SELECT COUNT(*) FROM setting")));
  INT(n, 1);
  OK(&cx, db_int(&cx, &n, SQL("SELECT COUNT(*) FROM schema_version WHERE applied_at > 0")));
  INT(n, times);                                            /* numbers may leave gaps; none is applied twice */
  OK(&cx, db_run(&cx, SQL("INSERT INTO schema_version (version, name, applied_at) VALUES (?1, 'later', 1)"), V(want + 1)));
  ERR(&cx, store_migrate(&cx, st), E_CONFLICT);
}
TEST(migrates_on_sqlite)     { migrates(a, STORE_SQLITE); }
TEST(migrates_on_postgresql) { migrates(a, STORE_POSTGRESQL); }

/* ---- two nodes starting at once */

typedef struct { const Store *st; Err err; char why[300]; } Node;

static void *start(void *arg) {
  Node *n = arg;
  DEFER(arena_freep) Arena *a = arena_new(64 << 20);
  Cx cx = { .arena = a };
  n->err = store_migrate(&cx, n->st);
  snprintf(n->why, sizeof n->why, STR_FMT, STR_ARG(cx.why));
  return NULL;
}

static void at_once(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, kind);
  Node node[4];
  pthread_t id[4];
  for (size_t i = 0; i < COUNT(id); i++) { node[i] = (Node){ .st = st }; INT(pthread_create(&id[i], NULL, start, &node[i]), 0); }
  for (size_t i = 0; i < COUNT(id); i++) pthread_join(id[i], NULL);
  for (size_t i = 0; i < COUNT(id); i++) { if (node[i].err) print_error("  %s\n", node[i].why); INT(node[i].err, E_OK); }
  DEFER(db_closep) Db *db = NULL;
  OK(&cx, db_open(&cx, st, DB_READ, &db));
  cx.db = db;
  int64_t have, want;
  OK(&cx, store_version(&cx, &have, &want));
  INT(have, want);
}
TEST(migrates_at_once_on_sqlite)     { at_once(a, STORE_SQLITE); }
TEST(migrates_at_once_on_postgresql) { at_once(a, STORE_POSTGRESQL); }

/* ---- both back ends have the same tables */

typedef struct { Str line; } Line;
static const Col line_cols[] = { COL(Line, line) };
static const Shape line_shape = SHAPE(Line, line_cols);

/* "table.column type null?" a line; what search keeps differs and is left out. */
static Str tables(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, kind);
  OK(&cx, store_migrate(&cx, st));
  DEFER(db_closep) Db *db = NULL;
  OK(&cx, db_open(&cx, st, DB_READ, &db));
  cx.db = db;
  Rows rows;
  Buf b = { .arena = a };
  OK(&cx, db_rows(&cx, &line_shape, &rows, db_pick(&cx,
    SQL("SELECT m.name || '.' || p.name || ' ' || CASE upper(p.type) WHEN 'INTEGER' THEN 'BIGINT' WHEN 'BLOB' THEN 'BYTES' ELSE upper(p.type) END "
        "|| CASE WHEN p.\"notnull\" + p.pk > 0 THEN '' ELSE ' NULL' END || CASE WHEN p.dflt_value IS NULL THEN '' ELSE ' DEFAULT' END AS line "
        "FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT IN ('message_words', 'message_waiting') AND m.name NOT LIKE 'message_index%' "
        "ORDER BY m.name COLLATE BINARY, p.name COLLATE BINARY"),
    SQL("SELECT table_name || '.' || column_name || ' ' || CASE data_type WHEN 'bytea' THEN 'BYTES' ELSE upper(data_type) END "
        "|| CASE is_nullable WHEN 'YES' THEN ' NULL' ELSE '' END || CASE WHEN column_default IS NULL THEN '' ELSE ' DEFAULT' END AS line "
        "FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'message_words' "
        "ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\""))));
  for (size_t i = 0; i < rows.n; i++) { buf_add(&b, ROW(Line, rows, i)->line); buf_char(&b, '\n'); }
  return buf_str(&b);
}

TEST(both_back_ends_have_the_same_tables) {
  Str one = tables(a, STORE_SQLITE), two = tables(a, STORE_POSTGRESQL);
  MUST(str_find(one, S("request.subject TEXT\n")) != SIZE_MAX);
  while (one.n || two.n) IS(str_line(&one), str_line(&two));
}
