/* desk/score.c: adding up counts of cards; how they are counted is score_count.c. */
#include "desk/score.h"
#include <math.h>
#include <stdlib.h>
#include "desk/score_count.h"

/* ── adding up ───────────────────────────────────────────────────────── */

typedef VEC(double) Doubles;
/* n answers added up, whole numbers: points, or hundredths of the index; scale: of one. */
typedef struct { int64_t n, sum, squares; double scale; Recommends said; int64_t answered, silent, open; } Sum;

static void sum_add(Sum *s, const Instrument *in, const ScoreCount *c) {
  if (c->state == 0) { s->open += c->n; return; }
  if (c->state == 2) { s->silent += c->n; return; }
  s->answered += c->n;
  if (c->score < 0) return;
  bool points = in->hi == 10;
  if (points) *(c->score >= 9 ? &s->said.promoters : c->score >= 7 ? &s->said.passives : &s->said.detractors) += c->n;
  int64_t v = !points ? c->score : c->score >= 9 ? 100 : c->score >= 7 ? 0 : -100;
  s->scale = points ? 1 : .01;
  s->n += c->n;
  s->sum += c->n * v;
  s->squares += c->n * v * v;
}

static double sum_of(const Sum *s) { return (double)s->sum * s->scale; }
/* n - 1 below the line; exact until the last step, for all are whole numbers. */
static double variance_of(const Sum *s) {
  return s->n < 2 ? 0 : (double)((__int128)s->n * s->squares - (__int128)s->sum * s->sum) / ((double)s->n * (double)(s->n - 1)) * s->scale * s->scale;
}

/* What was chosen, where too few did to add it up: of several lines their mean. */
static Str chosen(Arena *a, const Instrument *in, int64_t score) {
  if (in->hi == 10) return str_fmt(a, "%lld", (long long)score);
  double v = in->lo + (double)score / 10000 * (in->hi - in->lo);
  return in->n == 1 ? str_fmt(a, "%.0f", v) : str_fmt(a, "%.1f", v);
}

static void answers_add(Arena *a, const Instrument *in, Figure *f, Str at[4], const ScoreCount *c) {
  if (c->state == 1 && c->score >= 0)
    for (int64_t k = 0; k < c->n && f->answer_n < 4; k++) at[f->answer_n++] = chosen(a, in, c->score);
}

static void answers_of(Cx *cx, const Instrument *in, const Rows *rows, Figure *f) {
  if (f->show != SHOW_LIST) return;
  Str *at = NEW_N(cx->arena, Str, 4);
  for (size_t i = 0; i < rows->n; i++) answers_add(cx->arena, in, f, at, ROW(ScoreCount, *rows, i));
  f->answers = at;
}

static Figure scored(const Instrument *in, const Sum *s, const ScoreScope *of) {
  Figure f = in->hi == 10 ? figure_score(s->said, s->silent) : figure_index_of(s->n, sum_of(s), variance_of(s), s->silent);
  f.name = str_z(in->name);
  f.eyes = EYES_CUSTOMER;
  f.from = of->from;
  f.to = of->to;
  return f;
}

static Figure answered(const Sum *s, const ScoreScope *of) {
  Figure f = figure_share((Tally){ s->answered, s->answered + s->silent }, 0);
  static const Str one[] = { { "answered", 8 } };
  f.name = one[0];
  f.eyes = EYES_BOTH;
  f.from = of->from;
  f.to = of->to;
  return f;
}

/* ── weighed ─────────────────────────────────────────────────────────── */

typedef struct { const ScoreCount *first; Sum sum; } Kind;
typedef VEC(Kind) Kinds;

static Sum *kind_of(Arena *a, Kinds *kinds, const ScoreCount *c, bool organisations) {
  for (size_t i = 0; i < kinds->n; i++) {
    const ScoreCount *k = kinds->at[i].first;
    if (organisations ? k->organisation_id == c->organisation_id : str_eq(k->channel, c->channel)) return &kinds->at[i].sum;
  }
  vec_add(a, kinds, (Kind){ .first = c });
  return &kinds->at[kinds->n - 1].sum;
}

/* Each kind on its own, weighed by how many of it were asked and had their time. */
static bool weighed(Cx *cx, const Instrument *in, const Rows *rows, bool organisations, Figure *ret) {
  Kinds all = { 0 };
  VEC(StratumMean) kinds = { 0 };
  for (size_t i = 0; i < rows->n; i++) sum_add(kind_of(cx->arena, &all, ROW(ScoreCount, *rows, i), organisations), in, ROW(ScoreCount, *rows, i));
  for (size_t i = 0; i < all.n; i++) {
    const Sum *s = &all.at[i].sum;
    if (!(s->answered + s->silent)) continue;
    vec_add(cx->arena, &kinds, (StratumMean){ .size = s->answered + s->silent, .n = s->n, .mean = s->n ? sum_of(s) / (double)s->n : 0,
                                              .variance = variance_of(s) });
  }
  Difference d;
  if (kinds.n < 2 || !mean_stratified(kinds.at, kinds.n, Z95, &d)) return false;
  double least = in->hi == 10 ? -100 : 0;
  ret->value = d.value;
  ret->ci = (Interval){ fmax(least, d.ci.lo), fmin(100, d.ci.hi) };
  ret->silent = 0;                                       /* that is what the weights are for */
  return true;
}

