/* desk/moment_make.c: bad moments read from the loop: what was bad, what was said, in one line of time. Not here: lists (moment.c). */
#include "desk/moment_make.h"
#include <stdlib.h>
#include "base/vec.h"
#include "desk/act.h"
#include "desk/message.h"
#include "desk/request_clocks.h"
#include "desk/series.h"
#include "desk/site.h"
#include "desk/touch.h"
#include "desk/verdict.h"
#include "store/fill.h"
#include "store/job.h"

/* ── reading ─────────────────────────────────────────────────────────── */

typedef struct { int64_t request_id, team_id, organisation_id, asker_id, owner_id, broken_at; } Bad;       /* broken_at: it ended as a broken promise; 0 */

static Err read_bad(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Bad, request_id), COL(Bad, team_id), COL(Bad, organisation_id), COL(Bad, asker_id), COL(Bad, owner_id),
                              COL(Bad, broken_at) };
  static const Shape shape = SHAPE(Bad, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT request_id, team_id, organisation_id, asker_id, owner_id, CASE WHEN outcome = 'broken' THEN ended_at ELSE 0 END AS broken_at"
                                      " FROM fact WHERE request_id BETWEEN ?1 AND ?2 AND bad <> 0"
                                      " ORDER BY request_id"), V(lo), V(hi));
}

#define OF_BAD " JOIN fact f ON f.request_id = x.request_id WHERE x.request_id BETWEEN ?1 AND ?2 AND f.bad <> 0"

static Err read_acts(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Act, request_id), COL(Act, seq), COL(Act, kind), COL(Act, side), COL(Act, by_kind), COL(Act, at), COL(Act, due_at), COL(Act, by_id) };
  static const Shape shape = SHAPE(Act, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT x.request_id, x.seq, x.kind, x.side, x.by_kind, x.at, x.due_at, x.by_id FROM act x" OF_BAD
                                      " ORDER BY x.request_id, x.seq"), V(lo), V(hi));
}

static Err read_messages(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Message, request_id), COL(Message, id), COL(Message, at), COL(Message, author_id) };
  static const Shape shape = SHAPE(Message, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT x.request_id, x.id, x.at, x.author_id FROM message x" OF_BAD " AND x.visibility = 'public' AND x.side = 'provider'"
                                      " AND x.author_kind = 'human' ORDER BY x.request_id, x.id"), V(lo), V(hi));
}

static Err read_touches(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Touch, request_id), COL(Touch, id), COL(Touch, at), COL(Touch, kind), COL(Touch, by_id) };
  static const Shape shape = SHAPE(Touch, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT x.request_id, x.id, x.at, x.kind, x.by_id FROM touch x" OF_BAD " AND x.kind IN ('overdue', 'claim', 'release', 'spoken')"
                                      " ORDER BY x.request_id, x.id"), V(lo), V(hi));
}

static Err read_verdicts(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Verdict, request_id), COL(Verdict, id), COL(Verdict, answered_at), COL(Verdict, satisfaction), COL(Verdict, ease), COL(Verdict, repeated) };
  static const Shape shape = SHAPE(Verdict, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT x.request_id, x.id, x.answered_at, x.satisfaction, x.ease, x.repeated FROM verdict x" OF_BAD
                                      " AND x.answered_at > 0 ORDER BY x.request_id, x.id"), V(lo), V(hi));
}

/* ── one line of time ────────────────────────────────────────────────── */

/* At one instant words come before what was bad, and what somebody says of it after. */
typedef enum { BEAT_WORDS, BEAT_BAD, BEAT_CLAIM, BEAT_RELEASE, BEAT_SPOKEN } BeatKind;
typedef struct { int64_t at, by, why; BeatKind kind; size_t order; } Beat;
typedef VEC(Beat) Beats;

static void beat(Arena *a, Beats *all, BeatKind kind, int64_t at, int64_t by, int64_t why) {
  vec_add(a, all, (Beat){ .at = at, .by = by, .why = why, .kind = kind, .order = all->n });
}

