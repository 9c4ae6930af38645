/* web/api/routes.c: the calls for programs, and what each takes and gives. To add one: a row in each table. */
#include "web/api/events.h"
#include "web/api/openapi.h"
#include "web/api/people.h"
#include "web/api/requests.h"

const Route api_routes[] = {
  { .verb = GET,   .path = "/api/v1/openapi.json",                .run = openapi_get,       .may = MAY_ANYONE, .about = "This description", .quiet = true },
  { .verb = GET,   .path = "/api/v1/requests",                    .run = api_requests_get,  .may = MAY_ASKER, .about = "Requests you may see, one page" },
  { .verb = POST,  .path = "/api/v1/requests",                    .run = api_requests_post, .may = MAY_ASKER, .no_csrf = false, .about = "Ask for something" },
  { .verb = GET,   .path = "/api/v1/requests/{ref}",              .run = api_request_get,   .may = MAY_ASKER, .about = "One request with all that was said and promised" },
  { .verb = PATCH, .path = "/api/v1/requests/{ref}",              .run = api_request_patch, .may = MAY_PROVIDER, .about = "Owner, team, subject, tags, snooze; only acts move state" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/messages",     .run = api_messages_post, .may = MAY_ASKER, .about = "Say something, or note it among those who serve" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/acts",         .run = api_acts_post,     .may = MAY_ASKER, .about = "Promise, report, accept and all other acts of the loop" },
  { .verb = POST,  .path = "/api/v1/requests/{ref}/attachments",  .run = api_files_post,    .may = MAY_ASKER, .about = "Send files, as multipart/form-data" },
  { .verb = GET,   .path = "/api/v1/attachments/{id}",            .run = api_file_get,      .may = MAY_ASKER, .about = "A file, as a download" },
  { .verb = GET,   .path = "/api/v1/people",                      .run = api_people_get,    .may = MAY_ASKER, .about = "Persons, one page" },
  { .verb = POST,  .path = "/api/v1/people",                      .run = api_people_post,   .may = MAY_PROVIDER, .about = "Add a person" },
  { .verb = GET,   .path = "/api/v1/people/{id}",                 .run = api_person_get,    .may = MAY_ASKER, .about = "One person with their addresses" },
  { .verb = GET,   .path = "/api/v1/people/{id}/memory",          .run = api_memory_get,    .may = MAY_ASKER, .about = "What we remember about somebody" },
  { .verb = POST,  .path = "/api/v1/people/{id}/memory",          .run = api_memory_post,   .may = MAY_ASKER, .about = "Remember something about somebody" },
  { .verb = GET,   .path = "/api/v1/events",                      .run = api_events_get,    .may = MAY_ASKER, .about = "What changes, as server-sent events" },
  { 0 }
};

static const ApiDoc docs[] = {
  { api_requests_get,  NULL,                "RequestList", 200, "state ball owner team kind from tag outcome list q cursor limit" },
  { api_requests_post, api_request_fields,  "Request",     201, NULL },
  { api_request_get,   NULL,                "Request",     200, NULL },
  { api_request_patch, api_change_fields,   "Request",     200, NULL },
  { api_messages_post, api_message_fields,  "Message",     201, NULL },
  { api_acts_post,     api_act_fields,      "Request",     201, NULL },
  { api_files_post,    NULL,                "FileList",    201, NULL },
  { api_file_get,      NULL,                NULL,          200, NULL },
  { api_people_get,    NULL,                "PersonList",  200, "q role cursor limit" },
  { api_people_post,   api_person_fields,   "Person",      201, NULL },
  { api_person_get,    NULL,                "Person",      200, NULL },
  { api_memory_get,    NULL,                "NoteList",    200, NULL },
  { api_memory_post,   api_memory_fields,   "Made",        201, NULL },
  { api_events_get,    NULL,                NULL,          200, "after wait" },
};

const ApiDoc *api_doc(Handler *run) {
  for (size_t i = 0; i < COUNT(docs); i++) if (docs[i].run == run) return &docs[i];
  return NULL;
}
