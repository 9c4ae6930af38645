/* web/rate.h: how often one caller may do what costs us. Token buckets in memory, a bounded number of them: a node
   forgets the callers it has not seen for longest. Safe from any thread. */
#ifndef WEB_RATE_H
#define WEB_RATE_H
#include "web/route.h"

typedef struct Rate Rate;
typedef enum { RATE_IP, RATE_CALLER } RateOf;

Rate *rate_new(double generous);                  /* 1 = as the table in rate.c says, 2 = twice that, 0 = no limits */
void  rate_free(Rate *);

/* Takes one. 0: go on; else the seconds after which one is there again. at: clock_steady(). NULL: no limits. */
int rate_take(Rate *, Cost, RateOf, Str key, int64_t at);
#endif
