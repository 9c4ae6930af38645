/* desk/journey_take.c: a CJML file becomes a map in work, and walks brought from elsewhere. Whatever is not ours to know is kept beside it; whatever is lost is said. */
#include "desk/journey_log.h"
#include "desk/service.h"

typedef struct { Cx *cx; Journey *j; Sentences *left; const Xml *plan; Str user; bool phases_told, service_told; } Taking;

static void left(Taking *t, Str sentence) { vec_add(t->cx->arena, t->left, sentence); }

static bool among(const Xml *x, const char *const *names) {
  for (; *names; names++) if (xml_is(x, *names)) return true;
  return false;
}

/* The elements in x that we do not know, under a name of theirs in keep. */
static void keep_rest(Arena *a, Xml *keep, const char *under, const Xml *x, const char *const *known) {
  Xml *to = NULL;
  for (size_t i = 0; x && i < x->children.n; i++) {
    Xml *c = x->children.at[i];
    if (!c->name.n || among(c, known)) continue;
    if (!to) to = xml_add(a, keep, under);
    xml_take(a, to, c);
  }
}

static Str keep_text(Arena *a, const Xml *keep) {
  Buf b = { .arena = a };
  if (keep->children.n || keep->attrs.n) xml_write(&b, keep);
  return buf_str(&b);
}

/* ── one touchpoint ──────────────────────────────────────────────────── */

/* Other tools have phases of their own: the first is before, the last is after. */
static Str phase(Taking *t, Str id) {
  const Xml *list = xml_child(t->plan, "journeyPhases");
  size_t at = 0, n = list ? list->children.n : 0;
  for (size_t i = 0; touchpoint_phases[i]; i++) if (str_ieq(id, str_z(touchpoint_phases[i]))) return str_z(touchpoint_phases[i]);
  if (!t->phases_told) left(t, S("Its phases became before, during and after."));
  t->phases_told = true;
  while (at < n && !str_eq(xml_get(list->children.at[at], "phaseID"), id)) at++;
  return at == 0 ? S("before") : at + 1 < n ? S("during") : S("after");
}

static Err visit(Taking *t, const Xml *x, Touchpoint *to) {
  Rows services;
  Str service = xml_get(x, "service");
  if (!x) return E_OK;
  TRY(service_list(t->cx, &services));
  for (size_t i = 0; service.n && i < services.n; i++) if (str_eq(ROW(Service, services, i)->name, service)) to->service_id = ROW(Service, services, i)->id;
  if (service.n && !to->service_id) {                        /* without it the rule would take in anything */
    left(t, str_fmt(t->cx->arena, "“" STR_FMT "” is known by the service “" STR_FMT "”, which is not here: say by what its visits are known.", STR_ARG(to->name), STR_ARG(service)));
    return E_OK;
  }
  to->act = xml_get(x, "act");
  to->request_kind = xml_get(x, "kind");
  to->by_channel = xml_get(x, "channel");
  to->tag = xml_get(x, "tag");
  to->word = xml_get(x, "word");
  return E_OK;
}

static Str refers(const Xml *x) { return xml_get(xml_child(x, "refersTo"), "actorIDref"); }

static void keeps(Arena *a, const Xml *x, Touchpoint *to) {
  static const char *const known[] = { "touchpointID", "belongsTo", "initiator", "receiver", "channel", "cd:touchpoint", NULL };
  static const char *const of_initiator[] = { "refersTo", "initiatorLabel", NULL }, *const of_receiver[] = { "refersTo", NULL }, *const of_channel[] = { "channelName", NULL };
  Xml *keep = xml_new(a, "keep");
  keep_rest(a, keep, "beside", x, known);
  keep_rest(a, keep, "initiator", xml_child(x, "initiator"), of_initiator);
  keep_rest(a, keep, "receiver", xml_child(x, "receiver"), of_receiver);
  keep_rest(a, keep, "channel", xml_child(x, "channel"), of_channel);
  to->keep = keep_text(a, keep);
}

