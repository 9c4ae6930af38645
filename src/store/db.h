/* store/db.h: the one contract with the database. Two back ends, SQLite and PostgreSQL, behind a dozen calls.
   SQL is written once, in the common dialect: numbered parameters ?1 ?2 …, RETURNING, ON CONFLICT, window functions,
   BIGINT for every number, microseconds UTC passed in. SQL text is only ever a literal (Sql), values are only ever bound.
   NULL reads as 0 or "". A value in a row lives in cx->arena. Not here: what the tables mean (desk). */
#ifndef STORE_DB_H
#define STORE_DB_H
#include "base/base.h"

typedef struct { const char *text; } Sql;                /* only ever a literal */
#define SQL(lit) ((Sql){ "" lit "" })

typedef struct { Str s; } Bytes;                         /* a blob: any bytes, NUL included */

typedef enum { T_NULL, T_INT, T_REAL, T_TEXT, T_BYTES } Type;
typedef struct { Type type; int64_t i; double r; Str s; } Val;
static inline Val val_int(int64_t i)   { return (Val){ .type = T_INT, .i = i }; }
static inline Val val_real(double r)   { return (Val){ .type = T_REAL, .r = r }; }
static inline Val val_str(Str s)       { return (Val){ .type = T_TEXT, .s = s }; }
static inline Val val_bytes(Bytes b)   { return (Val){ .type = T_BYTES, .s = b.s }; }
static inline Val val_id(int64_t id)   { return (Val){ .type = id ? T_INT : T_NULL, .i = id }; }   /* 0 is NULL: for references */
#define V(x) _Generic((x), Str: val_str, Bytes: val_bytes, double: val_real, int: val_int, unsigned: val_int, long long: val_int, \
                           int64_t: val_int, size_t: val_int, bool: val_int)(x)
#define VID(x) val_id(x)
#define VALS(...) (const Val[]){ __VA_ARGS__ }, COUNT(((const Val[]){ __VA_ARGS__ }))

/* A row of the result becomes a plain struct, column by column, in the order of the shape. */
typedef struct { const char *name; size_t at; Type type; } Col;
typedef struct { size_t size; const Col *cols; size_t n; } Shape;
#define COL(T, f) { #f, offsetof(T, f), _Generic(((T *)0)->f, int64_t: T_INT, double: T_REAL, Str: T_TEXT, Bytes: T_BYTES) }
#define SHAPE(T, cols) { sizeof(T), cols, COUNT(cols) }
typedef struct { void *at; size_t n; } Rows;
#define ROW(T, rows, i) (&((T *)(rows).at)[i])

/* ---- stores and connections */
typedef struct Store Store;                              /* where the data is: shared by all threads, never changes */
typedef enum { STORE_SQLITE, STORE_POSTGRESQL } StoreKind;
typedef enum { DB_READ, DB_WRITE } DbMode;

/* address: "sqlite:DIR/cornerdesk.db", "sqlite::memory:" (one connection, tests) or "postgresql://…".
   E_INVALID: no such kind of address, cx->why says so. Nothing is opened yet. Lives in cx->arena. */
Err       store_open(Cx *, Str address, Store **ret) CHECKED;
StoreKind store_kind(const Store *);
Str       store_name(const Store *);                     /* the address without its password, for logs and people */

/* A connection, for one thread at a time. A DB_READ connection cannot write: the database refuses it.
   E_BUSY: not reachable; cx->why names the address that was tried. Free with db_close. */
Err  db_open(Cx *, const Store *, DbMode, Db **ret) CHECKED;
void db_close(Db *);
void db_closep(Db **);                                   /* for DEFER */
StoreKind db_kind(const Db *);

/* Brings the tables up to this binary's version (embedded, forward only, each migration in its own transaction). For
   every start of a program that writes.
   E_CONFLICT: the store is newer than this binary. */
Err store_migrate(Cx *, const Store *) CHECKED;
Err store_version(Cx *, int64_t *ret_have, int64_t *ret_want) CHECKED;   /* on cx->db */

