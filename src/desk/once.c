/* desk/once.c: a row a key. */
#include "desk/once.h"
#include <sodium.h>

typedef struct { int64_t status, at; Str call, body_hash, answer, location, etag; } Row;
static const Col cols[] = { COL(Row, status), COL(Row, at), COL(Row, call), COL(Row, body_hash), COL(Row, answer), COL(Row, location), COL(Row, etag) };
static const Shape shape = SHAPE(Row, cols);

static Str hash_of(Arena *a, Str body) {
  unsigned char h[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(h, (const unsigned char *)body.p, body.n);
  return str_hex(a, h, sizeof h);
}

Err once_find(Cx *cx, int64_t party, Str key, Str call, Str body, bool *found, Once *ret) {
  *found = false;
  if (key.n > ONCE_KEY_MOST) return fail(cx, E_INVALID, "An Idempotency-Key has at most %d bytes.", ONCE_KEY_MOST);
  Row r;
  Err e = db_one(cx, &shape, &r, SQL("SELECT status, at, call, body_hash, answer, location, etag FROM idempotency WHERE party_id = ?1 AND key = ?2"), V(party), V(key));
  if (e == E_ABSENT || (!e && r.at < cx->now - DAY)) return E_OK;
  TRY(e);
  if (!str_eq(r.call, call) || !str_eq(r.body_hash, hash_of(cx->arena, body)))
    return fail(cx, E_CONFLICT, N_("This Idempotency-Key was used for something else in the last 24 hours. Use a new one."));
  *found = true;
  *ret = (Once){ r.status, r.answer, r.location, r.etag };
  return E_OK;
}

Err once_keep(Cx *cx, int64_t party, Str key, Str call, Str body, const Once *o) {
  int64_t n;
  TRY(db_run_n(cx, &n, SQL("INSERT INTO idempotency (party_id, key, call, body_hash, status, answer, at, location, etag) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    " ON CONFLICT (party_id, key) DO UPDATE SET call = excluded.call, body_hash = excluded.body_hash, status = excluded.status,"
    " answer = excluded.answer, at = excluded.at, location = excluded.location, etag = excluded.etag WHERE idempotency.at < excluded.at - ?10"),
    V(party), V(key), V(call), V(hash_of(cx->arena, body)), V(o->status), V(o->answer), V(cx->now), V(o->location), V(o->etag), V(DAY)));
  return n ? E_OK : fail(cx, E_BUSY, "The same call is being answered at this moment. Please send it again.");
}
