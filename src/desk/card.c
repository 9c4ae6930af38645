/* desk/card.c: see card.h. The lot is an HMAC of instrument, day and person with a key of its own. */
#include "desk/card.h"
#include <stdio.h>
#include "base/zone.h"
#include "desk/card_day.h"
#include "desk/link.h"
#include "desk/memory.h"
#include "desk/outbox.h"
#include "desk/setting.h"
#include "desk/site.h"
#include "measure/receptive.h"

static const Col card_cols[] = {
  COL(Card, id), COL(Card, asked_of), COL(Card, team_id), COL(Card, organisation_id), COL(Card, day), COL(Card, draw), COL(Card, below),
  COL(Card, asked_at), COL(Card, ends_at), COL(Card, reminded_at), COL(Card, answered_at), COL(Card, score), COL(Card, instrument), COL(Card, channel),
  COL(Card, words), COL(Card, person), COL(Card, team),
};
static const Shape card_shape = SHAPE(Card, card_cols);
#define CARD_COLS "c.id, c.asked_of, c.team_id, c.organisation_id, c.day, c.draw, c.below, c.asked_at, c.ends_at, c.reminded_at, c.answered_at, c.score," \
  " c.instrument, c.channel, c.words, (SELECT name FROM party WHERE id = c.asked_of) AS person, (SELECT name FROM party WHERE id = c.team_id) AS team"

/* ── reading ─────────────────────────────────────────────────────────── */

Err card_get(Cx *cx, int64_t id, Card *ret) {
  Err e = db_one(cx, &card_shape, ret, SQL("SELECT " CARD_COLS " FROM card c WHERE c.id = ?1 AND (c.asked_of = ?2 OR ?3 <> 0)"),
                 V(id), V(cx->actor.party), V(cx->actor.system));
  return e == E_ABSENT ? fail(cx, e, N_("There is no such card for you.")) : e;
}

Err card_values(Cx *cx, const Card *c, int64_t ret[INSTRUMENT_ITEMS]) {
  typedef struct { int64_t value; Str item; } Answer;
  static const Col cols[] = { COL(Answer, value), COL(Answer, item) };
  static const Shape shape = SHAPE(Answer, cols);
  const Instrument *in = instrument_named(c->instrument);
  Rows rows;
  for (size_t i = 0; i < INSTRUMENT_ITEMS; i++) ret[i] = -1;
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT value, item FROM response WHERE card_id = ?1"), V(c->id)));
  for (size_t i = 0; in && i < in->n; i++)
    for (size_t k = 0; k < rows.n; k++)
      if (str_eq(ROW(Answer, rows, k)->item, str_z(in->items[i].name))) ret[i] = ROW(Answer, rows, k)->value;
  return E_OK;
}

Err card_of(Cx *cx, int64_t person, Rows *ret) {
  if (cx->actor.party != person && !cx->actor.administers && !cx->actor.system) return fail(cx, E_DENIED, N_("Only the person themselves can see this."));
  return db_rows(cx, &card_shape, ret, SQL("SELECT " CARD_COLS " FROM card c WHERE c.asked_of = ?1 ORDER BY c.id DESC"), V(person));
}

Err card_waiting(Cx *cx, int64_t person, Card *ret) {
  if (cx->actor.party != person) return E_ABSENT;
  return db_one(cx, &card_shape, ret, SQL("SELECT " CARD_COLS " FROM card c WHERE c.asked_of = ?1 AND c.answered_at = 0 AND c.ends_at > ?2 ORDER BY c.id DESC LIMIT 1"),
                V(person), V(cx->now));
}

bool card_over(const Card *c, int64_t now) { return now >= c->ends_at; }

/* ── the way in ──────────────────────────────────────────────────────── */

#define PURPOSE "cardlink"

Str card_token(Cx *cx, int64_t id) {
  Str number = str_fmt(cx->arena, "%lld", (long long)id);
  return str_cat(cx->arena, number, S("-"), site_sign(cx->arena, cx->site, PURPOSE, number));
}

/* Who holds the signed way in acts as the one it was given to, and sees nothing but the card. */
Err card_open(Cx *cx, Str token, Card *ret) {
  Str number, sign;
  int64_t id;
  bool mailed = str_cut(token, '-', &number, &sign);
  if (!str_int(number, &id) || (mailed && !site_signed(cx->site, PURPOSE, number, sign)))
    return fail(cx, E_ABSENT, N_("This link was not copied whole. Open it from the mail once more."));
  if (!mailed) return card_get(cx, id, ret);
  Actor was = cx->actor;
  cx->actor = (Actor){ .system = true };
  Err e = card_get(cx, id, ret);
  cx->actor = e ? was : (Actor){ .party = ret->asked_of, .only_request = LINK_NO_REQUEST };
  return e;
}

