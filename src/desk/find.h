/* desk/find.h: messages by their words. Newest first, narrowed by the one predicate (sight.h); notes only for those who
   may read them. Not here: how words are matched (store/search.h), showing where they stand (text/mark.h). */
#ifndef DESK_FIND_H
#define DESK_FIND_H
#include "desk/request.h"

/* A message that has the words, and where its request stands. */
typedef struct {
  int64_t message_id, at, request_id, author_id, asker_id, owner_id, due_at, updated_at, internal;
  Str author, asker, subject, text, lang, state, court, outcome, owner, team;
} Hit;

typedef struct {
  Str q;
  int64_t before;                /* only messages below this id, for paging; 0 = from the newest */
  size_t limit;                  /* 30 if 0, at most 100 */
} Find;
/* rows of Hit. Nothing, if nothing is left to look for. *ret_next: for `before` of the next page, 0 on the last. */
Err find_messages(Cx *, const Find *, Rows *ret, int64_t *ret_next) CHECKED;
#endif
