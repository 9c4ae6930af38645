/* store/search.h: full text, one row a message. FTS5 on SQLite, tsvector on PostgreSQL. Words are matched whole or,
   with a trailing *, by their beginning; accents and case do not matter; all words must be there. Newest first.
   Who may see a hit is not decided here: callers join request with the visibility predicate (desk/sight.h). */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H
#include "store/db.h"

/* words: subject, names, addresses and text of one message, any length, valid UTF-8. Replaces an earlier row. */
Err search_put(Cx *, int64_t message_id, Str words) CHECKED;
Err search_drop(Cx *, int64_t message_id) CHECKED;
Err search_clear(Cx *) CHECKED;                                   /* before a rebuild */

/* What a person typed, turned into this back end's match text: words, "exact phrases", trailing *; all else is a blank.
   "" if nothing is left to look for. Never an error: whatever was typed is a legal search. */
Str search_text(Cx *, Str typed);

/* Adds " <column> IN (…messages that match…)" to the query; column is a message id column. */
void search_where(Cx *, Query *, Sql column, Str match);
#endif
