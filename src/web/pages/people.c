/* web/pages/people.c: people and teams as a list, and inviting somebody. */
#include "web/pages/people.h"
#include "desk/signin.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/portal.h"

extern const Route people_routes[];

enum { SHOWN = 40 };

static const char *const parts[] = { [ROSTER_DESK] = "desk", [ROSTER_ASKERS] = "askers", [ROSTER_GONE] = "gone" };
Str people_part(RosterPart part) { return str_z(parts[part]); }

static Err load(Cx *cx, const Req *q, People *p) {
  RosterFilter f = { .limit = SHOWN + 1 };
  for (RosterPart i = 0; i < COUNT(parts); i++) if (str_eq(req_get(q, "part"), people_part(i))) f.part = i;
  f.q = p->q = str_trim(str_head(req_get(q, "q"), 200));
  p->part = f.part;
  p->paged = req_get_int(q, "after", &f.after);
  p->may_change = cx->actor.administers;
  TRY(roster_list(cx, &f, &p->rows));
  if (p->rows.n > SHOWN) {
    p->rows.n = SHOWN;
    p->next = ROW(RosterRow, p->rows, SHOWN - 1)->id;
  }
  TRY(roster_counts(cx, &p->counts));
  return roster_teams(cx, &p->teams);
}

static Err draw(Cx *cx, const Req *q, Res *res, People *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(load(cx, q, p));
  p->done = desk_done(cx, q, S(""));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "People and teams"), RAIL_PEOPLE, &s, &v));
  view_people_page(&v, &s, p);
  return E_OK;
}

static Err list(Cx *cx, const Req *q, Res *res) {
  People p = { .role = S("serves") };
  return draw(cx, q, res, &p);
}

/* What somebody may from now on. The house is looked after and led as a whole; a team is served or led. */
static Err let(Cx *cx, Res *res, const People *p, int64_t person) {
  Party house;
  bool team = str_eq(p->role, S("serves")) || str_eq(p->role, S("leads"));
  if (team && !p->team) return res_wrong(cx, res, "team", tr(cx->lang, "Choose a team."));
  if (team) return relationship_add(cx, person, p->role, p->team);
  TRY(house_get(cx, &house));
  if (str_eq(p->role, S("administers"))) return relationship_add(cx, person, S("administers"), house.id);
  if (str_eq(p->role, S("leads-all"))) return relationship_add(cx, person, S("leads"), house.id);
  return res_wrong(cx, res, "role", tr(cx->lang, "Say what they may do."));
}

static Err invite_now(Cx *cx, Res *res, const People *p, int64_t *ret) {
  Party who;
  if (!mail_normal(cx->arena, p->mail).n) return res_wrong(cx, res, "mail", tr(cx->lang, "Write an email address like name@example.org."));
  TRY(party_find_or_new(cx, p->mail, p->name, &who));
  if (who.disabled_at) TRY(party_disable(cx, who.id, false));
  TRY(let(cx, res, p, who.id));
  *ret = who.id;
  return signin_ask(cx, p->mail, S("/inbox"));
}

static Err invite(Cx *cx, const Req *q, Res *res) {
  People p = { .name = str_trim(req_form(q, "name")), .mail = str_trim(req_form(q, "mail")), .role = req_form(q, "role") };
  int64_t id;
  (void)req_form_int(q, "team", &p.team);
  Err e = invite_now(cx, res, &p, &id);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/people/%lld?done=invited", (long long)id));
  return portal_refused(cx, res, e) ? draw(cx, q, res, &p) : e;
}

const Route people_routes[] = {
  { .verb = GET,  .path = "/people", .run = list,   .may = MAY_PROVIDER, .about = "Who is at the desk, who can ask, who is gone; teams" },
  { .verb = POST, .path = "/people", .run = invite, .may = MAY_ADMIN,    .about = "Invite somebody to the desk" },
  { 0 }
};
