/* web/pages/desk_page.c: see desk_page.h. */
#include "web/pages/desk_page.h"
#include "desk/inbox.h"
#include "web/words.h"

Err desk_begin(Cx *cx, const Req *q, Res *res, Str title, Rail current, Shell *s, View *v) {
  InboxCounts n;
  TRY(page_begin(cx, q, res, title, s, v));
  s->current = current;
  TRY(inbox_counts(cx, day_end(cx), &n));
  s->counts[RAIL_COURT] = n.court;
  s->counts[RAIL_PROMISED] = n.today;
  s->counts[RAIL_TEAM] = n.team;
  s->counts[RAIL_WAITING] = n.others;
  s->counts[RAIL_SNOOZED] = n.snoozed;
  return E_OK;
}

Str page_self(Arena *a, const Req *q) {
  return q->query.n ? str_cat(a, q->path, S("?"), q->query) : q->path;
}

Str link_with(Arena *a, Str path, const char *field, Str value) {
  Str head, rest, one, name, x;
  Buf b = { .arena = a };
  Str hash = S("");
  str_cut(path, '#', &path, &hash);
  str_cut(path, '?', &head, &rest);
  buf_add(&b, head);
  char sep = '?';
  while (rest.n) {
    str_cut(rest, '&', &one, &rest);
    str_cut(one, '=', &name, &x);
    if (!one.n || str_eq(name, str_z(field))) continue;
    buf_char(&b, sep);
    buf_add(&b, one);
    sep = '&';
  }
  if (value.n) {
    buf_char(&b, sep);
    buf_add(&b, str_z(field));
    buf_char(&b, '=');
    url_encode(&b, value);
  }
  return buf_str(&b);
}

Err desk_back(Cx *cx, const Req *q, Res *res, Str or, const char *done) {
  Str back = req_form(q, "back");
  Str to = str_starts(back, S("/")) ? back : or;
  return res_redirect(cx, res, link_with(cx->arena, to, "done", str_z(done)));
}

Str desk_done(const Cx *cx, const Req *q, Str who) {
  Str word = req_get(q, "done");
  const Lang *l = cx->lang;
#define IS_(w) str_eq(word, S(w))
  if (IS_("sent"))      return tr_f(cx->arena, l, "Sent to %s.", who);
  if (IS_("asked"))     return tr_f(cx->arena, l, "Sent. It is %s who moves next.", who);
  if (IS_("answered"))  return tr_f(cx->arena, l, "Sent as the answer. %s is asked whether it is sorted.", who);
  if (IS_("noted"))     return tr(l, "The note is kept. Only the team sees it.");
  if (IS_("promised"))  return tr_f(cx->arena, l, "Promised. %s was told.", who);
  if (IS_("offered"))   return tr_f(cx->arena, l, "Offered. It is %s who decides now.", who);
  if (IS_("declined"))  return tr_f(cx->arena, l, "We said no, and told %s why.", who);
  if (IS_("kept"))      return tr(l, "The promise stays as it was.");
  if (IS_("taken"))     return tr(l, "It is yours now.");
  if (IS_("given"))     return tr(l, "Handed over.");
  if (IS_("moved"))     return tr(l, "Moved.");
  if (IS_("tagged"))    return tr(l, "The tags are kept.");
  if (IS_("renamed"))   return tr(l, "Renamed.");
  if (IS_("snoozed"))   return tr(l, "Out of your sight for now. No clock stops.");
  if (IS_("awake"))     return tr(l, "Back in your list.");
  if (IS_("hand"))      return tr(l, "Asked. It stands on the floor until somebody helps.");
  if (IS_("helping"))   return tr(l, "You lend a hand now.");
  if (IS_("joined"))    return tr(l, "They are in this now.");
  if (IS_("left"))      return tr(l, "Taken out.");
  if (IS_("remembered")) return tr_f(cx->arena, l, "Remembered. %s can see it.", who);
  if (IS_("confirmed")) return tr(l, "Good to know it is still true.");
  if (IS_("forgotten")) return tr(l, "Forgotten.");
  if (IS_("again"))     return tr(l, "It goes out again.");
  if (IS_("stopped"))   return tr(l, "Stopped. It will not go out.");
  if (IS_("saved"))     return tr(l, "Saved.");
  if (IS_("retaken"))   return tr(l, "Taken in again. Look again in a moment what became of it.");
  if (IS_("aside"))     return tr(l, "Set aside.");
  if (IS_("invited"))   return tr_f(cx->arena, l, "A mail with a link is on its way to %s.", who);
  if (IS_("spoke"))     return tr(l, "Good. It is off the list.");
  if (IS_("faster"))    return tr(l, "Somebody was faster: it stands there who.");
  if (IS_("signed-out")) return tr(l, "Signed out.");
  if (IS_("tested"))    return tr(l, "A test to you is on its way. You see below when it leaves.");
  if (IS_("withdrawn")) return tr(l, "Withdrawn. That key opens nothing any more.");
  if (IS_("timed"))     return tr(l, "Written down. It tells what serving costs, not who was quick.");
  if (IS_("opened"))    return tr(l, "Written down, and in the list.");
  if (IS_("in-force"))  return tr(l, "This map is in force from now on.");
  if (IS_("off-map"))   return tr(l, "Taken off the map in work.");
  if (IS_("on-map"))    return tr(l, "Back on the map.");
  if (IS_("taken-up"))  return tr(l, "That version is the map in work again.");
  if (IS_("journey-closed")) return tr(l, "Out of the list. Nothing of it is lost.");
  if (IS_("dropped"))   return tr(l, "Taken away.");
  if (IS_("journey-open"))   return tr(l, "Back in the list.");
#undef IS_
  return S("");
}
