/* What goes wrong around a store: two writers, a full disk, a lost connection; and that it goes right again. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/backend.h"
#include "store/fill.h"
#include "store_fixture.h"

static Err counter(Cx *cx) {
  return db_run(cx, SQL("INSERT INTO setting (name, value) VALUES ('n', '0')"));
}
static int64_t value(Cx *cx) {
  int64_t n = -1;
  OK(cx, db_int(cx, &n, SQL("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'n'")));
  return n;
}

/* ---- two writers */

/* Reads, then writes what it read plus one: a lost update would show. */
static Err add_one(Cx *cx) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'n'")));
  TRY(db_run(cx, SQL("UPDATE setting SET value = CAST(?1 AS TEXT) WHERE name = 'n'"), V(n + 1)));
  return tx_commit(&tx);
}

typedef struct { const Store *st; int times; Err err; char why[200]; } Writer;

static Err write_often(Cx *cx, Writer *w) {
  TRY(db_open(cx, w->st, DB_WRITE, &cx->db));
  for (int done = 0; done < w->times; ) {
    Err e = add_one(cx);
    if (e && e != E_BUSY) return e;
    done += !e;
  }
  return E_OK;
}

static void *writer(void *arg) {
  Writer *w = arg;
  DEFER(arena_freep) Arena *a = arena_new(64 << 20);
  Cx cx = { .arena = a };
  w->err = write_often(&cx, w);
  snprintf(w->why, sizeof w->why, STR_FMT, STR_ARG(cx.why));
  db_close(cx.db);
  return NULL;
}

static void two_writers(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, kind);
  OK(&cx, store_migrate(&cx, st));
  DEFER(db_closep) Db *db = NULL;
  OK(&cx, db_open(&cx, st, DB_WRITE, &db));
  cx.db = db;
  OK(&cx, counter(&cx));
  Writer w[2] = { { .st = st, .times = 100 }, { .st = st, .times = 100 } };
  pthread_t id[2];
  for (int i = 0; i < 2; i++) INT(pthread_create(&id[i], NULL, writer, &w[i]), 0);
  for (int i = 0; i < 2; i++) pthread_join(id[i], NULL);
  for (int i = 0; i < 2; i++) { if (w[i].err) print_error("  %s\n", w[i].why); INT(w[i].err, E_OK); }
  INT(value(&cx), 200);
}
TEST(two_writers_on_sqlite)     { two_writers(a, STORE_SQLITE); }
TEST(two_writers_on_postgresql) { two_writers(a, STORE_POSTGRESQL); }

static void snapshot(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a }, reader;
  Store *st = test_store_empty(&cx, kind);
  OK(&cx, store_migrate(&cx, st));
  DEFER(db_closep) Db *db = NULL;
  DEFER(db_closep) Db *read = NULL;
  OK(&cx, db_open(&cx, st, DB_WRITE, &db));
  OK(&cx, db_open(&cx, st, DB_READ, &read));
  cx.db = db;
  reader = cx;
  reader.db = read;
  OK(&cx, counter(&cx));
  Tx tx;
  OK(&reader, tx_begin(&reader, &tx));
  INT(value(&reader), 0);
  OK(&cx, add_one(&cx));                                    /* neither waits for the other */
  INT(value(&reader), 0);                                   /* a reading transaction sees one moment */
  OK(&reader, tx_commit(&tx));
  INT(value(&reader), 1);
}
TEST(a_reader_sees_one_moment_on_sqlite)     { snapshot(a, STORE_SQLITE); }
TEST(a_reader_sees_one_moment_on_postgresql) { snapshot(a, STORE_POSTGRESQL); }

TEST(a_writer_waits_no_longer_than_it_may) {
  Cx one = { .arena = a }, two = one;
  Store *st = test_store_empty(&one, STORE_SQLITE);
  OK(&one, store_migrate(&one, st));
  DEFER(db_closep) Db *first = NULL;
  DEFER(db_closep) Db *second = NULL;
  OK(&one, db_open(&one, st, DB_WRITE, &first));
  OK(&one, db_open(&one, st, DB_WRITE, &second));
  one.db = first;
  two.db = second;
  Tx tx, other;
  OK(&one, tx_begin(&one, &tx));
  db_deadline(second, clock_steady() + 30 * 1000);
  ERR(&two, tx_begin(&two, &other), E_BUSY);
  db_deadline(second, 0);
  OK(&one, tx_commit(&tx));
  OK(&two, tx_begin(&two, &other));
  OK(&two, tx_commit(&other));
}

