/* desk/outbox.c: rows that wait to be told. */
#include "desk/outbox.h"
#include "base/random.h"
#include "desk/mailbox.h"
#include "desk/sight.h"
#include "desk/site.h"
#include "desk/touch.h"

static const Col outbox_cols[] = {
  COL(Outbox, id), COL(Outbox, request_id), COL(Outbox, message), COL(Outbox, to_id), COL(Outbox, is_auto), COL(Outbox, attempts),
  COL(Outbox, next_at), COL(Outbox, created_at), COL(Outbox, sent_at), COL(Outbox, kind), COL(Outbox, to_mail), COL(Outbox, to_name),
  COL(Outbox, cc), COL(Outbox, subject), COL(Outbox, message_id), COL(Outbox, extra), COL(Outbox, hash), COL(Outbox, state),
  COL(Outbox, fault), COL(Outbox, via),
};
const Shape outbox_shape = SHAPE(Outbox, outbox_cols);

enum { AUTO_A_DAY = 50 };     /* mails by software to one address in a day: past that something goes round in circles */

static Str id_mark(Arena *a, const Site *site, Str head) { return site_mark(a, site, "mail--id", head); }

Err mail_domain(Cx *cx, Str *ret) {
  Str us, local;
  TRY(mailbox_us(cx, &us));
  *ret = cx->site->mail_domain;
  if (us.n && (!ret->n || str_eq(*ret, S("localhost")))) str_cut_last(us, '@', &local, ret);
  if (!ret->n) *ret = S("localhost");
  return E_OK;
}

static Err message_id_new(Cx *cx, int64_t request, Str *ret) {
  Str head = str_fmt(cx->arena, "r%lld." STR_FMT, (long long)request, STR_ARG(random_token(cx->arena, 9))), domain;
  TRY(mail_domain(cx, &domain));
  *ret = str_cat(cx->arena, head, S("."), id_mark(cx->arena, cx->site, str_lower(cx->arena, head)), S("@"), domain);
  return E_OK;
}

/* Where a party's mail goes, and why it may not. */
typedef struct { Str mail, name; int64_t refused_until, today; } Target;
static Err target_of(Cx *cx, const OutboxNew *in, Target *ret) {
  static const Col cols[] = { COL(Target, mail), COL(Target, name), COL(Target, refused_until), COL(Target, today) };
  static const Shape shape = SHAPE(Target, cols);
  *ret = (Target){ .mail = in->to_mail, .name = in->to_name };
  Err e = in->to_mail.n ? E_OK : db_one(cx, &shape, ret,
    SQL("SELECT a.value AS mail, p.name, a.refused_until, 0 AS today FROM party p JOIN address a ON a.party_id = p.id AND a.kind = 'mail'"
        " WHERE p.id = ?1 ORDER BY a.main DESC, a.id LIMIT 1"), V(in->to_id));
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  if (!in->auto_) return E_OK;
  return db_int(cx, &ret->today, SQL("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE to_mail = ?1 AND created_at > ?2 AND auto = 1 LIMIT ?3) q"),
                V(ret->mail), V(cx->now - DAY), V(AUTO_A_DAY));
}

Err outbox_put(Cx *cx, const OutboxNew *in, int64_t *ret_id) {
  Target to;
  *ret_id = 0;
  TRY(target_of(cx, in, &to));
  if (!to.mail.n) return E_OK;
  Str fault = to.refused_until > cx->now ? S("This address sends our mail back; nothing goes there for now.")
            : to.today >= AUTO_A_DAY ? S("More mail by software than one address should get in a day; something may be going round in circles.") : S("");
  Str message_id;
  TRY(message_id_new(cx, in->request_id, &message_id));
  TRY(db_int(cx, ret_id,
    SQL("INSERT INTO outbox(request_id, message, kind, to_id, to_mail, to_name, subject, message_id, auto, extra, state, fault, next_at, created_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING id"),
    VID(in->request_id), VID(in->message), V(in->kind), VID(in->to_id), V(to.mail), V(to.name), V(in->subject), V(message_id), V(in->auto_),
    V(in->extra), V(fault.n ? S("stopped") : S("waiting")), V(fault), V(cx->now + in->delay), V(cx->now)));
  if (!in->request_id) return E_OK;
  return db_run(cx, SQL("INSERT INTO mail_ref(message_id, request_id, outbox_id, own) VALUES (?1, ?2, ?3, 1) ON CONFLICT (message_id) DO NOTHING"),
                V(message_id), V(in->request_id), V(*ret_id));
}

