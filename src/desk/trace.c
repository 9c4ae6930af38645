/* desk/trace.c: see trace.h. Three queries over the same people, then one pass. */
#include "desk/trace.h"
#include <math.h>
#include <stdlib.h>
#include "desk/sight.h"
#include "measure/effort.h"

/* ── what a verdict says ─────────────────────────────────────────────── */

double trace_rating(const TraceVerdict *v) {
  if (v->satisfaction) return (double)(v->satisfaction - 1) * 25;
  double sum = 0;
  int n = 0;
  if (v->ease) { sum += (double)(v->ease - 1) * 100 / 6; n++; }
  if (v->sorted.n) { sum += str_eq(v->sorted, S("yes")) ? 100 : str_eq(v->sorted, S("partly")) ? 50 : 0; n++; }
  return n ? sum / n : NAN;
}

bool trace_rated(const TraceVerdict *v) { return v->satisfaction || v->ease || v->sorted.n; }

bool trace_good(const TraceVerdict *v) {
  return str_eq(v->sorted, S("yes")) && !str_eq(v->against_bar, S("below")) && !moment_bad(&(Moment){ .satisfaction = v->satisfaction, .ease = v->ease });
}

Str trace_words(const TraceVerdict *v) { return v->words.n ? v->words : v->moment; }

int64_t trace_effort(const TraceRequest *r, const TraceVerdict *v, size_t n) {
  int64_t repeats = 0;
  for (size_t i = 0; i < n; i++) if (v[i].repeated > repeats) repeats = v[i].repeated;
  return effort_points(&(EffortSeen){ .touches = r->said ? r->said : 1, .transfers = r->transfers, .repeats = repeats, .switches = r->channels ? r->channels - 1 : 0,
                                      .reopens = r->rework, .asked = r->asks });
}

/* ── whose walks ─────────────────────────────────────────────────────── */

/* The services that touchpoints listen to; false: one listens to any. */
static bool services(const Rows *map, int64_t *ret, size_t *ret_n) {
  *ret_n = 0;
  for (size_t i = 0; i < map->n; i++) {
    const Touchpoint *t = ROW(Touchpoint, *map, i);
    bool known = false;
    if (!t->act.n) continue;
    if (!t->service_id) return false;
    for (size_t k = 0; k < *ret_n; k++) known |= ret[k] == t->service_id;
    if (known) continue;
    if (*ret_n == 20) return false;
    ret[(*ret_n)++] = t->service_id;
  }
  return *ret_n > 0;
}

/* WITH who: the people whose walks these are, who asked for something in the time looked at. A walk that began before may reach into it. */
Query trace_people(Cx *cx, const Journey *j, const Rows *map, const TraceFilter *f) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  int64_t of[20];
  size_t n;
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_val(&q, SQL("WITH who AS (SELECT DISTINCT r.asker_id AS person FROM request r WHERE r.created_at >= "), V(f->from));
  query_val(&q, SQL(" AND r.created_at < "), V(f->to + j->days * DAY));
  if (f->organisation) query_val(&q, SQL(" AND r.organisation_id = "), V(f->organisation));
  if (str_eq(j->whose, S("organisation"))) query_val(&q, SQL(" AND r.organisation_id = "), V(j->whose_id));
  if (str_eq(j->whose, S("service"))) query_val(&q, SQL(" AND r.service_id = "), V(j->whose_id));
  if (str_eq(j->whose, S("tag"))) {
    query_val(&q, SQL(" AND r.id IN (SELECT request_id FROM tag WHERE word = "), V(j->whose_word));
    query_add(&q, SQL(") AND " SIGHT_NOTES));
  }
  if (services(map, of, &n)) {
    query_add(&q, SQL(" AND r.service_id IN (0"));
    for (size_t i = 0; i < n; i++) query_val(&q, SQL(", "), V(of[i]));
    query_add(&q, SQL(")"));
  }
  query_add(&q, SQL(" AND " SIGHT ") "));
  return q;
}

/* Of which their requests r are looked at. */
static void period(Query *q, const Journey *j, const TraceFilter *f) {
  query_val(q, SQL(" AND r.created_at >= "), V(f->from - j->days * DAY));
  query_val(q, SQL(" AND r.created_at < "), V(f->to + j->days * DAY));
}

/* ── reading ─────────────────────────────────────────────────────────── */

#define FIRST(kinds) "(SELECT MIN(a.at) FROM act a WHERE a.request_id = r.id AND a.kind IN (" kinds "))"
#define THEIRS "FROM message m WHERE m.request_id = r.id AND m.side = 'customer' AND m.visibility = 'public' AND m.author_kind = 'human'"

