/* web/shell.c: the rail as a table. */
#include "web/shell.h"
#include "text/lang.h"

typedef enum { SEES_PROVIDER, SEES_LEAD, SEES_ADMIN } Sees;
typedef struct { RailItem item; int group; Sees sees; const char *label; } Row;

/* N_ marks words for xgettext; tr() at the place of use. */
static const Row rows[] = {
  { { RAIL_SEARCH,   "/search",         "search",      true,  false }, 1, SEES_PROVIDER, N_("Search") },
  { { RAIL_COMMANDS, "/commands",     "list",        false, false }, 1, SEES_PROVIDER, N_("Find or do") },
  { { RAIL_NEW,      "/new",   "square-pen",  true,  false }, 1, SEES_PROVIDER, N_("New") },
  { { RAIL_COURT,    "/inbox",          "hand",        true,  false }, 2, SEES_PROVIDER, N_("In your court") },
  { { RAIL_PROMISED, "/inbox?list=today", "clock",       false, false }, 2, SEES_PROVIDER, N_("Promised today") },
  { { RAIL_TEAM,     "/inbox?list=team",     "users-round", false, false }, 2, SEES_PROVIDER, N_("Your team") },
  { { RAIL_WAITING,  "/inbox?list=others",  "hourglass",   false, false }, 2, SEES_PROVIDER, N_("Waiting on others") },
  { { RAIL_SNOOZED,  "/inbox?list=snoozed",  "moon",        false, false }, 2, SEES_PROVIDER, N_("Snoozed") },
  { { RAIL_ASK,      "/ask",            "message-circle-question-mark", false, false }, 3, SEES_PROVIDER, N_("Ask") },
  { { RAIL_FLOOR,    "/floor",          "ear",         true,  false }, 3, SEES_PROVIDER, N_("Listen") },
  { { RAIL_JOURNEYS, "/journeys",       NULL,          false, true  }, 3, SEES_PROVIDER, N_("Journeys") },
  { { RAIL_MOMENTS,  "/moments",        NULL,          false, true  }, 3, SEES_PROVIDER, N_("Worst moments") },
  { { RAIL_MEASURES, "/measures",       NULL,          false, true  }, 3, SEES_PROVIDER, N_("Measures") },
  { { RAIL_CUSTOMERS, "/customers",     NULL,          false, true  }, 3, SEES_PROVIDER, N_("Customers") },
  { { RAIL_PROXIMITY, "/proximity",     NULL,          false, true  }, 3, SEES_LEAD,     N_("Proximity") },
  { { RAIL_INSTRUMENTS, "/instruments", NULL,          false, true  }, 3, SEES_LEAD,     N_("Instruments") },
  { { RAIL_WORTH,    "/worth",          NULL,          false, true  }, 3, SEES_LEAD,     N_("Worth") },
  { { RAIL_SETTINGS, "/settings",       "sliders-horizontal", false, false }, 4, SEES_ADMIN, N_("Settings") },
  { { RAIL_MAIL_LOG, "/mail",           NULL,          false, true  }, 4, SEES_ADMIN, N_("Mail log") },
  { { RAIL_OUTBOX,   "/outbox",         NULL,          false, true  }, 4, SEES_ADMIN, N_("Outbox") },
  { { RAIL_PEOPLE,   "/people",         NULL,          false, true  }, 4, SEES_ADMIN, N_("People") },
};

static bool sees(const Actor *a, Sees s) {
  switch (s) {
    case SEES_ADMIN: return a->administers;
    case SEES_LEAD:  return a->leads || a->administers;
    default:         return a->serves || a->leads || a->administers;
  }
}

const RailItem *shell_rail(Arena *a, const Shell *s, int group) {
  RailItem *items = NEW_N(a, RailItem, COUNT(rows) + 1);
  size_t n = 0;
  for (size_t i = 0; i < COUNT(rows); i++)
    if (rows[i].group == group && sees(&s->actor, rows[i].sees)) items[n++] = rows[i].item;
  return items;
}

const RailItem *shell_item(const Shell *s, Rail key) {
  for (size_t i = 0; i < COUNT(rows); i++) if (rows[i].item.key == key) return sees(&s->actor, rows[i].sees) ? &rows[i].item : NULL;
  return NULL;
}

Str shell_label(const Lang *lang, Rail key) {
  for (size_t i = 0; i < COUNT(rows); i++) if (rows[i].item.key == key) return tr(lang, rows[i].label);
  return S("");
}
