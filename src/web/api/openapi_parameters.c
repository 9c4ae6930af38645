/* web/api/openapi_parameters.c: what stands in addresses and headers, by name. To add one: a row here. */
#include <assert.h>
#include "web/api/openapi_inside.h"

static const struct { const char *name, *type, *about; int64_t least, most; } parameters[] = {
  { "ref", "string", "The request, as in R-12", 0, 0 },
  { "id", "integer", "Its number", 1, 0 },
  { "state", "State", "Only in this state", 0, 0 },
  { "ball", "|provider|customer", "Only where it is this side's move", 0, 0 },
  { "owner", "string", "Only of this owner: an address, a number, or me", 0, 0 },
  { "name", "string", "The measure, as in promise-kept", 0, 0 },
  { "period", "string", "7d, 30d, 90d or 1y: the last days, today among them; or 2026-01, 2026-Q1, 2026. 30d, if it is not said. Days are those of the caller's zone", 0, 0 },
  { "to", "string", "Until this day (it is in it), or this instant (it is not)", 0, 0 },
  { "organisation", "string", "Only of this organisation: its name, or a number", 0, 0 },
  { "mine", "boolean", "Only what the caller asked", 0, 0 },
  { "chart", "|day|week|month", "Over time, in such points, with limits and what may be concluded; of proximity by week if it is not said", 0, 0 },
  { "points", "|day|week|month", "One figure for each of these within the period, too", 0, 0 },
  { "team", "string", "Only of this team: its name, or a number", 0, 0 },
  { "kind", "Kind", "Only of this kind", 0, 0 },
  { "from", "string", "Of requests: only asked by this address. Of figures: from this day on, or this instant", 0, 0 },
  { "tag", "string", "Only with this tag", 0, 0 },
  { "outcome", "|kept|broken|renegotiated|silent", "Only where the promise came to this", 0, 0 },
  { "list", "|court|today|team|others|snoozed|done|all", "One of the lists of the inbox; all, if none is named", 0, 0 },
  { "open", "|true|false", "true: nobody has spoken with them yet; false: somebody has", 0, 0 },
  { "q", "string", "Words to look for", 0, 0 },
  { "days", "|30|90|180|365", "Walks that began in so many days; 90, if it is not said", 0, 0 },
  { "org", "integer", "Only walks of people of this organisation", 1, 0 },
  { "v", "integer", "This version of the map; 0 is the map in work", 0, 0 },
  { "walks", "|brought", "And behind the map the walks that were brought from elsewhere as CJML", 0, 0 },
  { "months", "integer", "So many months, with this one; 12, if it is not said", 1, 0 },
  { "of", "integer", "The books of this customer, too", 1, 0 },
  { "role", "Role", "Only those who are this here", 0, 0 },
  { "cursor", "string", "next of the page before", 0, 0 },
  { "limit", "integer", "How many at most; 50, if it is not said", 1, 200 },
  { "after", "integer", "The number of the last change that is known; left out, it begins now", 0, 0 },
  { "wait", "|0|1", "0: answer with what there is by now, and end", 0, 0 },
  { "Last-Event-ID", "integer", "As after; what an event source sends by itself when it comes back", 0, 0 },
  { "Idempotency-Key", "string", "The same key within 24 hours is the same call: it is answered again, not done again", 0, 0 },
  { "If-Match", "string", "The ETag that was read; the call is refused if there is a newer one", 0, 0 },
};

void openapi_parameter(JsonOut *w, Cx *cx, Str name, const char *in) {
  size_t i = 0;
  while (i < COUNT(parameters) && !str_eq(name, str_z(parameters[i].name))) i++;
  assert(i < COUNT(parameters));
  json_obj(w);
  JSON(w, "name", name);
  JSON(w, "in", in);
  JSON(w, "required", (bool)(strcmp(in, "path") == 0));
  JSON(w, "description", parameters[i].about);
  JSON_OBJ(w, "schema");
  openapi_type(w, cx, str_z(parameters[i].type));
  if (str_eq(str_z(parameters[i].type), S("integer"))) JSON(w, "minimum", parameters[i].least);
  if (parameters[i].most) JSON(w, "maximum", parameters[i].most);
  json_end(w);
  json_end(w);
}

void openapi_header(JsonOut *w, Str name) {
  static const struct { const char *name, *about, *type; } headers[] = {
    { "ETag", "The version, for If-Match and If-None-Match", "string" },
    { "Location", "Where what was made is found", "string" },
    { "Retry-After", "Seconds after which it is worth trying again", "integer" },
  };
  size_t i = 0;
  while (i < COUNT(headers) && !str_eq(name, str_z(headers[i].name))) i++;
  assert(i < COUNT(headers));
  JSON_OBJ(w, headers[i].name);
  JSON(w, "description", headers[i].about);
  JSON_OBJ(w, "schema");
  JSON(w, "type", headers[i].type);
  json_end(w);
  json_end(w);
}
