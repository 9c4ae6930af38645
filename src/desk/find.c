/* desk/find.c: see find.h. */
#include "desk/find.h"
#include "desk/sight.h"
#include "store/search.h"

static const Col hit_cols[] = {
  COL(Hit, message_id), COL(Hit, at), COL(Hit, request_id), COL(Hit, author_id), COL(Hit, asker_id), COL(Hit, owner_id), COL(Hit, due_at),
  COL(Hit, updated_at), COL(Hit, internal), COL(Hit, author), COL(Hit, asker), COL(Hit, subject), COL(Hit, text), COL(Hit, lang),
  COL(Hit, state), COL(Hit, court), COL(Hit, outcome), COL(Hit, owner), COL(Hit, team),
};
static const Shape hit_shape = SHAPE(Hit, hit_cols);
#define HIT_COLS \
  "m.id AS message_id, m.at, m.request_id, m.author_id, r.asker_id, r.owner_id, r.due_at, r.updated_at," \
  " CASE WHEN m.visibility = 'internal' THEN 1 ELSE 0 END AS internal," \
  " (SELECT name FROM party WHERE id = m.author_id) AS author, (SELECT name FROM party WHERE id = r.asker_id) AS asker, r.subject, b.text, m.lang," \
  " r.state, r.court, r.outcome, (SELECT name FROM party WHERE id = r.owner_id) AS owner, (SELECT name FROM party WHERE id = r.team_id) AS team"

Err find_messages(Cx *cx, const Find *f, Rows *ret, int64_t *ret_next) {
  size_t limit = f->limit == 0 ? 30 : f->limit > 100 ? 100 : f->limit;
  *ret = (Rows){ 0 };
  *ret_next = 0;
  Str match = search_text(cx, f->q);
  if (!match.n) return E_OK;
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_add(&q, SQL("SELECT " HIT_COLS));
  search_from(cx, &q, match);
  query_add(&q, SQL(" CROSS JOIN message m CROSS JOIN request r CROSS JOIN message_body b"
                    " WHERE m.id = hit.id AND r.id = m.request_id AND b.message_id = m.id"
                    " AND " SIGHT " AND (m.visibility = 'public' OR " SIGHT_NOTES ")"));
  if (f->before) query_val(&q, SQL(" AND hit.id < "), V(f->before));
  query_val(&q, SQL(" ORDER BY hit.id DESC LIMIT "), V(limit + 1));
  TRY(query_rows(cx, &q, &hit_shape, ret));
  if (ret->n <= limit) return E_OK;
  ret->n = limit;
  *ret_next = ROW(Hit, *ret, limit - 1)->message_id;
  return E_OK;
}
