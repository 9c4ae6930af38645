/* desk/demo_cards.c: the cards of the sample's past: asked every now and then, answered by some of those asked. How near people
   feel has to do with where they are, who serves them, and themselves; as it has. Drawn with the sample's seed, not with the
   site's key: the same cards wherever the sample is made. */
#include <assert.h>
#include "base/zone.h"
#include "desk/card.h"
#include "desk/demo_place.h"
#include "store/fill.h"

enum { PAST = 120, BATCH = 2000 };       /* days; people at once */

static const char *const glad[] = {
  "They call back. Nobody else does.", "I have never had to ask twice.", "Grace knew my name and my night shifts.", "You hear it before it is late.",
  "Resolvem mesmo.", "Man fühlt sich ernst genommen.", "Snel, en met een glimlach.",
};
static const char *const sorry[] = {
  "Good people, too few of them.", "From Manila the desk opens when I go to bed.", "Three times the same question about my badge.", "I never know who has it now.",
  "Demora sempre mais do que dizem.", "The form knew less about me than the guard at the gate.",
};

/* Near normal, mean 0, spread 1. */
static double mood(Rng *rng) {
  double s = 0;
  for (int i = 0; i < 6; i++) s += rng_unit(rng);
  return (s - 3) * 1.414;
}

static int64_t on_scale(double v, int lo, int hi) { int64_t r = (int64_t)(v + (v < 0 ? -.5 : .5)); return r < lo ? lo : r > hi ? hi : r; }

/* What distance takes from each element of proximity: most from being close by and reaching a person, nothing from being right. */
static const double by_distance[INSTRUMENT_ITEMS] = { 1.7, .5, 1.1, .8, .2, 0, .2, .3, .4, .5 };
static const double of_element[INSTRUMENT_ITEMS] = { -.6, -.3, .1, -.4, .3, .4, .3, .5, -.1, .2 };
static const double of_side[] = { .2, -.1, .4, .0, -.3 };
static const double of_team[DEMO_TEAMS] = { .3, .1, -.5, -.2, 0 };

typedef struct { int64_t asker, organisation, team, at; double mood; bool far; const Instrument *in; int team_no; } Asked;

static void answer(DemoPlace *p, const Asked *k, int64_t v[INSTRUMENT_ITEMS]) {
  Rng *rng = &p->says;
  bool should = !strcmp(k->in->name, "expected");
  for (size_t i = 0; i < INSTRUMENT_ITEMS; i++) v[i] = -1;
  for (size_t i = 0; i < k->in->n; i++) {
    double m = k->mood + of_team[k->team_no] + .6 * mood(rng);
    if (k->in->hi == 10) v[i] = on_scale(8.1 + 1.5 * m - (k->far ? .9 : 0), 0, 10);
    else if (k->in->picture) v[i] = on_scale(4.7 + .9 * m - (k->far ? 1.1 : 0), 1, 7);
    else if (should) v[i] = on_scale(6.2 + .6 * mood(rng) - (i == 0 ? 1.2 : 0), 1, 7);
    else if (k->in->n == INSTRUMENT_ITEMS) v[i] = on_scale(5.2 + .9 * m + of_element[i] - (k->far ? by_distance[i] : 0), 1, 7);
    else v[i] = on_scale(5.3 + .9 * m + of_side[i] - (k->far ? .4 : 0), 1, 7);
    if (k->in->n > 1 && !rng_below(rng, 25)) v[i] = -1;
  }
}

typedef struct { Fill cards, responses; } Fills;

static void card_row(const Cx *cx, DemoPlace *p, Fills *f, const Asked *k, int64_t id) {
  Rng *rng = &p->says;
  int64_t v[INSTRUMENT_ITEMS], answered = 0, reminded = 0, score = -1, share = k->in->share * 10000;
  const char *words = "";
  if (rng_below(rng, 100) < (k->in->n > 1 ? 54 : 64)) answered = k->at + (int64_t)rng_below(rng, 4 * DAY);
  else if (!rng_below(rng, 5)) answered = k->at + CARD_REMIND + (int64_t)rng_below(rng, 3 * DAY);
  if (answered >= cx->now) answered = 0;
  if ((!answered || answered > k->at + CARD_REMIND) && k->at + CARD_REMIND < cx->now) reminded = k->at + CARD_REMIND;
  if (answered) {
    answer(p, k, v);
    score = instrument_score(k->in, v);
    for (size_t i = 0; i < k->in->n; i++) if (v[i] >= 0) fill_row(&f->responses, V(id), V(str_z(k->in->items[i].name)), V(v[i]));
    if (!rng_below(rng, 7)) words = k->mood > 0 ? glad[rng_below(rng, COUNT(glad))] : sorry[rng_below(rng, COUNT(sorry))];
  }
  fill_row(&f->cards, V(id), V(str_z(k->in->name)), V(k->asker), V(k->team), V(k->organisation), V(rng_below(rng, 3) ? S("mail") : S("page")), V(k->at / DAY),
           V(rng_below(rng, (uint64_t)share)), V(share), V(k->at), V(k->at + CARD_LIFE), V(reminded), V(answered), V(score), V(str_z(words)));
}

