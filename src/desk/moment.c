/* desk/moment.c: lists of bad moments, who takes them, and their figures. How they are read from the loop: moment_make.c. */
#include "desk/moment.h"
#include "desk/moment_make.h"
#include "desk/outbox.h"
#include "desk/series.h"
#include "desk/sight.h"
#include "desk/touch.h"

Str moment_whys(Arena *a, int64_t why) {
  static const struct { int64_t bit; const char *word; } words[] = {
    { BAD_UNSATISFIED, "unsatisfied" }, { BAD_HARD, "hard" }, { BAD_BROKEN, "broken" }, { BAD_NOT_YET, "not-yet" }, { BAD_REPEATED, "repeated" },
  };
  Buf b = { .arena = a };
  for (size_t i = 0; i < COUNT(words); i++) if (why & words[i].bit) buf_fmt(&b, "%s%s", b.n ? " " : "", words[i].word);
  return buf_str(&b);
}

/* ── lists ───────────────────────────────────────────────────────────── */

enum { COUNT_MOST = 100 };

static const Col row_cols[] = {
  MOMENT_SHAPE_(MomentRow, m.), COL(MomentRow, snoozed_until), COL(MomentRow, owner_id), COL(MomentRow, said_end), COL(MomentRow, subject),
  COL(MomentRow, state), COL(MomentRow, asker), COL(MomentRow, person), COL(MomentRow, claimed), COL(MomentRow, spoken), COL(MomentRow, team),
  COL(MomentRow, organisation), COL(MomentRow, phone), COL(MomentRow, said), COL(MomentRow, said_lang),
};
static const Shape row_shape = SHAPE(MomentRow, row_cols);
#define NAME_OF(id) "(SELECT name FROM party WHERE id = " id ")"
#define LAST_WORDS "(SELECT MAX(x.id) FROM message x WHERE x.request_id = m.request_id AND x.side = 'customer' AND x.visibility = 'public' AND x.author_kind = 'human')"
#define ROW_COLS MOMENT_COLS \
  ", (SELECT until_at FROM snooze WHERE party_id = ?1 AND request_id = r.id AND until_at > ?3) AS snoozed_until, r.owner_id," \
  " (SELECT b.reply_end FROM message_body b WHERE b.message_id = " LAST_WORDS ") AS said_end, r.subject, r.state," \
  " " NAME_OF("m.asker_id") " AS asker, " NAME_OF("m.person_id") " AS person, " NAME_OF("m.claimed_id") " AS claimed, " NAME_OF("m.spoken_id") " AS spoken," \
  " " NAME_OF("m.team_id") " AS team, " NAME_OF("m.organisation_id") " AS organisation, (SELECT phone FROM party WHERE id = m.asker_id) AS phone," \
  " (SELECT substr(b.text, 1, 600) FROM message_body b WHERE b.message_id = " LAST_WORDS ") AS said," \
  " (SELECT x.lang FROM message x WHERE x.id = " LAST_WORDS ") AS said_lang"

/* ?1 and ?2 as sight.h, ?3 now. */
static Query begin(Cx *cx, Sql what) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_bind(&q, V(cx->now));
  query_add(&q, what);
  query_add(&q, SQL(" FROM moment m JOIN request r ON r.id = m.request_id WHERE ?3 > 0 AND " SIGHT_NOTES));
  return q;
}

static void narrow(const Cx *cx, Query *q, const MomentFilter *f) {
  int64_t oldest = cx->now - MOMENT_OPEN_DAYS * DAY;
  /* +: of those spoken with since then there is an index of its own. */
  query_val(q, f->spoken_from ? SQL(" AND +m.at >= ") : SQL(" AND m.at >= "), V(f->from > oldest ? f->from : oldest));
  if (f->to) query_val(q, SQL(" AND m.at < "), V(f->to));
  if (f->state == MOMENT_OPEN) query_add(q, SQL(" AND m.spoken_at = 0"));
  if (f->state == MOMENT_SPOKEN && f->spoken_from) query_val(q, SQL(" AND m.spoken_at >= "), V(f->spoken_from));
  if (f->state == MOMENT_SPOKEN) query_add(q, f->spoken_from ? SQL(" AND m.spoken_at > 0") : SQL(" AND +m.spoken_at > 0"));
  if (f->team) query_val(q, SQL(" AND m.team_id = "), V(f->team));
  if (f->mine)
    query_add(q, SQL(" AND (m.person_id = ?1 OR m.claimed_id = ?1 OR m.team_id IN (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind = 'leads')"
                     " OR (m.team_id NOT IN (SELECT id FROM party WHERE closed = 1) AND EXISTS (SELECT 1 FROM relationship e JOIN party o ON o.id = e.to_id"
                     " WHERE e.from_id = ?1 AND e.kind = 'leads' AND o.kind = 'organisation')))"));
}

