/* Maps and walks as files: out and in again to the same bytes; what is lost is said; nobody's name goes along. */
#include "desk/act.h"
#include "desk/journey_file.h"
#include "desk/journey_log.h"
#include "desk_fixture.h"
#include "test.h"

static bool has(Str s, const char *part) { return str_find(s, str_z(part)) != SIZE_MAX; }

static Str exported(Cx *cx, const Journey *j) {
  Rows map;
  OK(cx, touchpoint_list(cx, j->id, 0, &map));
  return journey_cjml(cx, j, &map, NULL);
}

static Str whole(Cx *cx, const Journey *j) {
  Rows map;
  Str s;
  OK(cx, touchpoint_list(cx, j->id, 0, &map));
  OK(cx, journey_log_cjml(cx, j, &map, &s));
  return s;
}

static Journey full(Cx *cx, const Place *p) {
  Journey j = { 0 };
  act_as(cx, p->sofie);
  OK(cx, journey_new(cx, &(JourneyNew){ .name = S("From <here> & \"there\""), .about = S("Two\nlines"), .walker = S("New starter"), .days = 45, .whose = S("service"), .whose_id = p->service_it }, &j));
  Touchpoint one = { .name = S("Asks"), .phase = S("before"), .lane = S("evidence"), .kind = S("communication"), .doing = S("Asks, and waits"), .initiator = S("New starter"), .receiver = S("HR"),
                     .channel = S("mail"), .owner = S("Ødegård & Søn"), .promise = S("By Friday"), .ideas = S("ask\nless"), .act = S("request"), .service_id = p->service_it, .request_kind = S("help"),
                     .by_channel = S("mail"), .tag = S("start"), .word = S("laptop") };
  Touchpoint two = { .name = S("Gets it"), .phase = S("during"), .lane = S("backstage"), .kind = S("action"), .initiator = S("HR"), .receiver = S("New starter"), .channel = S("parcel") };
  Touchpoint three = { .name = S("渡辺"), .phase = S("after"), .lane = S("support"), .kind = S("action"), .act = S("verdict"), .service_id = p->service_hr };
  OK(cx, touchpoint_put(cx, &j, &one));
  OK(cx, touchpoint_put(cx, &j, &two));
  OK(cx, touchpoint_put(cx, &j, &three));
  OK(cx, journey_get(cx, j.id, &j));
  return j;
}

TEST_STORES(a_map_goes_out_and_comes_in_to_the_same_bytes) {
  Place p;
  place_new(cx, &p);
  Journey j = full(cx, &p), again;
  Str once = exported(cx, &j);
  Sentences left = { 0 };
  OK(cx, journey_keep(cx, &j, S("elsewhere"), S("")));                   /* its name is free again */
  OK(cx, journey_cjml_take(cx, once, &again, &left));
  INT(left.n, 0);
  IS(exported(cx, &again), once);
  MUST(again.id != j.id);
  IS(again.whose, S("service"));
  INT(again.whose_id, p.service_it);
  OK(cx, journey_cjml_take(cx, once, &again, &left));                    /* and once more: it is told that the name is taken */
  INT(left.n, 1);
  MUST(has(left.at[0], "already"));
}

