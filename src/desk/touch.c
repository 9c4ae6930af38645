/* desk/touch.c: see touch.h. */
#include "desk/touch.h"
#include "desk/sight.h"

Err touch_new(Cx *cx, int64_t request_id, Str kind, int64_t about, Str words) {
  return db_run(cx, SQL("INSERT INTO touch(request_id, at, kind, by_id, about_id, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
                V(request_id), V(cx->now), V(kind), VID(cx->actor.party), VID(about), V(str_head(words, 2000)));
}

Err touch_list(Cx *cx, int64_t request_id, Rows *ret) {
  static const Col cols[] = { COL(Touch, id), COL(Touch, request_id), COL(Touch, at), COL(Touch, by_id), COL(Touch, about_id),
                              COL(Touch, kind), COL(Touch, words), COL(Touch, by), COL(Touch, about) };
  static const Shape shape = SHAPE(Touch, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT t.id, t.request_id, t.at, t.by_id, t.about_id, t.kind, t.words, (SELECT name FROM party WHERE id = t.by_id) AS by_name,"
        " (SELECT name FROM party WHERE id = t.about_id) AS about FROM touch t JOIN request r ON r.id = t.request_id"
        " WHERE t.request_id = ?3 AND " SIGHT " AND (t.kind NOT IN ('tags', 'claim', 'release', 'hand', 'hand-down') OR " SIGHT_NOTES ") ORDER BY t.id"), SIGHT_VALS(cx), V(request_id));
}
