/* desk/serving.c: see serving.h. */
#include "desk/serving.h"

/* ── moving with the facts ───────────────────────────────────────────── */

static bool same_place(const Fact *a, const Fact *b) {
  return a->month == b->month && a->organisation_id == b->organisation_id && a->team_id == b->team_id && a->service_id == b->service_id;
}
static bool same_sums(const Fact *a, const Fact *b) { return a->messages == b->messages && a->acts == b->acts && a->written == b->written; }

/* sign: 1 it comes, -1 it goes. */
static Err add(Cx *cx, const Fact *f, int64_t sign) {
  bool reckoned = f->written < 0;
  TRY(db_run(cx,
    SQL("INSERT INTO serving(month, organisation_id, team_id, service_id, n, messages, acts, written_n, written) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        " ON CONFLICT (month, organisation_id, team_id, service_id) DO UPDATE SET n = serving.n + excluded.n, messages = serving.messages + excluded.messages,"
        " acts = serving.acts + excluded.acts, written_n = serving.written_n + excluded.written_n, written = serving.written + excluded.written"),
    V(f->month), V(f->organisation_id), V(f->team_id), V(f->service_id), V(reckoned ? sign : 0), V(reckoned ? sign * f->messages : 0),
    V(reckoned ? sign * f->acts : 0), V(reckoned ? 0 : sign), V(reckoned ? 0 : sign * f->written)));
  if (sign > 0) return E_OK;
  return db_run(cx, SQL("DELETE FROM serving WHERE month = ?1 AND organisation_id = ?2 AND team_id = ?3 AND service_id = ?4 AND n = 0 AND written_n = 0"),
                V(f->month), V(f->organisation_id), V(f->team_id), V(f->service_id));
}

Err serving_move(Cx *cx, const Fact *was, const Fact *now) {
  if (was && same_place(was, now) && same_sums(was, now)) return E_OK;
  if (was) TRY(add(cx, was, -1));
  return add(cx, now, 1);
}

/* On SQLite nobody else writes meanwhile. */
static Err hold(Cx *cx, int64_t request) {
  int64_t id;
  return db_kind(cx->db) == STORE_SQLITE ? E_OK : db_int(cx, &id, SQL("SELECT id FROM request WHERE id = ?1 FOR UPDATE"), V(request));
}

Err serving_written(Cx *cx, int64_t request, int64_t *ret) {
  TRY(hold(cx, request));
  return db_int(cx, ret, SQL("SELECT CAST(COALESCE(SUM(minutes), -1) AS BIGINT) FROM work WHERE request_id = ?1"), V(request));
}

Err serving_worked(Cx *cx, int64_t request, int64_t minutes) {
  Fact was, now;
  TRY(hold(cx, request));
  TRY(db_run(cx, SQL("UPDATE fact SET written = CASE WHEN written > 0 THEN written ELSE 0 END + ?2 WHERE request_id = ?1"), V(request), V(minutes)));
  Err e = fact_of(cx, request, &now);
  if (e == E_ABSENT) return E_OK;                        /* it is read from the loop in a moment, with these minutes */
  TRY(e);
  was = now;
  was.written -= minutes;
  if (was.written <= 0) was.written = -1;
  if (now.written > 0) return serving_move(cx, &was, &now);
  now.written = -1;                                      /* the last line was taken back */
  TRY(db_run(cx, SQL("UPDATE fact SET written = -1 WHERE request_id = ?1"), V(request)));
  return serving_move(cx, &was, &now);
}

Err serving_anew(Cx *cx) {
  TRY(db_run_(cx, NULL, SQL("DELETE FROM serving"), NULL, 0));
  return db_run_(cx, NULL,
    SQL("INSERT INTO serving(month, organisation_id, team_id, service_id, n, messages, acts, written_n, written)"
        " SELECT f.month, f.organisation_id, f.team_id, f.service_id, SUM(CASE WHEN f.written < 0 THEN 1 ELSE 0 END), SUM(CASE WHEN f.written < 0 THEN f.messages ELSE 0 END),"
        " SUM(CASE WHEN f.written < 0 THEN f.acts ELSE 0 END), SUM(CASE WHEN f.written < 0 THEN 0 ELSE 1 END), SUM(CASE WHEN f.written < 0 THEN 0 ELSE f.written END)"
        " FROM fact f GROUP BY f.month, f.organisation_id, f.team_id, f.service_id"), NULL, 0);
}

#define SUMS_OF_FACTS \
  "COALESCE(SUM(CASE WHEN f.written < 0 THEN f.messages ELSE 0 END), 0) AS messages, COALESCE(SUM(CASE WHEN f.written < 0 THEN f.acts ELSE 0 END), 0) AS acts," \
  " COUNT(*) AS n, COALESCE(SUM(CASE WHEN f.written < 0 THEN 0 ELSE f.written END), 0) AS written FROM fact f"

Err serving_verify(Cx *cx, int64_t *ret_wrong) {
  return db_int_(cx, ret_wrong,
    SQL("SELECT CASE WHEN a.messages = b.messages AND a.acts = b.acts AND a.n = b.n AND a.written = b.written THEN 0 ELSE 1 END FROM (SELECT " SUMS_OF_FACTS ") a,"
        " (SELECT COALESCE(SUM(messages), 0) AS messages, COALESCE(SUM(acts), 0) AS acts, COALESCE(SUM(n + written_n), 0) AS n, COALESCE(SUM(written), 0) AS written FROM serving) b"), NULL, 0);
}

/* ── reading ─────────────────────────────────────────────────────────── */

Err serving_since(Cx *cx, int64_t month, Rows *ret) {
  static const Col cols[] = { COL(Served, id), COL(Served, team), COL(Served, minutes), COL(Served, written), COL(Served, n), COL(Served, name) };
  static const Shape shape = SHAPE(Served, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT s.organisation_id AS id, s.team_id AS team, CAST(SUM(s.written + s.n * COALESCE(e.per_request, 0) + s.messages * COALESCE(e.per_message, 0)"
        " + s.acts * COALESCE(e.per_act, 0)) AS BIGINT) AS minutes, CAST(SUM(s.written_n) AS BIGINT) AS written, CAST(SUM(s.n + s.written_n) AS BIGINT) AS n,"
        " COALESCE((SELECT o.name FROM party o WHERE o.id = s.organisation_id), '') AS name FROM serving s LEFT JOIN equation e ON e.service_id = s.service_id"
        " WHERE s.month >= ?1 AND s.team_id NOT IN (SELECT id FROM party WHERE closed = 1) GROUP BY s.organisation_id, s.team_id ORDER BY s.organisation_id, s.team_id"), V(month));
}
