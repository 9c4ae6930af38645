/* desk/instrument.c: the questions, and how often they are asked. */
#include "desk/instrument.h"
#include "desk/setting.h"

#define RATER_ITEMS \
  { "tangibles", N_("What they hand over is well made and looked after.") }, { "reliability", N_("They do what they said, when they said.") }, \
  { "assurance", N_("They know what they are doing.") }, { "empathy", N_("They see me and what I need.") }, \
  { "responsiveness", N_("They are quick to help.") }

static const Instrument instruments[] = {
  { .name = "recommend", .every_days = 90, .share = 7, .title = N_("Recommend score"), .ask = N_("How likely is it that you would recommend %s to a colleague?"),
    .how = "", .low = N_("not likely at all"), .high = N_("as good as certain"), .why = N_("Why, in a sentence?"), .lo = 0, .hi = 10,
    .items = { { "recommend", "" } }, .n = 1, .least = 1 },
  { .name = "near", .every_days = 90, .share = 7, .title = N_("How near, as a picture"), .ask = N_("How near are you and %s?"),
    .how = N_("One circle is you, the other one is them. Choose the picture that fits best."), .low = N_("far apart"), .high = N_("very near"),
    .why = N_("What makes it so?"), .lo = 1, .hi = 7, .items = { { "near", "" } }, .n = 1, .least = 1, .picture = true },
  { .name = "proximity", .every_days = 180, .share = 4, .title = N_("Perceived proximity, ten elements"), .ask = N_("What is it like to have %s at your side?"),
    .how = N_("1 is not at all, 7 is fully. Leave out what you cannot say."), .low = N_("not at all"), .high = N_("fully"),
    .why = N_("What should they know?"), .lo = 1, .hi = 7, .n = 10, .least = 8,
    .items = {
      { "closeness",   N_("They feel close by, wherever they are.") },
      { "connection",  N_("They know me, not just my case.") },
      { "human",       N_("I could reach a person when I wanted one.") },
      { "timeliness",  N_("They moved at the pace I needed.") },
      { "purpose",     N_("We were after the same outcome.") },
      { "correctness", N_("I trust that what they told me is right.") },
      { "motives",     N_("They acted in my interest.") },
      { "clarity",     N_("I understood what they said.") },
      { "benefit",     N_("If something slips, I assume good reasons.") },
      { "feeling",     N_("Dealing with them felt good.") } } },
  { .name = "rater", .every_days = 90, .share = 4, .title = N_("Service as it is, five sides"), .ask = N_("How is %s, as a whole?"),
    .how = N_("1 is not at all, 7 is fully. Leave out what you cannot say."), .low = N_("not at all"), .high = N_("fully"),
    .why = N_("What would make it better?"), .lo = 1, .hi = 7, .items = { RATER_ITEMS }, .n = 5, .least = 4 },
  { .name = "expected", .every_days = 0, .share = 2, .title = N_("Service as it should be, five sides"), .ask = N_("How should a really good %s be?"),
    .how = N_("We ask this once. 1 does not matter, 7 matters most."), .low = N_("does not matter"), .high = N_("matters most"),
    .why = N_("What matters most to you?"), .lo = 1, .hi = 7, .items = { RATER_ITEMS }, .n = 5, .least = 4 },
};

size_t instrument_count(void) { return COUNT(instruments); }
const Instrument *instrument_at(size_t i) { return i < COUNT(instruments) ? &instruments[i] : NULL; }

const Instrument *instrument_named(Str name) {
  for (size_t i = 0; i < COUNT(instruments); i++) if (str_eq(name, str_z(instruments[i].name))) return &instruments[i];
  return NULL;
}

int64_t instrument_score(const Instrument *in, const int64_t values[INSTRUMENT_ITEMS]) {
  int64_t sum = 0, n = 0;
  for (size_t i = 0; i < in->n; i++)
    if (values[i] >= in->lo && values[i] <= in->hi) { sum += values[i] - in->lo; n++; }
  if (n < (int64_t)in->least) return -1;
  if (in->hi == 10) return sum;
  return (2 * 10000 * sum + n * (in->hi - in->lo)) / (2 * n * (in->hi - in->lo));       /* to the nearest */
}

/* ── how often ───────────────────────────────────────────────────────── */

Err cadence_get(Cx *cx, const Instrument *in, Cadence *ret) {
  static const Col cols[] = { COL(Cadence, is_on), COL(Cadence, every_days), COL(Cadence, share), COL(Cadence, changed_at), COL(Cadence, name), COL(Cadence, changed_by) };
  static const Shape shape = SHAPE(Cadence, cols);
  Err e = db_one(cx, &shape, ret,
    SQL("SELECT i.is_on, i.every_days, i.share, i.changed_at, i.name, (SELECT name FROM party WHERE id = i.changed_by) AS changed_by"
        " FROM instrument i WHERE i.name = ?1"), V(str_z(in->name)));
  if (e == E_ABSENT) *ret = (Cadence){ .is_on = 1, .every_days = in->every_days, .share = in->share, .name = str_z(in->name) };
  return e == E_ABSENT ? E_OK : e;
}

static Err may_set(Cx *cx) {
  return cx->actor.administers || cx->actor.system ? E_OK : fail(cx, E_DENIED, N_("Only those who look after the desk change this."));
}

Err cadence_set(Cx *cx, const Instrument *in, const Cadence *c) {
  TRY(may_set(cx));
  if (c->every_days && (c->every_days < 30 || c->every_days > 730)) return fail_field(cx, "every_days", N_("Between 30 and 730 days, or 0 to ask once."));
  if (c->share < 1 || c->share > 50) return fail_field(cx, "share", N_("Between 1 and 50 of a hundred a day."));
  return db_run(cx, SQL("INSERT INTO instrument(name, is_on, every_days, share, changed_by, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (name)"
                        " DO UPDATE SET is_on = excluded.is_on, every_days = excluded.every_days, share = excluded.share,"
                        " changed_by = excluded.changed_by, changed_at = excluded.changed_at"),
                V(str_z(in->name)), V((int64_t)(c->is_on != 0)), V(c->every_days), V(c->share), VID(cx->actor.party), V(cx->now));
}

enum { REST = 7, REST_MOST = 60 };

Err cadence_rest(Cx *cx, int64_t *ret) {
  Str said;
  TRY(setting_get(cx, S("cards.rest"), &said));
  if (!said.n || !str_int(said, ret)) *ret = REST;
  return E_OK;
}

Err cadence_rest_set(Cx *cx, int64_t days) {
  TRY(may_set(cx));
  if (days < 0 || days > REST_MOST) return fail_field(cx, "rest", N_("Between 0 and 60 days."));
  return setting_set(cx, S("cards.rest"), str_fmt(cx->arena, "%lld", (long long)days));
}
