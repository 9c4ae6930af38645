/* web/api/openapi.c: one pass over the routes. Not here: what goes in and comes out (openapi_schema.c). */
#include "web/api/openapi.h"
#include "desk/site.h"
#include "web/api/openapi_inside.h"

static void parameters(JsonOut *w, Cx *cx, const Route *r, const ApiDoc *d) {
  JSON_ARR(w, "parameters");
  Str rest = str_z(r->path), head, name;
  while (str_cut(rest, '{', &head, &rest) && str_cut(rest, '}', &name, &rest)) openapi_parameter(w, cx, name, "path");
  for (rest = str_z(d->query); rest.n; ) {
    str_cut(rest, ' ', &name, &rest);
    openapi_parameter(w, cx, name, name.p[0] >= 'A' && name.p[0] <= 'Z' ? "header" : "query");
  }
  if (r->verb == POST) openapi_parameter(w, cx, S("Idempotency-Key"), "header");
  if (openapi_takes_version(r, d)) openapi_parameter(w, cx, S("If-Match"), "header");
  json_end(w);
}

static void files_put(JsonOut *w, Cx *cx, const char *name) {
  JSON_OBJ(w, "multipart/form-data");
  JSON_OBJ(w, "schema");
  openapi_fields(w, cx, (const ApiField[]){ { name, "file[]!", "One or more files" }, { 0 } });
  json_end(w);
  json_end(w);
}

static void body_put(JsonOut *w, Cx *cx, const ApiDoc *d) {
  JSON_OBJ(w, "application/json");
  JSON_OBJ(w, "schema");
  openapi_fields(w, cx, d->body);
  json_end(w);
  json_name(w, "example");
  json_put_raw(w, str_z(d->example));
  json_end(w);
}

static void body(JsonOut *w, Cx *cx, const ApiDoc *d) {
  if (!d->body && !d->files) return;
  JSON_OBJ(w, "requestBody");
  JSON(w, "required", (bool)true);
  JSON_OBJ(w, "content");
  if (d->files) files_put(w, cx, d->files); else body_put(w, cx, d);
  json_end(w);
  json_end(w);
}

static void answer(JsonOut *w, Cx *cx, const ApiDoc *d) {
  Str rest = str_z(d->headers), name;
  bool other = strchr(d->answer, '/') != NULL;
  if (rest.n) {
    JSON_OBJ(w, "headers");
    while (rest.n) { str_cut(rest, ' ', &name, &rest); openapi_header(w, name); }
    json_end(w);
  }
  JSON_OBJ(w, "content");
  JSON_OBJ(w, other ? d->answer : "application/json");
  JSON_OBJ(w, "schema");
  openapi_type(w, cx, other ? S("string") : str_z(d->answer));
  for (int i = 0; i < 3; i++) json_end(w);
}

static void responses(JsonOut *w, Cx *cx, const Route *r, const ApiDoc *d) {
  JSON_OBJ(w, "responses");
  JSON_OBJ(w, str_fmt(cx->arena, "%d", d->status).p);
  JSON(w, "description", d->status == 201 ? "It was made." : r->verb == GET ? "Here it is." : "It was done.");
  answer(w, cx, d);
  json_end(w);
  if (d->vanish) {
    JSON_OBJ(w, "204");
    JSON(w, "description", "It was done, and went to where this person may not see it.");
    json_end(w);
  }
  openapi_problems(w, cx, r, d);
  json_end(w);
}

static const char *tag_of(const Route *r) {
  static const char *const words[] = { "people", "events", "attachments", "openapi", "measures", "journeys", "instruments", "proximity", "floor", "customers", "worth" },
                          *const tags[] = { "people", "events", "files", "about", "measures", "journeys", "measures", "measures", "measures", "customers", "worth" };
  for (size_t i = 0; i < COUNT(words); i++) if (strstr(r->path, words[i])) return tags[i];
  return "requests";
}

