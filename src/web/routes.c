/* web/routes.c: all tables of routes, in the order in which they are tried. One line a table: that is all a new one needs. */
#include "web/route.h"

#define TABLES(X) \
  X(own_routes)          /* health, counters, static files */ \
  X(account_routes)      /* password, browsers, keys */ \
  X(signin_routes)       /* coming in, going out, mailed links */ \
  X(ask_routes)          /* for people who ask */ \
  X(my_requests_routes)  \
  X(my_request_routes)   \
  X(verdict_routes)      \
  X(about_me_routes)     \
  X(inbox_routes)        /* for people who serve */ \
  X(request_routes)      \
  X(request_do_routes)   \
  X(wizard_routes)       /* the first day */ \
  X(new_request_routes)  \
  X(search_routes)       \
  X(mail_log_routes)     \
  X(outbox_routes)       \
  X(original_routes)     \
  X(people_routes)       \
  X(person_routes)       \
  X(team_routes)         \
  X(settings_routes)     \
  X(sample_mailbox_routes) \
  X(api_routes)          /* for programs */

#define X(t) extern const Route t[];
TABLES(X)
#undef X
#define X(t) t,
static const Route *const groups[] = { TABLES(X) };
#undef X

size_t route_count(void) {
  size_t n = 0;
  for (size_t g = 0; g < COUNT(groups); g++)
    for (const Route *r = groups[g]; r->path; r++) n++;
  return n;
}

const Route *route_at(size_t i) {
  for (size_t g = 0; g < COUNT(groups); g++)
    for (const Route *r = groups[g]; r->path; r++)
      if (i-- == 0) return r;
  return NULL;
}
