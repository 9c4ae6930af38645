/* desk/demo_journey.c: a journey of the sample organisation, from signature to the first month, and the new people who walked it.
   Every visit is a request that went through the loop; the map only says how to know it. A number of people that does not grow with
   the size of the sample, and random numbers of its own, so that nothing else changes by it. */
#include "desk/demo_play.h"
#include "desk/party.h"
#include "desk/service.h"
#include "desk/touchpoint.h"
#include "store/fill.h"

enum { STARTERS = 38, SOON = 5 };          /* so many began so lately that much is still to come */

typedef struct {
  const char *tag, *name, *phase, *lane, *kind, *doing, *from, *to, *channel, *owner, *promise, *ideas, *act;    /* of the map */
  const char *subject, *text, *said, *report, *by;              /* of the requests; by: their channel */
  int server[2];                                                /* who has them, of demo_servers */
  int day, hour;                                                /* when they ask, from the signature */
  int come, good, answer;                                       /* of a hundred: who come, who find it good, who say how it was */
  int wait, span;                                               /* hours until it is there, and for which it is promised; 0: on the spot */
  int asks;                                                     /* times we ask something back */
  const char *ill[3], *well[2];
} StageOf;

static const StageOf stages[] = {
  { "signing", "Signs", "before", "customer", "communication", "Reads and signs the contract", "New starter", "HR", "mail", "HR", "Back with our signature within two days", "", "report",
    "My contract, signed", "Here is my contract, signed. Is there anything else you need?", "You get your copy back with our signature by tomorrow.", "Signed by us as well; your copy is attached.", "mail",
    { 4, 5 }, 0, 10, 98, 92, 94, 22, 40, 0, { "The contract named the wrong site.", "My second name was missing.", "" }, { "Quick and clear.", "" } },
  { "call", "Hears from us", "before", "onstage", "communication", "Talks with the person who will sit beside them", "HR", "New starter", "call", "HR", "A call within three days, at their hour", "let them choose the hour", "report",
    "Who will I work with?", "I would like to hear from somebody of the team before I begin.", "Somebody who sits beside you calls within three days.", "We spoke; she knows where you live and that you come by bicycle.", "phone",
    { 5, 4 }, 3, 11, 84, 92, 92, 46, 80, 0, { "They called at 6:40 in the morning, my time.", "", "" }, { "She told me about the canteen and the strange lift.", "It made me look forward to it." } },
  { "needs", "Says what they need", "before", "customer", "communication", "Answers five questions, once", "New starter", "Facilities", "this page", "Facilities", "Asked once, kept for good", "ask after the call, not before", "report",
    "What I need at my desk", "A chair that goes high, and no perfume near me, please. The rest is fine.", "All of it is noted for the first morning.", "Chair ordered, desk by the window, everybody told. Nothing of it will be asked again.", "page",
    { 6, 6 }, 6, 14, 92, 84, 95, 4, 9, 2, { "I was asked for my bank details twice.", "Five questions, and three I had answered in the contract.", "" }, { "Nobody ever asked me that before.", "" } },
  { "morning", "First morning", "during", "evidence", "action", "Is met at the gate by name", "Facilities", "New starter", "in person", "Facilities", "Somebody is there at nine", "", "report",
    "My first morning", "I am at the gate.", "I am coming down.", "Badge, coffee, and shown round.", "visit",
    { 6, 8 }, 21, 8, 95, 92, 97, 0, 0, 0, { "There was no ramp; I came in by the side door.", "", "" }, { "He knew my name before I said it.", "" } },
  { "laptop", "Gets a laptop", "during", "backstage", "action", "Waits, then sets it up alone", "IT", "New starter", "parcel", "IT, with its supplier", "On the desk within four days", "order on signature", "report",
    "A laptop to work with", "I begin this week and have no laptop yet.", "You have it within four days.", "It is at the front desk with a note how to begin.", "page",
    { 1, 2 }, 20, 16, 95, 50, 97, 66, 96, 1, { "I sat beside an empty desk for a week.", "I explained it to three people before one wrote it down.", "The charger came two days after." }, { "There when I came.", "" } },
  { "question", "First question", "during", "onstage", "communication", "Asks how leave works", "New starter", "any team", "chat", "Whoever is asked first", "An answer within two hours", "", "report",
    "How does leave work here?", "How many days do I have, and whom do I ask?", "You have an answer within two hours.", "25 days, and you ask Grace; here is how.", "page",
    { 5, 1 }, 25, 13, 91, 86, 95, 1, 2, 0, { "I was sent from HR to IT and back to HR.", "", "" }, { "Answered while I still had the page open.", "" } },
  { "pay", "First pay", "after", "support", "action", "Looks for the first payslip", "Finance", "New starter", "portal", "Finance", "On the last working day of the month", "payslip in six languages", "report",
    "My first payslip", "When will I see my first payslip, and where?", "On the last working day of the month.", "Your payslip is in the portal.", "page",
    { 10, 10 }, 27, 10, 90, 66, 33, 19 * 24, 22 * 24, 0, { "The payslip was only in Dutch.", "", "" }, { "", "" } },
  { "month", "A month in", "after", "customer", "communication", "Tells us how it was", "New starter", "their lead", "call", "Their lead", "", "", "request",
    "A month here", "I am at home now, mostly. Two things I would change.", "I read both and tell you what becomes of them.", "The first is changed, the second goes to the works council.", "page",
    { 4, 5 }, 52, 15, 86, 90, 12, 30, 72, 0, { "", "", "" }, { "", "" } },
};