static const char *const foreign =
  "<!-- by hand --><CJML version=\"2.0\" xmlns:x=\"urn:x\" x:by=\"hand\"><plannedJourney><journeyID>PJ1</journeyID><journeyTitle>Buying a house</journeyTitle>"
  "<journeyPhases><journeyPhase phaseID=\"aware\"/><journeyPhase phaseID=\"buy\"/><journeyPhase phaseID=\"live\"/></journeyPhases><journeyLongSummary>Long <b>words</b>.</journeyLongSummary>"
  "<actors><endUser actorID=\"Buyer\"><actorIcon>b.svg</actorIcon></endUser><serviceProvider actorID=\"Bank\"/><serviceProvider actorID=\"Notary\"/></actors><touchpoints>"
  "<plannedCommunicationPoint><touchpointID>T7</touchpointID><belongsTo phaseIDref=\"live\"/><initiator><refersTo actorIDref=\"Bank\"/><initiatorLabel>Sends the deed</initiatorLabel><initiatorIcon/></initiator>"
  "<receiver><refersTo actorIDref=\"Buyer\"/><receiverLabel>Reads it</receiverLabel></receiver><channel><channelName>Letter</channelName><x:stamp>1</x:stamp></channel><x:note>Kept <x:b>too</x:b></x:note></plannedCommunicationPoint>"
  "<plannedAction><touchpointID>T2</touchpointID><belongsTo phaseIDref=\"aware\"/><initiator><refersTo actorIDref=\"Buyer\"/><initiatorLabel>Looks round</initiatorLabel></initiator></plannedAction>"
  "<decision/></touchpoints></plannedJourney>"
  "<actualJourney><journeyID>AJ1</journeyID><plannedReference>PJ1</plannedReference><x:by>hand</x:by><actors><endUser actorIDref=\"Buyer\"/><serviceProvider actorIDref=\"Notary\"/></actors><touchpoints>"
  "<actualAction><touchpointID>T2</touchpointID><belongsTo phaseIDref=\"aware\"/><compliance>completed</compliance><initiator><refersTo actorIDref=\"Buyer\"/><initiatorLabel>Looks round</initiatorLabel></initiator>"
  "<touchpointExperience><experienceDescription>Three <b>long</b> weekends.</experienceDescription><experienceRating>2</experienceRating></touchpointExperience></actualAction>"
  "<actualCommunicationPoint><touchpointID>D1</touchpointID><compliance>adhoc</compliance><initiator><initiatorLabel>Asks a friend</initiatorLabel></initiator><channel><channelName>Chat</channelName></channel>"
  "<timestamps><timeCompleted>last week</timeCompleted></timestamps></actualCommunicationPoint>"
  "<actualCommunicationPoint><touchpointID>T7</touchpointID><compliance>missing</compliance></actualCommunicationPoint></touchpoints></actualJourney>"
  "<actualJourney><journeyID>AJ2</journeyID><plannedReference>PJ2</plannedReference><touchpoints><actualAction><touchpointID>T1</touchpointID></actualAction></touchpoints></actualJourney>"
  "<plannedJourney><journeyID>PJ2</journeyID><touchpoints><plannedAction><touchpointID>T1</touchpointID></plannedAction></touchpoints></plannedJourney></CJML>";

TEST_STORES(a_map_of_another_hand_keeps_what_we_do_not_know) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.sofie);
  Journey j, again;
  Sentences left = { 0 }, none = { 0 };
  OK(cx, journey_cjml_take(cx, str_z(foreign), &j, &left));
  IS(j.code, S("PJ1"));
  IS(j.walker, S("Buyer"));
  Str once = exported(cx, &j);
  for (size_t i = 0; i < 8; i++) {
    static const char *const kept[] = { "<receiverLabel>Reads it</receiverLabel>", "<x:stamp>1</x:stamp>", "<x:note>Kept <x:b>too</x:b></x:note>", "<initiatorIcon/>", "xmlns:x=\"urn:x\"", "x:by=\"hand\"",
                                        "<journeyLongSummary>Long <b>words</b>.</journeyLongSummary>", "<initiatorLabel>Sends the deed</initiatorLabel>" };
    if (!has(once, kept[i])) IS(once, str_z(kept[i]));
  }
  const char *const said[] = { "phases", "no kind", "planned journey", "actors", "Comments" };
  INT(left.n, COUNT(said));
  for (size_t i = 0; i < COUNT(said); i++) {
    bool any = false;
    for (size_t k = 0; k < left.n; k++) any |= has(left.at[k], said[i]);
    if (!any) IS(str_z(said[i]), S("told"));
  }
  Rows map;
  OK(cx, touchpoint_list(cx, j.id, 0, &map));
  IS(ROW(Touchpoint, map, 0)->name, S("Looks round"));
  IS(ROW(Touchpoint, map, 0)->phase, S("before"));
  IS(ROW(Touchpoint, map, 0)->lane, S("customer"));
  IS(ROW(Touchpoint, map, 1)->phase, S("after"));
  OK(cx, journey_log_cjml(cx, &j, &map, &once));
  MUST(has(once, "<x:by>hand</x:by>") && has(once, "<experienceDescription>Three <b>long</b> weekends.</experienceDescription>") && has(once, "AJ1") && !has(once, "AJ2"));
  MUST(!has(once, "aware") && has(once, "<endUser actorID=\"Buyer\"/>"));       /* phases as they are called here; who was named in the map alone */
  OK(cx, journey_keep(cx, &j, S("elsewhere"), j.keep));
  OK(cx, journey_cjml_take(cx, once, &again, &none));
  INT(none.n, 0);
  IS(whole(cx, &again), once);
}

