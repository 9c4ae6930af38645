/* desk/journey_check.c: a CJML file is looked at as a whole before anything is made of it, so that a refusal leaves nothing behind. */
#include "desk/journey_file.h"

typedef VEC(Str) Names;
typedef struct { Cx *cx; Names actors, phases, plans; Str code; bool phased; } Known;

bool journey_cjml_point(const Xml *x, bool actual) {
  return actual ? xml_is(x, "actualCommunicationPoint") || xml_is(x, "actualAction") : xml_is(x, "plannedCommunicationPoint") || xml_is(x, "plannedAction");
}

static bool in(const Names *names, Str name) {
  for (size_t i = 0; i < names->n; i++) if (str_eq(names->at[i], name)) return true;
  return false;
}

static bool is_journey(const Xml *x) { return xml_is(x, "plannedJourney") || xml_is(x, "actualJourney"); }

/* What the file itself declares, in whichever journey: a later one refers to what stands in an earlier one. */
static void declared(Known *k, const Xml *journey) {
  Arena *a = k->cx->arena;
  const Xml *actors = xml_child(journey, "actors"), *phases = xml_child(journey, "journeyPhases");
  for (size_t i = 0; actors && i < actors->children.n; i++) vec_add(a, &k->actors, xml_get(actors->children.at[i], "actorID"));
  for (size_t i = 0; phases && i < phases->children.n; i++) vec_add(a, &k->phases, xml_get(phases->children.at[i], "phaseID"));
  k->phased |= phases != NULL;
  if (xml_is(journey, "plannedJourney")) vec_add(a, &k->plans, xml_said(a, journey, "journeyID"));
}

static Err missing(Cx *cx, int line, const char *what, Str name) {
  return fail_field(cx, "file", "Line %d: there is no %s “" STR_FMT "” in this file.", line, what, STR_ARG(name));
}

static Err refers(Known *k, const Xml *x) {
  Str actor = xml_get(x, "actorIDref"), phase = xml_get(x, "phaseIDref");
  bool ours = false;
  for (size_t i = 0; touchpoint_phases[i]; i++) ours |= str_ieq(phase, str_z(touchpoint_phases[i]));
  if (actor.n && !in(&k->actors, actor)) return missing(k->cx, x->line, "actor", actor);
  if (phase.n && k->phased && !ours && !in(&k->phases, phase)) return missing(k->cx, x->line, "phase", phase);
  for (size_t i = 0; i < x->children.n; i++) if (x->children.at[i]->name.n) TRY(refers(k, x->children.at[i]));
  return E_OK;
}

static Err follows(Known *k, const Xml *journey) {
  Arena *a = k->cx->arena;
  const Xml *at = xml_child(journey, "plannedReference");
  Str name = xml_words(a, at);
  if (!name.n || in(&k->plans, name) || (k->code.n && str_eq(k->code, name))) return E_OK;
  if (!k->code.n) return missing(k->cx, at->line, "planned journey", name);
  return fail_field(k->cx, "file", "Line %d: this walk follows the map “" STR_FMT "”, and this one is called “" STR_FMT "”. If it is the same, write that name there.", at->line, STR_ARG(name), STR_ARG(k->code));
}

/* ── touchpoints that refer to each other ────────────────────────────── */

enum { NEW_HERE, ON_THE_WAY, DONE };
typedef struct { Cx *cx; const Xml **at; Str *ids; char *state; size_t n; } Points;

static Err visit(Points *p, size_t i);

static Err onward(Points *p, size_t from, const Xml *x) {
  Str to = xml_get(x, "touchpointIDref");
  size_t i = 0;
  while (to.n && i < p->n && !str_eq(p->ids[i], to)) i++;
  if (to.n && i == p->n) return fail_field(p->cx, "file", "Line %d: there is no touchpoint “" STR_FMT "” on this journey.", x->line, STR_ARG(to));
  if (to.n && p->state[i] == ON_THE_WAY)
    return fail_field(p->cx, "file", "Line %d: the touchpoint “" STR_FMT "” leads back to “" STR_FMT "”, which leads to it: a loop that nobody would get out of.", x->line, STR_ARG(p->ids[from]), STR_ARG(to));
  if (to.n) TRY(visit(p, i));
  for (size_t c = 0; c < x->children.n; c++) if (x->children.at[c]->name.n) TRY(onward(p, from, x->children.at[c]));
  return E_OK;
}

/* As deep as a chain of references is long: MOST of points(). */
static Err visit(Points *p, size_t i) {
  if (p->state[i] == DONE) return E_OK;
  p->state[i] = ON_THE_WAY;
  TRY(onward(p, i, p->at[i]));
  p->state[i] = DONE;
  return E_OK;
}

static Err points(Cx *cx, const Xml *journey) {
  enum { MOST = 2000 };
  bool actual = xml_is(journey, "actualJourney");
  const Xml *list = xml_child(journey, "touchpoints");
  size_t n = list ? list->children.n : 0;
  Points p = { .cx = cx, .at = NEW_N(cx->arena, const Xml *, n + 1), .ids = NEW_N(cx->arena, Str, n + 1), .state = NEW_N(cx->arena, char, n + 1) };
  for (size_t i = 0; i < n; i++) {
    if (!journey_cjml_point(list->children.at[i], actual)) continue;
    p.at[p.n] = list->children.at[i];
    p.ids[p.n++] = xml_said(cx->arena, list->children.at[i], "touchpointID");
  }
  Str name = xml_said(cx->arena, journey, "journeyID");
  if (!p.n && actual) return fail_field(cx, "file", "Line %d: the actual journey “" STR_FMT "” has no touchpoints: nobody walked anything.", journey->line, STR_ARG(name));
  if (!p.n) return fail_field(cx, "file", "Line %d: the planned journey “" STR_FMT "” has no touchpoints: there is nothing to walk.", journey->line, STR_ARG(name));
  if (p.n > MOST) return fail_field(cx, "file", "Line %d: the journey “" STR_FMT "” has more than %d touchpoints; that is more than we take in.", journey->line, STR_ARG(name), MOST);
  for (size_t i = 0; i < p.n; i++) TRY(visit(&p, i));
  return E_OK;
}

/* ── the file ────────────────────────────────────────────────────────── */

Err journey_cjml_check(Cx *cx, const Xml *root, Str code) {
  Known k = { .cx = cx, .code = code };
  if (!xml_is(root, "CJML")) return fail_field(cx, "file", "Line %d: this is not CJML: the first element is <" STR_FMT ">, not <CJML>.", root->line, STR_ARG(root->name));
  if (!str_starts(xml_get(root, "version"), S("2"))) return fail_field(cx, "file", "This is CJML “" STR_FMT "”; we read version 2.0.", STR_ARG(xml_get(root, "version")));
  for (size_t i = 0; i < root->children.n; i++) if (is_journey(root->children.at[i])) declared(&k, root->children.at[i]);
  for (size_t i = 0; i < root->children.n; i++) {
    const Xml *x = root->children.at[i];
    if (!is_journey(x)) continue;
    TRY(points(cx, x));
    TRY(refers(&k, x));
    if (xml_is(x, "actualJourney")) TRY(follows(&k, x));
  }
  return E_OK;
}