/* ── of several lines, each ──────────────────────────────────────────── */

static Err items(Cx *cx, const Instrument *in, const ScoreScope *of, int64_t silent, int64_t scored_n, Score *ret) {
  int64_t answered = scored_n < SCORE_ITEMS ? scored_n : SCORE_ITEMS;
  typedef struct { int64_t value, n, since; Str item; } Line;
  static const Col cols[] = { COL(Line, value), COL(Line, n), COL(Line, since), COL(Line, item) };
  static const Shape shape = SHAPE(Line, cols);
  Query q;
  Rows rows;
  TRY(score_query(cx, &q, SQL("SELECT a.value, COUNT(*) AS n, MIN(c.asked_at) AS since, a.item FROM (SELECT c.id, c.asked_at FROM card c"), in, of, false));
  query_val(&q, SQL(" AND c.score >= 0 ORDER BY c.asked_at DESC LIMIT "), V(SCORE_ITEMS));
  query_add(&q, SQL(") c JOIN response a ON a.card_id = c.id GROUP BY a.value, a.item ORDER BY a.value"));
  TRY(query_rows(cx, &q, &shape, &rows));
  for (size_t i = 0; i < in->n; i++) {
    Doubles v = { 0 };
    Str *few = NEW_N(cx->arena, Str, 4);
    size_t few_n = 0;
    int64_t since = of->to;
    for (size_t k = 0; k < rows.n; k++) {
      const Line *l = ROW(Line, rows, k);
      if (!str_eq(l->item, str_z(in->items[i].name))) continue;
      if (l->since < since) since = l->since;
      for (int64_t j = 0; j < l->n; j++) vec_add(cx->arena, &v, 100. * (double)(l->value - in->lo) / (in->hi - in->lo));
      for (int64_t j = 0; j < l->n && few_n < 4; j++) few[few_n++] = str_fmt(cx->arena, "%lld", (long long)l->value);
    }
    ret->items[i] = figure_index(v.at, v.n, silent);
    ret->items[i].name = str_z(in->items[i].name);
    ret->items[i].eyes = EYES_CUSTOMER;
    ret->items[i].from = answered == SCORE_ITEMS ? since : of->from;       /* there were more before */
    ret->items[i].to = of->to;
    if (ret->items[i].show == SHOW_LIST && !of->organisation) { ret->items[i].answers = few; ret->items[i].answer_n = few_n; }
  }
  return E_OK;
}

/* ── the whole ───────────────────────────────────────────────────────── */

Err score_get(Cx *cx, const Instrument *in, const ScoreScope *of, Score *ret) {
  ScoreCounts channels = { 0 }, organisations = { 0 };
  Sum s = { 0 };
  *ret = (Score){ 0 };
  TRY(score_counts(cx, in, of, false, &channels));
  TRY(score_counts(cx, in, of, true, &organisations));
  Rows rows = { channels.at, channels.n };
  ret->counts = (Rows){ organisations.at, organisations.n };
  for (size_t i = 0; i < rows.n; i++) {
    const ScoreCount *c = ROW(ScoreCount, rows, i);
    sum_add(&s, in, c);
    if (in->n != 1 || c->score < 0) continue;
    int64_t step = in->hi == 10 ? c->score : (c->score * (in->hi - in->lo) + 5000) / 10000;
    if (step < SCORE_STEPS) ret->steps[step] += c->n;
  }
  ret->asked = s.answered + s.silent + s.open;
  ret->open = s.open;
  ret->silent = s.silent;
  ret->score = scored(in, &s, of);
  if (!of->organisation) answers_of(cx, in, &rows, &ret->score);
  else if (ret->score.show == SHOW_LIST) memset(ret->steps, 0, sizeof ret->steps);
  ret->answered = answered(&s, of);
  ret->weighed = ret->score;
  ret->is_weighed = weighed(cx, in, &rows, false, &ret->weighed);
  if (!ret->is_weighed) ret->by_organisation = ret->is_weighed = weighed(cx, in, &ret->counts, true, &ret->weighed);
  return in->n > 1 ? items(cx, in, of, s.silent, s.n, ret) : E_OK;
}