/* ---- a full disk */

static Err add_blob(Cx *cx, int64_t i, size_t size) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  DEFER(tx_end) Tx in = { 0 };
  TRY(tx_begin(cx, &in));
  Bytes b = { { NEW_N(cx->arena, char, size), size } };
  TRY(db_run(cx, SQL("INSERT INTO blob (hash, size, bytes, created_at) VALUES (?1, ?2, ?3, 0)"),
             V(str_fmt(cx->arena, "%lld", (long long)i)), V(size), V(b)));
  TRY(tx_commit(&in));
  return tx_commit(&tx);
}

static int64_t blobs(Cx *cx) {
  int64_t n = -1;
  OK(cx, db_int(cx, &n, SQL("SELECT COUNT(*) FROM blob")));
  return n;
}

/* Writes until it is full, frees with ease(), and goes on. */
static void fill(Cx *cx, Str sentence, void (*ease)(void)) {
  int64_t stored = 0;
  Err e = E_OK;
  while (!e && stored < 500) { e = add_blob(cx, stored, 100 * 1000); stored += !e; }
  INT(e, E_BUSY);
  IS(str_head(cx->why, sentence.n), sentence);
  INT(blobs(cx), stored);                                   /* what was acknowledged is there, what failed is not */
  ERR(cx, add_blob(cx, stored, 100 * 1000), E_BUSY);
  INT(blobs(cx), stored);
  ease();
  OK(cx, add_blob(cx, stored, 100 * 1000));
  INT(blobs(cx), stored + 1);
  int64_t sound = 0;
  OK(cx, db_int(cx, &sound, SQL("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'")));
  INT(sound, 1);
}

static char small_disk[] = "/tmp/cornerdesk-disk-XXXXXX";
static void remove_ballast(void) {
  char path[64];
  snprintf(path, sizeof path, "%s/ballast", small_disk);
  MUST(unlink(path) == 0);
}

static void fill_small_disk(Cx *cx) {
  char path[64];
  snprintf(path, sizeof path, "%s/ballast", small_disk);
  int fd = open(path, O_CREAT | O_WRONLY, 0600);
  MUST(fd >= 0 && posix_fallocate(fd, 0, 4 << 20) == 0);
  close(fd);
  Store *st;
  OK(cx, store_open(cx, str_fmt(cx->arena, "sqlite:%s/cornerdesk.db", small_disk), &st));
  OK(cx, store_migrate(cx, st));
  OK(cx, db_open(cx, st, DB_WRITE, &cx->db));
  fill(cx, S("The disk is full; make room where /tmp/cornerdesk-disk-"), remove_ballast);
  db_close(cx->db);
}

static struct rlimit no_limit;
static void lift_limit(void) { MUST(setrlimit(RLIMIT_FSIZE, &no_limit) == 0); }

static void fill_to_a_limit(Cx *cx) {
  Store *st = test_store_empty(cx, STORE_SQLITE);
  OK(cx, store_migrate(cx, st));
  OK(cx, db_open(cx, st, DB_WRITE, &cx->db));
  MUST(getrlimit(RLIMIT_FSIZE, &no_limit) == 0);
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit small = { 3 << 20, no_limit.rlim_max };
  MUST(setrlimit(RLIMIT_FSIZE, &small) == 0);
  fill(cx, S("The disk "), lift_limit);
  db_close(cx->db);
}

/* On a disk of its own where mounting is permitted, else against a limit on the size of files. */
TEST(a_full_disk_says_so_and_recovers) {
  Cx cx = { .arena = a };
  MUST(mkdtemp(small_disk) != NULL);
  bool mounted = mount("tmpfs", small_disk, "tmpfs", 0, "size=10m") == 0;
  if (mounted) fill_small_disk(&cx); else fill_to_a_limit(&cx);
  if (mounted) umount(small_disk);
  rmdir(small_disk);
}

