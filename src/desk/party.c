/* desk/party.c: party rows. Addresses are in address.c, standing to each other in relationship.c. */
#include "desk/party.h"
#include "desk/series.h"
#include "base/zone.h"

static const Col party_cols[] = {
  COL(Party, id), COL(Party, organisation_id), COL(Party, calendar_id), COL(Party, closed), COL(Party, disabled_at),
  COL(Party, created_at), COL(Party, version), COL(Party, kind), COL(Party, name), COL(Party, say_name), COL(Party, pronouns),
  COL(Party, title), COL(Party, lang), COL(Party, zone), COL(Party, phone), COL(Party, about), COL(Party, mail),
  COL(Party, organisation),
};
static const Shape party_shape = SHAPE(Party, party_cols);
#define PARTY_COLS \
  "p.id, p.organisation_id, p.calendar_id, p.closed, p.disabled_at, p.created_at, p.version, p.kind, p.name, p.say_name," \
  " p.pronouns, p.title, p.lang, p.zone, p.phone, p.about," \
  " (SELECT a.value FROM address a WHERE a.party_id = p.id ORDER BY a.main DESC, a.id LIMIT 1) AS mail," \
  " (SELECT o.name FROM party o WHERE o.id = p.organisation_id) AS organisation"

Err party_get(Cx *cx, int64_t id, Party *ret) {
  Err e = db_one(cx, &party_shape, ret, SQL("SELECT " PARTY_COLS " FROM party p WHERE p.id = ?1"), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no such person, team or organisation.") : e;
}

Err party_by_mail(Cx *cx, Str mail, Party *ret) {
  Err e = db_one(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM address x JOIN party p ON p.id = x.party_id WHERE x.kind = 'mail' AND x.value = ?1"),
    V(mail_normal(cx->arena, mail)));
  return e == E_ABSENT ? fail(cx, e, "Nobody here has the address " STR_FMT ".", STR_ARG(str_head(mail, 200))) : e;
}

static Err check(Cx *cx, const PartyNew *in, bool fresh) {
  if (fresh && str_trim(in->name).n == 0) return fail_field(cx, "name", N_("Give a name."));
  if (in->name.n > 200) return fail_field(cx, "name", N_("A name has at most 200 letters."));
  if (in->say_name.n > 200) return fail_field(cx, "say_name", N_("Keep this below 200 letters."));
  if (in->pronouns.n > 200) return fail_field(cx, "pronouns", N_("Keep this below 200 letters."));
  if (in->title.n > 200) return fail_field(cx, "title", N_("Keep this below 200 letters."));
  if (in->zone.n && !zone_get(in->zone)) return fail_field(cx, "zone", N_("There is no such time zone. Write one like Europe/Amsterdam."));
  if (in->lang.n > 35) return fail_field(cx, "lang", N_("A language is named by a tag such as en or pt-BR."));
  if (in->mail.n && !mail_normal(cx->arena, in->mail).n)
    return fail_field(cx, "mail", N_("Write an email address like name@example.org."));
  static const char *const kinds[] = { "", "person", "team", "organisation" };
  for (size_t i = 0; i < COUNT(kinds); i++) if (str_eq(in->kind, str_z(kinds[i]))) return E_OK;
  return fail_field(cx, "kind", N_("A party is a person, a team or an organisation."));
}

Err party_new(Cx *cx, const PartyNew *in, int64_t *ret_id) {
  TRY(check(cx, in, true));
  TRY(db_int(cx, ret_id,
    SQL("INSERT INTO party(kind, name, say_name, pronouns, title, lang, zone, phone, organisation_id, calendar_id, closed, about, created_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id"),
    V(in->kind.n ? in->kind : S("person")), V(str_trim(in->name)), V(in->say_name), V(in->pronouns), V(in->title), V(in->lang),
    V(in->zone), V(in->phone), VID(in->organisation_id), VID(in->calendar_id), V(in->closed), V(in->about), V(cx->now)));
  return in->mail.n ? address_add(cx, *ret_id, in->mail, true) : E_OK;
}

Err party_change(Cx *cx, int64_t id, const PartyNew *in) {
  TRY(check(cx, in, false));
  TRY(db_run(cx,
    SQL("UPDATE party SET name = COALESCE(NULLIF(?2, ''), name), say_name = COALESCE(NULLIF(?3, ''), say_name),"
        " pronouns = COALESCE(NULLIF(?4, ''), pronouns), title = COALESCE(NULLIF(?5, ''), title),"
        " lang = COALESCE(NULLIF(?6, ''), lang), zone = COALESCE(NULLIF(?7, ''), zone), phone = COALESCE(NULLIF(?8, ''), phone),"
        " organisation_id = COALESCE(?9, organisation_id), calendar_id = COALESCE(?10, calendar_id),"
        " about = COALESCE(NULLIF(?11, ''), about), version = version + 1 WHERE id = ?1"),
    V(id), V(str_trim(in->name)), V(in->say_name), V(in->pronouns), V(in->title), V(in->lang), V(in->zone), V(in->phone),
    VID(in->organisation_id), VID(in->calendar_id), V(in->about)));
  return in->mail.n ? address_add(cx, id, in->mail, true) : E_OK;
}

Err party_address_as(Cx *cx, int64_t id, const PartyNew *in) {
  TRY(check(cx, in, true));
  return db_run(cx, SQL("UPDATE party SET name = ?2, say_name = ?3, pronouns = ?4, lang = ?5, zone = ?6, phone = ?7, version = version + 1"
                        " WHERE id = ?1"),
    V(id), V(str_trim(in->name)), V(str_utf8_head(str_trim(in->say_name), 200)), V(str_utf8_head(str_trim(in->pronouns), 60)), V(in->lang),
    V(in->zone), V(str_utf8_head(str_trim(in->phone), 60)));
}

/* Somebody must look after the desk: the last who does cannot go. */
static Err not_the_last(Cx *cx, int64_t id) {
  int64_t mine, others;
  TRY(db_int(cx, &mine, SQL("SELECT count(*) FROM relationship WHERE from_id = ?1 AND kind = 'administers'"), V(id)));
  TRY(db_int(cx, &others, SQL("SELECT count(*) FROM relationship e JOIN party p ON p.id = e.from_id WHERE e.kind = 'administers' AND e.from_id <> ?1"
                              " AND p.disabled_at = 0"), V(id)));
  return mine && !others ? fail(cx, E_CONFLICT, N_("Nobody else looks after this desk. Let somebody else do so first.")) : E_OK;
}

Err party_disable(Cx *cx, int64_t id, bool off) {
  if (off) TRY(not_the_last(cx, id));
  TRY(db_run(cx, SQL("UPDATE party SET disabled_at = ?2, version = version + 1 WHERE id = ?1"), V(id), V(off ? cx->now : 0)));
  if (!off) return E_OK;
  TRY(db_run(cx, SQL("DELETE FROM session WHERE party_id = ?1"), V(id)));
  TRY(db_run(cx, SQL("DELETE FROM signin_link WHERE party_id = ?1"), V(id)));
  return db_run(cx, SQL("UPDATE token SET ended_at = ?2 WHERE party_id = ?1 AND ended_at = 0"), V(id), V(cx->now));
}

static Err organisation_of(Cx *cx, Str mail, int64_t *ret) {
  Str local, domain;
  str_cut_last(mail, '@', &local, &domain);
  return db_int(cx, ret, SQL("SELECT party_id FROM address WHERE kind = 'domain' AND value = ?1"), V(domain));
}

Err party_find_or_new(Cx *cx, Str mail, Str name, Party *ret) {
  Str normal = mail_normal(cx->arena, mail);
  if (!normal.n) return fail_field(cx, "mail", N_("Write an email address like name@example.org."));
  Err e = party_by_mail(cx, normal, ret);
  if (e != E_ABSENT) return e;
  Str local, domain;
  str_cut(normal, '@', &local, &domain);
  PartyNew in = { .name = str_head(str_trim(name).n ? str_trim(name) : local, 200), .mail = normal };
  in.name = str_utf8_fix(cx->arena, in.name);
  TRY(organisation_of(cx, normal, &in.organisation_id));
  int64_t id;
  TRY(party_new(cx, &in, &id));
  return party_get(cx, id, ret);
}

/* Roles by standing: the pieces a list may be narrowed by. */
static void role_where(Query *q, Str role) {
  if (str_eq(role, S("provider")))
    query_add(q, SQL(" AND EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = p.id AND e.kind IN ('serves','leads','administers'))"));
  if (str_eq(role, S("asker")))
    query_add(q, SQL(" AND NOT EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = p.id AND e.kind IN ('serves','leads','administers'))"));
}

Err party_list(Cx *cx, const PartyFilter *f, Rows *ret) {
  Query q = query_new(cx);
  query_val(&q, SQL("SELECT " PARTY_COLS " FROM party p WHERE p.kind = "), V(f->kind.n ? f->kind : S("person")));
  query_add(&q, f->gone ? SQL(" AND p.disabled_at <> 0") : SQL(" AND p.disabled_at = 0"));
  if (f->q.n) {
    int n = query_bind(&q, V(str_cat(cx->arena, str_lower(cx->arena, f->q), S("%"))));
    query_use(&q, SQL(" AND (lower(p.name) LIKE "), n);
    query_use(&q, SQL(" OR lower(p.name) LIKE ('% ' || "), n);
    query_use(&q, SQL(") OR EXISTS (SELECT 1 FROM address a WHERE a.party_id = p.id AND a.value LIKE "), n);
    query_add(&q, SQL("))"));
  }
  role_where(&q, f->role);
  if (f->after) {
    int n = query_bind(&q, V(f->after));
    query_use(&q, SQL(" AND (p.name, p.id) > (SELECT name, id FROM party WHERE id = "), n);
    query_add(&q, SQL(")"));
  }
  query_val(&q, SQL(" ORDER BY p.name, p.id LIMIT "), V((int64_t)(f->limit ? f->limit : 50)));
  return query_rows(cx, &q, &party_shape, ret);
}

Err party_count(Cx *cx, Str kind, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT count(*) FROM party WHERE kind = ?1 AND disabled_at = 0"), V(kind));
}

/* ── teams and the house ─────────────────────────────────────────────── */
Err team_list(Cx *cx, Rows *ret) {
  return db_rows(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM party p WHERE p.kind = ?1 AND p.disabled_at = 0 ORDER BY p.name, p.id"), V(S("team")));
}

Err team_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM party p WHERE p.kind = 'team' AND p.disabled_at = 0 AND p.id IN"
        " (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind IN ('serves','leads')) ORDER BY p.name, p.id"), V(person));
}

