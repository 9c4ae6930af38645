/* desk/card_day.c: a day's cards in a row for each team and channel, and one for each team and organisation. */
#include "desk/card_day.h"
#include <stdlib.h>
#include "desk/sight.h"
#include "desk/figure.h"
#include "store/fill.h"

typedef struct { int64_t score, times; } Pair;
typedef VEC(Pair) Pairs;

/* ── the text of scores ──────────────────────────────────────────────── */

bool card_score_next(Str *rest, int64_t *ret_score, int64_t *ret_times) {
  Str word, score, times;
  if (!rest->n) return false;
  str_cut(*rest, ' ', &word, rest);
  return str_cut(word, ':', &score, &times) && str_int(score, ret_score) && str_int(times, ret_times);
}

static int by_score(const void *a, const void *b) {
  const Pair *x = a, *y = b;
  return x->score < y->score ? -1 : x->score > y->score;
}

static void pair_add(Arena *a, Pairs *all, int64_t score, int64_t times) {
  for (size_t i = 0; i < all->n; i++) if (all->at[i].score == score) { all->at[i].times += times; return; }
  vec_add(a, all, (Pair){ score, times });
}

static Str text_of(Arena *a, Pairs *all) {
  Buf b = { .arena = a };
  if (all->n) qsort(all->at, all->n, sizeof *all->at, by_score);
  for (size_t i = 0; i < all->n; i++)
    if (all->at[i].times) buf_fmt(&b, "%s%lld:%lld", b.n ? " " : "", (long long)all->at[i].score, (long long)all->at[i].times);
  return buf_str(&b);
}

/* ── moving ──────────────────────────────────────────────────────────── */

Err card_day_ready(Cx *cx, bool *ret) {
  int64_t at;
  TRY(db_int_(cx, &at, SQL("SELECT at FROM bookmark WHERE name = 'card-days'"), NULL, 0));
  *ret = at > 0;
  return E_OK;
}

/* Until the transaction ends: who adds waits for who makes all anew, and the other way round. */
static Err hold(Cx *cx) {
  return db_run_(cx, NULL, SQL("INSERT INTO bookmark(name, at) VALUES ('card-days', 0) ON CONFLICT (name) DO UPDATE SET at = bookmark.at"), NULL, 0);
}

/* The row is made if it is not there, and held: on PostgreSQL others wait for it. */
static Err move(Cx *cx, const Val key[6], int64_t score, int64_t times) {
  typedef struct { Str scores; } Kept;
  static const Col cols[] = { COL(Kept, scores) };
  static const Shape shape = SHAPE(Kept, cols);
  Kept k;
  Pairs all = { 0 };
  int64_t s, n;
#define KEY "instrument = ?1 AND day = ?2 AND kind = ?3 AND team_id = ?4 AND organisation_id = ?5 AND channel = ?6"
  TRY(db_run(cx, SQL("INSERT INTO card_day(instrument, day, kind, team_id, organisation_id, channel, scores) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '')"
                     " ON CONFLICT (instrument, kind, day, team_id, organisation_id, channel) DO NOTHING"), key[0], key[1], key[2], key[3], key[4], key[5]));
  TRY(db_one_(cx, &shape, &k, db_pick(cx, SQL("SELECT scores FROM card_day WHERE " KEY), SQL("SELECT scores FROM card_day WHERE " KEY " FOR UPDATE")), key, 6));
  for (Str rest = k.scores; card_score_next(&rest, &s, &n);) pair_add(cx->arena, &all, s, n);
  pair_add(cx->arena, &all, score, times);
  return db_run(cx, SQL("UPDATE card_day SET scores = ?7 WHERE " KEY), key[0], key[1], key[2], key[3], key[4], key[5], V(text_of(cx->arena, &all)));
}

Err card_day_add(Cx *cx, const Card *c, int64_t score, int64_t times) {
  bool ready;
  TRY(hold(cx));
  TRY(card_day_ready(cx, &ready));
  if (!ready) return E_OK;
  const Val channel[6] = { V(c->instrument), V(c->asked_at / DAY), V(S("channel")), V(c->team_id), V((int64_t)0), V(c->channel) };
  const Val organisation[6] = { V(c->instrument), V(c->asked_at / DAY), V(S("organisation")), V(c->team_id), V(c->organisation_id), V(S("")) };
  TRY(move(cx, channel, score, times));
  return move(cx, organisation, score, times);
}

