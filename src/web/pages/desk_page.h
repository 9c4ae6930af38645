/* web/pages/desk_page.h: what the pages of people who serve have in common: the shell round them, and small choices that
   every one of them makes. Not here: what stands on them. */
#ifndef WEB_PAGES_DESK_PAGE_H
#define WEB_PAGES_DESK_PAGE_H
#include "web/page.h"
#include "web/route.h"

/* page_begin, and what the rail of those who serve shows: its counters. title: in the reader's language. */
Err  desk_begin(Cx *, const Req *, Res *, Str title, Rail current, Shell *ret, View *ret_view) CHECKED;

/* This page's path with its query, as it was asked for. */
Str  page_self(Arena *, const Req *);
/* Back to the page a form stood on (its field "back", else `or`), there with done=WORD, for which that page has a sentence. */
Err  desk_back(Cx *, const Req *, Res *, Str or, const char *done) CHECKED;
/* The sentence for ?done=WORD; "" if there is none. who: the person it is about, as one calls them. */
Str  desk_done(const Cx *, const Req *, Str who);

/* A query with one field set to a value (left out if it is ""), others kept. path: with or without a query. */
Str  link_with(Arena *, Str path, const char *field, Str value);
#endif
