/* desk/journey.c: see journey.h. */
#include "desk/journey.h"
#include "desk/party.h"

static const Col cols[] = {
  COL(Journey, id), COL(Journey, team_id), COL(Journey, whose_id), COL(Journey, days), COL(Journey, in_force), COL(Journey, version), COL(Journey, created_at),
  COL(Journey, closed_at), COL(Journey, since), COL(Journey, worked), COL(Journey, code), COL(Journey, name), COL(Journey, about), COL(Journey, walker),
  COL(Journey, whose), COL(Journey, whose_word), COL(Journey, keep), COL(Journey, team), COL(Journey, whose_name),
};
static const Shape shape = SHAPE(Journey, cols);

/* What a touchpoint says, as far as a version is one. */
#define SAYS "code, position, phase, lane, kind, name, doing, initiator, receiver, channel, owner, promise, ideas, act, service_id, request_kind, by_channel, tag, word, keep"
#define SAYS_OF(n) "SELECT " SAYS " FROM touchpoint WHERE journey_id = j.id AND number = " n " AND removed_at = 0"
#define COLS \
  "j.id, j.team_id, j.whose_id, j.days, j.in_force, j.version, j.created_at, j.closed_at," \
  " (SELECT at FROM journey_version WHERE journey_id = j.id AND number = j.in_force) AS since," \
  " CASE WHEN EXISTS (" SAYS_OF("0") " EXCEPT " SAYS_OF("j.in_force") ") OR EXISTS (" SAYS_OF("j.in_force") " EXCEPT " SAYS_OF("0") ") THEN 1 ELSE 0 END AS worked," \
  " j.code, j.name, j.about, j.walker, j.whose, j.whose_word, j.keep, (SELECT name FROM party WHERE id = j.team_id) AS team," \
  " CASE j.whose WHEN 'organisation' THEN (SELECT name FROM party WHERE id = j.whose_id) WHEN 'service' THEN (SELECT name FROM service WHERE id = j.whose_id)" \
  " ELSE j.whose_word END AS whose_name"

/* Of a journey row j and the viewer ?1 (-1: the desk's own software); ?2: 1 if they serve, lead or look after the desk, with no mailed link. */
#define READS "(?1 = -1 OR (?2 = 1 AND (j.team_id IS NULL OR j.team_id NOT IN (SELECT id FROM party WHERE closed = 1)" \
  " OR j.team_id IN (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind IN ('serves','leads')))))"
static int64_t viewer(const Cx *cx) { return cx->actor.system ? -1 : cx->actor.party; }
static int64_t inside(const Cx *cx) {
  const Actor *a = &cx->actor;
  return a->party > 0 && !a->only_request && (a->serves || a->leads || a->administers);
}

Err journey_list(Cx *cx, bool closed, Rows *ret) {
  return db_rows(cx, &shape, ret, SQL("SELECT " COLS " FROM journey j WHERE CASE WHEN j.closed_at > 0 THEN 1 ELSE 0 END = ?3 AND " READS " ORDER BY j.name, j.id"),
                 V(viewer(cx)), V(inside(cx)), V(closed));
}

Err journey_get(Cx *cx, int64_t id, Journey *ret) {
  Err e = db_one(cx, &shape, ret, SQL("SELECT " COLS " FROM journey j WHERE j.id = ?3 AND " READS), V(viewer(cx)), V(inside(cx)), V(id));
  return e == E_ABSENT ? fail(cx, E_ABSENT, N_("There is no such journey that you may see.")) : e;
}

/* ── who may ─────────────────────────────────────────────────────────── */

/* A closed team's maps are its own, whoever else leads. */
static Err closed_to(Cx *cx, int64_t team, bool *ret) {
  int64_t closed = 0;
  if (team) TRY(db_int(cx, &closed, SQL("SELECT count(*) FROM party WHERE id = ?2 AND closed = 1 AND id NOT IN"
                                        " (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind IN ('serves','leads'))"), V(cx->actor.party), V(team)));
  *ret = closed > 0;
  return E_OK;
}

Err journey_may_change(Cx *cx, const Journey *j, bool *ret) {
  int64_t leads;
  bool closed;
  *ret = cx->actor.system;
  if (*ret || !inside(cx)) return E_OK;
  TRY(closed_to(cx, j->team_id, &closed));
  if (closed) return E_OK;
  *ret = cx->actor.administers;
  if (*ret) return E_OK;
  TRY(db_int(cx, &leads, SQL("SELECT count(*) FROM relationship e JOIN party p ON p.id = e.to_id WHERE e.from_id = ?1 AND e.kind = 'leads'"
                             " AND (p.kind = 'organisation' OR ?2 = 0 OR p.id = ?2)"), V(cx->actor.party), V(j->team_id)));
  *ret = leads > 0;
  return E_OK;
}

