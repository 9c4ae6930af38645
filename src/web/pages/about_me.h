/* web/pages/about_me.h: what we know about the reader, and what they allow. */
#ifndef WEB_PAGES_ABOUT_ME_H
#define WEB_PAGES_ABOUT_ME_H
#include "desk/memory.h"
#include "text/zone_names.h"
#include "web/pages/portal.h"

/* Notes of one heading. */
typedef struct { const MemoryNote **at; size_t n, cap; } Notes;

typedef struct {
  Party me;
  Str   call;
  Rows  addresses;                      /* Address */
  Rows  all;                            /* MemoryNote */
  Notes ways, needs, past, doubts, guesses;   /* how to serve, what is needed, what was; still true?; is it so? */
  Rows  owed;                           /* Request: a promise is in force */
  bool  memory, verdicts, invitations;
  bool  password;                       /* has one */
  ZoneNames zones;
  const Pairs *wrong;
  Str   done;
} AboutMe;

Str about_me_source(const View *, const MemoryNote *);    /* "you told us, 4 May" */
const char *about_me_icon(const MemoryNote *);
Str about_me_used(const View *, const MemoryNote *);      /* "used 3 times, last on 5 May"; "" never */
#endif
