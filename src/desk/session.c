/* desk/session.c: secrets out, hashes in. */
#include "desk/session.h"
#include <sodium.h>
#include "base/random.h"
#include "desk/party.h"

enum { SECRET_BYTES = 32, BROWSER_MOST = 300, NAME_MOST = 100 };

/* A hash of a password nobody has: checked for addresses nobody has, so that both take as long. */
#define NOBODY "$argon2id$v=19$m=65536,t=2,p=1$7pnbNFAEsZ/ms7gyxXVhRA$Xw0q5uLEJamJe+TwTiGxRPO3f6aGbKRGVRdJruPRooQ"

static Str hash_of(Arena *a, Str secret) {
  unsigned char h[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(h, (const unsigned char *)secret.p, secret.n);
  return str_hex(a, h, sizeof h);
}

/* ---- passwords */

typedef struct { int64_t party_id, disabled_at; Str hash; } Secret;
static const Col secret_cols[] = { COL(Secret, party_id), COL(Secret, disabled_at), COL(Secret, hash) };
static const Shape secret_shape = SHAPE(Secret, secret_cols);

Err password_check(Cx *cx, Str mail, Str password, int64_t *ret) {
  Secret s = { .hash = S(NOBODY) };
  Err e = db_one(cx, &secret_shape, &s, SQL("SELECT p.party_id, q.disabled_at, p.hash FROM password p JOIN party q ON q.id = p.party_id"
    " JOIN address a ON a.party_id = p.party_id WHERE a.kind = 'mail' AND a.value = ?1"), V(mail_normal(cx->arena, mail)));
  if (e && e != E_ABSENT) return e;
  bool same = password.n <= PASSWORD_MOST && crypto_pwhash_str_verify(str_cstr(cx->arena, s.hash), password.p, password.n) == 0;
  if (!same || !s.party_id || s.disabled_at) return fail(cx, E_DENIED, PASSWORD_NO_MATCH);
  *ret = s.party_id;
  return E_OK;
}

Err password_hash(Cx *cx, Str password, Str *ret) {
  char text[crypto_pwhash_STRBYTES];
  if (str_utf8_len(password) < PASSWORD_LEAST) return fail_field(cx, "password", "Use at least %d characters. A short sentence is good.", PASSWORD_LEAST);
  if (password.n > PASSWORD_MOST) return fail_field(cx, "password", "Use at most %d characters.", PASSWORD_MOST);
  if (crypto_pwhash_str(text, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE))
    return fail(cx, E_BUSY, "no memory to hash a password");
  *ret = str_dup(cx->arena, str_z(text));
  return E_OK;
}

Err password_put(Cx *cx, int64_t party, Str hash) {
  if (!hash.n) return db_run(cx, SQL("DELETE FROM password WHERE party_id = ?1"), V(party));
  return db_run(cx, SQL("INSERT INTO password (party_id, hash, set_at) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (party_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at"), V(party), V(hash), V(cx->now));
}

Err password_has(Cx *cx, int64_t party, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM password WHERE party_id = ?1"), V(party)));
  *ret = n != 0;
  return E_OK;
}

/* ---- browsers */

#define SESSION_COLS "id, party_id, created_at, seen_at, ends_at, browser"
static const Col session_cols[] = { COL(Session, id), COL(Session, party_id), COL(Session, created_at), COL(Session, seen_at), COL(Session, ends_at), COL(Session, browser) };
static const Shape session_shape = SHAPE(Session, session_cols);

Err session_new(Cx *cx, int64_t party, Str browser, Str *ret) {
  *ret = random_token(cx->arena, SECRET_BYTES);
  return db_run(cx, SQL("INSERT INTO session (party_id, token_hash, browser, created_at, seen_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?4, ?5)"),
    V(party), V(hash_of(cx->arena, *ret)), V(str_utf8_fix(cx->arena, str_head(browser, BROWSER_MOST))), V(cx->now), V(cx->now + SESSION_LIFE));
}

Err session_find(Cx *cx, Str secret, Session *ret) {
  Err e = db_one(cx, &session_shape, ret, SQL("SELECT " SESSION_COLS " FROM session WHERE token_hash = ?1 AND ends_at > ?2 AND seen_at > ?3"),
    V(hash_of(cx->arena, secret)), V(cx->now), V(cx->now - SESSION_IDLE));
  return e == E_ABSENT ? fail(cx, e, "That session is over. Please sign in again.") : e;
}

Err session_seen(Cx *cx, int64_t id) {
  return db_run(cx, SQL("UPDATE session SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2"), V(id), V(cx->now));
}

Err session_list(Cx *cx, int64_t party, Rows *ret) {
  return db_rows(cx, &session_shape, ret, SQL("SELECT " SESSION_COLS " FROM session WHERE party_id = ?1 AND ends_at > ?2 AND seen_at > ?3"
    " ORDER BY seen_at DESC, id DESC"), V(party), V(cx->now), V(cx->now - SESSION_IDLE));
}

Err session_end(Cx *cx, int64_t party, int64_t id) {
  int64_t n;
  TRY(db_run_n(cx, &n, SQL("DELETE FROM session WHERE id = ?1 AND party_id = ?2"), V(id), V(party)));
  return n ? E_OK : fail(cx, E_ABSENT, N_("That session is over already."));
}

Err session_end_any(Cx *cx, int64_t id) { return db_run(cx, SQL("DELETE FROM session WHERE id = ?1"), V(id)); }

Err session_end_others(Cx *cx, int64_t party, int64_t keep) {
  TRY(db_run(cx, SQL("DELETE FROM session WHERE party_id = ?1 AND id <> ?2"), V(party), V(keep)));
  return db_run(cx, SQL("DELETE FROM signin_link WHERE party_id = ?1"), V(party));
}

/* ---- links to sign in */

#define LINK_OVER "This link was used or is too old. Links to sign in work once, for fifteen minutes. Ask for a new one."

Err signin_new(Cx *cx, int64_t party, Str *ret) {
  *ret = random_token(cx->arena, SECRET_BYTES);
  return db_run(cx, SQL("INSERT INTO signin_link (token_hash, party_id, made_at, ends_at) VALUES (?1, ?2, ?3, ?4)"),
    V(hash_of(cx->arena, *ret)), V(party), V(cx->now), V(cx->now + SIGNIN_LIFE));
}

Err signin_look(Cx *cx, Str secret, int64_t *ret) {
  TRY(db_int(cx, ret, SQL("SELECT l.party_id FROM signin_link l JOIN party p ON p.id = l.party_id"
    " WHERE l.token_hash = ?1 AND l.ends_at > ?2 AND l.used_at = 0 AND p.disabled_at = 0"), V(hash_of(cx->arena, secret)), V(cx->now)));
  return *ret ? E_OK : fail(cx, E_ABSENT, LINK_OVER);
}

Err signin_use(Cx *cx, Str secret, int64_t *ret) {
  int64_t n;
  TRY(signin_look(cx, secret, ret));
  TRY(db_run_n(cx, &n, SQL("UPDATE signin_link SET used_at = ?2 WHERE token_hash = ?1 AND used_at = 0"), V(hash_of(cx->arena, secret)), V(cx->now)));
  return n ? E_OK : fail(cx, E_ABSENT, LINK_OVER);
}

/* ---- keys of programs */

#define TOKEN_HEAD "cdk_"
static const Col token_cols[] = { COL(Token, id), COL(Token, party_id), COL(Token, created_at), COL(Token, used_at), COL(Token, name) };
static const Shape token_shape = SHAPE(Token, token_cols);

Err token_new(Cx *cx, int64_t party, Str name, Str *ret) {
  name = str_trim(name);
  if (!name.n || str_utf8_len(name) > NAME_MOST) return fail_field(cx, "name", "Give the key a name of at most %d characters, so that you know it again.", NAME_MOST);
  *ret = str_cat(cx->arena, S(TOKEN_HEAD), random_token(cx->arena, SECRET_BYTES));
  return db_run(cx, SQL("INSERT INTO token (party_id, name, token_hash, created_at) VALUES (?1, ?2, ?3, ?4)"),
    V(party), V(name), V(hash_of(cx->arena, *ret)), V(cx->now));
}

Err token_find(Cx *cx, Str secret, Token *ret) {
  Err e = E_ABSENT;
  if (str_starts(secret, S(TOKEN_HEAD)))
    e = db_one(cx, &token_shape, ret, SQL("SELECT id, party_id, created_at, used_at, name FROM token WHERE token_hash = ?1 AND ended_at = 0"), V(hash_of(cx->arena, secret)));
  return e == E_ABSENT ? fail(cx, e, "This token is not known, or it was ended.") : e;
}

Err token_seen(Cx *cx, int64_t id) {
  return db_run(cx, SQL("UPDATE token SET used_at = ?2 WHERE id = ?1 AND used_at < ?2"), V(id), V(cx->now));
}

Err token_list(Cx *cx, int64_t party, Rows *ret) {
  return db_rows(cx, &token_shape, ret, SQL("SELECT id, party_id, created_at, used_at, name FROM token WHERE party_id = ?1 AND ended_at = 0 ORDER BY id DESC"), V(party));
}

Err token_end(Cx *cx, int64_t party, int64_t id) {
  int64_t n;
  TRY(db_run_n(cx, &n, SQL("UPDATE token SET ended_at = ?3 WHERE id = ?1 AND party_id = ?2 AND ended_at = 0"), V(id), V(party), V(cx->now)));
  return n ? E_OK : fail(cx, E_ABSENT, N_("That key was ended already."));
}

/* ---- is it still so */

typedef struct { int64_t id; } Standing;
static const Col standing_cols[] = { COL(Standing, id) };
static const Shape standing_shape = SHAPE(Standing, standing_cols);

/* Always as many numbers, so that it is always the same statement. */
static Err stand_of(Cx *cx, Query *q, const Key *keys, size_t n, bool token, bool *ret) {
  Rows rows;
  for (size_t i = 0; i < KEYS_AT_ONCE; i++) query_val(q, i ? SQL(", ") : SQL(""), V(i < n && keys[i].token == token ? keys[i].id : 0));
  query_add(q, SQL(")"));
  TRY(query_rows(cx, q, &standing_shape, &rows));
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < rows.n && keys[i].token == token && !ret[i]; k++) ret[i] = ROW(Standing, rows, k)->id == keys[i].id;
  return E_OK;
}

