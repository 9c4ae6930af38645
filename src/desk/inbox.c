/* desk/inbox.c: lists and counters. */
#include "desk/inbox.h"
#include "desk/party.h"
#include "desk/sight.h"
#include "store/search.h"
#include "text/tidy.h"

static const char *const names[] = { "court", "today", "team", "others", "snoozed", "done", "all" };

bool list_of(Str name, ListName *ret) {
  for (size_t i = 0; i < COUNT(names); i++) if (str_eq(name, str_z(names[i]))) { *ret = (ListName)i; return true; }
  return false;
}
Str list_name(ListName l) { return str_z(names[l]); }

static const Col row_cols[] = { REQUEST_SHAPE_(InboxRow, r.), COL(InboxRow, unread), COL(InboxRow, snoozed_until), COL(InboxRow, draft) };
static const Shape row_shape = SHAPE(InboxRow, row_cols);
#define ROW_COLS REQUEST_COLS \
  ", CASE WHEN COALESCE((SELECT version FROM seen WHERE party_id = ?1 AND request_id = r.id), 0) < r.version THEN 1 ELSE 0 END AS unread" \
  ", (SELECT until_at FROM snooze WHERE party_id = ?1 AND request_id = r.id) AS snoozed_until" \
  ", (SELECT COUNT(*) FROM draft d WHERE d.party_id = ?1 AND d.request_id = r.id AND d.thrown_at = 0) AS draft"

#define MY_TEAMS "(SELECT to_id FROM relationship WHERE from_id = ?1 AND kind IN ('serves','leads'))"
#define AWAKE " AND NOT EXISTS (SELECT 1 FROM snooze z WHERE z.party_id = ?1 AND z.request_id = r.id AND z.until_at > ?3)"
/* In my court: mine, or nobody's in a team of mine. */
#define MINE "(r.owner_id = ?1 OR (r.owner_id IS NULL AND r.team_id IN " MY_TEAMS "))"

/* ── the pieces of a list; ?1 viewer, ?2 mailed link, ?3 now ─────────── */

static void which(Query *q, const InboxFilter *f, int64_t now) {
  switch (f->list) {
    case LIST_COURT:   query_add(q, SQL(" AND r.court <> 'done' AND r.court = 'us' AND " MINE AWAKE)); break;
    case LIST_TODAY:
      query_add(q, SQL(" AND r.court <> 'done' AND r.court = 'us' AND " MINE AWAKE));
      query_val(q, SQL(" AND r.due_at < "), V(f->today_end ? f->today_end : now + DAY));
      break;
    case LIST_TEAM:    query_add(q, SQL(" AND r.court <> 'done' AND r.court = 'us' AND r.team_id IN " MY_TEAMS)); break;
    case LIST_OTHERS:  query_add(q, SQL(" AND r.court <> 'done' AND r.court = 'them' AND (r.owner_id = ?1 OR r.team_id IN " MY_TEAMS ")")); break;
    case LIST_SNOOZED: query_add(q, SQL(" AND r.id IN (SELECT request_id FROM snooze WHERE party_id = ?1 AND until_at > ?3)")); break;
    case LIST_DONE:    query_add(q, SQL(" AND r.court = 'done'")); break;
    case LIST_ALL:     break;
  }
}

static void narrow(Cx *cx, Query *q, const InboxFilter *f) {
  if (f->state.n)   query_val(q, SQL(" AND r.state = "), V(f->state));
  if (f->ball.n)    query_val(q, SQL(" AND r.ball = "), V(f->ball));
  if (f->kind.n)    query_val(q, SQL(" AND r.kind = "), V(f->kind));
  if (f->outcome.n) query_val(q, SQL(" AND r.outcome = "), V(f->outcome));
  if (f->owner)     query_val(q, SQL(" AND r.owner_id = "), V(f->owner));
  if (f->team)      query_val(q, SQL(" AND r.team_id = "), V(f->team));
  if (f->asker)     query_val(q, SQL(" AND r.asker_id = "), V(f->asker));
  if (f->organisation) query_val(q, SQL(" AND r.organisation_id = "), V(f->organisation));
  if (f->tag.n)     { query_val(q, SQL(" AND r.id IN (SELECT request_id FROM tag WHERE word = "), V(tidy_lower(cx->arena, f->tag))); query_add(q, SQL(") AND " SIGHT_NOTES)); }
  if (f->from.n)    { query_val(q, SQL(" AND r.asker_id IN (SELECT party_id FROM address WHERE kind = 'mail' AND value = "), V(mail_normal(cx->arena, f->from))); query_add(q, SQL(")")); }
  if (!f->q.n) return;
  Str match = search_text(cx, f->q);
  if (!match.n) { query_add(q, SQL(" AND 1 = 0")); return; }
  query_add(q, SQL(" AND EXISTS (SELECT 1 FROM message m WHERE m.request_id = r.id AND (m.visibility = 'public' OR " SIGHT_NOTES ") AND"));
  search_where(cx, q, SQL("m.id"), match);
  query_add(q, SQL(")"));
}

static bool by_change(const InboxFilter *f) { return f->newest || f->list == LIST_DONE || f->list == LIST_ALL; }

