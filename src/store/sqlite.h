/* store/sqlite.h: what the two files of the SQLite back end share. Included by no one else. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H
#include <sqlite3.h>
#include "store/backend.h"

typedef struct {
  Db       base;
  sqlite3 *h;
  Stmts    stmts;
  int64_t  busy_since;   /* steady; since when this call waits for another writer */
  int64_t  heard;        /* data_version when last looked */
} SqliteDb;

Err sqlite_fail(Cx *, SqliteDb *, int rc, Str sql) CHECKED;   /* one result code into an Err and a sentence */
Err sqlite_copy(Cx *, Str file) CHECKED;                      /* BackendCopy */
#endif