#define CJML(inside) "<CJML version='2.0' xmlns:cd='urn:cornerdesk:journey'>" inside "</CJML>"
#define PLAN(points) "<plannedJourney><journeyID>P</journeyID><actors><endUser actorID='Me'/></actors>\n<touchpoints>" points "</touchpoints></plannedJourney>"
#define STEP(id, more) "\n<plannedAction><touchpointID>" id "</touchpointID>" more "</plannedAction>"
#define WENT(more, points) "\n<actualJourney><journeyID>A</journeyID>" more "<touchpoints>" points "</touchpoints></actualJourney>"
#define AT(more) "\n<actualAction><touchpointID>T1</touchpointID>" more "</actualAction>"

static int64_t kept_of(Cx *cx) {
  int64_t journeys, points, logs;
  OK(cx, db_int(cx, &journeys, SQL("SELECT count(*) FROM journey")));
  OK(cx, db_int(cx, &points, SQL("SELECT count(*) FROM touchpoint")));
  OK(cx, db_int(cx, &logs, SQL("SELECT count(*) FROM journey_log")));
  return journeys + 1000 * points + 1000000 * logs;
}

TEST_STORES(ill_files_are_refused_with_a_sentence_and_change_nothing) {
  Place p;
  place_new(cx, &p);
  Journey there = full(cx, &p), j;
  int64_t id, before = kept_of(cx);
  static const struct { int line; const char *in, *why; bool map_too; } cases[] = {       /* map_too: as a new journey; else only as walks of one that is there */
    { __LINE__, "hello", "Line 1", true }, { __LINE__, "<a/>", "CJML", true }, { __LINE__, "<CJML version='3.0'><plannedJourney/></CJML>", "version 2.0", true },
    { __LINE__, "<CJML version='2.0'><plannedJourney></CJML>", "Line 1 is not well-formed", true }, { __LINE__, "<!DOCTYPE a><CJML version='2.0'/>", "DOCTYPE", true },
    { __LINE__, "<CJML version='2.0'/>", "Journey in this file", true },
    { __LINE__, CJML("\n<plannedJourney><journeyID>P</journeyID></plannedJourney>"), "Line 2: the planned journey “P” has no touchpoints", true },
    { __LINE__, CJML(PLAN("<decision/>")), "no touchpoints", true },
    { __LINE__, CJML(PLAN(STEP("T1", "")) WENT("", "")), "Line 4: the actual journey “A” has no touchpoints", true },
    { __LINE__, CJML(PLAN(STEP("T1", "<initiator><refersTo actorIDref='You'/></initiator>"))), "Line 3: there is no actor “You”", true },
    { __LINE__, CJML("<plannedJourney><journeyPhases><journeyPhase phaseID='a'/></journeyPhases><touchpoints>" STEP("T1", "<belongsTo phaseIDref='b'/>") "</touchpoints></plannedJourney>"), "Line 2: there is no phase “b”", true },
    { __LINE__, CJML(PLAN(STEP("T1", "")) WENT("", AT("<initiator><refersTo actorIDref='You'/></initiator>"))), "Line 5: there is no actor “You”", true },
    { __LINE__, CJML(PLAN(STEP("T1", "<follows touchpointIDref='T2'/>") STEP("T2", "<follows touchpointIDref='T3'/>") STEP("T3", "<follows touchpointIDref='T1'/>"))), "Line 5: the touchpoint “T3” leads back to “T1”", true },
    { __LINE__, CJML(PLAN(STEP("T1", "<follows touchpointIDref='T1'/>"))), "a loop", true },
    { __LINE__, CJML(PLAN(STEP("T1", "<follows touchpointIDref='T9'/>"))), "Line 3: there is no touchpoint “T9”", true },
    { __LINE__, CJML(PLAN(STEP("T1", "")) WENT("<plannedReference>Q</plannedReference>", AT(""))), "Q”", true },
    { __LINE__, CJML(WENT("<plannedReference>Q</plannedReference>", AT(""))), "Line 2: this walk follows the map “Q”, and this one is called “J1”", false },
  };
  static const struct { int line; const char *in, *why; } maps[] = {                      /* nothing is wrong with their walks, there are none */
    { __LINE__, CJML(WENT("", AT(""))), "only walks" },
    { __LINE__, CJML(PLAN(STEP("T1", "") STEP("T1", ""))), "Line 4: the touchpoint T1 stands there twice" },
    { __LINE__, CJML(PLAN("\n<plannedAction><cd:touchpoint lane='moon'/></plannedAction>")), "Line 3" },
  };
  for (size_t i = 0; i < COUNT(cases) + COUNT(maps); i++) {
    bool map = i >= COUNT(cases);
    int line = map ? maps[i - COUNT(cases)].line : cases[i].line;
    const char *in = map ? maps[i - COUNT(cases)].in : cases[i].in, *why = map ? maps[i - COUNT(cases)].why : cases[i].why;
    Sentences left = { 0 };
    for (int way = 0; way < 2; way++) {                                  /* no transaction round it: it leaves nothing behind by itself */
      if (way == 0 ? !map && !cases[i].map_too : map) continue;
      INT_AT(line, way ? journey_log_put(cx, &there, S("x"), str_z(in), &id) : journey_cjml_take(cx, str_z(in), &j, &left), E_INVALID);
      IS_AT(line, cx->field, S("file"));
      if (!has(cx->why, why)) IS_AT(line, cx->why, str_z(why));
    }
  }
  ERR(cx, journey_log_put(cx, &there, S("x"), S(CJML(PLAN(STEP("T1", "")))), &id), E_INVALID);
  MUST(has(cx->why, "no actualJourney"));
  INT(kept_of(cx), before);
  act_as(cx, p.yusuf);
  Sentences left = { 0 };
  ERR(cx, journey_cjml_take(cx, str_z(foreign), &j, &left), E_DENIED);
  ERR(cx, journey_log_put(cx, &there, S("x"), S(CJML(WENT("", AT("")))), &id), E_DENIED);
  INT(kept_of(cx), before);
}

