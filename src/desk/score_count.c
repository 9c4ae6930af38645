/* desk/score_count.c: see score_count.h. One read of days for whole days, and of cards for what an edge cuts. */
#include "desk/score_count.h"
#include "desk/card_day.h"
#include "desk/sight.h"

static const Col count_cols[] = { COL(ScoreCount, team_id), COL(ScoreCount, organisation_id), COL(ScoreCount, state), COL(ScoreCount, score), COL(ScoreCount, n), COL(ScoreCount, channel) };
static const Shape count_shape = SHAPE(ScoreCount, count_cols);

Err score_query(Cx *cx, Query *q, Sql select, const Instrument *in, const ScoreScope *of, bool newest) {
  int64_t breadth;
  TRY(sight_breadth(cx, &breadth));
  *q = query_new(cx);
  query_bind(q, V(cx->actor.only_request ? (int64_t)0 : SIGHT_VIEWER(cx)));
  query_bind(q, V(breadth));
  query_bind(q, V(cx->now));
  query_add(q, select);
  query_add(q, SQL(" WHERE ?3 = ?3 AND " SIGHT_TEAM("c.team_id")));
  query_val(q, SQL(" AND c.instrument = "), V(str_z(in->name)));
  query_val(q, newest ? SQL(" AND +c.asked_at >= ") : SQL(" AND c.asked_at >= "), V(of->from));
  query_val(q, newest ? SQL(" AND +c.asked_at < ") : SQL(" AND c.asked_at < "), V(of->to));
  if (of->team) query_val(q, SQL(" AND c.team_id = "), V(of->team));
  if (of->organisation) query_val(q, SQL(" AND c.organisation_id = "), V(of->organisation));
  return E_OK;
}

/* Cards themselves, counted: those asked in [from, to). */
static Err counted(Cx *cx, const Instrument *in, const ScoreScope *of, int64_t from, int64_t to, ScoreCounts *ret) {
  Query q;
  Rows rows;
  ScoreScope some = *of;
  some.from = from;
  some.to = to;
  if (to <= from) return E_OK;
  TRY(score_query(cx, &q, SQL("SELECT c.team_id, c.organisation_id, CASE WHEN c.answered_at > 0 THEN 1 WHEN c.ends_at <= ?3 THEN 2 ELSE 0 END AS state,"
                         " c.score, COUNT(*) AS n, c.channel FROM card c"), in, &some, false));
  query_add(&q, SQL(" GROUP BY c.team_id, c.organisation_id, CASE WHEN c.answered_at > 0 THEN 1 WHEN c.ends_at <= ?3 THEN 2 ELSE 0 END, c.score, c.channel"));
  TRY(query_rows(cx, &q, &count_shape, &rows));
  for (size_t i = 0; i < rows.n; i++) vec_add(cx->arena, ret, *ROW(ScoreCount, rows, i));
  return E_OK;
}

enum { SCORES = 10002 };                                 /* -1, 0 … 10000 */
typedef struct { const CardSum *of; int64_t open, silent, *times; } Place;
typedef VEC(Place) Places;

static Place *place_of(Arena *a, Places *all, const CardSum *s) {
  for (size_t i = 0; i < all->n; i++) {
    const CardSum *x = all->at[i].of;
    if (x->team_id == s->team_id && x->organisation_id == s->organisation_id && str_eq(x->channel, s->channel)) return &all->at[i];
  }
  vec_add(a, all, (Place){ .of = s, .times = NEW_N(a, int64_t, SCORES) });
  return &all->at[all->n - 1];
}

static ScoreCount count_of(const CardSum *s, int64_t state, int64_t score, int64_t n) {
  return (ScoreCount){ .team_id = s->team_id, .organisation_id = s->organisation_id, .channel = s->channel, .state = state, .score = score, .n = n };
}

/* Whole days from their sums, those of one place as one. Of those without an answer all are over, or none: the day on which that
   changes is counted. */
static Err days(Cx *cx, const Instrument *in, const ScoreScope *of, int64_t from, int64_t to, bool organisations, ScoreCounts *ret) {
  Rows rows;
  Places places = { 0 };
  int64_t score, n;
  if (to <= from) return E_OK;
  TRY(card_days(cx, str_z(in->name), from, to, organisations, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const CardSum *s = ROW(CardSum, rows, i);
    if ((of->team && s->team_id != of->team) || (of->organisation && s->organisation_id != of->organisation)) continue;
    Place *p = place_of(cx->arena, &places, s);
    bool over = (s->day + 1) * DAY + CARD_LIFE <= cx->now;
    for (Str rest = s->scores; card_score_next(&rest, &score, &n);)
      *(score == CARD_NO_ANSWER ? over ? &p->silent : &p->open : &p->times[score < 0 ? 0 : score < SCORES - 1 ? score + 1 : SCORES - 1]) += n;
  }
  for (size_t i = 0; i < places.n; i++) {
    const Place *p = &places.at[i];
    if (p->open) vec_add(cx->arena, ret, count_of(p->of, 0, -1, p->open));
    if (p->silent) vec_add(cx->arena, ret, count_of(p->of, 2, -1, p->silent));
    for (int k = 0; k < SCORES; k++) if (p->times[k]) vec_add(cx->arena, ret, count_of(p->of, 1, k - 1, p->times[k]));
  }
  return E_OK;
}

Err score_counts(Cx *cx, const Instrument *in, const ScoreScope *of, bool organisations, ScoreCounts *ret) {
  bool ready;
  TRY(card_day_ready(cx, &ready));
  int64_t first = (of->from + DAY - 1) / DAY, end = of->to / DAY, changes = (cx->now - CARD_LIFE) / DAY;
  if (!ready || (of->organisation && !organisations) || end <= first) return counted(cx, in, of, of->from, of->to, ret);
  TRY(counted(cx, in, of, of->from, first * DAY, ret));
  TRY(days(cx, in, of, first, changes < end ? changes : end, organisations, ret));
  if (changes >= first && changes < end) TRY(counted(cx, in, of, changes * DAY, (changes + 1) * DAY, ret));
  TRY(days(cx, in, of, changes + 1 > first ? changes + 1 : first, end, organisations, ret));
  return counted(cx, in, of, end * DAY, of->to, ret);
}