Err team_by_name(Cx *cx, Str name, Party *ret) {
  Err e = db_one(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM party p WHERE p.kind = 'team' AND lower(p.name) = lower(?1)"), V(name));
  return e == E_ABSENT ? fail(cx, e, "There is no team called " STR_FMT ".", STR_ARG(str_head(name, 200))) : e;
}

Err team_close(Cx *cx, int64_t team, bool closed) {
  int64_t changed;
  TRY(db_run_n(cx, &changed, SQL("UPDATE party SET closed = ?2, version = version + 1 WHERE id = ?1 AND kind = 'team' AND closed <> ?2"), V(team), V(closed)));
  return changed ? series_team(cx, team) : E_OK;
}

Err team_has(Cx *cx, int64_t team, int64_t person, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT count(*) FROM relationship WHERE from_id = ?2 AND to_id = ?1 AND kind IN ('serves','leads')"),
             V(team), V(person)));
  *ret = n > 0;
  return E_OK;
}

Err house_get(Cx *cx, Party *ret) {
  Err e = db_one(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM party p WHERE p.kind = ?1 ORDER BY p.id LIMIT 1"), V(S("organisation")));
  return e == E_ABSENT ? fail(cx, e, "This desk is not set up yet.") : e;
}

/* ── standing to each other ──────────────────────────────────────────── */
Err relationship_add(Cx *cx, int64_t from, Str kind, int64_t to) {
  return db_run(cx, SQL("INSERT INTO relationship(from_id, to_id, kind, since) VALUES (?1, ?2, ?3, ?4)"
                        " ON CONFLICT (from_id, kind, to_id) DO NOTHING"), V(from), V(to), V(kind), V(cx->now));
}

Err relationship_drop(Cx *cx, int64_t from, Str kind, int64_t to) {
  if (str_eq(kind, S("administers"))) TRY(not_the_last(cx, from));
  return db_run(cx, SQL("DELETE FROM relationship WHERE from_id = ?1 AND to_id = ?2 AND kind = ?3"), V(from), V(to), V(kind));
}

Err relationship_from(Cx *cx, Str kind, int64_t to, Rows *ret) {
  return db_rows(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM relationship e JOIN party p ON p.id = e.from_id"
        " WHERE e.to_id = ?1 AND e.kind = ?2 AND p.disabled_at = 0 ORDER BY p.name, p.id"), V(to), V(kind));
}

