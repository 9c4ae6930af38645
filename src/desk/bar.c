/* desk/bar.c: see bar.h. */
#include "desk/bar.h"
#include "desk/service.h"
#include "desk/sight.h"

enum { MOST = 40, DAYS_BACK = 183 };

static const Col bar_cols[] = { COL(Bar, id), COL(Bar, party_id), COL(Bar, service_id), COL(Bar, seconds), COL(Bar, promised), COL(Bar, set_by), COL(Bar, since),
                                COL(Bar, measure), COL(Bar, words), COL(Bar, service), COL(Bar, by) };
static const Shape bar_shape = SHAPE(Bar, bar_cols);
#define BAR_COLS "b.id, b.party_id, b.service_id, b.seconds, b.promised, b.set_by, b.since, b.measure, b.words," \
  " (SELECT s.name FROM service s WHERE s.id = b.service_id) AS service_name, (SELECT p.name FROM party p WHERE p.id = b.set_by) AS by_name"

/* ── how often it was met ────────────────────────────────────────────── */

typedef struct { int64_t met, told, silent; } Count;
static const Col count_cols[] = { COL(Count, met), COL(Count, told), COL(Count, silent) };
static const Shape count_shape = SHAPE(Count, count_cols);

/* hear: the first words by a person; done: the report that stood. */
#define FIRST_WORD "CASE WHEN f.heard_at > 0 THEN f.heard_at END"
#define FIRST_REPORT "CASE WHEN r.reported_at > 0 THEN r.reported_at END"
/* ?3: the seconds as microseconds, ?4: now, ?5: since when. What has neither come nor run out of time cannot be told yet; what they
   took back in time neither. */
#define TIMED(first) \
  SQL("SELECT COALESCE(SUM(CASE WHEN x.first <= x.limit_at THEN 1 ELSE 0 END), 0) AS met, COALESCE(SUM(CASE WHEN x.first IS NOT NULL OR x.limit_at < ?4 THEN 1 ELSE 0 END), 0) AS told, 0 AS silent" \
      " FROM (SELECT " first " AS first, r.since_at + ?3 AS limit_at FROM request r LEFT JOIN fact f ON f.request_id = r.id WHERE r.created_at >= ?5 AND r.updated_at >= ?5" \
      " AND NOT (r.state = 'WITHDRAWN' AND r.ended_at <= r.since_at + ?3)")
#define JUDGED \
  SQL("SELECT COALESCE(SUM(CASE WHEN v.against_bar IN ('at','above') THEN 1 ELSE 0 END), 0) AS met, COALESCE(SUM(CASE WHEN v.against_bar <> '' THEN 1 ELSE 0 END), 0) AS told," \
      " COALESCE(SUM(CASE WHEN v.against_bar = '' THEN 1 ELSE 0 END), 0) AS silent FROM request r JOIN verdict v ON v.request_id = r.id" \
      " WHERE ?3 >= 0 AND ?4 > 0 AND r.created_at >= ?5 AND r.updated_at >= ?5")

static Err met(Cx *cx, const Customer *c, BarLine *l) {
  const Val sight[] = { SIGHT_VALS(cx) };
  int64_t back = cx->now - DAYS_BACK * DAY, from = l->b.since > back ? l->b.since : back;
  bool judged = str_eq(l->b.measure, S("judged"));
  Query q = query_new(cx);
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_bind(&q, V(l->b.seconds * SECOND));
  query_bind(&q, V(cx->now));
  query_bind(&q, V(from));
  query_add(&q, judged ? JUDGED : str_eq(l->b.measure, S("hear")) ? TIMED(FIRST_WORD) : TIMED(FIRST_REPORT));
  /* who sees the whole of an organisation sees all of its requests in open teams: that is what SIGHT says of them, a row at a time */
  query_add(&q, c->whole && !c->person ? SQL(" AND ?1 = ?1 AND ?2 = ?2") : SQL(" AND " SIGHT));
  query_val(&q, c->person ? SQL(" AND r.asker_id = ") : SQL(" AND r.team_id NOT IN (SELECT id FROM party WHERE closed = 1) AND r.organisation_id = "), V(c->who.id));
  if (l->b.service_id) query_val(&q, SQL(" AND r.service_id = "), V(l->b.service_id));
  if (!judged) query_add(&q, SQL(") x"));
  Rows rows;
  TRY(query_rows(cx, &q, &count_shape, &rows));
  const Count *n = ROW(Count, rows, 0);
  l->met = figure_share((Tally){ n->met, n->told }, n->silent);
  l->met.name = S("standing-bar");
  l->met.eyes = judged ? EYES_CUSTOMER : EYES_BOTH;
  l->met.from = from;
  l->met.to = cx->now + 1;
  return E_OK;
}

