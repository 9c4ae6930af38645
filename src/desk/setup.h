/* desk/setup.h: the first day of a desk: who looks after it, what the place is called, who serves, when they are there.
   For the wizard in the browser, the sample organisation and tests. Each step stands alone and may be done again; nothing
   but the first is needed before a question can come in. Not here: passwords (session.h), mailboxes (channel).
   Invariant: setting up is open to a stranger with the code only while nobody administers; the first administrator closes it. */
#ifndef DESK_SETUP_H
#define DESK_SETUP_H
#include "desk/party.h"
#include "desk/site.h"

/* Nobody administers this desk yet. */
Err setup_open(Cx *, bool *ret) CHECKED;

/* What the console prints and a stranger cannot know: 16 letters and digits, made from the site's key, the same on every
   node until somebody administers. Compared without telling by time how near a guess was; case and blanks do not matter. */
Str  setup_code(Arena *, const Site *);
bool setup_code_ok(Arena *, const Site *, Str typed);

/* 1 You. Makes the house (without a name of its own yet) and its first administrator.
   E_CONFLICT: somebody administers already; E_INVALID: name, mail. */
Err setup_administrator(Cx *, Str name, Str mail, int64_t *ret_person) CHECKED;

/* 2 Your place. The house and the settings place.name, place.lang, place.zone, place.phone. E_INVALID: name, zone. */
typedef struct { Str name, lang, zone, phone; } SetupPlace;
Err setup_place(Cx *, const SetupPlace *) CHECKED;

/* 4 Team. The first team, its opening hours and its service, so that the first question has somebody to go to. `lead`
   leads it. Done again: renamed, hours changed. E_INVALID: name, hours. */
typedef struct {
  Str name;
  Str hours;                 /* as calendars have them: "mon-fri 09:00-17:00" (if empty), "daily 08:00-20:00", "24x7" */
  int64_t hear_within;       /* working seconds until somebody answers; 4 hours if 0 */
  int64_t lead;              /* 0: nobody yet */
} SetupTeam;
Err setup_team(Cx *, const SetupTeam *, int64_t *ret_team) CHECKED;

/* Colleagues as people paste them: names and addresses, one a line or with commas. All serve the team. What is no address
   is given back, so that nothing vanishes; at most 500 at once. */
Err setup_colleagues(Cx *, int64_t team, Str pasted, int64_t *ret_added, Str *ret_unread) CHECKED;

/* Where somebody who comes back goes on: 1 to 5, 6 when all is done. Going on is kept, going back is not. */
Err setup_step(Cx *, int64_t *ret) CHECKED;
Err setup_done(Cx *, int64_t step) CHECKED;              /* this step was done or skipped */
enum { SETUP_YOU = 1, SETUP_PLACE, SETUP_MAIL, SETUP_TEAM, SETUP_TRY, SETUP_OVER };
#endif
