/* desk/figure_lately.c: the people served lately. Nobody is counted twice, in however many teams they asked. */
#include "desk/figure_sees.h"
#include "desk/sight.h"
#include "measure/moment.h"

typedef struct { int64_t k, n; } People;

/* The one place in whose rows everybody meant stands once; "": they are in several, and are looked for in each. */
static Err one_place(Cx *cx, const Sees *s, Str *ret, int64_t *ret_id) {
  typedef struct { int64_t n, closed, id; } Teams;
  static const Col cols[] = { COL(Teams, n), COL(Teams, closed), COL(Teams, id) };
  static const Shape shape = SHAPE(Teams, cols);
  Teams t;
  *ret = S("team");
  *ret_id = s->of->team;
  if (s->by_organisation) { *ret = S("organisation"); *ret_id = s->of->organisation; }
  if (*ret_id) return E_OK;
  TRY(db_one(cx, &shape, &t, SQL("SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN t.closed = 1 THEN 1 ELSE 0 END), 0) AS closed, COALESCE(MIN(t.id), 0) AS id FROM party t"
                                 " WHERE t.kind = 'team' AND " SIGHT_TEAM("t.id")), V(s->viewer), V(s->breadth)));
  *ret_id = t.n == 1 ? t.id : 0;
  if (t.n != 1) *ret = s->breadth && !t.closed ? S(SERIES_HOUSE) : S("");
  return E_OK;
}

Err sees_served(Cx *cx, const Sees *s, Sum *sum) {
  static const Col cols[] = { COL(People, k), COL(People, n) };
  static const Shape shape = SHAPE(People, cols);
  Query q = sees_query(cx, s);
  int64_t since = cx->now - MOMENT_WINDOW_DAYS * DAY, id = 0;
  Str place = S("");
  if (sees_days(s)) TRY(one_place(cx, s, &place, &id));
  query_val(&q, SQL("SELECT COALESCE(SUM(CASE WHEN y.bad_at >= "), V(since));
  query_add(&q, SQL(" THEN 1 ELSE 0 END), 0) AS k, COUNT(*) AS n FROM "));
  if (place.n) {
    query_val(&q, SQL("active y WHERE ?1 = ?1 AND ?2 = ?2 AND y.last_at >= "), V(since));
    query_val(&q, SQL(" AND y.place = "), V(place));
    query_val(&q, SQL(" AND y.place_id = "), V(id));
  } else if (sees_days(s)) {
    query_val(&q, SQL("(SELECT x.asker_id, MAX(x.bad_at) AS bad_at FROM active x WHERE ?1 = ?1 AND ?2 = ?2 AND x.last_at >= "), V(since));
    sees_series(&q, s);
    query_add(&q, SQL(" GROUP BY x.asker_id) y"));
  } else {
    query_val(&q, SQL("(SELECT f.asker_id, MAX(f.bad_at) AS bad_at FROM fact f WHERE ?1 = ?1 AND ?2 = ?2"
                      " AND CASE WHEN f.ended_at > f.since_at THEN f.ended_at ELSE f.since_at END >= "), V(since));
    sees_facts(&q, s);
    query_add(&q, SQL(" GROUP BY f.asker_id) y"));
  }
  Rows rows;
  TRY(query_rows(cx, &q, &shape, &rows));
  sum->k = ROW(People, rows, 0)->k;
  sum->n = ROW(People, rows, 0)->n;
  return E_OK;
}