static Err touchpoint(Taking *t, const Xml *x) {
  Arena *a = t->cx->arena;
  const Xml *ours = xml_child(x, "cd:touchpoint"), *from = xml_child(x, "initiator");
  bool says = xml_is(x, "plannedCommunicationPoint");
  Touchpoint to = { .code = xml_said(a, x, "touchpointID"), .kind = says ? S("communication") : S("action"), .name = xml_said(a, from, "initiatorLabel"),
                    .initiator = refers(from), .receiver = says ? refers(xml_child(x, "receiver")) : xml_get(ours, "receiver"),
                    .channel = says ? xml_said(a, xml_child(x, "channel"), "channelName") : xml_get(ours, "channel"), .lane = xml_get(ours, "lane") };
  to.phase = phase(t, xml_get(xml_child(x, "belongsTo"), "phaseIDref"));
  if (!to.name.n) to.name = to.code.n ? to.code : S("?");
  if (!to.lane.n) to.lane = str_eq(to.initiator, t->user) ? S("customer") : S("onstage");
  to.doing = xml_said(a, ours, "cd:doing");
  to.owner = xml_said(a, ours, "cd:owner");
  to.promise = xml_said(a, ours, "cd:promise");
  to.ideas = xml_said(a, ours, "cd:ideas");
  TRY(visit(t, xml_child(ours, "cd:visit"), &to));
  keeps(a, x, &to);
  Err e = touchpoint_put(t->cx, t->j, &to);
  if (e == E_CONFLICT) return fail_field(t->cx, "file", "Line %d: the touchpoint " STR_FMT " stands there twice.", x->line, STR_ARG(to.code));
  if (e == E_INVALID) return fail_field(t->cx, "file", "Line %d: " STR_FMT, x->line, STR_ARG(t->cx->why));
  return e;
}

/* ── the journey ─────────────────────────────────────────────────────── */

static Err whose(Taking *t, const Xml *ours, JourneyNew *in) {
  Arena *a = t->cx->arena;
  Str of = xml_get(ours, "of");
  in->whose = xml_get(ours, "whose");
  in->days = 60;
  (void)str_int(xml_get(ours, "days"), &in->days);
  if (str_eq(in->whose, S("tag"))) in->whose_word = of;
  if (str_eq(in->whose, S("service")))
    TRY(db_int(t->cx, &in->whose_id, SQL("SELECT COALESCE(MIN(id), 0) FROM service WHERE name = ?1"), V(of)));
  if (str_eq(in->whose, S("organisation")))
    TRY(db_int(t->cx, &in->whose_id, SQL("SELECT COALESCE(MIN(id), 0) FROM party WHERE kind = 'organisation' AND name = ?1"), V(of)));
  if (!in->whose.n || in->whose_id || in->whose_word.n) return E_OK;
  left(t, str_fmt(a, "It tells the walks of “" STR_FMT "”, which is not here: now it tells everybody’s.", STR_ARG(of)));
  in->whose = S("");
  return E_OK;
}

/* Attributes of the root are other name spaces that kept elements may stand in. */
static Err keep_journey(Taking *t, const Xml *root) {
  static const char *const known[] = { "journeyID", "journeyTitle", "journeyPhases", "journeyShortSummary", "actors", "touchpoints", "cd:journey", NULL };
  Arena *a = t->cx->arena;
  Xml *keep = xml_new(a, "keep");
  for (size_t i = 0; i < root->attrs.n; i++)
    if (!str_eq(root->attrs.at[i].name, S("version")) && !str_eq(root->attrs.at[i].name, S("xmlns:cd"))) vec_add(a, &keep->attrs, root->attrs.at[i]);
  keep_rest(a, keep, "beside", t->plan, known);
  Str code = xml_said(a, t->plan, "journeyID"), text = keep_text(a, keep), was = t->j->code;
  int64_t same = 0;
  if (code.n) TRY(db_int(t->cx, &same, SQL("SELECT count(*) FROM journey WHERE code = ?1"), V(code)));
  if (same) left(t, str_fmt(a, "There is a journey " STR_FMT " here already, so this one is called " STR_FMT ".", STR_ARG(code), STR_ARG(was)));
  return journey_keep(t->cx, t->j, code.n && !same ? str_utf8_head(code, 100) : was, text);
}

/* The map calls its phases otherwise here, and names those actors only who do something on it: what a walk refers to is said in the walk. */
static void at_home(Taking *t, Xml *actors, Xml *x) {
  Arena *a = t->cx->arena;
  bool known = false;
  for (size_t i = 0; i < x->attrs.n; i++) if (str_eq(x->attrs.at[i].name, S("phaseIDref"))) x->attrs.at[i].value = phase(t, x->attrs.at[i].value);
  Str actor = xml_get(x, "actorIDref");
  for (size_t i = 0; i < actors->children.n; i++) known |= str_eq(xml_get(actors->children.at[i], "actorID"), actor);
  if (actor.n && !known) xml_set(a, xml_add(a, actors, "serviceProvider"), "actorID", actor);
  for (size_t i = 0; i < x->children.n; i++) if (x->children.at[i]->name.n && x->children.at[i] != actors) at_home(t, actors, x->children.at[i]);
}