/* What they said themselves, without the history it quotes. */
static void only_said(MomentRow *row) {
  if (row->said_end > 0) row->said = str_head(row->said, (size_t)row->said_end);
  row->said = str_trim(row->said);
}

static Err from_cursor(Cx *cx, Query *q, Str cursor) {
  Str at, rest, request, nr;
  int64_t n[3];
  if (!cursor.n) return E_OK;
  if (!str_cut(cursor, '-', &at, &rest) || !str_cut(rest, '-', &request, &nr) || !str_int(at, &n[0]) || !str_int(request, &n[1]) || !str_int(nr, &n[2]))
    return fail(cx, E_MALFORMED, "That cursor is not one of ours; begin again without it.");
  int first = query_bind(q, V(n[0])), second = query_bind(q, V(n[1])), third = query_bind(q, V(n[2]));
  query_use(q, SQL(" AND (m.at, m.request_id, m.nr) < ("), first);
  query_use(q, SQL(", "), second);
  query_use(q, SQL(", "), third);
  query_add(q, SQL(")"));
  return E_OK;
}

Err moment_list(Cx *cx, const MomentFilter *f, Rows *ret, Str *ret_next) {
  size_t limit = f->limit == 0 ? 50 : f->limit > 200 ? 200 : f->limit;
  Query q = begin(cx, SQL("SELECT " ROW_COLS));
  narrow(cx, &q, f);
  TRY(from_cursor(cx, &q, f->cursor));
  query_val(&q, f->spoken_from ? SQL(" ORDER BY +m.at DESC, m.request_id DESC, m.nr DESC LIMIT ") : SQL(" ORDER BY m.at DESC, m.request_id DESC, m.nr DESC LIMIT "), V(limit + 1));
  TRY(query_rows(cx, &q, &row_shape, ret));
  *ret_next = S("");
  if (ret->n > limit) {
    ret->n = limit;
    const BadMoment *m = &ROW(MomentRow, *ret, limit - 1)->m;
    *ret_next = str_fmt(cx->arena, "%lld-%lld-%lld", (long long)m->at, (long long)m->request_id, (long long)m->nr);
  }
  for (size_t i = 0; i < ret->n; i++) only_said(ROW(MomentRow, *ret, i));
  return E_OK;
}

Err moment_count(Cx *cx, const MomentFilter *f, int64_t *ret) {
  Query q = begin(cx, SQL("SELECT count(*) FROM (SELECT 1"));
  narrow(cx, &q, f);
  query_val(&q, SQL(" LIMIT "), V((int)COUNT_MOST));
  query_add(&q, SQL(") y"));
  return query_int(cx, &q, ret);
}

Err moment_last(Cx *cx, int64_t request, MomentRow *ret) {
  Rows rows;
  Query q = begin(cx, SQL("SELECT " ROW_COLS));
  narrow(cx, &q, &(MomentFilter){ 0 });
  query_val(&q, SQL(" AND m.request_id = "), V(request));
  query_add(&q, SQL(" ORDER BY m.nr DESC LIMIT 1"));
  TRY(query_rows(cx, &q, &row_shape, &rows));
  if (!rows.n) return fail(cx, E_ABSENT, N_("There was no bad moment here lately."));
  *ret = *ROW(MomentRow, rows, 0);
  only_said(ret);
  return E_OK;
}

Err moment_of_person(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &moment_shape, ret, SQL("SELECT " MOMENT_COLS " FROM moment m WHERE m.asker_id = ?1 ORDER BY m.at DESC, m.request_id, m.nr"), V(person));
}

