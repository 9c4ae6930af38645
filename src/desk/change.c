/* desk/change.c: see change.h. */
#include "desk/change.h"
#include "desk/sight.h"

enum { RUN_MOST = 1000 };

Err change_new(Cx *cx, int64_t request, Str kind, bool internal) {
  return db_run(cx, SQL("INSERT INTO change(at, request_id, kind, visibility) VALUES (?1, ?2, ?3, ?4)"),
                V(cx->now), V(request), V(kind), V(internal ? S("internal") : S("public")));
}

Err change_tip(Cx *cx, int64_t from, ChangeTip *ret) {
  static const Col cols[] = { COL(ChangeTip, last), COL(ChangeTip, run), COL(ChangeTip, oldest), COL(ChangeTip, next) };
  static const Shape shape = SHAPE(ChangeTip, cols);
  return db_one(cx, &shape, ret, db_pick(cx,
    SQL("SELECT (SELECT COALESCE(MAX(id), 0) FROM change) AS last, COALESCE(MAX(id), ?1) AS run, 0 AS oldest, 0 AS next"
        " FROM change WHERE id > ?1 AND ?2 > 0"),
    SQL("SELECT (SELECT COALESCE(MAX(id), 0) FROM change) AS last,"
        " (SELECT COALESCE(MAX(x.id), ?1) FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM change WHERE id > ?1 ORDER BY id LIMIT ?2) x"
          " WHERE x.id = ?1 + x.n) AS run,"
        " CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) AS oldest,"
        " CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT) AS next")),
    V(from), V(RUN_MOST));
}

/* A command writes before it takes a number (request_save), so at the moment of the mark it was one of the transactions
   under way, all of them older than `next`. When none of those is left, it has ended, one way or the other. */
bool change_settle(ChangeHead *h, const ChangeTip *tip, int64_t at) {
  if (tip->run > h->head) h->head = tip->run;
  if (h->mark && (tip->oldest >= h->next || at - h->since > CHANGE_PATIENCE)) {
    if (h->mark > h->head) h->head = h->mark;
    h->mark = 0;
  }
  if (h->head >= tip->last) { h->mark = 0; return false; }
  if (!h->mark) { h->mark = tip->last; h->next = tip->next; h->since = at; }
  return true;
}

Err change_until(Cx *cx, int64_t after, int64_t upto, size_t limit, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT COALESCE(MAX(x.id), ?1) FROM (SELECT id FROM change WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3) x"),
                V(after), V(upto), V(limit));
}

Err change_list(Cx *cx, int64_t after, int64_t until, Rows *ret) {
  static const Col cols[] = { COL(Change, id), COL(Change, at), COL(Change, request_id), COL(Change, kind), COL(Change, visibility) };
  static const Shape shape = SHAPE(Change, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT c.id, c.at, c.request_id, c.kind, c.visibility FROM change c JOIN request r ON r.id = c.request_id"
        " WHERE c.id > ?3 AND c.id <= ?4 AND " SIGHT " AND (c.visibility = 'public' OR " SIGHT_NOTES ") ORDER BY c.id"),
    SIGHT_VALS(cx), V(after), V(until));
}

Err change_list_of(Cx *cx, const int64_t *viewers, size_t n, int64_t after, int64_t until, Rows *ret) {
  static const Col cols[] = { COL(Change, viewer), COL(Change, id), COL(Change, at), COL(Change, request_id), COL(Change, kind), COL(Change, visibility) };
  static const Shape shape = SHAPE(Change, cols);
  Query q = query_new(cx);
  query_add(&q, SQL("SELECT viewer.id AS viewer, c.id, c.at, c.request_id, c.kind, c.visibility FROM party viewer"));
  query_val(&q, SQL(" JOIN change c ON c.id > "), V(after));
  query_val(&q, SQL(" AND c.id <= "), V(until));
  query_add(&q, SQL(" JOIN request r ON r.id = c.request_id WHERE viewer.id IN ("));
  for (size_t i = 0; i < CHANGE_VIEWERS; i++) query_val(&q, i ? SQL(", ") : SQL(""), V(i < n ? viewers[i] : 0));     /* always the same statement */
  query_add(&q, SQL(") AND " SIGHT_OF_VIEWER " AND (c.visibility = 'public' OR " SIGHT_NOTES_OF_VIEWER ") ORDER BY viewer.id, c.id"));
  return query_rows(cx, &q, &shape, ret);
}
