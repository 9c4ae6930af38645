/* main/people_commands.c: what an administrator does without a browser: people, teams, keys of programs. */
#include "main/people_commands.h"
#include <stdio.h>
#include "desk/party.h"
#include "desk/session.h"
#include "desk/setup.h"
#include "text/json.h"

static Str word(const Run *r, size_t i) { return i < r->words.n ? r->words.at[i] : S(""); }
static void say(const Buf *b) { fwrite(b->p, 1, b->n, stdout); }

/* What it prints is told when it is kept: a number or a key that a full disk took back would be a lie. */
static Err in_tx(Run *r, Err (*run)(Run *)) {
  TRY(run_db(r, DB_WRITE));
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(&r->cx, &tx));
  TRY(run(r));
  TRY(tx_commit(&tx));
  say(&r->out);
  return E_OK;
}

/* ── person ──────────────────────────────────────────────────────────── */

static Err give_role(Run *r, int64_t id, Str role, Str team) {
  Party house, to;
  if (str_eq(role, S("asker")) || !role.n) return E_OK;
  TRY(house_get(&r->cx, &house));
  if (str_eq(role, S("admin"))) return relationship_add(&r->cx, id, S("administers"), house.id);
  if (str_eq(role, S("lead")) && !team.n) return relationship_add(&r->cx, id, S("leads"), house.id);
  if (!str_eq(role, S("provider")) && !str_eq(role, S("lead"))) return run_usage(r, "--role is asker, provider, lead or admin");
  if (!team.n) return run_usage(r, "a provider serves a team: add --team NAME");
  TRY(team_by_name(&r->cx, team, &to));
  return relationship_add(&r->cx, id, str_eq(role, S("lead")) ? S("leads") : S("serves"), to.id);
}

/* "-": a line of standard input, so that it does not stand in the list of processes. */
static Str password_said(Run *r) {
  static char line[2048];
  Str said = run_option(r, "password");
  if (!str_eq(said, S("-"))) return said;
  Str rest = str_z(fgets(line, sizeof line, stdin));
  return str_line(&rest);
}

static Err person_add(Run *r) {
  Cx *cx = &r->cx;
  Str role = run_option(r, "role"), mail = run_option(r, "email"), name = run_option(r, "name"), hash = S("");
  int64_t id;
  bool open;
  TRY(setup_open(cx, &open));
  if (run_has(r, "password")) TRY(password_hash(cx, password_said(r), &hash));
  if (open && str_eq(role, S("admin"))) TRY(setup_administrator(cx, name, mail, &id));
  else {
    Party house = { 0 };
    if (role.n && !str_eq(role, S("asker"))) TRY(house_get(cx, &house));
    TRY(party_new(cx, &(PartyNew){ .name = name, .mail = mail, .lang = run_option(r, "language"), .organisation_id = house.id }, &id));
    TRY(give_role(r, id, role, run_option(r, "team")));
  }
  if (hash.n) TRY(password_put(cx, id, hash));
  buf_fmt(&r->out, "person %lld\n", (long long)id);
  return E_OK;
}

static Err person_line(Run *r, const Party *p, JsonOut *w, Buf *text) {
  Str role;
  TRY(party_role(&r->cx, p->id, &role));
  if (!run_has(r, "json")) { buf_fmt(text, "%-6lld %-9.*s %.*s <%.*s>\n", (long long)p->id, STR_ARG(role), STR_ARG(p->name), STR_ARG(p->mail)); return E_OK; }
  json_obj(w);
  JSON(w, "id", p->id);
  JSON(w, "name", p->name);
  JSON(w, "email", p->mail);
  JSON(w, "role", role);
  json_end(w);
  return E_OK;
}

static Err person_list(Run *r) {
  Buf text = { .arena = r->arena }, json = { .arena = r->arena };
  JsonOut w = { .to = &json };
  json_arr(&w);
  int64_t after = 0;
  for (Rows rows;;) {
    TRY(party_list(&r->cx, &(PartyFilter){ .after = after, .limit = 500, .gone = run_has(r, "gone") }, &rows));
    for (size_t i = 0; i < rows.n; i++) TRY(person_line(r, ROW(Party, rows, i), &w, &text));
    if (rows.n < 500) break;
    after = ROW(Party, rows, rows.n - 1)->id;
  }
  json_end(&w);
  buf_char(&json, '\n');
  say(run_has(r, "json") ? &json : &text);
  return E_OK;
}