static int by_time(const void *a, const void *b) {
  const Beat *x = a, *y = b;
  bool spoken = x->kind >= BEAT_CLAIM && y->kind >= BEAT_CLAIM;          /* among themselves as they were written */
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  if (x->kind != y->kind && !spoken) return x->kind < y->kind ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static bool told_overdue(const Rows *touches, int64_t from, int64_t to) {
  for (size_t i = 0; i < touches->n; i++) {
    const Touch *t = ROW(Touch, *touches, i);
    if (str_eq(t->kind, S("overdue")) && t->at >= from && t->at <= to) return true;
  }
  return false;
}

/* An hour that passed without a report. Mostly the ticker noted it; what was brought in from elsewhere, or was reported before the
   ticker came, is known by the next act. Taken back after we could not keep our word: broken as well, when it ends. */
static void beats_of_hours(Arena *a, int64_t broken_at, const Rows *acts, const Rows *touches, Beats *all) {
  int64_t due = 0, offered = 0, last = 0, revoked = 0;
  bool passed = told_overdue(touches, 0, INT64_MAX);
  for (size_t i = 0; i < acts->n; i++) {
    const Act *x = ROW(Act, *acts, i);
    if (due && x->at > due) {
      if (!told_overdue(touches, due, x->at)) beat(a, all, BEAT_BAD, due, 0, BAD_BROKEN);
      passed = true;
      due = 0;
    }
    switch (loop_act_of(x->kind)) {
      case LOOP_ACT_PROMISE:      last = due = x->due_at; break;
      case LOOP_ACT_OFFER:
      case LOOP_ACT_COUNTER:      offered = x->due_at; break;
      case LOOP_ACT_REVOKE:       offered = x->due_at; revoked = due; due = 0; break;
      case LOOP_ACT_ACCEPT_OFFER:
        if (revoked && x->at > revoked) { beat(a, all, BEAT_BAD, revoked, 0, BAD_BROKEN); passed = true; }    /* nothing was agreed on by then */
        last = due = offered;
        revoked = 0;
        break;
      case LOOP_ACT_NOT_YET:      due = last > x->at ? last : 0; break;
      case LOOP_ACT_REPORT:
      case LOOP_ACT_ACCEPT:
      case LOOP_ACT_WITHDRAW:
      case LOOP_ACT_LAPSE:        due = 0; break;
      default:                    break;
    }
  }
  if (broken_at && !passed) beat(a, all, BEAT_BAD, broken_at, 0, BAD_BROKEN);
}

static void beats_of_acts(Arena *a, const Rows *acts, Beats *all) {
  int64_t not_yet = 0;
  for (size_t i = 0; i < acts->n; i++) {
    const Act *x = ROW(Act, *acts, i);
    if (str_eq(x->side, S("provider")) && str_eq(x->by_kind, S("human"))) beat(a, all, BEAT_WORDS, x->at, x->by_id, 0);
    if (loop_act_of(x->kind) == LOOP_ACT_NOT_YET && (moment_bad(&(Moment){ .not_yet = ++not_yet }) & BAD_NOT_YET)) beat(a, all, BEAT_BAD, x->at, 0, BAD_NOT_YET);
  }
}

static void beats_of_touches(Arena *a, const Rows *touches, Beats *all) {
  static const struct { const char *kind; BeatKind beat; int64_t why; } kinds[] = {
    { "overdue", BEAT_BAD, BAD_BROKEN }, { "claim", BEAT_CLAIM, 0 }, { "release", BEAT_RELEASE, 0 }, { "spoken", BEAT_SPOKEN, 0 },
  };
  for (size_t i = 0; i < touches->n; i++) {
    const Touch *t = ROW(Touch, *touches, i);
    for (size_t k = 0; k < COUNT(kinds); k++) if (str_eq(t->kind, str_z(kinds[k].kind))) beat(a, all, kinds[k].beat, t->at, t->by_id, kinds[k].why);
  }
}

static void beats_of_verdicts(Arena *a, const Rows *verdicts, Beats *all) {
  for (size_t i = 0; i < verdicts->n; i++) {
    const Verdict *v = ROW(Verdict, *verdicts, i);
    unsigned why = moment_bad(&(Moment){ .satisfaction = v->satisfaction, .ease = v->ease, .repeated = v->repeated });
    if (why) beat(a, all, BEAT_BAD, v->answered_at, 0, why);
  }
}

/* ── moments of that line ────────────────────────────────────────────── */

typedef VEC(BadMoment) BadMoments;

static void step(Arena *a, const Bad *r, const Beat *b, int64_t first, BadMoments *all) {
  BadMoment *m = all->n && all->at[all->n - 1].request_id == r->request_id ? &all->at[all->n - 1] : NULL;
  bool open = m && !m->spoken_at;
  switch (b->kind) {
    case BEAT_BAD:
      if (open) { m->why |= b->why; break; }
      vec_add(a, all, (BadMoment){ .request_id = r->request_id, .nr = (int64_t)all->n - first + 1, .at = b->at, .why = b->why, .person_id = r->owner_id,
                                   .team_id = r->team_id, .organisation_id = r->organisation_id, .asker_id = r->asker_id, .recovered = -1 });
      break;
    case BEAT_CLAIM:   if (open) { m->claimed_at = b->at; m->claimed_id = b->by; } break;
    case BEAT_RELEASE: if (open) m->claimed_at = m->claimed_id = 0; break;
    default:           if (open) { m->spoken_at = b->at; m->spoken_id = b->by; } break;
  }
}

/* The part of a list that is of this request. */
#define TAKE(T, list, place, wanted) ({                                                              \
    while (place < (list).n && ROW(T, list, place)->request_id < (wanted)) place++;                  \
    size_t from_ = place;                                                                            \
    while (place < (list).n && ROW(T, list, place)->request_id == (wanted)) place++;                 \
    (Rows){ from_ < (list).n ? ROW(T, list, from_) : NULL, place - from_ }; })

