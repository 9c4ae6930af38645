/* bench/limit.c: what the machine can do at the most, with the same library and the same store settings, and nothing else:
     bench_limit write PORT FILE     one POST = one row, two index rows and one full-text row, group commit
     bench_limit read PORT BYTES     the same body of so many bytes, again and again
   Not part of the product; it judges nothing. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Want Want;
struct Want { Want *next; struct MHD_Connection *conn; char body[2048]; size_t n; bool seen, done; };

static struct {
  pthread_mutex_t lock;
  pthread_cond_t work;
  Want *first, **last;
  sqlite3 *db;
} w = { .lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER, .last = &w.first };
static char *fixed;
static size_t fixed_n;

static void must(int ok, const char *what) { if (!ok) { fprintf(stderr, "bench_limit: %s\n", what); exit(1); } }
static void sql(const char *text) { must(sqlite3_exec(w.db, text, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(w.db)); }

static void row(sqlite3_stmt *insert, sqlite3_stmt *words, const Want *x) {
  sqlite3_bind_text(insert, 1, x->body, (int)x->n, SQLITE_STATIC);
  sqlite3_bind_int64(insert, 2, (sqlite3_int64)x->n);
  must(sqlite3_step(insert) == SQLITE_DONE, "insert");
  sqlite3_reset(insert);
  sqlite3_bind_int64(words, 1, sqlite3_last_insert_rowid(w.db));
  sqlite3_bind_text(words, 2, x->body, (int)x->n, SQLITE_STATIC);
  must(sqlite3_step(words) == SQLITE_DONE, "words");
  sqlite3_reset(words);
}

/* Takes all that wait, commits once, then answers all. */
static void *writer(void *arg) {
  sqlite3_stmt *insert, *words;
  sqlite3_prepare_v2(w.db, "INSERT INTO t(body, a, b) VALUES (?1, ?2, ?2)", -1, &insert, NULL);
  sqlite3_prepare_v2(w.db, "INSERT INTO f(rowid, body) VALUES (?1, ?2)", -1, &words, NULL);
  for (;;) {
    pthread_mutex_lock(&w.lock);
    while (!w.first) pthread_cond_wait(&w.work, &w.lock);
    Want *all = w.first;
    w.first = NULL;
    w.last = &w.first;
    pthread_mutex_unlock(&w.lock);
    sql("BEGIN IMMEDIATE");
    for (const Want *x = all; x; x = x->next) row(insert, words, x);
    sql("COMMIT");
    for (Want *x = all, *next; x; x = next) { next = x->next; x->done = true; MHD_resume_connection(x->conn); }
  }
  return arg;
}

static enum MHD_Result answer(struct MHD_Connection *c, int status, const char *body, size_t n) {
  struct MHD_Response *r = MHD_create_response_from_buffer(n, (void *)(uintptr_t)body, MHD_RESPMEM_PERSISTENT);
  enum MHD_Result ok = MHD_queue_response(c, (unsigned)status, r);
  MHD_destroy_response(r);
  return ok;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **state) {
  (void)cls; (void)url; (void)version; (void)method;
  Want *x = *state;
  if (!x) { *state = calloc(1, sizeof *x); return *state ? MHD_YES : MHD_NO; }
  if (*size) {
    size_t take = *size < sizeof x->body - x->n ? *size : sizeof x->body - x->n;
    memcpy(x->body + x->n, data, take);
    x->n += take;
    *size = 0;
    return MHD_YES;
  }
  if (fixed) return answer(c, 200, fixed, fixed_n);
  if (x->done) return answer(c, 201, "{\"id\":1}\n", 9);
  if (x->seen) return MHD_YES;
  x->seen = true;
  x->conn = c;
  MHD_suspend_connection(c);
  pthread_mutex_lock(&w.lock);
  *w.last = x;
  w.last = &x->next;
  pthread_cond_signal(&w.work);
  pthread_mutex_unlock(&w.lock);
  return MHD_YES;
}

static void end(void *cls, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why) {
  (void)cls; (void)c; (void)why;
  free(*state);
}

int main(int argc, char **argv) {
  must(argc == 4, "bench_limit write PORT FILE, or read PORT BYTES");
  if (strcmp(argv[1], "read") == 0) {
    fixed_n = (size_t)strtoul(argv[3], NULL, 10);
    fixed = malloc(fixed_n + 1);
    must(fixed != NULL, "memory");
    memset(fixed, 'x', fixed_n);
  } else {
    must(sqlite3_open(argv[3], &w.db) == SQLITE_OK, "open");
    sql("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;"
        "CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT, a INTEGER, b INTEGER); CREATE INDEX ta ON t(a, id); CREATE INDEX tb ON t(b, id);"
        "CREATE VIRTUAL TABLE f USING fts5(body, content='')");
    pthread_t t;
    must(pthread_create(&t, NULL, writer, NULL) == 0, "thread");
  }
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL, handle, NULL,
    MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_NOTIFY_COMPLETED, end, NULL, MHD_OPTION_END);
  must(d != NULL, "listen");
  puts("ready");
  fflush(stdout);
  sigset_t s;
  int got;
  sigemptyset(&s);
  sigaddset(&s, SIGTERM);
  sigaddset(&s, SIGINT);
  pthread_sigmask(SIG_BLOCK, &s, NULL);
  sigwait(&s, &got);
  return 0;
}