TEST_STORES(a_map_and_its_walks_go_out_and_come_in_to_the_same_bytes) {
  Place p;
  Rows map, logs;
  Walks w;
  Sentences left = { 0 };
  place_new(cx, &p);
  Journey j = full(cx, &p), again, third;
  for (int i = 0; i < 3; i++) {                                          /* she comes twice, and once for something else */
    Request r = { 0 };
    act_as(cx, p.ana);
    OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .service_id = i == 2 ? p.service_hr : p.service_it, .subject = S("laptop"), .text = S("Please."), .channel = S("mail") }, &r));
    act_as(cx, p.sofie);
    if (i == 2) continue;
    OK(cx, request_get(cx, r.id, &r));
    OK(cx, request_set_tags(cx, &r, (Str[]){ S("start") }, 1));
  }
  OK(cx, touchpoint_list(cx, j.id, 0, &map));
  OK(cx, trace_walks(cx, &j, &map, &(TraceFilter){ .from = cx->now - DAY, .to = cx->now + 1 }, &w));
  Str once = journey_cjml(cx, &j, &map, &w.at[0]);
  OK(cx, journey_cjml_take(cx, once, &again, &left));                    /* its name is taken here: the walk follows the map under its new one */
  INT(left.n, 1);
  OK(cx, journey_cjml_take(cx, whole(cx, &again), &third, &(Sentences){ 0 }));
  MUST(has(whole(cx, &third), str_cstr(cx->arena, str_cat(cx->arena, S("<plannedReference>"), third.code, S("</plannedReference>")))));
  OK(cx, journey_keep(cx, &j, S("elsewhere"), S("")));
  left = (Sentences){ 0 };
  OK(cx, journey_cjml_take(cx, once, &again, &left));
  INT(left.n, 0);
  IS(whole(cx, &again), once);
  OK(cx, journey_logs(cx, again.id, &logs));
  INT(logs.n, 1);
  INT(ROW(JourneyLog, logs, 0)->walks, 1);
  int64_t id;
  OK(cx, journey_log_put(cx, &again, S("more.xml"), once, &id));         /* the walk alone, held against the map that is there */
  OK(cx, journey_log_put(cx, &again, S("ours.xes"), journey_xes(cx, &j, &w), &id));
  once = whole(cx, &again);
  OK(cx, journey_keep(cx, &again, S("elsewhere 2"), S("")));
  OK(cx, journey_cjml_take(cx, once, &third, &left));
  IS(whole(cx, &third), once);
  JourneyLog log;
  Str alone;
  OK(cx, journey_logs(cx, third.id, &logs));
  INT(ROW(JourneyLog, logs, 0)->walks, 2);
  OK(cx, journey_log_get(cx, third.id, ROW(JourneyLog, logs, 0)->id, &log, &alone));
  MUST(journey_log_is_cjml(alone) && !has(alone, "<plannedJourney>"));
  OK(cx, journey_log_put(cx, &third, S("alone"), alone, &id));           /* and walks without their map */
  Str back;
  OK(cx, journey_log_get(cx, third.id, id, &log, &back));
  IS(back, alone);
}

