/* base/random.h: secrets come from the system; made-up data from a seed. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H
#include "base/str.h"

void random_bytes(void *ret, size_t n);           /* getrandom; ends the process if the system has none */
Str  random_token(Arena *, size_t bytes);         /* base64url of so many random bytes */
bool secret_eq(Str a, Str b);                     /* in time that tells nothing about where they differ */

typedef struct { uint64_t s[2]; } Rng;            /* xoroshiro128+ (Blackman and Vigna 2018); repeatable, not for secrets */
Rng      rng_seed(uint64_t seed);
uint64_t rng_next(Rng *);
uint64_t rng_below(Rng *, uint64_t n);            /* 0 … n-1, n > 0; bias below 2^-32 for n < 2^32 */
double   rng_unit(Rng *);                         /* [0, 1) */
#endif
