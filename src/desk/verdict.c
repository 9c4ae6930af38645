/* desk/verdict.c: asking once, reminding twice, and what silence means: nothing good. */
#include "desk/verdict.h"
#include "desk/card.h"
#include "desk/memory.h"
#include "desk/outbox.h"
#include "desk/sight.h"
#include "desk/site.h"
#include "store/job.h"

static const Col verdict_cols[] = {
  COL(Verdict, id), COL(Verdict, request_id), COL(Verdict, report_seq), COL(Verdict, asked_of), COL(Verdict, asked_at), COL(Verdict, answered_at),
  COL(Verdict, ease), COL(Verdict, lost_minutes), COL(Verdict, nameless),
  COL(Verdict, satisfaction), COL(Verdict, repeated), COL(Verdict, honoured), COL(Verdict, more), COL(Verdict, sorted), COL(Verdict, against_bar), COL(Verdict, moment),
  COL(Verdict, moment_kind), COL(Verdict, words), COL(Verdict, channel),
};
static const Shape verdict_shape = SHAPE(Verdict, verdict_cols);
#define VERDICT_COLS "id, request_id, report_seq, asked_of, asked_at, answered_at, ease, lost_minutes, nameless, satisfaction, repeated, honoured, more," \
  " sorted, against_bar, moment, moment_kind, words, channel"

/* Who hears a verdict: who gave it, and who serves the request. Copies and readers do not. */
#define HEARS "EXISTS (SELECT 1 FROM request r WHERE r.id = v.request_id AND (" SIGHT_NOTES " OR (r.asker_id = ?1 AND " SIGHT ")))"

Err verdict_list(Cx *cx, int64_t request_id, Rows *ret) {
  return db_rows(cx, &verdict_shape, ret, SQL("SELECT " VERDICT_COLS " FROM verdict v WHERE v.request_id = ?3 AND " HEARS " ORDER BY id DESC"), SIGHT_VALS(cx), V(request_id));
}

Err verdict_waiting(Cx *cx, int64_t request_id, Verdict *ret) {
  return db_one(cx, &verdict_shape, ret,
    SQL("SELECT " VERDICT_COLS " FROM verdict WHERE request_id = ?1 AND answered_at = 0"
        " AND EXISTS (SELECT 1 FROM request r WHERE r.id = ?1 AND r.state IN ('REPORTED', 'LAPSED')) ORDER BY id DESC LIMIT 1"), V(request_id));
}

Err verdict_of(Cx *cx, int64_t party, size_t limit, Rows *ret) {
  return db_rows(cx, &verdict_shape, ret,
    SQL("SELECT " VERDICT_COLS " FROM verdict v WHERE v.asked_of = ?3 AND v.answered_at > 0 AND " HEARS " ORDER BY v.answered_at DESC LIMIT ?4"),
    SIGHT_VALS(cx), V(party), V(limit));
}

Err verdict_on(Cx *cx, const int64_t *requests, size_t n, Rows *ret) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_add(&q, SQL("SELECT " VERDICT_COLS " FROM verdict v WHERE v.answered_at > 0 AND " HEARS " AND v.request_id IN (0"));
  for (size_t i = 0; i < n; i++) query_val(&q, SQL(", "), V(requests[i]));
  query_add(&q, SQL(") ORDER BY v.answered_at DESC"));
  return query_rows(cx, &q, &verdict_shape, ret);
}

/* A reminder that comes when everything was said looks, and does nothing. */
static Err remind_put(Cx *cx, int64_t request, int64_t seq, int turn, int64_t at) {
  return job_put(cx, S("remind"), str_fmt(cx->arena, "remind:%lld:%lld:%lld", (long long)request, (long long)seq, (long long)at), at,
                 str_fmt(cx->arena, "%lld %lld %d", (long long)request, (long long)seq, turn));
}

/* Turns 1 and 2 remind, turn 3 ends it. */
static int64_t turn_at(const Cx *cx, int64_t asked_at, int64_t turn) {
  return asked_at + (turn > 2 ? cx->site->lapse_after : turn * cx->site->remind_after);
}

