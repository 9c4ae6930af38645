/* desk/journey_file.c: writing maps and walks. Reading is journey_take.c. */
#include "desk/journey_file.h"
#include <math.h>
#include "desk/site.h"

Str walk_mark(Arena *a, const Site *site, const Journey *j, const Walk *w) {
  return str_cat(a, S("W-"), site_mark(a, site, "journey.", str_fmt(a, "%lld:%lld:%lld", (long long)j->id, (long long)w->person, (long long)w->from)));
}

static Str end_user(const Journey *j) { return j->walker.n ? j->walker : S("Customer"); }

/* What a file had and we have no word for, put back where it was. inside: of that element; NULL: beside what we know. */
static void kept(Cx *cx, Xml *to, Str keep, const char *inside) {
  Cx reading = { .arena = cx->arena };
  Xml *x;
  if (!keep.n || xml_read(&reading, keep, &x, NULL)) return;
  const Xml *from = xml_child(x, inside ? inside : "beside");
  for (size_t i = 0; from && i < from->children.n; i++) xml_take(cx->arena, to, from->children.at[i]);
}

/* ── CJML ────────────────────────────────────────────────────────────── */

static void actor(Arena *a, Xml *actors, const char *kind, Str id) {
  for (size_t i = 0; i < actors->children.n; i++) if (str_eq(xml_get(actors->children.at[i], "actorID"), id)) return;
  if (id.n) xml_set(a, xml_add(a, actors, kind), "actorID", id);
}

static void actors(Arena *a, Xml *journey, const Journey *j, const Rows *map) {
  Xml *to = xml_add(a, journey, "actors");
  actor(a, to, "endUser", end_user(j));
  for (size_t i = 0; i < map->n; i++) {
    actor(a, to, "serviceProvider", ROW(Touchpoint, *map, i)->initiator);
    actor(a, to, "serviceProvider", ROW(Touchpoint, *map, i)->receiver);
  }
}

static void side(Cx *cx, Xml *to, const char *name, const char *label_name, Str who, Str label, Str keep) {
  Arena *a = cx->arena;
  Xml *x = xml_new(a, name);
  if (who.n) xml_set(a, xml_add(a, x, "refersTo"), "actorIDref", who);
  xml_say(a, x, label_name, label);
  kept(cx, x, keep, name);
  if (x->children.n) xml_take(a, to, x);
}

static void channel(Cx *cx, Xml *to, Str name, Str keep) {
  Xml *x = xml_new(cx->arena, "channel");
  xml_say(cx->arena, x, "channelName", name);
  kept(cx, x, keep, "channel");
  if (x->children.n) xml_take(cx->arena, to, x);
}

static void visit(Arena *a, Xml *ours, const Touchpoint *t) {
  const struct { const char *name; Str value; } fields[] = { { "act", t->act }, { "service", t->service }, { "kind", t->request_kind }, { "channel", t->by_channel }, { "tag", t->tag }, { "word", t->word } };
  if (!t->act.n) return;
  Xml *x = xml_add(a, ours, "cd:visit");
  for (size_t i = 0; i < COUNT(fields); i++) if (fields[i].value.n) xml_set(a, x, fields[i].name, fields[i].value);
}

static void planned(Cx *cx, Xml *to, const Touchpoint *t) {
  Arena *a = cx->arena;
  bool says = str_eq(t->kind, S("communication"));
  Xml *x = xml_add(a, to, says ? "plannedCommunicationPoint" : "plannedAction");
  xml_say(a, x, "touchpointID", t->code);
  xml_set(a, xml_add(a, x, "belongsTo"), "phaseIDref", t->phase);
  side(cx, x, "initiator", "initiatorLabel", t->initiator, t->name, t->keep);
  if (says) side(cx, x, "receiver", "receiverLabel", t->receiver, S(""), t->keep);
  if (says) channel(cx, x, t->channel, t->keep);
  Xml *ours = xml_add(a, x, "cd:touchpoint");
  xml_set(a, ours, "lane", t->lane);
  if (!says && t->receiver.n) xml_set(a, ours, "receiver", t->receiver);
  if (!says && t->channel.n) xml_set(a, ours, "channel", t->channel);
  xml_say(a, ours, "cd:doing", t->doing);
  xml_say(a, ours, "cd:owner", t->owner);
  xml_say(a, ours, "cd:promise", t->promise);
  xml_say(a, ours, "cd:ideas", t->ideas);
  visit(a, ours, t);
  kept(cx, x, t->keep, NULL);
}

