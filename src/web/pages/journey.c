/* web/pages/journey.c: the map, the scenes behind it, what lies behind a number, one walk. Not here: changing it (journey_edit.c), files (journey_file.c). */
#include "web/pages/journey.h"
#include <math.h>
#include "desk/journey_near.h"
#include "views.h"
#include "web/csv.h"
#include "web/number.h"
#include "web/words.h"

extern const Route journey_routes[];

enum { KNOWN = 200 };

/* ── what is looked at ───────────────────────────────────────────────── */

static const int64_t periods[] = { 90, 30, 180, 365 };

static Err filter(Cx *cx, const Req *q, JourneyPage *p) {
  int64_t days;
  Buf b = { .arena = cx->arena };
  p->days = periods[0];
  if (req_get_int(q, "days", &days)) for (size_t i = 0; i < COUNT(periods); i++) if (periods[i] == days) p->days = days;
  p->f = (TraceFilter){ .from = cx->now - p->days * DAY, .to = cx->now + 1 };
  (void)req_get_int(q, "org", &p->f.organisation);
  TRY(party_list(cx, &(PartyFilter){ .kind = S("organisation"), .limit = KNOWN }, &p->organisations));
  bool known = false;
  for (size_t i = 0; i < p->organisations.n; i++)
    if (ROW(Party, p->organisations, i)->id == p->f.organisation) { p->organisation = ROW(Party, p->organisations, i)->name; known = true; }
  if (!known) p->f.organisation = 0;
  if (p->days != periods[0]) buf_fmt(&b, "days=%lld", (long long)p->days);
  if (p->f.organisation) buf_fmt(&b, "%sorg=%lld", b.n ? "&" : "", (long long)p->f.organisation);
  if (req_get(q, "v").n && p->version.number != p->j.in_force) buf_fmt(&b, "%sv=%lld", b.n ? "&" : "", (long long)p->version.number);
  p->carry = b.n ? str_cat(cx->arena, S("?"), buf_str(&b)) : S("");
  return E_OK;
}

/* ?v=0 is the map in work; nothing said, or nothing in force: what there is. */
static Err version(Cx *cx, const Req *q, JourneyPage *p) {
  int64_t number = p->j.in_force;
  if (req_get(q, "v").n && !str_int(req_get(q, "v"), &number)) return fail(cx, E_ABSENT, N_("This journey has no such version."));
  if (!number) { p->version = (JourneyVersion){ 0 }; return E_OK; }
  return journey_version(cx, p->j.id, number, &p->version);
}

Err journey_load(Cx *cx, const Req *q, JourneyPage *p) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such journey that you may see."));
  TRY(journey_get(cx, id, &p->j));
  TRY(version(cx, q, p));
  TRY(filter(cx, q, p));
  TRY(journey_may_change(cx, &p->j, &p->may));
  TRY(touchpoint_list(cx, p->j.id, p->version.number, &p->map));
  TRY(trace_walks(cx, &p->j, &p->map, &p->f, &p->w));
  p->m = journey_measures(cx, &p->w, &p->f);
  return journey_near(cx, &p->j, &p->map, &p->f, &p->w, &p->m);
}

Str journey_href(Arena *a, const JourneyPage *p, const char *under) {
  Str carry = p->carry, path = str_fmt(a, "/journeys/%lld%s", (long long)p->j.id, under);
  if (carry.n && strchr(under, '?')) return str_cat(a, path, S("&"), str_from(carry, 1));
  return str_cat(a, path, carry);
}

/* ── the line ────────────────────────────────────────────────────────── */

Str feel_words(const Lang *l, double rating) {
  return rating >= 85 ? tr_c(l, "how it was", "very good") : rating >= 70 ? tr_c(l, "how it was", "good") : rating >= 50 ? tr_c(l, "how it was", "so-so")
       : rating >= 30 ? tr_c(l, "how it was", "poor") : tr_c(l, "how it was", "bad");
}

FeelLine feel_line(Arena *a, FeelPoint *at, size_t n) {
  Buf b = { .arena = a };
  bool drawing = false;
  for (size_t i = 0; i < n; i++) {
    FeelPoint *p = &at[i];
    p->word_y = p->hot && p->y < 100 ? p->y + 20 : p->y - 12;
    double x = p->x * 10, before = i ? at[i - 1].x * 10 : 0, middle = (before + x) / 2;
    if (p->shown && drawing) buf_fmt(&b, "C%.1f %.1f %.1f %.1f %.1f %.1f", middle, at[i - 1].y, middle, p->y, x, p->y);
    else if (p->shown) buf_fmt(&b, "M%.1f %.1f", x, p->y);
    drawing = p->shown;
  }
  return (FeelLine){ .at = at, .n = n, .path = buf_str(&b) };
}