/* Its owner; else who leads the team, else who serves it, whoever came first; never the person who asked. */
static Err in_front_of(Cx *cx, BadMoment *m) {
  return db_int(cx, &m->person_id,
    SQL("SELECT p.id FROM party p LEFT JOIN relationship e ON e.from_id = p.id AND e.to_id = ?2 AND e.kind IN ('serves', 'leads')"
        " WHERE (p.id = ?1 OR p.id IN (SELECT from_id FROM relationship WHERE to_id = ?2 AND kind IN ('serves', 'leads')))"
        " AND p.id <> ?3 AND p.disabled_at = 0 ORDER BY CASE WHEN p.id = ?1 THEN 0 WHEN e.kind = 'leads' THEN 1 ELSE 2 END, p.id LIMIT 1"),
    V(m->person_id), V(m->team_id), V(m->asker_id));
}

Err moment_make(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  Rows bad, acts, messages, touches, verdicts;
  size_t act = 0, message = 0, touch = 0, verdict = 0;
  BadMoments all = { 0 };
  *ret = (Rows){ 0 };
  TRY(read_bad(cx, lo, hi, &bad));
  if (!bad.n) return E_OK;
  TRY(read_acts(cx, lo, hi, &acts));
  TRY(read_messages(cx, lo, hi, &messages));
  TRY(read_touches(cx, lo, hi, &touches));
  TRY(read_verdicts(cx, lo, hi, &verdicts));
  for (size_t i = 0; i < bad.n; i++) {
    const Bad *r = ROW(Bad, bad, i);
    Beats beats = { 0 };
    Rows a = TAKE(Act, acts, act, r->request_id), w = TAKE(Message, messages, message, r->request_id), t = TAKE(Touch, touches, touch, r->request_id),
         v = TAKE(Verdict, verdicts, verdict, r->request_id);
    beats_of_hours(cx->arena, r->broken_at, &a, &t, &beats);
    beats_of_acts(cx->arena, &a, &beats);
    for (size_t k = 0; k < w.n; k++) beat(cx->arena, &beats, BEAT_WORDS, ROW(Message, w, k)->at, ROW(Message, w, k)->author_id, 0);
    beats_of_touches(cx->arena, &t, &beats);
    beats_of_verdicts(cx->arena, &v, &beats);
    if (beats.n) qsort(beats.at, beats.n, sizeof *beats.at, by_time);
    int64_t first = (int64_t)all.n;
    for (size_t k = 0; k < beats.n; k++) step(cx->arena, r, &beats.at[k], first, &all);
  }
  for (size_t i = 0; i < all.n; i++) TRY(in_front_of(cx, &all.at[i]));
  *ret = (Rows){ all.at, all.n };
  return E_OK;
}

