/* web/api/shared.c: bodies in, rows out. */
#include "desk/promise.h"
#include "desk/request_clocks.h"
#include "desk/site.h"
#include "web/api/api.h"
#include "web/number.h"

static Err only(Cx *cx, const Json *object, const ApiField *fields) {
  const char *names[32];
  size_t n = 0;
  for (const ApiField *f = fields; f->name && n < COUNT(names) - 1; f++) names[n++] = f->name;
  names[n] = NULL;
  return json_only(cx, object, names);
}

Err api_body(Cx *cx, const Req *q, const ApiField *fields) {
  if (!q->json) return fail(cx, q->body.n ? E_TYPE : E_MALFORMED, "Send the body as JSON, with Content-Type: application/json.");
  if (q->json->kind != JSON_IS_OBJ) return fail(cx, E_MALFORMED, "The body must be a JSON object, { … }.");
  return only(cx, q->json, fields);
}

Err api_under(Cx *cx, Err e, const char *member) {
  if (e && cx->field.n) cx->field = str_fmt(cx->arena, "%s." STR_FMT, member, STR_ARG(cx->field));
  return e;
}

Err api_inside(Cx *cx, const Req *q, const char *member, const ApiField *fields, const Json **ret) {
  *ret = NULL;
  TRY(json_object_of(cx, q->json, member, ret));
  return *ret ? api_under(cx, only(cx, *ret, fields), member) : E_OK;
}

Err api_named(Cx *cx, Err e, const char *names) {
  Str rest = str_z(names), one, theirs, ours;
  while (e && cx->field.n && rest.n) {
    str_cut(rest, ' ', &one, &rest);
    str_cut(one, '=', &theirs, &ours);
    if (str_eq(theirs, cx->field)) { cx->field = ours; break; }
  }
  return e;
}

JsonOut api_begin(Res *res) {
  JsonOut w = { .to = &res->body };
  json_obj(&w);
  return w;
}

Err api_end(JsonOut *w, Res *res, int status) {
  json_end(w);
  buf_char(&res->body, '\n');
  res->type = S("application/json");
  res->status = status;
  return E_OK;
}

Err api_page(Cx *cx, const Req *q, size_t *ret_limit, Str *ret_cursor) {
  int64_t limit = 50;
  if (req_get(q, "limit").n && (!req_get_int(q, "limit", &limit) || limit < 1 || limit > 200)) return fail_field(cx, "limit", "A page has 1 to 200 items.");
  *ret_limit = (size_t)limit;
  *ret_cursor = req_get(q, "cursor");
  return E_OK;
}

Err api_version(Cx *cx, const Req *q, Str now, const char *what) {
  Str rest = q->if_match, one;
  if (!rest.n) return E_OK;
  while (rest.n) {                                          /* weak tags never match here (RFC 9110, 13.1.1) */
    str_cut(rest, ',', &one, &rest);
    if (str_eq(str_trim(one), now) || str_eq(str_trim(one), S("*"))) return E_OK;
  }
  return fail(cx, E_STALE, "%s is at version " STR_FMT " by now. Read it again.", what, STR_ARG(now));
}

Err api_request(Cx *cx, const Req *q, Request *ret) {
  TRY(request_by_ref(cx, req_param(q, "ref"), ret));
  return api_version(cx, q, str_fmt(cx->arena, "\"%lld\"", (long long)ret->version), "The request");
}

/* ── rows ────────────────────────────────────────────────────────────── */

static void person(JsonOut *w, const char *name, int64_t id, Str who, Str mail) {
  if (!id) { json_name(w, name); json_put_null(w); return; }
  JSON_OBJ(w, name);
  JSON(w, "id", id);
  JSON(w, "name", who);
  if (mail.n) JSON(w, "email", mail);
  json_end(w);
}

void api_put_named(JsonOut *w, const char *name, int64_t id, Str who) { person(w, name, id, who, S("")); }

/* The page that opens for who reads this: who asks has another than who serves. */
static bool own_page(const Cx *cx, const Request *r) {
  return r->asker_id == cx->actor.party || !(cx->actor.serves || cx->actor.leads || cx->actor.administers);
}

