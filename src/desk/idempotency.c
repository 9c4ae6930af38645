/* desk/idempotency.c: see idempotency.h. */
#include "desk/idempotency.h"
#include <sodium.h>

Str idempotency_hash(Arena *a, Str body) {
  unsigned char h[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(h, (const unsigned char *)body.p, body.n);
  return str_hex(a, h, sizeof h);
}

Err idempotency_find(Cx *cx, Str key, Answered *ret) {
  static const Col cols[] = { COL(Answered, status), COL(Answered, call), COL(Answered, body_hash), COL(Answered, answer) };
  static const Shape shape = SHAPE(Answered, cols);
  return db_one(cx, &shape, ret, SQL("SELECT status, call, body_hash, answer FROM idempotency WHERE party_id = ?1 AND key = ?2 AND at > ?3"),
                V(cx->actor.party), V(key), V(cx->now - DAY));
}

Err idempotency_keep(Cx *cx, Str key, const Answered *a) {
  TRY(db_run(cx, SQL("DELETE FROM idempotency WHERE party_id = ?1 AND at <= ?2"), V(cx->actor.party), V(cx->now - DAY)));
  return db_run(cx, SQL("INSERT INTO idempotency(party_id, key, call, body_hash, status, answer, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
                V(cx->actor.party), V(key), V(a->call), V(a->body_hash), V(a->status), V(a->answer), V(cx->now));
}
