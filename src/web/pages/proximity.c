/* web/pages/proximity.c: the ten elements, by survey and by signal, far against near; and the channels. */
#include "web/pages/proximity.h"
#include "text/num.h"
#include "views.h"
#include "web/csv.h"
#include "web/words.h"

extern const Route proximity_routes[];

Str proximity_gap_words(const Lang *l, Gap g) {
  switch (g) {
    case GAP_NEAR_BETTER: return tr(l, "less for those far away");
    case GAP_FAR_BETTER:  return tr(l, "more for those far away");
    case GAP_NONE:        return tr(l, "no difference one could tell");
    default:              return tr(l, "too few to compare");
  }
}

Str proximity_channel(const Lang *l, Str channel) {
  static const struct { const char *channel, *words; } words[] = {
    { "mail", N_("By mail") }, { "page", N_("On the page") }, { "phone", N_("By phone") }, { "api", N_("By a program") }, { "chat", N_("By chat") }, { "visit", N_("In person") },
  };
  for (size_t i = 0; i < COUNT(words); i++) if (str_eq(channel, str_z(words[i].channel))) return tr(l, words[i].words);
  return channel;
}

Str proximity_parity_words(Arena *a, const Lang *l, const Proximity *p) {
  if (!p->compared) return tr(l, "Fewer than two channels have five verdicts: nothing can be said yet.");
  if (!p->parity.distinguishable) return tr(l, "What differs between the channels could be chance: nobody can say that it feels different.");
  bool first = p->parity.widest.value > 0;
  size_t better = first ? p->parity.a : p->parity.b, worse = first ? p->parity.b : p->parity.a;
  return tr_f(a, l, "It does not feel the same: more good verdicts %1$s than %2$s, and that is no chance.",
              str_lower(a, proximity_channel(l, p->channels[better])), str_lower(a, proximity_channel(l, p->channels[worse])));
}

/* Which element stands out, if one does: its whole interval lies above (or below) that of the other end. */
static Str sentence(Cx *cx, const Proximity *p) {
  int best = -1, worst = -1;
  for (int e = 0; e < PROXIMITY_ITEMS; e++) {
    if (p->at[e].said[DISTANCE_ALL].n < 5) continue;
    if (best < 0 || p->at[e].said[DISTANCE_ALL].value > p->at[best].said[DISTANCE_ALL].value) best = e;
    if (worst < 0 || p->at[e].said[DISTANCE_ALL].value < p->at[worst].said[DISTANCE_ALL].value) worst = e;
  }
  if (best < 0) return tr(cx->lang, "Too few people have answered the ten lines to say anything; what the loop shows stands beside them.");
  if (p->at[best].said[DISTANCE_ALL].ci.lo <= p->at[worst].said[DISTANCE_ALL].ci.hi)
    return tr(cx->lang, "No element stands out from the others so far that it could not be chance.");
  return tr_f(cx->arena, cx->lang, "Nearest: “%1$s” Furthest: “%2$s”", tr(cx->lang, p->at[best].words), tr(cx->lang, p->at[worst].words));
}

/* What was chosen, as page and file have it: anything else is as if nothing had been said. */
static Err asked(Cx *cx, const Req *q, ProximityPage *p) {
  static const int64_t days[] = { 30, 90, 365 };
  int64_t n;
  p->days = 90;
  if (req_get_int(q, "days", &n)) for (size_t i = 0; i < COUNT(days); i++) if (n == days[i]) p->days = n;
  FigureScope last = figure_last(cx, p->days);
  p->of = (ProximityScope){ .from = last.from, .to = last.to };
  if (!req_get_int(q, "team", &p->of.team) || p->of.team < 0) p->of.team = 0;
  if (!req_get_int(q, "organisation", &p->of.organisation) || p->of.organisation < 0) p->of.organisation = 0;
  if (!period_unit_of(req_get(q, "points"), &p->unit)) p->unit = UNIT_WEEK;
  TRY(proximity_line(cx, &p->of, NEARNESS_LINES, p->unit, &p->lines));
  TRY(proximity_line(cx, &p->of, NEARNESS_PICTURE, p->unit, &p->picture));
  return proximity_get(cx, &p->of, &p->p);
}