TEST(a_file_that_may_not_grow_says_so_and_recovers) {
  Cx cx = { .arena = a };
  fill_to_a_limit(&cx);
}

/* ---- a lost connection */

static int64_t backend_of(Cx *cx) {
  int64_t pid = 0;
  OK(cx, db_int(cx, &pid, SQL("SELECT pg_backend_pid()")));
  return pid;
}
static void cut(Cx *by, Cx *victim) {
  int64_t done;
  OK(by, db_int(by, &done, SQL("SELECT CASE WHEN pg_terminate_backend(CAST(?1 AS INTEGER), 5000) THEN 1 ELSE 0 END"), V(backend_of(victim))));
  INT(done, 1);
}

TEST(a_lost_connection_comes_back) {
  Cx one = test_store(a, STORE_POSTGRESQL), two = one, reader = one;
  DEFER(db_closep) Db *second = NULL;
  DEFER(db_closep) Db *read = NULL;
  OK(&one, db_open(&one, test_store_of(&one), DB_WRITE, &second));
  OK(&one, db_open(&one, test_store_of(&one), DB_READ, &read));
  two.db = second;
  reader.db = read;
  OK(&one, counter(&one));

  cut(&two, &reader);
  INT(value(&reader), 0);                                   /* a read is asked again, unseen */

  cut(&two, &one);
  Tx tx;
  OK(&one, tx_begin(&one, &tx));                            /* so is a BEGIN */
  OK(&one, db_run(&one, SQL("UPDATE setting SET value = '7'")));
  cut(&two, &one);
  ERR(&one, db_run(&one, SQL("UPDATE setting SET value = '8'")), E_BUSY);
  MUST(str_find(one.why, S("was lost")) != SIZE_MAX);
  ERR(&one, db_run(&one, SQL("UPDATE setting SET value = '9'")), E_BUSY);
  tx_end(&tx);
  INT(value(&one), 0);

  OK(&one, tx_begin(&one, &tx));
  OK(&one, db_run(&one, SQL("UPDATE setting SET value = '7'")));
  cut(&two, &one);
  ERR(&one, tx_commit(&tx), E_BUSY);
  tx_end(&tx);
  MUST(db_unsure(one.db));                                  /* nobody can know, but it was asked to commit */
  INT(value(&one), 0);

  cut(&two, &one);
  OK(&one, add_blob(&one, 1, 10));
  MUST(!db_unsure(one.db));
  cut(&two, &one);
  ERR(&one, db_run(&one, SQL("UPDATE setting SET value = '7'")), E_BUSY);   /* alone: whether it happened is not known */
  OK(&one, db_run(&one, SQL("UPDATE setting SET value = '7'")));
  INT(value(&one), 7);
}

TEST(a_connection_lost_before_many_rows_comes_back) {
  Cx one = test_store(a, STORE_POSTGRESQL), two = one;
  DEFER(db_closep) Db *second = NULL;
  OK(&one, db_open(&one, test_store_of(&one), DB_WRITE, &second));
  two.db = second;
  for (int again = 0; again < 2; again++) {
    DEFER(tx_end) Tx tx = { 0 };
    OK(&one, tx_begin(&one, &tx));
    Fill f = fill_new(&one, SQL("setting"), SQL("name, value"));
    for (int i = 0; i < 50000; i++) fill_row(&f, V(str_fmt(a, "n%d", i)), V(S("0")));
    if (!again) cut(&two, &one);
    INT(fill_write(&one, &f), again ? E_OK : E_BUSY);
    if (again) OK(&one, tx_commit(&tx));
  }
  int64_t n;
  OK(&one, db_int(&one, &n, SQL("SELECT COUNT(*) FROM setting WHERE name LIKE 'n%'")));
  INT(n, 50000);
}

