/* web/api/api.h: what the calls of /api/v1 share: how rows are written, what bodies hold, and the description of it all.
   Handlers call the same desk functions as the pages. */
#ifndef WEB_API_H
#define WEB_API_H
#include "desk/act.h"
#include "desk/control.h"
#include "desk/inbox.h"
#include "desk/message.h"
#include "desk/party.h"
#include "text/json.h"
#include "web/route.h"

/* A field of a body. type: "string", "integer", "number", "boolean", "date-time", "object", the name of a schema ("State":
   openapi_schema.c), or "|a|b|c": one of these words. Behind it "[]": a list; "?": may be null; "!": must be there. */
typedef struct { const char *name, *type, *about; } ApiField;
typedef struct {
  Handler *run;
  const char *more;          /* what else there is to say, in a sentence or two */
  const ApiField *body;      /* ended by a field without a name; NULL: no JSON body */
  const char *files;         /* name of the file field of a multipart body; NULL: none */
  const char *example;       /* a JSON body that is taken */
  const char *answer;        /* a schema, or with a slash in it the media type of an answer that is not JSON */
  int status;                /* on success */
  bool vanish;               /* 204 where the caller may not see it any more */
  const char *query;         /* "state ball …": arguments of the query, and headers beginning with a capital */
  const char *headers;       /* of the answer: "ETag Location" */
} ApiDoc;
const ApiDoc *api_doc(Handler *);

/* E_INVALID naming the first field that the call does not know; a call without a JSON body: E_MALFORMED. */
Err api_body(Cx *, const Req *, const ApiField *) CHECKED;
/* A fault's field in this call's words. names: "text=body mail=from.email", what desk says and what the call says. */
Err api_named(Cx *, Err, const char *names) CHECKED;
/* A member that is an object of its own, with its fields; faults in it are called "member.field". *ret NULL: not there. */
Err api_inside(Cx *, const Req *, const char *member, const ApiField *, const Json **ret) CHECKED;
Err api_under(Cx *, Err, const char *member) CHECKED;        /* the fault's field as "member.field" */
/* A body as JSON: starts an object at w->to of res->body, ends it and sets the type. */
JsonOut api_begin(Res *);
Err  api_end(JsonOut *, Res *, int status);
void api_put_named(JsonOut *, const char *name, int64_t id, Str who);   /* a Named, or null for 0 */
void api_put_request(JsonOut *, Cx *, const Request *);      /* the members, into an object that is open */
Err  api_put_whole(JsonOut *, Cx *, const Request *) CHECKED;   /* those, and acts, promises, messages, clocks, people */
/* A control chart: its points, limits, what may be concluded. `all` of it is left out of one that only we can see: it would stand alone. */
void api_put_control(JsonOut *, const char *name, const Control *);
Err  api_put_message(JsonOut *, Cx *, const Message *) CHECKED;
/* limit and cursor of the query. E_INVALID: limit. */
Err  api_page(Cx *, const Req *, size_t *ret_limit, Str *ret_cursor) CHECKED;
/* now: the ETag of what is there. E_STALE: If-Match names others only. what: how the fault begins, "The request". */
Err  api_version(Cx *, const Req *, Str now, const char *what) CHECKED;
/* {ref} of the path; If-Match honoured: E_STALE. */
Err  api_request(Cx *, const Req *, Request *ret) CHECKED;

/* Idempotency-Key: web/gate.c sees to it for every POST. */
extern const Route api_routes[];
#endif
