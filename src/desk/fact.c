/* desk/fact.c: facts as rows. How they are read from the loop is fact_make.c. */
#include "desk/fact.h"
#include "desk/measures.h"
#include "desk/series.h"
#include "desk/serving.h"
#include "store/fill.h"

static const Col cols[] = {
  COL(Fact, request_id), COL(Fact, version), COL(Fact, team_id), COL(Fact, organisation_id), COL(Fact, service_id), COL(Fact, asker_id), COL(Fact, owner_id),
  COL(Fact, kind), COL(Fact, channel), COL(Fact, outcome), COL(Fact, since_at), COL(Fact, heard_at), COL(Fact, verdict_at), COL(Fact, ended_at),
  COL(Fact, hear_us), COL(Fact, hear_work_us), COL(Fact, in_time), COL(Fact, customer_us), COL(Fact, provider_us), COL(Fact, theirs_us),
  COL(Fact, supplier_us), COL(Fact, closed_us), COL(Fact, reach_us), COL(Fact, touches), COL(Fact, transfers), COL(Fact, repeats), COL(Fact, switches),
  COL(Fact, reopens), COL(Fact, asks), COL(Fact, again_after), COL(Fact, agent_first), COL(Fact, cards), COL(Fact, answered), COL(Fact, sorted),
  COL(Fact, against_bar), COL(Fact, moment_kind), COL(Fact, satisfaction), COL(Fact, ease), COL(Fact, lost_minutes), COL(Fact, honoured),
  COL(Fact, bad), COL(Fact, bad_at), COL(Fact, month), COL(Fact, messages), COL(Fact, acts), COL(Fact, written),
};
const Shape fact_shape = SHAPE(Fact, cols);

EffortSeen fact_effort(const Fact *f) {
  return (EffortSeen){ .touches = f->touches, .transfers = f->transfers, .repeats = f->repeats, .switches = f->switches, .reopens = f->reopens, .asked = f->asks };
}

Need fact_need(const Fact *f) {
  return (Need){ .judged = f->sorted.n > 0, .sorted = str_eq(f->sorted, S("yes")), .agent_says_first = f->agent_first != 0, .touches = f->touches,
                 .again_after = f->again_after };
}

Err fact_of(Cx *cx, int64_t request, Fact *ret) {
  return db_one(cx, &fact_shape, ret, SQL("SELECT " FACT_COLS " FROM fact f WHERE f.request_id = ?1"), V(request));
}

/* ── writing ─────────────────────────────────────────────────────────── */

Err fact_fill(Cx *cx, const Rows *rows) {
  Fill w = fill_new(cx, SQL("fact"), SQL("request_id, version, team_id, organisation_id, service_id, asker_id, owner_id, kind, channel, outcome, since_at, heard_at,"
    " verdict_at, ended_at, hear_us, hear_work_us, in_time, customer_us, provider_us, theirs_us, supplier_us, closed_us, reach_us, touches, transfers, repeats,"
    " switches, reopens, asks, again_after, agent_first, cards, answered, sorted, against_bar, moment_kind, satisfaction, ease, lost_minutes, honoured, bad, bad_at,"
    " month, messages, acts, written"));
  for (size_t i = 0; i < rows->n; i++) {
    const Fact *f = ROW(Fact, *rows, i);
    fill_row(&w, V(f->request_id), V(f->version), V(f->team_id), V(f->organisation_id), V(f->service_id), V(f->asker_id), V(f->owner_id), V(f->kind),
             V(f->channel), V(f->outcome), V(f->since_at), V(f->heard_at), V(f->verdict_at), V(f->ended_at), V(f->hear_us), V(f->hear_work_us), V(f->in_time),
             V(f->customer_us), V(f->provider_us), V(f->theirs_us), V(f->supplier_us), V(f->closed_us), V(f->reach_us), V(f->touches), V(f->transfers),
             V(f->repeats), V(f->switches), V(f->reopens), V(f->asks), V(f->again_after), V(f->agent_first), V(f->cards), V(f->answered), V(f->sorted),
             V(f->against_bar), V(f->moment_kind), V(f->satisfaction), V(f->ease), V(f->lost_minutes), V(f->honoured), V(f->bad), V(f->bad_at),
             V(f->month), V(f->messages), V(f->acts), V(f->written));
  }
  return fill_write(cx, &w);
}

/* As it is now, and nobody changes it meanwhile: minutes may be written down between reading and writing (desk/serving.h). */
static Err held(Cx *cx, int64_t request, Fact *ret) {
  int64_t id;
  Err e = db_kind(cx->db) == STORE_SQLITE ? E_OK : db_int(cx, &id, SQL("SELECT request_id FROM fact WHERE request_id = ?1 FOR UPDATE"), V(request));
  return e ? e : fact_of(cx, request, ret);
}

Err fact_put(Cx *cx, const Rows *rows) {
  SeriesMoves moves = { 0 };
  TRY(series_hold(cx));
  for (size_t i = 0; i < rows->n; i++) {
    Fact was, *f = ROW(Fact, *rows, i);
    Err e = held(cx, f->request_id, &was);
    if (e && e != E_ABSENT) return e;
    if (e) TRY(serving_written(cx, f->request_id, &f->written));
    else f->written = was.written;
    if (!e) TRY(db_run(cx, SQL("DELETE FROM fact WHERE request_id = ?1"), V(f->request_id)));
    series_move(cx, &moves, e ? NULL : &was, f);
    TRY(serving_move(cx, e ? NULL : &was, f));
    TRY(series_served(cx, f));
  }
  TRY(series_write(cx, &moves));
  return fact_fill(cx, rows);
}
