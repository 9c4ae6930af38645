/* desk/follow.c: see follow.h. A request's version says whether its fact is fresh; the time of its last change, where to look. */
#include "desk/follow.h"
#include <stdlib.h>
#include "base/lane.h"
#include "base/vec.h"
#include "desk/card_day.h"
#include "desk/fact.h"
#include "desk/moment.h"
#include "desk/series.h"
#include "desk/serving.h"
#include "store/fill.h"

enum { SOME = 500, RANGE = 1000, DAYS = 8 };
#define PACE     (3 * SECOND / 2)        /* between looks: many changes of one request are one */
/* A command takes its time before it commits, and other nodes have clocks of their own. */
#define BEHIND(cx) (db_kind((cx)->db) == STORE_SQLITE ? 5 * SECOND : MINUTE)

static Err bookmark(Cx *cx, Str name, int64_t *ret) { return db_int(cx, ret, SQL("SELECT at FROM bookmark WHERE name = ?1"), V(name)); }
static Err bookmark_set(Cx *cx, Str name, int64_t at) {
  return db_run(cx, SQL("INSERT INTO bookmark(name, at) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE bookmark.at < excluded.at"), V(name), V(at));
}

/* ── facts ───────────────────────────────────────────────────────────── */

typedef struct { int64_t id, after_id, updated_at; } Stale;

/* What was read, to be written: the facts, and how far all is known. */
typedef struct { Rows facts; int64_t upto; size_t found; } Batch;

static Err stale(Cx *cx, int64_t since, Rows *ret) {
  static const Col cols[] = { COL(Stale, id), COL(Stale, after_id), COL(Stale, updated_at) };
  static const Shape shape = SHAPE(Stale, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT r.id, r.after_id, r.updated_at FROM request r LEFT JOIN fact f ON f.request_id = r.id WHERE r.updated_at >= ?1"
        " AND (f.version IS NULL OR f.version <> r.version) ORDER BY r.updated_at, r.id LIMIT ?2"), V(since), V(SOME));
}

static int by_id(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

typedef VEC(Fact) Facts;

/* Ids that follow each other are read at once. */
static Err make_all(Cx *cx, int64_t *ids, size_t n, Facts *all) {
  if (n) qsort(ids, n, sizeof *ids, by_id);
  for (size_t i = 0; i < n;) {
    size_t end = i + 1;
    while (end < n && ids[end] <= ids[end - 1] + 1) end++;
    Rows some;
    TRY(fact_make(cx, ids[i], ids[end - 1], &some));
    for (size_t k = 0; k < some.n; k++) vec_add(cx->arena, all, *ROW(Fact, some, k));
    i = end;
  }
  return E_OK;
}

static Err look(Cx *cx, void *arg) {
  Batch *b = arg;
  Rows rows;
  int64_t at;
  *b = (Batch){ 0 };
  TRY(bookmark(cx, S("facts"), &at));
  TRY(stale(cx, at, &rows));
  VEC(int64_t) ids = { 0 };
  for (size_t i = 0; i < rows.n; i++) {
    vec_add(cx->arena, &ids, ROW(Stale, rows, i)->id);
    if (ROW(Stale, rows, i)->after_id) vec_add(cx->arena, &ids, ROW(Stale, rows, i)->after_id);     /* it came back */
  }
  Facts all = { 0 };
  TRY(make_all(cx, ids.at, ids.n, &all));
  b->facts = (Rows){ all.at, all.n };
  b->found = rows.n;
  b->upto = rows.n == SOME ? ROW(Stale, rows, rows.n - 1)->updated_at : cx->now - BEHIND(cx);
  return E_OK;
}

static Err keep(Cx *cx, void *arg) {
  const Batch *b = arg;
  TRY(fact_put(cx, &b->facts));
  TRY(moment_follow(cx, &b->facts));
  return bookmark_set(cx, S("facts"), b->upto);
}

Err follow_now(Cx *cx, size_t *ret) {
  DEFER(tx_end) Tx tx = { 0 };
  Batch b;
  TRY(tx_begin(cx, &tx));
  TRY(look(cx, &b));
  TRY(keep(cx, &b));
  *ret = b.found;
  return tx_commit(&tx);
}

/* ── the courier ─────────────────────────────────────────────────────── */

static Err roll_due(Cx *cx, void *arg) {
  int64_t n;
  TRY(db_int_(cx, &n, SQL("SELECT COUNT(*) FROM (SELECT 1 FROM series_day WHERE rolled = 0 LIMIT 1) x"), NULL, 0));
  *(bool *)arg = n > 0;
  return E_OK;
}

static Err roll_some(Cx *cx, void *arg) { return series_roll(cx, DAYS, arg); }

static Err cards_ready(Cx *cx, void *arg) { return card_day_ready(cx, arg); }

static Err cards_once(Cx *cx, void *arg) {
  bool ready;
  (void)arg;
  TRY(card_day_ready(cx, &ready));
  return ready ? E_OK : card_day_anew(cx);
}

/* A batch of facts, then some days: each a command of its own, so that others get their turn. Where there is more it comes again at once,
   with an arena of its own: after a long stop there may be a million of them. */
static Err follow(Cx *cx, Lanes *lanes, int64_t *ret_next) {
  static _Thread_local int64_t next;
  if (clock_steady() < next) { *ret_next = cx->now + (next - clock_steady()); return E_OK; }
  Batch b = { 0 };
  bool due = false, ready = false;
  size_t days = 0;
  TRY(lane_run(lanes, LANE_READ, cx, look, &b));
  if (b.facts.n) TRY(lane_run(lanes, LANE_WRITE, cx, keep, &b));
  TRY(lane_run(lanes, LANE_READ, cx, roll_due, &due));
  if (due) TRY(lane_run(lanes, LANE_WRITE, cx, roll_some, &days));
  TRY(lane_run(lanes, LANE_READ, cx, cards_ready, &ready));
  if (!ready) TRY(lane_run(lanes, LANE_WRITE, cx, cards_once, NULL));
  bool more = b.found == SOME || days == DAYS;
  next = more ? 0 : clock_steady() + PACE;
  *ret_next = more ? cx->now : cx->now + MINUTE;
  return E_OK;
}

const Courier desk_couriers[] = { { "follow", follow }, { 0 } };

/* ── anew ────────────────────────────────────────────────────────────── */

static Err some_anew(Cx *cx, int64_t lo) {
  DEFER(tx_end) Tx tx = { 0 };
  Rows rows;
  TRY(tx_begin(cx, &tx));
  TRY(fact_make(cx, lo, lo + RANGE - 1, &rows));
  TRY(fact_fill(cx, &rows));
  TRY(moment_fill(cx, lo, lo + RANGE - 1));
  return tx_commit(&tx);
}

static Err clear(Cx *cx) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(db_run_(cx, NULL, SQL("DELETE FROM moment"), NULL, 0));
  TRY(db_run_(cx, NULL, SQL("DELETE FROM fact"), NULL, 0));
  return tx_commit(&tx);
}

