/* Drafts and saved answers, on both stores. */
#include "desk/act.h"
#include "desk/draft.h"
#include "desk/export.h"
#include "desk/habit.h"
#include "desk/inbox.h"
#include "desk/message.h"
#include "desk/saved_answer.h"
#include "desk_fixture.h"

static Request asked(Cx *cx, const Place *p) {
  Request r = { 0 };
  act_as(cx, p->ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p->ana, .text = S("The printer eats paper."), .service_id = p->service_it }, &r));
  act_as(cx, p->sofie);
  return r;
}
static size_t drafts(Cx *cx, const Request *r) {
  Rows rows;
  OK(cx, draft_list(cx, r->id, &rows));
  return rows.n;
}
static int64_t chip(Cx *cx, int64_t request) {
  Rows rows;
  Str next;
  OK(cx, inbox_list(cx, &(InboxFilter){ .list = LIST_ALL }, &rows, &next));
  for (size_t i = 0; i < rows.n; i++) if (ROW(InboxRow, rows, i)->r.id == request) return ROW(InboxRow, rows, i)->draft;
  return -1;
}
static bool holds(Cx *cx, int64_t person, Str words) {
  Buf b = { .arena = cx->arena };
  OK(cx, person_export(cx, person, &b));
  return str_find(buf_str(&b), words) != SIZE_MAX;
}

TEST_STORES(a_draft_is_ones_own) {
  Place p;
  Rows rows;
  place_new(cx, &p);
  Request r = asked(cx, &p);
  OK(cx, draft_keep(cx, &r, &(Draft){ .kind = S("reply"), .text = S("Dear Ana,\r\nwe"), .copies = S("tom@x.example"), .version = r.version }));
  OK(cx, draft_keep(cx, &r, &(Draft){ .kind = S("promise"), .due = S("2026-05-14T17:00"), .conditions = S("It prints") }));
  OK(cx, draft_keep(cx, &r, &(Draft){ .kind = S("reply"), .text = S("Dear Ana,\r\nwe look"), .version = r.version }));
  INT(drafts(cx, &r), 2);
  INT(chip(cx, r.id), 2);
  OK(cx, draft_list(cx, r.id, &rows));
  for (size_t i = 0; i < rows.n; i++)
    if (str_eq(ROW(Draft, rows, i)->kind, S("reply"))) { IS(ROW(Draft, rows, i)->text, S("Dear Ana,\nwe look")); IS(ROW(Draft, rows, i)->copies, S("")); }
  Request now;
  OK(cx, request_get(cx, r.id, &now));
  INT(now.version, r.version);
  MUST(holds(cx, p.sofie, S("we look")));
  act_as(cx, p.admin);                                   /* who takes it for her gets all but what she has not said yet */
  MUST(!holds(cx, p.sofie, S("we look")));
  act_as(cx, p.yusuf);                                   /* serves the same team, and sees nothing of it */
  INT(drafts(cx, &r), 0);
  INT(chip(cx, r.id), 0);
  MUST(!holds(cx, p.yusuf, S("we look")));
  OK(cx, draft_throw(cx, r.id, S("reply"), false));      /* nor throws away what is not his */
  act_as(cx, p.ana);
  INT(drafts(cx, &r), 0);
  ERR(cx, draft_keep(cx, &r, &(Draft){ .kind = S("reply"), .text = S("I") }), E_DENIED);
  MUST(!holds(cx, p.ana, S("we look")));
  act_as(cx, p.sofie);
  INT(chip(cx, r.id), 2);
  ERR(cx, draft_keep(cx, &r, &(Draft){ .kind = S("poem"), .text = S("I") }), E_MALFORMED);
}

TEST_STORES(a_draft_goes_and_comes_back) {
  Place p;
  Rows rows;
  int64_t id;
  place_new(cx, &p);
  Request r = asked(cx, &p);
  const Draft d = { .kind = S("reply"), .text = S("We look.") };
  OK(cx, draft_keep(cx, &r, &d));
  OK(cx, draft_throw(cx, r.id, S("reply"), false));
  INT(chip(cx, r.id), 0);
  OK(cx, draft_list(cx, r.id, &rows));
  INT(rows.n, 1);
  INT(ROW(Draft, rows, 0)->thrown_at, cx->now);
  OK(cx, draft_throw(cx, r.id, S("reply"), true));
  INT(chip(cx, r.id), 1);
  OK(cx, draft_throw(cx, r.id, S("reply"), false));
  cx->now += DRAFT_BACK;
  INT(drafts(cx, &r), 0);
  OK(cx, draft_sweep(cx));
  OK(cx, draft_throw(cx, r.id, S("reply"), true));
  INT(drafts(cx, &r), 0);
  OK(cx, draft_keep(cx, &r, &d));
  OK(cx, draft_keep(cx, &r, &(Draft){ .kind = S("reply"), .text = S(" \n") }));        /* nothing is no draft */
  INT(drafts(cx, &r), 0);
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("We look."), .format = S("markdown") }, &id));
  OK(cx, draft_sent(cx, r.id, S("reply")));
  OK(cx, draft_keep(cx, &r, &d));                        /* a save that comes after its own words were sent */
  INT(drafts(cx, &r), 0);
  cx->now += HOUR;
  OK(cx, draft_keep(cx, &r, &d));
  INT(drafts(cx, &r), 1);
}

