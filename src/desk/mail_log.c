/* desk/mail_log.c: see mail_log.h. */
#include "desk/mail_log.h"
#include "desk/message.h"
#include "store/job.h"

/* A message not taken in after this long was left behind by a crash; the job takes it up. */
#define LEFT_BEHIND MINUTE

static const Col mail_cols[] = {
  COL(MailEntry, id), COL(MailEntry, at), COL(MailEntry, size), COL(MailEntry, uidvalidity), COL(MailEntry, uid),
  COL(MailEntry, request_id), COL(MailEntry, message), COL(MailEntry, attempts), COL(MailEntry, done_at), COL(MailEntry, mailbox),
  COL(MailEntry, hash), COL(MailEntry, message_id), COL(MailEntry, from_mail), COL(MailEntry, from_name), COL(MailEntry, subject),
  COL(MailEntry, outcome), COL(MailEntry, reason),
};
static const Shape mail_shape = SHAPE(MailEntry, mail_cols);
#define MAIL_COLS \
  "m.id, m.at, m.size, m.uidvalidity, m.uid, m.request_id, m.message, m.attempts, m.done_at, m.mailbox, m.hash, m.message_id," \
  " m.from_mail, m.from_name, m.subject, m.outcome, m.reason"

bool mail_outcome_ok(Str s) {
#define X(word) if (str_eq(s, S(word))) return true;
  MAIL_OUTCOMES(X)
#undef X
  return false;
}

/* ---- taking in */

static Str job_key(Cx *cx, int64_t id) { return str_fmt(cx->arena, "mail-take:%lld", (long long)id); }
static Err job_stand(Cx *cx, int64_t id, int64_t due, Str as) {
  Str body = str_fmt(cx->arena, "%lld " STR_FMT, (long long)id, STR_ARG(as));
  return job_put(cx, S("mail-take"), job_key(cx, id), due, str_trim(body));
}

static Err known_before(Cx *cx, const MailNew *in, int64_t *ret_id) {
  *ret_id = 0;
  if (!in->uid) return E_OK;
  return db_int(cx, ret_id, SQL("SELECT id FROM mail WHERE mailbox = ?1 AND uidvalidity = ?2 AND uid = ?3"), V(in->mailbox), V(in->uidvalidity), V(in->uid));
}

Err mail_known(Cx *cx, Str mailbox, int64_t uidvalidity, int64_t uid, bool *ret) {
  int64_t id;
  TRY(known_before(cx, &(MailNew){ .mailbox = mailbox, .uidvalidity = uidvalidity, .uid = uid }, &id));
  *ret = id > 0;
  return E_OK;
}

Err mail_store(Cx *cx, const MailNew *in, int64_t *ret_id, bool *ret_known) {
  Str hash;
  *ret_known = false;
  TRY(blob_put(cx, in->raw, &hash));
  TRY(db_int(cx, ret_id,
    SQL("INSERT INTO mail(mailbox, at, size, hash, uidvalidity, uid, attempts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)"
        " ON CONFLICT (mailbox, uidvalidity, uid) WHERE uid > 0 DO NOTHING RETURNING id"),
    V(in->mailbox), V(cx->now), V(in->raw.n), V(hash), V(in->uidvalidity), V(in->uid)));
  if (*ret_id) return job_stand(cx, *ret_id, in->alone ? cx->now : cx->now + LEFT_BEHIND, in->as);
  *ret_known = true;
  return known_before(cx, in, ret_id);
}

Err mail_bytes(Cx *cx, int64_t id, Str raw) {
  Str hash;
  TRY(blob_put(cx, raw, &hash));
  return db_run(cx, SQL("UPDATE mail SET hash = ?2, size = ?3 WHERE id = ?1 AND size = 0"), V(id), V(hash), V(raw.n));
}

Err mail_heads(Cx *cx, int64_t id, const MailHeads *h) {
  return db_run(cx, SQL("UPDATE mail SET message_id = ?2, from_mail = ?3, from_name = ?4, subject = ?5 WHERE id = ?1"),
                V(id), V(h->message_id), V(h->from_mail), V(h->from_name), V(h->subject));
}

Err mail_end(Cx *cx, int64_t id, const MailEnd *e) {
  if (!mail_outcome_ok(e->outcome)) return fail(cx, E_BROKEN, "mail cannot end as " STR_FMT, STR_ARG(e->outcome));
  TRY(db_run(cx, SQL("UPDATE mail SET outcome = ?2, reason = ?3, request_id = ?4, message = ?5, done_at = ?6 WHERE id = ?1"),
             V(id), V(e->outcome), V(str_utf8_fix(cx->arena, e->reason)), VID(e->request_id), VID(e->message), V(cx->now)));
  return job_drop(cx, job_key(cx, id));
}