static bool of_team(const ScoreCount *c, int64_t id) { return c->team_id == id; }
static bool of_organisation(const ScoreCount *c, int64_t id) { return c->organisation_id == id; }

Err score_places(Cx *cx, const Instrument *in, const ScoreScope *of, const Score *score, bool organisations, Rows *ret) {
  typedef struct { int64_t id; Str name; } Named;
  static const Col cols[] = { COL(Named, id), COL(Named, name) };
  static const Shape shape = SHAPE(Named, cols);
  bool (*fits)(const ScoreCount *, int64_t) = organisations ? of_organisation : of_team;
  Rows rows = score->counts, names;
  TRY(db_rows(cx, &shape, &names, SQL("SELECT id, name FROM party WHERE kind = ?1 ORDER BY name, id"), V(organisations ? S("organisation") : S("team"))));
  VEC(ScorePlace) places = { 0 };
  for (size_t i = 0; i < names.n; i++) {
    const Named *p = ROW(Named, names, i);
    Sum s = { 0 };
    for (size_t k = 0; k < rows.n; k++) if (fits(ROW(ScoreCount, rows, k), p->id)) sum_add(&s, in, ROW(ScoreCount, rows, k));
    if (!(s.answered + s.silent + s.open)) continue;
    ScorePlace place = { .id = p->id, .name = p->name, .score = scored(in, &s, of), .answered = answered(&s, of) };
    vec_add(cx->arena, &places, place);
  }
  *ret = (Rows){ places.at, places.n };
  return E_OK;
}

/* Some of them, newest first. */
static Err some_words(Cx *cx, Query *q, Sql by, size_t limit, Rows *ret) {
  static const Col cols[] = { COL(ScoreWords, at), COL(ScoreWords, words), COL(ScoreWords, team) };
  static const Shape shape = SHAPE(ScoreWords, cols);
  query_val(q, by, V(limit));
  return query_rows(cx, q, &shape, ret);
}

static int newest_first(const void *a, const void *b) {
  const ScoreWords *x = a, *y = b;
  return x->at > y->at ? -1 : x->at < y->at;
}

/* On cards, and in answer to their mail. */
Err score_words(Cx *cx, const Instrument *in, const ScoreScope *of, size_t limit, Rows *ret) {
  Query q;
  Rows cards, remarks;
  TRY(score_query(cx, &q, SQL("SELECT c.answered_at AS at, c.words, (SELECT name FROM party WHERE id = c.team_id) AS team FROM card c"), in, of, true));
  TRY(some_words(cx, &q, SQL(" AND c.words <> '' ORDER BY c.answered_at DESC LIMIT "), limit, &cards));
  TRY(score_query(cx, &q, SQL("SELECT m.at, m.words, (SELECT name FROM party WHERE id = c.team_id) AS team FROM card_remark m CROSS JOIN card c"), in, of, false));
  TRY(some_words(cx, &q, SQL(" AND c.id = m.card_id ORDER BY m.at DESC LIMIT "), limit, &remarks));
  VEC(ScoreWords) all = { 0 };
  for (size_t i = 0; i < cards.n; i++) vec_add(cx->arena, &all, *ROW(ScoreWords, cards, i));
  for (size_t i = 0; i < remarks.n; i++) vec_add(cx->arena, &all, *ROW(ScoreWords, remarks, i));
  if (all.n) qsort(all.at, all.n, sizeof *all.at, newest_first);
  *ret = (Rows){ all.at, all.n < limit ? all.n : limit };
  return E_OK;
}

/* ── over time ───────────────────────────────────────────────────────── */

static Err stretch(Cx *cx, const Instrument *in, const ScoreScope *of, Figure *ret) {
  ScoreCounts c = { 0 };
  Sum s = { 0 };
  Str *few = NEW_N(cx->arena, Str, 4);
  TRY(score_counts(cx, in, of, true, &c));
  for (size_t i = 0; i < c.n; i++) sum_add(&s, in, &c.at[i]);
  *ret = scored(in, &s, of);
  if (ret->show != SHOW_LIST || of->organisation) return E_OK;
  for (size_t i = 0; i < c.n; i++) answers_add(cx->arena, in, ret, few, &c.at[i]);
  ret->answers = few;
  return E_OK;
}

Err score_points(Cx *cx, const Instrument *in, const ScoreScope *of, const int64_t *edges, size_t n, Figure *ret, Figure *ret_all) {
  ScoreScope at = *of;
  at.from = edges[0];
  at.to = edges[n];
  TRY(stretch(cx, in, &at, ret_all));
  for (size_t i = 0; i < n; i++) {
    at.from = edges[i];
    at.to = edges[i + 1];
    TRY(stretch(cx, in, &at, &ret[i]));
  }
  return E_OK;
}