static Err sums_anew(Cx *cx) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(series_anew(cx));
  TRY(serving_anew(cx));
  TRY(moment_fill_next(cx));
  TRY(card_day_anew(cx));
  TRY(bookmark_set(cx, S("facts"), cx->now - MINUTE));
  return tx_commit(&tx);
}

Err follow_rebuild(Cx *cx) {
  int64_t last;
  size_t days;
  TRY(clear(cx));
  TRY(db_int_(cx, &last, SQL("SELECT COALESCE(MAX(id), 0) FROM request"), NULL, 0));
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *page = arena_new((size_t)1 << 30);
  for (int64_t lo = 1; lo <= last; lo += RANGE, arena_reset(page)) {
    cx->arena = page;
    Err e = some_anew(cx, lo);
    cx->arena = outer;
    if (e) cx->why = str_dup(outer, cx->why);
    TRY(e);
  }
  TRY(sums_anew(cx));
  do TRY(series_roll(cx, DAYS, &days)); while (days == DAYS);
  return E_OK;
}

Err follow_verify(Cx *cx, int64_t *ret_wrong) {
  int64_t moments, serving;
  TRY(db_int_(cx, &moments, SQL("SELECT (SELECT COUNT(*) FROM fact f WHERE f.bad <> 0 AND NOT EXISTS (SELECT 1 FROM moment m WHERE m.request_id = f.request_id))"
                                " + (SELECT COUNT(*) FROM moment m JOIN fact f ON f.request_id = m.request_id WHERE f.bad = 0 OR f.team_id <> m.team_id)"), NULL, 0));
  TRY(db_int_(cx, ret_wrong,
    SQL("SELECT COUNT(*) FROM fact f JOIN request r ON r.id = f.request_id WHERE f.version = r.version"
        " AND (f.outcome <> r.outcome OR f.ended_at <> r.ended_at OR f.team_id <> r.team_id OR f.asker_id <> r.asker_id OR f.reopens <> r.rework)"), NULL, 0));
  TRY(serving_verify(cx, &serving));
  *ret_wrong += moments + serving;
  return E_OK;
}
