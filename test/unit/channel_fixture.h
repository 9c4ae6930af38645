/* test/unit/channel_fixture.h: mail for tests: raw messages from a few words, and lanes that run at once on cx->db. */
#ifndef CHANNEL_FIXTURE_H
#define CHANNEL_FIXTURE_H
#include "base/lane.h"
#include "channel/mail_in.h"
#include "desk_fixture.h"

/* Runs each task in a transaction of its own, on the caller's thread and its connection. */
typedef struct { Lanes lanes; Cx *cx; } HereLanes;
HereLanes lanes_here(Cx *);

/* Lines joined with CR LF; "" stands between headers and body. Ended by NULL. */
Str raw_mail(Arena *, const char *first, ...);

/* Takes a raw message in through the whole path. */
Taken taken(Cx *, Str raw);
Taken taken_at(Cx *, const char *mailbox, Str raw, const char *as);
#endif
