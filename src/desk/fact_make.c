/* desk/fact_make.c: reading facts from the loop. Each table is read once for a whole range of requests, and laid side by side. */
#include "desk/fact.h"
#include "desk/message.h"
#include "desk/request_clocks.h"
#include "desk/service.h"
#include "desk/serving.h"
#include "desk/touch.h"
#include "desk/verdict.h"
#include "measure/moment.h"

typedef struct { int64_t after_id, created_at; } Again;
typedef struct { int64_t request_id, minutes; } Worked;
typedef struct { int64_t id, hear_within; const Calendar *hours; } Offer;        /* a service, and its opening hours */

/* What was read of a range; each list by request, then in order. */
typedef struct {
  Rows requests, acts, messages, touches, verdicts, agains, worked;
  size_t act, message, touch, verdict, again, work;            /* how far each has been used */
  Offer *offers;
  size_t offer_n;
} Range;

/* ── reading ─────────────────────────────────────────────────────────── */

static Err requests(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = {
    COL(Request, id), COL(Request, version), COL(Request, team_id), COL(Request, organisation_id), COL(Request, service_id), COL(Request, asker_id),
    COL(Request, owner_id), COL(Request, kind), COL(Request, channel), COL(Request, outcome), COL(Request, state), COL(Request, since_at),
    COL(Request, created_at), COL(Request, ended_at), COL(Request, due_at), COL(Request, rework), COL(Request, person_asked),
    COL(Request, messages), COL(Request, acts),
  };
  static const Shape shape = SHAPE(Request, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT r.id, r.version, r.team_id, r.organisation_id, r.service_id, r.asker_id, r.owner_id, r.kind, r.channel, r.outcome, r.state, r.since_at,"
        " r.created_at, r.ended_at, r.due_at, r.rework, r.person_asked, r.messages, r.acts FROM request r WHERE r.id BETWEEN ?1 AND ?2 ORDER BY r.id"), V(lo), V(hi));
}

static Err acts(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Act, request_id), COL(Act, seq), COL(Act, kind), COL(Act, side), COL(Act, by_kind), COL(Act, at), COL(Act, ball) };
  static const Shape shape = SHAPE(Act, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT request_id, seq, kind, side, by_kind, at, ball FROM act WHERE request_id BETWEEN ?1 AND ?2 ORDER BY request_id, seq"), V(lo), V(hi));
}

static Err messages(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Message, request_id), COL(Message, id), COL(Message, at), COL(Message, side), COL(Message, author_kind), COL(Message, channel) };
  static const Shape shape = SHAPE(Message, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT request_id, id, at, side, author_kind, channel FROM message WHERE request_id BETWEEN ?1 AND ?2 AND visibility = 'public' ORDER BY request_id, id"),
    V(lo), V(hi));
}

static Err touches(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Touch, request_id), COL(Touch, id), COL(Touch, at), COL(Touch, kind) };
  static const Shape shape = SHAPE(Touch, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT request_id, id, at, kind FROM touch WHERE request_id BETWEEN ?1 AND ?2 AND kind IN ('owner', 'team', 'overdue') ORDER BY request_id, id"), V(lo), V(hi));
}

static Err verdicts(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Verdict, request_id), COL(Verdict, id), COL(Verdict, answered_at), COL(Verdict, ease), COL(Verdict, lost_minutes),
                              COL(Verdict, satisfaction), COL(Verdict, repeated), COL(Verdict, honoured), COL(Verdict, sorted), COL(Verdict, against_bar),
                              COL(Verdict, moment_kind) };
  static const Shape shape = SHAPE(Verdict, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT request_id, id, answered_at, ease, lost_minutes, satisfaction, repeated, honoured, sorted, against_bar, moment_kind FROM verdict WHERE request_id BETWEEN ?1 AND ?2 ORDER BY request_id, id"),
    V(lo), V(hi));
}

static Err agains(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Again, after_id), COL(Again, created_at) };
  static const Shape shape = SHAPE(Again, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT after_id, MIN(created_at) AS created_at FROM request WHERE after_id BETWEEN ?1 AND ?2 GROUP BY after_id ORDER BY after_id"), V(lo), V(hi));
}

static Err worked(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  static const Col cols[] = { COL(Worked, request_id), COL(Worked, minutes) };
  static const Shape shape = SHAPE(Worked, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT request_id, CAST(SUM(minutes) AS BIGINT) AS minutes FROM work WHERE request_id BETWEEN ?1 AND ?2 GROUP BY request_id ORDER BY request_id"),
                 V(lo), V(hi));
}

static Err offers(Cx *cx, Range *g) {
  Rows rows;
  TRY(service_list(cx, &rows));
  g->offers = NEW_N(cx->arena, Offer, rows.n + 1);
  for (size_t i = 0; i < rows.n; i++) {
    const Service *s = ROW(Service, rows, i);
    Offer *o = &g->offers[g->offer_n++];
    *o = (Offer){ .id = s->id, .hear_within = s->hear_within };
    TRY(request_calendar(cx, &(Request){ .service_id = s->id }, &o->hours));
  }
  return E_OK;
}