/* Beside the map: what a third of them ask the service desk as well. */
static const StageOf aside = {
  .tag = "", .subject = "Which password is for what?", .text = "I have three passwords and do not know which one opens the roster.", .said = "I look and tell you today.",
  .report = "The blue one. The other two are one by now.", .by = "phone", .server = { 1, 2 }, .day = 23, .hour = 10, .come = 42, .good = 80, .answer = 85, .wait = 3, .span = 8,
  .ill = { "Three passwords on the first day.", "", "" }, .well = { "", "" },
};

/* ── one request ─────────────────────────────────────────────────────── */

typedef struct { DemoPlace *p; Rng rng; bool hard; int64_t team, service, *ids, people[STARTERS], begun[STARTERS]; VEC(DemoPlay) plays; VEC(const StageOf *) of; } Starting;

/* hard: of the one who walks now; a bad beginning rarely comes alone. */
static bool chance(Starting *s, int percent) { return (int)rng_below(&s->rng, 100) < percent; }
static int64_t about(Starting *s, int64_t span) { return span * 3 / 4 + (int64_t)(rng_unit(&s->rng) * (double)span / 2) + (int64_t)rng_below(&s->rng, MINUTE); }

static void say(DemoPlay *y, const char *text, LoopSide side, int64_t by) {
  if (text[0] && y->said_n < COUNT(y->said)) y->said[y->said_n++] = (DemoSaid){ .text = str_z(text), .side = side, .by = by, .at = y->at, .act_seq = (int)y->r.acts };
}

/* false: that would be still to come, and the request stands as it is. */
static bool on(Cx *cx, DemoPlay *y, int64_t span) {
  if (y->at + span >= cx->now) return false;
  y->at += span;
  return true;
}

static void verdict(Starting *s, DemoPlay *y, const StageOf *g, bool good, const char *sorted) {
  Verdict v = { .report_seq = y->report_seq, .asked_of = y->r.asker_id, .asked_at = y->asked_at, .answered_at = sorted[0] ? y->at : 0, .sorted = str_z(sorted),
                .lost_minutes = -1, .repeated = -1, .honoured = -1 };
  if (sorted[0]) {
    v.satisfaction = good ? 4 + (int64_t)rng_below(&s->rng, 2) : s->hard ? 1 + (int64_t)rng_below(&s->rng, 3) : 3;
    v.ease = good ? 5 + (int64_t)rng_below(&s->rng, 3) : (s->hard ? 2 : 4) + (int64_t)rng_below(&s->rng, 2);
    if (chance(s, 82)) v.against_bar = chance(s, good ? 5 : 84) ? S("below") : chance(s, 25) ? S("above") : S("at");
    v.words = y->verdict_n ? S("") : str_z(good ? g->well[rng_below(&s->rng, COUNT(g->well))] : g->ill[rng_below(&s->rng, COUNT(g->ill))]);
    v.repeated = good ? 0 : (int64_t)rng_below(&s->rng, s->hard ? 3 : 2);
    if (!good) v.lost_minutes = 30 * (int64_t)(1 + rng_below(&s->rng, 12));
  }
  if (y->verdict_n < COUNT(y->verdicts)) y->verdicts[y->verdict_n++] = v;
}

