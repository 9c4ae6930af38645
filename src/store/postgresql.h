/* store/postgresql.h: what the files of the PostgreSQL back end share. Included by no one else. */
#ifndef STORE_POSTGRESQL_H
#define STORE_POSTGRESQL_H
#include <libpq-fe.h>
#include "store/backend.h"

typedef struct {
  Db       base;
  PGconn  *h;             /* NULL after a loss, until the next use outside a transaction */
  Stmts    stmts;         /* handle: the number in the statement's name */
  uint32_t next;
  bool     listening;
  char     schema[64];    /* whose changes are listened to */
} PgDb;

/* ---- pg_connect.c: addresses, connecting, losing */
Err  pg_check(Cx *, Store *) CHECKED;
Err  pg_connect(Cx *, PgDb *) CHECKED;          /* E_BUSY names the address that was tried, never the password */
void pg_hang_up(PgDb *);
Err  pg_lost(Cx *, PgDb *) CHECKED;             /* hangs up; E_BUSY */

/* ---- pg_value.c: values out and in, all in binary */
typedef struct { const char *at[VALUES_MAX]; int size[VALUES_MAX], binary[VALUES_MAX]; char eight[VALUES_MAX][8]; } PgValues;
void pg_values(const Val *, size_t n, PgValues *ret);   /* borrows the texts */
Oid  pg_type(Type);
Err  pg_read(Cx *, const PGresult *, Answer *, Str sql) CHECKED;

/* ---- pg_fill.c: a row as COPY's text format has it, its end of line included */
void pg_copy_row(Buf *, const Val *, size_t n);

/* "?1" is SQLite's spelling of a value, "$1" PostgreSQL's. Quoted text and comments are left alone.
   Ends with NUL. ret_values: the highest number. */
Str  pg_spelling(Arena *, Str sql, size_t *ret_values);
#endif