static const Offer *offer_of(const Range *g, int64_t service) {
  static const Offer none = { 0 };
  for (size_t i = 0; i < g->offer_n; i++) if (g->offers[i].id == service) return &g->offers[i];
  return &none;
}

/* The part of a list that is of this request. */
#define TAKE(T, list, place, key, wanted) ({                                                        \
    while (place < (list).n && ROW(T, list, place)->key < (wanted)) place++;                        \
    size_t from_ = place;                                                                           \
    while (place < (list).n && ROW(T, list, place)->key == (wanted)) place++;                       \
    (Rows){ from_ < (list).n ? ROW(T, list, from_) : NULL, place - from_ }; })

/* ── what it comes to ────────────────────────────────────────────────── */

typedef struct { const Request *r; Rows acts, messages, touches, verdicts, agains, worked; const Offer *offer; } One;

static bool by_us(const Act *a) { return str_eq(a->side, S("provider")) && str_eq(a->by_kind, S("human")); }
static bool from_us(const Message *m) { return str_eq(m->side, S("provider")) && str_eq(m->author_kind, S("human")); }

/* The first word of a person of ours to them, from that instant on; 0: none. What we do for them is told to them. */
static int64_t heard(const One *o, int64_t from) {
  int64_t first = 0;
  for (size_t i = 0; i < o->messages.n; i++) {
    const Message *m = ROW(Message, o->messages, i);
    if (from_us(m) && m->at >= from && (!first || m->at < first)) first = m->at;
  }
  for (size_t i = 0; i < o->acts.n; i++) {
    const Act *a = ROW(Act, o->acts, i);
    if (by_us(a) && a->at >= from && (!first || a->at < first)) first = a->at;
  }
  return first;
}

static void hearing(const Cx *cx, const One *o, Fact *f) {
  const Request *r = o->r;
  const Calendar *hours = o->offer->hours;
  f->heard_at = heard(o, 0);
  f->in_time = f->reach_us = -1;
  int64_t due = r->created_at + o->offer->hear_within * SECOND;
  bool due_known = o->offer->id && (!hours || calendar_due(hours, r->created_at, o->offer->hear_within * SECOND, &due));
  if (due_known && (f->heard_at || due < cx->now)) f->in_time = f->heard_at && f->heard_at <= due;
  int64_t reached = r->person_asked ? heard(o, r->person_asked) : 0;
  if (reached) f->reach_us = reached - r->person_asked;
  if (!f->heard_at) return;
  f->hear_us = f->heard_at - r->since_at;
  f->hear_work_us = hours ? calendar_work(hours, r->created_at, f->heard_at) : f->heard_at - r->created_at;
}

static void clocks(const Cx *cx, const One *o, Fact *f) {
  Turns turns;
  if (!o->r->ended_at) return;
  Clocks c = request_clocks(cx, o->r, o->offer->hours, &o->acts, &turns);
  f->customer_us = c.customer_clock;
  f->provider_us = c.provider;
  f->theirs_us = c.customer;
  f->supplier_us = c.supplier;
  f->closed_us = c.closed;
}

static bool theirs(const Message *m) { return str_eq(m->side, S("customer")); }

static void their_touches(const One *o, Fact *f) {
  Str before = o->r->channel;
  for (size_t i = 0; i < o->messages.n; i++) {
    const Message *m = ROW(Message, o->messages, i);
    if (!theirs(m)) continue;
    f->touches++;
    f->switches += !str_eq(m->channel, before);
    before = m->channel;
  }
  if (!f->touches) f->touches = 1;                       /* asked in the subject alone */
}

/* We say it is done when they have written no more than once. */
static bool solved_at_first(const One *o, const Act *report) {
  int64_t said = 0;
  for (size_t i = 0; i < o->messages.n; i++) said += theirs(ROW(Message, o->messages, i)) && ROW(Message, o->messages, i)->at <= report->at;
  return said <= 1;
}

static void effort(const One *o, Fact *f) {
  int64_t owners = 0, reports = 0;
  their_touches(o, f);
  for (size_t i = 0; i < o->touches.n; i++) {
    const Touch *t = ROW(Touch, o->touches, i);
    f->transfers += str_eq(t->kind, S("team")) || (str_eq(t->kind, S("owner")) && owners++ > 0);
  }
  f->reopens = o->r->rework;
  for (size_t i = 0; i < o->acts.n; i++) {
    const Act *a = ROW(Act, o->acts, i);
    f->asks += by_us(a) && str_eq(a->kind, S("ask"));
    if (by_us(a) && str_eq(a->kind, S("report")) && !reports++) f->agent_first = solved_at_first(o, a);
  }
  if (!o->agains.n || !o->r->ended_at) return;
  int64_t days = (ROW(Again, o->agains, 0)->created_at - o->r->ended_at) / DAY;
  f->again_after = days < 0 ? 0 : days;
}

