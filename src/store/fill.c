/* store/fill.c: see fill.h. The half that both back ends share: what gets in at all, and ids. */
#include "store/fill.h"
#include <assert.h>
#include "store/backend.h"

Fill fill_new(Cx *cx, Sql table, Sql columns) { return (Fill){ .table = table, .columns = columns, .arena = cx->arena }; }

void fill_add(Fill *f, const Val *v, size_t n) {
  assert(n && (!f->width || f->width == n));
  f->width = n;
  for (size_t i = 0; i < n; i++) vec_add(f->arena, &f->vals, v[i]);
}

Err fill_write(Cx *cx, Fill *f) {
  size_t rows = f->width ? f->vals.n / f->width : 0;
  if (!rows) return E_OK;
  f->vals.n = 0;
  return db_fill(cx, &(FillRows){ str_z(f->table.text), str_z(f->columns.text), f->vals.at, f->width, rows });
}

/* ---- ids */

typedef struct { int64_t id; } Id;
static const Col id_cols[] = { COL(Id, id) };
static const Shape id_shape = SHAPE(Id, id_cols);

/* Nobody else writes in this transaction's time; the ids of rows that went do not come back where they must not. */
static Err ids_sqlite(Cx *cx, Sql table, size_t n, int64_t *ids) {
  Query q = query_new(cx);
  int64_t last;
  query_add(&q, SQL("SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM "));
  query_add(&q, table);
  query_add(&q, SQL(" UNION ALL SELECT seq FROM sqlite_sequence WHERE name = '"));
  query_add(&q, table);
  query_add(&q, SQL("')"));
  TRY(query_int(cx, &q, &last));
  for (size_t i = 0; i < n; i++) ids[i] = last + 1 + (int64_t)i;
  return E_OK;
}

/* Each from the sequence: others may take theirs in between. */
static Err ids_postgresql(Cx *cx, Sql table, size_t n, int64_t *ids) {
  Query q = query_new(cx);
  Rows rows;
  query_add(&q, SQL("SELECT nextval(s.name) AS id FROM (SELECT CAST(pg_get_serial_sequence('"));
  query_add(&q, table);
  query_val(&q, SQL("', 'id') AS regclass) AS name OFFSET 0) AS s CROSS JOIN generate_series(1, "), V(n));
  query_add(&q, SQL(")"));
  TRY(query_rows(cx, &q, &id_shape, &rows));
  for (size_t i = 0; i < rows.n; i++) ids[i] = ROW(Id, rows, i)->id;
  return rows.n == n ? E_OK : fail(cx, E_BROKEN, "%zu ids of %s where %zu were wanted", rows.n, table.text, n);
}

Err fill_ids(Cx *cx, Sql table, size_t n, int64_t **ret) {
  *ret = NEW_N(cx->arena, int64_t, n ? n : 1);
  if (!n) return E_OK;
  return (db_kind(cx->db) == STORE_SQLITE ? ids_sqlite : ids_postgresql)(cx, table, n, *ret);
}