TEST_STORES(walks_of_elsewhere_are_held_against_the_map) {
  Place p;
  Rows map, logs;
  Journey j;
  JourneyLog log;
  Str xml;
  LogFit fit;
  Sentences left = { 0 };
  place_new(cx, &p);
  act_as(cx, p.sofie);
  OK(cx, journey_cjml_take(cx, str_z(foreign), &j, &left));
  OK(cx, journey_logs(cx, j.id, &logs));
  INT(logs.n, 1);
  INT(ROW(JourneyLog, logs, 0)->walks, 1);
  INT(ROW(JourneyLog, logs, 0)->events, 3);
  OK(cx, journey_log_get(cx, j.id, ROW(JourneyLog, logs, 0)->id, &log, &xml));
  OK(cx, touchpoint_list(cx, j.id, 0, &map));
  OK(cx, journey_log_fit(cx, &map, xml, &fit));
  INT(fit.n, 1);
  INT(fit.planned.k, 1);
  INT(fit.planned.n, 3);
  INT(fit.unknown, 1);
  INT(fit.differ, 0);
  MUST(!fit.ours);
  const LogWalk *w = &fit.at[0];
  INT(w->n, 2);
  IS(w->mark, S("AJ1"));
  IS(w->steps[0].rating, S("2"));
  IS(w->steps[0].words, S("Three long weekends."));
  INT(w->steps[0].kind, STEP_AS_PLANNED);
  IS(w->steps[1].channel, S("Chat"));
  IS(w->steps[1].when, S("last week"));
  INT(w->steps[1].kind, STEP_AD_HOC);
  MUST(w->missing[1] && !w->missing[0]);
  static const char *const going = CJML(WENT("<journeyStatus>ongoing</journeyStatus>", AT("<compliance>failed</compliance><timestamps><timeCompleted>2026-01-02T03:04:05Z</timeCompleted></timestamps>")
    AT("<compliance>adhoc</compliance>")));
  Journey mine = full(cx, &p);
  int64_t id;
  OK(cx, journey_log_put(cx, &mine, S("going"), str_z(going), &id));
  OK(cx, journey_log_get(cx, mine.id, id, &log, &xml));
  OK(cx, touchpoint_list(cx, mine.id, 0, &map));
  OK(cx, journey_log_fit(cx, &map, xml, &fit));
  INT(fit.planned.n, 1);                                                 /* what lies ahead is not missing */
  INT(fit.missing, 0);
  INT(fit.at[0].steps[0].kind, STEP_FAILING);
  INT(fit.at[0].steps[1].kind, STEP_AS_PLANNED);
  INT(fit.differ, 1);                                                    /* the file calls it unplanned, this map does not */
  Str when = clock_rfc3339(cx->arena, fit.at[0].steps[0].at);
  IS(when, S("2026-01-02T03:04:05.000000Z"));
}

