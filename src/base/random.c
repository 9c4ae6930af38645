/* base/random.c: see random.h. */
#include "base/random.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *ret, size_t n) {
  char *p = ret;
  while (n) {
    ssize_t got = getrandom(p, n, 0);
    if (got <= 0) { fprintf(stderr, "fatal: the system gives no random bytes\n"); abort(); }
    p += got;
    n -= (size_t)got;
  }
}

Str random_token(Arena *a, size_t bytes) {
  char *raw = NEW_N(a, char, bytes);
  random_bytes(raw, bytes);
  return str_b64url(a, raw, bytes);
}

bool secret_eq(Str a, Str b) {
  if (a.n != b.n) return false;
  volatile unsigned char diff = 0;
  for (size_t i = 0; i < a.n; i++) diff |= (unsigned char)(a.p[i] ^ b.p[i]);
  return diff == 0;
}

static uint64_t splitmix(uint64_t *x) {
  uint64_t z = (*x += 0x9e3779b97f4a7c15u);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
static uint64_t rotl(uint64_t x, int k) { return x << k | x >> (64 - k); }

Rng rng_seed(uint64_t seed) {
  Rng r;
  r.s[0] = splitmix(&seed);
  r.s[1] = splitmix(&seed);
  return r;
}

uint64_t rng_next(Rng *r) {
  uint64_t a = r->s[0], b = r->s[1], out = a + b;
  b ^= a;
  r->s[0] = rotl(a, 24) ^ b ^ b << 16;
  r->s[1] = rotl(b, 37);
  return out;
}

uint64_t rng_below(Rng *r, uint64_t n) { return (uint64_t)((unsigned __int128)rng_next(r) * n >> 64); }
double   rng_unit(Rng *r) { return (double)(rng_next(r) >> 11) * 0x1p-53; }
