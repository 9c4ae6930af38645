/* desk/proximity.c: three reads of at most a thousand requests, and the cards. */
#include "desk/proximity.h"
#include <math.h>
#include "base/vec.h"
#include "base/zone.h"
#include "desk/setting.h"
#include "desk/sight.h"

typedef VEC(double) Doubles;

/* ── far and near ────────────────────────────────────────────────────── */

static int distance_of(const Cx *cx, Str person, Str place) {
  const Zone *there = person.n ? zone_get(person) : NULL, *here = place.n ? zone_get(place) : NULL;
  if (!there || !here) return DISTANCE_ALL;
  int64_t apart = zone_east(there, cx->now) - zone_east(here, cx->now);
  return (apart < 0 ? -apart : apart) >= PROXIMITY_FAR ? DISTANCE_FAR : DISTANCE_NEAR;
}

static double half(double a, double b) { return sqrt(a * a + b * b); }

Gap proximity_compare(const Figure *near, const Figure *far, bool less) {
  if (near->n < 5 || far->n < 5) return GAP_TOO_FEW;
  double d = near->value - far->value;
  double lo = d - half(near->value - near->ci.lo, far->ci.hi - far->value), hi = d + half(near->ci.hi - near->value, far->value - far->ci.lo);
  if (lo <= 0 && hi >= 0) return GAP_NONE;
  return (lo > 0) != less ? GAP_NEAR_BETTER : GAP_FAR_BETTER;
}

/* ── the requests looked at ──────────────────────────────────────────── */

/* ?1 viewer, ?2 breadth, ?3 team, ?4 organisation, ?5 from, ?6 to, ?7 how many. */
#define LOOKED_AT \
  "WITH looked AS (SELECT r.* FROM request r WHERE " SIGHT_TEAM("r.team_id") " AND (?3 = 0 OR r.team_id = ?3) AND (?4 = 0 OR r.organisation_id = ?4)" \
  " AND r.updated_at >= ?5 AND r.updated_at < ?6 ORDER BY r.updated_at DESC, r.id DESC LIMIT ?7) "
#define TEAM_ZONE(team, service) \
  "COALESCE((SELECT cal.zone FROM party t JOIN calendar cal ON cal.id = t.calendar_id WHERE t.id = " team ")," \
  " (SELECT cal.zone FROM service s JOIN calendar cal ON cal.id = s.calendar_id WHERE " service " LIMIT 1), '')"

/* conditions: agreed with the first promise, -1 no promise. bar_met: 1, 0, -1 no hour wished or not done. elsewhere: -1 not declined. */
typedef struct {
  int64_t id, conditions, asked_back, elsewhere, since_at, heard_at, rework, reported, bar_by, done_at, bad, switches, repeats;
  Str zone, place, outcome, state, sorted, moment_kind, channel;
} Looked;

static Err looked_at(Cx *cx, const Val *vals, size_t n, Rows *ret) {
  static const Col cols[] = {
    COL(Looked, id), COL(Looked, conditions), COL(Looked, asked_back), COL(Looked, elsewhere), COL(Looked, since_at), COL(Looked, heard_at), COL(Looked, rework),
    COL(Looked, reported), COL(Looked, bar_by), COL(Looked, done_at), COL(Looked, bad), COL(Looked, switches), COL(Looked, repeats), COL(Looked, zone),
    COL(Looked, place), COL(Looked, outcome), COL(Looked, state), COL(Looked, sorted), COL(Looked, moment_kind), COL(Looked, channel),
  };
  static const Shape shape = SHAPE(Looked, cols);
  return db_rows_(cx, &shape, ret, SQL(LOOKED_AT
    "SELECT r.id,"
    " COALESCE((SELECT CASE WHEN p.conditions <> '[]' THEN 1 ELSE 0 END FROM promise p WHERE p.request_id = r.id ORDER BY p.version LIMIT 1), -1) AS conditions,"
    " (SELECT COUNT(*) FROM act a WHERE a.request_id = r.id AND a.kind = 'ask' AND a.side = 'customer') AS asked_back,"
    " COALESCE((SELECT CASE WHEN a.body LIKE '%\"where_else\"%' THEN 1 ELSE 0 END FROM act a WHERE a.request_id = r.id AND a.kind = 'decline' ORDER BY a.seq DESC LIMIT 1), -1) AS elsewhere,"
    " r.since_at, COALESCE(f.heard_at, 0) AS heard_at, r.rework,"
    " (SELECT COUNT(*) FROM act a WHERE a.request_id = r.id AND a.kind = 'report') AS reported, r.bar_by,"
    " COALESCE((SELECT MIN(a.at) FROM act a WHERE a.request_id = r.id AND a.kind = 'report'), 0) AS done_at,"
    " COALESCE(f.bad, 0) AS bad, COALESCE(f.switches, 0) AS switches, COALESCE(f.repeats, 0) AS repeats,"
    " COALESCE((SELECT p.zone FROM party p WHERE p.id = r.asker_id), '') AS zone, " TEAM_ZONE("r.team_id", "s.id = r.service_id") " AS place,"
    " r.outcome, r.state, COALESCE(f.sorted, '') AS sorted, COALESCE(f.moment_kind, '') AS moment_kind, r.channel"
    " FROM looked r LEFT JOIN fact f ON f.request_id = r.id ORDER BY r.id"), vals, n);
}