Err keys_stand(Cx *cx, const Key *keys, size_t n, bool *ret) {
  size_t tokens = 0;
  for (size_t i = 0; i < n; i++) { ret[i] = false; tokens += keys[i].token; }
  if (tokens) {
    Query q = query_new(cx);
    query_add(&q, SQL("SELECT t.id FROM token t JOIN party p ON p.id = t.party_id WHERE t.ended_at = 0 AND p.disabled_at = 0 AND t.id IN ("));
    TRY(stand_of(cx, &q, keys, n, true, ret));
  }
  if (tokens == n) return E_OK;
  Query q = query_new(cx);
  query_val(&q, SQL("SELECT s.id FROM session s JOIN party p ON p.id = s.party_id WHERE p.disabled_at = 0 AND s.ends_at > "), V(cx->now));
  query_val(&q, SQL(" AND s.seen_at > "), V(cx->now - SESSION_IDLE));
  query_add(&q, SQL(" AND s.id IN ("));
  return stand_of(cx, &q, keys, n, false, ret);
}

/* ---- the person */

static const Col who_cols[] = { COL(Who, name), COL(Who, lang), COL(Who, zone) };
static const Shape who_shape = SHAPE(Who, who_cols);
#define PLACE_ZONE "COALESCE((SELECT value FROM setting WHERE name = 'place.zone' AND value <> ''), 'UTC')"

Err who_get(Cx *cx, int64_t party, Who *ret) {
  if (!party) return db_one(cx, &who_shape, ret, SQL("SELECT '', '', " PLACE_ZONE " WHERE ?1 = 0"), V(party));
  return db_one(cx, &who_shape, ret, SQL("SELECT name, lang, CASE WHEN zone <> '' THEN zone ELSE " PLACE_ZONE " END"
    " FROM party WHERE id = ?1 AND kind = 'person' AND disabled_at = 0"), V(party));
}

Err session_tidy(Cx *cx) {
  TRY(db_run(cx, SQL("DELETE FROM session WHERE ends_at < ?1 OR seen_at < ?2"), V(cx->now), V(cx->now - SESSION_IDLE)));
  TRY(db_run(cx, SQL("DELETE FROM signin_link WHERE ends_at < ?1"), V(cx->now - DAY)));
  return db_run(cx, SQL("DELETE FROM idempotency WHERE at < ?1"), V(cx->now - DAY));
}