static Err reported(Cx *cx, DemoPlay *y, int64_t owner, const char *words) {
  TRY(demo_step(cx, y, LOOP_ACT_REPORT, LOOP_PROVIDER, owner, 0));
  say(y, words, LOOP_PROVIDER, owner);
  y->asked_at = y->at;
  y->report_seq = y->r.acts;
  return E_OK;
}

/* What they say to it, or that they never said. */
static Err judged(Cx *cx, Starting *s, DemoPlay *y, const StageOf *g, int64_t owner, bool good) {
  if (!chance(s, g->answer)) {
    verdict(s, y, g, false, "");
    if (!on(cx, y, 14 * DAY)) return E_OK;
    TRY(demo_step(cx, y, LOOP_ACT_LAPSE, LOOP_SYSTEM, 0, 0));
    demo_promise_ends(y, "silent");
    return E_OK;
  }
  if (!on(cx, y, about(s, 5 * HOUR))) { verdict(s, y, g, false, ""); return E_OK; }
  if (!good && chance(s, 35)) {
    TRY(demo_step(cx, y, LOOP_ACT_NOT_YET, LOOP_CUSTOMER, y->r.asker_id, 0));
    say(y, "Not quite: a part of it is missing.", LOOP_CUSTOMER, y->r.asker_id);
    verdict(s, y, g, false, "no");
    if (!on(cx, y, about(s, DAY))) return E_OK;
    TRY(reported(cx, y, owner, "Now the rest as well. Sorry."));
    if (!on(cx, y, about(s, 4 * HOUR))) { verdict(s, y, g, false, ""); return E_OK; }
  }
  TRY(demo_step(cx, y, LOOP_ACT_ACCEPT, LOOP_CUSTOMER, y->r.asker_id, 0));
  verdict(s, y, g, good, "yes");
  demo_promise_ends(y, str_cstr(cx->arena, loop_outcome_name(y->loop.outcome)));
  return E_OK;
}

/* A promise that cannot be kept: half of the time we say so before, and agree on another hour. */
static Err another_hour(Cx *cx, Starting *s, DemoPlay *y, int64_t owner, int64_t begun, const StageOf *g, int64_t *left, bool *ret_more) {
  int64_t before = begun + g->span * HOUR * 3 / 4 - y->at, due = begun + 3 * g->span * HOUR;
  *ret_more = before > 0 && on(cx, y, before);
  if (!*ret_more) return E_OK;
  TRY(demo_step(cx, y, LOOP_ACT_REVOKE, LOOP_PROVIDER, owner, due));
  demo_promised(y, due, owner, true);
  say(y, "It will not be there by then, and I say so before: this is when I can really have it.", LOOP_PROVIDER, owner);
  *ret_more = on(cx, y, about(s, 2 * HOUR));
  if (!*ret_more) return E_OK;
  TRY(demo_step(cx, y, LOOP_ACT_ACCEPT_OFFER, LOOP_CUSTOMER, y->r.asker_id, 0));
  demo_promise_ends(y, "replaced");
  y->promised[y->promised_n - 1].state = "in force";
  y->promised[y->promised_n - 1].from = y->at;
  *left -= y->at - begun;
  return E_OK;
}

static Err asked_back(Cx *cx, Starting *s, DemoPlay *y, const StageOf *g, int64_t owner, bool *ret_more) {
  for (int i = 0; i < g->asks && *ret_more; i++) {
    *ret_more = on(cx, y, about(s, 20 * MINUTE));
    if (!*ret_more) return E_OK;
    TRY(demo_step(cx, y, LOOP_ACT_ASK, LOOP_PROVIDER, owner, 0));
    say(y, i ? "And from which day on?" : "Could you tell me which site, please?", LOOP_PROVIDER, owner);
    *ret_more = on(cx, y, about(s, 40 * MINUTE));
    if (!*ret_more) return E_OK;
    TRY(demo_step(cx, y, LOOP_ACT_ANSWER, LOOP_CUSTOMER, y->r.asker_id, 0));
    say(y, i ? "From the first morning." : "Porto, the new building.", LOOP_CUSTOMER, y->r.asker_id);
  }
  return E_OK;
}

