/* web/exchange.h: one request on its way through the server. For server.c, take.c and give.c only. */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H
#include <microhttpd.h>
#include <stdatomic.h>
#include "base/lane.h"
#include "desk/site.h"
#include "web/metrics.h"
#include "web/server.h"

struct Server {
  Arena *arena;
  struct MHD_Daemon *daemon;
  const Site *site;
  Lanes *lanes;
  Rate *rate;
  struct Live *live;
  Nets trusted;
  void (*metrics)(void *arg, Buf *);
  void  *metrics_arg;
  atomic_int open;          /* exchanges that have begun and are not over */
  atomic_bool draining;
};

typedef struct {
  Server *server;
  struct MHD_Connection *conn;
  Arena *arena;             /* ends with the exchange */
  Str   target;             /* as on the request line */
  Str   content_type;       /* with its parameters */
  bool  headed;             /* the headers were looked at */
  bool  head, close;
  atomic_bool answered;     /* res is ready to be sent */
  Buf   body;               /* while it is small */
  int   spool;              /* -1, or an unlinked file with a body that is not */
  size_t size;              /* of the body so far */
  void *mapped;
  Err   early;              /* a refusal known before the body was read */
  int64_t began;            /* clock_steady */
  Task  task;
  Req   req;
  Res   res;
} Exchange;

/* take.c */
Err take_method(Exchange *, const char *method) CHECKED;
Err take_headers(Exchange *) CHECKED;                                /* into ex->req; a refusal is why in ex->task.cx */
Err take_bytes(Exchange *, const char *bytes, size_t n) CHECKED;     /* E_TOO_LARGE, E_BUSY (no room to spool) */
Err take_body(Exchange *) CHECKED;                                   /* all of it is there: form, files, JSON */
void take_end(Exchange *);                                           /* gives back spool and map */

/* give.c */
enum MHD_Result give(Exchange *);                                    /* queues ex->res */
Str give_head(Exchange *);                                           /* of an answer that ends with its connection: status and headers, as text */
#endif
