/* Sessions, links and keys, on both stores. */
#include <sodium.h>
#include "desk/link.h"
#include "desk/party.h"
#include "desk/session.h"
#include "store_fixture.h"

static const Site *site_of(Arena *a, char fill) {
  Site *s = NEW(a, Site);
  MUST(sodium_init() >= 0);
  s->public_url = S("https://help.example.org");
  s->link_life = 90 * DAY;
  memset(s->key, fill, sizeof s->key);
  return s;
}

static int64_t person(Cx *cx, Str name, Str mail) {
  int64_t id = 0;
  OK(cx, party_new(cx, &(PartyNew){ .name = name, .mail = mail }, &id));
  return id;
}

TEST_STORES(passwords) {
  int64_t ana = person(cx, S("Ana"), S("ana@example.org")), got = 0;
  Str hash = S("");
  OK(cx, password_hash(cx, S("correct horse"), &hash));
  MUST(str_starts(hash, S("$argon2id$")));
  OK(cx, password_put(cx, ana, hash));
  OK(cx, password_check(cx, S(" Ana@Example.org"), S("correct horse"), &got));
  INT(got, ana);
  Str why[4];
  ERR(cx, password_check(cx, S("ana@example.org"), S("correct hors"), &got), E_DENIED);
  why[0] = cx->why;
  ERR(cx, password_check(cx, S("nobody@example.org"), S("correct horse"), &got), E_DENIED);
  why[1] = cx->why;
  ERR(cx, password_check(cx, S("not an address"), S(""), &got), E_DENIED);
  why[2] = cx->why;
  OK(cx, party_disable(cx, ana, true));
  ERR(cx, password_check(cx, S("ana@example.org"), S("correct horse"), &got), E_DENIED);
  why[3] = cx->why;
  for (int i = 1; i < 4; i++) IS(why[i], why[0]);
  ERR(cx, password_hash(cx, S("too short"), &hash), E_INVALID);
  IS(cx->field, S("password"));
}

TEST_STORES(sessions) {
  int64_t ana = person(cx, S("Ana"), S("ana@example.org")), bo = person(cx, S("Bo"), S("bo@example.org"));
  Str one = S(""), two = S("");
  Session s = { 0 };
  Rows rows;
  OK(cx, session_new(cx, ana, S("Firefox"), &one));
  OK(cx, session_new(cx, ana, S("Chrome"), &two));
  MUST(!str_eq(one, two) && one.n >= 43);
  OK(cx, session_find(cx, one, &s));
  INT(s.party_id, ana);
  IS(s.browser, S("Firefox"));
  ERR(cx, session_find(cx, S("made up"), &s), E_ABSENT);
  ERR(cx, session_end(cx, bo, s.id), E_ABSENT);
  OK(cx, session_list(cx, ana, &rows));
  INT(rows.n, 2);
  OK(cx, session_end_others(cx, ana, s.id));
  ERR(cx, session_find(cx, two, &s), E_ABSENT);
  OK(cx, session_find(cx, one, &s));
  int64_t start = cx->now;
  for (int64_t t = 0; t < 29 * DAY; t += 11 * HOUR) {          /* seen again and again: lives 30 days and no longer */
    cx->now = start + t;
    OK(cx, session_find(cx, one, &s));
    OK(cx, session_seen(cx, s.id));
  }
  cx->now = start + SESSION_LIFE + SECOND;
  OK(cx, session_seen(cx, s.id));
  ERR(cx, session_find(cx, one, &s), E_ABSENT);
  OK(cx, session_new(cx, ana, S("Firefox"), &one));
  cx->now += SESSION_IDLE + SECOND;
  ERR(cx, session_find(cx, one, &s), E_ABSENT);
  OK(cx, session_tidy(cx));
  int64_t n;
  OK(cx, db_int(cx, &n, SQL("SELECT COUNT(*) FROM session WHERE id > ?1"), V(0)));
  INT(n, 0);
}

TEST_STORES(signin_once) {
  int64_t ana = person(cx, S("Ana"), S("ana@example.org")), got = 0;
  Str link = S("");
  OK(cx, signin_new(cx, ana, &link));
  OK(cx, signin_look(cx, link, &got));
  OK(cx, signin_look(cx, link, &got));                          /* scanners look as often as they like */
  INT(got, ana);
  OK(cx, signin_use(cx, link, &got));
  ERR(cx, signin_use(cx, link, &got), E_ABSENT);
  ERR(cx, signin_look(cx, link, &got), E_ABSENT);
  OK(cx, signin_new(cx, ana, &link));
  cx->now += SIGNIN_LIFE + SECOND;
  ERR(cx, signin_use(cx, link, &got), E_ABSENT);
}