void api_put_request(JsonOut *w, Cx *cx, const Request *r) {
  Str ref = request_ref(cx->arena, r->id);
  JSON(w, "id", r->id);
  JSON(w, "ref", ref);
  JSON(w, "url", str_cat(cx->arena, cx->site->public_url, own_page(cx, r) ? S("/my/") : S("/requests/"), ref));
  JSON(w, "kind", r->kind);
  JSON(w, "subject", r->subject);
  JSON(w, "excerpt", r->excerpt);
  JSON(w, "state", r->state);
  JSON(w, "ball", r->ball);
  JSON(w, "outcome", r->outcome);
  JSON(w, "version", r->version);
  JSON(w, "rework", r->rework);
  person(w, "asker", r->asker_id, r->asker, r->asker_mail);
  person(w, "owner", r->owner_id, r->owner, S(""));
  person(w, "team", r->team_id, r->team, S(""));
  person(w, "organisation", r->organisation_id, r->organisation, S(""));
  JSON(w, "service", r->service);
  JSON(w, "channel", r->channel);
  JSON(w, "lang", r->lang);
  JSON_TIME(w, "due", r->due_at);
  JSON_TIME(w, "hear_by", r->hear_at);
  JSON_TIME(w, "since", r->since_at);
  JSON_TIME(w, "waiting_since", r->waiting_at);
  JSON_TIME(w, "reported", r->reported_at);
  JSON_TIME(w, "ended", r->ended_at);
  JSON_TIME(w, "created", r->created_at);
  JSON_TIME(w, "updated", r->updated_at);
  JSON_OBJ(w, "bar");
  JSON_TIME(w, "by", r->bar_by);
  JSON(w, "told", r->bar_told);
  JSON(w, "good", r->bar_good);
  json_end(w);
}

