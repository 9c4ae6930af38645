/* desk/link.c: purpose, party, request, end as short numbers, then sixteen bytes of HMAC, in base64url. */
#include "desk/link.h"
#include "base/random.h"

enum { MAC = 16, MOST = 64 };
#define PURPOSE "maillink"

/* Seven bits a byte, low ones first; the high bit says that more follow. */
static size_t put_number(unsigned char *at, uint64_t v) {
  size_t n = 0;
  for (; v >= 128; v >>= 7) at[n++] = (unsigned char)(v | 128);
  at[n++] = (unsigned char)v;
  return n;
}

static bool take_number(Str *from, int64_t *ret) {
  uint64_t v = 0;
  for (int shift = 0; from->n && shift < 63; shift += 7) {
    unsigned char c = (unsigned char)from->p[0];
    *from = str_from(*from, 1);
    v |= (uint64_t)(c & 127) << shift;
    if (c < 128) { *ret = (int64_t)v; return v <= INT64_MAX; }
  }
  return false;
}

Str link_make(Arena *a, const Site *site, const Link *l) {
  unsigned char bytes[MOST], mac[32];
  size_t n = put_number(bytes, (uint64_t)l->to);
  n += put_number(bytes + n, (uint64_t)l->party);
  n += put_number(bytes + n, (uint64_t)l->request);
  n += put_number(bytes + n, (uint64_t)(l->ends_at / MINUTE));
  site_mac(site, PURPOSE, (Str){ (char *)bytes, n }, mac);
  memcpy(bytes + n, mac, MAC);
  return str_b64url(a, bytes, n + MAC);
}

bool link_read(const Site *site, Str text, int64_t now, Link *ret) {
  if (text.n == 0 || text.n > MOST * 4 / 3) return false;
  Arena *a = arena_new(1 << 16);
  Str bytes;
  unsigned char mac[32];
  bool ok = str_unb64url(a, text, &bytes) && bytes.n > MAC;
  if (ok) {
    Str said = str_head(bytes, bytes.n - MAC);
    int64_t to, ends;
    site_mac(site, PURPOSE, said, mac);
    ok = secret_eq((Str){ (char *)mac, MAC }, str_from(bytes, bytes.n - MAC))
      && take_number(&said, &to) && take_number(&said, &ret->party) && take_number(&said, &ret->request) && take_number(&said, &ends)
      && said.n == 0 && to >= LINK_PAGE && to <= LINK_OFFER;
    if (ok) { ret->to = (LinkFor)to; ret->ends_at = ends * MINUTE; }
  }
  arena_free(a);
  return ok && now < ret->ends_at;
}

Str link_url(const Cx *cx, LinkFor to, int64_t party, int64_t request) {
  Link l = { .to = to, .party = party, .request = request, .ends_at = cx->now + cx->site->link_life };
  return str_cat(cx->arena, cx->site->public_url, S("/k/"), link_make(cx->arena, cx->site, &l));
}
