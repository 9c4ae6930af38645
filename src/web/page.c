/* web/page.c: see page.h. Counts beside the rail's items are set by the pages that have them. */
#include "web/page.h"
#include "desk/setting.h"
#include "desk/site.h"

enum { ROOM = 16 * 1024 };       /* most pages fit into twice that, and are not copied as they grow */

void page_begin_bare(Cx *cx, const Req *q, Res *res, Str title, Shell *s, View *v) {
  *s = (Shell){ .title = title, .place = S("Cornerdesk"), .here = q->path, .self = q->query.n ? str_cat(cx->arena, q->path, S("?"), q->query) : q->path, .actor = cx->actor, .me = q->me, .demo = cx->site->demo };
  buf_space(&res->body, ROOM);
  *v = view_for(cx, &res->body);
  v->csrf = q->csrf;
}

Err page_begin(Cx *cx, const Req *q, Res *res, Str title, Shell *s, View *v) {
  page_begin_bare(cx, q, res, title, s, v);
  if (shell_serves(&cx->actor)) TRY(habit_get(cx, cx->actor.party, &s->habit));
  TRY(setting_place(cx, &s->place));
  return setting_get(cx, S("place.phone"), &s->phone);
}
