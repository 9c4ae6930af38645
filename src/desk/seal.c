/* desk/seal.c: see seal.h. */
#include "desk/seal.h"
#include <sodium.h>
#include "base/random.h"

enum { NONCE = crypto_secretbox_NONCEBYTES, MAC = crypto_secretbox_MACBYTES };

Str seal(Arena *a, const Site *site, Str secret) {
  if (!secret.n) return S("");
  unsigned char key[32], *box = NEW_N(a, unsigned char, NONCE + MAC + secret.n);
  site_key(site, "sealed..", key);
  random_bytes(box, NONCE);
  crypto_secretbox_easy(box + NONCE, (const unsigned char *)secret.p, secret.n, box, key);
  sodium_memzero(key, sizeof key);
  return str_b64url(a, box, NONCE + MAC + secret.n);
}

Err seal_open(Cx *cx, Str sealed, Str *ret) {
  *ret = S("");
  if (!sealed.n) return E_OK;
  Str box;
  if (!str_unb64url(cx->arena, sealed, &box) || box.n < NONCE + MAC)
    return fail(cx, E_BROKEN, "A sealed secret is damaged. Enter it again.");
  unsigned char key[32];
  site_key(cx->site, "sealed..", key);
  size_t n = box.n - NONCE - MAC;
  char *out = NEW_N(cx->arena, char, n + 1);
  int bad = crypto_secretbox_open_easy((unsigned char *)out, (const unsigned char *)box.p + NONCE, n + MAC,
                                       (const unsigned char *)box.p, key);
  sodium_memzero(key, sizeof key);
  if (bad) return fail(cx, E_BROKEN, "A secret was sealed with another key than this one. Enter it again.");
  *ret = (Str){ out, n };
  return E_OK;
}
