/* test/unit/store_fixture.h: a fresh store for a test, on each back end.
     TEST_STORES(moves) { MUST(cx->db); … }      runs as moves_on_sqlite and as moves_on_postgresql, with Arena *a, Cx *cx
   PostgreSQL is the server of CORNERDESK_TEST_PG, else a throw-away one that tools/pg-test starts. A missing
   PostgreSQL is a failure, never a skip. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H
#include "store/db.h"
#include "test.h"

/* A context on a store with all its tables and no rows: a writing connection, now = 2026-05-14T09:00:00Z, nobody acting.
   The store is memory or a schema; it is gone, and the connection closed, with the arena. On PostgreSQL all stores of one
   program are the same schema: one at a time. */
Cx test_store(Arena *, StoreKind);

/* The store of that connection, for more connections to it (db_open). */
const Store *test_store_of(const Cx *);

/* A store of the test's own with nothing in it, on disk for SQLite: for migrations, and for many connections at once. */
Store *test_store_empty(Cx *, StoreKind);

#define TEST_STORES(n)                                                                                     \
  static void both_##n(Arena *, Cx *);                                                                     \
  TEST(n##_on_sqlite)     { Cx cx = test_store(a, STORE_SQLITE);     both_##n(a, &cx); }                   \
  TEST(n##_on_postgresql) { Cx cx = test_store(a, STORE_POSTGRESQL); both_##n(a, &cx); }                   \
  static void both_##n(Arena *a __attribute__((unused)), Cx *cx __attribute__((unused)))
#endif
