/* web/pages/people.h: what the pages of people and teams are drawn from. */
#ifndef WEB_PAGES_PEOPLE_H
#define WEB_PAGES_PEOPLE_H
#include "desk/memory.h"
#include "desk/roster.h"
#include "desk/session.h"
#include "text/view.h"
#include "web/pages/talk.h"
#include "web/req.h"

/* ── the list ── */
typedef struct {
  RosterPart part;
  Str q, name, mail, role;       /* name, mail, role: of the invitation, as typed */
  int64_t team;
  Rows rows;                     /* RosterRow */
  int64_t next;                  /* id for `after` of the next page, 0 on the last */
  bool paged, may_change;
  RosterCounts counts;
  Rows teams;                    /* TeamRow */
  const Pairs *wrong;
  Str done;
} People;
Str people_part(RosterPart);     /* "desk", "askers", "gone" */

/* ── one person ── */
typedef struct {
  Party p;
  RosterRow row;
  Str first, self, done;
  bool may_change, me;           /* the reader administers; it is the reader */
  bool works;                    /* is or was at the desk, not only asks */
  Rows addresses, teams, leads;  /* Address; Party: teams served or led, teams led */
  Rows all_teams;                /* Party */
  Rows sessions, tokens;         /* Session, Token: for who may change */
  bool remembers;
  Rows memory;                   /* MemoryNote */
  Past *past; size_t past_n;     /* what they asked, newest first */
  const Pairs *wrong;
} PersonPage;
/* "Firefox on Windows" out of a User-Agent; "A browser" if it does not say. */
Str browser_words(const View *, Str user_agent);

/* ── one team ── */
typedef struct {
  Party p;
  Rows serve, lead;              /* Party */
  bool may_change;
  const Pairs *wrong;
  Str done, who;                 /* who: typed, to be added */
  Rows known;                    /* Party: to choose from */
} TeamPage;
bool team_leads(const TeamPage *, int64_t person);
#endif