/* ---- statements, on cx->db. Errors: E_CONFLICT a unique or foreign key said no; E_BUSY full disk, lost connection,
   lock, deadlock, a row changed meanwhile (the writer tries again, from the beginning); E_INVALID text that is not
   valid UTF-8; E_BROKEN anything else. In a transaction a failed statement spoils all up to the innermost tx_end: on
   both back ends nothing runs before it. To look at an E_CONFLICT and go on, wrap the statement in a Tx of its own.
   A result's columns must come in the order of the shape; a column named as another one's member is E_BROKEN. */
Err db_rows_(Cx *, const Shape *, Rows *ret, Sql, const Val *, size_t n) CHECKED;
Err db_run_(Cx *, int64_t *ret_changed, Sql, const Val *, size_t n) CHECKED;     /* ret_changed may be NULL */
Err db_int_(Cx *, int64_t *ret, Sql, const Val *, size_t n) CHECKED;             /* first column of first row; 0 if no row */
Err db_one_(Cx *, const Shape *, void *ret, Sql, const Val *, size_t n) CHECKED; /* exactly the first row; E_ABSENT if none, why untouched */
#define db_rows(cx, shape, ret, sql, ...) db_rows_((cx), (shape), (ret), (sql), VALS(__VA_ARGS__))
#define db_run(cx, sql, ...)              db_run_((cx), NULL, (sql), VALS(__VA_ARGS__))
#define db_run_n(cx, ret, sql, ...)       db_run_((cx), (ret), (sql), VALS(__VA_ARGS__))
#define db_int(cx, ret, sql, ...)         db_int_((cx), (ret), (sql), VALS(__VA_ARGS__))
#define db_one(cx, shape, ret, sql, ...)  db_one_((cx), (shape), (ret), (sql), VALS(__VA_ARGS__))

/* Where the two dialects truly differ: the literal for this connection's kind. */
Sql db_pick(const Cx *, Sql sqlite, Sql postgresql);

/* ---- a query that grows from literal pieces, never from a caller's text. Parameters are numbered as they come. */
typedef struct { Buf text; Val vals[48]; size_t n; bool once; } Query;   /* once: planned anew for its values */
Query query_new(Cx *);
void  query_add(Query *, Sql piece);
int   query_bind(Query *, Val);                          /* binds a value; its number, for pieces written with query_addn */
void  query_val(Query *, Sql piece, Val);                /* the piece, then ?N bound to the value */
void  query_use(Query *, Sql piece, int number);         /* the piece, then ?number */
Err   query_rows(Cx *, const Query *, const Shape *, Rows *ret) CHECKED;
Err   query_int(Cx *, const Query *, int64_t *ret) CHECKED;

/* ---- transactions: DEFER(tx_end) Tx tx = { 0 }; TRY(tx_begin(cx, &tx)); … return tx_commit(&tx);
   Within another they are savepoints. Reading in one shows a single moment, and costs half of reading without. tx_end rolls back unless committed and keeps cx->why. */
typedef struct { Cx *cx; bool done; int depth; } Tx;
Err  tx_begin(Cx *, Tx *ret) CHECKED;
Err  tx_commit(Tx *) CHECKED;
void tx_end(Tx *);
/* E_BUSY from tx_commit, and the connection was lost while the database was committing: it may have happened. Such a
   command is not tried again unasked; any other E_BUSY left nothing behind. True until the next tx_begin. */
bool db_unsure(const Db *);

/* ---- the connection's time: a statement still running then (clock_steady) ends with E_BUSY. 0: no limit. */
void db_deadline(Db *, int64_t steady_at);

/* ---- hearing that others changed something: any process, any node. On a connection of its own.
   db_wait: E_OK after the time-out as well; ret_got says which. It may wake for nothing, never sleep through a change
   (after a lost connection: E_BUSY once, then got). db_notify: after the commit; needed on PostgreSQL only. */
Err db_listen(Cx *) CHECKED;
Err db_wait(Cx *, int timeout_ms, bool *ret_got) CHECKED;
Err db_notify(Cx *) CHECKED;

/* A consistent copy while others write; the file appears whole or not at all. On SQLite; E_INVALID elsewhere. */
Err store_backup(Cx *, const Store *, Str file) CHECKED;
#endif
