/* desk/weekly.c: see weekly.h. */
#include "desk/weekly.h"
#include "desk/memory.h"
#include "desk/outbox.h"
#include "desk/session.h"

#define SCOPE S("weekly-letter")

Err weekly_wanted(Cx *cx, int64_t party, bool *ret) { return consent_get(cx, party, SCOPE, ret); }
Err weekly_want(Cx *cx, int64_t party, bool yes) { return consent_set(cx, party, SCOPE, yes); }

/* ── when ────────────────────────────────────────────────────────────── */

typedef struct { int64_t id; } Id;

/* Eight on Monday morning of this week, as the wall there shows it. */
static int64_t due_at(Str zone, int64_t now) {
  int64_t monday = period_begin(zone, UNIT_WEEK, now);
  return period_wall(zone, monday, WEEKLY_HOUR);
}

static Err put(Cx *cx, int64_t lead, int64_t monday) {
  int64_t fresh, id;
  TRY(db_run_n(cx, &fresh, SQL("INSERT INTO letter_week(party_id, monday, at) VALUES (?1, ?2, ?3) ON CONFLICT (party_id, monday) DO NOTHING"), V(lead), V(monday), V(cx->now)));
  if (!fresh) return E_OK;
  return outbox_put(cx, &(OutboxNew){ .kind = S("weekly"), .to_id = lead, .auto_ = true }, &id);
}

Err weekly_tick(Cx *cx) {
  static const Col cols[] = { COL(Id, id) };
  static const Shape shape = SHAPE(Id, cols);
  Rows leads;
  TRY(db_rows_(cx, &shape, &leads, SQL("SELECT DISTINCT p.id FROM relationship e JOIN party p ON p.id = e.from_id WHERE e.kind = 'leads' AND p.disabled_at = 0 AND p.kind = 'person' ORDER BY p.id"), NULL, 0));
  for (size_t i = 0; i < leads.n; i++) {
    int64_t lead = ROW(Id, leads, i)->id;
    Who who;
    bool wanted;
    TRY(who_get(cx, lead, &who));
    int64_t due = due_at(who.zone, cx->now);
    if (cx->now < due || cx->now >= due + WEEKLY_UNTIL) continue;
    TRY(weekly_wanted(cx, lead, &wanted));
    if (wanted) TRY(put(cx, lead, period_begin(who.zone, UNIT_WEEK, cx->now)));
  }
  return E_OK;
}

/* ── what ────────────────────────────────────────────────────────────── */

/* The one to read: nobody has spoken yet before somebody has, more reasons before fewer, then the newest. */
static int weight(const MomentRow *r) { return (r->m.spoken_at ? 0 : 100) + __builtin_popcountll((unsigned long long)r->m.why); }

static Err worst(Cx *cx, Weekly *w) {
  Rows rows;
  Str next;
  TRY(moment_list(cx, &(MomentFilter){ .from = w->from, .to = w->to, .limit = 100 }, &rows, &next));
  for (size_t i = 0; i < rows.n; i++) {
    const MomentRow *r = ROW(MomentRow, rows, i);
    w->unspoken += !r->m.spoken_at;
    if (!w->moments++ || weight(r) > weight(&w->worst)) w->worst = *r;
  }
  return E_OK;
}

static bool says(const Control *c) {
  return c->says == CONTROL_CHANGED || (c->says == CONTROL_ODD && c->run_at + 1 == c->v_n && c->at[c->run_at] + 1 == c->n);
}

/* Measures through a customer's eyes, or both's; of ours nothing is said without theirs. */
static Err changes(Cx *cx, Weekly *w) {
  for (const Measure *m = measures; m->name && w->changed_n < WEEKLY_CHANGES; m++) {
    if (m->eyes == EYES_AGENT || m->day == DAY_NOW) continue;
    Control *c = &w->changed[w->changed_n];
    TRY(control_get(cx, &(FigureScope){ 0 }, m, UNIT_WEEK, c));
    w->changed_n += says(c);
  }
  return E_OK;
}

Err weekly_get(Cx *cx, Weekly *ret) {
  const Measure *which[WEEKLY_FIGURES] = { measure_find(S("sorted")), measure_find(S("first-answer")), measure_find(S("promise-kept")) };
  *ret = (Weekly){ .to = period_begin(cx->zone, UNIT_WEEK, cx->now) };
  ret->from = period_move(cx->zone, UNIT_WEEK, ret->to, -1);
  TRY(figures_get(cx, &(FigureScope){ .from = ret->from, .to = ret->to }, which, WEEKLY_FIGURES, ret->figures));
  TRY(worst(cx, ret));
  return changes(cx, ret);
}
