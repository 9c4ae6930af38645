/* desk/moment.c: lists of bad moments, and who takes them. How they are read from the loop: moment_make.c; their figures: moment_figures.c. */
#include "desk/moment.h"
#include "desk/moment_make.h"
#include "desk/outbox.h"
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
