/* desk/setup.c: see setup.h. */
#include "desk/setup.h"
#include "base/random.h"
#include "desk/service.h"
#include "desk/setting.h"
#include "base/zone.h"
#include "text/mailaddr.h"

enum { COLLEAGUES_MOST = 500, HEAR_WITHIN = 4 * 3600 };

Err setup_open(Cx *cx, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT count(*) FROM (SELECT 1 FROM relationship WHERE kind = 'administers' AND from_id > ?1 LIMIT 1) one"), V(0)));
  *ret = n == 0;
  return E_OK;
}

Str setup_code(Arena *a, const Site *site) { return site_mark(a, site, "setup...", S("first administrator")); }

bool setup_code_ok(Arena *a, const Site *site, Str typed) {
  Buf plain = { .arena = a };
  typed = str_lower(a, str_head(typed, 100));
  for (size_t i = 0; i < typed.n; i++)
    if (typed.p[i] != ' ' && typed.p[i] != '-') buf_char(&plain, typed.p[i]);
  return secret_eq(buf_str(&plain), setup_code(a, site));
}

/* ── you ─────────────────────────────────────────────────────────────── */

static Err house_or_new(Cx *cx, int64_t *ret) {
  Party house;
  Err e = house_get(cx, &house);
  if (e == E_ABSENT) return party_new(cx, &(PartyNew){ .kind = S("organisation"), .name = S("Cornerdesk") }, ret);
  TRY(e);
  *ret = house.id;
  return E_OK;
}

Err setup_administrator(Cx *cx, Str name, Str mail, int64_t *ret_person) {
  bool open;
  TRY(setup_open(cx, &open));
  if (!open) return fail(cx, E_CONFLICT, N_("Somebody looks after this desk already. Ask them to let you in."));
  name = str_trim(name);
  if (!name.n) return fail_field(cx, "name", N_("Write your name, as the people you help will see it."));
  if (!mailaddr_ok(str_trim(mail))) return fail_field(cx, "mail", N_("Write an email address like name@example.org."));
  /* Unique: of two who set up at the same moment one gets a conflict. */
  TRY(db_run(cx, SQL("INSERT INTO setting(name, value) VALUES ('setup.administrator', ?1)"), V(S("made"))));
  int64_t house;
  TRY(house_or_new(cx, &house));
  Party you;
  TRY(party_find_or_new(cx, mail, name, &you));
  TRY(party_change(cx, you.id, &(PartyNew){ .name = name, .organisation_id = house }));
  TRY(relationship_add(cx, house, S("employs"), you.id));
  TRY(relationship_add(cx, you.id, S("administers"), house));
  *ret_person = you.id;
  return setup_done(cx, SETUP_YOU);
}

/* ── your place ──────────────────────────────────────────────────────── */

Err setup_place(Cx *cx, const SetupPlace *in) {
  Str name = str_trim(in->name);
  if (!name.n) return fail_field(cx, "name", N_("Write what people call your place."));
  if (name.n > 200) return fail_field(cx, "name", N_("A name has at most 200 letters."));
  if (!zone_get(in->zone)) return fail_field(cx, "zone", N_("Choose a time zone from the list."));
  int64_t house;
  TRY(house_or_new(cx, &house));
  TRY(party_change(cx, house, &(PartyNew){ .name = name, .lang = in->lang, .zone = in->zone, .phone = str_trim(in->phone) }));
  TRY(setting_set(cx, S("place.name"), name));
  TRY(setting_set(cx, S("place.lang"), in->lang));
  TRY(setting_set(cx, S("place.zone"), in->zone));
  return setting_set(cx, S("place.phone"), str_trim(in->phone));
}

/* ── your team ───────────────────────────────────────────────────────── */

static Err zone_of_place(Cx *cx, Str *ret) {
  TRY(setting_get(cx, S("place.zone"), ret));
  if (!ret->n) *ret = S("UTC");
  return E_OK;
}