static void judged(const One *o, Fact *f) {
  for (size_t i = 0; i < o->verdicts.n; i++) {
    const Verdict *v = ROW(Verdict, o->verdicts, i);
    f->cards++;
    if (!v->answered_at) continue;
    f->answered++;
    f->verdict_at = v->answered_at;
    if (f->answered == 1) f->sorted = v->sorted;       /* what they said when first asked: later ones only tell when it was */
    f->against_bar = v->against_bar;
    f->ease = v->ease;
    f->lost_minutes = v->lost_minutes;
    f->satisfaction = v->satisfaction;
    f->honoured = v->honoured;
    f->moment_kind = v->moment_kind;
    if (v->repeated > 0) f->repeats += v->repeated;
  }
  if (f->cards && !f->answered && str_eq(o->r->state, S("LAPSED"))) f->verdict_at = o->r->ended_at;
}

/* ── bad moments ─────────────────────────────────────────────────────── */

static int64_t broken_at(const One *o) {
  for (size_t i = 0; i < o->touches.n; i++)
    if (str_eq(ROW(Touch, o->touches, i)->kind, S("overdue"))) return ROW(Touch, o->touches, i)->at;
  return str_eq(o->r->outcome, S("broken")) ? o->r->ended_at : 0;
}

static int64_t not_yet_at(const One *o, int64_t which) {
  for (size_t i = 0; i < o->acts.n; i++)
    if (str_eq(ROW(Act, o->acts, i)->kind, S("not-yet")) && !--which) return ROW(Act, o->acts, i)->at;
  return 0;
}

static void earlier(Fact *f, int64_t at) { if (at && (!f->bad_at || at < f->bad_at)) f->bad_at = at; }

/* All verdicts count, not only the last: what was bad stays so. */
static void moments(const One *o, Fact *f) {
  int64_t broken = broken_at(o);
  Moment m = { .promise_broken = broken != 0, .not_yet = o->r->rework };
  f->bad = moment_bad(&m);
  earlier(f, broken);
  if (f->bad & BAD_NOT_YET) earlier(f, not_yet_at(o, 2));
  for (size_t i = 0; i < o->verdicts.n; i++) {
    const Verdict *v = ROW(Verdict, o->verdicts, i);
    unsigned bad = v->answered_at ? moment_bad(&(Moment){ .satisfaction = v->satisfaction, .ease = v->ease, .repeated = v->repeated }) : 0;
    f->bad |= bad;
    if (bad) earlier(f, v->answered_at);
  }
}

static Fact one(const Cx *cx, const One *o) {
  const Request *r = o->r;
  Fact f = {
    .request_id = r->id, .version = r->version, .team_id = r->team_id, .organisation_id = r->organisation_id, .service_id = r->service_id, .asker_id = r->asker_id,
    .owner_id = r->owner_id, .kind = r->kind, .channel = r->channel, .outcome = r->outcome, .since_at = r->since_at, .ended_at = r->ended_at,
    .again_after = -1, .lost_minutes = -1, .honoured = -1, .messages = r->messages, .acts = r->acts,
    .written = o->worked.n ? ROW(Worked, o->worked, 0)->minutes : -1,
  };
  int year, month, day;
  clock_civil(r->created_at / DAY, &year, &month, &day);
  f.month = SERVING_MONTH(year, month);
  hearing(cx, o, &f);
  clocks(cx, o, &f);
  effort(o, &f);
  judged(o, &f);
  moments(o, &f);
  return f;
}

Err fact_make(Cx *cx, int64_t lo, int64_t hi, Rows *ret) {
  Range g = { 0 };
  TRY(requests(cx, lo, hi, &g.requests));
  *ret = (Rows){ .at = NEW_N(cx->arena, Fact, g.requests.n + 1) };
  if (!g.requests.n) return E_OK;
  TRY(acts(cx, lo, hi, &g.acts));
  TRY(messages(cx, lo, hi, &g.messages));
  TRY(touches(cx, lo, hi, &g.touches));
  TRY(verdicts(cx, lo, hi, &g.verdicts));
  TRY(agains(cx, lo, hi, &g.agains));
  TRY(worked(cx, lo, hi, &g.worked));
  TRY(offers(cx, &g));
  for (size_t i = 0; i < g.requests.n; i++) {
    const Request *r = ROW(Request, g.requests, i);
    One o = { .r = r, .offer = offer_of(&g, r->service_id) };
    o.acts = TAKE(Act, g.acts, g.act, request_id, r->id);
    o.messages = TAKE(Message, g.messages, g.message, request_id, r->id);
    o.touches = TAKE(Touch, g.touches, g.touch, request_id, r->id);
    o.verdicts = TAKE(Verdict, g.verdicts, g.verdict, request_id, r->id);
    o.agains = TAKE(Again, g.agains, g.again, after_id, r->id);
    o.worked = TAKE(Worked, g.worked, g.work, request_id, r->id);
    ((Fact *)ret->at)[ret->n++] = one(cx, &o);
  }
  return E_OK;
}
