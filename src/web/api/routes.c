/* web/api/routes.c: the calls for programs, and what each takes and gives. To add one: a row in each table. */
#include "web/api/customers.h"
#include "web/api/events.h"
#include "web/api/floor.h"
#include "web/api/instruments.h"
#include "web/api/journeys.h"
#include "web/api/measures.h"
#include "web/api/moments.h"
#include "web/api/openapi.h"
#include "web/api/people.h"
#include "web/api/proximity.h"
#include "web/api/requests.h"
#include "web/api/saved_answers.h"
#include "web/api/worth.h"

const Route api_routes[] = {
  { .verb = GET,   .path = "/api/v1/openapi.json",                .run = openapi_get,       .may = MAY_ANYONE, .about = "This description" },
  { .verb = GET,   .path = "/api/v1/requests",                    .run = api_requests_get,  .may = MAY_ASKER, .about = "Requests you may see, one page" },
  { .verb = POST,  .path = "/api/v1/requests",                    .run = api_requests_post, .may = MAY_ASKER, .no_csrf = false, .about = "Ask for something" },
  { .verb = GET,   .path = "/api/v1/requests/{ref}",              .run = api_request_get,   .may = MAY_ASKER, .about = "One request with all that was said and promised" },
  { .verb = PATCH, .path = "/api/v1/requests/{ref}",              .run = api_request_patch, .may = MAY_PROVIDER, .about = "Owner, team, subject, tags, snooze; only acts move state" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/messages",     .run = api_messages_post, .may = MAY_ASKER, .about = "Say something, or note it among those who serve" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/acts",         .run = api_acts_post,     .may = MAY_ASKER, .about = "Promise, report, accept and all other acts of the loop" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/attachments",  .run = api_files_post,    .may = MAY_ASKER, .about = "Send files, as multipart/form-data" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/moment",       .run = api_moment_post,   .may = MAY_PROVIDER, .about = "Who speaks with them after a bad moment" },
  { .verb = GET,   .path = "/api/v1/moments",                     .run = api_moments_get,   .may = MAY_PROVIDER, .about = "Bad moments of the last 90 days, one page" },
  { .verb = GET,   .path = "/api/v1/floor",                       .run = api_floor_get,     .may = MAY_PROVIDER, .about = "How it is right now: who waits, what is promised, who is here" },
  { .verb = GET,   .path = "/api/v1/attachments/{id}",            .run = api_file_get,      .may = MAY_ASKER, .about = "A file, as a download" },
  { .verb = GET,   .path = "/api/v1/people",                      .run = api_people_get,    .may = MAY_ASKER, .about = "Persons, one page" },
  { .verb = POST,  .path = "/api/v1/people",                      .run = api_people_post,   .may = MAY_PROVIDER, .about = "Add a person" },
  { .verb = GET,   .path = "/api/v1/people/{id}",                 .run = api_person_get,    .may = MAY_ASKER, .about = "One person with their addresses" },
  { .verb = POST,  .path = "/api/v1/people/{id}",                 .run = api_person_post,   .may = MAY_ASKER, .about = "Change how somebody is called and spoken to" },
  { .verb = GET,   .path = "/api/v1/people/{id}/memory",          .run = api_memory_get,    .may = MAY_ASKER, .about = "What we remember about somebody" },
  { .verb = POST,  .path = "/api/v1/people/{id}/memory",          .run = api_memory_post,   .may = MAY_ASKER, .about = "Remember something about somebody" },
  { .verb = GET,   .path = "/api/v1/requests/{ref}/work",         .run = api_work_get,      .may = MAY_PROVIDER, .about = "Time spent on a request, nobody's by name" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/work",         .run = api_work_post,     .may = MAY_PROVIDER, .about = "Write down time spent" },
  { .verb = GET,   .path = "/api/v1/customers",                   .run = api_customers_get, .may = MAY_PROVIDER, .about = "Organisations that are served, and how it goes" },
  { .verb = GET,   .path = "/api/v1/customers/{id}",              .run = api_customer_get,  .may = MAY_ASKER, .about = "A customer and the desk, as both see it" },
  { .verb = POST,  .path = "/api/v1/customers/{id}/worth",        .run = api_worth_post,    .may = MAY_ASKER, .about = "Write down what something was worth to them" },
  { .verb = GET,   .path = "/api/v1/worth",                       .run = api_worth_get,     .may = MAY_LEAD, .about = "What customers bring in and what they cost" },
  { .verb = POST,  .path = "/api/v1/worth/{id}",                  .run = api_worth_answer_post, .may = MAY_ASKER, .about = "Say whether it was worth that" },
  { .verb = GET,   .path = "/api/v1/journeys",                    .run = api_journeys_get,  .may = MAY_PROVIDER, .about = "Journeys, all of them" },
  { .verb = GET,   .path = "/api/v1/journeys/{id}",               .run = api_journey_get,   .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "A journey as it is walked" },
  { .verb = GET,   .path = "/api/v1/journeys/{id}/cjml",          .run = api_journey_cjml,  .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Its map as CJML 2.0" },
  { .verb = GET,   .path = "/api/v1/journeys/{id}/xes",           .run = api_journey_xes,   .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Its walks as XES, without names" },
  { .verb = GET,   .path = "/api/v1/measures",                    .run = api_measures_get,  .may = MAY_ASKER, .about = "What is measured, and how" },
  { .verb = GET,   .path = "/api/v1/instruments",                 .run = api_instruments_get, .may = MAY_LEAD, .about = "What people are asked about the whole, and what it came to" },
  { .verb = GET,   .path = "/api/v1/proximity",                   .run = api_proximity_get, .may = MAY_LEAD, .cost = COST_HEAVY, .about = "How near those who serve are, as people say it and as the loop shows it" },
  { .verb = GET,   .path = "/api/v1/measures/{name}",             .run = api_measure_get,   .may = MAY_ASKER, .about = "A figure, with all that it stands on" },
  { .verb = GET,   .path = "/api/v1/saved-answers",               .run = api_saved_answers_get, .may = MAY_PROVIDER, .about = "Saved answers: your own, and those of your teams" },
  { .verb = GET,   .path = "/api/v1/events",                      .run = api_events_get,    .may = MAY_ASKER, .about = "What changes, as server-sent events" },
  { 0 }
};

static const ApiDoc docs[] = {
  { openapi_get, "OpenAPI 3.1, made from the table of routes. Open to anybody.", .answer = "object", .status = 200 },
  { api_requests_get, "Newest change first. q looks in subjects, messages and people; the rest narrows what q finds.",
    .answer = "RequestList", .status = 200, .query = "state ball owner team kind from tag outcome list q cursor limit" },
  { api_requests_post, "Subject or body may be left out, not both. Whoever serves may ask for somebody else, with from.",
    .body = api_request_fields, .answer = "Request", .status = 201, .headers = "ETag Location",
    .example = "{\"subject\":\"The printer on the third floor eats paper\",\"body\":\"Every second page comes out torn.\",\"bar\":{\"good\":\"It prints again\"}}" },
  { api_request_get, "Notes among those who serve are left out for everybody else.", .answer = "RequestWhole", .status = 200, .headers = "ETag" },
  { api_request_patch, "Only for the side that serves. What is left out stays as it is; whose move it is changes by acts alone.",
    .body = api_change_fields, .answer = "RequestWhole", .status = 200, .vanish = true, .headers = "ETag", .example = "{\"owner\":\"me\",\"tags\":[\"printer\"]}" },
  { api_messages_post, "Public words from the side that serves go to the asker by mail. Internal ones are a note among those who serve.",
    .body = api_message_fields, .answer = "Message", .status = 201, .headers = "ETag", .example = "{\"body\":\"I am on my way, with a new roller.\",\"visibility\":\"public\"}" },
  { api_acts_post, "An act that is not possible now is a conflict; allowed, in the request, lists those that are.",
    .body = api_act_fields, .answer = "RequestWhole", .status = 201, .headers = "ETag",
    .example = "{\"act\":\"promise\",\"due\":\"2040-05-14T15:00:00Z\",\"conditions\":[\"It prints again\"],\"text\":\"I bring a new roller.\"}" },
  { api_files_post, "They wait at the request until a message names them in attachments.", .files = "file", .answer = "FileList", .status = 201 },
  { api_moment_post, "Only for the side that serves. Where there is no bad moment that waits for somebody, or somebody else was faster, it is a conflict.",
    .body = api_moment_fields, .answer = "BadMoment", .status = 200, .example = "{\"claim\":true}" },
  { api_moments_get, "Of requests that the caller serves or leads; never of their own. It ends with the first words of a person of the serving side. figures come with the first page.",
    .answer = "BadMomentList", .status = 200, .query = "open team cursor limit" },
  { api_floor_get, "As on the page of the floor, over the teams that the caller serves or leads. now: its sentences. people: by name, those who were at the desk in the last twelve hours, with "
    "what they have on their hands; nobody is ranked. came: how many came in each hour of each weekday, Monday first, in four weeks, on the caller's clock.",
    .answer = "Floor", .status = 200 },
  { api_file_get, "As it was sent, never shown by the browser itself.", .answer = "*/*", .status = 200 },
  { api_people_get, "Who serves sees everybody; who only asks sees themselves.", .answer = "PersonList", .status = 200, .query = "q role cursor limit" },
  { api_people_post, "Only for those who serve. An address that is known already is a conflict.",
    .body = api_person_fields, .answer = "PersonWhole", .status = 201, .headers = "ETag Location",
    .example = "{\"name\":\"Mira Okafor\",\"email\":\"mira@example.org\",\"pronouns\":\"she/her\",\"lang\":\"en\",\"zone\":\"Africa/Lagos\"}" },
  { api_person_get, "Who only asks may read themselves.", .answer = "PersonWhole", .status = 200, .headers = "ETag" },
  { api_person_post, "What is left out stays as it is; an address that is new becomes the main one. Only for who looks after the desk; people say how they themselves are spoken to.",
    .body = api_person_change_fields, .answer = "PersonWhole", .status = 200, .headers = "ETag", .example = "{\"pronouns\":\"she/her\",\"zone\":\"Africa/Lagos\"}" },
  { api_memory_get, "What the person said of themselves, and what others noted and may show to whoever asks.", .answer = "NoteList", .status = 200 },
  { api_memory_post, "The person it is about can read it, correct it and take it away.",
    .body = api_memory_fields, .answer = "Made", .status = 201, .example = "{\"kind\":\"preference\",\"words\":\"Calls rather than mails.\",\"source\":\"told\"}" },
  { api_work_get, "Minutes that were written down, and what the service's equation would say. Of the request, never of a person.", .answer = "Work", .status = 200 },
  { api_work_post, "Only for the side that serves. Minutes tell what serving costs; they are not compared by person.",
    .body = api_work_fields, .answer = "Work", .status = 201, .example = "{\"minutes\":25,\"note\":\"new roller\"}" },
  { api_customers_get, "Over what the caller may see of them, in the last 90 days.", .answer = "CustomerList", .status = 200 },
  { api_customer_get, "An organisation's, for who serves it and for who speaks for it; one's own, by one's own number. whole: the customer sees the same.",
    .answer = "Customer", .status = 200 },
  { api_worth_post, "From the customer’s side it counts at once, from the desk’s once they confirmed it: whoever speaks for them gets a letter that asks, unless it is of a request.",
    .body = api_worth_fields, .answer = "Made", .status = 201, .example = "{\"words\":\"340 boxes shipped, not scrapped\",\"kind\":\"profit\",\"amount\":5100}" },
  { api_worth_get, "Only for who leads the house. Minutes are of teams and customers, never of persons; confirmed is what the customers say, beside what they cost.",
    .answer = "ProfitMap", .status = 200, .query = "months of" },
  { api_worth_answer_post, "Only the customer: who speaks for them, or who asked the request it came of.", .body = api_worth_answer_fields, .answer = "Made", .status = 200, .example = "{\"so\":true}" },
  { api_journeys_get, "Maps of a closed team are for its people only.", .answer = "JourneyList", .status = 200 },
  { api_journey_get, "Each touchpoint with what is known of it, over the conversations that the caller may see.", .answer = "JourneyWhole", .status = 200, .query = "days org v" },
  { api_journey_cjml, "SINTEF's language for customer journeys. What we write is read again without loss.", .answer = "application/xml", .status = 200, .query = "days org v walks" },
  { api_journey_xes, "An event log after IEEE 1849, for process mining. A walk has a mark of its own instead of a name.", .answer = "application/xml", .status = 200, .query = "days org v" },
  { api_measures_get, "The question each answers, its formula and its source, through whose eyes it is seen, and the measure that is shown beside it.",
    .answer = "MeasureList", .status = 200 },
  { api_instruments_get, "Cards that the lot gives to people now and then: the questions, how often, how many were asked and answered, the score with what it could be had "
    "the silent ones spoken (bounds), and weighed by how many of each channel or organisation were asked, where each has five answers; by team and by organisation. Over the teams the caller leads or serves.",
    .answer = "InstrumentList", .status = 200, .query = "period from to team organisation" },
  { api_proximity_get, "Ten elements, each as people say it on cards and as the loop shows it; far is three hours or more apart on the clock. gap says what may be concluded of far and "
    "near, no more. parity: the two channels that differ most. over_time: of cards whose two weeks to answer are over, whatever the period. Of fewer than five answers there is only how many.",
    .answer = "Proximity", .status = 200, .query = "period from to team organisation chart" },
  { api_measure_get, "Over the requests that the caller may see figures of: their teams; an organisation whose requests they read; or, with mine, what they asked "
    "themselves. A number never comes without what it stands on: k of n, the interval that holds the true one with 95 %, the viewpoint, how many stayed silent, "
    "and how it may be shown: none (nobody yet), list (the answers themselves), interval (k of n), percent. Times are in seconds.",
    .answer = "Figure", .status = 200, .query = "period from to team organisation mine points chart" },
  { api_saved_answers_get, "q: each word of it stands in the title or the words. {{name}}, {{request}}, {{me}}, {{place}} and {{due}} stand for what they are in a request; sent: how often, by whomever.",
    .answer = "SavedAnswerList", .status = 200, .query = "q" },
  { api_events_get, "A stream that stays open. Each event has a number (id), the request (ref) and what happened (kind); what it changed is read with "
    "the other calls. After a break send the last number as Last-Event-ID, or as after: nothing is missed, nothing comes twice. A comment comes "
    "when nothing else did for a while. With wait=0 the answer holds what there is by now, and ends.",
    .answer = "text/event-stream", .status = 200, .query = "after wait Last-Event-ID" },
};

const ApiDoc *api_doc(Handler *run) {
  for (size_t i = 0; i < COUNT(docs); i++) if (docs[i].run == run) return &docs[i];
  return NULL;
}
