/* web/pages/my_requests.h: a page of what somebody asked. */
#ifndef WEB_PAGES_MY_REQUESTS_H
#define WEB_PAGES_MY_REQUESTS_H
#include "desk/card.h"
#include "web/pages/portal.h"

typedef struct {
  Rows    rows;              /* Request */
  Str     next;              /* where the next page begins; "" on the last */
  bool    later;             /* not the first page */
  Rows    organisations;     /* Party: those whose requests the reader may read */
  int64_t organisation;      /* the one shown; 0: the reader's own */
  Card    card;              /* one that lies open for the reader; .id 0: none */
} MyRequests;

/* Requests alone, of rows of InboxRow. */
Rows portal_requests(Arena *, const Rows *inbox);
#endif
