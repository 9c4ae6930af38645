/* store/backend.h: what a back end must be able to do; only files of this floor include it.
   The shared half (db.c) keeps the promises both make: what a failed transaction is, which texts get in, how a row
   becomes a struct. A back end moves bytes and names its errors. */
#ifndef STORE_BACKEND_H
#define STORE_BACKEND_H
#include "store/db.h"
#include "store/stmts.h"

enum { VALUES_MAX = 128, COLUMNS_MAX = 64 };

/* What a statement is asked for and what came of it. */
typedef struct {
  const Shape *shape;     /* NULL: rows are stepped over */
  void        *one;       /* not NULL: only the first row, into this; rows.n says whether there was one */
  bool         loose;     /* the result may have more columns than the shape */
  bool         once;      /* plan for these very values: the plan is not kept */
  Rows         rows;
  int64_t      changed;   /* rows inserted, updated, deleted */
} Answer;

/* Rows for one table: width values each, n rows of them one after the other. At least one row; texts are checked. */
typedef struct { Str table, columns; const Val *vals; size_t width, n; } FillRows;

typedef enum { TX_BEGIN, TX_COMMIT, TX_ROLLBACK, TX_SAVE, TX_RELEASE, TX_BACK, TX_STEPS } TxStep;

typedef Err  BackendCheck(Cx *, Store *);               /* reads st->address; sets name and own. E_INVALID */
typedef Err  BackendOpen(Cx *, const Store *, DbMode, Db **ret);
typedef void BackendClose(Db *);
typedef Err  BackendRun(Cx *, Str sql, const Val *, size_t n, Answer *);
typedef Err  BackendFill(Cx *, const FillRows *);       /* all, or an error; a transaction is open */
typedef Err  BackendScript(Cx *, Str sql);              /* many statements, no values */
typedef Err  BackendTx(Cx *, TxStep);                   /* TX_ROLLBACK: whatever it returns, no transaction is open after it */
typedef Err  BackendListen(Cx *);
typedef Err  BackendWait(Cx *, int timeout_ms, bool *ret_got);
typedef Err  BackendNotify(Cx *);
typedef Err  BackendCopy(Cx *, Str file);               /* a consistent copy of the store of cx->db */

typedef struct {
  StoreKind      kind;
  Str            scheme;                                /* "sqlite:" */
  Str            id, bytes;                             /* how @ID and @BYTES are spelled */
  Str            id_once;                               /* @ID1: an id that never comes back, even after its row went */
  BackendCheck  *check;
  BackendOpen   *open;
  BackendClose  *close;
  BackendRun    *run;
  BackendFill   *fill;
  BackendScript *script;
  BackendTx     *tx;
  BackendListen *listen;
  BackendWait   *wait;
  BackendNotify *notify;
  BackendCopy   *copy;
} Backend;

extern const Backend sqlite_backend, postgresql_backend;

struct Store { const Backend *back; Str address, name; void *own; };

struct Db {                                             /* the first member of each back end's own connection */
  const Backend *back;
  const Store   *store;
  DbMode         mode;
  int            depth;                                 /* open transaction and savepoints */
  Err            spoilt;                                /* a statement failed at this depth: nothing runs until tx_end */
  char           spoilt_why[512];
  bool           unsure;                                /* the last commit was sent and not answered */
  int64_t        deadline;                              /* steady microseconds; 0 = none */
  bool           words_wait;                            /* search_put noted words that are not in the index yet */
  size_t         words_put;                             /* since the last outermost commit */
  int64_t        words_settled;                         /* steady; when the index last caught up */
};

/* db.c, for fill.c: holds to what every statement is held to. */
Err db_fill(Cx *, const FillRows *) CHECKED;

/* ---- shared by the back ends */

/* A result row into a struct: one piece of arena memory holds all its text. cells are borrowed from the driver. */
void row_store(Cx *, const Shape *, const Val *cells, void *row);

/* Does the result fit the shape? E_BROKEN when the number of columns differs, or a column bears the name of
   another column of the shape: a list of columns in the wrong order. name(h, i) is the result's column name. */
Err shape_check(Cx *, const Answer *, size_t columns, const char *(*name)(void *h, int i), void *h, Str sql);

/* A column cannot be read as its member of the shape. */
Err shape_misfit(Cx *, const Shape *, size_t column, const char *is, Str sql) CHECKED;

/* search.c: before the outermost commit. */
Err search_at_commit(Cx *) CHECKED;
#endif
