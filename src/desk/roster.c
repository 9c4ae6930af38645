/* desk/roster.c: see roster.h. */
#include "desk/roster.h"

static const Col row_cols[] = {
  COL(RosterRow, id), COL(RosterRow, disabled_at), COL(RosterRow, seen_at), COL(RosterRow, serves), COL(RosterRow, leads),
  COL(RosterRow, leads_house), COL(RosterRow, administers), COL(RosterRow, password), COL(RosterRow, name), COL(RosterRow, title),
  COL(RosterRow, mail), COL(RosterRow, organisation), COL(RosterRow, teams),
};
static const Shape row_shape = SHAPE(RosterRow, row_cols);

#define HAS(kinds, what) \
  "CASE WHEN EXISTS (SELECT 1 FROM relationship e JOIN party t ON t.id = e.to_id WHERE e.from_id = p.id AND e.kind IN (" kinds ")" \
  " AND t.kind = '" what "') THEN 1 ELSE 0 END"
#define ROW_COLS(names) \
  "p.id, p.disabled_at, COALESCE((SELECT MAX(s.seen_at) FROM session s WHERE s.party_id = p.id), 0)," \
  " " HAS("'serves','leads'", "team") ", " HAS("'leads'", "team") ", " HAS("'leads'", "organisation") ", " HAS("'administers'", "organisation") "," \
  " CASE WHEN EXISTS (SELECT 1 FROM password w WHERE w.party_id = p.id) THEN 1 ELSE 0 END, p.name, p.title," \
  " (SELECT a.value FROM address a WHERE a.party_id = p.id AND a.kind = 'mail' ORDER BY a.main DESC, a.id LIMIT 1) AS mail," \
  " (SELECT o.name FROM party o WHERE o.id = p.organisation_id) AS organisation," \
  " (SELECT " names " FROM (SELECT DISTINCT t.name FROM relationship e JOIN party t ON t.id = e.to_id WHERE e.from_id = p.id" \
  " AND t.kind = 'team' AND e.kind IN ('serves','leads') AND t.disabled_at = 0 ORDER BY t.name) t) AS teams"
#define SELECT_ROW_ db_pick(cx, SQL("SELECT " ROW_COLS("group_concat(t.name, ', ')") " FROM party p WHERE p.kind = 'person'"), \
                                SQL("SELECT " ROW_COLS("string_agg(t.name, ', ' ORDER BY t.name)") " FROM party p WHERE p.kind = 'person'"))
#define WORKS "EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = p.id AND e.kind IN ('serves','leads','administers'))"

static void part_where(Query *q, RosterPart part) {
  switch (part) {
    case ROSTER_DESK:   query_add(q, SQL(" AND p.disabled_at = 0 AND " WORKS)); break;
    case ROSTER_ASKERS: query_add(q, SQL(" AND p.disabled_at = 0 AND NOT " WORKS)); break;
    case ROSTER_GONE:   query_add(q, SQL(" AND p.disabled_at <> 0")); break;
  }
}

/* The beginning of a word of the name, of an address, or a team. */
static void q_where(Cx *cx, Query *q, Str typed) {
  Buf plain = { .arena = cx->arena };
  typed = str_lower(cx->arena, str_trim(typed));
  for (size_t i = 0; i < typed.n && i < 200; i++) buf_char(&plain, strchr("%_", typed.p[i]) ? ' ' : typed.p[i]);
  int n = query_bind(q, V(str_cat(cx->arena, buf_str(&plain), S("%"))));
  query_use(q, SQL(" AND (lower(p.name) LIKE "), n);
  query_use(q, SQL(" OR lower(p.name) LIKE ('% ' || "), n);
  query_use(q, SQL(") OR EXISTS (SELECT 1 FROM address a WHERE a.party_id = p.id AND a.value LIKE "), n);
  query_use(q, SQL(") OR EXISTS (SELECT 1 FROM relationship e JOIN party t ON t.id = e.to_id WHERE e.from_id = p.id AND t.kind = 'team' AND lower(t.name) LIKE "), n);
  query_add(q, SQL("))"));
}

Err roster_list(Cx *cx, const RosterFilter *f, Rows *ret) {
  Query q = query_new(cx);
  query_add(&q, SELECT_ROW_);
  part_where(&q, f->part);
  if (str_trim(f->q).n) q_where(cx, &q, f->q);
  if (f->after) {
    int n = query_bind(&q, V(f->after));
    query_use(&q, SQL(" AND (p.name, p.id) > (SELECT name, id FROM party WHERE id = "), n);
    query_add(&q, SQL(")"));
  }
  query_val(&q, SQL(" ORDER BY p.name, p.id LIMIT "), V(f->limit ? f->limit : (size_t)50));
  return query_rows(cx, &q, &row_shape, ret);
}

Err roster_one(Cx *cx, int64_t id, RosterRow *ret) {
  Query q = query_new(cx);
  Rows rows;
  query_add(&q, SELECT_ROW_);
  query_val(&q, SQL(" AND p.id = "), V(id));
  TRY(query_rows(cx, &q, &row_shape, &rows));
  if (!rows.n) return fail(cx, E_ABSENT, N_("There is no such person."));
  *ret = *ROW(RosterRow, rows, 0);
  return E_OK;
}

Err roster_counts(Cx *cx, RosterCounts *ret) {
  static const Col cols[] = { COL(RosterCounts, desk), COL(RosterCounts, askers), COL(RosterCounts, gone), COL(RosterCounts, teams) };
  static const Shape shape = SHAPE(RosterCounts, cols);
  TRY(db_one_(cx, &shape, ret,
    SQL("SELECT COALESCE(SUM(CASE WHEN p.disabled_at = 0 AND " WORKS " THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN p.disabled_at = 0 AND NOT " WORKS " THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN p.disabled_at <> 0 THEN 1 ELSE 0 END), 0),"
        " (SELECT count(*) FROM party t WHERE t.kind = 'team' AND t.disabled_at = 0) FROM party p WHERE p.kind = 'person'"), NULL, 0));
  return E_OK;
}

#define TEAM_COLS(names) \
  "t.id, t.closed, (SELECT count(DISTINCT e.from_id) FROM relationship e JOIN party p ON p.id = e.from_id WHERE e.to_id = t.id" \
  " AND e.kind IN ('serves','leads') AND p.disabled_at = 0) AS members, t.name," \
  " (SELECT " names " FROM relationship e JOIN party p ON p.id = e.from_id WHERE e.to_id = t.id AND e.kind = 'leads' AND p.disabled_at = 0) AS leads," \
  " (SELECT c.rules FROM service s JOIN calendar c ON c.id = s.calendar_id WHERE s.team_id = t.id ORDER BY s.position, s.id LIMIT 1) AS hours" \
  " FROM party t WHERE t.kind = 'team' AND t.disabled_at = 0 ORDER BY t.name, t.id"

Err roster_teams(Cx *cx, Rows *ret) {
  static const Col cols[] = { COL(TeamRow, id), COL(TeamRow, closed), COL(TeamRow, members), COL(TeamRow, name), COL(TeamRow, leads), COL(TeamRow, hours) };
  static const Shape shape = SHAPE(TeamRow, cols);
  return db_rows_(cx, &shape, ret, db_pick(cx, SQL("SELECT " TEAM_COLS("group_concat(p.name, ', ')")),
                                               SQL("SELECT " TEAM_COLS("string_agg(p.name, ', ')"))), NULL, 0);
}
