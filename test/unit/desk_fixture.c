#include "desk_fixture.h"
#include "desk/service.h"

static int64_t person(Cx *cx, const char *name, const char *mail, int64_t organisation) {
  int64_t id = 0;
  OK(cx, party_new(cx, &(PartyNew){ .name = str_z(name), .mail = str_z(mail), .organisation_id = organisation, .zone = S("Europe/Lisbon") }, &id));
  return id;
}
static int64_t party(Cx *cx, const char *kind, const char *name, bool closed) {
  int64_t id = 0;
  OK(cx, party_new(cx, &(PartyNew){ .kind = str_z(kind), .name = str_z(name), .closed = closed }, &id));
  return id;
}

void place_new(Cx *cx, Place *p) {
  static Site site;
  site = (Site){ .public_url = S("https://desk.example"), .mail_from = S("help@meridian.example"), .mail_domain = S("meridian.example"),
                 .remind_after = 3 * DAY, .lapse_after = 14 * DAY, .reopen_within = 30 * DAY, .append_within = 7 * DAY, .max_upload = 1 << 20 };
  memcpy(site.key, "a key for tests, 32 bytes long..", 32);
  cx->site = &site;
  cx->zone = S("Europe/Lisbon");
  p->house = party(cx, "organisation", "Meridian Foods", false);
  p->customer = party(cx, "organisation", "Nordpris", false);
  p->it = party(cx, "team", "Service desk", false);
  p->hr = party(cx, "team", "HR", true);
  p->sofie = person(cx, "Sofie Janssens", "sofie@meridian.example", p->house);
  p->yusuf = person(cx, "Yusuf Demir", "yusuf@meridian.example", p->house);
  p->grace = person(cx, "Grace Mbeki", "grace@meridian.example", p->house);
  p->noor = person(cx, "Noor van Dijk", "noor@meridian.example", p->house);
  p->admin = person(cx, "Lars Holm", "lars@meridian.example", p->house);
  p->ana = person(cx, "Ana Souza", "ana@meridian.example", p->house);
  p->priya = person(cx, "Priya Raghunathan", "priya@meridian.example", p->house);
  p->olu = person(cx, "Oluwaseun Adeyemi", "olu@nordpris.example", p->customer);
  OK(cx, relationship_add(cx, p->sofie, S("leads"), p->it));
  OK(cx, relationship_add(cx, p->yusuf, S("serves"), p->it));
  OK(cx, relationship_add(cx, p->grace, S("serves"), p->hr));
  OK(cx, relationship_add(cx, p->noor, S("leads"), p->house));
  OK(cx, relationship_add(cx, p->admin, S("administers"), p->house));
  CalendarRow cal = { .name = S("Porto"), .zone = S("Europe/Lisbon"), .rules = S("mon-fri 08:30-17:30") };
  OK(cx, calendar_put(cx, &cal));
  Service it = { .name = S("Anything IT"), .team_id = p->it, .calendar_id = cal.id, .hear_within = 4 * 3600, .words = S("printer laptop password") };
  Service hr = { .name = S("People and pay"), .team_id = p->hr, .calendar_id = cal.id, .hear_within = 8 * 3600, .words = S("salary leave contract"), .position = 1 };
  OK(cx, service_put(cx, &it));
  OK(cx, service_put(cx, &hr));
  p->service_it = it.id;
  p->service_hr = hr.id;
}

void act_as(Cx *cx, int64_t id) {
  OK(cx, actor_load(cx, id, &cx->actor));
}