static Err requests(Cx *cx, Query q, const Journey *j, const TraceFilter *f, Rows *ret) {
  static const Col cols[] = {
    COL(TraceRequest, id), COL(TraceRequest, asker_id), COL(TraceRequest, organisation_id), COL(TraceRequest, service_id), COL(TraceRequest, team_id), COL(TraceRequest, rework), COL(TraceRequest, since_at),
    COL(TraceRequest, created_at), COL(TraceRequest, ended_at), COL(TraceRequest, bar_by), COL(TraceRequest, due_at), COL(TraceRequest, promised_at), COL(TraceRequest, asked_at),
    COL(TraceRequest, reported_at), COL(TraceRequest, accepted_at), COL(TraceRequest, said), COL(TraceRequest, channels), COL(TraceRequest, transfers), COL(TraceRequest, asks),
    COL(TraceRequest, kind), COL(TraceRequest, subject), COL(TraceRequest, channel), COL(TraceRequest, state), COL(TraceRequest, outcome), COL(TraceRequest, service), COL(TraceRequest, asker),
  };
  static const Shape shape = SHAPE(TraceRequest, cols);
  query_add(&q, SQL("SELECT r.id, r.asker_id, r.organisation_id, r.service_id, r.team_id, r.rework, r.since_at, r.created_at, r.ended_at, r.bar_by,"
    " (SELECT p.due_at FROM promise p WHERE p.id = r.promise_id) AS due_at, " FIRST("'promise','accept-offer'") " AS promised_at,"
    " (SELECT MIN(a.at) FROM act a WHERE a.request_id = r.id AND a.kind = 'ask' AND a.side = 'provider') AS asked_at, " FIRST("'report'") " AS reported_at, "
    FIRST("'accept'") " AS accepted_at, (SELECT count(*) " THEIRS ") AS said, (SELECT count(DISTINCT m.channel) " THEIRS ") AS channels,"
    " (SELECT count(*) FROM touch t WHERE t.request_id = r.id AND t.kind = 'team') AS transfers,"
    " (SELECT count(*) FROM act a WHERE a.request_id = r.id AND a.kind = 'ask' AND a.side = 'provider') AS asks,"
    " r.kind, r.subject, r.channel, r.state, r.outcome, (SELECT name FROM service WHERE id = r.service_id) AS service, (SELECT name FROM party WHERE id = r.asker_id) AS asker"
    " FROM who JOIN request r ON r.asker_id = who.person WHERE " SIGHT));
  period(&q, j, f);
  query_val(&q, SQL(" ORDER BY r.created_at DESC, r.id DESC LIMIT "), V(TRACE_MOST + 1));
  return query_rows(cx, &q, &shape, ret);
}

static Err verdicts(Cx *cx, Query q, const Journey *j, const TraceFilter *f, Rows *ret) {
  static const Col cols[] = {
    COL(TraceVerdict, request_id), COL(TraceVerdict, asked_at), COL(TraceVerdict, at), COL(TraceVerdict, ease), COL(TraceVerdict, satisfaction), COL(TraceVerdict, repeated),
    COL(TraceVerdict, nameless), COL(TraceVerdict, sorted), COL(TraceVerdict, against_bar), COL(TraceVerdict, words), COL(TraceVerdict, moment),
  };
  static const Shape shape = SHAPE(TraceVerdict, cols);
  query_add(&q, SQL("SELECT v.request_id, v.asked_at, v.answered_at, v.ease, v.satisfaction, v.repeated, v.nameless, v.sorted, v.against_bar, v.words, v.moment"
    " FROM who JOIN verdict v ON v.asked_of = who.person JOIN request r ON r.id = v.request_id WHERE " SIGHT_NOTES));
  period(&q, j, f);
  query_add(&q, SQL(" ORDER BY v.request_id, v.id"));
  return query_rows(cx, &q, &shape, ret);
}

typedef struct { int64_t request_id; Str word; } Tagged;
static Err tags(Cx *cx, Query q, const Journey *j, const TraceFilter *f, Rows *ret) {
  static const Col cols[] = { COL(Tagged, request_id), COL(Tagged, word) };
  static const Shape shape = SHAPE(Tagged, cols);
  query_add(&q, SQL("SELECT t.request_id, t.word FROM who JOIN request r ON r.asker_id = who.person JOIN tag t ON t.request_id = r.id WHERE " SIGHT_NOTES));
  period(&q, j, f);
  query_add(&q, SQL(" ORDER BY t.request_id"));
  return query_rows(cx, &q, &shape, ret);
}