/* ── answering ───────────────────────────────────────────────────────── */

/* What it counted as so far is read anew, and nobody else answers meanwhile. */
static Err keep_answer(Cx *cx, const Card *c, int64_t score, Str words) {
  Card was;
  TRY(db_run(cx, SQL("UPDATE card SET words = ?2 WHERE id = ?1"), V(c->id), V(words)));
  TRY(db_one(cx, &card_shape, &was, SQL("SELECT " CARD_COLS " FROM card c WHERE c.id = ?1"), V(c->id)));
  TRY(card_day_add(cx, &was, was.answered_at ? was.score : CARD_NO_ANSWER, -1));
  TRY(card_day_add(cx, &was, score, 1));
  return db_run(cx, SQL("UPDATE card SET answered_at = CASE WHEN answered_at = 0 THEN ?2 ELSE answered_at END, score = ?3 WHERE id = ?1"), V(c->id), V(cx->now), V(score));
}

Err card_answer(Cx *cx, const Card *c, const int64_t values[INSTRUMENT_ITEMS], Str words) {
  const Instrument *in = instrument_named(c->instrument);
  size_t said = 0;
  if (cx->actor.party != c->asked_of || !in) return fail(cx, E_DENIED, N_("This card was given to somebody else."));
  if (card_over(c, cx->now)) return fail(cx, E_CONFLICT, N_("This card is closed. Thank you all the same."));
  for (size_t i = 0; i < in->n; i++) {
    if (values[i] == -1) continue;
    if (values[i] < in->lo || values[i] > in->hi) return fail_field(cx, "items", N_("Choose a number of the scale."));
    said++;
  }
  if (!said) return fail_field(cx, "items", N_("Choose an answer first."));
  TRY(db_run(cx, SQL("DELETE FROM response WHERE card_id = ?1"), V(c->id)));
  for (size_t i = 0; i < in->n; i++)
    if (values[i] >= 0) TRY(db_run(cx, SQL("INSERT INTO response(card_id, item, value) VALUES (?1, ?2, ?3)"), V(c->id), V(str_z(in->items[i].name)), V(values[i])));
  return keep_answer(cx, c, instrument_score(in, values), str_utf8_head(str_trim(words), 4000));
}

/* ── the lot ─────────────────────────────────────────────────────────── */

enum { WHOLE = 1000000 };

static int64_t drawn(const Site *site, Str of) {
  unsigned char mac[32];
  uint64_t v = 0;
  site_mac(site, "cardlot.", of, mac);
  for (int i = 0; i < 7; i++) v = v << 8 | mac[i];
  return (int64_t)(v % WHOLE);                           /* 2^56 over a million: even to one in 10^10 */
}

int64_t card_draw(const Site *site, Str instrument, int64_t day, int64_t person) {
  char text[96];
  int n = snprintf(text, sizeof text, "%.*s %lld %lld", (int)(instrument.n < 32 ? instrument.n : 32), instrument.p, (long long)day, (long long)person);
  return drawn(site, (Str){ text, (size_t)n });
}

/* request: asked before about this very one does not count. */
static Err resting_but(Cx *cx, int64_t person, int64_t request, bool *ret) {
  int64_t days, n;
  TRY(cadence_rest(cx, &days));
  TRY(db_int(cx, &n, SQL("SELECT (SELECT COUNT(*) FROM card WHERE asked_of = ?1 AND asked_at > ?2)"
                         " + (SELECT COUNT(*) FROM verdict WHERE asked_of = ?1 AND asked_at > ?2 AND more = 1 AND request_id <> ?3)"
                         " + (SELECT COUNT(*) FROM worth_asked WHERE asked_of = ?1 AND asked_at > ?2)"),
             V(person), V(cx->now - days * DAY), V(request)));
  *ret = n > 0;
  return E_OK;
}
Err card_resting(Cx *cx, int64_t person, bool *ret) { return resting_but(cx, person, 0, ret); }

Err card_rested_at(Cx *cx, int64_t person, int64_t *ret) {
  int64_t days, last;
  TRY(cadence_rest(cx, &days));
  TRY(db_int(cx, &last, SQL("SELECT COALESCE(MAX(at), 0) FROM (SELECT MAX(asked_at) AS at FROM card WHERE asked_of = ?1"
                            " UNION ALL SELECT MAX(asked_at) AS at FROM verdict WHERE asked_of = ?1 AND more = 1"
                            " UNION ALL SELECT MAX(asked_at) AS at FROM worth_asked WHERE asked_of = ?1) q"), V(person)));
  *ret = last && last + days * DAY > cx->now ? last + days * DAY : 0;
  return E_OK;
}