/* What people of ours said to them, in order of requests and of who said it. */
typedef struct { int64_t request_id, author_id, at; } Said;
static Err said_to_them(Cx *cx, const Val *vals, size_t n, Rows *ret) {
  static const Col cols[] = { COL(Said, request_id), COL(Said, author_id), COL(Said, at) };
  static const Shape shape = SHAPE(Said, cols);
  return db_rows_(cx, &shape, ret, SQL(LOOKED_AT
    "SELECT m.request_id, m.author_id, m.at FROM looked r JOIN message m ON m.request_id = r.id"
    " WHERE m.side = 'provider' AND m.visibility = 'public' AND m.author_kind = 'human' ORDER BY m.request_id, m.author_id, m.at"), vals, n);
}

/* ── what the loop shows ─────────────────────────────────────────────── */

static const struct { const char *label; FigureKind kind; bool less; Eyes eyes; } signals[PROXIMITY_ITEMS] = {
  { N_("Our words came between eight and eight on their clock"), FIGURE_SHARE, false, EYES_CUSTOMER },
  { N_("Words by the one person who said most of it"), FIGURE_SHARE, false, EYES_BOTH },
  { N_("From the first attempt to a person’s words"), FIGURE_TIME, true, EYES_CUSTOMER },
  { N_("Done by the hour they wished for"), FIGURE_SHARE, false, EYES_CUSTOMER },
  { N_("What good looks like was agreed before the work"), FIGURE_SHARE, false, EYES_BOTH },
  { N_("Right the first time, without “not yet”"), FIGURE_SHARE, false, EYES_CUSTOMER },
  { N_("A no that named who can help instead"), FIGURE_SHARE, false, EYES_BOTH },
  { N_("They did not have to ask back"), FIGURE_SHARE, false, EYES_BOTH },
  { N_("Stayed with us after a broken promise"), FIGURE_SHARE, false, EYES_BOTH },
  { N_("Told of a good moment"), FIGURE_SHARE, false, EYES_CUSTOMER },
};

typedef struct { Tally share[PROXIMITY_ITEMS][DISTANCES]; Doubles heard[DISTANCES]; int64_t silent[DISTANCES]; } Seen;

static void count(Seen *s, int element, int where, bool hit) {
  s->share[element][DISTANCE_ALL].n++;
  s->share[element][DISTANCE_ALL].k += hit;
  if (where == DISTANCE_ALL) return;
  s->share[element][where].n++;
  s->share[element][where].k += hit;
}

