/* web/route.h: the map of the product. One row a route; whoever reads the tables knows every way in.
   Zero is closed: a row that forgets .may is refused to everybody, a form without a token is refused.
   .may is the coarse gate. Which request somebody may see is decided by desk's predicate inside the query.

     const Route portal_routes[] = {
       { .verb = GET,  .path = "/ask", .run = ask_page, .may = MAY_ANYONE, .about = "How can we help?" },
       { .verb = POST, .path = "/ask", .run = ask_send, .may = MAY_ANYONE, .cost = COST_ASK, .about = "Ask" },
       { 0 }
     };

   A new group: its table in its own file, one line in routes.c. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H
#include "web/req.h"

/*     what a caller must be. A mailed link is never more than MAY_ASKER. */
typedef enum { MAY_NOBODY, MAY_ANYONE, MAY_ASKER, MAY_PROVIDER, MAY_LEAD, MAY_ADMIN } May;

/*     what a call costs us: how many a minute one caller may make (rate.c) */
typedef enum { COST_LIGHT, COST_CHANGE, COST_HEAVY, COST_ASK, COST_SIGNIN, COST_FREE, COST_COUNT } Cost;

struct Route {
  Verb verb;
  const char *path;       /* "/requests/{ref}": a {name} takes one segment that is not empty; a last {name*} takes the rest */
  Handler *run;           /* GET: on a reader, which cannot write. Else: a command, on the writer; it may be run again after a
                             deadlock, so it changes nothing but the database and *res. An answer of 400 or more is rolled back */
  Handler *prepare;       /* before run, on a reader: slow things that write nothing (passwords). Leaves res->prepared */
  May  may;
  Cost cost;              /* COST_LIGHT for GET, COST_CHANGE for the rest, if not said */
  bool no_csrf;           /* only for programs and one-click mail headers (List-Unsubscribe, hooks) */
  bool link;              /* open to a mailed link as well */
  bool any_type;          /* takes any media type; else urlencoded, multipart or JSON */
  bool direct;            /* touches no database: answered by the thread that read it */
  const char *about;      /* one line: for the list of routes and the API description */
};

/* All rows, in the order in which they are tried. */
size_t       route_count(void);
const Route *route_at(size_t i);

bool route_fits(Arena *, Str pattern, Str path, Pairs *ret_params);
/* E_ABSENT: no such path. E_METHOD: other verbs fit; *ret_allow lists them ("GET, HEAD, POST"). */
Err  route_find(Cx *, Verb, Str path, const Route **ret, Pairs *ret_params, Str *ret_allow) CHECKED;

bool may_pass(May, const Actor *);
Str  verb_name(Verb);
Str  may_name(May);          /* "asker" */

/* Everything between a parsed request and its answer, on the thread that has the right connection in cx->db:
   session, person, may, token of the form, rate, handler. Fills *res whatever happens; gives back why, so that the
   caller rolls back unless E_OK. */
Err dispatch(Cx *, Req *, Res *);          /* runs route->run */
Err dispatch_prepare(Cx *, Req *, Res *);  /* runs route->prepare; E_OK: now dispatch */
#endif
