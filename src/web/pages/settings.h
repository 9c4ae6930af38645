/* web/pages/settings.h: what the settings are drawn from: sentences, and one of them opened as a form. */
#ifndef WEB_PAGES_SETTINGS_H
#define WEB_PAGES_SETTINGS_H
#include "desk/holiday.h"
#include "desk/mailbox.h"
#include "desk/roster.h"
#include "desk/service.h"
#include "text/view.h"
#include "text/zone_names.h"
#include "web/pages/hours.h"
#include "web/req.h"

typedef enum { OPEN_NONE, OPEN_PLACE, OPEN_OUT, OPEN_MAILBOX, OPEN_HOURS, OPEN_SERVICE } SettingsOpen;

typedef struct {
  Str name, lang, zone, phone;
} PlaceForm;
typedef struct { Str url, user, from; bool has_secret; } OutForm;

typedef struct {
  /* the sentences */
  PlaceForm place;
  OutForm out;
  bool out_fixed, from_fixed;    /* set on the command line: not changed here */
  Str  out_name;                 /* "smtp.example.org:587", without a password; "" for none */
  Str  us, public_url;
  Rows boxes, hours, services, teams;      /* Mailbox, CalendarRow, Service, TeamRow */
  RosterCounts counts;
  int64_t held;                  /* mails that wait for a person */
  int64_t failed;                /* mails that did not arrive */
  bool demo;
  bool unfinished;               /* setting up was begun in the browser and not ended */
  /* the one that is open */
  SettingsOpen open;
  int64_t id;                    /* of the mailbox, hours or service; 0: a new one */
  Mailbox box;
  CalendarRow calendar;
  Hours week;
  int64_t shut[6]; size_t shut_n;          /* the next closed days, since 1970 */
  Holidays found;                          /* in a calendar file that was just handed in; nothing of it is saved */
  bool looked;
  Service service;
  Str hear;                      /* as typed: "4h", "30min", "2d" in working hours */
  ZoneNames zones;
  const Pairs *wrong;
  Str done;
} Settings;

/* Working seconds as people type and read them: "30 min", "4 h", "1 h 30 min". A working day is eight hours. */
int64_t settings_languages(void);        /* offered to people */
Str  hear_words(const View *, int64_t seconds);
#endif
