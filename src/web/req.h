/* web/req.h: what a handler is a function of, and what it gives back. Values only: a test needs no socket.
   Every Str lives as long as the request (cx->arena). Text is valid UTF-8: what came broken has U+FFFD in it.
   Not here: which handler is run, and who may (route.h); how bytes come and go (server.h). */
#ifndef WEB_REQ_H
#define WEB_REQ_H
#include "base/base.h"
#include "text/json.h"
#include "text/url.h"

typedef enum { GET, POST, PUT, PATCH, DELETE, VERB_COUNT } Verb;    /* HEAD comes as GET; the body is left off later */
typedef struct Route Route;

typedef FormField Pair;                                             /* a name and its value */
typedef struct { Pair *at; size_t n, cap; } Pairs;
typedef struct { Str field, name, type, bytes; } Upload;            /* name: as the browser gave it; never a path, never trusted */
typedef struct { Upload *at; size_t n, cap; } Uploads;

typedef struct Req {
  Verb verb;
  Str  path;              /* decoded, without the query */
  Str  query;             /* as it came, without the "?" */
  Str  host, ip, user_agent, languages;   /* ip: the caller's, trusted_proxies taken into account; languages: Accept-Language */
  Str  if_match, if_none_match, idempotency_key, last_event_id;
  Str  part;              /* X-Part: the page may answer with this part alone; "" = the whole page */
  bool api;               /* under /api: errors are problem+json */
  Str  type, body;        /* media type in lower case without parameters; the body, "" if none */
  const Json *json;       /* the body, if it is application/json: always set for such a body (malformed is answered before) */
  Pairs   args, form;     /* of the query; of a form body (urlencoded or multipart) */
  Uploads uploads;        /* files of a multipart body, those without name and bytes left out */
  Pairs   params;         /* {name} of the route's path */
  Str     me;             /* the person's name, "" if nobody is known */
  int64_t session_id;     /* the signed-in browser; 0: none, or a program with a token, or a mailed link */
  bool    token;          /* a program: Authorization: Bearer */
  int64_t token_id;       /* its key; 0: none */
  Str     csrf;           /* goes into every form: <input type=hidden name=csrf> */
  Pairs   cookies;        /* ours only, by their short names */
  Str     bearer;         /* of Authorization: Bearer, "" if none */
  bool    gzip;           /* the caller takes gzip */
  Str     origin, csrf_sent;  /* what gate.c checks against csrf */
  const Route *route;
  void   *prepared;       /* what route->prepare left in res->prepared */
  int64_t stale;          /* session (or token) whose "last seen" is worth writing down: after the answer, for a GET cannot */
  struct Rate *rate;      /* for limits of a handler's own (rate.h); NULL in tests: no limits */
  const struct Server *server;    /* for /metrics */
} Req;

Str  req_param(const Req *, const char *name);                 /* of the path; "" if the route has none of this name */
bool req_param_int(const Req *, const char *name, int64_t *ret);   /* a whole number above 0; else false */
Str  req_get(const Req *, const char *name);                   /* of the query; the first of this name, "" if none */
bool req_get_int(const Req *, const char *name, int64_t *ret);
Str  req_form(const Req *, const char *name);                  /* of the form body, white space as it came */
bool req_form_int(const Req *, const char *name, int64_t *ret);
Str  req_cookie(const Req *, const char *name);
bool req_has(const Req *, const char *name);                   /* a form field or query argument of this name is there */
Pairs req_all(Arena *, const Pairs *, const char *name);       /* every value of a repeated name, in order */

typedef struct Res {
  int   status;           /* 0: 200 */
  Str   type;             /* "": text/html; charset=utf-8 */
  Buf   body;             /* templates and JSON write here; .arena is set */
  Str   bytes;            /* instead of body, not copied: lives in cx->arena or longer */
  Str   encoding;         /* of bytes that are compressed already: "gzip" */
  Str   location, etag, allow, disposition;   /* etag without quotes */
  Str   csp;              /* "": the site's */
  Str   cache;            /* Cache-Control; "": private, no-cache (for people's data) */
  int   retry_after;      /* seconds; 0: no such header */
  Pairs cookies, headers; /* cookies: name and the whole rest ("value; Path=/; …"); use res_cookie */
  void *prepared;         /* of route->prepare, for q->prepared of route->run */
  bool  hold;             /* a stream: when the body is sent, what changes after hold_after follows (live.h) */
  int64_t hold_after;
  Pairs wrong;            /* field and what is wrong with it */
  /* What a GET must note (that somebody has read a request): run after the answer, as the one who asked, in a command of its
     own. Nobody waits for it, and nobody learns if it fails. */
  Err (*later)(Cx *, int64_t id, int64_t version);
  int64_t later_id, later_version;
} Res;

typedef Err Handler(Cx *, const Req *, Res *);

/* Answers. They return E_OK, so that a handler may end with: return res_redirect(cx, res, S("/inbox")); */
Err res_redirect(Cx *, Res *, Str where);                      /* 303; where: a path on this site. Control bytes or a foreign host: "/" */
Err res_status(Res *, int status);                             /* of a page or body written to res->body */
Err res_text(Res *, int status, Str plain);
Err res_json(Res *, int status, Str json);                     /* appended to the body */
Err res_file(Cx *, Res *, Str name, Str type, Str bytes);      /* as a download, nosniff */

/* One wrong field: fail_field() says it. Several: note each with res_wrong and return what it gives; problem+json lists
   them all, a page shows them from res->wrong. */
Err res_wrong(Cx *, Res *, const char *field, Str detail);     /* E_INVALID */

/* value: no ";" and no control bytes. seconds: 0 = until the browser closes, <0 = take it away.
   HttpOnly and SameSite=Lax always, Secure when the site is https. */
void res_cookie(Cx *, Res *, const char *name, Str value, int64_t seconds);
void res_header(Cx *, Res *, const char *name, Str value);     /* control bytes in value: left out, logged */
#endif
