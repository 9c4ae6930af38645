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
  "<actors><endUser actorID=\"Buyer\"><actorIcon>b.svg</actorIcon></endUser><serviceProvider actorID=\"Bank\"/></actors><touchpoints>"
  "<plannedCommunicationPoint><touchpointID>T7</touchpointID><belongsTo phaseIDref=\"live\"/><initiator><refersTo actorIDref=\"Bank\"/><initiatorLabel>Sends the deed</initiatorLabel><initiatorIcon/></initiator>"
  "<receiver><refersTo actorIDref=\"Buyer\"/><receiverLabel>Reads it</receiverLabel></receiver><channel><channelName>Letter</channelName><x:stamp>1</x:stamp></channel><x:note>Kept <x:b>too</x:b></x:note></plannedCommunicationPoint>"
  "<plannedAction><touchpointID>T2</touchpointID><belongsTo phaseIDref=\"aware\"/><initiator><refersTo actorIDref=\"Buyer\"/><initiatorLabel>Looks round</initiatorLabel></initiator></plannedAction>"
  "<decision/></touchpoints></plannedJourney><actualJourney/></CJML>";

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
  OK(cx, journey_keep(cx, &j, S("elsewhere"), j.keep));
  OK(cx, journey_cjml_take(cx, once, &again, &none));
  INT(none.n, 0);
  IS(exported(cx, &again), once);
}

TEST_STORES(ill_files_are_refused_with_a_sentence) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.sofie);
  static const struct { int line; const char *in, *why; } cases[] = {
    { __LINE__, "hello", "Line 1" }, { __LINE__, "<a/>", "not CJML" }, { __LINE__, "<CJML version='3.0'><plannedJourney/></CJML>", "version 2.0" }, { __LINE__, "<CJML version='2.0'/>", "plannedJourney" },
    { __LINE__, "<!DOCTYPE a><CJML version='2.0'/>", "DOCTYPE" },
    { __LINE__, "<CJML version='2.0'><plannedJourney><touchpoints>\n<plannedAction><touchpointID>T1</touchpointID></plannedAction>\n<plannedAction><touchpointID>T1</touchpointID></plannedAction></touchpoints></plannedJourney></CJML>", "twice" },
    { __LINE__, "<CJML version='2.0' xmlns:cd='urn:cornerdesk:journey'><plannedJourney><touchpoints>\n<plannedAction><cd:touchpoint lane='moon'/></plannedAction></touchpoints></plannedJourney></CJML>", "Line 2" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Journey j;
    Sentences left = { 0 };
    Tx tx = { 0 };
    OK(cx, tx_begin(cx, &tx));
    INT_AT(cases[i].line, journey_cjml_take(cx, str_z(cases[i].in), &j, &left), E_INVALID);
    tx_end(&tx);
    IS_AT(cases[i].line, cx->field, S("file"));
    if (!has(cx->why, cases[i].why)) IS_AT(cases[i].line, cx->why, str_z(cases[i].why));
  }
  Rows rows;
  OK(cx, journey_list(cx, false, &rows));
  INT(rows.n, 0);
  act_as(cx, p.yusuf);
  Journey j;
  Sentences left = { 0 };
  ERR(cx, journey_cjml_take(cx, str_z(foreign), &j, &left), E_DENIED);
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
  INT(fit.planned.n, 4);
  INT(fit.unknown, 1);
  ERR(cx, journey_log_put(cx, &j, S("x"), S("<log/>"), &id), E_INVALID);
  ERR(cx, journey_log_put(cx, &j, S("x"), S("<logbook/>"), &id), E_INVALID);
  act_as(cx, p.yusuf);
  ERR(cx, journey_log_put(cx, &j, S("x"), xes, &id), E_DENIED);
  act_as(cx, p.sofie);
  OK(cx, journey_log_drop(cx, &j, id));
  ERR(cx, journey_log_get(cx, j.id, id, &log, &back), E_ABSENT);
}