static FeelLine feel_of(Cx *cx, const JourneyPage *p) {
  FeelPoint *at = NEW_N(cx->arena, FeelPoint, p->m.stage_n + 1);
  VEC(Str) said = { 0 };
  for (size_t i = 0; i < p->m.stage_n; i++) {
    const Stage *s = &p->m.stages[i];
    at[i] = (FeelPoint){ .x = 100 * ((double)i + .18) / (double)p->m.stage_n, .y = 60, .hot = s->marked, .shown = s->feeling.show >= SHOW_INTERVAL };
    if (!at[i].shown) continue;
    at[i].y = FEEL_Y(s->feeling.value);
    at[i].words = feel_words(cx->lang, s->feeling.value);
    vec_add(cx->arena, &said, trn_f(cx->arena, cx->lang, "%1$s: %2$s, from one answer", "%1$s: %2$s, from %3$s answers", s->feeling.n, s->t->name, at[i].words, num(cx->arena, cx->lang, s->feeling.n)));
  }
  FeelLine l = feel_line(cx->arena, at, p->m.stage_n);
  if (said.n) l.said = str_cat(cx->arena, tr(cx->lang, "How it felt: "), list_and(cx->arena, cx->lang, said.at, said.n));
  return l;
}

/* ── the map ─────────────────────────────────────────────────────────── */

static Err begin(Cx *cx, const Req *q, Res *res, Str title, Shell *s, View *v) { return desk_begin(cx, q, res, title, RAIL_JOURNEYS, s, v); }

static Err map(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  Shell s;
  View v;
  TRY(journey_load(cx, q, &p));
  p.feel = feel_of(cx, &p);
  p.done = desk_done(cx, q, S(""));
  TRY(begin(cx, q, res, p.j.name, &s, &v));
  view_journey_page(&v, &s, &p);
  return E_OK;
}

/* Each touchpoint's figures, and those of the whole; what people said there stays on the map. */
static void stage_csv(Cx *cx, Res *res, const Stage *s) {
  const struct { const char *name; const Figure *f; const char *words; } all[] = {
    { "wait", &s->wait, N_("Wait before it") }, { "effort", &s->effort, N_("Effort") }, { "good", &s->good, N_("Good, they say") }, { "feeling", &s->feeling, N_("How it felt") },
    { "bar-met", &s->bar, N_("Met their own bar") }, { "promised-later", &s->late, N_("Promised later") }, { "promise-kept", &s->kept, N_("Promise kept") },
  };
  for (size_t i = 0; i < COUNT(all); i++) {
    csv_cell(res, s->t->code);
    csv_cell(res, s->t->name);
    csv_cell(res, str_z(all[i].name));
    csv_number(res, true, (double)s->visits);
    csv_number(res, true, (double)s->people);
    csv_asked(cx, res, all[i].f, tr(cx->lang, all[i].words));
  }
}

static void whole_csv(Cx *cx, Res *res, const JourneyMeasures *m) {
  const struct { const char *name; const Figure *f; const char *words; } all[] = {
    { "as-planned", &m->planned, N_("Steps that went as planned") }, { "bad-moments", &m->bad, N_("Walks with a bad moment in them") },
    { "remembered", &m->remembered, N_("What is likely remembered, 0 to 100") },
  };
  for (size_t i = 0; i < COUNT(all); i++) {
    csv_cell(res, S(""));
    csv_cell(res, S(""));
    csv_cell(res, str_z(all[i].name));
    csv_number(res, true, (double)m->walks);
    csv_number(res, true, (double)m->people);
    csv_asked(cx, res, all[i].f, tr(cx->lang, all[i].words));
  }
}

static Err figures_csv(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  TRY(journey_load(cx, q, &p));
  csv_names(res, "touchpoint,name,what,visits,people");
  for (size_t i = 0; i < p.m.stage_n; i++) stage_csv(cx, res, &p.m.stages[i]);
  whole_csv(cx, res, &p.m);
  return csv_end(cx, res, S("journey.csv"));
}

static Err behind(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  Shell s;
  View v;
  TRY(journey_load(cx, q, &p));
  TRY(begin(cx, q, res, tr_f(cx->arena, cx->lang, "Behind the scenes: %s", p.j.name), &s, &v));
  view_journey_behind(&v, &s, &p);
  return E_OK;
}

/* ── what lies behind a number ───────────────────────────────────────── */

static int place_of(const JourneyPage *p, Str code) {
  for (size_t i = 0; i < p->map.n; i++) if (code.n && str_eq(ROW(Touchpoint, p->map, i)->code, code)) return (int)i;
  return -1;
}

