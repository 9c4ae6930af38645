/* web/pages/search.h: what the search page is drawn from. */
#ifndef WEB_PAGES_SEARCH_H
#define WEB_PAGES_SEARCH_H
#include "desk/find.h"
#include "desk/inbox.h"
#include "desk/party.h"
#include "text/mark.h"
#include "text/view.h"

typedef struct {
  Str q;
  Rows hits;                     /* Hit; of a conversation found by its name alone only the newest message */
  int64_t next;                  /* for the next page, 0 on the last */
  bool paged;                    /* not the first page */
  Rows people;                   /* Party: whose name or address begins so; first page only */
  Rows recent;                   /* InboxRow: before anything is typed */
} SearchPage;
#endif