Err journey_must_change(Cx *cx, const Journey *j) {
  bool may;
  TRY(journey_may_change(cx, j, &may));
  return may ? E_OK : fail(cx, E_DENIED, N_("Only those who lead change a map. You can read it, and tell them what you see."));
}

/* ── making and changing ─────────────────────────────────────────────── */

static bool one_of(Str s, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++) if (str_eq(s, str_z(words[i]))) return true;
  return false;
}

static Err known(Cx *cx, Sql sql, int64_t id, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, sql, V(id)));
  *ret = n > 0;
  return E_OK;
}

static Err whose_ok(Cx *cx, const JourneyNew *in) {
  static const char *const words[] = { "", "organisation", "service", "tag" };
  bool ok = true;
  if (!one_of(in->whose, words, COUNT(words))) return fail_field(cx, "whose", N_("Say whose walks these are."));
  if (str_eq(in->whose, S("tag")) && !str_trim(in->whose_word).n) return fail_field(cx, "whose_word", N_("Write the tag."));
  if (str_eq(in->whose, S("organisation"))) TRY(known(cx, SQL("SELECT count(*) FROM party WHERE id = ?1 AND kind = 'organisation'"), in->whose_id, &ok));
  if (str_eq(in->whose, S("service"))) TRY(known(cx, SQL("SELECT count(*) FROM service WHERE id = ?1"), in->whose_id, &ok));
  return ok ? E_OK : fail_field(cx, "whose_id", N_("Choose one of the list."));
}

static Err checked(Cx *cx, const JourneyNew *in) {
  bool ok = true;
  if (!str_trim(in->name).n) return fail_field(cx, "name", N_("Give the journey a name."));
  if (in->days < 1 || in->days > 730) return fail_field(cx, "days", N_("A walk lasts from 1 to 730 days."));
  if (in->team_id) TRY(known(cx, SQL("SELECT count(*) FROM party WHERE id = ?1 AND kind = 'team'"), in->team_id, &ok));
  return ok ? whose_ok(cx, in) : fail_field(cx, "team", N_("Choose a team."));
}

static int64_t whose_id(const JourneyNew *in) { return str_eq(in->whose, S("organisation")) || str_eq(in->whose, S("service")) ? in->whose_id : 0; }
static Str whose_word(Arena *a, const JourneyNew *in) { return str_eq(in->whose, S("tag")) ? str_lower(a, str_utf8_head(str_trim(in->whose_word), 100)) : S(""); }

Err journey_new(Cx *cx, const JourneyNew *in, Journey *ret) {
  int64_t id;
  TRY(journey_must_change(cx, &(Journey){ .team_id = in->team_id }));
  TRY(checked(cx, in));
  TRY(db_int(cx, &id, SQL("INSERT INTO journey(code, name, about, walker, team_id, whose, whose_id, whose_word, days, created_at)"
                          " VALUES ('new', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id"),
             V(str_utf8_head(str_trim(in->name), 200)), V(str_utf8_head(str_trim(in->about), 2000)), V(str_utf8_head(str_trim(in->walker), 100)), VID(in->team_id), V(in->whose),
             V(whose_id(in)), V(whose_word(cx->arena, in)), V(in->days), V(cx->now)));
  TRY(db_run(cx, SQL("UPDATE journey SET code = ?2 WHERE id = ?1"), V(id), V(str_fmt(cx->arena, "J%lld", (long long)id))));
  return journey_get(cx, id, ret);
}

Err journey_change(Cx *cx, Journey *j, const JourneyNew *in) {
  TRY(journey_must_change(cx, j));
  TRY(journey_must_change(cx, &(Journey){ .team_id = in->team_id }));
  TRY(checked(cx, in));
  TRY(db_run(cx, SQL("UPDATE journey SET name = ?2, about = ?3, walker = ?4, team_id = ?5, whose = ?6, whose_id = ?7, whose_word = ?8, days = ?9,"
                     " version = version + 1 WHERE id = ?1"),
             V(j->id), V(str_utf8_head(str_trim(in->name), 200)), V(str_utf8_head(str_trim(in->about), 2000)), V(str_utf8_head(str_trim(in->walker), 100)), VID(in->team_id),
             V(in->whose), V(whose_id(in)), V(whose_word(cx->arena, in)), V(in->days)));
  return journey_get(cx, j->id, j);
}

