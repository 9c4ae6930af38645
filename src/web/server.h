/* web/server.h: HTTP. Threads of libmicrohttpd read whole requests and send whole answers; what is between goes over
   the lanes while the connection rests. Not here: what an address means (route.h) and who may (gate.c). */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H
#include "base/lane.h"
#include "desk/site.h"
#include "web/proxy.h"
#include "web/rate.h"

typedef struct Server Server;
struct Live;

typedef struct {
  const Site *site;
  Lanes  *lanes;
  int     socket;          /* of server_listen, or one handed over (socket activation) */
  int     threads;         /* that read and send */
  int     connections;     /* at most so many at once */
  int     patience;        /* seconds a connection may be silent */
  int     streams, streams_each;        /* event streams at once, beside the connections; of one person */
  int64_t streams_beat;    /* microseconds after which a silent one says that it is still there */
  double  generous;        /* see rate_new */
  Nets    trusted;         /* reverse proxies */
  void  (*metrics)(void *arg, Buf *);   /* more lines for /metrics; may be NULL */
  void   *metrics_arg;
} ServerNew;

/* listen: "127.0.0.1:8080", "[::]:8080"; port 0: any that is free. E_BUSY: cx->why says which address could not be taken. */
Err  server_listen(Cx *, Str listen, int *ret_socket) CHECKED;
Str  server_address(Arena *, int socket);          /* "http://127.0.0.1:8080", as it truly is */

/* Begins to answer. The Server owns the socket and lives until server_free; *in may go. */
Err  server_start(Cx *, const ServerNew *in, Server **ret) CHECKED;
void server_news(void *server);                     /* something was committed, here or elsewhere: tells the streams; never blocks */
const struct Live *server_live(const Server *);    /* NULL for NULL */
void server_drain(Server *, int64_t patience);     /* takes no more connections, ends the streams; waits until what came in is answered, or so many microseconds */
void server_metrics(const Server *, Buf *);        /* Prometheus text, version 0.0.4 */
void server_free(Server *);                        /* the lanes must still be there; takes NULL */
#endif