/* What the actor may see of it: mails of requests they may see; the rest is for who looks after the desk. ?1, ?2: SIGHT_VALS. */
#define OUTBOX_SIGHT \
  "(EXISTS (SELECT 1 FROM request r WHERE r.id = o.request_id AND " SIGHT ")" \
  " OR (o.request_id IS NULL AND (?1 = -1 OR EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = ?1 AND e.kind = 'administers'))))"

Err outbox_get(Cx *cx, int64_t id, Outbox *ret) {
  Err e = db_one(cx, &outbox_shape, ret, SQL("SELECT " OUTBOX_COLS " FROM outbox o WHERE o.id = ?3 AND " OUTBOX_SIGHT), SIGHT_VALS(cx), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no such message in the outbox.") : e;
}

Err outbox_by_message_id(Cx *cx, Str message_id, Outbox *ret) {
  Err e = db_one(cx, &outbox_shape, ret, SQL("SELECT " OUTBOX_COLS " FROM outbox o WHERE o.message_id = ?1"), V(str_utf8_fix(cx->arena, message_id)));
  return e == E_ABSENT ? fail(cx, e, "We never sent a message with that id.") : e;
}

static void where_state(Query *q, Str words) {
  Str one, other;
  str_cut(words, ',', &one, &other);
  query_val(q, SQL(" AND o.state IN ("), V(one));
  query_val(q, SQL(", "), V(other.n ? other : one));
  query_add(q, SQL(")"));
}

/* Mails of one request are seen or not all at once: it is looked at once. */
static void where_seen(Query *q, int64_t request_id) {
  if (!request_id) { query_add(q, SQL(OUTBOX_SIGHT)); return; }
  int n = query_bind(q, V(request_id));
  query_use(q, SQL("o.request_id = "), n);
  query_use(q, SQL(" AND EXISTS (SELECT 1 FROM request r WHERE r.id = "), n);
  query_add(q, SQL(" AND " SIGHT ")"));
}

Err outbox_list(Cx *cx, const OutboxFilter *f, Rows *ret) {
  Query q = query_new(cx);
  const Val sight[] = { SIGHT_VALS(cx) };
  query_bind(&q, sight[0]);
  query_bind(&q, sight[1]);
  query_add(&q, SQL("SELECT " OUTBOX_COLS " FROM outbox o WHERE "));
  where_seen(&q, f->request_id);
  if (f->state.n) where_state(&q, f->state);
  if (f->mail.n) query_val(&q, SQL(" AND o.to_mail = "), V(f->mail));
  if (f->before) query_val(&q, SQL(" AND o.id < "), V(f->before));
  if (f->q.n) {
    int n = query_bind(&q, V(str_cat(cx->arena, S("%"), str_lower(cx->arena, f->q), S("%"))));
    query_use(&q, SQL(" AND (o.to_mail LIKE "), n);
    query_use(&q, SQL(" OR lower(o.to_name) LIKE "), n);
    query_use(&q, SQL(" OR lower(o.subject) LIKE "), n);
    query_add(&q, SQL(")"));
  }
  query_val(&q, SQL(" ORDER BY o.id DESC LIMIT "), V((int64_t)(f->limit ? f->limit : 50)));
  return query_rows(cx, &q, &outbox_shape, ret);
}

Err outbox_of_message(Cx *cx, int64_t message, Rows *ret) {
  return db_rows(cx, &outbox_shape, ret, SQL("SELECT " OUTBOX_COLS " FROM outbox o WHERE o.message = ?1 ORDER BY o.id"), V(message));
}

Err outbox_count(Cx *cx, Str state, int64_t since, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT count(*) FROM outbox WHERE state = ?1 AND created_at >= ?2"), V(state), V(since));
}

Err outbox_again(Cx *cx, int64_t id) {
  return db_run(cx, SQL("UPDATE outbox SET state = 'waiting', next_at = ?2, lease_until = 0, attempts = 0, fault = '' WHERE id = ?1 AND state <> 'waiting'"),
                V(id), V(cx->now));
}

Err outbox_hurry(Cx *cx) {
  return db_run(cx, SQL("UPDATE outbox SET next_at = ?1, fault = '' WHERE state = 'waiting' AND attempts = 0 AND fault <> ''"), V(cx->now));
}

Err outbox_stop(Cx *cx, int64_t id) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM outbox WHERE id = ?1 AND kind IN ('card', 'reminder')"), V(id)));
  if (n && !cx->actor.system) return fail(cx, E_DENIED, N_("A card goes to whom the lot fell on; nobody who serves takes one back."));
  TRY(db_run_n(cx, &n, SQL("UPDATE outbox SET state = CASE WHEN attempts = 0 THEN 'called back' ELSE 'stopped' END WHERE id = ?1 AND state = 'waiting'"
                           " AND lease_until < ?2"), V(id), V(cx->now)));
  return n ? E_OK : fail(cx, E_CONFLICT, N_("That message is on its way already."));
}

