/* desk/touchpoint.c: see touchpoint.h. */
#include "desk/touchpoint.h"

const char *const touchpoint_phases[4] = { "before", "during", "after", NULL };
const char *const touchpoint_lanes[6] = { "evidence", "customer", "onstage", "backstage", "support", NULL };
const char *const touchpoint_kinds[3] = { "communication", "action", NULL };
const char *const touchpoint_acts[8] = { "", "request", "promise", "ask", "report", "accept", "verdict", NULL };

static const Col cols[] = {
  COL(Touchpoint, id), COL(Touchpoint, journey_id), COL(Touchpoint, number), COL(Touchpoint, position), COL(Touchpoint, service_id), COL(Touchpoint, removed_at),
  COL(Touchpoint, code), COL(Touchpoint, phase), COL(Touchpoint, lane), COL(Touchpoint, kind), COL(Touchpoint, name), COL(Touchpoint, doing), COL(Touchpoint, initiator),
  COL(Touchpoint, receiver), COL(Touchpoint, channel), COL(Touchpoint, owner), COL(Touchpoint, promise), COL(Touchpoint, ideas), COL(Touchpoint, act),
  COL(Touchpoint, request_kind), COL(Touchpoint, by_channel), COL(Touchpoint, tag), COL(Touchpoint, word), COL(Touchpoint, keep), COL(Touchpoint, service),
};
static const Shape shape = SHAPE(Touchpoint, cols);
#define COLS \
  "t.id, t.journey_id, t.number, t.position, t.service_id, t.removed_at, t.code, t.phase, t.lane, t.kind, t.name, t.doing, t.initiator, t.receiver, t.channel," \
  " t.owner, t.promise, t.ideas, t.act, t.request_kind, t.by_channel, t.tag, t.word, t.keep, (SELECT name FROM service WHERE id = t.service_id) AS service"
#define IN_ORDER " ORDER BY CASE t.phase WHEN 'before' THEN 0 WHEN 'during' THEN 1 ELSE 2 END, t.position, t.id"

Err touchpoint_list(Cx *cx, int64_t journey, int64_t number, Rows *ret) {
  return db_rows(cx, &shape, ret, SQL("SELECT " COLS " FROM touchpoint t WHERE t.journey_id = ?1 AND t.number = ?2 AND t.removed_at = 0" IN_ORDER), V(journey), V(number));
}

Err touchpoint_removed(Cx *cx, int64_t journey, Rows *ret) {
  return db_rows(cx, &shape, ret, SQL("SELECT " COLS " FROM touchpoint t WHERE t.journey_id = ?1 AND t.number = 0 AND t.removed_at > 0 ORDER BY t.removed_at DESC, t.id"), V(journey));
}

Err touchpoint_get(Cx *cx, int64_t journey, int64_t id, Touchpoint *ret) {
  Err e = db_one(cx, &shape, ret, SQL("SELECT " COLS " FROM touchpoint t WHERE t.journey_id = ?1 AND t.id = ?2 AND t.number = 0"), V(journey), V(id));
  return e == E_ABSENT ? fail(cx, E_ABSENT, N_("There is no such touchpoint on this map.")) : e;
}

/* ── what may stand in one ───────────────────────────────────────────── */

static bool among(Str s, const char *const *words) {
  for (; *words; words++) if (str_eq(s, str_z(*words))) return true;
  return false;
}

static Err checked(Cx *cx, const Touchpoint *t) {
  int64_t known = 1;
  if (!str_trim(t->name).n) return fail_field(cx, "name", N_("Give the touchpoint a name."));
  if (!among(t->phase, touchpoint_phases)) return fail_field(cx, "phase", N_("Say whether it is before, during or after."));
  if (!among(t->lane, touchpoint_lanes)) return fail_field(cx, "lane", N_("Say where on the stage it happens."));
  if (!among(t->kind, touchpoint_kinds)) return fail_field(cx, "kind", N_("Say whether somebody speaks or somebody does something."));
  if (!among(t->act, touchpoint_acts)) return fail_field(cx, "act", N_("Choose what counts as being there."));
  if (t->service_id) TRY(db_int(cx, &known, SQL("SELECT count(*) FROM service WHERE id = ?1"), V(t->service_id)));
  return known ? E_OK : fail_field(cx, "service_id", N_("Choose one of the list."));
}

static Str cut(Str s, size_t letters) { return str_utf8_head(str_trim(s), letters); }

/* The next code that no version of this journey ever had. */
static Err code_next(Cx *cx, int64_t journey, Str *ret) {
  typedef struct { Str code; } Code;
  static const Col code_cols[] = { COL(Code, code) };
  static const Shape codes = SHAPE(Code, code_cols);
  Rows rows;
  int64_t most = 0, n;
  TRY(db_rows(cx, &codes, &rows, SQL("SELECT DISTINCT code FROM touchpoint WHERE journey_id = ?1"), V(journey)));
  for (size_t i = 0; i < rows.n; i++) if (str_int(str_from(ROW(Code, rows, i)->code, 1), &n) && n > most) most = n;
  *ret = str_fmt(cx->arena, "T%lld", (long long)most + 1);
  return E_OK;
}

