/* store/search.h: full text, one row a message. FTS5 on SQLite, tsvector on PostgreSQL. Words are matched whole or,
   with a trailing *, by their beginning of three letters or more; accents and case do not matter; all words must be
   there. Newest first.
   Who may see a hit is not decided here: callers join request with the visibility predicate (desk/sight.h). */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H
#include "store/db.h"

/* words: subject, names, addresses and text of one message, any length, valid UTF-8. Replaces an earlier row. The first
   16,000 words count. Found from the commit on, unless that commits eight messages or more: then up to a tenth of a
   second later, with the next commit or search_settle. */
Err search_put(Cx *, int64_t message_id, Str words) CHECKED;

/* The same with marks: words nobody can type ("team" 3), for narrowing a search to one team, person or organisation
   before its hits are looked at. When a mark changes, put the message again. */
Str search_mark(Cx *, const char *kind, int64_t id);
Err search_put_marked(Cx *, int64_t message_id, Str words, const Str *marks, size_t n) CHECKED;

/* Many messages that were never put before, rising by id: into the index as well, so found from the commit on. Within a
   transaction. E_CONFLICT: one of them was. */
typedef struct { int64_t message_id; Str words; } SearchNew;
Err search_fill(Cx *, const SearchNew *, size_t n) CHECKED;

/* Brings the index up to what was put. For the writer, when nothing has come for a moment and search_waits. Not within a
   transaction. */
bool search_waits(const Db *);
Err search_settle(Cx *) CHECKED;
Err search_drop(Cx *, int64_t message_id) CHECKED;
Err search_clear(Cx *) CHECKED;                                   /* before a rebuild */

/* What a person typed, turned into this back end's match text: words, "exact phrases", trailing *; all else is a blank.
   "" if nothing is left to look for. Never an error: whatever was typed is a legal search. */
Str search_text(Cx *, Str typed);

/* match and the mark: only messages that were put with it. */
Str search_narrow(Cx *, Str match, Str mark);

/* Adds " FROM (…messages that match…) AS hit", one row hit.id a message. Go on with
   " CROSS JOIN message m CROSS JOIN request r WHERE m.id = hit.id AND r.id = m.request_id AND …" (CROSS: the hits lead)
   and " ORDER BY hit.id DESC LIMIT": then hits are read newest first, and no more of them than the page needs. */
void search_from(Cx *, Query *, Str match);

/* Adds " <column> IN (…messages that match…)"; column is a message id column. All hits are gathered first: for narrow
   searches and counts. */
void search_where(Cx *, Query *, Sql column, Str match);
#endif
