/* desk/journey_log_read.c: what was brought, read step by step out of either kind of file, and held against the map. */
#include "desk/journey_log.h"

typedef VEC(LogStep) Steps;

static LogSays said_as(Str word) {
  static const struct { const char *word; LogSays says; } known[] = {                /* of CJML, and of our own XES */
    { "completed", SAYS_PLANNED }, { "as planned", SAYS_PLANNED }, { "sequence", SAYS_ORDER }, { "out of order", SAYS_ORDER }, { "out-of-order", SAYS_ORDER },
    { "failed", SAYS_FAILED }, { "failing", SAYS_FAILED }, { "adhoc", SAYS_AD_HOC }, { "ad-hoc", SAYS_AD_HOC }, { "ad hoc", SAYS_AD_HOC }, { "missing", SAYS_MISSING },
  };
  for (size_t i = 0; i < COUNT(known); i++) if (str_ieq(word, str_z(known[i].word))) return known[i].says;
  return SAYS_NOTHING;
}

bool log_step_differs(const LogStep *s) {
  static const LogSays same[] = { [STEP_AS_PLANNED] = SAYS_PLANNED, [STEP_OUT_OF_ORDER] = SAYS_ORDER, [STEP_FAILING] = SAYS_FAILED, [STEP_AD_HOC] = SAYS_AD_HOC };
  return s->says != SAYS_NOTHING && s->says != same[s->kind];
}

static int place(const Rows *map, Str code, Str name) {
  for (size_t i = 0; i < map->n; i++) if (code.n && str_eq(ROW(Touchpoint, *map, i)->code, code)) return (int)i;
  for (size_t i = 0; i < map->n; i++) if (str_ieq(ROW(Touchpoint, *map, i)->name, name)) return (int)i;
  return -1;
}

static void at(LogStep *s, Str when) {
  if (when.n && !clock_parse(when, &s->at)) s->when = when;
}

/* ── XES ─────────────────────────────────────────────────────────────── */

static Str of_key(const Xml *x, const char *key) {
  for (size_t i = 0; i < x->children.n; i++) if (str_eq(xml_get(x->children.at[i], "key"), str_z(key))) return xml_get(x->children.at[i], "value");
  return S("");
}

static LogStep event(const Rows *map, const Xml *x) {
  LogStep s = { .name = of_key(x, "concept:name"), .channel = of_key(x, "channel"), .rating = of_key(x, "rating"), .says = said_as(of_key(x, "deviation")) };
  s.place = place(map, of_key(x, "touchpoint"), s.name);
  at(&s, of_key(x, "time:timestamp"));
  return s;
}

/* ── CJML ────────────────────────────────────────────────────────────── */

static LogStep point(Arena *a, const Rows *map, const Xml *x) {
  const Xml *felt = xml_child(x, "touchpointExperience"), *times = xml_child(x, "timestamps");
  LogStep s = { .name = xml_said(a, xml_child(x, "initiator"), "initiatorLabel"), .channel = xml_said(a, xml_child(x, "channel"), "channelName"),
                .rating = xml_said(a, felt, "experienceRating"), .words = xml_said(a, felt, "experienceDescription"), .says = said_as(xml_said(a, x, "compliance")) };
  Str code = xml_said(a, x, "touchpointID"), when = xml_said(a, times, "timeCompleted");
  s.place = place(map, code, s.name);
  if (!s.name.n) s.name = code;
  at(&s, when.n ? when : xml_words(a, times));
  return s;
}

/* ── a walk ──────────────────────────────────────────────────────────── */

static Steps steps_of(Arena *a, const Rows *map, const Xml *walk) {
  bool trace = xml_is(walk, "trace");
  const Xml *list = trace ? walk : xml_child(walk, "touchpoints");
  Steps out = { 0 };
  for (size_t i = 0; list && i < list->children.n; i++) {
    const Xml *x = list->children.at[i];
    if (trace ? !xml_is(x, "event") : !journey_cjml_point(x, true)) continue;
    LogStep s = trace ? event(map, x) : point(a, map, x);
    if (s.says != SAYS_MISSING) vec_add(a, &out, s);
  }
  return out;
}

/* Of a walk that goes on, only what lies up to the farthest touchpoint can be missing. */
static void fit(Arena *a, const Rows *map, LogWalk *w) {
  JourneyStep *steps = NEW_N(a, JourneyStep, w->n + 1);
  int64_t *planned = NEW_N(a, int64_t, map->n + 1);
  bool *missing = NEW_N(a, bool, map->n + 1);
  int far = -1;
  for (size_t i = 0; i < w->n; i++) {
    steps[i] = (JourneyStep){ .touchpoint = w->steps[i].place + 1, .failed = w->steps[i].says == SAYS_FAILED };
    if (w->steps[i].place > far) far = w->steps[i].place;
  }
  size_t reached = w->going ? (size_t)(far + 1) : map->n;
  for (size_t i = 0; i < reached; i++) { planned[i] = (int64_t)i + 1; missing[i] = true; }
  w->fit = journey_fit(a, planned, reached, steps, w->n);
  for (size_t i = 0; i < w->n; i++) {
    w->steps[i].kind = steps[i].kind;
    if (w->steps[i].place >= 0) missing[w->steps[i].place] = false;
  }
  w->missing = missing;
}

static LogWalk walk(Arena *a, const Rows *map, const Xml *x) {
  Steps steps = steps_of(a, map, x);
  bool trace = xml_is(x, "trace");
  LogWalk w = { .mark = trace ? of_key(x, "concept:name") : xml_said(a, x, "journeyID"), .steps = steps.at, .n = steps.n };
  w.going = trace ? str_eq(of_key(x, "over"), S("false")) : str_ieq(xml_said(a, x, "journeyStatus"), S("ongoing"));
  fit(a, map, &w);
  return w;
}

Err journey_log_fit(Cx *cx, const Rows *map, Str xml, LogFit *ret) {
  VEC(LogWalk) walks = { 0 };
  Tally all = { 0 };
  Xml *root;
  *ret = (LogFit){ 0 };
  TRY(xml_read(cx, xml, &root, NULL));
  ret->ours = xml_is(root, "log") ? of_key(root, "journey").n > 0 : str_eq(xml_get(root, "xmlns:cd"), S(CJML_OURS));
  for (size_t i = 0; i < root->children.n; i++) {
    if (!xml_is(root->children.at[i], "trace") && !xml_is(root->children.at[i], "actualJourney")) continue;
    LogWalk w = walk(cx->arena, map, root->children.at[i]);
    for (size_t k = 0; k < w.n; k++) { ret->unknown += w.steps[k].place < 0; ret->differ += log_step_differs(&w.steps[k]); }
    all.k += w.fit.conformance.k;
    all.n += w.fit.conformance.n;
    ret->missing += w.fit.missing;
    vec_add(cx->arena, &walks, w);
  }
  ret->at = walks.at;
  ret->n = walks.n;
  ret->planned = figure_share(all, 0);
  ret->planned.name = S("as_planned");
  ret->planned.eyes = EYES_BOTH;
  return E_OK;
}
