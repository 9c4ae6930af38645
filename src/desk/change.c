/* desk/change.c: see change.h. Rows are written by request_save. */
#include "desk/change.h"
#include "desk/sight.h"

Err change_latest(Cx *cx, int64_t *ret) { return db_int_(cx, ret, SQL("SELECT COALESCE(MAX(id), 0) FROM change"), NULL, 0); }

Err change_list(Cx *cx, int64_t after, size_t limit, Rows *ret, int64_t *ret_last) {
  static const Col cols[] = { COL(Change, id), COL(Change, at), COL(Change, request_id), COL(Change, kind), COL(Change, visibility) };
  static const Shape shape = SHAPE(Change, cols);
  TRY(db_int(cx, ret_last, SQL("SELECT COALESCE(MAX(id), ?1) FROM (SELECT id FROM change WHERE id > ?1 ORDER BY id LIMIT ?2) x"), V(after), V(limit)));
  return db_rows(cx, &shape, ret,
    SQL("SELECT c.id, c.at, c.request_id, c.kind, c.visibility FROM change c JOIN request r ON r.id = c.request_id"
        " WHERE c.id > ?3 AND c.id <= ?4 AND " SIGHT " AND (c.visibility = 'public' OR " SIGHT_NOTES ") ORDER BY c.id"),
    SIGHT_VALS(cx), V(after), V(*ret_last));
}