static Err goes(Cx *cx, Starting *s, DemoPlay *y, const StageOf *g, int64_t owner, bool good) {
  int64_t begun = y->at, wait = g->wait ? about(s, g->wait * HOUR * (good ? 10 : g->wait > 200 ? 12 : 14 + (int64_t)rng_below(&s->rng, 20)) / 10) : about(s, 2 * MINUTE), left = wait;
  bool more = true, late = wait > g->span * HOUR;
  TRY(asked_back(cx, s, y, g, owner, &more));
  if (!more || !on(cx, y, g->wait ? about(s, wait / 10) : MINUTE)) return E_OK;
  y->r.owner_id = owner;
  int64_t due = g->span ? begun + g->span * HOUR : y->at + MINUTE * 10;
  TRY(demo_step(cx, y, LOOP_ACT_PROMISE, LOOP_PROVIDER, owner, due));
  demo_promised(y, due, owner, false);
  say(y, g->said, LOOP_PROVIDER, owner);
  if (late && g->span > 24 && chance(s, 45)) TRY(another_hour(cx, s, y, owner, begun, g, &left, &more));
  if (!more) return E_OK;
  if (!good && g->wait > 24 && on(cx, y, about(s, 3 * HOUR))) {
    say(y, "Is there news?", LOOP_CUSTOMER, y->r.asker_id);
    if (chance(s, 60) && on(cx, y, HOUR)) say(y, "I wrote two days ago. Does anybody read this?", LOOP_CUSTOMER, y->r.asker_id);
  }
  left = begun + wait - y->at;
  if (!on(cx, y, left > 0 ? left : MINUTE)) return E_OK;
  TRY(reported(cx, y, owner, g->report));
  return judged(cx, s, y, g, owner, good);
}

static Err one(Cx *cx, Starting *s, const StageOf *g, int64_t person, int64_t signed_at) {
  static const DemoTopic english = { .lang = "en" };
  int64_t at = signed_at + g->day * DAY + g->hour * HOUR + (int64_t)rng_below(&s->rng, 100 * (uint64_t)MINUTE) + (int64_t)rng_below(&s->rng, SECOND);
  bool comes = chance(s, g->come), good = chance(s, s->hard ? g->good * 6 / 10 : 100 - (100 - g->good) * 5 / 10);
  int64_t owner = s->p->servers[g->server[rng_below(&s->rng, 2)]], service = g->tag[0] ? s->service : s->p->services[0], team = g->tag[0] ? s->team : s->p->teams[0];
  if (!comes || at >= cx->now) return E_OK;
  DemoPlay y = { .topic = &english, .at = at };
  y.r = (Request){ .asker_id = person, .organisation_id = s->p->houses[0], .service_id = service, .team_id = team, .kind = strcmp(g->tag, "month") ? S("help") : S("feedback"),
                   .subject = str_z(g->subject), .created_at = at, .since_at = at, .channel = str_z(g->by), .lang = S("en"), .hear_at = at + 4 * HOUR };
  if (g->wait > 10 && chance(s, 50)) y.r.bar_by = at + g->span * HOUR - (chance(s, 50) ? DAY : 0);
  vec_add(cx->arena, &s->plays, y);
  vec_add(cx->arena, &s->of, g);
  DemoPlay *to = &s->plays.at[s->plays.n - 1];
  to->r.id = s->ids[s->plays.n - 1];
  TRY(demo_step(cx, to, LOOP_ACT_REQUEST, LOOP_CUSTOMER, person, 0));
  say(to, g->text, LOOP_CUSTOMER, person);
  TRY(goes(cx, s, to, g, owner, good));
  demo_make_good(cx, s->p, to, owner);
  demo_row_follow(cx, to);
  return E_OK;
}

/* ── the people ──────────────────────────────────────────────────────── */

static Err starter(Cx *cx, Starting *s, int i, int64_t *ret) {
  Str first = str_z(demo_first_names[rng_below(&s->rng, demo_first_count)]), last = str_z(demo_last_names[rng_below(&s->rng, demo_last_count)]);
  PartyNew in = { .name = str_cat(cx->arena, first, S(" "), last), .mail = str_fmt(cx->arena, "starter.%d@meridian.example", i + 1), .title = S("New here"),
                  .lang = S("en"), .zone = S("Europe/Lisbon"), .organisation_id = s->p->houses[0] };
  TRY(party_new(cx, &in, ret));
  return address_verified(cx, in.mail);
}