/* ── which touchpoint ────────────────────────────────────────────────── */

typedef struct { const Rows *map, *verdicts, *tags; int64_t now; } Read;

static size_t first_of(const Rows *rows, size_t size, int64_t request) {      /* rows begin with the request's number and are sorted by it */
  size_t lo = 0, hi = rows->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (*(const int64_t *)(const void *)((const char *)rows->at + mid * size) < request) lo = mid + 1; else hi = mid;
  }
  return lo;
}

static bool tagged(const Read *in, int64_t request, Str word) {
  for (size_t i = first_of(in->tags, sizeof(Tagged), request); i < in->tags->n && ROW(Tagged, *in->tags, i)->request_id == request; i++)
    if (str_eq(ROW(Tagged, *in->tags, i)->word, word)) return true;
  return false;
}

static bool fits(const Read *in, const Touchpoint *t, const TraceRequest *r) {
  return t->act.n && (!t->service_id || t->service_id == r->service_id) && (!t->request_kind.n || str_eq(t->request_kind, r->kind)) &&
         (!t->by_channel.n || str_eq(t->by_channel, r->channel)) && (!t->word.n || str_ifind(r->subject, t->word) != SIZE_MAX) && (!t->tag.n || tagged(in, r->id, t->tag));
}

static int64_t moment_of(const Touchpoint *t, const TraceRequest *r, const TraceVerdict *v, size_t n) {
  if (str_eq(t->act, S("request"))) return r->created_at;
  if (str_eq(t->act, S("promise"))) return r->promised_at;
  if (str_eq(t->act, S("ask"))) return r->asked_at;
  if (str_eq(t->act, S("report"))) return r->reported_at;
  if (str_eq(t->act, S("accept"))) return r->accepted_at;
  return n ? v[0].at : 0;
}

typedef struct { int64_t person, at; int place; } Pending;
typedef struct { Step *at; size_t n, cap; VEC(Pending) pending; } Steps;

static void step(Arena *a, Steps *to, const TraceRequest *r, int place, int64_t at, int64_t since, bool failed, const TraceVerdict *v, size_t n) {
  vec_add(a, to, (Step){ .at = at, .wait = since && at > since ? at - since : since ? 0 : -1, .place = place, .failed = failed, .r = r, .v = v, .v_n = n });
}

/* The steps of one request. The first touchpoint of the map that listens to an act takes it; what is told of the request as a whole is told at the last. */
static void steps_of(Cx *cx, const Read *in, const TraceRequest *r, Steps *to) {
  size_t v0 = first_of(in->verdicts, sizeof(TraceVerdict), r->id), n = 0, begin = to->n;
  const TraceVerdict *v = in->verdicts->n ? ROW(TraceVerdict, *in->verdicts, v0) : NULL;
  while (v0 + n < in->verdicts->n && v[n].request_id == r->id && v[n].at) n++;
  bool no = n && str_eq(v[n - 1].sorted, S("no")), gone = str_eq(r->state, S("DECLINED")) || str_eq(r->state, S("WITHDRAWN")), any = false;
  for (size_t i = 0; i < in->map->n; i++) {
    const Touchpoint *t = ROW(Touchpoint, *in->map, i);
    bool taken = false;
    if (!fits(in, t, r)) continue;
    for (size_t k = begin; k < to->n; k++) taken |= str_eq(ROW(Touchpoint, *in->map, to->at[k].place)->act, t->act);
    if (taken) continue;
    any = true;
    int64_t at = moment_of(t, r, v, n);
    bool asks = str_eq(t->act, S("request"));
    if (at) step(cx->arena, to, r, (int)i, at, asks ? 0 : r->since_at, no || gone, v, n);
    else if (gone) step(cx->arena, to, r, (int)i, r->ended_at, r->since_at, true, v, n);
    else if (!r->ended_at) vec_add(cx->arena, &to->pending, (Pending){ r->asker_id, r->created_at, (int)i });
  }
  if (!any) step(cx->arena, to, r, -1, r->created_at, 0, false, v, n);
  size_t last = begin;
  for (size_t k = begin; k < to->n; k++) if (to->at[k].at >= to->at[last].at) last = k;
  if (last == to->n) return;
  to->at[last].carries = true;
  to->at[last].silent = !n && v0 < in->verdicts->n && v->request_id == r->id && !gone && r->ended_at;
}

/* ── walks ───────────────────────────────────────────────────────────── */