Err mail_attempt(Cx *cx, int64_t id, int64_t *ret_attempts) {
  return db_int(cx, ret_attempts, SQL("UPDATE mail SET attempts = attempts + 1 WHERE id = ?1 RETURNING attempts"), V(id));
}

/* What stands below the headers: the same words may come by two ways and carry other Received lines. */
static Str body_of(Str raw) {
  for (Str rest = raw; rest.n;) if (!str_line(&rest).n) return str_trim(rest);
  return (Str){ raw.p + raw.n, 0 };
}

typedef struct { int64_t id; Str hash; } Candidate;

static Err candidates(Cx *cx, const MailEntry *m, Rows *ret) {
  static const Col cols[] = { COL(Candidate, id), COL(Candidate, hash) };
  static const Shape shape = SHAPE(Candidate, cols);
  if (!m->message_id.n)
    return db_rows(cx, &shape, ret,
      SQL("SELECT id, hash FROM mail WHERE message_id = '' AND hash = ?1 AND mailbox = ?2 AND id <> ?3"
          " AND outcome NOT IN ('new', 'quarantined', 'duplicate') ORDER BY id LIMIT 1"), V(m->hash), V(m->mailbox), V(m->id));
  return db_rows(cx, &shape, ret,
    SQL("SELECT m.id, m.hash FROM mail m LEFT JOIN mailbox b ON b.address = m.mailbox LEFT JOIN mailbox mine ON mine.address = ?2"
        " WHERE m.message_id = ?1 AND m.id <> ?3 AND m.outcome NOT IN ('new', 'quarantined', 'duplicate')"
        " AND (m.mailbox = ?2 OR COALESCE(b.team_id, 0) = COALESCE(mine.team_id, 0)) ORDER BY m.id LIMIT 20"),
    V(m->message_id), V(m->mailbox), V(m->id));
}

Err mail_same(Cx *cx, const MailEntry *m, int64_t *ret_id) {
  *ret_id = 0;
  int64_t waited;
  TRY(db_int(cx, &waited, db_pick(cx, SQL("SELECT 0 WHERE ?1 = ''"),
                                  SQL("SELECT 0 FROM (SELECT pg_advisory_xact_lock(hashtextextended(?1, 1201))) AS gate")),
             V(m->message_id.n ? m->message_id : m->hash)));
  Rows rows;
  TRY(candidates(cx, m, &rows));
  Str mine = S("");
  if (rows.n && m->message_id.n) TRY(mail_raw(cx, m, &mine));
  for (size_t i = 0; i < rows.n && !*ret_id; i++) {
    const Candidate *c = ROW(Candidate, rows, i);
    Str theirs = S("");
    if (!str_eq(c->hash, m->hash)) TRY(blob_get(cx, c->hash, &theirs));
    if (str_eq(c->hash, m->hash) || str_eq(body_of(theirs), body_of(mine))) *ret_id = c->id;
  }
  return E_OK;
}

Err mail_flood(Cx *cx, int64_t asker, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT count(*) FROM (SELECT 1 FROM request WHERE asker_id = ?1 AND updated_at > ?2 AND created_at > ?2"
                             " AND channel = 'mail' LIMIT 1000) q"), V(asker), V(cx->now - HOUR));
}

Err mail_chain(Cx *cx, int64_t request_id, int64_t before, Rows *ret) {
  static const Col cols[] = { COL(MailLink, at), COL(MailLink, inbound), COL(MailLink, message_id) };
  static const Shape shape = SHAPE(MailLink, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT at, inbound, message_id FROM ("
        "SELECT at, 1 AS inbound, message_id, id FROM mail WHERE request_id = ?1 AND at < ?2 AND outcome IN ('request', 'reply', 'verdict') AND message_id <> ''"
        " UNION ALL SELECT sent_at AS at, 0 AS inbound, message_id, id FROM outbox WHERE request_id = ?1 AND sent_at > 0 AND sent_at < ?2"
        ") q ORDER BY at, inbound DESC, id"), V(request_id), V(before));
}

/* ---- the log */

static Err must_keep_house(Cx *cx) {
  if (cx->actor.system || cx->actor.administers) return E_OK;
  return fail(cx, E_DENIED, N_("Only an administrator can look into the mail log."));
}

