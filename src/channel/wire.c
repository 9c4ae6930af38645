/* channel/wire.c: see wire.h. */
#include "channel/wire.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "text/url.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_bool hung_up;

static void set_up(void) { if (curl_global_init(CURL_GLOBAL_DEFAULT)) abort(); }

void wire_hang_up(void) { atomic_store(&hung_up, true); }
bool wire_hung_up(void) { return atomic_load(&hung_up); }

static bool on_this_machine(Str host) {
  return str_eq(host, S("localhost")) || str_eq(host, S("::1")) || str_starts(host, S("127."));
}

/* Splits "user:password@host:port" off; brackets round an IPv6 host. */
static bool authority(Cx *cx, Str s, WireUrl *u) {
  Str who, where, name, pass;
  if (str_cut_last(s, '@', &who, &where)) {
    str_cut(who, ':', &name, &pass);
    u->account = url_decode(cx->arena, name);
    u->secret = url_decode(cx->arena, pass);
  } else where = s;
  Str host = where, port = S("");
  if (str_starts(where, S("["))) {
    if (!str_cut(str_from(where, 1), ']', &host, &port)) return false;
    port = str_starts(port, S(":")) ? str_from(port, 1) : port;
  } else str_cut(where, ':', &host, &port);
  int64_t n = 0;
  if (port.n && (!str_int(port, &n) || n < 1 || n > 65535)) return false;
  u->host = str_lower(cx->arena, host);
  u->port = (int)n;
  for (size_t i = 0; i < host.n; i++)
    if ((unsigned char)host.p[i] <= ' ' || strchr("/\\@?#%<>\"'", host.p[i])) return false;
  return host.n > 0 && host.n < 256;
}

Err wire_url(Cx *cx, Str url, const char *scheme, WireUrl *ret) {
  Str s = str_trim(url), rest, path, query;
  *ret = (WireUrl){ 0 };
  size_t at = str_find(s, S("://"));
  Str want = str_z(scheme), got = at == SIZE_MAX ? S("") : str_lower(cx->arena, str_head(s, at));
  ret->secured = str_eq(got, str_cat(cx->arena, want, S("s")));
  if (!ret->secured && !str_eq(got, want))
    return fail(cx, E_INVALID, "The address of the server begins with %ss:// or %s://.", scheme, scheme);
  ret->scheme = got;
  str_cut(str_from(s, at + 3), '?', &rest, &query);
  Str where;
  str_cut(rest, '/', &where, &path);
  if (!authority(cx, where, ret)) return fail(cx, E_INVALID, "The address of the server is not complete: %s://HOST:PORT is.", scheme);
  while (str_ends(path, S("/"))) path.n--;
  ret->path = url_decode(cx->arena, path);
  ret->here = on_this_machine(ret->host);
  ret->plain = str_eq(query, S("tls=off"));
  return E_OK;
}

int wire_port(const WireUrl *u) {
  if (u->port) return u->port;
  if (str_starts(u->scheme, S("imap"))) return u->secured ? 993 : 143;
  return u->secured ? 465 : 587;
}

Str wire_name(Arena *a, const WireUrl *u) { return str_fmt(a, STR_FMT ":%d", STR_ARG(u->host), wire_port(u)); }

static int keep_going(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  (void)arg; (void)a; (void)b; (void)c; (void)d;
  return wire_hung_up();
}

CURL *wire_open(Arena *a, const WireUrl *u, int silent, char *errors) {
  pthread_once(&once, set_up);
  CURL *h = curl_easy_init();
  if (!h) abort();
  bool v6 = memchr(u->host.p, ':', u->host.n) != NULL;
  Str url = str_fmt(a, STR_FMT "://%s" STR_FMT "%s:%d/", STR_ARG(u->scheme), v6 ? "[" : "", STR_ARG(u->host), v6 ? "]" : "", wire_port(u));
  errors[0] = 0;
  curl_easy_setopt(h, CURLOPT_ERRORBUFFER, errors);
  curl_easy_setopt(h, CURLOPT_URL, str_cstr(a, url));
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, keep_going);
  curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, 20L);
  curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, (long)silent);
  curl_easy_setopt(h, CURLOPT_PROXY, "");
  const char *certificates = getenv("SSL_CERT_FILE");
  if (certificates && *certificates) curl_easy_setopt(h, CURLOPT_CAINFO, certificates);
  if (u->account.n) {
    curl_easy_setopt(h, CURLOPT_USERNAME, str_cstr(a, u->account));
    curl_easy_setopt(h, CURLOPT_PASSWORD, str_cstr(a, u->secret));
  }
  long tls = u->secured || (!u->here && !u->plain && u->account.n) ? CURLUSESSL_ALL : u->here || u->plain ? CURLUSESSL_NONE : CURLUSESSL_TRY;
  curl_easy_setopt(h, CURLOPT_USE_SSL, tls);
  return h;
}

Err wire_fault(Cx *cx, const WireUrl *u, CURLcode code, const char *errors) {
  Str name = wire_name(cx->arena, u);
  switch (code) {
  case CURLE_LOGIN_DENIED:
    return fail(cx, E_DENIED, "The server answered, but did not accept the password.");
  case CURLE_COULDNT_RESOLVE_HOST:
    return fail(cx, E_INVALID, "There is no server called " STR_FMT ".", STR_ARG(u->host));
  case CURLE_COULDNT_CONNECT:
    return fail(cx, E_BUSY, "Nothing answers at " STR_FMT ". Is the server running, and is the port right?", STR_ARG(name));
  case CURLE_OPERATION_TIMEDOUT:
    return fail(cx, E_BUSY, "The server " STR_FMT " did not answer in time.", STR_ARG(name));
  case CURLE_USE_SSL_FAILED:
    return fail(cx, E_BUSY, "The server " STR_FMT " does not offer a secured connection, and we do not send a password over an open one.",
                STR_ARG(name));
  case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CACERT_BADFILE: case CURLE_SSL_ISSUER_ERROR:
    return fail(cx, E_BUSY, "The server " STR_FMT " answered, but its certificate cannot be trusted (%s).", STR_ARG(name),
                errors[0] ? errors : curl_easy_strerror(code));
  case CURLE_SSL_CONNECT_ERROR: case CURLE_SSL_CIPHER:
    return fail(cx, E_BUSY, "The server " STR_FMT " answered, but no secured connection came about. Perhaps the port is for another kind.",
                STR_ARG(name));
  case CURLE_RECV_ERROR: case CURLE_SEND_ERROR: case CURLE_GOT_NOTHING:
    return fail(cx, E_BUSY, "The server " STR_FMT " hung up in the middle.", STR_ARG(name));
  case CURLE_WEIRD_SERVER_REPLY:
    return fail(cx, E_BUSY, "What answers at " STR_FMT " is not a mail server, or not this kind.", STR_ARG(name));
  case CURLE_ABORTED_BY_CALLBACK:
    return fail(cx, E_BUSY, "We are stopping; this goes on after the next start.");
  default:
    return fail(cx, E_BUSY, "Talking to " STR_FMT " failed: %s.", STR_ARG(name), errors[0] ? errors : curl_easy_strerror(code));
  }
}
