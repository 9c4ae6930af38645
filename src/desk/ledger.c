/* desk/ledger.c: the chain. hash = SHA-256 over the hash before it and every other stored column, each led by its length,
   so that no two different acts have the same bytes. The id is not hashed, it follows from request and seq. */
#include "desk/ledger.h"
#include <sodium.h>
#include "store/fill.h"

static const Col act_cols[] = {
  COL(Act, id), COL(Act, request_id), COL(Act, seq), COL(Act, by_id), COL(Act, at), COL(Act, due_at), COL(Act, kind), COL(Act, side),
  COL(Act, by_kind), COL(Act, channel), COL(Act, state), COL(Act, ball), COL(Act, body), COL(Act, prev_hash), COL(Act, hash), COL(Act, by),
};
static const Shape act_shape = SHAPE(Act, act_cols);
#define ACT_COLS "a.id, a.request_id, a.seq, a.by_id, a.at, a.due_at, a.kind, a.side, a.by_kind, a.channel, a.state, a.ball, a.body," \
  " a.prev_hash, a.hash, (SELECT name FROM party WHERE id = a.by_id) AS by_name"

static void feed(crypto_hash_sha256_state *st, Str s) {
  unsigned char len[4] = { (unsigned char)(s.n >> 24), (unsigned char)(s.n >> 16), (unsigned char)(s.n >> 8), (unsigned char)s.n };
  crypto_hash_sha256_update(st, len, sizeof len);
  crypto_hash_sha256_update(st, (const unsigned char *)s.p, s.n);
}
static void feed_int(crypto_hash_sha256_state *st, int64_t v) {
  unsigned char b[8];
  for (int i = 0; i < 8; i++) b[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
  crypto_hash_sha256_update(st, b, sizeof b);
}

/* A million acts a request. */
static int64_t act_id(int64_t request, int64_t seq) { return request << 20 | seq; }

static Str act_hash(Arena *a, const Act *x) {
  crypto_hash_sha256_state st;
  unsigned char out[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_init(&st);
  feed(&st, x->prev_hash);
  const int64_t ints[] = { x->request_id, x->seq, x->by_id, x->at, x->due_at };
  for (size_t i = 0; i < COUNT(ints); i++) feed_int(&st, ints[i]);
  const Str strs[] = { x->kind, x->side, x->by_kind, x->channel, x->state, x->ball, x->body };
  for (size_t i = 0; i < COUNT(strs); i++) feed(&st, strs[i]);
  crypto_hash_sha256_final(&st, out);
  return str_hex(a, out, sizeof out);
}

Err ledger_list(Cx *cx, int64_t request_id, Rows *ret) {
  return db_rows(cx, &act_shape, ret, SQL("SELECT " ACT_COLS " FROM act a WHERE a.request_id = ?1 ORDER BY a.seq"), V(request_id));
}

static bool replay(const Act *x, Loop *l) {
  LoopWhy why;
  LoopStep step = { loop_act_of(x->kind), loop_side_of(x->side), x->at, x->due_at };
  return loop_step(l, &step, &why) && str_eq(x->state, loop_state_name(l->state)) && str_eq(x->ball, loop_side_name(l->ball));
}

Err ledger_replay(Cx *cx, const Rows *acts, Loop *ret) {
  *ret = (Loop){ 0 };
  for (size_t i = 0; i < acts->n; i++)
    if (!replay(ROW(Act, *acts, i), ret))
      return fail(cx, E_BROKEN, "the acts of R-%lld do not fit together at %zu", (long long)ROW(Act, *acts, i)->request_id, i + 1);
  return E_OK;
}

Err ledger_loop(Cx *cx, int64_t request_id, Loop *ret) {
  Rows acts;
  TRY(ledger_list(cx, request_id, &acts));
  return ledger_replay(cx, &acts, ret);
}

/* What can be done now, in words for the caller: "promise, counter, decline". */
static Str allowed_words(Cx *cx, const Loop *l, LoopSide side) {
  Buf b = { .arena = cx->arena };
  unsigned set = loop_allowed(l, side);
  for (LoopAct a = 1; a < LOOP_ACT_COUNT; a++) {
    if (!(set >> a & 1)) continue;
    if (b.n) buf_add(&b, S(", "));
    buf_add(&b, loop_act_name(a));
  }
  return b.n ? buf_str(&b) : S("nothing");
}

static Err refused(Cx *cx, const Loop *l, const LedgerNew *in, LoopWhy why) {
  Str act = loop_act_name(in->act), side = loop_side_name(in->side), can = allowed_words(cx, l, in->side), now = loop_state_name(l->state);
  switch (why) {
    case LOOP_WRONG_SIDE:
      return fail(cx, E_DENIED, "\"" STR_FMT "\" is not for the " STR_FMT " to say.", STR_ARG(act), STR_ARG(side));
    case LOOP_NO_HOUR: return fail_field(cx, "due", N_("Say by when."));
    case LOOP_BACK_IN_TIME: return fail(cx, E_BUSY, "The clock of this machine went back. Please try again in a moment.");
    default:
      return fail(cx, E_CONFLICT, "\"" STR_FMT "\" is not possible while the request is " STR_FMT ". Possible now: " STR_FMT ".",
                  STR_ARG(act), STR_ARG(now), STR_ARG(can));
  }
}

Err ledger_next(Cx *cx, Request *r, Loop *l, const LedgerNew *in, Act *ret) {
  LoopWhy why;
  LoopStep step = { in->act, in->side, in->at, in->due };
  if (!loop_step(l, &step, &why)) return refused(cx, l, in, why);
  Act x = {
    .request_id = r->id, .seq = r->acts + 1, .by_id = cx->actor.party, .at = in->at, .due_at = in->due, .kind = loop_act_name(in->act),
    .side = loop_side_name(in->side), .by_kind = cx->actor.system ? S("auto") : S("human"), .channel = in->channel.n ? in->channel : S("page"),
    .state = loop_state_name(l->state), .ball = loop_side_name(l->ball), .body = in->body.n ? in->body : S("{}"), .prev_hash = r->head,
  };
  x.id = act_id(x.request_id, x.seq);
  x.hash = act_hash(cx->arena, &x);
  r->acts = x.seq;
  r->head = x.hash;
  r->state = x.state;
  r->ball = x.ball;
  *ret = x;
  return E_OK;
}

#define ACT_WRITTEN "request_id, seq, kind, side, by_id, by_kind, channel, at, due_at, state, ball, body, prev_hash, hash, id"
#define ACT_VALS(x) \
  V((x)->request_id), V((x)->seq), V((x)->kind), V((x)->side), VID((x)->by_id), V((x)->by_kind), V((x)->channel), V((x)->at), V((x)->due_at), \
  V((x)->state), V((x)->ball), V((x)->body), V((x)->prev_hash), V((x)->hash), V((x)->id)

Err ledger_append(Cx *cx, Request *r, Loop *l, const LedgerNew *in) {
  Act x;
  TRY(ledger_next(cx, r, l, in, &x));
  return db_run(cx, SQL("INSERT INTO act(" ACT_WRITTEN ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"), ACT_VALS(&x));
}

Err ledger_fill(Cx *cx, const Act *acts, size_t n) {
  Fill f = fill_new(cx, SQL("act"), SQL(ACT_WRITTEN));
  for (size_t i = 0; i < n; i++) fill_row(&f, ACT_VALS(&acts[i]));
  return fill_write(cx, &f);
}

/* ── verify ──────────────────────────────────────────────────────────── */
typedef struct { int64_t id, acts, rework, due_at, reported_at, promise_due; Str head, state, ball, outcome, promise_state; } Head;
#define HEAD_COLS "r.id, r.acts, r.rework, r.due_at, r.reported_at, p.due_at AS promise_due, r.head, r.state, r.ball, r.outcome, p.state AS promise_state"

static void tell(Cx *cx, LedgerTold *told, void *arg, int64_t request, int64_t seq, const char *what) {
  told(arg, str_fmt(cx->arena, "R-%lld, act %lld: %s", (long long)request, (long long)seq, what));
}

/* The request's own row, which lists and measures go by. */
static bool row_fits(const Head *h, const Loop *l) {
  bool due = !l->version || l->state == LOOP_REVOKED || h->due_at == l->due;
  return due && str_eq(h->state, loop_state_name(l->state)) && str_eq(h->ball, loop_side_name(l->ball)) && h->rework == l->rework &&
         h->reported_at == l->reported && str_eq(h->outcome, loop_outcome_name(l->outcome));
}

/* The version in force, or that was in force when it ended. */
static bool promise_fits(const Head *h, const Loop *l) {
  if (!l->version) return !h->promise_state.n;
  Str want = !loop_ended(l->state) ? S("in force") : l->outcome ? loop_outcome_name(l->outcome) : S("withdrawn");
  return h->promise_due == l->due && str_eq(h->promise_state, want);
}

static void verify_one(Cx *cx, const Head *h, const Rows *acts, LedgerTold *told, void *arg) {
  Loop l = { 0 };
  Str before = S("");
  for (size_t i = 0; i < acts->n; i++) {
    const Act *x = ROW(Act, *acts, i);
    if (x->seq != (int64_t)i + 1) { tell(cx, told, arg, h->id, (int64_t)i + 1, "is missing"); return; }
    if (!str_eq(x->prev_hash, before)) tell(cx, told, arg, h->id, x->seq, "does not follow the one before it");
    if (x->id != act_id(h->id, x->seq)) tell(cx, told, arg, h->id, x->seq, "has another number than it was given");
    if (!str_eq(x->hash, act_hash(cx->arena, x))) tell(cx, told, arg, h->id, x->seq, "was changed after it was written");
    else if (!replay(x, &l)) { tell(cx, told, arg, h->id, x->seq, "does not lead to the state it says"); return; }
    before = x->hash;
  }
  if (h->acts != (int64_t)acts->n || !str_eq(h->head, before)) tell(cx, told, arg, h->id, h->acts, "is not the last one that was written");
  else if (!row_fits(h, &l)) tell(cx, told, arg, h->id, h->acts, "does not lead to what the request says of itself");
  else if (!promise_fits(h, &l)) tell(cx, told, arg, h->id, h->acts, "does not lead to what the promise says of itself");
}

Err ledger_verify(Cx *cx, LedgerTold *told, void *arg, int64_t *ret_checked) {
  static const Col cols[] = { COL(Head, id), COL(Head, acts), COL(Head, rework), COL(Head, due_at), COL(Head, reported_at), COL(Head, promise_due),
                              COL(Head, head), COL(Head, state), COL(Head, ball), COL(Head, outcome), COL(Head, promise_state) };
  static const Shape shape = SHAPE(Head, cols);
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *page = arena_new((size_t)256 << 20);
  int64_t after = 0;
  *ret_checked = 0;
  for (;;) {
    Rows heads;
    cx->arena = page;
    Err e = db_rows(cx, &shape, &heads, SQL("SELECT " HEAD_COLS " FROM request r LEFT JOIN promise p ON p.id = r.promise_id AND p.request_id = r.id"
                                          " WHERE r.id > ?1 ORDER BY r.id LIMIT 200"), V(after));
    for (size_t i = 0; !e && i < heads.n; i++) {
      const Head *h = ROW(Head, heads, i);
      Rows acts;
      e = ledger_list(cx, h->id, &acts);
      if (!e) verify_one(cx, h, &acts, told, arg);
      *ret_checked += e ? 0 : (int64_t)acts.n;
      after = h->id;
    }
    cx->arena = outer;
    if (e) cx->why = str_dup(outer, cx->why);
    TRY(e);
    if (heads.n == 0) return E_OK;
    arena_reset(page);
  }
}
