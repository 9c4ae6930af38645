/* Migrations: from nothing, again, by two at once, and by a program that is too old. */
#include "store/db.h"
#include "store_fixture.h"

static void migrates(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, kind);
  int64_t have, want, n;
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
  OK(&cx, db_run(&cx, SQL("INSERT INTO setting (name, value) VALUES ('place', 'here')")));
  OK(&cx, store_migrate(&cx, st));                          /* again: nothing to do, nothing lost */
  OK(&cx, db_int(&cx, &n, SQL("SELECT COUNT(*) FROM setting")));
  INT(n, 1);
  OK(&cx, db_int(&cx, &n, SQL("SELECT COUNT(*) FROM schema_version WHERE applied_at > 0")));
  INT(n, want);
  OK(&cx, db_run(&cx, SQL("INSERT INTO schema_version (version, name, applied_at) VALUES (?1, 'later', 1)"), V(want + 1)));
  ERR(&cx, store_migrate(&cx, st), E_CONFLICT);
}
TEST(migrates_on_sqlite)     { migrates(a, STORE_SQLITE); }
TEST(migrates_on_postgresql) { migrates(a, STORE_POSTGRESQL); }
