/* desk/link.h: a link in a mail that opens one request for one person, for one purpose, until an hour. Nothing is stored:
   the link carries it, signed with the site's key. Who has the link has what it opens: it goes to its person only.
   Not here: what may be done with it (sight.h, Actor.only_request), cookies (web/gate.c). */
#ifndef DESK_LINK_H
#define DESK_LINK_H
#include "desk/site.h"

/* What the link leads to. Numbers are in links that were sent: never reused. */
typedef enum {
  LINK_PAGE = 1,        /* the request's page */
  LINK_SORTED = 2,      /* its page, at "this is sorted" */
  LINK_NOT_YET = 3,     /* its page, at "not yet" */
  LINK_VERDICT = 4,     /* the card with the verdict */
  LINK_PERSON = 5,      /* its page, at "I would like to talk to a person" */
  LINK_MEMORY = 6,      /* what you know about me; request may be 0 */
  LINK_OFFER = 7,       /* its page, at the counter-offer */
} LinkFor;

/* Actor.only_request of somebody who came by a link that opens no request: matches none. */
enum { LINK_NO_REQUEST = -1 };

typedef struct { LinkFor to; int64_t party, request, ends_at; } Link;    /* ends_at: microseconds, kept to the minute */

Str  link_make(Arena *, const Site *, const Link *);                     /* some 35 letters of A-Za-z0-9_- */
bool link_read(const Site *, Str, int64_t now, Link *ret);               /* false: not ours, or over */
Str  link_url(const Cx *, LinkFor, int64_t party, int64_t request);      /* "https://…/k/…", good for the site's link_life */
#endif