static void phases(Arena *a, Xml *journey) {
  static const char *const words[] = { "Before", "During", "After" };
  Xml *to = xml_add(a, journey, "journeyPhases");
  for (size_t i = 0; i < COUNT(words); i++) {
    Xml *x = xml_add(a, to, "journeyPhase");
    xml_set(a, x, "phaseID", str_z(touchpoint_phases[i]));
    xml_say(a, x, "phaseName", str_z(words[i]));
  }
}

static void plan(Cx *cx, Xml *root, const Journey *j, const Rows *map) {
  Arena *a = cx->arena;
  Xml *x = xml_add(a, root, "plannedJourney");
  xml_say(a, x, "journeyID", j->code);
  xml_say(a, x, "journeyTitle", j->name);
  phases(a, x);
  xml_say(a, x, "journeyShortSummary", j->about);
  actors(a, x, j, map);
  Xml *to = xml_add(a, x, "touchpoints");
  for (size_t i = 0; i < map->n; i++) planned(cx, to, ROW(Touchpoint, *map, i));
  Xml *ours = xml_add(a, x, "cd:journey");
  xml_set(a, ours, "days", str_fmt(a, "%lld", (long long)j->days));
  if (j->whose.n) { xml_set(a, ours, "whose", j->whose); xml_set(a, ours, "of", j->whose_name); }
  kept(cx, x, j->keep, NULL);
}

/* compliance as CJML says it; the rest of the event without anybody's words. */
static void actual(Cx *cx, Xml *to, const Journey *j, const Walks *in, const Step *s, size_t number) {
  Arena *a = cx->arena;
  const Touchpoint *t = s->place >= 0 ? &in->map[s->place] : NULL;
  bool says = !t || str_eq(t->kind, S("communication")), adhoc = s->kind == STEP_AD_HOC;
  Xml *x = xml_add(a, to, says ? "actualCommunicationPoint" : "actualAction");
  xml_say(a, x, "touchpointID", t && !adhoc ? t->code : str_fmt(a, "D%zu", number + 1));
  if (t) xml_set(a, xml_add(a, x, "belongsTo"), "phaseIDref", t->phase);
  xml_say(a, x, "compliance", adhoc ? S("adhoc") : s->kind == STEP_FAILING ? S("failed") : s->kind == STEP_OUT_OF_ORDER ? S("sequence") : S("completed"));
  side(cx, x, "initiator", "initiatorLabel", t && t->initiator.n ? t->initiator : end_user(j), t ? t->name : s->r->service, S(""));
  if (says) side(cx, x, "receiver", "receiverLabel", t ? t->receiver : S(""), S(""), S(""));
  channel(cx, x, s->r->channel, S(""));
  xml_say(a, xml_add(a, x, "timestamps"), "timeCompleted", clock_rfc3339(a, s->at));
  if (!s->carries || !s->v_n || isnan(trace_rating(&s->v[0]))) return;
  xml_say(a, xml_add(a, x, "touchpointExperience"), "experienceRating", str_fmt(a, "%.0f", trace_rating(&s->v[0])));
}

static void went(Cx *cx, Xml *root, const Journey *j, const Rows *map, const Walk *w) {
  Arena *a = cx->arena;
  Walks in = { .map = map->at, .map_n = map->n };
  Xml *x = xml_add(a, root, "actualJourney");
  xml_say(a, x, "journeyID", walk_mark(a, cx->site, j, w));
  xml_say(a, x, "plannedReference", j->code);
  xml_say(a, x, "journeyStatus", w->over ? S("completed") : S("ongoing"));
  actors(a, x, j, map);
  Xml *to = xml_add(a, x, "touchpoints");
  for (size_t i = 0; i < w->n; i++) actual(cx, to, j, &in, &w->steps[i], i);
}

Xml *journey_cjml_tree(Cx *cx, const Journey *j, const Rows *map) {
  Cx reading = { .arena = cx->arena };
  Xml *root = xml_new(cx->arena, "CJML"), *keep;
  xml_set(cx->arena, root, "xmlns:cd", S(CJML_OURS));
  if (j->keep.n && !xml_read(&reading, j->keep, &keep, NULL))
    for (size_t i = 0; i < keep->attrs.n; i++) vec_add(cx->arena, &root->attrs, keep->attrs.at[i]);
  xml_set(cx->arena, root, "version", S("2.0"));
  plan(cx, root, j, map);
  return root;
}

