/* desk/verify.h: is everything as it was written; and making anew what can be derived. */
#ifndef DESK_VERIFY_H
#define DESK_VERIFY_H
#include "desk/ledger.h"

typedef struct { int64_t acts, counters, blobs; } VerifyCounts;
/* The chain of acts, the counters against the rows, files against their hashes, and that each is there. told: once for each difference. */
Err verify_all(Cx *, LedgerTold *told, void *arg, VerifyCounts *ret) CHECKED;

/* Counters and the search index, made anew from what was said; in transactions of its own. */
Err rebuild_all(Cx *) CHECKED;
#endif
