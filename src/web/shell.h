/* web/shell.h: what stands round every page: for people who serve the rail, for askers the awning.
   The views are in ui/views/layout.html; a page sets a Shell and calls desk_head … desk_foot or shop_head … shop_foot. */
#ifndef WEB_SHELL_H
#define WEB_SHELL_H
#include "base/base.h"
#include "desk/habit.h"

/* Items of the rail, in their order. */
typedef enum {
  RAIL_NONE, RAIL_SEARCH, RAIL_COMMANDS, RAIL_NEW,
  RAIL_COURT, RAIL_PROMISED, RAIL_TEAM, RAIL_WAITING, RAIL_SNOOZED,
  RAIL_ASK, RAIL_FLOOR, RAIL_JOURNEYS, RAIL_MOMENTS, RAIL_MEASURES, RAIL_CUSTOMERS, RAIL_PROXIMITY, RAIL_INSTRUMENTS, RAIL_WORTH,
  RAIL_SETTINGS, RAIL_MAIL_LOG, RAIL_OUTBOX, RAIL_PEOPLE,
  RAIL_COUNT
} Rail;

typedef struct Shell {
  Str  title;                    /* of the page, in the reader's language */
  Str  place;                    /* the name of this desk's place: "Meridian Foods" */
  Str  here;                     /* this page's path: "/requests/R-12" */
  Str  self;                     /* the same with its query */
  Rail current;
  int64_t counts[RAIL_COUNT];    /* shown beside the item; 0: nothing */
  Actor actor;                   /* chooses what stands in the rail */
  Str  me;                       /* the signed-in person's name; "": nobody */
  Habit habit;                   /* of who serves: their keys */
  Str  me_now;                   /* "at the desk until 17:30"; may be "" */
  Str  phone;                    /* where a person answers; may be "" */
  bool demo;                     /* the sample organisation: say so */
  bool wizard;                   /* shop: setting up, no menu */
  const char *script;            /* one more file of ui/static; NULL: none */
} Shell;

typedef struct { Rail key; const char *href, *icon; bool tab, sub; } RailItem;
/* The items of one group (1 without heading, 2 inbox, 3 shop, 4 back room) that this person gets; ended by key RAIL_NONE. */
const RailItem *shell_rail(Arena *, const Shell *, int group);
/* Somebody who serves, not somebody with a mailed link. */
static inline bool shell_serves(const Actor *a) { return !a->only_request && (a->serves || a->leads || a->administers); }
/* One item by itself; NULL if this person does not get it. */
const RailItem *shell_item(const Shell *, Rail);
Str  shell_label(const Lang *, Rail);
#endif
