/* web/pages/team.c: one team: who leads it, who serves, who may look in. */
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/people.h"
#include "web/pages/portal.h"

extern const Route team_routes[];

enum { KNOWN = 200 };

bool team_leads(const TeamPage *t, int64_t person) {
  for (size_t i = 0; i < t->lead.n; i++) if (ROW(Party, t->lead, i)->id == person) return true;
  return false;
}

static Err get(Cx *cx, const Req *q, Party *ret) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such team."));
  TRY(party_get(cx, id, ret));
  return str_eq(ret->kind, S("team")) ? E_OK : fail(cx, E_ABSENT, N_("There is no such team."));
}

static Err draw(Cx *cx, const Req *q, Res *res, TeamPage *t) {
  Shell s;
  View v;
  t->wrong = &res->wrong;
  TRY(get(cx, q, &t->p));
  TRY(relationship_from(cx, S("serves"), t->p.id, &t->serve));
  TRY(relationship_from(cx, S("leads"), t->p.id, &t->lead));
  t->may_change = cx->actor.administers;
  t->done = res->wrong.n ? S("") : desk_done(cx, q, S(""));
  if (t->may_change) TRY(party_list(cx, &(PartyFilter){ .kind = S("person"), .role = S("provider"), .limit = KNOWN }, &t->known));
  TRY(desk_begin(cx, q, res, t->p.name, RAIL_PEOPLE, &s, &v));
  view_team_page(&v, &s, t);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  TeamPage t = { 0 };
  return draw(cx, q, res, &t);
}

static Err new_team(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  Str name = str_trim(req_form(q, "team_name"));
  Party same;
  if (!name.n) return fail_field(cx, "team_name", N_("Give the team a name."));
  Err e = team_by_name(cx, name, &same);
  if (e == E_OK) return res_redirect(cx, res, str_fmt(cx->arena, "/teams/%lld", (long long)same.id));
  if (e != E_ABSENT) return e;
  TRY(party_new(cx, &(PartyNew){ .kind = S("team"), .name = name }, &id));
  return res_redirect(cx, res, str_fmt(cx->arena, "/teams/%lld?done=saved", (long long)id));
}

static Err edit_now(Cx *cx, const Req *q, const Party *t) {
  if (!str_trim(req_form(q, "name")).n) return fail_field(cx, "name", N_("Give the team a name."));
  TRY(party_change(cx, t->id, &(PartyNew){ .name = req_form(q, "name"), .about = str_trim(req_form(q, "about")) }));
  return team_close(cx, t->id, req_form(q, "closed").n > 0);
}

static Err edit(Cx *cx, const Req *q, Res *res) {
  TeamPage t = { 0 };
  TRY(get(cx, q, &t.p));
  Err e = edit_now(cx, q, &t.p);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/teams/%lld?done=saved", (long long)t.p.id));
  return portal_refused(cx, res, e) ? draw(cx, q, res, &t) : e;
}

/* Who leads also serves: taking the lead from somebody leaves them in the team. */
static Err member_now(Cx *cx, const Req *q, const Party *t) {
  int64_t person;
  Str what = req_form(q, "do");
  Party p;
  if (!req_form_int(q, "person", &person)) {
    if (!mail_normal(cx->arena, req_form(q, "who")).n) return fail_field(cx, "who", N_("Write an email address like name@example.org."));
    TRY(party_find_or_new(cx, req_form(q, "who"), S(""), &p));
    person = p.id;
  }
  if (str_eq(what, S("lead")))   { TRY(relationship_add(cx, person, S("leads"), t->id)); return relationship_add(cx, person, S("serves"), t->id); }
  if (str_eq(what, S("unlead"))) { TRY(relationship_add(cx, person, S("serves"), t->id)); return relationship_drop(cx, person, S("leads"), t->id); }
  if (str_eq(what, S("drop")))   { TRY(relationship_drop(cx, person, S("leads"), t->id)); return relationship_drop(cx, person, S("serves"), t->id); }
  return relationship_add(cx, person, S("serves"), t->id);
}

static Err member(Cx *cx, const Req *q, Res *res) {
  TeamPage t = { .who = req_form(q, "who") };
  TRY(get(cx, q, &t.p));
  Err e = member_now(cx, q, &t.p);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/teams/%lld?done=saved", (long long)t.p.id));
  return portal_refused(cx, res, e) ? draw(cx, q, res, &t) : e;
}

const Route team_routes[] = {
  { .verb = POST, .path = "/teams",              .run = new_team, .may = MAY_ADMIN,    .about = "A new team" },
  { .verb = GET,  .path = "/teams/{id}",         .run = page,     .may = MAY_PROVIDER, .about = "One team: who leads it, who serves" },
  { .verb = POST, .path = "/teams/{id}",         .run = edit,     .may = MAY_ADMIN,    .about = "Its name, and who may look in" },
  { .verb = POST, .path = "/teams/{id}/members", .run = member,   .may = MAY_ADMIN,    .about = "Who serves and who leads" },
  { 0 }
};