Err journey_close(Cx *cx, Journey *j, bool closed) {
  TRY(journey_must_change(cx, j));
  j->closed_at = closed ? cx->now : 0;
  return db_run(cx, SQL("UPDATE journey SET closed_at = ?2, version = version + 1 WHERE id = ?1"), V(j->id), V(j->closed_at));
}

Err journey_keep(Cx *cx, Journey *j, Str code, Str keep) {
  int64_t same;
  TRY(db_int(cx, &same, SQL("SELECT count(*) FROM journey WHERE code = ?1 AND id <> ?2"), V(code), V(j->id)));
  if (same) return fail(cx, E_CONFLICT, "There is a journey " STR_FMT " here already.", STR_ARG(code));
  j->code = code;
  j->keep = keep;
  return db_run(cx, SQL("UPDATE journey SET code = ?2, keep = ?3 WHERE id = ?1"), V(j->id), V(code), V(keep));
}

/* ── versions ────────────────────────────────────────────────────────── */

static const Col version_cols[] = { COL(JourneyVersion, number), COL(JourneyVersion, at), COL(JourneyVersion, by_id), COL(JourneyVersion, stages),
                                    COL(JourneyVersion, note), COL(JourneyVersion, by) };
static const Shape version_shape = SHAPE(JourneyVersion, version_cols);
#define VERSION_COLS \
  "v.number, v.at, v.by_id, (SELECT count(*) FROM touchpoint t WHERE t.journey_id = v.journey_id AND t.number = v.number) AS stages, v.note," \
  " (SELECT name FROM party WHERE id = v.by_id) AS by_name"

Err journey_versions(Cx *cx, int64_t journey, Rows *ret) {
  return db_rows(cx, &version_shape, ret, SQL("SELECT " VERSION_COLS " FROM journey_version v WHERE v.journey_id = ?1 ORDER BY v.number DESC"), V(journey));
}

Err journey_version(Cx *cx, int64_t journey, int64_t number, JourneyVersion *ret) {
  Err e = db_one(cx, &version_shape, ret, SQL("SELECT " VERSION_COLS " FROM journey_version v WHERE v.journey_id = ?1 AND v.number = ?2"), V(journey), V(number));
  return e == E_ABSENT ? fail(cx, E_ABSENT, N_("This journey has no such version.")) : e;
}

static Err copied(Cx *cx, int64_t journey, int64_t from, int64_t to) {
  return db_run(cx, SQL("INSERT INTO touchpoint(journey_id, number, " SAYS ") SELECT journey_id, ?3, " SAYS " FROM touchpoint"
                        " WHERE journey_id = ?1 AND number = ?2 AND removed_at = 0"), V(journey), V(from), V(to));
}

Err journey_publish(Cx *cx, Journey *j, Str note) {
  int64_t stages, number;
  TRY(journey_must_change(cx, j));
  if (!str_trim(note).n) return fail_field(cx, "note", N_("Say in a line what changed, for those who come after."));
  TRY(db_int(cx, &stages, SQL("SELECT count(*) FROM touchpoint WHERE journey_id = ?1 AND number = 0 AND removed_at = 0"), V(j->id)));
  if (!stages) return fail_field(cx, "note", N_("A map without touchpoints cannot be put in force. Add the first one."));
  TRY(db_int(cx, &number, SQL("SELECT COALESCE(MAX(number), 0) + 1 FROM journey_version WHERE journey_id = ?1"), V(j->id)));
  TRY(db_run(cx, SQL("INSERT INTO journey_version(journey_id, number, at, by_id, note) VALUES (?1, ?2, ?3, ?4, ?5)"),
             V(j->id), V(number), V(cx->now), VID(cx->actor.party), V(str_utf8_head(str_trim(note), 1000))));
  TRY(copied(cx, j->id, 0, number));
  TRY(db_run(cx, SQL("UPDATE journey SET in_force = ?2, version = version + 1 WHERE id = ?1"), V(j->id), V(number)));
  return journey_get(cx, j->id, j);
}

Err journey_take_up(Cx *cx, Journey *j, int64_t number) {
  JourneyVersion v;
  TRY(journey_must_change(cx, j));
  TRY(journey_version(cx, j->id, number, &v));
  TRY(db_run(cx, SQL("DELETE FROM touchpoint WHERE journey_id = ?1 AND number = 0"), V(j->id)));
  TRY(copied(cx, j->id, number, 0));
  return journey_get(cx, j->id, j);
}