static size_t found(Cx *cx, const char *q) {
  Rows rows;
  OK(cx, saved_answer_list(cx, str_z(q), &rows));
  return rows.n;
}

TEST_STORES(saved_answers_are_ones_own_or_the_teams) {
  Place p;
  SavedAnswer s;
  Rows rows;
  int64_t own, team, id;
  place_new(cx, &p);
  int64_t lead;
  OK(cx, party_new(cx, &(PartyNew){ .name = S("Lena Lead"), .mail = S("lena@x.example") }, &lead));
  OK(cx, relationship_add(cx, lead, S("leads"), p.it));
  act_as(cx, p.yusuf);
  OK(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("Über Papier"), .words = S("Hello {{name}}, take thinner paper."), .lang = S("de") }, &own));
  ERR(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("Ours"), .words = S("x"), .team_id = p.it }, &id), E_DENIED);
  ERR(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S(" "), .words = S("x") }, &id), E_INVALID);
  ERR(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("x"), .words = S("") }, &id), E_INVALID);
  ERR(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("x"), .words = S("x"), .lang = S("klingon") }, &id), E_INVALID);
  OK(cx, saved_answer_teams(cx, &rows));
  INT(rows.n, 0);
  act_as(cx, lead);
  OK(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("Restart"), .words = S("Switch it off and on."), .team_id = p.it }, &team));
  INT(found(cx, ""), 1);
  OK(cx, saved_answer_teams(cx, &rows));
  INT(rows.n, 1);
  ERR(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("x"), .words = S("x"), .team_id = p.hr }, &id), E_DENIED);
  act_as(cx, p.yusuf);
  INT(found(cx, ""), 2);
  INT(found(cx, "ÜBER thinner"), 1);
  INT(found(cx, "nothing like it"), 0);
  OK(cx, saved_answer_get(cx, team, &s));
  INT(s.may, 0);
  IS(s.team, S("Service desk"));
  ERR(cx, saved_answer_change(cx, team, &(SavedAnswerNew){ .title = S("x"), .words = S("x") }), E_DENIED);
  ERR(cx, saved_answer_drop(cx, team, false), E_DENIED);
  OK(cx, saved_answer_change(cx, own, &(SavedAnswerNew){ .title = S("Paper"), .words = S("Hello {{name}}.") }));
  OK(cx, saved_answer_used(cx, str_fmt(cx->arena, "%lld,%lld,99999,x", (long long)own, (long long)team)));
  OK(cx, saved_answer_get(cx, team, &s));
  INT(s.used, 1);
  OK(cx, saved_answer_drop(cx, own, false));
  INT(found(cx, ""), 1);
  OK(cx, saved_answer_drop(cx, own, true));
  INT(found(cx, "paper"), 1);
  MUST(holds(cx, p.yusuf, S("Hello {{name}}.")));
  MUST(!holds(cx, p.yusuf, S("Switch it off")));
  act_as(cx, p.grace);                                   /* another team's */
  INT(found(cx, ""), 0);
  ERR(cx, saved_answer_get(cx, own, &s), E_ABSENT);
  OK(cx, saved_answer_used(cx, str_fmt(cx->arena, "%lld", (long long)own)));
  act_as(cx, p.ana);
  INT(found(cx, ""), 0);
  ERR(cx, saved_answer_new(cx, &(SavedAnswerNew){ .title = S("x"), .words = S("x") }, &id), E_DENIED);
  act_as(cx, p.yusuf);
  OK(cx, saved_answer_get(cx, own, &s));
  INT(s.used, 1);
  OK(cx, saved_answer_drop(cx, own, false));
  cx->now += SAVED_ANSWER_BACK;
  OK(cx, saved_answer_sweep(cx));
  ERR(cx, saved_answer_get(cx, own, &s), E_ABSENT);
}

TEST(holes_are_filled_or_told) {
  Str word = S("");
  const SavedValue v[] = { { "name", S("Ana") }, { "due", S("") }, { "me", S("{{x}}") } };
  IS(saved_answer_fill(a, S("{{name}} {{ name }} {{due}} {{order}} {{ {{{name}}} {{me}} {name}"), v, COUNT(v)), S("Ana Ana {{due}} {{order}} {{ {Ana} {{x}} {name}"));
  MUST(saved_answer_gap(S("by {{ due }}."), &word));
  IS(word, S("due"));
  MUST(!saved_answer_gap(S("{{ }} {{a b}} {{} `{{code}}` {x}"), &word));
}

/* How somebody likes to work goes with them, and with nobody who takes their data for them. */
TEST_STORES(habits_are_taken_along) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.sofie);
  OK(cx, habit_put(cx, p.sofie, &(Habit){ .told = 1, .onward = 1, .keys = S("reply x\n") }));
  MUST(holds(cx, p.sofie, S("reply x")));
  act_as(cx, p.admin);
  MUST(!holds(cx, p.sofie, S("reply x")));
}