/* ── who takes it ────────────────────────────────────────────────────── */

static Err open_one(Cx *cx, const Request *r, MomentRow *ret) {
  TRY(request_must_serve(cx, r));
  Err e = moment_last(cx, r->id, ret);
  if (e && e != E_ABSENT) return e;
  if (e) return fail(cx, E_CONFLICT, N_("There is no bad moment here that waits for somebody."));
  return ret->m.spoken_at ? fail(cx, E_CONFLICT, N_("Somebody has spoken with them already.")) : E_OK;
}

static Err note(Cx *cx, const Request *r, Str kind) {
  DEFER(tx_end) Tx tx = { 0 };
  bool changed;
  TRY(tx_begin(cx, &tx));
  TRY(touch_new(cx, r->id, kind, 0, S("")));
  TRY(moment_keep(cx, r->id, &changed));
  return tx_commit(&tx);
}

Err moment_claim(Cx *cx, const Request *r, bool claim) {
  MomentRow row;
  TRY(open_one(cx, r, &row));
  bool own = row.m.claimed_id == cx->actor.party;
  if (row.m.claimed_id && !own && claim) return fail(cx, E_CONFLICT, N_("Somebody else said so before you, and will speak with them."));
  if (row.m.claimed_id && !own) return fail(cx, E_CONFLICT, N_("Somebody else said that they will speak with them; only they can take it back."));
  return claim == own ? E_OK : note(cx, r, claim ? S("claim") : S("release"));
}

Err moment_spoke(Cx *cx, const Request *r) {
  MomentRow row;
  TRY(open_one(cx, r, &row));
  return note(cx, r, S("spoken"));
}

Err moment_remind(Cx *cx, Str body) {
  Str request, nr;
  int64_t id, n, out;
  BadMoment m;
  Request r;
  if (!str_cut(body, ' ', &request, &nr) || !str_int(request, &id) || !str_int(nr, &n)) return E_OK;
  Err e = db_one(cx, &moment_shape, &m, SQL("SELECT " MOMENT_COLS " FROM moment m WHERE m.request_id = ?1 AND m.nr = ?2"), V(id), V(n));
  if (!e) e = request_get(cx, id, &r);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  if (m.spoken_at || m.claimed_at || !m.person_id) return E_OK;
  return outbox_put(cx, &(OutboxNew){ .kind = S("notice"), .request_id = id, .to_id = m.person_id, .subject = r.subject, .auto_ = true,
                                      .extra = S("{\"notice\":\"moment\"}") }, &out);
}

/* ── figures ─────────────────────────────────────────────────────────── */

typedef struct { Spread spread; VEC(double) us; Tally met; int64_t all; } Gathered;

static Query seen_by(Cx *cx, int64_t wide) {
  Query q = query_new(cx);
  query_bind(&q, V(SIGHT_VIEWER(cx)));
  query_bind(&q, V(wide));
  return q;
}

