/* web/live.h: answers that stay open and tell what changes. One thread for all of them, whatever their number: it hears
   that something was committed, asks the store once what is new, reads it for each stream with the eyes of its person, on a
   reading lane, and writes. A stream that nothing happens on costs a socket and some two hundred bytes.
   The connection is taken over from libmicrohttpd: its list of resting connections is walked whenever any is woken, so ten
   thousand streams in it would slow down every page.
   Invariant: a stream is told a change only after every change with a smaller number that it may see. */
#ifndef WEB_LIVE_H
#define WEB_LIVE_H
#include "desk/change.h"
#include "web/server.h"

typedef struct Live Live;
typedef struct {
  const Site *site;
  Lanes  *lanes;
  int     most, each;      /* streams at once; of one person */
  int     patience;        /* seconds a stream may be unable to take what is written */
  int64_t beat;            /* microseconds after which a silent stream says that it is still there */
} LiveNew;

enum { LIVE_AT_ONCE = 500 };                            /* changes read at once; a stream that is behind reads on */

Live *live_start(const LiveNew *);                      /* the lanes must run already */
void  live_end(Live *);                                 /* ends all streams and the thread; from then on none is opened */
void  live_free(Live *);                                /* takes NULL */
void  live_wake(Live *);                                /* something was committed, here or elsewhere. Any thread; never blocks */

/* How far the numbers of changes can be trusted (desk/change.h), as this node knows; and where somebody who names no number
   begins. Without a Live, whatever is there counts. */
int64_t live_head(const Live *);
int64_t live_upto(const Live *, const ChangeTip *);
int64_t live_begin(const Live *, const ChangeTip *);

/* Takes over a connection: fd is the stream's, first is written to it, then what changes after `after`.
   E_RATE: the person has as many as one may have. E_BUSY: all there may be are open, or the server is ending; nothing taken. */
typedef struct { int64_t party, key, after; bool token; Str first; } StreamNew;   /* key: of the session, or of the token */
Err   live_open(Cx *, Live *, int fd, const StreamNew *) CHECKED;

void  live_metrics(const Live *, Buf *);
#endif
