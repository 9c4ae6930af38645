#include "channel_fixture.h"
#include <stdarg.h>

static void run_here(Lanes *lanes, Lane lane, Task *t) {
  (void)lane;
  HereLanes *here = (HereLanes *)lanes;
  t->cx.db = here->cx->db;
  if (!t->cx.now) t->cx.now = here->cx->now;
  Err e;
  {
    DEFER(tx_end) Tx tx = { 0 };
    e = tx_begin(&t->cx, &tx);
    if (!e) e = t->run(&t->cx, t->arg);
    if (!e) e = tx_commit(&tx);
  }
  t->err = e;
  t->done(t->arg, e);
}

HereLanes lanes_here(Cx *cx) { return (HereLanes){ .lanes.submit = run_here, .cx = cx }; }

Str raw_mail(Arena *a, const char *first, ...) {
  Buf b = { .arena = a };
  va_list all;
  va_start(all, first);
  for (const char *line = first; line; line = va_arg(all, const char *)) { buf_add(&b, str_z(line)); buf_add(&b, S("\r\n")); }
  va_end(all);
  return buf_str(&b);
}

Taken taken_at(Cx *cx, const char *mailbox, Str raw, const char *as) {
  HereLanes here = lanes_here(cx);
  Cx own = *cx;
  Taken t = { 0 };
  own.actor = (Actor){ .system = true };
  OK(&own, mail_in(&own, &here.lanes, &(MailNew){ .mailbox = str_z(mailbox), .raw = raw, .as = str_z(as) }, &t, NULL));
  return t;
}

Taken taken(Cx *cx, Str raw) { return taken_at(cx, "help@meridian.example", raw, ""); }