/* The next card whose turn it is again; NULL: none. */
static const Instrument *next_of(int64_t at, size_t from, int64_t last[]) {
  for (size_t i = 0; i < instrument_count(); i++) {
    size_t k = (from + i) % instrument_count();
    const Instrument *in = instrument_at(k);
    if (last[k] && (!in->every_days || at - last[k] < in->every_days * DAY)) continue;
    last[k] = at;
    return in;
  }
  return NULL;
}

/* The cards of one person over the past. */
static void person_asked(Cx *cx, DemoPlace *p, size_t who, bool far, Asked *to, size_t most, size_t *n) {
  enum { KINDS = 8 };
  int64_t last[KINDS] = { 0 };
  size_t first = rng_below(&p->says, instrument_count());
  double own = mood(&p->says);
  assert(instrument_count() <= KINDS);
  for (int64_t at = cx->now - PAST * DAY + (int64_t)rng_below(&p->says, 14 * DAY); at < cx->now - 8 * DAY && *n < most; ) {
    int team = (int)rng_below(&p->says, 4);
    const Instrument *in = next_of(at, first++, last);
    if (in) to[(*n)++] = (Asked){ .asker = p->askers[who], .organisation = p->employers[who], .team = p->teams[team], .team_no = team, .at = at, .mood = own, .far = far, .in = in };
    at += (8 + (int64_t)rng_below(&p->says, 12)) * DAY + (int64_t)rng_below(&p->says, 6 * HOUR);
  }
}

static bool far_away(const Cx *cx, const char *zone) {
  const Zone *here = zone_get(S("Europe/Lisbon")), *there = zone_get(str_z(zone));
  int64_t apart = here && there ? zone_east(there, cx->now) - zone_east(here, cx->now) : 0;
  return (apart < 0 ? -apart : apart) >= 3 * HOUR;
}

static Err written(Cx *cx, DemoPlace *p, const Asked *at, size_t n) {
  int64_t *ids;
  Fills f = { fill_new(cx, SQL("card"), SQL("id, instrument, asked_of, team_id, organisation_id, channel, day, draw, below, asked_at, ends_at, reminded_at, answered_at, score, words")),
              fill_new(cx, SQL("response"), SQL("card_id, item, value")) };
  TRY(fill_ids(cx, SQL("card"), n, &ids));
  for (size_t i = 0; i < n; i++) card_row(cx, p, &f, &at[i], ids[i]);
  TRY(fill_write(cx, &f.cards));
  return fill_write(cx, &f.responses);
}

static Err some(Cx *cx, DemoPlace *p, size_t from, size_t n) {
  enum { EACH = 16 };
  Asked *at = NEW_N(cx->arena, Asked, n * EACH);
  size_t asked = 0;
  for (size_t i = from; i < from + n; i++) {
    person_asked(cx, p, i, i < demo_asker_count && far_away(cx, demo_askers[i].zone), at, n * EACH, &asked);
  }
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(written(cx, p, at, asked));
  return tx_commit(&tx);
}

Err demo_cards_make(Cx *cx, DemoPlace *p) {
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *batch = arena_new((size_t)1 << 29);
  for (size_t i = 0; i < p->asker_n; i += BATCH) {
    cx->arena = batch;
    Err e = some(cx, p, i, p->asker_n - i < BATCH ? p->asker_n - i : BATCH);
    if (e) cx->why = str_dup(outer, cx->why);
    cx->arena = outer;
    TRY(e);
    arena_reset(batch);
  }
  return E_OK;
}

/* The picture in their first weeks, the ten lines a month after; whom the lot falls on. */
Err demo_cards_walked(Cx *cx, DemoPlace *p, const int64_t *people, const int64_t *begun, size_t n, int64_t team, Rng rng) {
  static const struct { const char *name; int from, span; } kinds[] = { { "near", 15, 12 }, { "proximity", 36, 24 } };
  Asked *at = NEW_N(cx->arena, Asked, n * COUNT(kinds) + 1);
  Rng kept = p->says;
  size_t asked = 0;
  p->says = rng;
  for (size_t i = 0; i < n; i++) {
    double own = mood(&p->says);
    for (size_t k = 0; k < COUNT(kinds); k++) {
      int64_t when = begun[i] + kinds[k].from * DAY + (int64_t)rng_below(&p->says, (uint64_t)(kinds[k].span * DAY));
      if (rng_below(&p->says, 100) < 78 && when < cx->now)
        at[asked++] = (Asked){ .asker = people[i], .organisation = p->houses[0], .team = team, .team_no = 1, .at = when, .mood = own, .in = instrument_named(str_z(kinds[k].name)) };
    }
  }
  Err e = written(cx, p, at, asked);
  p->says = kept;
  return e;
}