/* ── anew ────────────────────────────────────────────────────────────── */

typedef struct { int64_t day, team_id, organisation_id, score, n; Str instrument, channel; } Group;
static const Col group_cols[] = { COL(Group, day), COL(Group, team_id), COL(Group, organisation_id), COL(Group, score), COL(Group, n), COL(Group, instrument), COL(Group, channel) };
static const Shape group_shape = SHAPE(Group, group_cols);

#define STATE "CASE WHEN c.answered_at > 0 THEN c.score ELSE -2 END"
#define BY_CHANNEL \
  "SELECT c.asked_at / ?1 AS day, c.team_id, 0 AS organisation_id, " STATE " AS score, COUNT(*) AS n, c.instrument, c.channel FROM card c" \
  " GROUP BY c.instrument, c.asked_at / ?1, c.team_id, c.channel, " STATE " ORDER BY c.instrument, c.asked_at / ?1, c.team_id, c.channel, " STATE
#define BY_ORGANISATION \
  "SELECT c.asked_at / ?1 AS day, c.team_id, COALESCE(c.organisation_id, 0) AS organisation_id, " STATE " AS score, COUNT(*) AS n, c.instrument, '' AS channel FROM card c" \
  " GROUP BY c.instrument, c.asked_at / ?1, c.team_id, COALESCE(c.organisation_id, 0), " STATE " ORDER BY c.instrument, c.asked_at / ?1, c.team_id, COALESCE(c.organisation_id, 0), " STATE

static bool same_row(const Group *a, const Group *b) {
  return a->day == b->day && a->team_id == b->team_id && a->organisation_id == b->organisation_id && str_eq(a->instrument, b->instrument) && str_eq(a->channel, b->channel);
}

static Err groups(Cx *cx, bool organisations) {
  Rows rows;
  TRY(db_rows(cx, &group_shape, &rows, organisations ? SQL(BY_ORGANISATION) : SQL(BY_CHANNEL), V(DAY)));
  Fill w = fill_new(cx, SQL("card_day"), SQL("instrument, day, kind, team_id, organisation_id, channel, scores"));
  for (size_t i = 0; i < rows.n;) {
    const Group *g = ROW(Group, rows, i);
    Pairs all = { 0 };
    for (; i < rows.n && same_row(g, ROW(Group, rows, i)); i++) vec_add(cx->arena, &all, (Pair){ ROW(Group, rows, i)->score, ROW(Group, rows, i)->n });
    fill_row(&w, V(g->instrument), V(g->day), V(organisations ? S("organisation") : S("channel")), V(g->team_id), V(g->organisation_id), V(g->channel), V(text_of(cx->arena, &all)));
  }
  return fill_write(cx, &w);
}

Err card_day_anew(Cx *cx) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(hold(cx));
  TRY(db_run_(cx, NULL, SQL("DELETE FROM card_day"), NULL, 0));
  TRY(groups(cx, false));
  TRY(groups(cx, true));
  TRY(db_run(cx, SQL("INSERT INTO bookmark(name, at) VALUES ('card-days', ?1) ON CONFLICT (name) DO UPDATE SET at = excluded.at"), V(cx->now)));
  return tx_commit(&tx);
}

/* ── reading ─────────────────────────────────────────────────────────── */

Err card_days(Cx *cx, Str instrument, int64_t from, int64_t to, bool organisations, Rows *ret) {
  static const Col cols[] = { COL(CardSum, day), COL(CardSum, team_id), COL(CardSum, organisation_id), COL(CardSum, channel), COL(CardSum, scores) };
  static const Shape shape = SHAPE(CardSum, cols);
  int64_t breadth;
  TRY(sight_breadth(cx, &breadth));
  return db_rows(cx, &shape, ret,
    SQL("SELECT c.day, c.team_id, c.organisation_id, c.channel, c.scores FROM card_day c WHERE c.instrument = ?3 AND c.kind = ?4 AND c.day >= ?5 AND c.day < ?6 AND " SIGHT_TEAM("c.team_id")),
    V(cx->actor.only_request ? (int64_t)0 : SIGHT_VIEWER(cx)), V(breadth), V(instrument), V(organisations ? S("organisation") : S("channel")), V(from), V(to));
}
