/* web/rate.c: sets of eight buckets, a lock for each of 64 stripes. Keys are kept as a keyed hash, so nobody can choose
   keys that collide. */
#include "web/rate.h"
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include "base/random.h"

enum { SETS = 4096, WAYS = 8, STRIPES = 64 };

typedef struct { uint64_t key; double tokens; int64_t at; } Bucket;
struct Rate {
  double generous;
  unsigned char seed[crypto_shorthash_KEYBYTES];
  pthread_mutex_t locks[STRIPES];
  Bucket at[SETS][WAYS];
};

/*                           a minute, at once; of one address on the net, which may be a whole office */
static const struct { double minute, burst, ip_minute, ip_burst; } limits[COST_COUNT] = {
  [COST_LIGHT]  = { 1800, 600, 18000, 6000 },
  [COST_CHANGE] = {  600, 200,  6000, 2000 },
  [COST_HEAVY]  = {  120,  60,   600,  300 },
  [COST_ASK]    = {   20,  10,    20,   20 },
  [COST_SIGNIN] = {    5,  10,    20,   30 },
  [COST_FREE]   = {    0,   0,     0,    0 },
};

Rate *rate_new(double generous) {
  Rate *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->generous = generous;
  random_bytes(r->seed, sizeof r->seed);
  for (size_t i = 0; i < STRIPES; i++) pthread_mutex_init(&r->locks[i], NULL);
  return r;
}

void rate_free(Rate *r) {
  if (!r) return;
  for (size_t i = 0; i < STRIPES; i++) pthread_mutex_destroy(&r->locks[i]);
  free(r);
}

static uint64_t key_hash(const Rate *r, Cost cost, RateOf of, Str key) {
  uint64_t h;
  crypto_shorthash((unsigned char *)&h, (const unsigned char *)key.p, key.n, r->seed);
  h ^= ((uint64_t)cost * 2 + of + 1) * 0x9e3779b97f4a7c15u;
  return h ? h : 1;
}

/* The caller's bucket, or the one that rested longest, made full. */
static Bucket *bucket(Bucket set[WAYS], uint64_t key, double burst, int64_t at) {
  Bucket *oldest = &set[0];
  for (Bucket *b = set; b < set + WAYS; b++) {
    if (b->key == key) return b;
    if (b->at < oldest->at) oldest = b;
  }
  *oldest = (Bucket){ .key = key, .tokens = burst, .at = at };
  return oldest;
}

int rate_take(Rate *r, Cost cost, RateOf of, Str key, int64_t at) {
  double minute = of == RATE_IP ? limits[cost].ip_minute : limits[cost].minute;
  double burst  = of == RATE_IP ? limits[cost].ip_burst  : limits[cost].burst;
  if (!r || r->generous <= 0 || minute <= 0) return 0;
  double per_second = minute * r->generous / 60;
  burst *= r->generous;
  if (burst < 1) burst = 1;
  uint64_t h = key_hash(r, cost, of, key);
  size_t set = h % SETS;
  pthread_mutex_lock(&r->locks[set % STRIPES]);
  Bucket *b = bucket(r->at[set], h, burst, at);
  if (at > b->at) {
    b->tokens += (double)(at - b->at) / SECOND * per_second;
    if (b->tokens > burst) b->tokens = burst;
    b->at = at;
  }
  int wait = 0;
  if (b->tokens >= 1) b->tokens -= 1;
  else wait = 1 + (int)((1 - b->tokens) / per_second);
  pthread_mutex_unlock(&r->locks[set % STRIPES]);
  return wait;
}
