/* desk/draft.c: see draft.h. */
#include "desk/draft.h"
#include "text/tidy.h"

enum { LONGEST = 200000, SHORT = 4000 };

static const Col draft_cols[] = {
  COL(Draft, request_id), COL(Draft, version), COL(Draft, at), COL(Draft, thrown_at), COL(Draft, kind), COL(Draft, text), COL(Draft, due),
  COL(Draft, conditions), COL(Draft, where_else), COL(Draft, copies), COL(Draft, answers),
};
static const Shape draft_shape = SHAPE(Draft, draft_cols);
#define DRAFT_COLS "d.request_id, d.version, d.at, d.thrown_at, d.kind, d.text, d.due, d.conditions, d.where_else, d.copies, d.answers"

static bool kind_known(Str kind) {
  static const char *const kinds[] = { "reply", "note", "promise", "counter", "revoke", "decline", "keep" };
  for (size_t i = 0; i < COUNT(kinds); i++) if (str_eq(kind, str_z(kinds[i]))) return true;
  return false;
}

static bool empty(const Draft *d) {
  return !str_trim(d->text).n && !str_trim(d->due).n && !str_trim(d->conditions).n && !str_trim(d->where_else).n && !str_trim(d->copies).n;
}

static Err said_just_now(Cx *cx, const Request *r, Str text, bool *ret) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM message m JOIN message_body b ON b.message_id = m.id WHERE m.request_id = ?1 AND m.author_id = ?2"
                         " AND m.at > ?3 AND REPLACE(b.text, ?5, '') = ?4"), V(r->id), V(cx->actor.party), V(cx->now - MINUTE), V(text), V(S("\r"))));
  *ret = n > 0 && text.n > 0;
  return E_OK;
}

Err draft_keep(Cx *cx, const Request *r, const Draft *d) {
  bool said;
  TRY(request_must_serve(cx, r));
  if (!kind_known(d->kind)) return fail(cx, E_MALFORMED, "There is no such thing to write here.");
  if (d->text.n > LONGEST) return fail_field(cx, "text", N_("That is longer than we can keep for later. Please send the long part as a file."));
  Str text = tidy_text(cx->arena, d->text, LONGEST);
  TRY(said_just_now(cx, r, text, &said));
  if (said || empty(d)) return draft_sent(cx, r->id, d->kind);
  return db_run(cx, SQL("INSERT INTO draft(party_id, request_id, kind, text, due, conditions, where_else, copies, answers, version, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
      " ON CONFLICT (party_id, request_id, kind) DO UPDATE SET text = excluded.text, due = excluded.due, conditions = excluded.conditions, where_else = excluded.where_else,"
      " copies = excluded.copies, answers = excluded.answers, version = excluded.version, at = excluded.at, thrown_at = 0"),
    V(cx->actor.party), V(r->id), V(d->kind), V(text), V(tidy_line(cx->arena, d->due, 40)), V(tidy_text(cx->arena, d->conditions, SHORT)),
    V(tidy_line(cx->arena, d->where_else, SHORT)), V(tidy_line(cx->arena, d->copies, SHORT)), V(tidy_line(cx->arena, d->answers, 200)), V(d->version), V(cx->now));
}

Err draft_list(Cx *cx, int64_t request, Rows *ret) {
  *ret = (Rows){ 0 };
  if (cx->actor.only_request || cx->actor.system) return E_OK;
  return db_rows(cx, &draft_shape, ret, SQL("SELECT " DRAFT_COLS " FROM draft d WHERE d.party_id = ?1 AND d.request_id = ?2 AND (d.thrown_at = 0 OR d.thrown_at > ?3) ORDER BY d.at DESC, d.kind"),
                 V(cx->actor.party), V(request), V(cx->now - DRAFT_BACK));
}

Err draft_throw(Cx *cx, int64_t request, Str kind, bool back) {
  return db_run(cx, SQL("UPDATE draft SET thrown_at = ?4 WHERE party_id = ?1 AND request_id = ?2 AND kind = ?3"),
                V(cx->actor.party), V(request), V(kind), V(back ? 0 : cx->now));
}

Err draft_sent(Cx *cx, int64_t request, Str kind) {
  return db_run(cx, SQL("DELETE FROM draft WHERE party_id = ?1 AND request_id = ?2 AND kind = ?3"), V(cx->actor.party), V(request), V(kind));
}

Err draft_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &draft_shape, ret, SQL("SELECT " DRAFT_COLS " FROM draft d WHERE d.party_id = ?1 AND d.thrown_at = 0 ORDER BY d.at, d.request_id, d.kind"), V(person));
}

Err draft_sweep(Cx *cx) { return db_run(cx, SQL("DELETE FROM draft WHERE thrown_at > 0 AND thrown_at <= ?1"), V(cx->now - DRAFT_BACK)); }
