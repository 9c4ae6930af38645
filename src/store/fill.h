/* store/fill.h: many rows of one table at once: COPY on PostgreSQL, one prepared INSERT run for each row on SQLite. A row
   written so costs no round trip. For samples, imports and whatever else comes in thousands.
     Fill f = fill_new(cx, SQL("promise"), SQL("id, request_id, due_at"));
     fill_row(&f, V(id), V(request), V(due));  …  TRY(fill_write(cx, &f));
   Not here: rows that may stand there already (ON CONFLICT), or that are computed by the database. */
#ifndef STORE_FILL_H
#define STORE_FILL_H
#include "base/vec.h"
#include "store/db.h"

typedef struct {
  Sql      table, columns;                               /* literals: "a, b, c" */
  Arena   *arena;                                        /* where the rows wait */
  size_t   width;                                        /* values a row, of the first one */
  VEC(Val) vals;
} Fill;

Fill fill_new(Cx *, Sql table, Sql columns);             /* rows wait in cx->arena */

/* Adds a row: a value for each column, in that order. Texts and bytes are borrowed until fill_write. A text goes into a
   column of any type as its literal would, a number into numbers only. */
void fill_add(Fill *, const Val *, size_t n);
#define fill_row(fill, ...) fill_add((fill), VALS(__VA_ARGS__))

/* Writes the rows in the order they were added, and empties the fill. Within a transaction only (E_BROKEN outside one).
   Columns that are not named get their default, a generated id included. Errors as of any statement (db.h), and like any
   other a failed one spoils the transaction up to the innermost tx_end: with a Tx of its own around it, nothing of it was
   done and the outer one goes on. Keys to other tables are looked at when all rows stand. No rows: nothing happens. */
Err fill_write(Cx *, Fill *) CHECKED;

/* n ids of a table with a column `id`, rising, that no other row has or will be given: to be used in this transaction,
   before more are asked for or rows with generated ids are added to the table. They live in cx->arena. */
Err fill_ids(Cx *, Sql table, size_t n, int64_t **ret) CHECKED;
#endif