Err card_verdict_full(Cx *cx, const Request *r, bool *ret) {
  int64_t before, open;
  *ret = true;
  if (str_eq(r->kind, S("complaint"))) return E_OK;
  TRY(db_int(cx, &before, SQL("SELECT COUNT(*) FROM (SELECT 1 FROM verdict WHERE asked_of = ?1 AND request_id <> ?2 LIMIT 1) q"), V(r->asker_id), V(r->id)));
  if (!before) return E_OK;
  bool resting;
  TRY(resting_but(cx, r->asker_id, r->id, &resting));
  *ret = !resting;
  if (resting) return E_OK;
  TRY(db_int(cx, &open, SQL("SELECT COUNT(*) FROM request WHERE asker_id = ?1 AND id <> ?2 AND court = 'us'"), V(r->asker_id), V(r->id)));
  *ret = drawn(cx->site, str_fmt(cx->arena, "verdict %lld", (long long)r->id)) < WHOLE / (open + 1);
  return E_OK;
}

/* ── whom it falls on ────────────────────────────────────────────────── */

typedef struct { int64_t id; } Id;
static const Col id_cols[] = { COL(Id, id) };
static const Shape id_shape = SHAPE(Id, id_cols);

/* Everybody who could be drawn: asked for something lately that came to an end, and not for the first time today. */
static Err people(Cx *cx, Rows *ret) {
  return db_rows(cx, &id_shape, ret,
    SQL("SELECT p.id FROM party p WHERE p.kind = 'person' AND p.disabled_at = 0"
        " AND EXISTS (SELECT 1 FROM request r WHERE r.asker_id = p.id AND r.updated_at > ?1 AND r.ended_at > 0)"
        " AND EXISTS (SELECT 1 FROM request r WHERE r.asker_id = p.id AND r.created_at < ?2) ORDER BY p.id"),
    V(cx->now - CARD_ACTIVE), V(cx->now - CARD_KNOWN));
}

/* Whose card it would be. .mail 0: cannot be written to; .own: they serve that team themselves; .lately: had this one not long ago. */
typedef struct { int64_t team_id, organisation_id, own, mail, lately; Str channel, team; } About;
static Err about(Cx *cx, const Cadence *c, int64_t person, About *ret) {
  static const Col cols[] = { COL(About, team_id), COL(About, organisation_id), COL(About, own), COL(About, mail), COL(About, lately), COL(About, channel), COL(About, team) };
  static const Shape shape = SHAPE(About, cols);
  return db_one(cx, &shape, ret,
    SQL("SELECT r.team_id, r.organisation_id,"
        " (SELECT COUNT(*) FROM relationship e WHERE e.from_id = ?1 AND e.to_id = r.team_id AND e.kind IN ('serves','leads')) AS own,"
        " (SELECT COUNT(*) FROM address a WHERE a.party_id = ?1 AND a.kind = 'mail' AND a.refused_until < ?2) AS mail,"
        " (SELECT COUNT(*) FROM card k WHERE k.asked_of = ?1 AND k.instrument = ?3 AND k.asked_at > ?4) AS lately, r.channel, (SELECT name FROM party WHERE id = r.team_id) AS team"
        " FROM request r WHERE r.asker_id = ?1 AND r.ended_at > 0 ORDER BY r.updated_at DESC, r.id DESC LIMIT 1"),
    V(person), V(cx->now), V(c->name), V(c->every_days ? cx->now - c->every_days * DAY : (int64_t)0));
}

static Err tell(Cx *cx, int64_t card, int64_t person, Str team, bool again) {
  int64_t out;
  return outbox_put(cx, &(OutboxNew){ .kind = S("card"), .to_id = person, .subject = team, .auto_ = true,
                                      .extra = str_fmt(cx->arena, "{\"card\":%lld,\"again\":%d}", (long long)card, again) }, &out);
}

