/* The pages of people who serve, without a socket: each is drawn for each kind of person, and what is sent from them does
   what it says. */
#include "desk/act.h"
#include "desk/demo.h"
#include "desk/inbox.h"
#include "desk/message.h"
#include "desk_fixture.h"
#include "text/when.h"
#include "web/route.h"

/* ── a call as the server would make it ─────────────────────────────── */

typedef struct { Req q; Res res; Err err; } Call;

static void split(Cx *cx, Str s, Pairs *ret) {
  Form f;
  OK(cx, form_parse(cx, s, &f));
  for (size_t i = 0; i < f.n; i++) vec_add(cx->arena, ret, f.at[i]);
}

static Call call(Cx *cx, Verb verb, Str target, Str form) {
  Call c = { .q = { .verb = verb, .csrf = S("t") }, .res = { .body.arena = cx->arena } };
  Str allow;
  str_cut(target, '?', &c.q.path, &c.q.query);
  split(cx, c.q.query, &c.q.args);
  split(cx, form, &c.q.form);
  OK(cx, route_find(cx, verb, c.q.path, &c.q.route, &c.q.params, &allow));
  cx->why = cx->field = S("");
  c.err = may_pass(c.q.route->may, &cx->actor) ? c.q.route->run(cx, &c.q, &c.res) : E_DENIED;
  return c;
}
static Call get(Cx *cx, Str target) { return call(cx, GET, target, S("")); }
static Call post(Cx *cx, Str target, Str form) { return call(cx, POST, target, form); }
static Str body(const Call *c) { return buf_str(&c->res.body); }
static bool has(const Call *c, const char *words) { return str_find(body(c), str_z(words)) != SIZE_MAX; }

static Str ask(Cx *cx, const Place *p, const char *text) {
  Request r = { 0 };
  act_as(cx, p->ana);
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = p->ana, .text = str_z(text) }, &r));
  act_as(cx, p->sofie);
  return request_ref(cx->arena, r.id);
}
static Request now(Cx *cx, Str ref) {
  Request r = { 0 };
  OK(cx, request_by_ref(cx, ref, &r));
  return r;
}
static Str path(Cx *cx, Str ref, const char *rest) { return str_cat(cx->arena, S("/requests/"), ref, str_z(rest)); }
static Str with_version(Cx *cx, Str ref, const char *form) {
  return str_fmt(cx->arena, "version=%lld&seen=0.0.0&%s", (long long)now(cx, ref).version, form);
}

TEST_STORES(the_inbox_shows_who_waits_and_nobody_elses) {
  Place p;
  place_new(cx, &p);
  act_as(cx, p.sofie);
  Call c = get(cx, S("/inbox"));
  MUST(has(&c, "No conversations yet."));
  Str ref = ask(cx, &p, "The label printer is stuck");
  c = get(cx, S("/inbox"));
  INT(c.err, E_OK);
  MUST(has(&c, "One person is waiting for you."));
  MUST(has(&c, "The label printer is stuck"));
  MUST(has(&c, "What falls due first stands first"));
  c = get(cx, str_cat(a, S("/inbox?open="), ref));
  MUST(has(&c, "Send to Ana"));
  act_as(cx, p.grace);
  c = get(cx, S("/inbox"));
  MUST(!has(&c, "label printer"));
  c = get(cx, path(cx, ref, ""));
  INT(c.err, E_ABSENT);
  act_as(cx, p.ana);
  c = get(cx, S("/inbox"));
  INT(c.err, E_DENIED);
  act_as(cx, p.sofie);
  c = get(cx, S("/inbox?list=nonsense"));
  INT(c.err, E_ABSENT);
}

TEST_STORES(a_request_is_noted_promised_and_answered_from_its_page) {
  Place p;
  place_new(cx, &p);
  Str ref = ask(cx, &p, "The label printer is stuck");
  Call c = post(cx, path(cx, ref, "/messages"), with_version(cx, ref, "note=1&text=It+is+the+clock&back=/inbox?open%3DR-1"));
  INT(c.err, E_OK);
  INT(c.res.status, 303);
  IS(c.res.location, S("/inbox?open=R-1&done=noted"));
  c = get(cx, path(cx, ref, "?done=noted"));
  MUST(has(&c, "Note, only the team sees this"));
  MUST(has(&c, "Only the team sees it."));
  c = post(cx, path(cx, ref, "/acts"), with_version(cx, ref, "act=promise&due=2026-05-14T17:00&conditions=Labels+right%0AToday%27s+date&text=On+it"));
  INT(c.res.status, 303);
  Request r = now(cx, ref);
  IS(r.state, S("PROMISED"));
  IS(when_input(a, cx->zone, r.due_at), S("2026-05-14T17:00"));
  c = get(cx, path(cx, ref, ""));
  MUST(has(&c, "Today by 17:00"));
  MUST(has(&c, "Labels right"));
  MUST(has(&c, "You promised"));
  c = post(cx, path(cx, ref, "/messages"), with_version(cx, ref, "then=report&text=Fixed"));
  INT(c.res.status, 303);
  IS(now(cx, ref).state, S("REPORTED"));
}

TEST_STORES(what_is_refused_keeps_the_words) {
  Place p;
  place_new(cx, &p);
  Str ref = ask(cx, &p, "The label printer is stuck");
  Call c = post(cx, path(cx, ref, "/acts"), with_version(cx, ref, "act=promise&due=2020-01-01T10:00&text=soon+enough"));
  INT(c.res.status, 422);
  MUST(has(&c, "That hour has passed"));
  MUST(has(&c, "soon enough"));
  MUST(has(&c, "value=\"2020-01-01T10:00\""));
  c = post(cx, path(cx, ref, "/messages"), with_version(cx, ref, "text=+"));
  INT(c.res.status, 422);
  MUST(has(&c, "There is nothing written yet."));
}

TEST_STORES(the_second_of_two_is_stopped_and_shown_what_arrived) {
  Place p;
  place_new(cx, &p);
  Str ref = ask(cx, &p, "The label printer is stuck");
  Str stale = with_version(cx, ref, "text=Mine+is+still+here");
  act_as(cx, p.yusuf);
  Call c = post(cx, path(cx, ref, "/messages"), with_version(cx, ref, "text=Yusuf+was+first"));
  INT(c.res.status, 303);
  act_as(cx, p.sofie);
  int64_t before = now(cx, ref).messages;
  c = post(cx, path(cx, ref, "/messages"), stale);
  INT(c.res.status, 409);
  MUST(has(&c, "Yusuf was first"));
  MUST(has(&c, "Mine is still here"));
  MUST(has(&c, "New since you looked"));
  MUST(has(&c, str_cstr(a, str_fmt(a, "name=\"version\" value=\"%lld\"", (long long)now(cx, ref).version))));
  INT(now(cx, ref).messages, before);
}