/* The service the wizard made before, or a new one; with its team and calendar. */
static Err first_service(Cx *cx, Service *s, CalendarRow *hours) {
  Rows all;
  TRY(service_list(cx, &all));
  *s = (Service){ 0 };
  *hours = (CalendarRow){ 0 };
  if (all.n) *s = *ROW(Service, all, 0);
  return s->calendar_id ? calendar_row(cx, s->calendar_id, hours) : E_OK;
}

static Err team_put(Cx *cx, Str name, int64_t calendar, int64_t *team) {
  if (*team) return party_change(cx, *team, &(PartyNew){ .name = name, .calendar_id = calendar });
  return party_new(cx, &(PartyNew){ .kind = S("team"), .name = name, .calendar_id = calendar }, team);
}

Err setup_team(Cx *cx, const SetupTeam *in, int64_t *ret_team) {
  Str name = str_trim(in->name);
  if (!name.n) return fail_field(cx, "name", N_("Write what your team is called."));
  if (name.n > 200) return fail_field(cx, "name", N_("A name has at most 200 letters."));
  Service s;
  CalendarRow hours;
  TRY(first_service(cx, &s, &hours));
  TRY(zone_of_place(cx, &hours.zone));
  hours.name = name;
  hours.rules = in->hours.n ? in->hours : S("mon-fri 09:00-17:00");
  TRY(calendar_put(cx, &hours));
  TRY(team_put(cx, name, hours.id, &s.team_id));
  s.name = name;
  s.calendar_id = hours.id;
  s.hear_within = in->hear_within > 0 ? in->hear_within : HEAR_WITHIN;
  TRY(service_put(cx, &s));
  if (in->lead) TRY(relationship_add(cx, in->lead, S("leads"), s.team_id));
  *ret_team = s.team_id;
  return E_OK;
}

static Err colleague(Cx *cx, int64_t team, const MailAddr *who) {
  Party p, house;
  TRY(party_find_or_new(cx, who->email, who->name, &p));
  TRY(house_get(cx, &house));
  TRY(relationship_add(cx, house.id, S("employs"), p.id));
  if (!p.organisation_id) TRY(party_change(cx, p.id, &(PartyNew){ .organisation_id = house.id }));
  return relationship_add(cx, p.id, S("serves"), team);
}

/* Commas and semicolons part addresses as line ends do, but not inside quotes: "Holm, Lars" <lars@…>. */
static Str one_colleague(Str *rest) {
  bool quoted = false;
  size_t i = 0;
  for (; i < rest->n; i++) {
    char c = rest->p[i];
    if (c == '"') quoted = !quoted;
    if (c == '\n' || (!quoted && (c == ',' || c == ';'))) break;
    if (c == '\r') quoted = false;
  }
  Str one = str_head(*rest, i);
  *rest = str_from(*rest, i + 1);
  return str_trim(one);
}

Err setup_colleagues(Cx *cx, int64_t team, Str pasted, int64_t *ret_added, Str *ret_unread) {
  Buf unread = { .arena = cx->arena };
  *ret_added = 0;
  while (pasted.n) {
    Str line = one_colleague(&pasted);
    MailAddr who;
    if (!line.n) continue;
    if (*ret_added >= COLLEAGUES_MOST || !mailaddr_parse(cx->arena, line, &who)) {
      buf_add(&unread, line);
      buf_char(&unread, '\n');
      continue;
    }
    TRY(colleague(cx, team, &who));
    ++*ret_added;
  }
  *ret_unread = buf_str(&unread);
  return E_OK;
}

/* ── how far ─────────────────────────────────────────────────────────── */

Err setup_step(Cx *cx, int64_t *ret) {
  Str have;
  TRY(setting_get(cx, S("setup.step"), &have));
  if (!str_int(have, ret) || *ret < SETUP_YOU || *ret > SETUP_OVER) *ret = SETUP_YOU;
  return E_OK;
}

Err setup_done(Cx *cx, int64_t step) {
  int64_t have;
  TRY(setup_step(cx, &have));
  if (have > step) return E_OK;
  return setting_set(cx, S("setup.step"), str_fmt(cx->arena, "%lld", (long long)step + 1));
}
