/* desk/inbox.h: lists of requests and their counters. Every list is narrowed by the one predicate (sight.h).
   Ordered by what is due first, then who waits longest; paged by where the last page ended, never by counting. */
#ifndef DESK_INBOX_H
#define DESK_INBOX_H
#include "desk/request.h"

typedef enum { LIST_COURT, LIST_TODAY, LIST_TEAM, LIST_OTHERS, LIST_SNOOZED, LIST_DONE, LIST_ALL } ListName;
bool list_of(Str name, ListName *ret);       /* court today team others snoozed done all */
Str  list_name(ListName);

typedef struct {
  Request r;
  int64_t unread, snoozed_until;
  int64_t draft;                           /* the viewer has begun to write here */
} InboxRow;

typedef struct {
  ListName list;
  Str state, ball, kind, q, tag, from, outcome;   /* from: an address; q: full text */
  int64_t owner, team, asker, organisation;
  Str cursor;                              /* of the page before, "" for the first */
  size_t limit;                            /* 50 if 0, at most 200 */
  bool newest;                             /* by last change instead of by what is due */
  int64_t today_end;                       /* LIST_TODAY: midnight of the reader; 0 = a day from now */
} InboxFilter;
/* rows of InboxRow; *ret_next "" on the last page. E_MALFORMED: no such cursor. */
Err inbox_list(Cx *, const InboxFilter *, Rows *ret, Str *ret_next) CHECKED;

/* From kept counters: court, team, others (open with the asker or another), snoozed, due today. */
typedef struct { int64_t court, today, team, others, snoozed; } InboxCounts;
Err inbox_counts(Cx *, int64_t today_end, InboxCounts *ret) CHECKED;   /* today and snoozed stop at 100 */
Err tally_rebuild(Cx *) CHECKED;
Err tally_verify(Cx *, int64_t *ret_wrong) CHECKED;
/* What a person asked of us before, newest first, without this one. */
Err inbox_past(Cx *, int64_t asker, int64_t without, size_t limit, Rows *ret) CHECKED;   /* rows of Request */
#endif
