/* desk/ledger.h: acts as they lie in the store: append only, each with the hash of the one before it.
   Not here: what an act means (loop.h) and what follows from it (act.h). */
#ifndef DESK_LEDGER_H
#define DESK_LEDGER_H
#include "desk/request.h"

typedef struct {
  int64_t id, request_id, seq, by_id, at, due_at;
  Str kind, side, by_kind, channel, state, ball, body, prev_hash, hash, by;   /* by: name of by_id; body: JSON */
} Act;

Err ledger_list(Cx *, int64_t request_id, Rows *ret) CHECKED;            /* rows of Act in order */
Err ledger_replay(Cx *, const Rows *acts, Loop *ret) CHECKED;            /* where those lead; E_BROKEN if they do not fit together */
Err ledger_loop(Cx *, int64_t request_id, Loop *ret) CHECKED;            /* both */

/* Appends an act for the actor and moves the loop: sets state, ball, acts and head of *r (request_save is the caller's).
   l is the loop before, and after. E_CONFLICT, E_DENIED, E_INVALID as the loop says. body: JSON. */
typedef struct { LoopAct act; LoopSide side; int64_t at, due; Str channel, body; } LedgerNew;
Err ledger_append(Cx *, Request *r, Loop *l, const LedgerNew *) CHECKED;

/* The same in two steps, for who plays many requests and writes them together: the act as it will lie there, nothing
   written; then all of them, in a transaction, after their requests. */
Err ledger_next(Cx *, Request *r, Loop *l, const LedgerNew *, Act *ret) CHECKED;
Err ledger_fill(Cx *, const Act *, size_t n) CHECKED;

/* The whole chain: every hash again, every state by replay, every head and count, and what the request and its promise say
   of hours and outcome. told: once for each difference. */
typedef void LedgerTold(void *arg, Str what);
Err ledger_verify(Cx *, LedgerTold *told, void *arg, int64_t *ret_checked) CHECKED;
#endif
