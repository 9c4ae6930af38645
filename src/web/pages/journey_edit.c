/* web/pages/journey_edit.c: the map in work: what the journey is, its touchpoints one form each, their order by buttons, putting it in force. */
#include "desk/service.h"
#include "views.h"
#include "web/pages/journey.h"
#include "web/pages/portal.h"

extern const Route journey_edit_routes[];

enum { KNOWN = 200 };

static Err get(Cx *cx, const Req *q, Journey *ret) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such journey that you may see."));
  TRY(journey_get(cx, id, ret));
  return journey_must_change(cx, ret);
}

static Str edit_href(Cx *cx, const Journey *j, const char *done) {
  return str_fmt(cx->arena, "/journeys/%lld/edit?done=%s", (long long)j->id, done);
}

static JourneyNew as_it_is(const Journey *j) {
  return (JourneyNew){ .name = j->name, .about = j->about, .walker = j->walker, .whose = j->whose, .whose_word = j->whose_word, .team_id = j->team_id, .whose_id = j->whose_id, .days = j->days };
}

/* ── the whole ───────────────────────────────────────────────────────── */

/* What was taken off the map just now can be put back from the notice. */
static void undo(Cx *cx, const Req *q, JourneyEditPage *p) {
  int64_t tp;
  if (str_eq(req_get(q, "done"), S("off-map")) && req_get_int(q, "tp", &tp))
    p->undo = str_fmt(cx->arena, "/journeys/%lld/touchpoints/%lld/back", (long long)p->j.id, (long long)tp);
  if (str_eq(req_get(q, "done"), S("journey-closed"))) p->undo = str_fmt(cx->arena, "/journeys/%lld/open", (long long)p->j.id);
}