Err outbox_let_go(Cx *cx, int64_t request_id, Str kind, Str why) {
  return db_run(cx, SQL("UPDATE outbox SET state = 'called back', fault = ?3 WHERE request_id = ?1 AND kind = ?2 AND state = 'waiting' AND lease_until < ?4"),
                V(request_id), V(kind), V(why), V(cx->now));
}

Err outbox_unask(Cx *cx, int64_t person) {
  return db_run(cx, SQL("UPDATE outbox SET state = 'called back', fault = 'They do not want to be asked.' WHERE to_id = ?1 AND kind IN ('card', 'worth') AND state = 'waiting' AND lease_until < ?2"),
                V(person), V(cx->now));
}

/* ── for the courier ─────────────────────────────────────────────────── */

Err outbox_next(Cx *cx, int64_t *ret_at) {
  typedef struct { int64_t next_at, lease_until; } Next;
  static const Col cols[] = { COL(Next, next_at), COL(Next, lease_until) };
  static const Shape shape = SHAPE(Next, cols);
  Rows rows;
  TRY(db_rows_(cx, &shape, &rows, SQL("SELECT next_at, lease_until FROM outbox WHERE state = 'waiting' ORDER BY next_at, id LIMIT 100"), NULL, 0));
  *ret_at = 0;
  for (size_t i = 0; i < rows.n; i++) {
    const Next *n = ROW(Next, rows, i);
    int64_t at = n->lease_until > n->next_at ? n->lease_until : n->next_at;
    if (!*ret_at || at < *ret_at) *ret_at = at;
  }
  return E_OK;
}

Err outbox_take(Cx *cx, int64_t lease, size_t max, Rows *ret) {
  typedef struct { int64_t id; } Id;
  static const Col cols[] = { COL(Id, id) };
  static const Shape shape = SHAPE(Id, cols);
  Rows ids;
  Sql pick = db_pick(cx,
    SQL("SELECT id FROM outbox WHERE state = 'waiting' AND next_at <= ?1 AND lease_until < ?1 ORDER BY next_at, id LIMIT ?2"),
    SQL("SELECT id FROM outbox WHERE state = 'waiting' AND next_at <= ?1 AND lease_until < ?1 ORDER BY next_at, id LIMIT ?2 FOR UPDATE SKIP LOCKED"));
  TRY(db_rows_(cx, &shape, &ids, pick, VALS(V(cx->now), V(max))));
  Outbox *at = NEW_N(cx->arena, Outbox, ids.n);
  for (size_t i = 0; i < ids.n; i++) {
    int64_t id = ROW(Id, ids, i)->id;
    TRY(db_run(cx, SQL("UPDATE outbox SET lease_until = ?2 WHERE id = ?1"), V(id), V(cx->now + lease)));
    TRY(outbox_get(cx, id, &at[i]));
  }
  *ret = (Rows){ at, ids.n };
  return E_OK;
}

Err outbox_sent(Cx *cx, int64_t id, Str via) {
  return db_run(cx, SQL("UPDATE outbox SET state = ?2, sent_at = ?3, via = ?4, attempts = attempts + 1, lease_until = 0, fault = '' WHERE id = ?1"),
                V(id), V(cx->site->demo ? S("sample") : S("sent")), V(cx->now), V(via));
}