static Err page(Cx *cx, const Req *q, Res *res) {
  ProximityPage *p = NEW(cx->arena, ProximityPage);
  Shell s;
  View v;
  TRY(asked(cx, q, p));
  TRY(figure_teams(cx, &p->teams));
  TRY(proximity_organisations(cx, &p->organisations));
  p->sentence = sentence(cx, &p->p);
  p->self = page_self(cx->arena, q);
  p->query = str_fmt(cx->arena, "?days=%lld&team=%lld&organisation=%lld&points=" STR_FMT, (long long)p->days, (long long)p->of.team, (long long)p->of.organisation,
                     STR_ARG(period_unit_name(p->unit)));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "How near we feel"), RAIL_PROXIMITY, &s, &v));
  view_proximity_page(&v, &s, p);
  return E_OK;
}

/* ── the same as a file ──────────────────────────────────────────────── */

static void row(Cx *cx, Res *res, const char *part, Str which, Str distance, Str gap, Str question, const Figure *f) {
  csv_cell(res, str_z(part));
  csv_cell(res, which);
  csv_cell(res, distance);
  csv_cell(res, gap);
  csv_asked(cx, res, f, question);
}

static void far_and_near(Cx *cx, Res *res, const char *part, Str which, const char *question, const Figure *f, Gap gap) {
  static const char *const distances[] = { "all", "near", "far" };
  for (int d = 0; d < DISTANCES; d++) row(cx, res, part, which, str_z(distances[d]), gap_name(gap), tr(cx->lang, question), &f[d]);
}

static void over_time(Cx *cx, Res *res, const char *which, const Control *c) {
  for (size_t i = 0; i < c->n; i++) row(cx, res, "over-time", str_z(which), S("all"), S(""), tr(cx->lang, c->m->question), &c->points[i]);
}

static Err csv(Cx *cx, const Req *q, Res *res) {
  ProximityPage *g = NEW(cx->arena, ProximityPage);
  TRY(asked(cx, q, g));
  const Proximity *p = &g->p;
  csv_names(res, "part,which,distance,gap");
  far_and_near(cx, res, "index", S(""), g->lines.m->question, p->index, p->index_gap);
  far_and_near(cx, res, "picture", S(""), g->picture.m->question, p->picture, p->picture_gap);
  for (int e = 0; e < PROXIMITY_ITEMS; e++) {
    const ProximityElement *el = &p->at[e];
    far_and_near(cx, res, "said", str_z(el->name), el->words, el->said, el->said_gap);
    far_and_near(cx, res, "seen", str_z(el->name), el->seen_label, el->seen, el->seen_gap);
  }
  for (size_t i = 0; i < p->channel_n; i++) row(cx, res, "channel", p->channels[i], S("all"), S(""), tr(cx->lang, "Sorted at once, and no bad moment"), &p->good[i]);
  row(cx, res, "carried", S(""), S("all"), S(""), tr(cx->lang, "Changes of channel after which nothing had to be said again"), &p->carried);
  over_time(cx, res, "index", &g->lines);
  over_time(cx, res, "picture", &g->picture);
  return csv_end(cx, res, S("proximity.csv"));
}

const Route proximity_routes[] = {
  { .verb = GET, .path = "/proximity", .run = page, .may = MAY_LEAD, .cost = COST_HEAVY, .about = "How near we feel, as people say it and as the loop shows it" },
  { .verb = GET, .path = "/proximity.csv", .run = csv, .may = MAY_LEAD, .cost = COST_HEAVY, .about = "The same as a file" },
  { 0 }
};
