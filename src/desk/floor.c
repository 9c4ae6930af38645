/* desk/floor.c: see floor.h. */
#include "desk/floor.h"
#include "base/zone.h"
#include "desk/moment.h"
#include "desk/period.h"
#include "desk/series.h"
#include "desk/sight.h"

/* The viewer as ?1, how wide they see as ?2. */
static Err wide(Cx *cx, Val ret[2]) {
  int64_t breadth;
  TRY(sight_breadth(cx, &breadth));
  ret[0] = V(SIGHT_VIEWER(cx));
  ret[1] = V(breadth);
  return E_OK;
}

typedef struct { int64_t id, at; Str who; } Longest;
typedef struct { int64_t soon, nobody, past; } Due;

Err floor_now(Cx *cx, FloorNow *ret) {
  static const Col cols[] = { COL(Longest, id), COL(Longest, at), COL(Longest, who) };
  static const Shape shape = SHAPE(Longest, cols);
  static const Col due_cols[] = { COL(Due, soon), COL(Due, nobody), COL(Due, past) };
  static const Shape due_shape = SHAPE(Due, due_cols);
  Val v[2];
  Longest l = { 0 };
  Due d = { 0 };
  *ret = (FloorNow){ 0 };
  TRY(wide(cx, v));
  TRY(db_int(cx, &ret->waiting, SQL("SELECT COUNT(DISTINCT r.asker_id) FROM request r WHERE r.court = 'us' AND r.waiting_at > 0 AND " SIGHT_TEAM("r.team_id")), v[0], v[1]));
  Err e = db_one(cx, &shape, &l, SQL("SELECT r.id, r.waiting_at AS at, (SELECT name FROM party WHERE id = r.asker_id) AS who FROM request r WHERE r.court = 'us' AND r.waiting_at > 0 AND "
                                     SIGHT_TEAM("r.team_id") " ORDER BY r.waiting_at LIMIT 1"), v[0], v[1]);
  if (e != E_ABSENT) TRY(e);
  TRY(db_one(cx, &due_shape, &d,
    SQL("SELECT COALESCE(SUM(CASE WHEN r.due_at >= ?3 THEN 1 ELSE 0 END), 0) AS soon, COALESCE(SUM(CASE WHEN r.due_at >= ?3 AND r.owner_id IS NULL THEN 1 ELSE 0 END), 0) AS nobody,"
        " COALESCE(SUM(CASE WHEN r.due_at < ?3 THEN 1 ELSE 0 END), 0) AS past FROM request r WHERE r.court <> 'done' AND r.court = 'us' AND r.due_at > 0 AND r.due_at < ?4"
        " AND r.state = 'PROMISED' AND " SIGHT_TEAM("r.team_id")), v[0], v[1], V(cx->now), V(cx->now + HOUR)));
  ret->longest_id = l.id;
  ret->longest_at = l.at;
  ret->longest = l.who;
  ret->soon = d.soon;
  ret->nobody = d.nobody;
  ret->past = d.past;
  return E_OK;
}

Err floor_promises(Cx *cx, int64_t until, size_t limit, Rows *ret) {
  static const Col cols[] = { COL(FloorPromise, id), COL(FloorPromise, version), COL(FloorPromise, due_at), COL(FloorPromise, owner_id), COL(FloorPromise, asker_id),
                              COL(FloorPromise, subject), COL(FloorPromise, asker), COL(FloorPromise, owner), COL(FloorPromise, helpers) };
  static const Shape shape = SHAPE(FloorPromise, cols);
  Val v[2];
  TRY(wide(cx, v));
#define PROMISES(names) "SELECT r.id, r.version, r.due_at, r.owner_id, r.asker_id, r.subject, (SELECT name FROM party WHERE id = r.asker_id) AS asker," \
  " (SELECT name FROM party WHERE id = r.owner_id) AS owner, (SELECT " names " FROM participant x JOIN party p ON p.id = x.party_id WHERE x.request_id = r.id AND x.role = 'helper') AS helpers" \
  " FROM request r WHERE r.court <> 'done' AND r.court = 'us' AND r.due_at > 0 AND r.due_at < ?3 AND r.state = 'PROMISED' AND " SIGHT_TEAM("r.team_id") " ORDER BY r.due_at, r.id LIMIT ?4"
  return db_rows(cx, &shape, ret, db_pick(cx, SQL(PROMISES("group_concat(p.name, ', ')")), SQL(PROMISES("string_agg(p.name, ', ')"))), v[0], v[1], V(until), V(limit));
}

