/* web/api/openapi.c: one pass over the routes. Answers are described by the names of their members. */
#include "web/api/openapi.h"
#include <stdio.h>
#include "desk/site.h"

static const struct { const char *name, *fields; } schemas[] = {
  { "Request", "id:integer ref url kind subject excerpt state ball outcome version:integer rework:integer asker:object owner:object? team:object? organisation:object?"
               " service channel lang due:date-time? hear_by:date-time? since:date-time? waiting_since:date-time? reported:date-time? ended:date-time? created:date-time updated:date-time bar:object" },
  { "Message", "id:integer at:date-time side visibility channel format body quoted trusted:boolean files:integer author:object?" },
  { "Person",  "id:integer name email role title say_name pronouns lang zone organisation disabled:boolean" },
  { "Note",    "id:integer kind words source confidence:number still_true:boolean used:integer created:date-time confirmed:date-time by" },
  { "File",    "id:integer name type size:integer" },
  { "Made",    "id:integer" },
  { "Problem", "type title status:integer detail" },
};

static void type_put(JsonOut *w, Str type) {
  bool none = str_ends(type, S("?")), list = str_ends(type, S("[]"));
  if (none) type = str_head(type, type.n - 1);
  if (list) type = str_head(type, type.n - 2);
  if (list) { JSON(w, "type", "array"); JSON_OBJ(w, "items"); JSON(w, "type", type); json_end(w); return; }
  bool time = str_eq(type, S("date-time"));
  json_name(w, "type");
  if (none) json_arr(w);
  json_put_str(w, time ? S("string") : type.n ? type : S("string"));
  if (none) { json_put_str(w, S("null")); json_end(w); }
  if (time) JSON(w, "format", "date-time");
}

static void schema_put(JsonOut *w, const char *name, const char *fields) {
  Str rest = str_z(fields), one, field, type;
  JSON_OBJ(w, name);
  JSON(w, "type", "object");
  JSON_OBJ(w, "properties");
  while (rest.n) {
    str_cut(rest, ' ', &one, &rest);
    str_cut(one, ':', &field, &type);
    char key[64];
    snprintf(key, sizeof key, STR_FMT, STR_ARG(field));
    JSON_OBJ(w, key);
    type_put(w, type);
    json_end(w);
  }
  json_end(w);
  json_end(w);
}

static void list_put(JsonOut *w, const char *item, Cx *cx) {
  JSON_OBJ(w, str_cstr(cx->arena, str_fmt(cx->arena, "%sList", item)));
  JSON(w, "type", "object");
  JSON_OBJ(w, "properties");
  JSON_OBJ(w, "items");
  JSON(w, "type", "array");
  JSON_OBJ(w, "items");
  JSON(w, "$ref", str_fmt(cx->arena, "#/components/schemas/%s", item));
  json_end(w);
  json_end(w);
  JSON_OBJ(w, "next");
  type_put(w, S("string?"));
  json_end(w);
  json_end(w);
  json_end(w);
}

static void components(JsonOut *w, Cx *cx) {
  JSON_OBJ(w, "components");
  JSON_OBJ(w, "securitySchemes");
  JSON_OBJ(w, "token");
  JSON(w, "type", "http");
  JSON(w, "scheme", "bearer");
  json_end(w);
  json_end(w);
  JSON_OBJ(w, "schemas");
  for (size_t i = 0; i < COUNT(schemas); i++) schema_put(w, schemas[i].name, schemas[i].fields);
  static const char *const listed[] = { "Request", "Person", "Note", "File" };
  for (size_t i = 0; i < COUNT(listed); i++) list_put(w, listed[i], cx);
  json_end(w);
  JSON_OBJ(w, "responses");
  JSON_OBJ(w, "Problem");
  JSON(w, "description", "What was wrong, with what, what to do (RFC 9457)");
  JSON_OBJ(w, "content");
  JSON_OBJ(w, "application/problem+json");
  JSON_OBJ(w, "schema");
  JSON(w, "$ref", "#/components/schemas/Problem");
  for (int i = 0; i < 6; i++) json_end(w);
}

static void parameter(JsonOut *w, Str name, const char *in) {
  json_obj(w);
  JSON(w, "name", name);
  JSON(w, "in", in);
  JSON(w, "required", (bool)(in[0] == 'p'));
  JSON_OBJ(w, "schema");
  JSON(w, "type", str_eq(name, S("limit")) || str_eq(name, S("after")) || str_eq(name, S("id")) ? "integer" : "string");
  json_end(w);
  json_end(w);
}

static void parameters(JsonOut *w, const Route *r, const ApiDoc *d) {
  JSON_ARR(w, "parameters");
  Str rest = str_z(r->path), head, name;
  while (str_cut(rest, '{', &head, &rest) && str_cut(rest, '}', &name, &rest)) parameter(w, name, "path");
  rest = str_z(d->query);
  while (rest.n) { str_cut(rest, ' ', &name, &rest); parameter(w, name, "query"); }
  if (r->verb == POST) parameter(w, S("Idempotency-Key"), "header");
  if (r->verb == PATCH) parameter(w, S("If-Match"), "header");
  json_end(w);
}