Err verdict_expect(Cx *cx, int64_t request, int64_t report_seq, int64_t asked_at) {
  int turn = 1;
  while (turn < 3 && turn_at(cx, asked_at, turn) <= cx->now) turn++;
  return remind_put(cx, request, report_seq, turn, turn_at(cx, asked_at, turn));
}

Err verdict_ask(Cx *cx, const Request *r, int64_t report_seq) {
  bool full;
  TRY(card_verdict_full(cx, r, &full));
  TRY(db_run(cx, SQL("INSERT INTO verdict(request_id, report_seq, asked_of, asked_at, more) VALUES (?1, ?2, ?3, ?4, ?5)"),
             V(r->id), V(report_seq), V(r->asker_id), V(cx->now), V(full)));
  return verdict_expect(cx, r->id, report_seq, cx->now);
}

Err verdict_answer(Cx *cx, const Request *r, const ActNew *in) {
  Str sorted = in->sorted.n ? in->sorted : in->act == LOOP_ACT_ACCEPT ? S("yes") : S("no");
  bool helped = false;
  if (in->honoured_said) TRY(memory_accommodated(cx, r->asker_id, &helped));
  return db_run(cx,
    SQL("UPDATE verdict SET answered_at = ?2, sorted = ?3, ease = ?4, against_bar = ?5, lost_minutes = ?6, moment = ?7, words = ?8, nameless = ?9,"
        " channel = ?10, satisfaction = ?11, repeated = ?12, moment_kind = ?13, honoured = ?14"
        " WHERE id = (SELECT MAX(id) FROM verdict WHERE request_id = ?1) AND answered_at = 0"),
    V(r->id), V(cx->now), V(sorted), V(in->ease), V(in->against_bar), V(in->lost_said ? in->lost_minutes : (int64_t)-1), V(str_utf8_head(in->moment, 4000)),
    V(str_utf8_head(act_said(in), 20000)), V(in->nameless), V(in->channel.n ? in->channel : S("page")), V(in->satisfaction),
    V(in->repeated_said ? in->repeated : (int64_t)-1), V(in->moment_kind), V(helped ? in->honoured : (int64_t)-1));
}

static Err lapse(Cx *cx, Request *r) {
  return act_do(cx, r, &(ActNew){ .act = LOOP_ACT_LAPSE });
}

/* next: when we come back; after the second time that is the end, and the letter names it. */
static Err remind(Cx *cx, const Request *r, int64_t turn, int64_t next) {
  bool wanted;
  int64_t out;
  TRY(consent_get(cx, r->asker_id, S("verdicts"), &wanted));
  if (!wanted) return E_OK;
  Str extra = turn < 2 ? str_fmt(cx->arena, "{\"turn\":%lld}", (long long)turn)
                       : str_fmt(cx->arena, "{\"turn\":%lld,\"ends\":%lld}", (long long)turn, (long long)next);
  return outbox_put(cx, &(OutboxNew){ .kind = S("reminder"), .request_id = r->id, .to_id = r->asker_id, .subject = r->subject, .auto_ = true,
                                      .extra = extra }, &out);
}

Err verdict_remind(Cx *cx, Str body) {
  Str a, b, c, rest;
  int64_t id, seq, turn;
  str_cut(body, ' ', &a, &rest);
  str_cut(rest, ' ', &b, &c);
  if (!str_int(a, &id) || !str_int(b, &seq) || !str_int(c, &turn)) return E_OK;
  Request r;
  Err e = request_get(cx, id, &r);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  Verdict v;
  e = verdict_waiting(cx, id, &v);
  if (e == E_ABSENT || !str_eq(r.state, S("REPORTED")) || v.report_seq != seq) return E_OK;
  TRY(e);
  if (str_eq(r.ball, S("provider")))                     /* they asked something back: our move, no reminder */
    return remind_put(cx, id, seq, (int)turn, cx->now + cx->site->remind_after);
  if (turn > 2) return lapse(cx, &r);
  int64_t next = turn_at(cx, v.asked_at, turn + 1);
  if (next <= cx->now) next = cx->now + DAY;
  TRY(remind(cx, &r, turn, next));
  return remind_put(cx, id, seq, (int)turn + 1, next);
}