/* ?at=T3: everybody who was there. ?went=early&at=T3&than=T5, ?went=elsewhere&service=2. */
static Err behind_number(Cx *cx, const Req *q, JourneyReadPage *r) {
  VEC(ReadRow) rows = { 0 };
  Deviation d = { .place = place_of(&r->p, req_get(q, "at")), .other = place_of(&r->p, req_get(q, "than")) };
  bool went = went_of(req_get(q, "went"), &d.went);
  (void)req_get_int(q, "service", &d.service_id);
  if (d.place < 0 && !(went && d.went == WENT_ELSEWHERE)) return fail(cx, E_ABSENT, N_("There is no such touchpoint on this map."));
  for (size_t i = 0; i < r->p.w.n; i++) {
    const Walk *w = &r->p.w.at[i];
    const Step *s = NULL;
    if (went && walk_went(w, &d, &s)) vec_add(cx->arena, &rows, (ReadRow){ w, s });
    for (size_t k = 0; !went && k < w->n; k++) if (w->steps[k].place == d.place) vec_add(cx->arena, &rows, (ReadRow){ w, &w->steps[k] });
  }
  if (went)
    for (size_t i = 0; i < r->p.m.went_n; i++) {
      const Deviation *x = &r->p.m.went[i];
      if (x->went == d.went && x->place == d.place && x->other == d.other && x->service_id == d.service_id) d = *x;
    }
  r->rows = rows.at;
  r->n = rows.n;
  r->title = went ? str_cat(cx->arena, num(cx->arena, cx->lang, (int64_t)rows.n), S(" "), went_words(cx->arena, cx->lang, &r->p, &d)) : ROW(Touchpoint, r->p.map, d.place)->name;
  r->stage = went ? NULL : &r->p.m.stages[d.place];
  r->about = went ? went_kind(cx->lang, d.went) : S("");
  return E_OK;
}

static Err reading(Cx *cx, const Req *q, Res *res) {
  JourneyReadPage r = { 0 };
  Shell s;
  View v;
  TRY(journey_load(cx, q, &r.p));
  TRY(behind_number(cx, q, &r));
  TRY(begin(cx, q, res, r.title, &s, &v));
  view_journey_read(&v, &s, &r);
  return E_OK;
}

/* ── one walk ────────────────────────────────────────────────────────── */

static FeelLine feel_of_walk(Cx *cx, const Walk *w) {
  FeelPoint *at = NEW_N(cx->arena, FeelPoint, w->n + 1);
  VEC(Str) said = { 0 };
  size_t n = 0;
  for (size_t i = 0; i < w->n; i++) {
    const Step *s = &w->steps[i];
    double rating = s->carries && s->v_n ? trace_rating(&s->v[0]) : NAN;
    if (isnan(rating)) continue;
    at[n++] = (FeelPoint){ .x = 100 * ((double)i + .5) / (double)w->n, .y = FEEL_Y(rating), .shown = true, .hot = rating < 50, .words = feel_words(cx->lang, rating) };
    vec_add(cx->arena, &said, at[n - 1].words);
  }
  FeelLine l = feel_line(cx->arena, at, n);
  if (n) l.said = str_cat(cx->arena, tr(cx->lang, "How it felt: "), list_and(cx->arena, cx->lang, said.at, said.n));
  return l;
}

static Err walk(Cx *cx, const Req *q, Res *res) {
  JourneyWalkPage w = { 0 };
  Shell s;
  View v;
  int64_t n;
  TRY(journey_load(cx, q, &w.p));
  if (!req_param_int(q, "n", &n)) n = 0;
  for (size_t i = 0; i < w.p.w.n; i++) if (w.p.w.at[i].id == n) w.w = &w.p.w.at[i];
  if (!w.w) return fail(cx, E_ABSENT, N_("There is no such walk in this time that you may see."));
  w.who = w.w->steps[0].r->asker;
  w.feel = feel_of_walk(cx, w.w);
  w.rating_n = walk_ratings(cx->arena, w.w, &w.ratings);
  if (w.rating_n) w.remembered = moment_remembered(w.ratings, w.rating_n, w.p.m.weights);
  TRY(begin(cx, q, res, tr_f(cx->arena, cx->lang, "How %s went", w.who), &s, &v));
  view_journey_walk(&v, &s, &w);
  return E_OK;
}

static Err versions(Cx *cx, const Req *q, Res *res) {
  JourneyVersionsPage p = { 0 };
  Shell s;
  View v;
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such journey that you may see."));
  TRY(journey_get(cx, id, &p.j));
  TRY(journey_may_change(cx, &p.j, &p.may));
  TRY(journey_versions(cx, id, &p.versions));
  p.done = desk_done(cx, q, S(""));
  TRY(begin(cx, q, res, tr_f(cx->arena, cx->lang, "Versions of %s", p.j.name), &s, &v));
  view_journey_versions(&v, &s, &p);
  return E_OK;
}

const Route journey_routes[] = {
  { .verb = GET, .path = "/journeys/{id}",           .run = map,      .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "A journey as it is walked, touchpoint by touchpoint" },
  { .verb = GET, .path = "/journeys/{id}/figures.csv", .run = figures_csv, .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Its figures as a file" },
  { .verb = GET, .path = "/journeys/{id}/behind",    .run = behind,   .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "The same as a service blueprint: who does what, seen and unseen" },
  { .verb = GET, .path = "/journeys/{id}/read",      .run = reading,  .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "The conversations behind a number of the map" },
  { .verb = GET, .path = "/journeys/{id}/walks/{n}", .run = walk,     .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "One person's walk as a line of time" },
  { .verb = GET, .path = "/journeys/{id}/versions",  .run = versions, .may = MAY_PROVIDER, .about = "The versions of a map, with their notes" },
  { 0 }
};
