/* web/proxy.h: whose word we take for where a call came from. */
#ifndef WEB_PROXY_H
#define WEB_PROXY_H
#include <sys/socket.h>
#include "base/base.h"

typedef struct { unsigned char bytes[16]; int bits; } Net;      /* IPv4 as ::ffff:a.b.c.d */
typedef struct { Net *at; size_t n, cap; } Nets;

/* "127.0.0.1, 10.0.0.0/8 ::1"; E_INVALID names the one that is no address. "": none. */
Err  nets_parse(Cx *, Str list, Nets *ret) CHECKED;
bool nets_have(const Nets *, Str ip);

Str  ip_text(Arena *, const struct sockaddr *);                 /* without port; IPv4 in its own form */
/* The caller: the peer, or, if the peer is one of these, the last in X-Forwarded-For that is none of them. */
Str  ip_caller(Arena *, const Nets *trusted, Str peer, Str forwarded_for);
#endif
