/* desk/demo_worth.c: what the sample organisation and its customers agreed beyond single conversations, and what it brings in and costs. */
#include "desk/demo_place.h"
#include "desk/party.h"
#include "desk/setting.h"
#include "store/fill.h"

/* Thousands a month in euros, goods of each hundred that comes in, euros a month spent beside (journeys, samples). The first four are the houses
   of demo_place.c. */
static const struct { const char *name; int revenue, goods, beside; } books[] = {
  { NULL, 0, 0, 0 }, { NULL, 62, 61, 1900 }, { NULL, 21, 74, 5600 }, { NULL, 0, 0, 0 },
  { "Fjordmat", 48, 66, 800 }, { "Casa Aveiro", 35, 70, 9200 }, { "Boulangerie Lumière", 4, 58, 90 }, { "Kiosk Nord", 2, 71, 40 }, { "Hotel Miramar", 6, 88, 700 },
};
enum { MONTHS = 12 };

static int64_t named(const DemoPlace *p, const char *name) {
  for (size_t i = 0; i < demo_asker_count; i++) if (!strcmp(demo_askers[i].name, name)) return p->askers_named[i];
  for (size_t i = 0; i < demo_server_count; i++) if (!strcmp(demo_servers[i].name, name)) return p->servers[i];
  return 0;
}

static Str month_back(Cx *cx, int back) {
  int y, m, d;
  clock_civil(cx->now / DAY, &y, &m, &d);
  for (m -= back; m < 1; m += 12) y--;
  return str_fmt(cx->arena, "%04d-%02d", y, m);
}

static void book(Fill *f, int64_t party, const char *kind, int64_t euros, Str month, const char *words, int64_t by, int64_t at) {
  if (euros > 0) fill_row(f, V(party), V(str_z(kind)), V(euros * 100), V(S("EUR")), V(month), V(str_z(words)), V(by), V(at));
}

static Err books_make(Cx *cx, DemoPlace *p) {
  Fill f = fill_new(cx, SQL("ledger"), SQL("party_id, kind, amount, currency, period, words, proposed_by, proposed_at"));
  int64_t by = named(p, "Daniela Costa");
  for (size_t i = 0; i < COUNT(books); i++) {
    int64_t party = i < DEMO_HOUSES ? p->houses[i] : 0;
    if (!party) TRY(party_new(cx, &(PartyNew){ .kind = S("organisation"), .name = str_z(books[i].name) }, &party));
    for (int m = MONTHS - 1; m >= 0; m--) {
      int64_t at = cx->now - m * 30 * DAY, revenue = books[i].revenue * (1000 + ((int64_t)i * 37 + m * 53) % 160 - 60);       /* no month is like another */
      book(&f, party, "revenue", revenue, month_back(cx, m), "", by, at);
      book(&f, party, "goods", revenue * books[i].goods / 100, month_back(cx, m), "", by, at);
      if (m % 3 == 1) book(&f, party, "cost", 3 * books[i].beside, month_back(cx, m), "Journeys and samples", by, at);
    }
  }
  return fill_write(cx, &f);
}

static Err costs_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  static const struct { int cost, minutes, request, message, act; } teams[DEMO_TEAMS] = {
    { 420, 600, 6, 5, 2 }, { 255, 370, 8, 6, 2 }, { 300, 440, 12, 5, 2 }, { 265, 400, 7, 6, 2 }, { 98, 120, 10, 6, 2 },
  };
  int64_t times = size->requests > 400 ? size->requests / 400 : 1;        /* a house that is asked more has more people */
  for (size_t i = 0; i < DEMO_TEAMS; i++) {
    TRY(db_run(cx, SQL("INSERT INTO team_cost(team_id, cost, minutes) VALUES (?1, ?2, ?3)"), V(p->teams[i]), V(teams[i].cost * 100 * times), V(teams[i].minutes * times)));
    TRY(db_run(cx, SQL("INSERT INTO equation(service_id, per_request, per_message, per_act) VALUES (?1, ?2, ?3, ?4)"), V(p->services[i]), V(teams[i].request), V(teams[i].message), V(teams[i].act)));
  }
  TRY(setting_set(cx, S("worth.large"), S("200000")));
  return db_run_(cx, NULL, SQL("INSERT INTO work(request_id, who_id, minutes, at) SELECT id, owner_id, 8 + (id * 7) % 50, updated_at FROM request"
                               " WHERE id % 9 = 4 AND court = 'done' AND owner_id IS NOT NULL ORDER BY id"), NULL, 0);
}

