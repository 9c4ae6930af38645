/* desk/request_change.c: what happens around the loop: who has it, which team, tags, snooze. Touches, never acts: no clock
   stops, no state moves. */
#include "desk/party.h"
#include "desk/request.h"
#include "desk/sight.h"
#include "desk/touch.h"
#include "text/tidy.h"

Err request_set_owner(Cx *cx, Request *r, int64_t owner) {
  TRY(request_must_serve(cx, r));
  if (owner == r->owner_id) return E_OK;
  bool in_team = true;
  if (owner) TRY(team_has(cx, r->team_id, owner, &in_team));
  if (!in_team) return fail_field(cx, "owner", N_("That person does not serve this team. Move the request to their team first."));
  Request was = *r;
  r->owner_id = owner;
  TRY(request_save(cx, &was, r, S("owner"), false));
  return touch_new(cx, r->id, S("owner"), owner, S(""));
}

Err request_set_team(Cx *cx, Request *r, int64_t team) {
  TRY(request_must_serve(cx, r));
  if (team == r->team_id) return E_OK;
  Party to;
  TRY(party_get(cx, team, &to));
  if (!str_eq(to.kind, S("team")) || to.disabled_at) return fail_field(cx, "team", N_("There is no such team."));
  Request was = *r;
  bool stays = false;
  if (r->owner_id) TRY(team_has(cx, team, r->owner_id, &stays));
  r->team_id = team;
  if (!stays) r->owner_id = 0;
  TRY(request_save(cx, &was, r, S("team"), false));
  return touch_new(cx, r->id, S("team"), team, S(""));
}

Err request_set_subject(Cx *cx, Request *r, Str subject) {
  TRY(request_must_serve(cx, r));
  subject = str_ellipsis(cx->arena, str_utf8_fix(cx->arena, subject), 200);
  if (!subject.n) return fail_field(cx, "subject", N_("Give it a name, so that others find it."));
  Request was = *r;
  r->subject = subject;
  TRY(request_save(cx, &was, r, S("subject"), false));
  return touch_new(cx, r->id, S("subject"), 0, was.subject);
}

Err request_tags(Cx *cx, int64_t id, Rows *ret) {
  static const Col cols[] = { COL(Word, word) };
  static const Shape shape = SHAPE(Word, cols);
  return db_rows(cx, &shape, ret, SQL("SELECT t.word FROM tag t JOIN request r ON r.id = t.request_id WHERE t.request_id = ?3 AND " SIGHT_NOTES " ORDER BY t.word"), SIGHT_VALS(cx), V(id));
}

Err request_set_tags(Cx *cx, Request *r, const Str *words, size_t n) {
  TRY(request_must_serve(cx, r));
  if (n > 20) return fail_field(cx, "tags", N_("Twenty tags are the most a request can have."));
  TRY(db_run(cx, SQL("DELETE FROM tag WHERE request_id = ?1"), V(r->id)));
  Buf all = { .arena = cx->arena };
  for (size_t i = 0; i < n; i++) {
    Str word = tidy_lower(cx->arena, str_utf8_fix(cx->arena, str_trim(words[i])));
    if (!word.n) continue;
    if (str_utf8_len(word) > 40) return fail_field(cx, "tags", N_("A tag has at most forty letters."));
    TRY(db_run(cx, SQL("INSERT INTO tag(request_id, word) VALUES (?1, ?2) ON CONFLICT (request_id, word) DO NOTHING"), V(r->id), V(word)));
    if (all.n) buf_add(&all, S(", "));
    buf_add(&all, word);
  }
  Request was = *r;
  TRY(request_save(cx, &was, r, S("tags"), true));
  return touch_new(cx, r->id, S("tags"), 0, buf_str(&all));
}

Err request_snooze(Cx *cx, const Request *r, int64_t until) {
  TRY(request_must_serve(cx, r));
  if (!until)
    return db_run(cx, SQL("DELETE FROM snooze WHERE party_id = ?1 AND request_id = ?2"), V(cx->actor.party), V(r->id));
  if (until <= cx->now) return fail_field(cx, "until", N_("That hour has passed. Choose one that is still to come."));
  return db_run(cx, SQL("INSERT INTO snooze(party_id, request_id, until_at) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT (party_id, request_id) DO UPDATE SET until_at = excluded.until_at"),
                V(cx->actor.party), V(r->id), V(until));
}

Err request_snoozed(Cx *cx, int64_t id, int64_t *ret_until) {
  return db_int(cx, ret_until, SQL("SELECT until_at FROM snooze WHERE party_id = ?1 AND request_id = ?2 AND until_at > ?3"),
                V(cx->actor.party), V(id), V(cx->now));
}

Err request_unread(Cx *cx, const Request *r, bool *ret) {
  int64_t seen;
  TRY(db_int(cx, &seen, SQL("SELECT version FROM seen WHERE party_id = ?1 AND request_id = ?2"), V(cx->actor.party), V(r->id)));
  *ret = seen < r->version;
  return E_OK;
}

Err request_seen(Cx *cx, const Request *r) {
  return db_run(cx, SQL("INSERT INTO seen(party_id, request_id, version) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT (party_id, request_id) DO UPDATE SET version = excluded.version WHERE seen.version < excluded.version"),
                V(cx->actor.party), V(r->id), V(r->version));
}

Err request_follow(Cx *cx, const Request *r, int64_t party, Str role) {
  TRY(request_must_serve(cx, r));
  if (!role.n) return db_run(cx, SQL("DELETE FROM participant WHERE request_id = ?1 AND party_id = ?2"), V(r->id), V(party));
  if (!str_eq(role, S("copy")) && !str_eq(role, S("helper"))) return fail_field(cx, "role", N_("Somebody gets copies, or helps."));
  TRY(db_run(cx, SQL("INSERT INTO participant(request_id, party_id, role, since) VALUES (?1, ?2, ?3, ?4)"
                     " ON CONFLICT (request_id, party_id) DO UPDATE SET role = excluded.role"), V(r->id), V(party), V(role), V(cx->now)));
  return touch_new(cx, r->id, role, party, S(""));
}

Err request_people(Cx *cx, int64_t id, Rows *ret) {
  static const Col cols[] = { COL(Participant, id), COL(Participant, name), COL(Participant, role), COL(Participant, mail) };
  static const Shape shape = SHAPE(Participant, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT p.id, p.name, x.role, (SELECT value FROM address a WHERE a.party_id = p.id AND a.kind = 'mail' ORDER BY a.main DESC, a.id LIMIT 1) AS mail"
        " FROM participant x JOIN party p ON p.id = x.party_id WHERE x.request_id = ?1 ORDER BY x.role, p.name"), V(id));
}

Err request_ask_person(Cx *cx, Request *r) {
  Standing is;
  TRY(request_standing(cx, r, &is));
  if (is.side != LOOP_CUSTOMER) return fail(cx, E_DENIED, N_("Only the person who asked can do that."));
  Request was = *r;
  r->person_asked = cx->now;
  TRY(request_save(cx, &was, r, S("person"), false));
  return touch_new(cx, r->id, S("person"), cx->actor.party, S(""));
}
