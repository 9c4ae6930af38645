/* desk/work.c: see work.h. */
#include "desk/work.h"
#include "desk/serving.h"

static const Col line_cols[] = { COL(WorkLine, id), COL(WorkLine, minutes), COL(WorkLine, at), COL(WorkLine, mine), COL(WorkLine, note) };
static const Shape line_shape = SHAPE(WorkLine, line_cols);

Err work_spent(Cx *cx, const Request *r, WorkSpent *ret) {
  Standing s;
  *ret = (WorkSpent){ 0 };
  TRY(request_standing(cx, r, &s));
  if (!s.notes) return E_OK;
  TRY(db_rows(cx, &line_shape, &ret->lines,
    SQL("SELECT id, minutes, at, CASE WHEN who_id = ?2 THEN 1 ELSE 0 END AS mine, note FROM work WHERE request_id = ?1 ORDER BY id DESC LIMIT 50"), V(r->id), V(cx->actor.party)));
  TRY(db_int(cx, &ret->entered, SQL("SELECT CAST(COALESCE(SUM(minutes), 0) AS BIGINT) FROM work WHERE request_id = ?1"), V(r->id)));
  return db_int(cx, &ret->reckoned, SQL("SELECT per_request + per_message * ?2 + per_act * ?3 FROM equation WHERE service_id = ?1"), V(r->service_id), V(r->messages), V(r->acts));
}

Err work_add(Cx *cx, const Request *r, int64_t minutes, Str note, int64_t *ret_id) {
  TRY(request_must_serve(cx, r));
  if (minutes < 1 || minutes > WORK_MOST) return fail_field(cx, "minutes", N_("Write the minutes as a number, from 1 to 1440."));
  if (note.n > 500) return fail_field(cx, "work_note", N_("A few words are enough here; this is too long."));
  TRY(db_int(cx, ret_id, SQL("INSERT INTO work(request_id, who_id, minutes, note, at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id"),
             V(r->id), VID(cx->actor.party), V(minutes), V(str_trim(note)), V(cx->now)));
  return serving_worked(cx, r->id, minutes);
}

Err work_drop(Cx *cx, const Request *r, int64_t id) {
  int64_t minutes;
  TRY(request_must_serve(cx, r));
  TRY(db_int(cx, &minutes, SQL("DELETE FROM work WHERE id = ?1 AND request_id = ?2 AND who_id = ?3 RETURNING minutes"), V(id), V(r->id), V(cx->actor.party)));
  return minutes ? serving_worked(cx, r->id, -minutes) : fail(cx, E_ABSENT, N_("There is no such line of yours."));
}

Err work_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &line_shape, ret, SQL("SELECT id, minutes, at, 1 AS mine, note FROM work WHERE who_id = ?1 ORDER BY id"), V(person));
}

/* ── equations and costs ─────────────────────────────────────────────── */

static const Col equation_cols[] = { COL(Equation, service_id), COL(Equation, per_request), COL(Equation, per_message), COL(Equation, per_act), COL(Equation, service) };
static const Shape equation_shape = SHAPE(Equation, equation_cols);

Err equation_list(Cx *cx, Rows *ret) {
  return db_rows_(cx, &equation_shape, ret, SQL("SELECT s.id AS service_id, COALESCE(e.per_request, 0) AS per_request, COALESCE(e.per_message, 0) AS per_message,"
    " COALESCE(e.per_act, 0) AS per_act, s.name AS service FROM service s LEFT JOIN equation e ON e.service_id = s.id ORDER BY s.position, s.id"), NULL, 0);
}

static bool minutes_ok(int64_t m) { return m >= 0 && m <= 10000; }

Err equation_set(Cx *cx, const Equation *e) {
  if (!cx->actor.administers && !cx->actor.system) return fail(cx, E_DENIED, N_("Only who looks after the desk sets this."));
  if (!minutes_ok(e->per_request) || !minutes_ok(e->per_message) || !minutes_ok(e->per_act)) return fail_field(cx, "equation", N_("Minutes are whole numbers from 0 to 10000."));
  return db_run(cx, SQL("INSERT INTO equation(service_id, per_request, per_message, per_act) VALUES (?1, ?2, ?3, ?4)"
                        " ON CONFLICT (service_id) DO UPDATE SET per_request = ?2, per_message = ?3, per_act = ?4"), V(e->service_id), V(e->per_request), V(e->per_message), V(e->per_act));
}

static const Col team_cols[] = { COL(TeamCost, team_id), COL(TeamCost, cost), COL(TeamCost, minutes), COL(TeamCost, team) };
static const Shape team_shape = SHAPE(TeamCost, team_cols);

Err team_cost_list(Cx *cx, Rows *ret) {
  return db_rows_(cx, &team_shape, ret, SQL("SELECT t.id AS team_id, COALESCE(c.cost, 0) AS cost, COALESCE(c.minutes, 0) AS minutes, t.name AS team FROM party t"
    " LEFT JOIN team_cost c ON c.team_id = t.id WHERE t.kind = 'team' AND t.disabled_at = 0 ORDER BY t.id"), NULL, 0);
}

Err team_cost_set(Cx *cx, const TeamCost *c) {
  if (!cx->actor.administers && !cx->actor.system) return fail(cx, E_DENIED, N_("Only who looks after the desk sets this."));
  if (c->cost < 0 || c->cost > INT64_C(100000000000)) return fail_field(cx, "cost", N_("Write what the team costs in a month as a number."));
  if (c->minutes < 0 || c->minutes > 10000000) return fail_field(cx, "practical", N_("Write the minutes the team can really work in a month, as a number."));
  return db_run(cx, SQL("INSERT INTO team_cost(team_id, cost, minutes) VALUES (?1, ?2, ?3) ON CONFLICT (team_id) DO UPDATE SET cost = ?2, minutes = ?3"),
                V(c->team_id), V(c->cost), V(c->minutes));
}