/* "get_requests_ref": what a generated client calls it. */
static Str operation_id(Cx *cx, const Route *r, Str verb) {
  Buf id = { .arena = cx->arena };
  buf_add(&id, verb);
  for (const char *p = r->path + sizeof "/api/v1" - 1; *p; p++)
    if (*p != '{' && *p != '}') buf_char(&id, *p == '/' || *p == '.' ? '_' : *p);
  return buf_str(&id);
}

static void operation(JsonOut *w, Cx *cx, const Route *r, const ApiDoc *d) {
  Str verb = str_lower(cx->arena, verb_name(r->verb));
  JSON_OBJ(w, str_cstr(cx->arena, verb));
  JSON(w, "operationId", operation_id(cx, r, verb));
  JSON(w, "summary", r->about);
  JSON(w, "description", d->more);
  JSON_ARR(w, "tags");
  json_put_z(w, tag_of(r));
  json_end(w);
  if (r->may == MAY_ANYONE) { JSON_ARR(w, "security"); json_end(w); }
  parameters(w, cx, r, d);
  body(w, cx, d);
  responses(w, cx, r, d);
  json_end(w);
}

static void paths(JsonOut *w, Cx *cx) {
  JSON_OBJ(w, "paths");
  for (const Route *r = api_routes; r->path; r++) {
    bool first = true;
    for (const Route *p = api_routes; p < r; p++) if (!strcmp(p->path, r->path)) first = false;
    if (!first) continue;
    JSON_OBJ(w, r->path);
    for (const Route *p = r; p->path; p++)
      if (!strcmp(p->path, r->path) && api_doc(p->run)) operation(w, cx, p, api_doc(p->run));
    json_end(w);
  }
  json_end(w);
}

static void tags(JsonOut *w) {
  static const struct { const char *name, *about; } list[] = {
    { "requests", "Asking, promising, delivering, judging" }, { "people", "Who asks and who serves" }, { "files", "Attachments" }, { "events", "What changes, as it changes" },
    { "measures", "Figures, with what they stand on" }, { "customers", "Whom we serve, and what they say of it" }, { "worth", "What came of it" }, { "journeys", "What people live through, planned and as it went" }, { "about", "The calls themselves" },
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

static void info(JsonOut *w, Cx *cx) {
  JSON_OBJ(w, "info");
  JSON(w, "title", "Cornerdesk");
  JSON(w, "version", CORNERDESK_VERSION);
  JSON(w, "summary", "A ledger of promises between people");
  JSON(w, "description", "A token acts as its person, with that person's rights and no more: what they may not see is not there. "
    "Times are RFC 3339 in UTC. Lists have limit and cursor; next is null on the last page. Errors are problem+json (RFC 9457).");
  JSON_OBJ(w, "contact");
  JSON(w, "name", "The people who run this desk");
  JSON(w, "url", cx->site->public_url);
  json_end(w);
  JSON_OBJ(w, "license");
  JSON(w, "name", "Apache License 2.0");
  JSON(w, "identifier", "Apache-2.0");
  json_end(w);
  json_end(w);
}

static void where_and_who(JsonOut *w, Cx *cx) {
  JSON_ARR(w, "servers");
  json_obj(w);
  JSON(w, "url", cx->site->public_url);
  JSON(w, "description", "This desk");
  json_end(w);
  json_end(w);
  JSON_ARR(w, "security");
  json_obj(w);
  JSON_ARR(w, "token");
  json_end(w);
  json_end(w);
  json_end(w);
}

Err openapi_get(Cx *cx, const Req *q, Res *res) {
  (void)q;
  JsonOut w = api_begin(res);
  JSON(&w, "openapi", "3.1.0");
  info(&w, cx);
  where_and_who(&w, cx);
  tags(&w);
  paths(&w, cx);
  openapi_components(&w, cx);
  return api_end(&w, res, 200);
}
