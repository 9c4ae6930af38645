/* web/pages/search.c: looking for words in what was said, and for the people who said it. */
#include "web/pages/search.h"
#include "views.h"
#include "web/pages/desk_page.h"

extern const Route search_routes[];

enum { RECENT = 12, PEOPLE = 5 };

/* "R-12" is the request itself. */
static bool straight(Cx *cx, Str q, Str *ret_to) {
  Request r;
  if (!str_istarts(q, S("R-")) || request_by_ref(cx, q, &r)) return false;
  *ret_to = str_cat(cx->arena, S("/requests/"), request_ref(cx->arena, r.id));
  return true;
}

static bool said(Cx *cx, Str text, Str q) {
  Marks m = mark_words(cx->arena, text, q, 0);
  for (size_t i = 0; i < m.n; i++) if (m.at[i].hit) return true;
  return false;
}

/* Every message of a request carries its name: once is enough to find it. */
static void thin(Cx *cx, SearchPage *p) {
  Hit *at = p->hits.at;
  size_t n = 0;
  for (size_t i = 0; i < p->hits.n; i++) {
    bool shown = false;
    for (size_t k = 0; k < n && !shown; k++) shown = at[k].request_id == at[i].request_id;
    if (!shown || said(cx, at[i].text, p->q)) at[n++] = at[i];
  }
  p->hits.n = n;
}

static Err look(Cx *cx, const Req *q, SearchPage *p) {
  Find f = { .q = p->q };
  p->paged = req_get_int(q, "before", &f.before);
  TRY(find_messages(cx, &f, &p->hits, &p->next));
  thin(cx, p);
  if (p->paged) return E_OK;
  return party_list(cx, &(PartyFilter){ .kind = S("person"), .q = p->q, .limit = PEOPLE }, &p->people);
}

static Err search(Cx *cx, const Req *q, Res *res) {
  SearchPage p = { .q = str_trim(str_head(req_get(q, "q"), 400)) };
  Str to, next;
  Shell s;
  View v;
  if (straight(cx, p.q, &to)) return res_redirect(cx, res, to);
  if (p.q.n) TRY(look(cx, q, &p));
  else TRY(inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .limit = RECENT }, &p.recent, &next));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Search"), RAIL_SEARCH, &s, &v));
  view_search_page(&v, &s, &p);
  return E_OK;
}

const Route search_routes[] = {
  { .verb = GET, .path = "/search", .run = search, .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Words in what was said, newest first" },
  { 0 }
};