static const struct { int house, service; const char *who, *words, *measure; int minutes, promised, days; } bars[] = {
  { 1, 0, "Ingrid Bakken", "A till stands still: somebody answers within two hours", "hear", 120, 240, 150 },
  { 1, -1, "Ingrid Bakken", "Everything else: it is done within two days", "done", 2880, 2880, 150 },
  { 1, -1, "Erik Sandberg", "As we asked for it, not as it is usually done", "judged", 0, 1, 96 },
  { 2, -1, "Jean-Baptiste Koffi", "Une réponse le jour même", "hear", 480, 0, 40 },
};

/* days: made so long ago; by: days from now it falls due (below 0: fell); done: days from now it was done, 1000: not yet. agreed: they said yes. */
static const struct { int house; const char *who, *words; int days, by, done; bool agreed; } pledges[] = {
  { 1, "Oluwaseun Adeyemi", "Twenty labels counted at the end of each shift", 30, 2, 1000, true },
  { 1, "Erik Sandberg", "Which of the two scanners the shops want", 12, 1, 1000, true },
  { 1, "Ingrid Bakken", "Door codes for the new store in Bergen", 40, -12, -3, true },
  { 1, "Oluwaseun Adeyemi", "A list of all tills with their versions", 60, -30, -31, true },
  { 1, "Ingrid Bakken", "Somebody who may decide, at the Monday call", 50, -22, -22, true },
  { 1, "Erik Sandberg", "Test shop open before eight", 70, -44, -46, true },
  { 1, "Ingrid Bakken", "Names of the new shop leads", 2, 9, 1000, false },
  { 2, "Aminata Traoré", "Les codes douaniers des douze articles", 20, 5, 1000, true },
};

static const struct { int house; const char *words, *kind, *by, *who; int euros, days; } worths[] = {
  { 1, "Tills open at eight in all shops, not at nine", "profit", "Aiko Mori", "Ingrid Bakken", 14500, 22 },
  { 1, "Price labels change in an evening rather than in three days", "process", "Aiko Mori", "Ingrid Bakken", 6200, 61 },
  { 1, "First in the north with allergens on every shelf label", "position", "Sofie Janssens", "Erik Sandberg", 0, 74 },
  { 1, "Two audits passed without a visit", "process", "Sofie Janssens", NULL, 1800, 5 },
  { 2, "Un contrôle de douane en moins par conteneur", "profit", "Daniela Costa", NULL, 900, 9 },
};

static Err agreed_make(Cx *cx, DemoPlace *p) {
  for (size_t i = 0; i < COUNT(bars); i++)
    TRY(db_run(cx, SQL("INSERT INTO bar(party_id, service_id, words, measure, seconds, promised, set_by, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
               V(p->houses[bars[i].house]), VID(bars[i].service < 0 ? (int64_t)0 : p->services[bars[i].service]), V(str_z(bars[i].words)), V(str_z(bars[i].measure)), V(bars[i].minutes * 60),
               V(strcmp(bars[i].measure, "judged") ? bars[i].promised * 60 : bars[i].promised), V(named(p, bars[i].who)), V(cx->now - bars[i].days * DAY)));
  for (size_t i = 0; i < COUNT(pledges); i++) {
    int64_t made = cx->now - pledges[i].days * DAY, by = pledges[i].agreed ? named(p, pledges[i].who) : named(p, "Aiko Mori");
    TRY(db_run(cx, SQL("INSERT INTO pledge(party_id, promiser_id, words, due_at, made_by, made_at, agreed_at, done_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
               V(p->houses[pledges[i].house]), V(named(p, pledges[i].who)), V(str_z(pledges[i].words)), V(cx->now + pledges[i].by * DAY + 5 * HOUR), V(by), V(made),
               V(pledges[i].agreed ? made : (int64_t)0), V(pledges[i].done < 1000 ? cx->now + pledges[i].done * DAY : (int64_t)0)));
  }
  for (size_t i = 0; i < COUNT(worths); i++) {
    int64_t at = cx->now - worths[i].days * DAY;
    TRY(db_run(cx, SQL("INSERT INTO ledger(party_id, kind, amount, currency, period, words, value_kind, proposed_by, proposed_at, confirmed_by, confirmed_at)"
                       " VALUES (?1, 'value', ?2, 'EUR', ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
               V(p->houses[worths[i].house]), V(worths[i].euros * 100), V(month_back(cx, worths[i].days / 30)), V(str_z(worths[i].words)), V(str_z(worths[i].kind)),
               V(named(p, worths[i].by)), V(at - 2 * DAY), VID(worths[i].who ? named(p, worths[i].who) : (int64_t)0), V(worths[i].who ? at : (int64_t)0)));
  }
  return relationship_add(cx, named(p, "Jean-Baptiste Koffi"), S("reads"), p->houses[2]);
}

Err demo_worth_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  TRY(books_make(cx, p));
  TRY(costs_make(cx, size, p));
  return agreed_make(cx, p);
}
