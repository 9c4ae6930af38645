/* store/job.c: see job.h. Taking is one statement, so it is whole by itself: on SQLite under the write lock, on
   PostgreSQL stepping over rows that another node is taking at this moment.
   Invariant: an id is one standing of a job. Putting a job again gives it a new id, so that whoever is still at work on
   the former standing can neither finish nor delay the new one. */
#include "store/job.h"
#include <stdlib.h>

#define JOB_COLS "id, due_at, attempts, kind, key, body"
static const Col job_cols[] = { COL(Job, id), COL(Job, due_at), COL(Job, attempts), COL(Job, kind), COL(Job, key), COL(Job, body) };
static const Shape job_shape = SHAPE(Job, job_cols);

Err job_put(Cx *cx, Str kind, Str key, int64_t due_at, Str body) {
  return db_run(cx, db_pick(cx,
    SQL("INSERT OR REPLACE INTO job (kind, key, due_at, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5)"),
    SQL("INSERT INTO job (kind, key, due_at, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (key) DO UPDATE SET "
        "id = nextval(pg_get_serial_sequence('job', 'id')), kind = excluded.kind, due_at = excluded.due_at, body = excluded.body, "
        "created_at = excluded.created_at, lease_until = 0, attempts = 0, fault = ''")),
    V(kind), V(key), V(due_at), V(body), V(cx->now));
}

Err job_drop(Cx *cx, Str key) { return db_run(cx, SQL("DELETE FROM job WHERE key = ?1"), V(key)); }

static int by_due(const void *a, const void *b) {
  const Job *x = a, *y = b;
  return x->due_at != y->due_at ? (x->due_at > y->due_at) - (x->due_at < y->due_at) : (x->id > y->id) - (x->id < y->id);
}

Err job_take(Cx *cx, Str kind, int64_t lease, size_t max, Rows *ret) {
  Query q = query_new(cx);
  query_val(&q, SQL("UPDATE job SET lease_until = "), V(cx->now + lease));
  int now = query_bind(&q, V(cx->now));
  query_use(&q, SQL(" WHERE id IN (SELECT id FROM job WHERE due_at <= "), now);
  query_use(&q, SQL(" AND lease_until <= "), now);
  if (kind.n) query_val(&q, SQL(" AND kind = "), V(kind));
  query_val(&q, SQL(" ORDER BY due_at, id LIMIT "), V(max));
  query_add(&q, db_pick(cx, SQL(")"), SQL(" FOR UPDATE SKIP LOCKED)")));
  query_add(&q, SQL(" RETURNING " JOB_COLS));
  TRY(query_rows(cx, &q, &job_shape, ret));
  if (ret->n) qsort(ret->at, ret->n, sizeof(Job), by_due);      /* RETURNING promises no order */
  return E_OK;
}

Err job_done(Cx *cx, int64_t id) { return db_run(cx, SQL("DELETE FROM job WHERE id = ?1"), V(id)); }

Err job_retry(Cx *cx, int64_t id, int64_t due_at, Str error) {
  return db_run(cx, SQL("UPDATE job SET due_at = ?2, fault = ?3, attempts = attempts + 1, lease_until = 0 WHERE id = ?1"),
                V(id), V(due_at), V(error));
}

/* The earliest of: a job nobody has, and a lease that runs out. Two statements, each one look at the front of an index. */
Err job_next(Cx *cx, Str kind, int64_t *ret_due_at) {
  int64_t due = 0, lease = 0;
  if (kind.n) {
    TRY(db_int(cx, &due, SQL("SELECT due_at FROM job WHERE kind = ?1 AND lease_until = 0 ORDER BY due_at LIMIT 1"), V(kind)));
    TRY(db_int(cx, &lease, SQL("SELECT MIN(lease_until) FROM job WHERE kind = ?1 AND lease_until > 0"), V(kind)));
  } else {
    TRY(db_int(cx, &due, SQL("SELECT due_at FROM job WHERE lease_until = 0 ORDER BY due_at LIMIT 1")));
    TRY(db_int(cx, &lease, SQL("SELECT MIN(lease_until) FROM job WHERE lease_until > 0")));
  }
  *ret_due_at = !lease || (due && due < lease) ? due : lease;
  return E_OK;
}