static void see_request(Cx *cx, Seen *s, const Looked *l, int where) {
  if (l->heard_at) {
    vec_add(cx->arena, &s->heard[DISTANCE_ALL], (double)(l->heard_at - l->since_at));
    if (where != DISTANCE_ALL) vec_add(cx->arena, &s->heard[where], (double)(l->heard_at - l->since_at));
  }
  if (l->bar_by && (l->done_at || l->bar_by <= cx->now)) count(s, 3, where, l->done_at && l->done_at <= l->bar_by);
  if (l->conditions >= 0) count(s, 4, where, l->conditions > 0);
  if (l->reported) count(s, 5, where, l->rework == 0);
  if (l->elsewhere >= 0) count(s, 6, where, l->elsewhere > 0);
  if (l->heard_at) count(s, 7, where, l->asked_back == 0);
  if (str_eq(l->outcome, S("broken"))) count(s, 8, where, !str_eq(l->state, S("WITHDRAWN")));
  if (l->sorted.n) count(s, 9, where, str_eq(l->moment_kind, S("good")));
}

static int hour_there(Str zone, int64_t at) {
  int64_t local = zone_local(zone_get(zone), at) % DAY;
  return (int)(local / HOUR);
}

/* rows and words both in the order of requests. */
static void see_words(Seen *s, const Rows *rows, const Rows *words, const int *where) {
  size_t w = 0;
  for (size_t i = 0; i < rows->n; i++) {
    const Looked *l = ROW(Looked, *rows, i);
    int64_t all = 0, run = 0, most = 0, author = 0;
    for (; w < words->n && ROW(Said, *words, w)->request_id == l->id; w++) {
      const Said *m = ROW(Said, *words, w);
      if (where[i] != DISTANCE_ALL) count(s, 0, where[i], hour_there(l->zone, m->at) >= 8 && hour_there(l->zone, m->at) < 20);
      run = m->author_id == author ? run + 1 : 1;
      author = m->author_id;
      if (run > most) most = run;
      all++;
    }
    for (int64_t k = 0; k < all; k++) count(s, 1, where[i], k < most);
  }
}

static void dated(Figure *f, const ProximityScope *of, Eyes eyes, const char *name) {
  f->name = str_z(name);
  f->eyes = eyes;
  f->from = of->from;
  f->to = of->to;
}

static void signals_into(Cx *cx, const Seen *s, const ProximityScope *of, Proximity *ret) {
  for (int e = 0; e < PROXIMITY_ITEMS; e++) {
    ProximityElement *el = &ret->at[e];
    el->seen_label = signals[e].label;
    for (int d = 0; d < DISTANCES; d++) {
      el->seen[d] = signals[e].kind == FIGURE_TIME ? figure_time(cx->arena, s->heard[d].at, s->heard[d].n) : figure_share(s->share[e][d], 0);
      dated(&el->seen[d], of, signals[e].eyes, el->name);
    }
    el->seen_gap = proximity_compare(&el->seen[DISTANCE_NEAR], &el->seen[DISTANCE_FAR], signals[e].less);
  }
}

/* ── channels ────────────────────────────────────────────────────────── */

static void channels_into(const Rows *rows, const ProximityScope *of, Proximity *ret) {
  Tally good[CHANNELS_MOST] = { 0 };
  int64_t hand_offs = 0, repeats = 0;
  for (size_t i = 0; i < rows->n; i++) {
    const Looked *l = ROW(Looked, *rows, i);
    if (l->switches && l->sorted.n) { hand_offs += l->switches; repeats += l->repeats < l->switches ? l->repeats : l->switches; }
    if (!l->sorted.n) continue;
    size_t c = 0;
    while (c < ret->channel_n && !str_eq(ret->channels[c], l->channel)) c++;
    if (c == CHANNELS_MOST) continue;
    if (c == ret->channel_n) ret->channels[ret->channel_n++] = l->channel;
    good[c].n++;
    good[c].k += str_eq(l->sorted, S("yes")) && !l->bad;
  }
  for (size_t c = 0; c < ret->channel_n; c++) { ret->good[c] = figure_share(good[c], 0); dated(&ret->good[c], of, EYES_CUSTOMER, "good-verdict"); }
  ret->compared = parity_seamless(good, ret->channel_n, 5, &ret->parity);
  ret->carried = figure_share((Tally){ hand_offs - repeats, hand_offs }, 0);
  dated(&ret->carried, of, EYES_CUSTOMER, "carried");
}

/* ── what people say ─────────────────────────────────────────────────── */

