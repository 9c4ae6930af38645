/* desk/journey_measures.c: see journey_measures.h. Gathers numbers from steps and gives them to measure/. */
#include "desk/journey_measures.h"
#include <math.h>
#include <stdlib.h>
#include "measure/bar.h"
#include "text/num.h"
#include "text/when.h"

typedef VEC(double) Numbers;
typedef VEC(int64_t) Ids;

/* What is gathered of one touchpoint. */
typedef struct {
  Numbers wait, effort, feeling;
  Ids people;
  VEC(BarAnswer) bar;
  VEC(ChannelCount) channels;
  VEC(Str) said;                   /* the first few verdicts in words */
  Tally good, late, kept;
  int64_t silent, visits, renegotiated, promise_silent;
  Worst worst;
} Bag;

static int by_id(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

/* How many different ones. */
static int64_t apart(const Ids *ids) {
  int64_t n = 0;
  if (ids->n) qsort(ids->at, ids->n, sizeof *ids->at, by_id);
  for (size_t i = 0; i < ids->n; i++) n += i == 0 || ids->at[i] != ids->at[i - 1];
  return n;
}

/* ── one visit ───────────────────────────────────────────────────────── */

static Str in_words(Cx *cx, const TraceVerdict *v) {
  const Lang *l = cx->lang;
  Str sorted = str_eq(v->sorted, S("yes")) ? tr(l, "sorted") : str_eq(v->sorted, S("partly")) ? tr(l, "partly sorted") : tr(l, "not sorted");
  if (v->satisfaction) return tr_f(cx->arena, l, "%1$s, %2$s of 5", sorted, num(cx->arena, l, v->satisfaction));
  return v->ease ? tr_f(cx->arena, l, "%1$s, ease %2$s of 7", sorted, num(cx->arena, l, v->ease)) : sorted;
}

static void worst(Bag *b, const TraceRequest *r, const TraceVerdict *v) {
  double rating = trace_rating(v);
  Str words = trace_words(v);
  if (!words.n || isnan(rating) || (rating >= 60 && str_eq(v->sorted, S("yes")) && !moment_bad(&(Moment){ .satisfaction = v->satisfaction, .ease = v->ease }))) return;
  if (b->worst.request_id && b->worst.rating <= rating) return;
  b->worst = (Worst){ .request_id = r->id, .words = words, .rating = rating, .nameless = v->nameless != 0 };
}

static void judged(Cx *cx, Bag *b, const Step *s) {
  if (s->silent) b->silent++;
  for (size_t i = 0; i < s->v_n; i++) worst(b, s->r, &s->v[i]);
  if (!s->v_n) return;
  const TraceVerdict *v = &s->v[0];                            /* what they said when first asked: in the end nearly everything is sorted */
  double rating = trace_rating(v);
  b->good.n++;
  if (trace_good(v)) b->good.k++;
  if (b->said.n < 4) vec_add(cx->arena, &b->said, in_words(cx, v));
  if (!isnan(rating)) vec_add(cx->arena, &b->feeling, rating);
  BarAnswer bar = str_eq(v->against_bar, S("below")) ? BAR_BELOW : str_eq(v->against_bar, S("at")) ? BAR_AT : str_eq(v->against_bar, S("above")) ? BAR_ABOVE : BAR_NOT_SAID;
  vec_add(cx->arena, &b->bar, bar);
}

static void promised(Bag *b, const TraceRequest *r) {
  if (str_eq(r->outcome, S("kept"))) { b->kept.k++; b->kept.n++; }
  else if (str_eq(r->outcome, S("broken"))) b->kept.n++;
  else if (str_eq(r->outcome, S("renegotiated"))) b->renegotiated++;
  else if (str_eq(r->outcome, S("silent"))) b->promise_silent++;
  if (!r->bar_by || !r->due_at) return;
  b->late.n++;
  if (r->due_at > r->bar_by) b->late.k++;
}

static void channel(Arena *a, Bag *b, Str name) {
  for (size_t i = 0; i < b->channels.n; i++) if (str_eq(b->channels.at[i].channel, name)) { b->channels.at[i].n++; return; }
  vec_add(a, &b->channels, (ChannelCount){ name, 1 });
}

static void visit(Cx *cx, Bag *b, const Step *s) {
  b->visits++;
  vec_add(cx->arena, &b->people, s->r->asker_id);
  channel(cx->arena, b, s->r->channel);
  if (s->wait >= 0) vec_add(cx->arena, &b->wait, (double)s->wait);
  if (!s->carries) return;
  vec_add(cx->arena, &b->effort, (double)trace_effort(s->r, s->v, s->v_n));
  judged(cx, b, s);
  promised(b, s->r);
}

/* ── one touchpoint ──────────────────────────────────────────────────── */

static Figure named(Figure f, Str name, Eyes eyes, const TraceFilter *in) {
  f.name = name;
  f.eyes = eyes;
  f.from = in->from;
  f.to = in->to;
  return f;
}

/* Up to four answers, as they were. */
static void answers(Cx *cx, Figure *f, const Numbers *v) {
  if (f->show != SHOW_LIST) return;
  Str *at = NEW_N(cx->arena, Str, 4);
  for (size_t i = 0; i < v->n; i++) at[i] = f->kind == FIGURE_TIME ? when_span(READER(cx), (int64_t)v->at[i]) : num_double(cx->arena, cx->lang, v->at[i], 0);
  f->answers = at;
  f->answer_n = v->n;
}

static int most_first(const void *a, const void *b) {
  const ChannelCount *x = a, *y = b;
  return x->n != y->n ? (x->n > y->n ? -1 : 1) : str_cmp(x->channel, y->channel);
}

static Stage stage(Cx *cx, const Touchpoint *t, Bag *b, const TraceFilter *in) {
  Tally bar = bar_met(b->bar.at, b->bar.n);
  if (b->channels.n) qsort(b->channels.at, b->channels.n, sizeof *b->channels.at, most_first);
  Stage s = {
    .t = t, .visits = b->visits, .people = apart(&b->people), .renegotiated = b->renegotiated, .silent = b->promise_silent, .worst = b->worst,
    .channels = b->channels.at, .channel_n = b->channels.n, .below = bar.n - bar.k,
    .wait = named(figure_time(cx->arena, b->wait.at, b->wait.n), S("wait"), EYES_CUSTOMER, in),
    .effort = named(figure_count(cx->arena, b->effort.at, b->effort.n), S("effort"), EYES_BOTH, in),
    .good = named(figure_share(b->good, b->silent), S("good"), EYES_CUSTOMER, in),
    .feeling = named(figure_index(b->feeling.at, b->feeling.n, b->silent), S("feeling"), EYES_CUSTOMER, in),
    .bar = named(figure_share(bar, (int64_t)b->bar.n - bar.n + b->silent), S("bar_met"), EYES_CUSTOMER, in),
    .late = named(figure_share(b->late, 0), S("promised_later"), EYES_BOTH, in),
    .kept = named(figure_share(b->kept, b->promise_silent), S("promise_kept"), EYES_BOTH, in),
  };
  answers(cx, &s.wait, &b->wait);
  answers(cx, &s.effort, &b->effort);
  if (s.good.show == SHOW_LIST) { s.good.answers = b->said.at; s.good.answer_n = b->said.n; }
  if (display_of(bar.n) >= SHOW_INTERVAL) s.priority = journey_priority(s.people, 1, (double)bar.k / (double)bar.n);
  return s;
}

/* ── what went otherwise ─────────────────────────────────────────────── */

static const char *const went_names[WENT_COUNT] = { "missing", "failing", "again", "elsewhere", "early" };
Str went_name(Went w) { return str_z(went_names[w]); }
bool went_of(Str s, Went *ret) {
  for (int i = 0; i < WENT_COUNT; i++) if (str_eq(s, str_z(went_names[i]))) { *ret = (Went)i; return true; }
  return false;
}

static bool stands(const Walk *w, int place, bool *ret_failed) {
  bool tried = false;
  *ret_failed = false;
  for (size_t i = 0; i < w->n; i++) {
    if (w->steps[i].place != place) continue;
    if (w->steps[i].kind == STEP_AS_PLANNED || w->steps[i].kind == STEP_OUT_OF_ORDER) return true;
    tried |= w->steps[i].kind == STEP_FAILING;
  }
  *ret_failed = tried;
  return false;
}

/* The step that came before one planned before it: the pair that a step out of order belongs to. */
static bool pair_of(const Walk *w, size_t at, int *ret_early, int *ret_late) {
  const Step *s = &w->steps[at];
  for (size_t i = at + 1; i < w->n; i++)                       /* it came too early: something planned before it follows */
    if (w->steps[i].kind == STEP_AS_PLANNED && w->steps[i].place < s->place) { *ret_early = s->place; *ret_late = w->steps[i].place; return true; }
  for (size_t i = 0; i < at; i++)                              /* too late: something planned after it went before */
    if (w->steps[i].kind == STEP_AS_PLANNED && w->steps[i].place > s->place) { *ret_early = w->steps[i].place; *ret_late = s->place; return true; }
  return false;
}

bool walk_went(const Walk *w, const Deviation *d, const Step **ret) {
  bool failed;
  *ret = NULL;
  if (d->went == WENT_MISSING) return (size_t)d->place < w->reached && !w->pending[d->place] && !stands(w, d->place, &failed) && !failed;
  for (size_t i = 0; i < w->n; i++) {
    const Step *s = &w->steps[i];
    int early, late;
    *ret = s;
    switch (d->went) {
      case WENT_FAILING:   if (s->kind == STEP_FAILING && s->place == d->place && !stands(w, d->place, &failed)) return true; break;
      case WENT_AGAIN:     if (s->kind == STEP_AD_HOC && s->place == d->place && s->place >= 0) return true; break;
      case WENT_ELSEWHERE: if (s->place < 0 && s->r->service_id == d->service_id) return true; break;
      case WENT_EARLY:     if (s->kind == STEP_OUT_OF_ORDER && pair_of(w, i, &early, &late) && early == d->place && late == d->other) return true; break;
      default: break;
    }
  }
  *ret = NULL;
  return false;
}

typedef struct { Deviation *at; size_t n, cap; } Deviations;

/* Each once a walk. */
static void went(Arena *a, Deviations *out, size_t before, Deviation d, bool *seen) {
  for (size_t i = 0; i < out->n; i++) {
    Deviation *x = &out->at[i];
    if (x->went != d.went || x->place != d.place || x->other != d.other || x->service_id != d.service_id) continue;
    if (i >= before || !seen[i]) x->walks++;
    if (i < before) seen[i] = true; else x->walks = 1;
    return;
  }
  d.walks = 1;
  vec_add(a, out, d);
}

static void went_of_walk(Cx *cx, Deviations *out, const Walk *w) {
  size_t before = out->n;
  bool *seen = NEW_N(cx->arena, bool, before + 1), failed;
  for (int p = 0; (size_t)p < w->reached; p++)
    if (!w->pending[p] && !stands(w, p, &failed)) went(cx->arena, out, before, (Deviation){ .went = failed ? WENT_FAILING : WENT_MISSING, .place = p, .other = -1 }, seen);
  for (size_t i = 0; i < w->n; i++) {
    const Step *s = &w->steps[i];
    int early, late;
    if (s->place < 0) went(cx->arena, out, before, (Deviation){ .went = WENT_ELSEWHERE, .place = -1, .other = -1, .service_id = s->r->service_id, .service = s->r->service }, seen);
    else if (s->kind == STEP_AD_HOC) went(cx->arena, out, before, (Deviation){ .went = WENT_AGAIN, .place = s->place, .other = -1 }, seen);
    else if (s->kind == STEP_OUT_OF_ORDER && pair_of(w, i, &early, &late))
      went(cx->arena, out, before, (Deviation){ .went = WENT_EARLY, .place = early, .other = late }, seen);
  }
}

static int more_walks(const void *a, const void *b) {
  const Deviation *x = a, *y = b;
  if (x->walks != y->walks) return x->walks > y->walks ? -1 : 1;
  if (x->went != y->went) return x->went < y->went ? -1 : 1;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  return x->other != y->other ? (x->other < y->other ? -1 : 1) : x->service_id < y->service_id ? -1 : x->service_id > y->service_id;
}

/* ── all of it ───────────────────────────────────────────────────────── */

size_t walk_ratings(Arena *a, const Walk *w, double **ret) {
  VEC(double) v = { 0 };
  for (size_t i = 0; i < w->n; i++) {
    const Step *s = &w->steps[i];
    for (size_t k = 0; s->carries && k < s->v_n; k++) if (!isnan(trace_rating(&s->v[k]))) vec_add(a, &v, trace_rating(&s->v[k]));
  }
  *ret = v.at;
  return v.n;
}

static bool any_bad(const Walk *w, bool *ret_said) {
  bool bad = false;
  *ret_said = false;
  for (size_t i = 0; i < w->n; i++) {
    const Step *s = &w->steps[i];
    if (!s->carries || !s->v_n) continue;
    *ret_said = true;
    for (size_t k = 0; k < s->v_n; k++)
      bad |= moment_bad(&(Moment){ .satisfaction = s->v[k].satisfaction, .ease = s->v[k].ease, .promise_broken = str_eq(s->r->outcome, S("broken")),
                                   .not_yet = s->r->rework, .repeated = s->v[k].repeated > 0 ? s->v[k].repeated : 0 }) != 0;
  }
  return bad;
}

static void as_wholes(Cx *cx, const Walks *in, const TraceFilter *f, JourneyMeasures *m) {
  Tally planned = { 0 }, bad = { 0 };
  Numbers remembered = { 0 };
  Ids people = { 0 };
  for (size_t i = 0; i < in->n; i++) {
    const Walk *w = &in->at[i];
    double *ratings;
    bool said;
    planned.k += w->fit.conformance.k;
    planned.n += w->fit.conformance.n;
    m->still += !w->over;
    vec_add(cx->arena, &people, w->person);
    bool was = any_bad(w, &said);
    bad.n += said;
    bad.k += said && was;
    size_t n = walk_ratings(cx->arena, w, &ratings);
    if (n >= 2) vec_add(cx->arena, &remembered, moment_remembered(ratings, n, m->weights).remembered);
  }
  m->people = apart(&people);
  m->planned = named(figure_share(planned, 0), S("as_planned"), EYES_BOTH, f);
  m->bad = named(figure_share(bad, 0), S("bad_moments"), EYES_CUSTOMER, f);
  m->remembered = named(figure_index(remembered.at, remembered.n, 0), S("remembered"), EYES_CUSTOMER, f);
  answers(cx, &m->remembered, &remembered);
}

/* Good at this touchpoint beside good at all others together. */
static void marks(JourneyMeasures *m) {
  Tally all = { 0 };
  for (size_t i = 0; i < m->stage_n; i++) { all.k += m->stages[i].good.k; all.n += m->stages[i].good.n; }
  for (size_t i = 0; i < m->stage_n; i++) {
    const Figure *g = &m->stages[i].good;
    if (g->n < 1 || all.n - g->n < 1) continue;
    Difference d = proportion_newcombe(g->k, g->n, all.k - g->k, all.n - g->n, Z95);
    m->stages[i].marked = d.value < 0 && display_may_mark(g->n, false, &d);
  }
}

static int more_help(const void *a, const void *b) {
  const Stage *x = *(const Stage *const *)a, *y = *(const Stage *const *)b;
  return x->priority != y->priority ? (x->priority > y->priority ? -1 : 1) : 0;
}

static void mending(Cx *cx, JourneyMeasures *m) {
  m->mend = NEW_N(cx->arena, const Stage *, m->stage_n + 1);
  for (size_t i = 0; i < m->stage_n; i++) if (m->stages[i].priority > 0) m->mend[m->mend_n++] = &m->stages[i];
  if (m->mend_n) qsort(m->mend, m->mend_n, sizeof *m->mend, more_help);
  if (m->mend_n > 3) m->mend_n = 3;
}

JourneyMeasures journey_measures(Cx *cx, const Walks *in, const TraceFilter *f) {
  JourneyMeasures m = { .walks = (int64_t)in->n, .cut = in->cut, .stage_n = in->map_n, .weights = REMEMBER_DEFAULT };
  Bag *bags = NEW_N(cx->arena, Bag, in->map_n + 1);
  Deviations out = { 0 };
  for (size_t i = 0; i < in->n; i++) {
    for (size_t k = 0; k < in->at[i].n; k++) if (in->at[i].steps[k].place >= 0) visit(cx, &bags[in->at[i].steps[k].place], &in->at[i].steps[k]);
    went_of_walk(cx, &out, &in->at[i]);
  }
  m.stages = NEW_N(cx->arena, Stage, in->map_n + 1);
  for (size_t i = 0; i < in->map_n; i++) m.stages[i] = stage(cx, &in->map[i], &bags[i], f);
  if (out.n) qsort(out.at, out.n, sizeof *out.at, more_walks);
  m.went = out.at;
  m.went_n = out.n;
  as_wholes(cx, in, f, &m);
  mending(cx, &m);
  marks(&m);
  return m;
}
