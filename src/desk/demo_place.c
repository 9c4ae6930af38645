/* desk/demo_place.c: the sample organisation before anybody asked anything. */
#include "desk/demo_place.h"
#include "desk/mailbox.h"
#include "desk/party.h"
#include "desk/service.h"
#include "desk/setting.h"

static const struct { const char *name, *domain; } houses[DEMO_HOUSES] = {
  { "Meridian Foods", "meridian.example" }, { "Nordpris", "nordpris.example" }, { "Maison Koffi", "maison-koffi.example" }, { "Etiqueta", "etiqueta.example" },
};
static const struct { const char *team; bool closed; const char *service, *promise, *words; int hours; } teams[DEMO_TEAMS] = {
  { "Service desk", false, "Anything that should work and doesn’t", "A person reads it within four working hours and says by when it works again.", "laptop password screen phone printer network login app roster portal palavra-passe scanner imprimante bildschirm ordner scherm", 4 },
  { "HR", true, "People, pay and leave", "Answers in plain words, and the papers ready to sign.", "leave salary contract payroll badge name vacation recibo attestation urlaub vencimento الرواتب", 8 },
  { "Facilities", false, "Buildings, doors, desks", "Safe first, then mended, then explained.", "door lamp desk room forklift cold alarm ramp chair glove gate lamp licht tür puerta rampa", 4 },
  { "Finance", false, "Money that should have moved", "You hear the day it moves.", "invoice travel money receipt paid cost fatura facture rechnung supplier", 8 },
  { "Scanning and labels", false, "Scanners and labels", "The line does not wait for us.", "label etiqueta etikett barcode", 2 },
};

static Err person(Cx *cx, const PartyNew *in, int64_t *ret) {
  TRY(party_new(cx, in, ret));
  return in->mail.n ? address_verified(cx, in->mail) : E_OK;
}

static Err houses_make(Cx *cx, DemoPlace *p) {
  for (size_t i = 0; i < DEMO_HOUSES; i++) {
    TRY(party_new(cx, &(PartyNew){ .kind = S("organisation"), .name = str_z(houses[i].name), .zone = S("Europe/Lisbon"), .phone = i ? S("") : S("+351 22 555 0140") }, &p->houses[i]));
    TRY(organisation_domain(cx, p->houses[i], str_z(houses[i].domain)));
  }
  return E_OK;
}

static Err teams_make(Cx *cx, DemoPlace *p) {
  CalendarRow hours = { .name = S("Porto"), .zone = S("Europe/Lisbon"), .rules = S("mon-fri 08:30-17:30; closed 2026-12-25, 2026-06-10, 2026-06-24") };
  TRY(calendar_put(cx, &hours));
  TRY(calendar_parse(cx, hours.zone, hours.rules, &p->hours));
  for (size_t i = 0; i < DEMO_TEAMS; i++) {
    TRY(party_new(cx, &(PartyNew){ .kind = S("team"), .name = str_z(teams[i].team), .closed = teams[i].closed, .organisation_id = p->houses[0], .calendar_id = hours.id }, &p->teams[i]));
    Service s = { .name = str_z(teams[i].service), .promise = str_z(teams[i].promise), .words = str_z(teams[i].words), .team_id = p->teams[i],
                  .calendar_id = hours.id, .hear_within = teams[i].hours * 3600, .position = (int64_t)i };
    TRY(service_put(cx, &s));
    p->services[i] = s.id;
  }
  return relationship_add(cx, p->houses[3], S("supplies"), p->teams[4]);
}

static Err servers_make(Cx *cx, DemoPlace *p) {
  for (size_t i = 0; i < demo_server_count; i++) {
    const DemoServer *s = &demo_servers[i];
    TRY(person(cx, &(PartyNew){ .name = str_z(s->name), .mail = str_z(s->mail), .title = str_z(s->title), .say_name = str_z(s->say), .zone = str_z(s->zone),
                                .lang = S("en"), .organisation_id = p->houses[0] }, &p->servers[i]));
    if (s->team >= 0) TRY(relationship_add(cx, p->servers[i], s->leads ? S("leads") : S("serves"), p->teams[s->team]));
    else TRY(relationship_add(cx, p->servers[i], s->team == -1 ? S("leads") : S("administers"), p->houses[0]));
  }
  return relationship_add(cx, p->servers[1], S("serves"), p->teams[4]);          /* Yusuf knows scanners too */
}

