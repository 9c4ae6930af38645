/* test/unit/store_fixture.c: see store_fixture.h. SQLite stores are made anew for each test. On PostgreSQL a program has
   one schema, emptied between tests (40 tables take longer to make than most tests to run), and makes more on demand. */
#include "store_fixture.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/clock.h"
#include "store/backend.h"

static void must(const Cx *cx, Err e, const char *what) {
  if (!e) return;
  print_error("  %s: " STR_FMT "\n", what, STR_ARG(cx->why));
  _fail(__FILE__, __LINE__);
}
#define DO(cx, e) must((cx), (e), #e)

/* ---- where PostgreSQL is */

static char pg_address[512];

static void find_postgresql(void) {
  const char *given = getenv("CORNERDESK_TEST_PG");
  if (*pg_address) return;
  if (given && *given) { snprintf(pg_address, sizeof pg_address, "%s", given); return; }
  FILE *f = popen(PG_TEST " start", "r");
  bool ok = f && fgets(pg_address, sizeof pg_address, f);
  ok = (f ? pclose(f) == 0 : false) && ok;
  if (!ok) { print_error("  no PostgreSQL: " PG_TEST " start failed\n"); *pg_address = 0; _fail(__FILE__, __LINE__); }
  pg_address[strcspn(pg_address, "\n")] = 0;
}

static Str with_schema(Arena *a, const char *schema) {
  return str_fmt(a, "%s%coptions=-csearch_path%%3D%s&application_name=cornerdesk-test-%d", pg_address,
                 strchr(pg_address, '?') ? '&' : '?', schema, (int)getpid());
}

static Store *opened(Cx *cx, Str address) {
  Store *st;
  DO(cx, store_open(cx, address, &st));
  return st;
}

/* One statement on a connection of its own, outside any test's store. */
static void administer(Arena *a, Str sql) {
  Cx cx = { .arena = a };
  DEFER(db_closep) Db *db = NULL;
  DO(&cx, db_open(&cx, opened(&cx, with_schema(a, "public")), DB_WRITE, &db));
  cx.db = db;
  DO(&cx, db->back->script(&cx, sql));
}

static void hang_up_others(Arena *a) {
  administer(a, str_fmt(a, "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                           "WHERE application_name = 'cornerdesk-test-%d' AND pid <> pg_backend_pid()", (int)getpid()));
}

static void drop_schema(Arena *a, const char *schema) {
  hang_up_others(a);
  administer(a, str_fmt(a, "SET client_min_messages = error; DROP SCHEMA IF EXISTS %s CASCADE", schema));
}

/* ---- an empty store */

typedef struct { Arena *arena; char name[64]; } Place;

static void remove_files(void *place) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", ((Place *)place)->name);
  if (system(command) != 0) fprintf(stderr, "%s was left behind\n", ((Place *)place)->name);
}

static void remove_schema(void *place) {
  Arena *a = arena_new(1 << 20);                    /* the place's own arena is on its way out */
  drop_schema(a, ((Place *)place)->name);
  arena_free(a);
}

Store *test_store_empty(Cx *cx, StoreKind kind) {
  static int count;
  Place *p = NEW(cx->arena, Place);
  if (kind == STORE_SQLITE) {
    snprintf(p->name, sizeof p->name, "/tmp/cornerdesk-test-XXXXXX");
    if (!mkdtemp(p->name)) _fail(__FILE__, __LINE__);
    arena_on_free(cx->arena, remove_files, p);
    return opened(cx, str_fmt(cx->arena, "sqlite:%s/cornerdesk.db", p->name));
  }
  find_postgresql();
  snprintf(p->name, sizeof p->name, "t%d_%d", (int)getpid(), ++count);
  administer(cx->arena, str_fmt(cx->arena, "CREATE SCHEMA %s", p->name));
  arena_on_free(cx->arena, remove_schema, p);
  return opened(cx, with_schema(cx->arena, p->name));
}

/* ---- the common one */

static char own_schema[32];
static bool own_schema_made;
static int open_stores;                             /* on that schema */

static void drop_own_schema(void) {
  Arena *a = arena_new(1 << 20);
  drop_schema(a, own_schema);
  arena_free(a);
}

static const char *const empty_all =
  "DO $$ DECLARE name text; list text := ''; any_row bool; BEGIN\n"
  "  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_version' LOOP\n"
  "    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO any_row;\n"
  "    IF any_row THEN list := list || ',' || quote_ident(name); END IF;\n"
  "  END LOOP;\n"
  "  IF list <> '' THEN EXECUTE 'TRUNCATE ' || substr(list, 2) || ' CASCADE'; END IF;\n"
  "  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL LOOP\n"
  "    EXECUTE format('ALTER SEQUENCE %I RESTART', name);\n"
  "  END LOOP;\n"
  "END $$";

static Store *postgresql_store(Cx *cx) {
  find_postgresql();
  if (own_schema_made) {
    if (open_stores) hang_up_others(cx->arena);     /* a test failed and left its connections, perhaps holding locks */
    open_stores = 0;
    return opened(cx, with_schema(cx->arena, own_schema));
  }
  snprintf(own_schema, sizeof own_schema, "t%d", (int)getpid());
  administer(cx->arena, str_fmt(cx->arena, "CREATE SCHEMA %s", own_schema));
  atexit(drop_own_schema);
  own_schema_made = true;
  Store *st = opened(cx, with_schema(cx->arena, own_schema));
  DO(cx, store_migrate(cx, st));
  return st;
}

static void close_db(void *db) {
  if (db_kind(db) == STORE_POSTGRESQL) open_stores--;
  db_close(db);
}

Cx test_store(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a, .now = 1778749200 * SECOND };
  Store *st = kind == STORE_SQLITE ? opened(&cx, S("sqlite::memory:")) : postgresql_store(&cx);
  if (kind == STORE_SQLITE) DO(&cx, store_migrate(&cx, st));
  DO(&cx, db_open(&cx, st, DB_WRITE, &cx.db));
  arena_on_free(a, close_db, cx.db);
  if (kind == STORE_SQLITE) return cx;
  open_stores++;
  DO(&cx, cx.db->back->script(&cx, str_z(empty_all)));
  return cx;
}

const Store *test_store_of(const Cx *cx) { return cx->db->store; }