Str journey_cjml(Cx *cx, const Journey *j, const Rows *map, const Walk *walk) {
  Buf b = { .arena = cx->arena };
  Xml *root = journey_cjml_tree(cx, j, map);
  if (walk) went(cx, root, j, map, walk);
  xml_document(&b, root);
  return buf_str(&b);
}

/* ── XES ─────────────────────────────────────────────────────────────── */

static void key(Arena *a, Xml *to, const char *kind, const char *name, Str value) {
  if (!value.n) return;
  Xml *x = xml_add(a, to, kind);
  xml_set(a, x, "key", str_z(name));
  xml_set(a, x, "value", value);
}

static void event(Cx *cx, Xml *trace, const Walks *in, const Step *s) {
  static const char *const kinds[] = { [STEP_AS_PLANNED] = "as planned", [STEP_OUT_OF_ORDER] = "out of order", [STEP_FAILING] = "failing", [STEP_AD_HOC] = "ad hoc" };
  Arena *a = cx->arena;
  const Touchpoint *t = s->place >= 0 ? &in->map[s->place] : NULL;
  Xml *x = xml_add(a, trace, "event");
  key(a, x, "string", "concept:name", t ? t->name : s->r->service.n ? s->r->service : S("something else"));
  key(a, x, "date", "time:timestamp", clock_rfc3339(a, s->at));
  key(a, x, "string", "lifecycle:transition", S("complete"));
  if (t) key(a, x, "string", "org:group", t->owner);
  if (t) key(a, x, "string", "touchpoint", t->code);
  key(a, x, "string", "channel", s->r->channel);
  key(a, x, "string", "deviation", str_z(kinds[s->kind]));
  if (s->wait >= 0) key(a, x, "int", "wait_seconds", str_fmt(a, "%lld", (long long)(s->wait / SECOND)));
  if (s->carries && s->v_n && !isnan(trace_rating(&s->v[0]))) key(a, x, "float", "rating", str_fmt(a, "%.1f", trace_rating(&s->v[0])));
}

static void extensions(Arena *a, Xml *log) {
  static const struct { char name[16], prefix[12]; } known[] = { { "Concept", "concept" }, { "Time", "time" }, { "Lifecycle", "lifecycle" }, { "Organizational", "org" } };
  for (size_t i = 0; i < COUNT(known); i++) {
    Xml *x = xml_add(a, log, "extension");
    xml_set(a, x, "name", str_z(known[i].name));
    xml_set(a, x, "prefix", str_z(known[i].prefix));
    xml_set(a, x, "uri", str_cat(a, S("http://www.xes-standard.org/"), str_z(known[i].prefix), S(".xesext")));
  }
}

static void globals(Arena *a, Xml *log) {
  Xml *trace = xml_add(a, log, "global"), *of;
  xml_set(a, trace, "scope", S("trace"));
  key(a, trace, "string", "concept:name", S("__INVALID__"));
  of = xml_add(a, log, "global");
  xml_set(a, of, "scope", S("event"));
  key(a, of, "string", "concept:name", S("__INVALID__"));
  key(a, of, "date", "time:timestamp", S("1970-01-01T00:00:00.000000Z"));
  key(a, of, "string", "lifecycle:transition", S("complete"));
  Xml *c = xml_add(a, log, "classifier");
  xml_set(a, c, "name", S("Touchpoint"));
  xml_set(a, c, "scope", S("event"));
  xml_set(a, c, "keys", S("concept:name"));
}

Str journey_xes(Cx *cx, const Journey *j, const Walks *in) {
  Arena *a = cx->arena;
  Buf b = { .arena = a };
  Xml *log = xml_new(a, "log");
  xml_set(a, log, "xmlns", S("http://www.xes-standard.org/"));
  xml_set(a, log, "xes.version", S("1849-2016"));
  xml_set(a, log, "xes.features", S(""));
  extensions(a, log);
  globals(a, log);
  key(a, log, "string", "concept:name", j->name);
  key(a, log, "string", "journey", j->code);
  for (size_t i = 0; i < in->n; i++) {
    const Walk *w = &in->at[i];
    Xml *trace = xml_add(a, log, "trace");
    key(a, trace, "string", "concept:name", walk_mark(a, cx->site, j, w));
    key(a, trace, "boolean", "over", w->over ? S("true") : S("false"));
    for (size_t k = 0; k < w->n; k++) event(cx, trace, in, &w->steps[k]);
  }
  xml_document(&b, log);
  return buf_str(&b);
}