static Err from_cursor(Cx *cx, Query *q, const InboxFilter *f) {
  Str at, id;
  int64_t t, i;
  if (!f->cursor.n) return E_OK;
  if (!str_cut(f->cursor, '-', &at, &id) || !str_int(at, &t) || !str_int(id, &i))
    return fail(cx, E_MALFORMED, "That cursor is not one of ours; begin again without it.");
  int n = query_bind(q, V(t)), m = query_bind(q, V(i));
  query_use(q, by_change(f) ? SQL(" AND (r.updated_at, r.id) < (") : SQL(" AND (r.due_at, r.id) > ("), n);
  query_use(q, SQL(", "), m);
  query_add(q, SQL(")"));
  return E_OK;
}

Err inbox_list(Cx *cx, const InboxFilter *f, Rows *ret, Str *ret_next) {
  size_t limit = f->limit == 0 ? 50 : f->limit > 200 ? 200 : f->limit;
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_bind(&q, V(cx->now));
  query_add(&q, SQL("SELECT " ROW_COLS " FROM request r WHERE ?3 > 0 AND " SIGHT));
  which(&q, f, cx->now);
  narrow(cx, &q, f);
  TRY(from_cursor(cx, &q, f));
  query_add(&q, by_change(f) ? SQL(" ORDER BY r.updated_at DESC, r.id DESC") : SQL(" ORDER BY r.due_at, r.id"));
  query_val(&q, SQL(" LIMIT "), V(limit + 1));
  TRY(query_rows(cx, &q, &row_shape, ret));
  *ret_next = S("");
  if (ret->n <= limit) return E_OK;
  ret->n = limit;
  const Request *last = &ROW(InboxRow, *ret, limit - 1)->r;
  *ret_next = str_fmt(cx->arena, "%lld-%lld", (long long)(by_change(f) ? last->updated_at : last->due_at), (long long)last->id);
  return E_OK;
}

/* ── counters ────────────────────────────────────────────────────────── */

static Err capped(Cx *cx, const InboxFilter *f, int64_t *ret) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_bind(&q, V(cx->now));
  query_add(&q, SQL("SELECT count(*) FROM (SELECT 1 FROM request r WHERE ?3 > 0 AND " SIGHT));
  which(&q, f, cx->now);
  query_add(&q, SQL(" LIMIT 100) x"));
  return query_int(cx, &q, ret);
}

Err inbox_counts(Cx *cx, int64_t today_end, InboxCounts *ret) {
  typedef struct { int64_t court, team, others; } Sums;
  static const Col cols[] = { COL(Sums, court), COL(Sums, team), COL(Sums, others) };
  static const Shape shape = SHAPE(Sums, cols);
  Sums s;
  TRY(db_one(cx, &shape, &s,
    SQL("SELECT COALESCE(SUM(CASE WHEN t.court = 'us' AND (t.owner_id = ?1 OR t.owner_id = 0) THEN t.n ELSE 0 END), 0) AS court,"
        " COALESCE(SUM(CASE WHEN t.court = 'us' AND t.team_id IN " MY_TEAMS " THEN t.n ELSE 0 END), 0) AS team,"
        " COALESCE(SUM(CASE WHEN t.court = 'them' THEN t.n ELSE 0 END), 0) AS others"
        " FROM tally t WHERE t.owner_id = ?1 OR t.team_id IN " MY_TEAMS), V(cx->actor.party)));
  *ret = (InboxCounts){ .court = s.court, .team = s.team, .others = s.others };
  TRY(capped(cx, &(InboxFilter){ .list = LIST_TODAY, .today_end = today_end }, &ret->today));
  TRY(capped(cx, &(InboxFilter){ .list = LIST_SNOOZED }, &ret->snoozed));
  int64_t asleep;
  TRY(db_int(cx, &asleep, SQL("SELECT count(*) FROM snooze z JOIN request r ON r.id = z.request_id WHERE z.party_id = ?1 AND z.until_at > ?2"
                              " AND r.court <> 'done' AND r.court = 'us' AND " MINE), V(cx->actor.party), V(cx->now)));
  ret->court -= asleep;
  return E_OK;
}

Err tally_rebuild(Cx *cx) {
  TRY(db_run_(cx, NULL, SQL("DELETE FROM tally"), NULL, 0));
  return db_run_(cx, NULL, SQL("INSERT INTO tally(team_id, owner_id, court, n)"
    " SELECT team_id, COALESCE(owner_id, 0), court, count(*) FROM request GROUP BY team_id, COALESCE(owner_id, 0), court"), NULL, 0);
}

Err tally_verify(Cx *cx, int64_t *ret_wrong) {
  return db_int_(cx, ret_wrong,
    SQL("SELECT count(*) FROM (SELECT team_id, owner_id, court, SUM(n) AS n FROM (SELECT team_id, owner_id, court, n FROM tally"
        " UNION ALL SELECT team_id, COALESCE(owner_id, 0), court, -count(*) FROM request GROUP BY team_id, COALESCE(owner_id, 0), court) x"
        " GROUP BY team_id, owner_id, court) y WHERE n <> 0"), NULL, 0);
}

Err inbox_past(Cx *cx, int64_t asker, int64_t without, size_t limit, Rows *ret) {
  return db_rows(cx, &request_shape, ret,
    SQL("SELECT " REQUEST_COLS " FROM request r WHERE r.asker_id = ?3 AND r.id <> ?4 AND " SIGHT " ORDER BY r.updated_at DESC, r.id DESC LIMIT ?5"),
    SIGHT_VALS(cx), V(asker), V(without), V(limit));
}
