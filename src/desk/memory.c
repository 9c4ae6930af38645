/* desk/memory.c: see memory.h. */
#include "desk/memory.h"
#include "desk/outbox.h"
#include <math.h>
#include <sodium.h>
#include "desk/sight.h"
#include "desk/site.h"

static const Col memory_cols[] = {
  COL(MemoryNote, id), COL(MemoryNote, about_id), COL(MemoryNote, by_id), COL(MemoryNote, request_id), COL(MemoryNote, team_id),
  COL(MemoryNote, created_at), COL(MemoryNote, confirmed_at), COL(MemoryNote, ends_at), COL(MemoryNote, used), COL(MemoryNote, used_at),
  COL(MemoryNote, kind), COL(MemoryNote, words), COL(MemoryNote, source), COL(MemoryNote, by), COL(MemoryNote, team),
};
static const Shape memory_shape = SHAPE(MemoryNote, memory_cols);
#define MEMORY_COLS "m.id, m.about_id, m.by_id, m.request_id, m.team_id, m.created_at, m.confirmed_at, m.ends_at, m.used, m.used_at, m.kind," \
  " m.words, m.source, (SELECT name FROM party WHERE id = m.by_id) AS by_name, (SELECT name FROM party WHERE id = m.team_id) AS team"

static const struct { const char *name; int64_t half_life_days; } kinds[] = {
  { "preference", 365 }, { "interest", 365 }, { "behaviour", 180 }, { "history", 180 }, { "accommodation", 0 }, { "promise", 0 },
};
static const struct { const char *name; double sure; } sources[] = { { "told", 1.0 }, { "observed", 0.9 }, { "inferred", 0.6 } };

double memory_confidence(const MemoryNote *m, int64_t now) {
  double c = 0;
  for (size_t i = 0; i < COUNT(sources); i++) if (str_eq(m->source, str_z(sources[i].name))) c = sources[i].sure;
  for (size_t i = 0; i < COUNT(kinds); i++)
    if (kinds[i].half_life_days && str_eq(m->kind, str_z(kinds[i].name)))
      c *= exp2(-(double)(now - m->confirmed_at) / (double)(kinds[i].half_life_days * DAY));
  return c < 0 ? 0 : c > 1 ? 1 : c;
}

bool memory_doubtful(const MemoryNote *m, int64_t now) { return memory_confidence(m, now) < 0.5; }

/* Who may know: the person; who wrote it down; the serving side of a request of theirs, minus what belongs to another team.
   about: m.about_id, or the parameter that is equal to it: then their requests are looked through once, not for each note. */
#define KNOWS(about) \
  "(m.about_id = ?1 OR ((m.team_id IS NULL OR m.team_id IN (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind IN ('serves','leads')))" \
  " AND EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = ?1 AND e.kind IN ('serves','leads','administers'))" \
  " AND (m.by_id = ?1 OR EXISTS (SELECT 1 FROM request r WHERE r.asker_id = " about " AND " SIGHT_SERVES_ "))))"

Err memory_list(Cx *cx, int64_t about, Rows *ret) {
  *ret = (Rows){ 0 };
  if (cx->actor.only_request && cx->actor.party != about) return E_OK;
  bool allowed;
  TRY(consent_get(cx, about, S("memory"), &allowed));
  if (!allowed && cx->actor.party != about) return E_OK;
  return db_rows(cx, &memory_shape, ret,
    SQL("SELECT " MEMORY_COLS " FROM memory m WHERE m.about_id = ?2 AND m.erased_at = 0 AND (m.ends_at = 0 OR m.ends_at > ?3) AND " KNOWS("?2")
        " ORDER BY CASE m.kind WHEN 'accommodation' THEN 0 WHEN 'preference' THEN 1 WHEN 'promise' THEN 3 ELSE 2 END, m.id"),
    V(cx->actor.party), V(about), V(cx->now));
}

static bool kind_known(Str kind)     { for (size_t i = 0; i < COUNT(kinds); i++) if (str_eq(kind, str_z(kinds[i].name))) return true; return false; }
static bool source_known(Str source) { for (size_t i = 0; i < COUNT(sources); i++) if (str_eq(source, str_z(sources[i].name))) return true; return false; }

/* What a team learns that is closed to others stays in it: on its request, or from somebody who serves no other team. */
static Err team_of_note(Cx *cx, const MemoryNew *in, int64_t *ret) {
  *ret = in->team_id;
  if (*ret) return E_OK;
  if (in->request_id)
    return db_int(cx, ret, SQL("SELECT r.team_id FROM request r JOIN party t ON t.id = r.team_id WHERE r.id = ?1 AND t.closed = 1"), V(in->request_id));
  return db_int(cx, ret,
    SQL("SELECT MIN(t.id) FROM relationship e JOIN party t ON t.id = e.to_id WHERE e.from_id = ?1 AND e.kind IN ('serves','leads') HAVING MIN(t.closed) = 1"),
    V(cx->actor.party));
}

