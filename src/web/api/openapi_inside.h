/* web/api/openapi_inside.h: what openapi.c (the calls) takes from openapi_schema.c (what goes in and comes out) and openapi_parameters.c. */
#ifndef WEB_API_OPENAPI_INSIDE_H
#define WEB_API_OPENAPI_INSIDE_H
#include "web/api/api.h"

void openapi_type(JsonOut *, Cx *, Str type);                          /* of an ApiField: members of an object that is open */
void openapi_fields(JsonOut *, Cx *, const ApiField *);                /* a whole body: the same */
void openapi_parameter(JsonOut *, Cx *, Str name, const char *in);     /* asserts that it knows the name */
void openapi_header(JsonOut *, Str name);                              /* a member: a header of an answer */
void openapi_problems(JsonOut *, Cx *, const Route *, const ApiDoc *); /* members of "responses": what can go wrong with this call */
void openapi_components(JsonOut *, Cx *);
bool openapi_takes_version(const Route *, const ApiDoc *);             /* If-Match is honoured */
#endif