static Err draw(Cx *cx, const Req *q, Res *res, JourneyEditPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  p->done = res->wrong.n ? S("") : desk_done(cx, q, S(""));
  if (p->done.n) undo(cx, q, p);
  TRY(touchpoint_list(cx, p->j.id, 0, &p->map));
  TRY(touchpoint_removed(cx, p->j.id, &p->removed));
  TRY(party_list(cx, &(PartyFilter){ .kind = S("organisation"), .limit = KNOWN }, &p->organisations));
  TRY(service_list(cx, &p->services));
  TRY(team_list(cx, &p->teams));
  TRY(desk_begin(cx, q, res, tr_f(cx->arena, cx->lang, "Change %s", p->j.name), RAIL_JOURNEYS, &s, &v));
  view_journey_edit(&v, &s, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  JourneyEditPage p = { 0 };
  TRY(get(cx, q, &p.j));
  p.in = as_it_is(&p.j);
  return draw(cx, q, res, &p);
}

static JourneyNew typed(const Req *q) {
  JourneyNew in = { .name = str_trim(req_form(q, "name")), .about = str_trim(req_form(q, "about")), .walker = str_trim(req_form(q, "walker")), .whose = req_form(q, "whose"), .whose_word = str_trim(req_form(q, "tag")) };
  (void)req_form_int(q, "team", &in.team_id);
  (void)req_form_int(q, "days", &in.days);
  (void)req_form_int(q, str_eq(in.whose, S("service")) ? "service" : "organisation", &in.whose_id);
  return in;
}

static Err change(Cx *cx, const Req *q, Res *res) {
  JourneyEditPage p = { .in = typed(q) };
  TRY(get(cx, q, &p.j));
  Err e = journey_change(cx, &p.j, &p.in);
  if (!e) return res_redirect(cx, res, edit_href(cx, &p.j, "saved"));
  if (!portal_refused(cx, res, e)) return e;
  TRY(get(cx, q, &p.j));
  return draw(cx, q, res, &p);
}

static Err publish(Cx *cx, const Req *q, Res *res) {
  JourneyEditPage p = { .note = str_trim(req_form(q, "note")) };
  TRY(get(cx, q, &p.j));
  Err e = journey_publish(cx, &p.j, p.note);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld?done=in-force", (long long)p.j.id));
  if (!portal_refused(cx, res, e)) return e;
  TRY(get(cx, q, &p.j));
  p.in = as_it_is(&p.j);
  return draw(cx, q, res, &p);
}

static Err close(Cx *cx, const Req *q, Res *res) {
  Journey j;
  TRY(get(cx, q, &j));
  TRY(journey_close(cx, &j, true));
  return res_redirect(cx, res, edit_href(cx, &j, "journey-closed"));
}

static Err open(Cx *cx, const Req *q, Res *res) {
  Journey j;
  TRY(get(cx, q, &j));
  TRY(journey_close(cx, &j, false));
  return res_redirect(cx, res, edit_href(cx, &j, "journey-open"));
}

static Err take_up(Cx *cx, const Req *q, Res *res) {
  Journey j;
  int64_t number;
  TRY(get(cx, q, &j));
  if (!req_param_int(q, "number", &number)) return fail(cx, E_ABSENT, N_("This journey has no such version."));
  TRY(journey_take_up(cx, &j, number));
  return res_redirect(cx, res, edit_href(cx, &j, "taken-up"));
}

/* ── one touchpoint ──────────────────────────────────────────────────── */

/* "new", or the number of one on the map in work. */
static Err touchpoint(Cx *cx, const Req *q, TouchpointPage *p) {
  int64_t id;
  TRY(get(cx, q, &p->j));
  if (str_eq(req_param(q, "touchpoint"), S("new"))) {
    p->t = (Touchpoint){ .journey_id = p->j.id, .phase = S("during"), .lane = S("onstage"), .kind = S("communication"), .act = S("report") };
    return E_OK;
  }
  if (!req_param_int(q, "touchpoint", &id)) return fail(cx, E_ABSENT, N_("There is no such touchpoint on this map."));
  return touchpoint_get(cx, p->j.id, id, &p->t);
}

static Err form_draw(Cx *cx, const Req *q, Res *res, TouchpointPage *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(service_list(cx, &p->services));
  TRY(desk_begin(cx, q, res, p->t.id ? p->t.name : tr(cx->lang, "A new touchpoint"), RAIL_JOURNEYS, &s, &v));
  view_touchpoint_page(&v, &s, p);
  return E_OK;
}

static Err form(Cx *cx, const Req *q, Res *res) {
  TouchpointPage p = { 0 };
  TRY(touchpoint(cx, q, &p));
  return form_draw(cx, q, res, &p);
}

static void form_typed(const Req *q, Touchpoint *t) {
  const struct { const char *name; Str *to; } fields[] = {
    { "name", &t->name }, { "doing", &t->doing }, { "phase", &t->phase }, { "lane", &t->lane }, { "kind", &t->kind }, { "initiator", &t->initiator }, { "receiver", &t->receiver },
    { "channel", &t->channel }, { "owner", &t->owner }, { "promise", &t->promise }, { "ideas", &t->ideas }, { "act", &t->act }, { "request_kind", &t->request_kind },
    { "by_channel", &t->by_channel }, { "tag", &t->tag }, { "word", &t->word },
  };
  for (size_t i = 0; i < COUNT(fields); i++) *fields[i].to = str_trim(req_form(q, fields[i].name));
  t->service_id = 0;
  (void)req_form_int(q, "service_id", &t->service_id);
}

static Err ordered(Cx *cx, Res *res, const TouchpointPage *p, bool later) {
  TRY(touchpoint_move(cx, &p->j, &p->t, later));
  return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/edit?done=moved#" STR_FMT, (long long)p->j.id, STR_ARG(p->t.code)));
}

static Err save(Cx *cx, const Req *q, Res *res) {
  TouchpointPage p = { 0 };
  Str what = req_form(q, "do");
  TRY(touchpoint(cx, q, &p));
  if (p.t.id && str_eq(what, S("up"))) return ordered(cx, res, &p, false);
  if (p.t.id && str_eq(what, S("down"))) return ordered(cx, res, &p, true);
  if (p.t.id && str_eq(what, S("remove"))) {
    TRY(touchpoint_remove(cx, &p.j, &p.t, true));
    return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/edit?done=off-map&tp=%lld", (long long)p.j.id, (long long)p.t.id));
  }
  form_typed(q, &p.t);
  Err e = touchpoint_put(cx, &p.j, &p.t);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/edit?done=saved#" STR_FMT, (long long)p.j.id, STR_ARG(p.t.code)));
  return portal_refused(cx, res, e) ? form_draw(cx, q, res, &p) : e;
}

static Err back(Cx *cx, const Req *q, Res *res) {
  TouchpointPage p = { 0 };
  TRY(touchpoint(cx, q, &p));
  TRY(touchpoint_remove(cx, &p.j, &p.t, false));
  return res_redirect(cx, res, edit_href(cx, &p.j, "on-map"));
}

const Route journey_edit_routes[] = {
  { .verb = GET,  .path = "/journeys/{id}/edit",                           .run = page,    .may = MAY_LEAD, .about = "The map in work" },
  { .verb = POST, .path = "/journeys/{id}/edit",                           .run = change,  .may = MAY_LEAD, .about = "What the journey is called, and whose walks it tells" },
  { .verb = POST, .path = "/journeys/{id}/publish",                        .run = publish, .may = MAY_LEAD, .about = "Put the map in work in force" },
  { .verb = POST, .path = "/journeys/{id}/close",                          .run = close,   .may = MAY_LEAD, .about = "Take a journey out of the list" },
  { .verb = POST, .path = "/journeys/{id}/open",                           .run = open,    .may = MAY_LEAD, .about = "Put a journey back into the list" },
  { .verb = POST, .path = "/journeys/{id}/versions/{number}",              .run = take_up, .may = MAY_LEAD, .about = "Work on an older version again" },
  { .verb = GET,  .path = "/journeys/{id}/touchpoints/{touchpoint}",       .run = form,    .may = MAY_LEAD, .about = "One touchpoint of the map in work, or a new one" },
  { .verb = POST, .path = "/journeys/{id}/touchpoints/{touchpoint}",       .run = save,    .may = MAY_LEAD, .about = "Save, move or take off a touchpoint" },
  { .verb = POST, .path = "/journeys/{id}/touchpoints/{touchpoint}/back",  .run = back,    .may = MAY_LEAD, .about = "Put a touchpoint back on the map" },
  { 0 }
};