/* The newest cards of each kind that were answered, or are over: ?7 of either. */
#define CARDS_OF(kind) \
  "SELECT * FROM (SELECT c.* FROM card c WHERE " SIGHT_TEAM("c.team_id") " AND (?3 = 0 OR c.team_id = ?3) AND (?4 = 0 OR c.organisation_id = ?4)" \
  " AND c.instrument = '" kind "' AND c.asked_at >= ?5 AND c.asked_at < ?6 AND (c.score >= 0 OR (c.answered_at = 0 AND c.ends_at <= ?8))" \
  " ORDER BY c.asked_at DESC LIMIT ?7) " kind "_cards"
#define CARDS "WITH looked AS (" CARDS_OF("near") " UNION ALL " CARDS_OF("proximity") ")"

/* item "": it kept silent. */
typedef struct { int64_t card, value, score; Str instrument, item, zone, place; } Line;
static Err lines(Cx *cx, const Val *vals, size_t n, Rows *ret) {
  static const Col cols[] = { COL(Line, card), COL(Line, value), COL(Line, score), COL(Line, instrument), COL(Line, item), COL(Line, zone), COL(Line, place) };
  static const Shape shape = SHAPE(Line, cols);
  return db_rows_(cx, &shape, ret,
    SQL(CARDS " SELECT c.id AS card, COALESCE(a.value, 0) AS value, c.score, c.instrument, COALESCE(a.item, '') AS item,"
        " COALESCE((SELECT p.zone FROM party p WHERE p.id = c.asked_of), '') AS zone, " TEAM_ZONE("c.team_id", "s.team_id = c.team_id") " AS place"
        " FROM looked c LEFT JOIN response a ON a.card_id = c.id ORDER BY c.id, a.item"), vals, n);
}

typedef struct { Doubles item[PROXIMITY_ITEMS][DISTANCES], index[DISTANCES], picture[DISTANCES], whole; double card[PROXIMITY_ITEMS]; size_t card_n; int64_t silent[DISTANCES], silent_picture[DISTANCES]; } Heard;

static void both(Cx *cx, Doubles to[DISTANCES], int where, double v) {
  vec_add(cx->arena, &to[DISTANCE_ALL], v);
  if (where != DISTANCE_ALL) vec_add(cx->arena, &to[where], v);
}

static void hear(Cx *cx, Heard *h, const Instrument *in, const Line *l, int where, bool first) {
  if (l->score < 0) {                                    /* their time is over without a word: it stands beside what the others say */
    int64_t *n = str_eq(l->instrument, S("near")) ? h->silent_picture : h->silent;
    n[DISTANCE_ALL]++;
    if (where != DISTANCE_ALL) n[where]++;
    return;
  }
  if (first) { both(cx, str_eq(l->instrument, S("near")) ? h->picture : h->index, where, (double)l->score / 100); h->card_n = 0; }
  if (str_eq(l->instrument, S("near"))) return;
  for (int e = 0; e < PROXIMITY_ITEMS; e++) {
    if (!str_eq(l->item, str_z(in->items[e].name))) continue;
    both(cx, h->item[e], where, 100. * (double)(l->value - 1) / 6);
    h->card[e] = (double)l->value;
    h->card_n++;
  }
  if (h->card_n == PROXIMITY_ITEMS) for (int e = 0; e < PROXIMITY_ITEMS; e++) vec_add(cx->arena, &h->whole, h->card[e]);
}