/* ── writing ─────────────────────────────────────────────────────────── */

static const Col cols[] = { MOMENT_SHAPE_(BadMoment, ) };
const Shape moment_shape = SHAPE(BadMoment, cols);

static Err write(Cx *cx, const Rows *rows) {
  Fill w = fill_new(cx, SQL("moment"), SQL("request_id, nr, at, why, person_id, team_id, organisation_id, asker_id, claimed_at, claimed_id, spoken_at, spoken_id"));
  for (size_t i = 0; i < rows->n; i++) {
    const BadMoment *m = ROW(BadMoment, *rows, i);
    fill_row(&w, V(m->request_id), V(m->nr), V(m->at), V(m->why), V(m->person_id), V(m->team_id), V(m->organisation_id), V(m->asker_id), V(m->claimed_at),
             V(m->claimed_id), V(m->spoken_at), V(m->spoken_id));
  }
  return fill_write(cx, &w);
}

/* Their next verdict, on whatever request, that says how it was against their own bar. "Not yet" says so: below. */
#define SAYS_SO "(v.against_bar <> '' OR v.sorted IN ('no', 'partly'))"
#define NEXT_AT "UPDATE moment SET next_at = COALESCE((SELECT MIN(v.answered_at) FROM verdict v WHERE v.asked_of = moment.asker_id" \
  " AND v.answered_at > moment.at AND " SAYS_SO "), 0) WHERE next_at = 0"
#define RECOVERED "UPDATE moment SET recovered = (SELECT CASE WHEN v.against_bar IN ('at', 'above') THEN 1 ELSE 0 END FROM verdict v" \
  " WHERE v.asked_of = moment.asker_id AND v.answered_at = moment.next_at AND " SAYS_SO " ORDER BY v.id LIMIT 1) WHERE next_at > 0 AND recovered = -1"

static Err next_of(Cx *cx, int64_t asker, SeriesMoves *moves) {
  static const Col told_cols[] = { COL(SeriesMoment, team_id), COL(SeriesMoment, at), COL(SeriesMoment, spoken_at), COL(SeriesMoment, recovered) };
  static const Shape shape = SHAPE(SeriesMoment, told_cols);
  Rows rows;
  TRY(db_run(cx, SQL(NEXT_AT " AND asker_id = ?1"), V(asker)));
  TRY(db_rows(cx, &shape, &rows, SQL(RECOVERED " AND asker_id = ?1 RETURNING team_id, at, spoken_at, recovered"), V(asker)));
  for (size_t i = 0; i < rows.n; i++) {
    SeriesMoment was = *ROW(SeriesMoment, rows, i);
    was.recovered = -1;
    series_moment(cx, moves, &was, ROW(SeriesMoment, rows, i));
  }
  return E_OK;
}

Err moment_fill_next(Cx *cx) {
  TRY(db_run_(cx, NULL, SQL(NEXT_AT), NULL, 0));
  return db_run_(cx, NULL, SQL(RECOVERED), NULL, 0);
}

