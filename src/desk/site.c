/* desk/site.c: keys and signatures of this place. */
#include "desk/site.h"
#include <sodium.h>
#include "base/random.h"
#include "store/db.h"

enum { SIGN_BYTES = 16 };

void site_key(const Site *site, const char purpose[static 8], unsigned char ret[static 32]) {
  _Static_assert(crypto_kdf_KEYBYTES == 32 && crypto_kdf_CONTEXTBYTES == 8, "as libsodium's KDF has it");
  crypto_kdf_derive_from_key(ret, 32, 1, purpose, site->key);
}

void site_mac(const Site *site, const char purpose[static 8], Str data, unsigned char ret[static 32]) {
  unsigned char key[32];
  site_key(site, purpose, key);
  crypto_auth_hmacsha256_state s;
  crypto_auth_hmacsha256_init(&s, key, sizeof key);
  crypto_auth_hmacsha256_update(&s, (const unsigned char *)data.p, data.n);
  crypto_auth_hmacsha256_final(&s, ret);
  sodium_memzero(key, sizeof key);
}

Str site_sign(Arena *a, const Site *site, const char purpose[static 8], Str data) {
  unsigned char mac[32];
  site_mac(site, purpose, data, mac);
  return str_b64url(a, mac, SIGN_BYTES);
}

bool site_signed(const Site *site, const char purpose[static 8], Str data, Str sign) {
  unsigned char mac[32];
  site_mac(site, purpose, data, mac);
  char text[sodium_base64_ENCODED_LEN(SIGN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  sodium_bin2base64(text, sizeof text, mac, SIGN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return secret_eq(str_z(text), sign);
}

Str site_mark(Arena *a, const Site *site, const char purpose[static 8], Str data) {
  unsigned char mac[32];
  site_mac(site, purpose, data, mac);
  char *p = NEW_N(a, char, 17);
  unsigned v = 0, bits = 0;
  size_t n = 0;
  for (size_t i = 0; i < 10; i++) {
    v = v << 8 | mac[i];
    for (bits += 8; bits >= 5; bits -= 5) p[n++] = "abcdefghijklmnopqrstuvwxyz234567"[v >> (bits - 5) & 31];
  }
  return (Str){ p, n };
}

Err site_ready(Cx *cx) {
  int64_t have, want;
  TRY(store_version(cx, &have, &want));
  if (have != want) return fail(cx, E_BUSY, "the store's tables are of version %lld, this program's of %lld", (long long)have, (long long)want);
  return E_OK;
}
