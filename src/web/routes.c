/* web/routes.c: all tables of routes, in the order in which they are tried. One line a table: that is all a new one needs. */
#include "web/route.h"
#include <pthread.h>
#include <stdlib.h>

#define TABLES(X) \
  X(own_routes)          /* health, counters, static files */ \
  X(account_routes)      /* password, browsers, keys */ \
  X(keys_routes)         /* keyboard, commands */ \
  X(signin_routes)       /* coming in, going out, mailed links */ \
  X(ask_routes)          /* for people who ask */ \
  X(card_routes)         \
  X(customer_routes)     /* for both sides; /my/us comes before /my/{ref} */ \
  X(worth_routes)        \
  X(worth_asked_routes)  /* before /my/{ref}/worth */ \
  X(my_requests_routes)  \
  X(my_request_routes)   \
  X(verdict_routes)      \
  X(about_me_routes)     \
  X(inbox_routes)        /* for people who serve */ \
  X(request_routes)      \
  X(request_do_routes)   \
  X(draft_routes)        \
  X(saved_answers_routes) \
  X(wizard_routes)       /* the first day */ \
  X(new_request_routes)  \
  X(moments_routes)      \
  X(search_routes)       \
  X(mail_log_routes)     \
  X(outbox_routes)       \
  X(original_routes)     \
  X(people_routes)       \
  X(person_routes)       \
  X(team_routes)         \
  X(journeys_routes)     \
  X(journey_files_routes) \
  X(journey_edit_routes) \
  X(journey_routes)      \
  X(floor_routes)        /* how it goes */ \
  X(measures_routes)     \
  X(settings_routes)     \
  X(instruments_routes)  \
  X(proximity_routes)    \
  X(sample_mailbox_routes) \
  X(api_routes)          /* for programs */

#define X(t) extern const Route t[];
TABLES(X)
#undef X
#define X(t) t,
static const Route *const groups[] = { TABLES(X) };
#undef X

/* One after the other, laid out once. */
static const Route **all;
static size_t all_n;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void lay_out(void) {
  for (size_t g = 0; g < COUNT(groups); g++)
    for (const Route *r = groups[g]; r->path; r++) all_n++;
  all = calloc(all_n, sizeof *all);
  if (!all) abort();
  size_t n = 0;
  for (size_t g = 0; g < COUNT(groups); g++)
    for (const Route *r = groups[g]; r->path; r++) all[n++] = r;
}

size_t route_count(void) {
  pthread_once(&once, lay_out);
  return all_n;
}

const Route *route_at(size_t i) { return i < route_count() ? all[i] : NULL; }
