/* desk/verify.c: see verify.h. */
#include "desk/verify.h"
#include <sodium.h>
#include "desk/follow.h"
#include "desk/inbox.h"
#include "desk/message.h"
#include "store/search.h"

typedef struct { Str hash; int64_t size; Bytes bytes; } Blob;

static Err blobs(Cx *cx, LedgerTold *told, void *arg, int64_t *ret_n) {
  static const Col cols[] = { COL(Blob, hash), COL(Blob, size), COL(Blob, bytes) };
  static const Shape shape = SHAPE(Blob, cols);
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *page = arena_new((size_t)1 << 30);
  Str after = S("");
  for (*ret_n = 0;; ++*ret_n) {
    Blob b;
    cx->arena = page;
    Err e = db_one(cx, &shape, &b, SQL("SELECT hash, size, bytes FROM blob WHERE hash > ?1 ORDER BY hash LIMIT 1"), V(after));
    cx->arena = outer;
    if (e == E_ABSENT) return E_OK;
    TRY(e);
    unsigned char h[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(h, (const unsigned char *)b.bytes.s.p, b.bytes.s.n);
    if (!str_eq(str_hex(page, h, sizeof h), b.hash) || b.size != (int64_t)b.bytes.s.n)
      told(arg, str_fmt(outer, "file " STR_FMT ": its bytes are not what they were", STR_ARG(b.hash)));
    after = str_dup(outer, b.hash);
    arena_reset(page);
  }
}

/* What files, raw mails and mails on their way point to is there. */
static Err missing(Cx *cx, LedgerTold *told, void *arg) {
  typedef struct { Str hash; } Pointer;
  static const Col cols[] = { COL(Pointer, hash) };
  static const Shape shape = SHAPE(Pointer, cols);
  Rows rows;
  TRY(db_rows(cx, &shape, &rows,
    SQL("SELECT DISTINCT p.hash FROM (SELECT hash FROM attachment UNION ALL SELECT hash FROM mail UNION ALL SELECT hash FROM outbox WHERE hash IS NOT NULL) p"
        " LEFT JOIN blob b ON b.hash = p.hash WHERE b.hash IS NULL ORDER BY p.hash LIMIT ?1"), V(1000)));
  for (size_t i = 0; i < rows.n; i++) told(arg, str_fmt(cx->arena, "file " STR_FMT ": is missing", STR_ARG(ROW(Pointer, rows, i)->hash)));
  return E_OK;
}

Err verify_all(Cx *cx, LedgerTold *told, void *arg, VerifyCounts *ret) {
  int64_t wrong;
  TRY(ledger_verify(cx, told, arg, &ret->acts));
  TRY(tally_verify(cx, &wrong));
  if (wrong) told(arg, str_fmt(cx->arena, "counters: %lld differ from the rows they count; `cornerdesk rebuild` makes them anew", (long long)wrong));
  TRY(follow_verify(cx, &wrong));
  if (wrong) told(arg, str_fmt(cx->arena, "figures: %lld requests are not counted as they stand; `cornerdesk rebuild` makes them anew", (long long)wrong));
  TRY(db_int_(cx, &ret->counters, SQL("SELECT count(*) FROM tally"), NULL, 0));
  TRY(missing(cx, told, arg));
  return blobs(cx, told, arg, &ret->blobs);
}

static Err index_some(Cx *cx, int64_t *after, size_t *ret_n) {
  typedef struct { int64_t id, request_id, author_id; Str text; } Words;
  static const Col cols[] = { COL(Words, id), COL(Words, request_id), COL(Words, author_id), COL(Words, text) };
  static const Shape shape = SHAPE(Words, cols);
  Rows rows;
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT m.id, m.request_id, m.author_id, b.text FROM message m JOIN message_body b ON b.message_id = m.id"
                                     " WHERE m.id > ?1 ORDER BY m.id LIMIT 500"), V(*after)));
  for (size_t i = 0; i < rows.n; i++) {
    const Words *w = ROW(Words, rows, i);
    TRY(message_index(cx, w->id, w->request_id, w->author_id, w->text));
    *after = w->id;
  }
  *ret_n = rows.n;
  return tx_commit(&tx);
}

static Err counters(Cx *cx) {
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(tally_rebuild(cx));
  TRY(search_clear(cx));
  return tx_commit(&tx);
}

Err rebuild_all(Cx *cx) {
  TRY(counters(cx));
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *page = arena_new((size_t)1 << 30);
  int64_t after = 0;
  for (size_t n = 1; n; arena_reset(page)) {
    cx->arena = page;
    Err e = index_some(cx, &after, &n);
    cx->arena = outer;
    if (e) cx->why = str_dup(outer, cx->why);
    TRY(e);
  }
  return follow_rebuild(cx);
}