static int by_time(const void *a, const void *b) {
  const Step *x = a, *y = b;
  if (x->r->asker_id != y->r->asker_id) return x->r->asker_id < y->r->asker_id ? -1 : 1;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  if (x->r->id != y->r->id) return x->r->id < y->r->id ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

static const bool *pending(Cx *cx, const Walk *w, int64_t end, const Steps *all, size_t map_n) {
  bool *at = NEW_N(cx->arena, bool, map_n + 1);
  for (size_t i = 0; i < all->pending.n; i++) {
    const Pending *p = &all->pending.at[i];
    if (p->person == w->person && p->at < end) at[p->place] = true;
  }
  for (size_t i = 0; i < w->n; i++) if (w->steps[i].place >= 0) at[w->steps[i].place] = false;
  return at;
}

static void fit(Cx *cx, Walk *w, size_t map_n) {
  int64_t *planned = NEW_N(cx->arena, int64_t, map_n + 1);
  JourneyStep *steps = NEW_N(cx->arena, JourneyStep, w->n + 1);
  int far = -1;
  for (size_t i = 0; i < w->n; i++) {
    steps[i] = (JourneyStep){ .touchpoint = w->steps[i].place + 1, .failed = w->steps[i].failed };
    if (w->steps[i].place > far) far = w->steps[i].place;
  }
  if (map_n && far + 1 == (int)map_n) w->over = true;          /* they came to the end */
  w->reached = w->over ? map_n : (size_t)(far + 1);
  size_t n = 0;
  for (size_t i = 0; i < w->reached; i++) if (!w->pending[i]) planned[n++] = (int64_t)i + 1;
  w->fit = journey_fit(cx->arena, planned, n, steps, w->n);
  for (size_t i = 0; i < w->n; i++) w->steps[i].kind = steps[i].kind;
}

/* Where one's own asking is the visit, the wait before it is the time since the visit before. */
static void waits(Walk *w) {
  int64_t before = 0;
  for (size_t i = 0; i < w->n; i++) {
    Step *s = &w->steps[i];
    if (s->place < 0) continue;
    if (s->wait < 0 && before) s->wait = s->at - before;
    before = s->at;
  }
}

static int newest(const void *a, const void *b) {
  const Walk *x = a, *y = b;
  return x->from != y->from ? (x->from > y->from ? -1 : 1) : x->id > y->id ? -1 : x->id < y->id;
}

static void walks(Cx *cx, const Journey *j, const TraceFilter *f, Steps *all, Walks *ret) {
  VEC(Walk) out = { 0 };
  for (size_t i = 0; i < all->n; ) {
    const Step *s = &all->at[i];
    if (s->place < 0) { i++; continue; }                       /* nothing begins with what is not on the map */
    size_t end = i + 1;
    while (end < all->n && all->at[end].r->asker_id == s->r->asker_id && all->at[end].at < s->at + j->days * DAY) end++;
    Walk w = { .id = s->r->id, .person = s->r->asker_id, .organisation = s->r->organisation_id, .from = s->at, .over = s->at + j->days * DAY <= cx->now,
               .steps = &all->at[i], .n = end - i };
    if (w.from >= f->from && w.from < f->to) {
      waits(&w);
      w.pending = pending(cx, &w, s->at + j->days * DAY, all, ret->map_n);
      fit(cx, &w, ret->map_n);
      vec_add(cx->arena, &out, w);
    }
    i = end;
  }
  if (out.n) qsort(out.at, out.n, sizeof *out.at, newest);
  ret->at = out.at;
  ret->n = out.n;
}

Err trace_walks(Cx *cx, const Journey *j, const Rows *map, const TraceFilter *f, Walks *ret) {
  Rows asked, said, words;
  Steps all = { 0 };
  *ret = (Walks){ .map = map->at, .map_n = map->n };
  TRY(requests(cx, trace_people(cx, j, map, f), j, f, &asked));
  TRY(verdicts(cx, trace_people(cx, j, map, f), j, f, &said));
  TRY(tags(cx, trace_people(cx, j, map, f), j, f, &words));
  ret->cut = asked.n > TRACE_MOST;
  Read in = { .map = map, .verdicts = &said, .tags = &words, .now = cx->now };
  for (size_t i = 0; i < asked.n && i < TRACE_MOST; i++) steps_of(cx, &in, ROW(TraceRequest, asked, i), &all);
  if (all.n) qsort(all.at, all.n, sizeof *all.at, by_time);
  walks(cx, j, f, &all, ret);
  return E_OK;
}
