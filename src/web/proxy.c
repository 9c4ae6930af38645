/* web/proxy.c: addresses and nets. */
#include "web/proxy.h"
#include <arpa/inet.h>
#include <netinet/in.h>

/* -1: no address; else 32 or 128, the bits its text form has. */
static int ip_read(Str text, unsigned char ret[16]) {
  char z[INET6_ADDRSTRLEN];
  struct in_addr v4;
  if (text.n == 0 || text.n >= sizeof z) return -1;
  memcpy(z, text.p, text.n);
  z[text.n] = 0;
  if (inet_pton(AF_INET6, z, ret) == 1) return 128;
  if (inet_pton(AF_INET, z, &v4) != 1) return -1;
  memset(ret, 0, 10);
  memset(ret + 10, 0xff, 2);
  memcpy(ret + 12, &v4, 4);
  return 32;
}

static bool net_read(Str one, Net *ret) {
  Str ip, bits;
  bool cut = str_cut(one, '/', &ip, &bits);
  int all = ip_read(ip, ret->bytes);
  int64_t n = all;
  if (all < 0 || (cut && (!str_int(bits, &n) || n < 0 || n > all))) return false;
  ret->bits = (int)n + 128 - all;
  return true;
}

Err nets_parse(Cx *cx, Str list, Nets *ret) {
  for (size_t i = 0; i < list.n;) {
    size_t end = i;
    while (end < list.n && !strchr(", \t", list.p[end])) end++;
    Str one = { list.p + i, end - i };
    Net net;
    if (one.n && !net_read(one, &net))
      return fail(cx, E_INVALID, "\"" STR_FMT "\" is neither an address like 10.0.0.1 nor a net like 10.0.0.0/8", STR_ARG(one));
    if (one.n) vec_add(cx->arena, ret, net);
    i = end + 1;
  }
  return E_OK;
}

bool nets_have(const Nets *nets, Str ip) {
  unsigned char b[16];
  if (ip_read(ip, b) < 0) return false;
  for (size_t i = 0; i < nets->n; i++) {
    const Net *n = &nets->at[i];
    int whole = n->bits / 8, rest = n->bits % 8;
    if (memcmp(b, n->bytes, (size_t)whole) != 0) continue;
    if (rest == 0 || (b[whole] ^ n->bytes[whole]) >> (8 - rest) == 0) return true;
  }
  return false;
}

Str ip_text(Arena *a, const struct sockaddr *sa) {
  char z[INET6_ADDRSTRLEN] = "";
  if (sa->sa_family == AF_INET) inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, z, sizeof z);
  if (sa->sa_family == AF_INET6) {
    const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(six)) inet_ntop(AF_INET, six->s6_addr + 12, z, sizeof z);
    else inet_ntop(AF_INET6, six, z, sizeof z);
  }
  return str_dup(a, str_z(z[0] ? z : "local"));
}

Str ip_caller(Arena *a, const Nets *trusted, Str peer, Str forwarded) {
  if (!nets_have(trusted, peer)) return peer;
  Str at = peer, last;
  while (forwarded.n) {
    Str head;
    if (!str_cut_last(forwarded, ',', &head, &last)) { last = forwarded; head = S(""); }
    last = str_trim(last);
    unsigned char b[16];
    if (ip_read(last, b) < 0) break;               /* not an address: believe nothing before it */
    at = last;
    if (!nets_have(trusted, last)) break;
    forwarded = head;
  }
  return str_dup(a, at);
}