Err team_people(Cx *cx, int64_t team, Rows *ret) {
  return db_rows(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM party p WHERE p.disabled_at = 0"
        " AND p.id IN (SELECT from_id FROM relationship WHERE to_id = ?1 AND kind IN ('serves','leads')) ORDER BY p.name, p.id"), V(team));
}

Err relationship_to(Cx *cx, int64_t from, Str kind, Rows *ret) {
  return db_rows(cx, &party_shape, ret,
    SQL("SELECT " PARTY_COLS " FROM relationship e JOIN party p ON p.id = e.to_id"
        " WHERE e.from_id = ?1 AND e.kind = ?2 AND p.disabled_at = 0 ORDER BY p.name, p.id"), V(from), V(kind));
}

Err party_role(Cx *cx, int64_t id, Str *ret) {
  Actor who;
  TRY(actor_load(cx, id, &who));
  int64_t supplies;
  TRY(db_int(cx, &supplies, SQL("SELECT count(*) FROM relationship e JOIN party p ON p.organisation_id = e.from_id"
                                " WHERE p.id = ?1 AND e.kind = 'supplies'"), V(id)));
  *ret = who.administers ? S("admin") : who.leads ? S("lead") : who.serves ? S("provider") : supplies ? S("supplier") : S("asker");
  return E_OK;
}

/* ── who acts ────────────────────────────────────────────────────────── */
Err actor_load(Cx *cx, int64_t party, Actor *ret) {
  typedef struct { int64_t id, serves, leads, administers; } Standing;
  static const Col cols[] = { COL(Standing, id), COL(Standing, serves), COL(Standing, leads), COL(Standing, administers) };
  static const Shape shape = SHAPE(Standing, cols);
  Standing s = { 0 };
  *ret = (Actor){ 0 };
  Err e = db_one(cx, &shape, &s,
    SQL("SELECT p.id, MAX(CASE WHEN e.kind = 'serves' OR e.kind = 'leads' THEN 1 ELSE 0 END) AS serves,"
        " MAX(CASE WHEN e.kind = 'leads' THEN 1 ELSE 0 END) AS leads, MAX(CASE WHEN e.kind = 'administers' THEN 1 ELSE 0 END) AS administers"
        " FROM party p LEFT JOIN relationship e ON e.from_id = p.id"
        " WHERE p.id = ?1 AND p.kind = 'person' AND p.disabled_at = 0 GROUP BY p.id"), V(party));
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  *ret = (Actor){ .party = s.id, .serves = s.serves > 0, .leads = s.leads > 0, .administers = s.administers > 0 };
  return E_OK;
}