Err floor_people(Cx *cx, Rows *ret) {
  static const Col cols[] = { COL(FloorPerson, id), COL(FloorPerson, seen_at), COL(FloorPerson, promises), COL(FloorPerson, today), COL(FloorPerson, name) };
  static const Shape shape = SHAPE(FloorPerson, cols);
  Val v[2];
  int64_t day = period_begin(cx->zone, UNIT_DAY, cx->now);
  TRY(wide(cx, v));
  return db_rows(cx, &shape, ret,
    SQL("SELECT p.id, x.seen AS seen_at, COALESCE(h.n, 0) AS promises, COALESCE(h.today, 0) AS today, p.name"
        " FROM (SELECT s.party_id, MAX(s.seen_at) AS seen FROM session s WHERE s.seen_at >= ?3 GROUP BY s.party_id) x JOIN party p ON p.id = x.party_id"
        " LEFT JOIN (SELECT r.owner_id, COUNT(*) AS n, SUM(CASE WHEN r.due_at >= ?4 AND r.due_at < ?5 THEN 1 ELSE 0 END) AS today FROM request r"
        " WHERE r.court = 'us' AND r.state = 'PROMISED' AND " SIGHT_TEAM("r.team_id") " GROUP BY r.owner_id) h ON h.owner_id = p.id WHERE p.disabled_at = 0 AND EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = p.id AND e.kind IN ('serves', 'leads') AND " SIGHT_TEAM("e.to_id") ")"
        " ORDER BY p.name LIMIT 60"), v[0], v[1], V(cx->now - 12 * HOUR), V(day), V(period_move(cx->zone, UNIT_DAY, day, 1)));
}

Err floor_said(Cx *cx, FloorSaid *ret) {
  static const Col cols[] = { COL(FloorSaid, request_id), COL(FloorSaid, answered_at), COL(FloorSaid, asker_id), COL(FloorSaid, moment), COL(FloorSaid, asker), COL(FloorSaid, owner),
                              COL(FloorSaid, lang) };
  static const Shape shape = SHAPE(FloorSaid, cols);
  Val v[2];
  TRY(wide(cx, v));
  return db_one(cx, &shape, ret,
    SQL("SELECT r.id AS request_id, d.answered_at, r.asker_id, d.moment, (SELECT name FROM party WHERE id = d.asked_of) AS asker, (SELECT name FROM party WHERE id = r.owner_id) AS owner, r.lang"
        " FROM verdict d JOIN request r ON r.id = d.request_id WHERE d.moment_kind = 'good' AND d.moment <> '' AND d.nameless = 0 AND d.answered_at >= ?3 AND " SIGHT_TEAM("r.team_id")
        " ORDER BY d.answered_at DESC LIMIT 1"), v[0], v[1], V(cx->now - 30 * DAY));
}

/* ── when people come ────────────────────────────────────────────────── */

typedef struct { int64_t day; Str hours; } Came;
typedef struct { int64_t hour, n; } Fresh;

static void add(Cx *cx, FloorHeat *h, int64_t at, int64_t n) {
  if (at < h->from || at >= h->to || !n) return;
  int64_t local = zone_local(zone_get(cx->zone) ? zone_get(cx->zone) : zone_get(S("UTC")), at);
  int64_t day = (local - (local % DAY + DAY) % DAY) / DAY;
  h->at[((day + 3) % 7 + 7) % 7][(local % DAY + DAY) % DAY / HOUR] += n;
  h->total += n;
}

static Err add_rolled(Cx *cx, const Val v[2], FloorHeat *h) {
  static const Col cols[] = { COL(Came, day), COL(Came, hours) };
  static const Shape shape = SHAPE(Came, cols);
  Rows rows;
  SeriesHour hours[24];
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT x.day, x.hours FROM series_hour x WHERE x.place = 'team' AND x.measure = '" SERIES_CAME "' AND x.day >= ?3 AND x.day <= ?4 AND " SIGHT_TEAM("x.place_id")
                                     " AND x.day NOT IN (SELECT d.day FROM series_day d WHERE d.rolled = 0)"), v[0], v[1], V(h->from / DAY), V(h->to / DAY)));
  for (size_t i = 0; i < rows.n; i++) {
    const Came *r = ROW(Came, rows, i);
    if (!series_hours(r->hours, hours)) return fail(cx, E_BROKEN, "the hours of day %lld are none; `cornerdesk rebuild` makes them anew", (long long)r->day);
    for (int k = 0; k < 24; k++) add(cx, h, r->day * DAY + k * HOUR, hours[k].n);
  }
  return E_OK;
}

static Err add_fresh(Cx *cx, const Val v[2], FloorHeat *h) {
  static const Col cols[] = { COL(Fresh, hour), COL(Fresh, n) };
  static const Shape shape = SHAPE(Fresh, cols);
  Rows rows;
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT f.since_at / ?5 AS hour, COUNT(*) AS n FROM series_day d CROSS JOIN fact f WHERE f.since_at >= d.day * ?6 AND f.since_at < (d.day + 1) * ?6"
                                     " AND d.rolled = 0 AND d.day >= ?3 AND d.day <= ?4 AND " SIGHT_TEAM("f.team_id") " GROUP BY f.since_at / ?5"),
              v[0], v[1], V(h->from / DAY), V(h->to / DAY), V(HOUR), V(DAY)));
  for (size_t i = 0; i < rows.n; i++) add(cx, h, ROW(Fresh, rows, i)->hour * HOUR, ROW(Fresh, rows, i)->n);
  return E_OK;
}

Err floor_heat(Cx *cx, FloorHeat *ret) {
  Val v[2];
  int64_t *edges = period_last(cx, UNIT_WEEK, FLOOR_WEEKS);
  *ret = (FloorHeat){ .from = edges[0], .to = edges[FLOOR_WEEKS] };
  TRY(wide(cx, v));
  TRY(add_rolled(cx, v, ret));
  TRY(add_fresh(cx, v, ret));
  for (int d = 0; d < 7; d++) for (int k = 0; k < 24; k++) if (ret->at[d][k] > ret->most) ret->most = ret->at[d][k];
  return E_OK;
}
