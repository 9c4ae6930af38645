/* web/routes.c: all tables of routes, in the order in which they are tried. */
#include "web/route.h"

extern const Route api_routes[];                /* for programs: api/ */
extern const Route own_routes[];                /* health, static files, sign-in: pages/ */
/* for people who ask */
extern const Route ask_routes[], my_requests_routes[], my_request_routes[], verdict_routes[], about_me_routes[];

static const Route *const groups[] = {
  own_routes,
  ask_routes, my_requests_routes, my_request_routes, verdict_routes, about_me_routes,
  api_routes,
extern const Route own_routes[];                /* health, counters, static files */
extern const Route signin_routes[];             /* coming in, going out, mailed links */

static const Route *const groups[] = {
  own_routes,
  signin_routes,
};

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