static void said_into(Cx *cx, const Heard *h, const ProximityScope *of, Proximity *ret) {
  for (int d = 0; d < DISTANCES; d++) {
    for (int e = 0; e < PROXIMITY_ITEMS; e++) {
      ret->at[e].said[d] = figure_index(h->item[e][d].at, h->item[e][d].n, h->silent[d]);
      dated(&ret->at[e].said[d], of, EYES_CUSTOMER, ret->at[e].name);
    }
    ret->index[d] = figure_index(h->index[d].at, h->index[d].n, h->silent[d]);
    ret->picture[d] = figure_index(h->picture[d].at, h->picture[d].n, h->silent_picture[d]);
    dated(&ret->index[d], of, EYES_CUSTOMER, "proximity");
    dated(&ret->picture[d], of, EYES_CUSTOMER, "near");
  }
  for (int e = 0; e < PROXIMITY_ITEMS; e++) ret->at[e].said_gap = proximity_compare(&ret->at[e].said[DISTANCE_NEAR], &ret->at[e].said[DISTANCE_FAR], false);
  ret->index_gap = proximity_compare(&ret->index[DISTANCE_NEAR], &ret->index[DISTANCE_FAR], false);
  ret->picture_gap = proximity_compare(&ret->picture[DISTANCE_NEAR], &ret->picture[DISTANCE_FAR], false);
  size_t people = h->whole.n / PROXIMITY_ITEMS;
  if (people >= PROXIMITY_ALPHA_LEAST && proximity_alpha(cx->arena, h->whole.at, people, PROXIMITY_ITEMS, &ret->alpha)) ret->alpha_n = (int64_t)people;
}

static Err said(Cx *cx, const Val *vals, size_t n, const ProximityScope *of, Str fallback, Proximity *ret) {
  const Instrument *in = instrument_named(S("proximity"));
  Heard *h = NEW(cx->arena, Heard);
  Rows rows;
  TRY(lines(cx, vals, n, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Line *l = ROW(Line, rows, i);
    hear(cx, h, in, l, distance_of(cx, l->zone, l->place.n ? l->place : fallback), i == 0 || ROW(Line, rows, i - 1)->card != l->card);
  }
  said_into(cx, h, of, ret);
  return E_OK;
}

/* ── the whole ───────────────────────────────────────────────────────── */

static Err seen(Cx *cx, const Val *vals, size_t n, const ProximityScope *of, Str fallback, Proximity *ret) {
  Seen *s = NEW(cx->arena, Seen);
  Rows rows, words;
  TRY(looked_at(cx, vals, n, &rows));
  TRY(said_to_them(cx, vals, n, &words));
  int *where = NEW_N(cx->arena, int, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) {
    const Looked *l = ROW(Looked, rows, i);
    where[i] = distance_of(cx, l->zone, l->place.n ? l->place : fallback);
    ret->unknown += where[i] == DISTANCE_ALL;
    see_request(cx, s, l, where[i]);
  }
  see_words(s, &rows, &words, where);
  ret->requests = (int64_t)rows.n;
  ret->sampled = rows.n == PROXIMITY_SAMPLE;
  signals_into(cx, s, of, ret);
  channels_into(&rows, of, ret);
  return E_OK;
}

Err proximity_get(Cx *cx, const ProximityScope *of, Proximity *ret) {
  const Instrument *in = instrument_named(S("proximity"));
  int64_t breadth;
  Str zone;
  *ret = (Proximity){ 0 };
  TRY(sight_breadth(cx, &breadth));
  TRY(setting_get(cx, S("place.zone"), &zone));
  for (int e = 0; e < PROXIMITY_ITEMS; e++) { ret->at[e].name = in->items[e].name; ret->at[e].words = in->items[e].words; }
  const Val vals[] = { V(cx->actor.only_request ? (int64_t)0 : SIGHT_VIEWER(cx)), V(breadth), V(of->team), V(of->organisation), V(of->from), V(of->to), V(PROXIMITY_SAMPLE), V(cx->now) };
  TRY(seen(cx, vals, COUNT(vals) - 1, of, zone, ret));
  return said(cx, vals, COUNT(vals), of, zone, ret);
}

Err proximity_organisations(Cx *cx, Rows *ret) {
  static const Col cols[] = { COL(Named, id), COL(Named, name) };
  static const Shape shape = SHAPE(Named, cols);
  int64_t breadth;
  TRY(sight_breadth(cx, &breadth));
  return db_rows(cx, &shape, ret,
    SQL("SELECT o.id, o.name FROM party o WHERE o.kind = 'organisation' AND EXISTS (SELECT 1 FROM request r WHERE r.organisation_id = o.id AND " SIGHT_TEAM("r.team_id") ")"
        " ORDER BY o.name, o.id LIMIT 200"), V(cx->actor.only_request ? (int64_t)0 : SIGHT_VIEWER(cx)), V(breadth));
}
