/* desk/promise.h: the promise in force and those before it; each keeps its own hour. */
#ifndef DESK_PROMISE_H
#define DESK_PROMISE_H
#include "desk/request.h"

/* state: offered, in force, replaced, kept, broken, renegotiated, withdrawn, refused, silent. conditions: JSON list of texts. */
typedef struct {
  int64_t id, request_id, version, promiser_id, due_at, offered_at, from_at, until_at;
  Str state, zone, conditions, words, promiser;
} Promise;
Err promise_list(Cx *, int64_t request_id, Rows *ret) CHECKED;           /* rows of Promise, newest first */
Err promise_in_force(Cx *, const Request *, Promise *ret) CHECKED;       /* E_ABSENT if none */
Err promise_offered(Cx *, int64_t request_id, Promise *ret) CHECKED;     /* the counter-offer not answered yet; E_ABSENT */
Err promise_conditions(Cx *, const Promise *, Str **ret, size_t *ret_n) CHECKED;

/* For act.c. */
typedef struct { int64_t due, at; Str words; const Str *conditions; size_t n; int64_t promiser; bool offered; } PromiseNew;
Err promise_new(Cx *, int64_t request_id, const PromiseNew *, int64_t *ret_id) CHECKED;
Err promise_state(Cx *, int64_t id, Str state, int64_t at) CHECKED;      /* 'in force' sets from_at, anything else until_at */
#endif