static Err walked(Cx *cx, Starting *s) {
  TRY(fill_ids(cx, SQL("request"), STARTERS * (COUNT(stages) + 1), &s->ids));
  for (int i = 0; i < STARTERS; i++) {
    int64_t person, today = cx->now - cx->now % DAY;
    int64_t days = i < STARTERS - SOON ? 88 - i * 30 / (STARTERS - SOON) : 40 - (i - STARTERS + SOON) * 8;
    TRY(starter(cx, s, i, &person));
    s->people[i] = person;
    s->begun[i] = today - days * DAY;
    s->hard = chance(s, 34);
    for (size_t k = 0; k < COUNT(stages); k++) TRY(one(cx, s, &stages[k], person, today - days * DAY));
    TRY(one(cx, s, &aside, person, today - days * DAY));
  }
  return E_OK;
}

static Err tags(Cx *cx, const Starting *s) {
  Fill f = fill_new(cx, SQL("tag"), SQL("request_id, word"));
  for (size_t i = 0; i < s->plays.n; i++)
    if (s->of.at[i]->tag[0]) fill_row(&f, V(s->plays.at[i].r.id), V(str_z(s->of.at[i]->tag)));
  return fill_write(cx, &f);
}

/* ── the team and the map ────────────────────────────────────────────── */

static Err front_door(Cx *cx, Starting *s) {
  static const int serve[] = { 0, 1, 2, 5, 6, 8, 10 };
  TRY(party_new(cx, &(PartyNew){ .kind = S("team"), .name = S("New starters"), .organisation_id = s->p->houses[0], .about = S("HR, IT, Facilities and Finance at one door") }, &s->team));
  TRY(relationship_add(cx, s->p->servers[4], S("leads"), s->team));
  for (size_t i = 0; i < COUNT(serve); i++) TRY(relationship_add(cx, s->p->servers[serve[i]], S("serves"), s->team));
  Service of = { .name = S("Starting at Meridian"), .promise = S("One door for everything you need to begin."), .team_id = s->team, .hear_within = 4 * 3600, .position = DEMO_TEAMS };
  TRY(service_put(cx, &of));
  s->service = of.id;
  return E_OK;
}

static Err drawn(Cx *cx, const Starting *s, const Journey *j, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    const StageOf *g = &stages[i];
    Touchpoint t = { .name = str_z(g->name), .phase = str_z(g->phase), .lane = str_z(g->lane), .kind = str_z(g->kind), .doing = str_z(g->doing), .initiator = str_z(g->from),
                     .receiver = str_z(g->to), .channel = str_z(g->channel), .owner = str_z(g->owner), .promise = str_z(g->promise), .ideas = str_z(g->ideas), .act = str_z(g->act),
                     .service_id = s->service, .tag = str_z(g->tag) };
    TRY(touchpoint_put(cx, j, &t));
  }
  return E_OK;
}

static Err map(Cx *cx, const Starting *s) {
  Journey j;
  int64_t now = cx->now;
  cx->actor = (Actor){ .party = s->p->servers[4], .system = true };
  cx->now = now - 200 * DAY;
  TRY(journey_new(cx, &(JourneyNew){ .name = S("Starting at Meridian, from signature to first month"), .about = S("Drawn with six new starters, who corrected us twice."), .walker = S("New starter"),
                                     .whose = S("service"), .whose_id = s->service, .days = 75 }, &j));
  TRY(drawn(cx, s, &j, 0, 4));
  TRY(journey_publish(cx, &j, S("The way we thought it was: signature, call, needs, first morning")));
  cx->now = now - 110 * DAY;
  TRY(drawn(cx, s, &j, 4, COUNT(stages)));
  TRY(journey_publish(cx, &j, S("With six new starters: they told us about the laptop and about pay")));
  cx->now = now;
  return E_OK;
}

Err demo_journey_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  Starting s = { .p = p, .rng = rng_seed(size->seed ^ 0x6a6f75726e6579) };
  TRY(front_door(cx, &s));
  TRY(map(cx, &s));
  cx->actor = (Actor){ 0 };
  TRY(walked(cx, &s));
  TRY(demo_rows_write(cx, s.plays.at, s.plays.n));
  TRY(tags(cx, &s));
  for (size_t i = 0; i < s.plays.n; i++) TRY(demo_expect(cx, &s.plays.at[i]));
  TRY(demo_cards_walked(cx, p, s.people, s.begun, STARTERS, s.team, rng_seed(size->seed ^ 0x6e656172)));
  cx->actor = (Actor){ 0 };
  return E_OK;
}