static Err place_last(Cx *cx, const Journey *j, Str phase, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT COALESCE(MAX(position), 0) + 1 FROM touchpoint WHERE journey_id = ?1 AND number = 0 AND phase = ?2"), V(j->id), V(phase));
}

static Err added(Cx *cx, const Journey *j, Touchpoint *t) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT count(*) FROM touchpoint WHERE journey_id = ?1 AND number = 0 AND removed_at = 0"), V(j->id)));
  if (n >= TOUCHPOINT_MOST) return fail_field(cx, "name", "A map has at most %d touchpoints. Split the journey in two.", TOUCHPOINT_MOST);
  if (!t->code.n) TRY(code_next(cx, j->id, &t->code));
  TRY(place_last(cx, j, t->phase, &t->position));
  return db_int(cx, &t->id, SQL("INSERT INTO touchpoint(journey_id, number, code, position, phase, lane, kind, name, keep) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"),
                V(j->id), V(t->code), V(t->position), V(t->phase), V(t->lane), V(t->kind), V(cut(t->name, 120)), V(t->keep));
}

Err touchpoint_put(Cx *cx, const Journey *j, Touchpoint *t) {
  Touchpoint was = *t;
  TRY(journey_must_change(cx, j));
  TRY(checked(cx, t));
  if (!t->id) TRY(added(cx, j, t));
  else TRY(touchpoint_get(cx, j->id, t->id, &was));
  if (!str_eq(was.phase, t->phase)) TRY(place_last(cx, j, t->phase, &t->position));
  return db_run(cx, SQL("UPDATE touchpoint SET phase = ?3, lane = ?4, kind = ?5, name = ?6, doing = ?7, initiator = ?8, receiver = ?9, channel = ?10, owner = ?11, promise = ?12,"
                        " ideas = ?13, act = ?14, service_id = ?15, request_kind = ?16, by_channel = ?17, tag = ?18, word = ?19, position = ?20 WHERE id = ?1 AND journey_id = ?2 AND number = 0"),
                V(t->id), V(j->id), V(t->phase), V(t->lane), V(t->kind), V(cut(t->name, 120)), V(cut(t->doing, 500)), V(cut(t->initiator, 100)), V(cut(t->receiver, 100)),
                V(cut(t->channel, 100)), V(cut(t->owner, 100)), V(cut(t->promise, 300)), V(cut(t->ideas, 1000)), V(t->act), V(t->service_id), V(cut(t->request_kind, 40)),
                V(cut(t->by_channel, 40)), V(str_lower(cx->arena, cut(t->tag, 60))), V(cut(t->word, 60)), V(t->position));
}

/* ── where it stands ─────────────────────────────────────────────────── */

static Err swap(Cx *cx, const Touchpoint *a, const Touchpoint *b) {
  TRY(db_run(cx, SQL("UPDATE touchpoint SET position = ?2 WHERE id = ?1"), V(a->id), V(b->position)));
  return db_run(cx, SQL("UPDATE touchpoint SET position = ?2 WHERE id = ?1"), V(b->id), V(a->position));
}

/* Into the phase beside it: to the end of an earlier one, to the beginning of a later one. */
static Err over(Cx *cx, const Journey *j, const Touchpoint *t, bool later) {
  size_t at = 0;
  int64_t position;
  while (touchpoint_phases[at] && !str_eq(t->phase, str_z(touchpoint_phases[at]))) at++;
  if (later ? !touchpoint_phases[at + 1] : at == 0) return E_OK;
  Str phase = str_z(touchpoint_phases[later ? at + 1 : at - 1]);
  if (later) TRY(db_int(cx, &position, SQL("SELECT COALESCE(MIN(position), 1) - 1 FROM touchpoint WHERE journey_id = ?1 AND number = 0 AND phase = ?2"), V(j->id), V(phase)));
  else TRY(place_last(cx, j, phase, &position));
  return db_run(cx, SQL("UPDATE touchpoint SET phase = ?2, position = ?3 WHERE id = ?1"), V(t->id), V(phase), V(position));
}

Err touchpoint_move(Cx *cx, const Journey *j, const Touchpoint *t, bool later) {
  Rows rows;
  TRY(journey_must_change(cx, j));
  TRY(touchpoint_list(cx, j->id, 0, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Touchpoint *x = ROW(Touchpoint, rows, i);
    if (x->id != t->id) continue;
    bool edge = later ? i + 1 == rows.n : i == 0;
    const Touchpoint *next = edge ? NULL : ROW(Touchpoint, rows, later ? i + 1 : i - 1);
    return next && str_eq(next->phase, x->phase) ? swap(cx, x, next) : over(cx, j, x, later);
  }
  return E_OK;
}

Err touchpoint_remove(Cx *cx, const Journey *j, const Touchpoint *t, bool away) {
  TRY(journey_must_change(cx, j));
  return db_run(cx, SQL("UPDATE touchpoint SET removed_at = ?2 WHERE id = ?1 AND journey_id = ?3 AND number = 0"), V(t->id), V(away ? cx->now : (int64_t)0), V(j->id));
}
