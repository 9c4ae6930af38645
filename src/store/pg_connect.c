/* store/pg_connect.c: what a postgresql:// address means, and connecting to it. What the address does not say is set for
   a desk of many nodes: a dead server is noticed within ten seconds, a write goes to the primary, a reader cannot write. */
#include <stdio.h>
#include <stdlib.h>
#include "store/postgresql.h"

/* For PQconnectdbParams, per DbMode; in the Store's arena. */
enum { PARAMS_MAX = 64 };
typedef struct { const char *key[PARAMS_MAX], *value[PARAMS_MAX]; size_t n; } Params;

/* jit: costs more than it brings for short queries. idle_in…: a node that hangs must not hold its locks for ever. */
#define OPTIONS " -c jit=off -c idle_in_transaction_session_timeout=60s"
static const char *const options[] = {
  [DB_READ]  = OPTIONS " -c default_transaction_read_only=on -c statement_timeout=30s",
  [DB_WRITE] = OPTIONS " -c lock_timeout=5s",
};
static const struct { const char *key, *value[2]; } defaults[] = {
  { "connect_timeout",      { [DB_READ] = "5",       [DB_WRITE] = "5" } },
  { "keepalives_idle",      { [DB_READ] = "3",       [DB_WRITE] = "3" } },
  { "keepalives_interval",  { [DB_READ] = "2",       [DB_WRITE] = "2" } },
  { "keepalives_count",     { [DB_READ] = "3",       [DB_WRITE] = "3" } },
  { "tcp_user_timeout",     { [DB_READ] = "10000",   [DB_WRITE] = "10000" } },
  { "application_name",     { [DB_READ] = "cornerdesk", [DB_WRITE] = "cornerdesk" } },
  { "target_session_attrs", { [DB_READ] = "primary", [DB_WRITE] = "read-write" } },
};

static const char *given(const PQconninfoOption *o, const char *key) {
  for (; o->keyword; o++) if (strcmp(o->keyword, key) == 0) return o->val;
  return NULL;
}

static void param(Params *p, const char *key, const char *value) {
  if (p->n + 1 < PARAMS_MAX) { p->key[p->n] = key; p->value[p->n++] = value; }
}

static void params_of(Arena *a, const PQconninfoOption *all, DbMode mode, Params *ret) {
  for (const PQconninfoOption *o = all; o->keyword; o++)
    if (o->val && strcmp(o->keyword, "options") != 0 && strcmp(o->keyword, "client_encoding") != 0)
      param(ret, str_cstr(a, str_z(o->keyword)), str_cstr(a, str_z(o->val)));
  for (size_t i = 0; i < COUNT(defaults); i++)
    if (!given(all, defaults[i].key)) param(ret, defaults[i].key, defaults[i].value[mode]);
  const char *own = given(all, "options");
  param(ret, "options", str_cat(a, str_z(own ? own : ""), str_z(options[mode])).p);
  param(ret, "client_encoding", "UTF8");
}

static Str name_of(Arena *a, const PQconninfoOption *all) {
  const char *user = given(all, "user"), *host = given(all, "host"), *port = given(all, "port"), *db = given(all, "dbname");
  return str_fmt(a, "postgresql://%s%s%s%s%s/%s", user ? user : "", user ? "@" : "", host ? host : "", port ? ":" : "",
                 port ? port : "", db ? db : "");
}

Err pg_check(Cx *cx, Store *st) {
  char *words = NULL;
  PQconninfoOption *all = PQconninfoParse(str_cstr(cx->arena, st->address), &words);
  if (!all) {                                           /* the words may quote the password: only the harmless ones are shown */
    Str why = str_trim(str_z(words ? words : ""));
    if (!str_starts(why, S("invalid URI query parameter"))) why = S("it is not well formed");
    Err e = fail(cx, E_INVALID, "The store's address should read postgresql://user@host:port/database, and " STR_FMT ".", STR_ARG(why));
    PQfreemem(words);
    return e;
  }
  Params *p = NEW_N(cx->arena, Params, 2);
  params_of(cx->arena, all, DB_READ, &p[DB_READ]);
  params_of(cx->arena, all, DB_WRITE, &p[DB_WRITE]);
  st->own = p;
  st->name = name_of(cx->arena, all);
  PQconninfoFree(all);
  return E_OK;
}

static void quiet(void *arg, const PGresult *res) { (void)arg; (void)res; }

Err pg_connect(Cx *cx, PgDb *db) {
  const Store *st = db->base.store;
  const Params *p = &((const Params *)st->own)[db->base.mode];
  pg_hang_up(db);
  db->h = PQconnectdbParams(p->key, p->value, 0);
  if (!db->h) abort();
  if (PQstatus(db->h) == CONNECTION_OK) {
    PQsetNoticeReceiver(db->h, quiet, NULL);
    return E_OK;
  }
  Str words = str_z(PQerrorMessage(db->h)), line = str_trim(str_line(&words));
  Err e = fail(cx, E_BUSY, "The database " STR_FMT " does not answer: " STR_FMT ".", STR_ARG(st->name), STR_ARG(line));
  pg_hang_up(db);
  return e;
}

void pg_hang_up(PgDb *db) {
  PGconn *h = db->h;
  db->h = NULL;                                         /* so that dropping a statement asks nobody */
  stmts_clear(&db->stmts);
  PQfinish(h);
}

Err pg_lost(Cx *cx, PgDb *db) {
  pg_hang_up(db);
  return fail(cx, E_BUSY, "The connection to the database " STR_FMT " was lost.", STR_ARG(db->base.store->name));
}