/* Moments themselves, from the one instant until before the other. */
static Err gather(Cx *cx, const FigureScope *of, int64_t wide, int64_t from, int64_t to, Gathered *g) {
  static const Col cols[] = { COL(BadMoment, at), COL(BadMoment, spoken_at), COL(BadMoment, recovered) };
  static const Shape shape = SHAPE(BadMoment, cols);
  Rows rows;
  if (to <= from) return E_OK;
  Query q = seen_by(cx, wide);
  query_val(&q, SQL("SELECT m.at, m.spoken_at, m.recovered FROM moment m WHERE " SIGHT_TEAM("m.team_id") " AND m.at >= "), V(from));
  query_val(&q, SQL(" AND m.at < "), V(to));
  if (of->team) query_val(&q, SQL(" AND m.team_id = "), V(of->team));
  TRY(query_rows(cx, &q, &shape, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const BadMoment *m = ROW(BadMoment, rows, i);
    if (m->spoken_at) { spread_put(&g->spread, m->spoken_at - m->at, 1); vec_add(cx->arena, &g->us, (double)(m->spoken_at - m->at)); }
    if (m->recovered >= 0) g->met = (Tally){ g->met.k + (m->recovered > 0), g->met.n + 1 };
  }
  g->all += (int64_t)rows.n;
  return E_OK;
}

typedef struct { int64_t day, k, n, silent; Str spread; } DaySum;
static const Col sum_cols[] = { COL(DaySum, day), COL(DaySum, k), COL(DaySum, n), COL(DaySum, silent), COL(DaySum, spread) };
static const Shape sum_shape = SHAPE(DaySum, sum_cols);

static Err sums(Cx *cx, const FigureScope *of, int64_t wide, Str name, int64_t first, int64_t end, Rows *ret) {
  Query q = seen_by(cx, wide);
  query_val(&q, SQL("SELECT x.day, x.k, x.n, x.silent, x.spread FROM series x WHERE x.place = 'team' AND " SIGHT_TEAM("x.place_id") " AND x.measure = "), V(name));
  query_val(&q, SQL(" AND x.day >= "), V(first));
  query_val(&q, SQL(" AND x.day < "), V(end));
  if (of->team) query_val(&q, SQL(" AND x.place_id = "), V(of->team));
  query_add(&q, SQL(" AND x.day NOT IN (SELECT d.day FROM series_day d WHERE d.rolled = 0)"));
  return query_rows(cx, &q, &sum_shape, ret);
}

/* Days that are added up; the moments of those that are not, and of those at the edges, themselves. */
static Err gather_days(Cx *cx, const FigureScope *of, int64_t wide, Gathered *g) {
  int64_t first = (of->from + DAY - 1) / DAY, end = of->to / DAY;
  Rows rows, met, stale;
  if (end <= first) return gather(cx, of, wide, of->from, of->to, g);
  TRY(sums(cx, of, wide, S(SERIES_RECOVERY), first, end, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const DaySum *d = ROW(DaySum, rows, i);
    if (!spread_read(d->spread, &g->spread)) return fail(cx, E_BROKEN, "the moments of day %lld are not added up; `cornerdesk rebuild` makes them anew", (long long)d->day);
    g->all += d->n + d->silent;
  }
  TRY(sums(cx, of, wide, S(SERIES_RECOVERED), first, end, &met));
  for (size_t i = 0; i < met.n; i++) g->met = (Tally){ g->met.k + ROW(DaySum, met, i)->k, g->met.n + ROW(DaySum, met, i)->n };
  TRY(gather(cx, of, wide, of->from, first * DAY, g));
  TRY(gather(cx, of, wide, end * DAY, of->to, g));
  TRY(db_rows(cx, &sum_shape, &stale, SQL("SELECT day, 0 AS k, 0 AS n, 0 AS silent, '' AS spread FROM series_day WHERE rolled = 0 AND day >= ?1 AND day < ?2"), V(first), V(end)));
  for (size_t i = 0; i < stale.n; i++) TRY(gather(cx, of, wide, ROW(DaySum, stale, i)->day * DAY, (ROW(DaySum, stale, i)->day + 1) * DAY, g));
  return E_OK;
}

enum { FEW = 60 };                                       /* so many are read themselves: their median is exact */

Err moment_figures(Cx *cx, const FigureScope *of, MomentFigures *ret) {
  int64_t wide;
  TRY(sight_breadth(cx, &wide));
  if (cx->actor.only_request || (!wide && !cx->actor.serves && !cx->actor.leads)) return fail(cx, E_ABSENT, "There are no such figures that you may see.");
  Gathered *g = NEW(cx->arena, Gathered);
  TRY(gather_days(cx, of, wide, g));
  bool few = g->all <= FEW;
  if (few) {
    *g = (Gathered){ 0 };
    TRY(gather(cx, of, wide, of->from, of->to, g));
  }
  *ret = (MomentFigures){ few ? figure_time(cx->arena, g->us.at, g->us.n) : figure_spread(&g->spread), figure_share(g->met, g->all - g->met.n) };
  ret->recovery.silent = g->all - g->spread.n;
  ret->recovery.name = S(SERIES_RECOVERY);
  ret->recovered.name = S(SERIES_RECOVERED);
  ret->recovery.eyes = ret->recovered.eyes = EYES_CUSTOMER;
  ret->recovery.from = ret->recovered.from = of->from;
  ret->recovery.to = ret->recovered.to = of->to;
  return E_OK;
}