Err outbox_retry(Cx *cx, int64_t id, int64_t next_at, Str fault) {
  return db_run(cx, SQL("UPDATE outbox SET next_at = ?2, fault = ?3, attempts = attempts + 1, lease_until = 0 WHERE id = ?1"), V(id), V(next_at), V(str_head(fault, 2000)));
}

Err outbox_wait(Cx *cx, int64_t id, int64_t next_at, Str fault) {
  return db_run(cx, SQL("UPDATE outbox SET next_at = ?2, fault = ?3, lease_until = 0 WHERE id = ?1"), V(id), V(next_at), V(str_head(fault, 2000)));
}

Err outbox_failed(Cx *cx, int64_t id, Str fault) {
  Outbox o;
  TRY(outbox_get(cx, id, &o));
  TRY(db_run(cx, SQL("UPDATE outbox SET state = 'failed', fault = ?2, attempts = attempts + 1, lease_until = 0 WHERE id = ?1"), V(id), V(str_head(fault, 2000))));
  return o.request_id ? touch_new(cx, o.request_id, S("bounce"), o.to_id, fault) : E_OK;
}

Err outbox_written(Cx *cx, int64_t id, Str hash) {
  return db_run(cx, SQL("UPDATE outbox SET hash = ?2 WHERE id = ?1"), V(id), V(hash));
}

/* ── addresses and ids of our own ────────────────────────────────────── */

static Str reply_mark(Arena *a, const Site *site, int64_t request) {
  return site_mark(a, site, "mail-rpl", str_fmt(a, "r%lld", (long long)request));
}

Err mail_reply_address(Cx *cx, int64_t request_id, Str *ret) {
  Str us, local, domain, plain, tag;
  *ret = S("");
  TRY(mailbox_us(cx, &us));
  if (!str_cut_last(us, '@', &local, &domain)) return E_OK;
  str_cut(local, '+', &plain, &tag);
  *ret = str_fmt(cx->arena, STR_FMT "+r%lld-" STR_FMT "@" STR_FMT, STR_ARG(plain), (long long)request_id,
                 STR_ARG(reply_mark(cx->arena, cx->site, request_id)), STR_ARG(domain));
  return E_OK;
}

bool mail_reply_request(const Cx *cx, Str address, int64_t *ret) {
  Str local, domain, plain, tag, number, mark;
  int64_t id;
  address = str_lower(cx->arena, str_trim(address));
  if (!str_cut_last(address, '@', &local, &domain) || !str_cut(local, '+', &plain, &tag)) return false;
  if (!tag.n || tag.p[0] != 'r' || !str_cut(str_from(tag, 1), '-', &number, &mark)) return false;
  if (!str_int(number, &id) || id <= 0 || !secret_eq(mark, reply_mark(cx->arena, cx->site, id))) return false;
  *ret = id;
  return true;
}

bool mail_id_request(const Cx *cx, Str message_id, int64_t *ret) {
  Str head, domain, body, mark, number, rest;
  int64_t id;
  if (!str_cut_last(str_trim(message_id), '@', &head, &domain) || !str_cut_last(head, '.', &body, &mark)) return false;
  if (!body.n || body.p[0] != 'r' || !str_cut(str_from(body, 1), '.', &number, &rest)) return false;
  if (!str_int(number, &id) || id <= 0) return false;
  if (!secret_eq(mark, id_mark(cx->arena, cx->site, str_lower(cx->arena, body)))) return false;
  *ret = id;
  return true;
}

Err mail_ref_put(Cx *cx, Str message_id, int64_t request_id) {
  if (!str_trim(message_id).n) return E_OK;
  return db_run(cx, SQL("INSERT INTO mail_ref(message_id, request_id) VALUES (?1, ?2) ON CONFLICT (message_id) DO NOTHING"),
                V(str_utf8_fix(cx->arena, str_head(str_trim(message_id), 990))), V(request_id));
}

Err mail_ref_get(Cx *cx, Str message_id, int64_t *ret_request) {
  return db_int(cx, ret_request, SQL("SELECT request_id FROM mail_ref WHERE message_id = ?1"), V(str_utf8_fix(cx->arena, str_head(str_trim(message_id), 990))));
}
