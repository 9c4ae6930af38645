/* web/csrf.c: sixteen random bytes, then sixteen bytes of HMAC xored with them. */
#include "web/csrf.h"
#include "base/random.h"

enum { HALF = 16 };
#define PURPOSE "formtokn"

Str csrf_make(Arena *a, const Site *site, Str bound) {
  unsigned char both[2 * HALF], mac[32];
  site_mac(site, PURPOSE, bound, mac);
  random_bytes(both, HALF);
  for (size_t i = 0; i < HALF; i++) both[HALF + i] = both[i] ^ mac[i];
  return str_b64url(a, both, sizeof both);
}

bool csrf_ok(Arena *a, const Site *site, Str bound, Str sent) {
  Str both;
  unsigned char mac[32], open[HALF];
  if (!bound.n || sent.n > 64 || !str_unb64url(a, sent, &both) || both.n != 2 * HALF) return false;
  site_mac(site, PURPOSE, bound, mac);
  for (size_t i = 0; i < HALF; i++) open[i] = (unsigned char)(both.p[i] ^ both.p[HALF + i]);
  return secret_eq((Str){ (char *)open, HALF }, (Str){ (char *)mac, HALF });
}