TEST_STORES(walks_go_out_without_names_and_come_back_as_they_were) {
  Place p;
  place_new(cx, &p);
  Journey j = full(cx, &p);
  Request r = { 0 };
  act_as(cx, p.ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .service_id = p.service_it, .subject = S("laptop of Xqsecret"), .text = S("Xqsecret"), .channel = S("mail") }, &r));
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p.ana, .service_id = p.service_it, .subject = S("other"), .text = S("Xqsecret"), .channel = S("page") }, &r));
  act_as(cx, p.sofie);
  OK(cx, request_get(cx, 1, &r));
  OK(cx, request_set_tags(cx, &r, (Str[]){ S("start") }, 1));
  Rows map, logs;
  Walks w;
  OK(cx, touchpoint_list(cx, j.id, 0, &map));
  OK(cx, trace_walks(cx, &j, &map, &(TraceFilter){ .from = cx->now - DAY, .to = cx->now + 1 }, &w));
  INT(w.n, 1);
  Str xes = journey_xes(cx, &j, &w), cjml = journey_cjml(cx, &j, &map, &w.at[0]), back;
  for (int i = 0; i < 2; i++) {
    Str s = i ? cjml : xes;
    MUST(!has(s, "Xqsecret") && !has(s, "Ana") && !has(s, "Souza") && !has(s, "meridian.example") && !has(s, "R-1"));
    MUST(has(s, "W-"));
  }
  MUST(has(xes, "<string key=\"touchpoint\" value=\"T1\"/>") && has(xes, "ad hoc"));
  MUST(has(cjml, "<actualCommunicationPoint>") && has(cjml, "<compliance>adhoc</compliance>"));
  int64_t id;
  OK(cx, journey_log_put(cx, &j, S("ours.xes"), xes, &id));
  OK(cx, journey_logs(cx, j.id, &logs));
  INT(logs.n, 1);
  INT(ROW(JourneyLog, logs, 0)->walks, 1);
  INT(ROW(JourneyLog, logs, 0)->events, 2);
  JourneyLog log;
  OK(cx, journey_log_get(cx, j.id, id, &log, &back));
  IS(back, xes);
  LogFit fit;
  OK(cx, journey_log_fit(cx, &map, back, &fit));
  INT(fit.planned.k, 1);
  INT(fit.planned.n, 2);                                                 /* it goes on: what lies ahead is not missing */
  INT(fit.unknown, 1);
  INT(fit.differ, 0);
  ERR(cx, journey_log_put(cx, &j, S("x"), S("<log/>"), &id), E_INVALID);
  ERR(cx, journey_log_put(cx, &j, S("x"), S("<logbook/>"), &id), E_INVALID);
  act_as(cx, p.yusuf);
  ERR(cx, journey_log_put(cx, &j, S("x"), xes, &id), E_DENIED);
  act_as(cx, p.sofie);
  OK(cx, journey_log_drop(cx, &j, id));
  ERR(cx, journey_log_get(cx, j.id, id, &log, &back), E_ABSENT);
}