static void settle(Taking *t, Xml *walk) {
  Xml *actors = xml_own(walk, "actors");
  if (!actors) actors = xml_add(t->cx->arena, walk, "actors");
  for (size_t i = 0; i < actors->children.n; i++)
    for (size_t k = 0; k < actors->children.at[i]->attrs.n; k++)
      if (str_eq(actors->children.at[i]->attrs.at[k].name, S("actorIDref"))) actors->children.at[i]->attrs.at[k].name = S("actorID");
  at_home(t, actors, walk);
}

/* The walks of this map, as a document of their own. Where the map had to be called otherwise here, they follow it. */
static Xml *walks(Taking *t, const Xml *root, size_t *ret_others) {
  Arena *a = t->cx->arena;
  Xml *to = xml_new(a, "CJML");
  Str was = xml_said(a, t->plan, "journeyID");
  to->attrs = root->attrs;
  for (size_t i = 0; i < root->children.n; i++) {
    Xml *x = root->children.at[i];
    if (x == t->plan || !x->name.n) continue;
    Xml *ref = xml_is(x, "actualJourney") ? xml_own(x, "plannedReference") : NULL;
    bool of_this = xml_is(x, "actualJourney") && (!ref || str_eq(xml_words(a, ref), was));
    *ret_others += !of_this;
    if (!of_this) continue;
    if (ref && !str_eq(was, t->j->code)) { ref->children.n = 0; xml_put(a, ref, t->j->code); }
    settle(t, x);
    xml_take(a, to, x);
  }
  return to;
}

static Err took_walks(Taking *t, const Xml *root) {
  size_t others = 0;
  int64_t id;
  Xml *own = walks(t, root, &others);
  if (others) left(t, S("Only the first planned journey of the file was taken, and the walks of it."));
  return own->children.n ? journey_log_keep(t->cx, t->j, t->j->name, own, &id) : E_OK;
}

static void told(Taking *t, size_t dropped) {
  size_t rich = 0;
  const Xml *actors = xml_child(t->plan, "actors");
  for (size_t i = 0; actors && i < actors->children.n; i++) rich += actors->children.at[i]->children.n > 0 || actors->children.at[i]->attrs.n > 1;
  if (rich) left(t, S("Of its actors only the names were taken."));
  if (dropped) left(t, S("Comments in the file were left out."));
}

static Err plan_of(Cx *cx, const Xml *root, const Xml **ret) {
  TRY(journey_cjml_check(cx, root, S("")));
  *ret = xml_child(root, "plannedJourney");
  if (*ret) return E_OK;
  if (!xml_child(root, "actualJourney")) return fail_field(cx, "file", N_("There is no plannedJourney in this file."));
  return fail_field(cx, "file", N_("There is no plannedJourney in this file, only walks. Bring them in at “Walks from elsewhere” of the journey they belong to."));
}

static Err points(Taking *t) {
  size_t skipped = 0;
  const Xml *list = xml_child(t->plan, "touchpoints");
  for (size_t i = 0; i < list->children.n; i++) {
    const Xml *x = list->children.at[i];
    if (journey_cjml_point(x, false)) TRY(touchpoint(t, x)); else skipped += x->name.n > 0;
  }
  if (skipped) left(t, str_fmt(t->cx->arena, "%zu elements among the touchpoints are of no kind that we know, and were left out.", skipped));
  return E_OK;
}

Err journey_cjml_take(Cx *cx, Str bytes, Journey *ret, Sentences *ret_left) {
  Taking t = { .cx = cx, .j = ret, .left = ret_left };
  JourneyNew in = { 0 };
  Xml *root;
  size_t dropped;
  DEFER(tx_end) Tx tx = { 0 };
  Err e = xml_read(cx, bytes, &root, &dropped);
  if (e == E_INVALID || e == E_TOO_LARGE) return fail_field(cx, "file", STR_FMT, STR_ARG(cx->why));
  TRY(e);
  TRY(plan_of(cx, root, &t.plan));
  TRY(tx_begin(cx, &tx));
  in.name = xml_said(cx->arena, t.plan, "journeyTitle");
  if (!in.name.n) in.name = xml_said(cx->arena, t.plan, "journeyID");
  if (!in.name.n) in.name = S("?");
  in.about = xml_said(cx->arena, t.plan, "journeyShortSummary");
  in.walker = t.user = xml_get(xml_child(xml_child(t.plan, "actors"), "endUser"), "actorID");
  TRY(whose(&t, xml_child(t.plan, "cd:journey"), &in));
  TRY(journey_new(cx, &in, ret));
  TRY(keep_journey(&t, root));
  TRY(points(&t));
  TRY(took_walks(&t, root));
  told(&t, dropped);
  TRY(journey_get(cx, ret->id, ret));
  return tx_commit(&tx);
}
