/* desk/hand.c: see hand.h. */
#include "desk/hand.h"
#include "base/clock.h"
#include "desk/sight.h"
#include "desk/touch.h"

static Err note(Cx *cx, Request *r, Str kind, Str words) {
  Request was = *r;
  TRY(request_must_serve(cx, r));
  TRY(request_save(cx, &was, r, kind, true));
  return touch_new(cx, r->id, kind, 0, words);
}

Err hand_ask(Cx *cx, Request *r, Str words) {
  if (str_eq(r->court, S("done"))) return fail(cx, E_CONFLICT, N_("This is done already."));
  return note(cx, r, S("hand"), str_utf8_head(str_trim(words), 300));
}

Err hand_down(Cx *cx, Request *r) { return note(cx, r, S("hand-down"), S("")); }

Err hand_help(Cx *cx, Request *r) {
  Request was = *r;
  TRY(request_must_serve(cx, r));
  TRY(request_save(cx, &was, r, S("helper"), true));
  return request_follow(cx, r, cx->actor.party, S("helper"));
}

Err hand_list(Cx *cx, Rows *ret) {
  static const Col cols[] = { COL(Hand, request_id), COL(Hand, at), COL(Hand, by_id), COL(Hand, words), COL(Hand, by), COL(Hand, subject) };
  static const Shape shape = SHAPE(Hand, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT t.request_id, t.at, t.by_id, t.words, (SELECT name FROM party WHERE id = t.by_id) AS by, r.subject FROM touch t JOIN request r ON r.id = t.request_id"
        " WHERE t.kind = 'hand' AND t.at >= ?3 AND r.court <> 'done' AND " SIGHT_NOTES
        " AND NOT EXISTS (SELECT 1 FROM touch x WHERE x.request_id = t.request_id AND x.id > t.id AND x.kind IN ('hand', 'hand-down', 'helper')) ORDER BY t.at LIMIT 10"),
    SIGHT_VALS(cx), V(cx->now - HAND_DAYS * DAY));
}
