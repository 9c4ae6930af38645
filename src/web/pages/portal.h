/* web/pages/portal.h: what the asker's pages have in common: where a request stands in one sentence, faults of a
   form, files and wished hours that come with one.
   Not here: what stands on each page (ask.c, my_requests.c, my_request.c, verdict.c, about_me.c, wizard.c). */
#ifndef WEB_PAGES_PORTAL_H
#define WEB_PAGES_PORTAL_H
#include "desk/party.h"
#include "desk/request.h"
#include "text/view.h"
#include "web/page.h"
#include "web/parts.h"
#include "web/route.h"

/* ── where a request stands, for the one who asked ── */
typedef enum {
  STAND_LOOKING,      /* somebody will look, and by when */
  STAND_LATE,         /* that hour has passed, nobody did */
  STAND_ASKED,        /* we asked something; the answer is the next step */
  STAND_OFFER,        /* something else than was asked, waits for a yes */
  STAND_PROMISED, STAND_OVERDUE,
  STAND_CHANGING,     /* the asker wants something else; the old promise stands until then */
  STAND_REPORTED,     /* said to be done; only the asker closes */
  STAND_READING,      /* the asker said something after the report; ours to read */
  STAND_REVOKED,      /* taken back, with another hour */
  STAND_SORTED, STAND_DECLINED, STAND_WITHDRAWN, STAND_RESTING
} Stand;
Stand portal_stand(const Request *, int64_t now);
bool  portal_waits(Stand);                               /* the asker's move */

/* Who looks after it: its owner, else its team. */
static inline Str portal_who(const Request *r) { return r->owner.n ? r->owner : r->team; }

/* Where a browser is led through a link of its own to one request, as that person and for a day. Only for who just made it. */
Str portal_let_in(Cx *, int64_t request, int64_t party);

/* A telephone number as a link: "+351 22 555 0140" → "tel:+351225550140". */
Str portal_tel(Arena *, Str phone);

/* ── forms ── */
/* Takes what a desk function said (cx->why, cx->field) among the faults; true if it is one to show beside the form:
   E_INVALID, E_CONFLICT, E_DENIED. Else the caller passes it on. */
bool portal_refused(Cx *, Res *, Err);

/* "I'd like it by": a day (2026-05-22) and perhaps an hour (17:00 if none) in the reader's zone. 0: nothing was said.
   E_INVALID on the field `name`. */
Err portal_hour(Cx *, const Req *, Res *, const char *name, int64_t *ret) CHECKED;
Err portal_since(Cx *, const Req *, Res *, const char *name, int64_t *ret) CHECKED;      /* the same of what is past; without an hour: at nine */

/* A form with a {{> once() }} in it, sent twice with the same words, is done once: where the first one led, "" if this is the
   first. Then portal_once_keep says where that leads, before redirecting. */
Err portal_once(Cx *, const Req *, int64_t party, Str *ret_location) CHECKED;
Err portal_once_keep(Cx *, const Req *, int64_t party, Str location) CHECKED;

/* The files of a form, kept and not yet bound to a message. Their ids, in the order they came. */
typedef struct { int64_t *at; size_t n, cap; } Ids;
Err portal_files(Cx *, const Req *, const char *name, int64_t request, Ids *ret) CHECKED;
#endif