TEST(savepoints_do_not_outlive_a_lost_connection) {
  Cx one = test_store(a, STORE_POSTGRESQL), two = one;
  DEFER(db_closep) Db *second = NULL;
  OK(&one, db_open(&one, test_store_of(&one), DB_WRITE, &second));
  two.db = second;
  Tx outer, inner;
  OK(&one, tx_begin(&one, &outer));
  OK(&one, counter(&one));
  OK(&one, tx_begin(&one, &inner));
  cut(&two, &one);
  ERR(&one, db_run(&one, SQL("UPDATE setting SET value = '1'")), E_BUSY);
  tx_end(&inner);
  ERR(&one, db_run(&one, SQL("UPDATE setting SET value = '2'")), E_BUSY);
  ERR(&one, tx_commit(&outer), E_BUSY);
  tx_end(&outer);
  INT(value(&one), 0);
}

/* ---- hearing of changes */

static void hears(Arena *a, StoreKind kind) {
  Cx cx = { .arena = a }, ear;
  Store *st = test_store_empty(&cx, kind);
  OK(&cx, store_migrate(&cx, st));
  DEFER(db_closep) Db *db = NULL;
  DEFER(db_closep) Db *other = NULL;
  OK(&cx, db_open(&cx, st, DB_WRITE, &db));
  OK(&cx, db_open(&cx, st, DB_READ, &other));
  cx.db = db;
  ear = cx;
  ear.db = other;
  bool got = true;
  OK(&ear, db_listen(&ear));
  OK(&ear, db_wait(&ear, 0, &got));
  MUST(!got);
  OK(&cx, counter(&cx));
  OK(&cx, db_notify(&cx));
  OK(&ear, db_wait(&ear, 5000, &got));
  MUST(got);
  OK(&ear, db_wait(&ear, 0, &got));
  MUST(!got);
  if (kind == STORE_SQLITE) return;
  cut(&cx, &ear);
  ERR(&ear, db_wait(&ear, 1000, &got), E_BUSY);
  OK(&ear, db_wait(&ear, 1000, &got));
  MUST(got);                                                /* something may have been missed */
  OK(&cx, db_notify(&cx));
  OK(&ear, db_wait(&ear, 5000, &got));
  MUST(got);
}
TEST(a_change_is_heard_on_sqlite)     { hears(a, STORE_SQLITE); }
TEST(a_change_is_heard_on_postgresql) { hears(a, STORE_POSTGRESQL); }

/* ---- copies */

TEST(a_copy_is_whole) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, STORE_SQLITE), *again;
  OK(&cx, store_migrate(&cx, st));
  DEFER(db_closep) Db *db = NULL;
  DEFER(db_closep) Db *back = NULL;
  OK(&cx, db_open(&cx, st, DB_WRITE, &db));
  cx.db = db;
  for (int i = 0; i < 20; i++) OK(&cx, add_blob(&cx, i, 10000));
  Tx tx;
  OK(&cx, tx_begin(&cx, &tx));                              /* in the midst of somebody's writing */
  OK(&cx, counter(&cx));
  Str file = str_cat(a, str_from(st->address, 7), S(".copy"));
  OK(&cx, store_backup(&cx, st, file));
  MUST(cx.db == db);
  OK(&cx, tx_commit(&tx));
  OK(&cx, store_open(&cx, str_cat(a, S("sqlite:"), file), &again));
  OK(&cx, db_open(&cx, again, DB_WRITE, &back));
  cx.db = back;
  INT(blobs(&cx), 20);
  int64_t n = -1;
  OK(&cx, db_int(&cx, &n, SQL("SELECT COUNT(*) FROM setting")));    /* not what was not committed */
  INT(n, 0);
}
TEST(a_copy_that_cannot_be_written) {
  Cx cx = test_store(a, STORE_SQLITE);
  ERR(&cx, store_backup(&cx, test_store_of(&cx), S("/nonexistent/place/copy.db")), E_INVALID);
  MUST(str_find(cx.why, S("/nonexistent/place/copy.db")) != SIZE_MAX);
  Cx pg = test_store(a, STORE_POSTGRESQL);
  ERR(&pg, store_backup(&pg, test_store_of(&pg), S("/tmp/never")), E_INVALID);
}