static Err files_put(JsonOut *w, Cx *cx, const Message *m) {
  Rows files = { 0 };
  if (m->files) TRY(attachment_list(cx, m->id, &files));
  JSON_ARR(w, "attachments");
  for (size_t i = 0; i < files.n; i++) {
    const Attachment *x = ROW(Attachment, files, i);
    json_obj(w);
    JSON(w, "id", x->id);
    JSON(w, "name", x->name);
    JSON(w, "type", x->type);
    JSON(w, "size", x->size);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

Err api_put_message(JsonOut *w, Cx *cx, const Message *m) {
  json_obj(w);
  JSON(w, "id", m->id);
  JSON_TIME(w, "at", m->at);
  JSON(w, "side", m->side);
  JSON(w, "visibility", m->visibility);
  JSON(w, "channel", m->channel);
  JSON(w, "format", m->format);
  JSON(w, "body", message_reply(m));
  JSON(w, "quoted", message_quoted(m));
  JSON(w, "trusted", (bool)(m->trusted != 0));
  JSON(w, "files", m->files);
  TRY(files_put(w, cx, m));
  person(w, "author", m->author_id, m->author, S(""));
  json_end(w);
  return E_OK;
}

static void act_put(JsonOut *w, const Act *a) {
  json_obj(w);
  JSON(w, "seq", a->seq);
  JSON(w, "act", a->kind);
  JSON(w, "side", a->side);
  JSON(w, "by_kind", a->by_kind);
  JSON(w, "channel", a->channel);
  JSON_TIME(w, "at", a->at);
  JSON_TIME(w, "due", a->due_at);
  JSON(w, "state", a->state);
  JSON(w, "ball", a->ball);
  json_name(w, "body");
  json_put_raw(w, a->body);
  JSON(w, "hash", a->hash);
  person(w, "by", a->by_id, a->by, S(""));
  json_end(w);
}

static void promise_put(JsonOut *w, const Promise *p) {
  json_obj(w);
  JSON(w, "version", p->version);
  JSON(w, "state", p->state);
  JSON_TIME(w, "due", p->due_at);
  json_name(w, "conditions");
  json_put_raw(w, p->conditions);
  JSON_TIME(w, "offered", p->offered_at);
  JSON_TIME(w, "from", p->from_at);
  JSON_TIME(w, "until", p->until_at);
  person(w, "promiser", p->promiser_id, p->promiser, S(""));
  json_end(w);
}

static double seconds(int64_t micro) { return (double)micro / (double)SECOND; }

static void clocks_put(JsonOut *w, const Clocks *c) {
  JSON_OBJ(w, "clocks");
  JSON(w, "customer_seconds", seconds(c->customer_clock));
  JSON(w, "agent_seconds", seconds(c->provider));
  JSON_OBJ(w, "partition");
  JSON(w, "provider", seconds(c->provider));
  JSON(w, "customer", seconds(c->customer));
  JSON(w, "supplier", seconds(c->supplier));
  JSON(w, "closed", seconds(c->closed));
  json_end(w);
  json_end(w);
}

static Err lists_put(JsonOut *w, Cx *cx, const Request *r) {
  Rows messages, promises, people, tags;
  TRY(message_list(cx, r, 0, &messages));
  TRY(promise_list(cx, r->id, &promises));
  TRY(request_people(cx, r->id, &people));
  TRY(request_tags(cx, r->id, &tags));
  JSON_ARR(w, "messages");
  for (size_t i = 0; i < messages.n; i++) TRY(api_put_message(w, cx, ROW(Message, messages, i)));
  json_end(w);
  JSON_ARR(w, "promises");
  for (size_t i = 0; i < promises.n; i++) promise_put(w, ROW(Promise, promises, i));
  json_end(w);
  JSON_ARR(w, "people");
  for (size_t i = 0; i < people.n; i++) {
    const Participant *p = ROW(Participant, people, i);
    json_obj(w);
    JSON(w, "id", p->id);
    JSON(w, "name", p->name);
    JSON(w, "role", p->role);
    json_end(w);
  }
  json_end(w);
  JSON_ARR(w, "tags");
  for (size_t i = 0; i < tags.n; i++) json_put_str(w, ROW(Word, tags, i)->word);
  json_end(w);
  return E_OK;
}

Err api_put_whole(JsonOut *w, Cx *cx, const Request *r) {
  Rows acts;
  Standing is;
  unsigned allowed;
  const Calendar *hours;
  Turns turns;
  TRY(ledger_list(cx, r->id, &acts));
  TRY(request_standing(cx, r, &is));
  TRY(act_allowed(cx, &acts, is.side, &allowed));
  TRY(request_calendar(cx, r, &hours));
  Clocks clocks = request_clocks(cx, r, hours, &acts, &turns);
  api_put_request(w, cx, r);
  TRY(lists_put(w, cx, r));
  JSON_ARR(w, "acts");
  for (size_t i = 0; i < acts.n; i++) act_put(w, ROW(Act, acts, i));
  json_end(w);
  JSON_ARR(w, "allowed");
  for (LoopAct a = 1; a < LOOP_ACT_COUNT; a++)
    if (allowed >> a & 1) json_put_str(w, loop_act_name(a));
  json_end(w);
  clocks_put(w, &clocks);
  return E_OK;
}

/* ── a measure over time ─────────────────────────────────────────────── */

static void limits_put(JsonOut *w, const Control *c, double scale) {
  json_name(w, "limits");
  if (!c->limited) { json_put_null(w); return; }
  json_obj(w);
  JSON(w, "centre", c->limits.centre / scale);
  JSON(w, "lower", c->limits.lower / scale);
  JSON(w, "upper", c->limits.upper / scale);
  JSON(w, "range_upper", c->limits.mr_upper / scale);
  JSON(w, "points", c->base_n);
  JSON(w, "locked", (bool)(c->base != NULL));
  json_end(w);
}

void api_put_control(JsonOut *w, const char *name, const Control *c) {
  JSON_OBJ(w, name);
  JSON(w, "measure", c->m->name);
  JSON(w, "unit", period_unit_name(c->unit));
  JSON(w, "says", control_says_name(c->says));
  json_name(w, "up");
  if (c->says >= CONTROL_ODD) json_put_bool(w, c->up); else json_put_null(w);
  limits_put(w, c, c->m->kind == FIGURE_TIME ? (double)SECOND : 1);
  JSON_ARR(w, "signals");
  for (size_t i = 0; i < c->signal_n; i++) {
    json_obj(w);
    JSON_TIME(w, "from", c->points[c->at[c->signals[i].at - 1]].from);
    JSON(w, "rule", c->signals[i].rule);
    json_end(w);
  }
  json_end(w);
  JSON_ARR(w, "points");
  for (size_t i = 0; i < c->n; i++) figure_json(w, NULL, &c->points[i]);
  json_end(w);
  if (c->m->eyes != EYES_AGENT) figure_json(w, "all", &c->all);
  json_end(w);
}
