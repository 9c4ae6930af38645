/* desk/idempotency.h: an Idempotency-Key and what was answered to it, for a day. In the transaction of the call itself. */
#ifndef DESK_IDEMPOTENCY_H
#define DESK_IDEMPOTENCY_H
#include "store/db.h"

typedef struct { int64_t status; Str call, body_hash, answer; } Answered;
Err idempotency_find(Cx *, Str key, Answered *ret) CHECKED;       /* E_ABSENT: not answered yet */
Err idempotency_keep(Cx *, Str key, const Answered *) CHECKED;
Str idempotency_hash(Arena *, Str body);
#endif