TEST_STORES(tokens) {
  int64_t ana = person(cx, S("Ana"), S("ana@example.org"));
  Str key = S("");
  ERR(cx, token_new(cx, ana, S("  "), &key), E_INVALID);
  OK(cx, token_new(cx, ana, S("backup"), &key));
  MUST(str_starts(key, S("cdk_")));
  Token t = { 0 };
  OK(cx, token_find(cx, key, &t));
  INT(t.party_id, ana);
  OK(cx, token_seen(cx, t.id));
  int64_t n;
  OK(cx, db_int(cx, &n, SQL("SELECT COUNT(*) FROM token WHERE token_hash = ?1"), V(key)));
  INT(n, 0);                                                     /* the store does not know the key itself */
  OK(cx, token_end(cx, ana, t.id));
  ERR(cx, token_find(cx, key, &t), E_ABSENT);
  ERR(cx, token_find(cx, S("cdk_made-up"), &t), E_ABSENT);
}

/* What stays open must end when what opened it does. */
TEST_STORES(keys_that_still_stand) {
  int64_t ana = person(cx, S("Ana"), S("ana@example.org")), bo = person(cx, S("Bo"), S("bo@example.org"));
  Str browser = S(""), idle = S(""), hers = S(""), ended = S(""), his = S("");
  Session s = { 0 }, old = { 0 };
  Token t = { 0 }, gone = { 0 }, other = { 0 };
  bool ok[KEYS_AT_ONCE];
  OK(cx, session_new(cx, ana, S("Firefox"), &idle));
  OK(cx, session_find(cx, idle, &old));
  cx->now += SESSION_IDLE + SECOND;
  OK(cx, session_new(cx, ana, S("Firefox"), &browser));
  OK(cx, session_find(cx, browser, &s));
  OK(cx, token_new(cx, ana, S("one"), &hers));
  OK(cx, token_find(cx, hers, &t));
  OK(cx, token_new(cx, ana, S("two"), &ended));
  OK(cx, token_find(cx, ended, &gone));
  OK(cx, token_end(cx, ana, gone.id));
  OK(cx, token_new(cx, bo, S("three"), &his));
  OK(cx, token_find(cx, his, &other));
  OK(cx, db_run(cx, SQL("UPDATE party SET disabled_at = ?2 WHERE id = ?1"), V(bo), V(cx->now)));
  const Key keys[] = { { s.id, false }, { old.id, false }, { t.id, true }, { gone.id, true }, { other.id, true }, { 99, false }, { 99, true }, { t.id, true } };
  const bool want[] = { true, false, true, false, false, false, false, true };
  OK(cx, keys_stand(cx, keys, COUNT(keys), ok));
  for (size_t i = 0; i < COUNT(keys); i++) INT(ok[i], want[i]);
  OK(cx, keys_stand(cx, keys, 1, ok));
  MUST(ok[0]);
  OK(cx, session_end(cx, ana, s.id));
  OK(cx, keys_stand(cx, keys, 1, ok));
  MUST(!ok[0]);
}

TEST(links) {
  const Site *site = site_of(a, 1), *other = site_of(a, 2);
  Link in = { .to = LINK_VERDICT, .party = 3000000000, .request = 12, .ends_at = 500 * MINUTE }, out = { 0 };
  Str text = link_make(a, site, &in);
  MUST(link_read(site, text, 499 * MINUTE, &out));
  INT(out.to, LINK_VERDICT); INT(out.party, in.party); INT(out.request, 12); INT(out.ends_at, in.ends_at);
  MUST(!link_read(site, text, 500 * MINUTE, &out));
  MUST(!link_read(other, text, 0, &out));
  MUST(!link_read(site, S(""), 0, &out));
  MUST(!link_read(site, str_cat(a, text, S("A")), 0, &out));
  for (size_t i = 0; i < text.n; i++) {                          /* no letter may be another; the last holds unused bits */
    char *bent = str_cstr(a, text);
    bent[i] = bent[i] == 'A' ? 'g' : 'A';
    MUST(!link_read(site, str_z(bent), 0, &out));
  }
  for (size_t i = 0; i < text.n; i++) MUST(!link_read(site, str_head(text, i), 0, &out));
}

TEST(signatures_of_one_purpose) {
  const Site *site = site_of(a, 1);
  Str sign = site_sign(a, site, "purpose1", S("data"));
  MUST(site_signed(site, "purpose1", S("data"), sign));
  MUST(!site_signed(site, "purpose2", S("data"), sign));
  MUST(!site_signed(site, "purpose1", S("dat4"), sign));
  MUST(!site_signed(site, "purpose1", S("data"), S("")));
}