Err moment_fill(Cx *cx, int64_t lo, int64_t hi) {
  Rows rows;
  TRY(moment_make(cx, lo, hi, &rows));
  return write(cx, &rows);
}

static bool same(const BadMoment *x, const BadMoment *y) {
  return x->nr == y->nr && x->at == y->at && x->why == y->why && x->person_id == y->person_id && x->team_id == y->team_id && x->asker_id == y->asker_id
    && x->organisation_id == y->organisation_id && x->claimed_at == y->claimed_at && x->claimed_id == y->claimed_id && x->spoken_at == y->spoken_at
    && x->spoken_id == y->spoken_id;
}

/* One letter for each, and not at night; an hour that passed is told of by a letter of its own (act_overdue). */
static Err remind_later(Cx *cx, const BadMoment *m) {
  const Calendar *hours;
  int64_t service, due = m->at + cx->site->moment_after;
  bool old = m->at < cx->now - DAY;
  if (!cx->site->moment_after || m->spoken_at || old || m->why == BAD_BROKEN) return E_OK;
  TRY(db_int(cx, &service, SQL("SELECT service_id FROM request WHERE id = ?1"), V(m->request_id)));
  TRY(request_calendar(cx, &(Request){ .service_id = service }, &hours));
  if (hours && !calendar_due(hours, m->at, cx->site->moment_after, &due)) return E_OK;
  Str body = str_fmt(cx->arena, "%lld %lld", (long long)m->request_id, (long long)m->nr);
  return job_put(cx, S("moment"), str_cat(cx->arena, S("moment:"), body), due, body);
}

static SeriesMoment counts(const BadMoment *m) { return (SeriesMoment){ m->team_id, m->at, m->spoken_at, m->recovered }; }

static void move(Cx *cx, SeriesMoves *moves, const Rows *was, const Rows *is) {
  for (size_t i = 0; i < was->n; i++) { SeriesMoment m = counts(ROW(BadMoment, *was, i)); series_moment(cx, moves, &m, NULL); }
  for (size_t i = 0; i < is->n; i++) { SeriesMoment m = counts(ROW(BadMoment, *is, i)); series_moment(cx, moves, NULL, &m); }
}

static Err keep(Cx *cx, int64_t request, SeriesMoves *moves, bool *ret_changed) {
  Rows was, is;
  TRY(db_rows(cx, &moment_shape, &was, SQL("SELECT " MOMENT_COLS " FROM moment m WHERE m.request_id = ?1 ORDER BY m.nr"), V(request)));
  TRY(moment_make(cx, request, request, &is));
  bool changed = was.n != is.n;
  for (size_t i = 0; i < is.n && !changed; i++) changed = !same(ROW(BadMoment, was, i), ROW(BadMoment, is, i));
  *ret_changed = changed;
  if (!changed) return E_OK;
  if (was.n) TRY(db_run(cx, SQL("DELETE FROM moment WHERE request_id = ?1"), V(request)));
  TRY(write(cx, &is));
  for (size_t i = was.n; i < is.n; i++) TRY(remind_later(cx, ROW(BadMoment, is, i)));
  move(cx, moves, &was, &is);
  TRY(is.n ? next_of(cx, ROW(BadMoment, is, 0)->asker_id, moves) : E_OK);
  return change_new(cx, request, S("moment"), true);
}

Err moment_keep(Cx *cx, int64_t request, bool *ret_changed) {
  SeriesMoves moves = { 0 };
  TRY(keep(cx, request, &moves, ret_changed));
  return series_write(cx, &moves);
}

Err moment_follow(Cx *cx, const Rows *facts) {
  SeriesMoves moves = { 0 };
  for (size_t i = 0; i < facts->n; i++) {
    const Fact *f = ROW(Fact, *facts, i);
    bool changed = false;
    if (f->bad) TRY(keep(cx, f->request_id, &moves, &changed));
    if (f->answered && !changed) TRY(next_of(cx, f->asker_id, &moves));
  }
  return series_write(cx, &moves);
}