static void body(JsonOut *w, const ApiDoc *d) {
  if (!d->body) return;
  JSON_OBJ(w, "requestBody");
  JSON(w, "required", (bool)true);
  JSON_OBJ(w, "content");
  JSON_OBJ(w, "application/json");
  JSON_OBJ(w, "schema");
  JSON(w, "type", "object");
  JSON(w, "additionalProperties", (bool)false);
  JSON_OBJ(w, "properties");
  for (const ApiField *f = d->body; f->name; f++) {
    JSON_OBJ(w, f->name);
    type_put(w, str_z(f->type));
    if (f->about[0]) JSON(w, "description", f->about);
    json_end(w);
  }
  for (int i = 0; i < 5; i++) json_end(w);
}

static void responses(JsonOut *w, Cx *cx, const ApiDoc *d) {
  char status[8];
  snprintf(status, sizeof status, "%d", d->status);
  JSON_OBJ(w, "responses");
  JSON_OBJ(w, status);
  JSON(w, "description", d->status == 201 ? "Made" : "Done");
  if (d->answer) {
    JSON_OBJ(w, "content");
    JSON_OBJ(w, "application/json");
    JSON_OBJ(w, "schema");
    JSON(w, "$ref", str_fmt(cx->arena, "#/components/schemas/%s", d->answer));
    for (int i = 0; i < 3; i++) json_end(w);
  }
  json_end(w);
  JSON_OBJ(w, "4XX");
  JSON(w, "$ref", "#/components/responses/Problem");
  json_end(w);
  json_end(w);
}

static void operation(JsonOut *w, Cx *cx, const Route *r, const ApiDoc *d) {
  Str verb = str_lower(cx->arena, verb_name(r->verb));
  Buf id = { .arena = cx->arena };
  buf_add(&id, verb);
  for (const char *p = r->path + sizeof "/api/v1" - 1; *p; p++) if (*p != '{' && *p != '}') buf_char(&id, *p == '/' ? '_' : *p);
  JSON_OBJ(w, str_cstr(cx->arena, verb));
  JSON(w, "operationId", buf_str(&id));
  JSON(w, "summary", r->about);
  JSON(w, "description", str_fmt(cx->arena, "%s.", r->about));
  JSON_ARR(w, "tags");
  json_put_z(w, strstr(r->path, "people") ? "people" : strstr(r->path, "events") ? "events" : strstr(r->path, "attachments") ? "files" : "requests");
  json_end(w);
  parameters(w, r, d);
  body(w, d);
  responses(w, cx, d);
  json_end(w);
}

static void paths(JsonOut *w, Cx *cx) {
  JSON_OBJ(w, "paths");
  for (const Route *r = api_routes; r->path; r++) {
    bool first = true;
    for (const Route *p = api_routes; p < r; p++) if (!strcmp(p->path, r->path)) first = false;
    if (!first || r->quiet) continue;
    JSON_OBJ(w, r->path);
    for (const Route *p = r; p->path; p++)
      if (!strcmp(p->path, r->path) && api_doc(p->run)) operation(w, cx, p, api_doc(p->run));
    json_end(w);
  }
  json_end(w);
}

static void tags(JsonOut *w) {
  static const struct { const char *name, *about; } list[] = {
    { "requests", "Asking, promising, delivering, judging" }, { "people", "Who asks and who serves" }, { "files", "Attachments" }, { "events", "What has changed" },
  };
  JSON_ARR(w, "tags");
  for (size_t i = 0; i < COUNT(list); i++) {
    json_obj(w);
    JSON(w, "name", list[i].name);
    JSON(w, "description", list[i].about);
    json_end(w);
  }
  json_end(w);
}

Err openapi_get(Cx *cx, const Req *q, Res *res) {
  (void)q;
  JsonOut w = api_begin(res);
  JSON(&w, "openapi", "3.1.0");
  JSON_OBJ(&w, "info");
  JSON(&w, "title", "Cornerdesk");
  JSON(&w, "version", CORNERDESK_VERSION);
  JSON(&w, "description", "A ledger of promises between people. A token acts as its person, with that person's rights and no more.");
  JSON_OBJ(&w, "contact");
  JSON(&w, "name", "The people who run this desk");
  JSON(&w, "url", cx->site->public_url);
  json_end(&w);
  JSON_OBJ(&w, "license");
  JSON(&w, "name", "Apache-2.0");
  JSON(&w, "identifier", "Apache-2.0");
  json_end(&w);
  json_end(&w);
  JSON_ARR(&w, "servers");
  json_obj(&w);
  JSON(&w, "url", cx->site->public_url);
  json_end(&w);
  json_end(&w);
  JSON_ARR(&w, "security");
  json_obj(&w);
  JSON_ARR(&w, "token");
  json_end(&w);
  json_end(&w);
  json_end(&w);
  tags(&w);
  paths(&w, cx);
  components(&w, cx);
  return api_end(&w, res, 200);
}