/* Latin letters of a name, for an address; a name in another script gets a number. */
static Str mail_of(Cx *cx, const char *name, int house, size_t i) {
  Buf b = { .arena = cx->arena };
  for (const char *c = name; *c; c++) {
    if ((*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z')) buf_char(&b, (char)(*c | 32));
    else if (*c == ' ' && b.n && b.p[b.n - 1] != '.') buf_char(&b, '.');
  }
  if (b.n < 4) buf_fmt(&b, "person");
  buf_fmt(&b, "%zu@%s", i, houses[house].domain);
  return buf_str(&b);
}

/* A small place has many who ask now and then; a large one is asked by the same people more often. */
static size_t how_many(const DemoSize *size) {
  enum { SMALL = 180 };
  int64_t n = size->people ? size->people : size->requests / 20;
  if (!size->people && n < SMALL) n = size->requests / 2 < SMALL ? size->requests / 2 : SMALL;
  return (size_t)n > demo_asker_count ? (size_t)n : demo_asker_count;
}

static Err askers_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  p->asker_n = how_many(size);
  p->hard = NEW_N(cx->arena, bool, p->asker_n);
  p->askers = NEW_N(cx->arena, int64_t, p->asker_n);
  p->employers = NEW_N(cx->arena, int64_t, p->asker_n);
  for (size_t i = 0; i < p->asker_n; i++) {
    PartyNew in = { .zone = S("Europe/Lisbon"), .lang = S("en") };
    int house = rng_below(&p->rng, 6) ? 0 : 1 + (int)rng_below(&p->rng, 2);
    if (i < demo_asker_count) {
      const DemoPerson *d = &demo_askers[i];
      in = (PartyNew){ .name = str_z(d->name), .say_name = str_z(d->say), .title = str_z(d->title), .lang = str_z(d->lang), .zone = str_z(d->zone),
                       .phone = i % 3 ? S("") : str_fmt(cx->arena, "+351 22 555 %04zu", 150 + i) };
      house = d->house;
    } else {
      in.name = str_fmt(cx->arena, "%s %s", demo_first_names[rng_below(&p->rng, demo_first_count)], demo_last_names[rng_below(&p->rng, demo_last_count)]);
    }
    p->hard[i] = rng_below(&p->says, 100) < 24;               /* trouble is not spread evenly: old machines, a far site, a badge that nobody knows */
    in.organisation_id = p->employers[i] = p->houses[house];
    in.mail = mail_of(cx, str_cstr(cx->arena, in.name), house, i + 1);
    TRY(person(cx, &in, &p->askers[i]));
    if (i < demo_asker_count) p->askers_named[i] = p->askers[i];
  }
  TRY(relationship_add(cx, p->askers_named[19], S("reads"), p->houses[1]));      /* Ingrid may read what her shops asked */
  return E_OK;
}

static int64_t named(const DemoPlace *p, const char *name) {
  for (size_t i = 0; i < demo_asker_count; i++) if (!strcmp(demo_askers[i].name, name)) return p->askers_named[i];
  for (size_t i = 0; i < demo_server_count; i++) if (!strcmp(demo_servers[i].name, name)) return p->servers[i];
  return 0;
}

static Err notes_make(Cx *cx, DemoPlace *p) {
  for (size_t i = 0; i < demo_note_count; i++) {
    const DemoNote *n = &demo_notes[i];
    int64_t at = cx->now - n->age_days * DAY;
    if (!strcmp(n->kind, "accommodation") && p->helped_n < COUNT(p->helped)) p->helped[p->helped_n++] = named(p, n->about);
    TRY(db_run(cx, SQL("INSERT INTO memory(about_id, kind, words, source, by_id, created_at, confirmed_at, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)"),
               V(named(p, n->about)), V(str_z(n->kind)), V(str_z(n->words)), V(str_z(n->source)), V(named(p, n->by)), V(at), V((int64_t)(i % 4))));
  }
  return E_OK;
}

Err demo_place_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  p->rng = rng_seed(size->seed);
  p->says = rng_seed(size->seed ^ 0x63617264);
  TRY(houses_make(cx, p));
  TRY(teams_make(cx, p));
  TRY(servers_make(cx, p));
  TRY(askers_make(cx, size, p));
  TRY(notes_make(cx, p));
  TRY(setting_set(cx, S("place.name"), S("Meridian Foods")));
  TRY(setting_set(cx, S("place.zone"), S("Europe/Lisbon")));
  TRY(setting_set(cx, S("place.lang"), S("en")));
  TRY(setting_set(cx, S("mail.from"), S("help@meridian.example")));
  TRY(setting_set(cx, S("place.phone"), S("+351 22 555 0140")));
  TRY(setting_set(cx, S("mail.from"), S("help@meridian.example")));
  int64_t box;
  TRY(mailbox_put(cx, &(MailboxNew){ .address = S("help@meridian.example") }, &box));
  TRY(setting_set(cx, S("setup.done"), S("yes")));
  return setting_set(cx, S("demo"), S("yes"));
}