Err memory_new(Cx *cx, const MemoryNew *in, int64_t *ret_id) {
  if (!str_trim(in->words).n) return fail_field(cx, "words", N_("Write what to remember."));
  if (in->words.n > 2000) return fail_field(cx, "words", N_("A note is a sentence or two; this is too long."));
  if (!kind_known(in->kind)) return fail_field(cx, "kind", N_("Choose what kind of note this is."));
  if (!source_known(in->source)) return fail_field(cx, "source", N_("Say how we know: told, observed or inferred."));
  if (!cx->actor.serves && !cx->actor.administers && !cx->actor.system && cx->actor.party != in->about_id)
    return fail(cx, E_DENIED, N_("Only the people who serve somebody keep notes about them."));
  bool allowed;
  TRY(consent_get(cx, in->about_id, S("memory"), &allowed));
  if (!allowed) return fail(cx, E_DENIED, N_("This person asked us not to remember things about them."));
  int64_t team;
  TRY(team_of_note(cx, in, &team));
  return db_int(cx, ret_id,
    SQL("INSERT INTO memory(about_id, kind, words, source, by_id, request_id, team_id, created_at, confirmed_at, ends_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9) RETURNING id"),
    V(in->about_id), V(in->kind), V(str_trim(in->words)), V(in->source), VID(cx->actor.party), VID(in->request_id), VID(team), V(cx->now), V(in->ends_at));
}

/* The note, if the actor may change it: the person it is about, or who wrote it. */
static Err mine(Cx *cx, int64_t id, MemoryNote *ret) {
  Err e = db_one(cx, &memory_shape, ret,
    SQL("SELECT " MEMORY_COLS " FROM memory m WHERE m.id = ?2 AND m.erased_at = 0 AND (m.about_id = ?1 OR (m.by_id = ?1 AND " KNOWS("m.about_id") "))"),
    V(cx->actor.party), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no such note that you may change.") : e;
}

Err memory_change(Cx *cx, int64_t id, Str words) {
  MemoryNote m;
  TRY(mine(cx, id, &m));
  if (!str_trim(words).n || words.n > 2000) return fail_field(cx, "words", N_("Write what to remember, in a sentence or two."));
  bool self = cx->actor.party == m.about_id;
  return db_run(cx, SQL("UPDATE memory SET words = ?2, confirmed_at = ?3, source = CASE WHEN ?4 = 1 THEN 'told' ELSE source END WHERE id = ?1"),
                V(id), V(str_trim(words)), V(cx->now), V(self));
}

Err memory_confirm(Cx *cx, int64_t id) {
  return db_run(cx, SQL("UPDATE memory SET confirmed_at = ?3 WHERE id = (SELECT m.id FROM memory m WHERE m.id = ?2 AND m.erased_at = 0 AND " KNOWS("m.about_id") ")"),
                V(cx->actor.party), V(id), V(cx->now));
}

/* The words go. A keyed fingerprint stays, to prove that something was erased and to know it if it is written again. */
static Err erase(Cx *cx, const MemoryNote *m) {
  unsigned char h[32];
  crypto_generichash(h, sizeof h, (const unsigned char *)m->words.p, m->words.n, cx->site->key, sizeof cx->site->key);
  return db_run(cx, SQL("UPDATE memory SET words = '', erased_at = ?2, tombstone = ?3, by_id = NULL, request_id = NULL WHERE id = ?1"),
                V(m->id), V(cx->now), V(str_hex(cx->arena, h, sizeof h)));
}

Err memory_erase(Cx *cx, int64_t id) {
  MemoryNote m;
  TRY(mine(cx, id, &m));
  return erase(cx, &m);
}

Err memory_erase_all(Cx *cx, int64_t about) {
  if (cx->actor.party != about) return fail(cx, E_DENIED, N_("Only the person themselves can do that."));
  Rows rows;
  TRY(db_rows(cx, &memory_shape, &rows, SQL("SELECT " MEMORY_COLS " FROM memory m WHERE m.about_id = ?1 AND m.erased_at = 0"), V(about)));
  for (size_t i = 0; i < rows.n; i++) TRY(erase(cx, ROW(MemoryNote, rows, i)));
  return E_OK;
}

Err memory_used(Cx *cx, int64_t id) {
  return db_run(cx, SQL("UPDATE memory SET used = used + 1, used_at = ?2 WHERE id = ?1 AND erased_at = 0"), V(id), V(cx->now));
}

Err memory_accommodated(Cx *cx, int64_t about, bool *ret) {
  int64_t n;
  TRY(consent_get(cx, about, S("memory"), ret));
  if (!*ret) return E_OK;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM memory WHERE about_id = ?1 AND kind = 'accommodation' AND erased_at = 0 AND (ends_at = 0 OR ends_at > ?2)"),
             V(about), V(cx->now)));
  *ret = n > 0;
  return E_OK;
}

Err consent_get(Cx *cx, int64_t party, Str scope, bool *ret) {
  int64_t said;
  TRY(db_int(cx, &said, SQL("SELECT CASE state WHEN 'yes' THEN 1 ELSE -1 END FROM consent WHERE party_id = ?1 AND scope = ?2"), V(party), V(scope)));
  *ret = said ? said > 0 : !str_eq(scope, S("invitations"));
  return E_OK;
}

Err consent_set(Cx *cx, int64_t party, Str scope, bool yes) {
  if (cx->actor.party != party && !cx->actor.system) return fail(cx, E_DENIED, N_("Only the person themselves can decide that."));
  if (!str_eq(scope, S("memory")) && !str_eq(scope, S("verdicts")) && !str_eq(scope, S("invitations")) && !str_eq(scope, S("weekly-letter")))
    return fail_field(cx, "scope", N_("There is no such thing to decide."));
  if (str_eq(scope, S("verdicts")) && !yes) TRY(outbox_unask(cx, party));
  return db_run(cx, SQL("INSERT INTO consent(party_id, scope, state, at) VALUES (?1, ?2, ?3, ?4)"
                        " ON CONFLICT (party_id, scope) DO UPDATE SET state = excluded.state, at = excluded.at"),
                V(party), V(scope), V(yes ? S("yes") : S("no")), V(cx->now));
}