static Err ask(Cx *cx, const Cadence *c, int64_t day, int64_t person, int64_t draw, bool *ret_asked) {
  About a;
  bool wanted, resting;
  *ret_asked = false;
  int64_t open;
  TRY(consent_get(cx, person, S("verdicts"), &wanted));
  TRY(db_int(cx, &open, SQL("SELECT COUNT(*) FROM card WHERE asked_of = ?1 AND answered_at = 0 AND ends_at > ?2"), V(person), V(cx->now)));
  if (!receptive_may_invite(open, !wanted)) return E_OK;
  TRY(card_resting(cx, person, &resting));
  if (resting) return E_OK;
  Err e = about(cx, c, person, &a);
  if (e == E_ABSENT || (!e && (a.own || !a.mail || a.lately))) { cx->why = S(""); return E_OK; }
  TRY(e);
  int64_t id;
  TRY(db_int(cx, &id, SQL("INSERT INTO card(instrument, asked_of, team_id, organisation_id, channel, day, draw, below, asked_at, ends_at)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id"),
             V(c->name), V(person), V(a.team_id), VID(a.organisation_id), V(a.channel), V(day), V(draw), V(c->share * (WHOLE / 100)), V(cx->now), V(cx->now + CARD_LIFE)));
  TRY(card_day_add(cx, &(Card){ .instrument = c->name, .team_id = a.team_id, .organisation_id = a.organisation_id, .channel = a.channel, .asked_at = cx->now }, CARD_NO_ANSWER, 1));
  *ret_asked = true;
  return tell(cx, id, person, a.team, false);
}

static Err draw_one(Cx *cx, const Instrument *in, int64_t day) {
  Cadence c;
  Rows rows;
  int64_t done;
  CardRound r = { .day = day };
  TRY(cadence_get(cx, in, &c));
  TRY(db_int(cx, &done, SQL("SELECT COUNT(*) FROM card_round WHERE day = ?1 AND instrument = ?2"), V(day), V(c.name)));
  if (done || !c.is_on) return E_OK;
  TRY(people(cx, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    int64_t person = ROW(Id, rows, i)->id, draw = card_draw(cx->site, c.name, day, person);
    bool asked;
    if (draw >= c.share * (WHOLE / 100)) continue;
    TRY(ask(cx, &c, day, person, draw, &asked));
    r.drawn++;
    r.asked += asked;
  }
  return db_run(cx, SQL("INSERT INTO card_round(day, instrument, at, people, drawn, asked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
                V(day), V(c.name), V(cx->now), V(rows.n), V(r.drawn), V(r.asked));
}

/* ── by the hour ─────────────────────────────────────────────────────── */

static Err remind(Cx *cx) {
  Rows rows;
  TRY(db_rows(cx, &card_shape, &rows,
    SQL("SELECT " CARD_COLS " FROM card c WHERE c.answered_at = 0 AND c.reminded_at = 0 AND c.asked_at <= ?1 AND c.asked_at > ?2"
        " AND NOT EXISTS (SELECT 1 FROM card_remark m WHERE m.card_id = c.id) ORDER BY c.id LIMIT 500"),
    V(cx->now - CARD_REMIND), V(cx->now - CARD_LIFE + DAY)));
  for (size_t i = 0; i < rows.n; i++) {
    const Card *c = ROW(Card, rows, i);
    bool wanted;
    TRY(consent_get(cx, c->asked_of, S("verdicts"), &wanted));
    TRY(db_run(cx, SQL("UPDATE card SET reminded_at = ?2 WHERE id = ?1"), V(c->id), V(cx->now)));
    if (wanted) TRY(tell(cx, c->id, c->asked_of, c->team, true));
  }
  return E_OK;
}

/* Mail by day: between nine and six where the place is. Which instrument comes first changes from day to day. */
Err card_round(Cx *cx) {
  Str name;
  TRY(setting_get(cx, S("place.zone"), &name));
  const Zone *zone = zone_get(name.n ? name : S("UTC"));
  int64_t local = zone ? zone_local(zone, cx->now) : cx->now, day = local / DAY, hour = local % DAY / HOUR;
  if (hour < 9 || hour >= 18) return E_OK;
  TRY(remind(cx));
  for (size_t i = 0; i < instrument_count(); i++) TRY(draw_one(cx, instrument_at((i + (size_t)day) % instrument_count()), day));
  return E_OK;
}

Err card_rounds(Cx *cx, Str instrument, size_t limit, Rows *ret) {
  static const Col cols[] = { COL(CardRound, day), COL(CardRound, at), COL(CardRound, people), COL(CardRound, drawn), COL(CardRound, asked), COL(CardRound, instrument) };
  static const Shape shape = SHAPE(CardRound, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT day, at, people, drawn, asked, instrument FROM card_round WHERE instrument = ?1 ORDER BY day DESC LIMIT ?2"),
                 V(instrument), V(limit));
}