static Err person_disable(Run *r) {
  Party p;
  TRY(party_by_mail(&r->cx, run_option(r, "email").n ? run_option(r, "email") : word(r, 1), &p));
  TRY(party_disable(&r->cx, p.id, !run_has(r, "again")));
  buf_fmt(&r->out, STR_FMT " %s\n", STR_ARG(p.name), run_has(r, "again") ? "may come in again" : "may no longer come in; nothing was deleted");
  return E_OK;
}

Err command_person(Run *r) {
  Str what = word(r, 0);
  bool named = run_option(r, "name").n && run_option(r, "email").n;
  if (str_eq(what, S("add")) && r->words.n == 1 && !named) return run_usage(r, "person add wants --name TEXT and --email ADDRESS");
  if (str_eq(what, S("add")) && r->words.n == 1) return in_tx(r, person_add);
  if (str_eq(what, S("disable")) && (r->words.n == 2 || run_option(r, "email").n)) return in_tx(r, person_disable);
  if (str_eq(what, S("list")) && r->words.n == 1) { TRY(run_db(r, DB_READ)); return person_list(r); }
  return run_forms(r);
}

/* ── team ────────────────────────────────────────────────────────────── */

static Err team_add(Run *r) {
  Cx *cx = &r->cx;
  Str name = word(r, 1);
  Party there, lead = { 0 };
  if (team_by_name(cx, name, &there) == E_OK) return fail(cx, E_CONFLICT, "there is a team called " STR_FMT " already", STR_ARG(name));
  if (run_option(r, "lead").n) TRY(party_by_mail(cx, run_option(r, "lead"), &lead));
  int64_t id;
  TRY(setup_team(cx, &(SetupTeam){ .name = name, .hours = run_option(r, "hours"), .lead = lead.id }, &id));
  buf_fmt(&r->out, "team %lld\n", (long long)id);
  return E_OK;
}

static Err team_member(Run *r, bool joins) {
  Party team, person;
  TRY(team_by_name(&r->cx, word(r, 1), &team));
  TRY(party_by_mail(&r->cx, word(r, 2), &person));
  if (joins) return relationship_add(&r->cx, person.id, run_has(r, "leads") ? S("leads") : S("serves"), team.id);
  TRY(relationship_drop(&r->cx, person.id, S("serves"), team.id));
  return relationship_drop(&r->cx, person.id, S("leads"), team.id);
}
static Err team_join(Run *r)  { return team_member(r, true); }
static Err team_leave(Run *r) { return team_member(r, false); }

static Err team_print(Run *r) {
  Rows rows;
  Buf b = { .arena = r->arena };
  JsonOut w = { .to = &b };
  TRY(team_list(&r->cx, &rows));
  bool json = run_has(r, "json");
  if (json) json_arr(&w);
  for (size_t i = 0; i < rows.n; i++) {
    const Party *t = ROW(Party, rows, i);
    if (!json) { buf_fmt(&b, "%-6lld %.*s%s\n", (long long)t->id, STR_ARG(t->name), t->closed ? " (closed to others)" : ""); continue; }
    json_obj(&w);
    JSON(&w, "id", t->id);
    JSON(&w, "name", t->name);
    JSON(&w, "closed", (bool)(t->closed != 0));
    json_end(&w);
  }
  if (json) { json_end(&w); buf_char(&b, '\n'); }
  say(&b);
  return E_OK;
}

Err command_team(Run *r) {
  Str what = word(r, 0);
  if (str_eq(what, S("add")) && r->words.n == 2) return in_tx(r, team_add);
  if (str_eq(what, S("join")) && r->words.n == 3) return in_tx(r, team_join);
  if (str_eq(what, S("leave")) && r->words.n == 3) return in_tx(r, team_leave);
  if (str_eq(what, S("list")) && r->words.n == 1) { TRY(run_db(r, DB_READ)); return team_print(r); }
  return run_forms(r);
}

/* ── token ───────────────────────────────────────────────────────────── */

static Err token_make(Run *r) {
  Party p;
  Str secret;
  TRY(party_by_mail(&r->cx, run_option(r, "person"), &p));
  TRY(token_new(&r->cx, p.id, run_option(r, "name"), &secret));
  buf_fmt(&r->out, "token for " STR_FMT ", shown this once: " STR_FMT "\n", STR_ARG(p.name), STR_ARG(secret));
  return E_OK;
}

Err command_token(Run *r) {
  if (str_eq(word(r, 0), S("new")) && r->words.n == 1 && run_option(r, "person").n && run_option(r, "name").n) return in_tx(r, token_make);
  return run_forms(r);
}