Err bar_list(Cx *cx, const Customer *c, BarLine **ret, size_t *ret_n) {
  Rows rows;
  TRY(db_rows(cx, &bar_shape, &rows, SQL("SELECT " BAR_COLS " FROM bar b WHERE b.party_id = ?1 AND b.ended_at = 0 ORDER BY b.since, b.id"), V(c->who.id)));
  BarLine *at = NEW_N(cx->arena, BarLine, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) {
    at[i].b = *ROW(Bar, rows, i);
    TRY(met(cx, c, &at[i]));
  }
  *ret = at;
  *ret_n = rows.n;
  return E_OK;
}

/* ── setting one ─────────────────────────────────────────────────────── */

static bool known(Str measure) { return str_eq(measure, S("hear")) || str_eq(measure, S("done")) || str_eq(measure, S("judged")); }

Err bar_set(Cx *cx, const Customer *c, const Bar *in, int64_t *ret_id) {
  bool judged = str_eq(in->measure, S("judged"));
  int64_t n;
  Service s;
  if (!c->theirs) return fail(cx, E_DENIED, N_("Only the customer says where their bar is."));
  if (!str_trim(in->words).n) return fail_field(cx, "words", N_("Say in a sentence what you expect."));
  if (in->words.n > 500) return fail_field(cx, "words", N_("A bar is a sentence; this is too long."));
  if (!known(in->measure)) return fail_field(cx, "measure", N_("Choose what is measured: when you hear from us, when it is done, or your own judgement."));
  if (!judged && (in->seconds < 60 || in->seconds > 365 * 86400)) return fail_field(cx, "within", N_("Say within what time, from a minute to a year."));
  if (in->service_id) TRY(service_get(cx, in->service_id, &s));
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM bar WHERE party_id = ?1 AND ended_at = 0"), V(c->who.id)));
  if (n >= MOST) return fail(cx, E_CONFLICT, N_("That is a long list already; end a bar that no longer matters first."));
  return db_int(cx, ret_id, SQL("INSERT INTO bar(party_id, service_id, words, measure, seconds, set_by, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id"),
                V(c->who.id), VID(in->service_id), V(str_trim(in->words)), V(in->measure), V(judged ? (int64_t)0 : in->seconds), VID(cx->actor.party), V(cx->now));
}

static Err changed(Cx *cx, int64_t n) { return n ? E_OK : fail(cx, E_ABSENT, N_("There is no such bar any more.")); }

Err bar_end(Cx *cx, const Customer *c, int64_t id) {
  int64_t n;
  if (!c->theirs) return fail(cx, E_DENIED, N_("Only the customer says where their bar is."));
  TRY(db_run_n(cx, &n, SQL("UPDATE bar SET ended_at = ?3 WHERE id = ?1 AND party_id = ?2 AND ended_at = 0"), V(id), V(c->who.id), V(cx->now)));
  return changed(cx, n);
}

Err bar_promise(Cx *cx, const Customer *c, int64_t id, int64_t seconds) {
  int64_t n;
  if (!c->serves || !c->whole) return fail(cx, E_DENIED, N_("Only who leads the house promises something to all of a customer."));
  if (seconds < 1 || seconds > 365 * 86400) return fail_field(cx, "within", N_("Say within what time, from a minute to a year."));
  TRY(db_run_n(cx, &n, SQL("UPDATE bar SET promised = CASE WHEN measure = 'judged' THEN 1 ELSE ?3 END WHERE id = ?1 AND party_id = ?2 AND ended_at = 0"),
               V(id), V(c->who.id), V(seconds)));
  return changed(cx, n);
}

Err bar_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &bar_shape, ret, SQL("SELECT " BAR_COLS " FROM bar b WHERE b.set_by = ?1 ORDER BY b.id"), V(person));
}