Err mail_get(Cx *cx, int64_t id, MailEntry *ret) {
  TRY(must_keep_house(cx));
  Err e = db_one(cx, &mail_shape, ret, SQL("SELECT " MAIL_COLS " FROM mail m WHERE m.id = ?1"), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no such message in the mail log.") : e;
}

Err mail_raw(Cx *cx, const MailEntry *m, Str *ret) { return blob_get(cx, m->hash, ret); }

/* A LIKE pattern for "contains"; what people type is never a wildcard. */
static Str like(Cx *cx, Str q) {
  Buf b = { .arena = cx->arena };
  buf_char(&b, '%');
  for (size_t i = 0; i < q.n; i++) {
    if (strchr("%_\\", q.p[i]) && q.p[i]) buf_char(&b, '\\');
    buf_char(&b, q.p[i]);
  }
  buf_char(&b, '%');
  return str_lower(cx->arena, buf_str(&b));
}

static void where_q(Cx *cx, Query *q, Str typed) {
  Str word = str_trim(typed);
  if (str_starts(word, S("<")) && str_ends(word, S(">"))) word = str_head(str_from(word, 1), word.n - 2);
  int n = query_bind(q, V(like(cx, word)));
  query_use(q, SQL(" AND (lower(m.subject) LIKE "), n);
  query_use(q, SQL(" ESCAPE '\\' OR lower(m.from_name) LIKE "), n);
  query_use(q, SQL(" ESCAPE '\\' OR m.from_mail LIKE "), n);
  query_use(q, SQL(" ESCAPE '\\' OR lower(m.message_id) LIKE "), n);
  query_use(q, SQL(" ESCAPE '\\' OR lower(m.reason) LIKE "), n);
  query_add(q, SQL(" ESCAPE '\\'"));
  int64_t id;
  if (str_int(word, &id)) query_val(q, SQL(" OR m.id = "), V(id));
  query_add(q, SQL(")"));
}

static void where_outcome(Query *q, Str words) {
  Str one, other;
  str_cut(words, ' ', &one, &other);
  query_val(q, SQL(" AND m.outcome IN ("), V(one));
  query_val(q, SQL(", "), V(other.n ? other : one));
  query_add(q, SQL(")"));
}

Err mail_list(Cx *cx, const MailFilter *f, Rows *ret) {
  TRY(must_keep_house(cx));
  Query q = query_new(cx);
  query_add(&q, SQL("SELECT " MAIL_COLS " FROM mail m WHERE 1 = 1"));
  if (f->outcome.n)    where_outcome(&q, f->outcome);
  if (f->mailbox.n)    query_val(&q, SQL(" AND m.mailbox = "), V(f->mailbox));
  if (f->before)       query_val(&q, SQL(" AND m.id < "), V(f->before));
  if (f->since)        query_val(&q, SQL(" AND m.at >= "), V(f->since));
  if (f->request_id)   query_val(&q, SQL(" AND m.request_id = "), V(f->request_id));
  if (str_trim(f->q).n) where_q(cx, &q, str_head(f->q, 200));
  size_t limit = f->limit ? f->limit : 50;
  query_val(&q, SQL(" ORDER BY m.id DESC LIMIT "), V(limit > 200 ? (size_t)200 : limit));
  return query_rows(cx, &q, &mail_shape, ret);
}

typedef struct { Str outcome; int64_t n; } OutcomeCount;

Err mail_counts(Cx *cx, int64_t since, MailCounts *ret) {
  static const Col cols[] = { COL(OutcomeCount, outcome), COL(OutcomeCount, n) };
  static const Shape shape = SHAPE(OutcomeCount, cols);
  TRY(must_keep_house(cx));
  Rows rows;
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT outcome, count(*) AS n FROM mail WHERE at >= ?1 GROUP BY outcome"), V(since)));
  *ret = (MailCounts){ 0 };
  const struct { Str outcome; int64_t *n; } to[] = {
    { S("new"), &ret->fresh }, { S("request"), &ret->request }, { S("reply"), &ret->reply }, { S("verdict"), &ret->verdict },
    { S("held"), &ret->held }, { S("suppressed"), &ret->suppressed }, { S("duplicate"), &ret->duplicate },
    { S("quarantined"), &ret->quarantined },
  };
  for (size_t i = 0; i < rows.n; i++) {
    const OutcomeCount *c = ROW(OutcomeCount, rows, i);
    ret->all += c->n;
    for (size_t j = 0; j < COUNT(to); j++) if (str_eq(to[j].outcome, c->outcome)) *to[j].n = c->n;
  }
  return E_OK;
}

Err mail_retry(Cx *cx, int64_t id, Str as) {
  MailEntry m;
  TRY(mail_get(cx, id, &m));
  bool waits = str_eq(m.outcome, S("held")) || str_eq(m.outcome, S("suppressed")) || str_eq(m.outcome, S("quarantined"));
  if (!waits) return fail(cx, E_CONFLICT, N_("This message is taken in already; nothing was done twice."));
  if (str_eq(as, S("junk")))
    return mail_end(cx, id, &(MailEnd){ .outcome = S("suppressed"), .reason = S("A person looked at it and set it aside as junk.") });
  TRY(db_run(cx, SQL("UPDATE mail SET outcome = 'new', reason = '', attempts = 0, done_at = 0 WHERE id = ?1"), V(id)));
  return job_stand(cx, id, cx->now, as);
}
