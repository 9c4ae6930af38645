/* web/api/requests.c: requests, their messages and acts, for programs. */
#include "web/api/requests.h"
#include "desk/service.h"
#include "desk/site.h"

static void tag_version(Cx *cx, Res *res, const Request *r) { res->etag = str_fmt(cx->arena, "%lld", (long long)r->version); }

static Err answer(Cx *cx, Res *res, const Request *r, int status) {
  JsonOut w = api_begin(res);
  TRY(api_put_whole(&w, cx, r));
  tag_version(cx, res, r);
  return api_end(&w, res, status);
}

/* ── open one ────────────────────────────────────────────────────────── */

const ApiField api_request_fields[] = {
  { "subject", "string", "What it is about, in a few words; subject or body may be empty, not both" },
  { "body", "string", "What is needed, in the asker's own words (Markdown)" },
  { "kind", "Kind", "What kind of request it is; help, if it is not said" },
  { "from", "Asker", "Who asks; left out: the token's own person. Others need somebody who serves" },
  { "service", "string", "Name of the service, if it is known; else found by the words" },
  { "bar", "BarSaid", "The asker's own bar" },
  { "since", "date-time", "When it began, if earlier than now" },
  { "channel", "|api|phone|mail|page|chat|walk-in", "How it came in" },
  { "lang", "string", "Language it is written in" },
  { 0 }
};

static const ApiField from_fields[] = { { "name", "string", "" }, { "email", "string", "" }, { 0 } };
static const ApiField bar_fields[]  = { { "by", "date-time", "" }, { "told", "string", "" }, { "good", "string", "" }, { 0 } };

static Err asker_of(Cx *cx, const Req *q, int64_t *ret) {
  const Json *from;
  Str name = S(""), mail = S("");
  *ret = cx->actor.party;
  TRY(api_inside(cx, q, "from", from_fields, &from));
  if (!from) return E_OK;
  TRY(api_under(cx, json_str(cx, from, "name", &name), "from"));
  TRY(api_under(cx, json_str(cx, from, "email", &mail), "from"));
  Party p;
  Err e = party_by_mail(cx, mail, &p);
  if (!e && p.id == cx->actor.party) return E_OK;
  if (!cx->actor.serves && !cx->actor.administers) return fail(cx, E_DENIED, "A token asks for its own person; only those who serve may ask for others.");
  TRY(api_named(cx, party_find_or_new(cx, mail, name, &p), "mail=from.email name=from.name"));
  *ret = p.id;
  return E_OK;
}

static Err service_named(Cx *cx, const Json *body, int64_t *ret) {
  Str name = S("");
  TRY(json_str(cx, body, "service", &name));
  *ret = 0;
  if (!name.n) return E_OK;
  Rows rows;
  TRY(service_list(cx, &rows));
  for (size_t i = 0; i < rows.n; i++) if (str_ieq(ROW(Service, rows, i)->name, name)) *ret = ROW(Service, rows, i)->id;
  return *ret ? E_OK : fail_field(cx, "service", "There is no service called " STR_FMT ".", STR_ARG(str_head(name, 100)));
}

static Err bar_of(Cx *cx, const Req *q, RequestNew *in) {
  const Json *bar;
  TRY(api_inside(cx, q, "bar", bar_fields, &bar));
  if (!bar) return E_OK;
  TRY(api_under(cx, json_time(cx, bar, "by", &in->bar_by), "bar"));
  TRY(api_under(cx, json_str(cx, bar, "told", &in->bar_told), "bar"));
  return api_under(cx, json_str(cx, bar, "good", &in->bar_good), "bar");
}

#define KINDS   "help order question project complaint whatif feedback"
#define NO_KIND "A request is help, order, question, project, complaint, whatif or feedback."
static bool one_of(Str s, const char *words) {
  Str rest = str_z(words), word;
  while (rest.n) { str_cut(rest, ' ', &word, &rest); if (str_eq(word, s)) return true; }
  return false;
}

static Err create(Cx *cx, const Req *q, Res *res) {
  TRY(api_body(cx, q, api_request_fields));
  RequestNew in = { .channel = S("api"), .kind = S("help") };
  TRY(json_str(cx, q->json, "subject", &in.subject));
  TRY(json_str(cx, q->json, "body", &in.text));
  TRY(json_str(cx, q->json, "kind", &in.kind));
  TRY(json_str(cx, q->json, "channel", &in.channel));
  TRY(json_str(cx, q->json, "lang", &in.lang));
  TRY(json_time(cx, q->json, "since", &in.since_at));
  if (!one_of(in.kind, KINDS)) return fail_field(cx, "kind", NO_KIND);
  if (in.lang.n > 35) return fail_field(cx, "lang", "A language is named by a tag such as en or pt-BR.");
  if (!one_of(in.channel, "api phone mail page chat walk-in")) return fail_field(cx, "channel", "A channel is api, phone, mail, page, chat or walk-in.");
  TRY(asker_of(cx, q, &in.asker_id));
  TRY(service_named(cx, q->json, &in.service_id));
  TRY(bar_of(cx, q, &in));
  Request r;
  TRY(api_named(cx, request_new(cx, &in, &r), "text=body bar_by=bar.by bar_told=bar.told bar_good=bar.good"));
  res->location = str_cat(cx->arena, S("/api/v1/requests/"), request_ref(cx->arena, r.id));
  JsonOut w = api_begin(res);
  api_put_request(&w, cx, &r);
  tag_version(cx, res, &r);
  return api_end(&w, res, 201);
}
Err api_requests_post(Cx *cx, const Req *q, Res *res) { return create(cx, q, res); }

/* ── read ────────────────────────────────────────────────────────────── */

Err api_request_get(Cx *cx, const Req *q, Res *res) {
  Request r;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  return answer(cx, res, &r, 200);
}

/* owner and team: an id, an address or a name, or "me". */
static Err filter_owner(Cx *cx, const Req *q, int64_t *ret) {
  Str s = req_get(q, "owner");
  Party p;
  if (!s.n || str_int(s, ret)) return E_OK;
  if (str_eq(s, S("me"))) { *ret = cx->actor.party; return E_OK; }
  Err e = party_by_mail(cx, s, &p);
  *ret = e ? -1 : p.id;
  return e == E_ABSENT ? E_OK : e;
}
static Err filter_team(Cx *cx, const Req *q, int64_t *ret) {
  Str s = req_get(q, "team");
  Party p;
  if (!s.n || str_int(s, ret)) return E_OK;
  Err e = team_by_name(cx, s, &p);
  *ret = e ? -1 : p.id;
  return e == E_ABSENT ? E_OK : e;
}

Err api_requests_get(Cx *cx, const Req *q, Res *res) {
  InboxFilter f = { .list = LIST_ALL, .state = req_get(q, "state"), .ball = req_get(q, "ball"), .kind = req_get(q, "kind"), .from = req_get(q, "from"),
                    .q = req_get(q, "q"), .tag = req_get(q, "tag"), .outcome = req_get(q, "outcome") };
  if (f.state.n && !loop_state_of(f.state)) return fail_field(cx, "state", "There is no such state.");
  if (f.ball.n && !loop_side_of(f.ball)) return fail_field(cx, "ball", "The ball is with the provider or the customer.");
  if (f.kind.n && !one_of(f.kind, KINDS)) return fail_field(cx, "kind", NO_KIND);
  if (f.outcome.n && !one_of(f.outcome, "kept broken renegotiated silent")) return fail_field(cx, "outcome", "An outcome is kept, broken, renegotiated or silent.");
  if (req_get(q, "list").n && !list_of(req_get(q, "list"), &f.list)) return fail_field(cx, "list", "There is no such list.");
  TRY(api_page(cx, q, &f.limit, &f.cursor));
  TRY(filter_owner(cx, q, &f.owner));
  TRY(filter_team(cx, q, &f.team));
  Rows rows;
  Str next;
  TRY(inbox_list(cx, &f, &rows, &next));
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < rows.n; i++) {
    json_obj(&w);
    api_put_request(&w, cx, &ROW(InboxRow, rows, i)->r);
    json_end(&w);
  }
  json_end(&w);
  json_name(&w, "next");
  if (next.n) json_put_str(&w, next); else json_put_null(&w);
  return api_end(&w, res, 200);
}

/* ── change around the loop ──────────────────────────────────────────── */

const ApiField api_change_fields[] = {
  { "subject", "string", "What it is about, in a few words" }, { "owner", "string", "Address of who takes it, \"me\", or \"\" for nobody" }, { "team", "string", "Name of the team" },
  { "tags", "string[]", "All tags; replaces those there are" }, { "snooze", "date-time?", "Out of the token's own list until then; null wakes it" }, { 0 }
};

static Err change_owner(Cx *cx, const Json *body, Request *r) {
  Str who = S("");
  if (!json_get(body, "owner")) return E_OK;
  TRY(json_str(cx, body, "owner", &who));
  Party p = { 0 };
  if (str_eq(who, S("me"))) p.id = cx->actor.party;
  else if (who.n) {
    Err e = party_by_mail(cx, who, &p);
    if (e == E_ABSENT) return fail_field(cx, "owner", "Nobody here has the address " STR_FMT ".", STR_ARG(str_head(who, 200)));
    TRY(e);
  }
  return request_set_owner(cx, r, p.id);
}
static Err change_team(Cx *cx, const Json *body, Request *r) {
  Str name = S("");
  Party team;
  if (!json_has(body, "team")) return E_OK;
  TRY(json_str(cx, body, "team", &name));
  Err e = team_by_name(cx, name, &team);
  if (e == E_ABSENT) return fail_field(cx, "team", "There is no team called “" STR_FMT "”.", STR_ARG(str_head(name, 200)));
  TRY(e);
  return request_set_team(cx, r, team.id);
}

Err api_request_patch(Cx *cx, const Req *q, Res *res) {
  Request r;
  TRY(api_body(cx, q, api_change_fields));
  TRY(api_request(cx, q, &r));
  TRY(request_must_serve(cx, &r));
  Str subject = S(""), *tags;
  size_t n = 0;
  int64_t until = 0;
  TRY(json_str(cx, q->json, "subject", &subject));
  if (json_has(q->json, "subject")) TRY(request_set_subject(cx, &r, subject));
  TRY(change_team(cx, q->json, &r));
  TRY(change_owner(cx, q->json, &r));
  if (json_has(q->json, "tags")) { TRY(json_strs(cx, q->json, "tags", &tags, &n)); TRY(request_set_tags(cx, &r, tags, n)); }
  TRY(json_time(cx, q->json, "snooze", &until));
  if (json_get(q->json, "snooze")) TRY(api_named(cx, request_snooze(cx, &r, until), "until=snooze"));
  Err e = request_get(cx, r.id, &r);
  if (e == E_ABSENT) return res_status(res, 204);           /* given away to where they may not look */
  TRY(e);
  return answer(cx, res, &r, 200);
}

/* ── say something ───────────────────────────────────────────────────── */

const ApiField api_message_fields[] = {
  { "body", "string!", "What is said" }, { "format", "|markdown|plain", "How the body is written; markdown, if it is not said" },
  { "visibility", "|public|internal", "internal: a note among those who serve" }, { "to", "string[]", "Taken for completeness: the asker is always told" },
  { "cc", "string[]", "Addresses that get a copy and read along from now on" }, { "asks", "boolean", "The other side has to answer: the ball goes over" },
  { "attachments", "integer[]", "Ids of files sent before" }, { 0 }
};

static Err copies_of(Cx *cx, const Json *body, MessageNew *in) {
  Str *cc = NULL;
  size_t n = 0;
  TRY(json_strs(cx, body, "cc", &cc, &n));
  if (n > 50) return fail_field(cx, "cc", "Fifty copies are the most one message can have.");
  int64_t *ids = NEW_N(cx->arena, int64_t, n);
  for (size_t i = 0; i < n; i++) {
    Party p;
    TRY(api_named(cx, party_find_or_new(cx, cc[i], S(""), &p), "mail=cc name=cc"));
    ids[i] = p.id;
  }
  in->copies = ids;
  in->copy_n = n;
  return E_OK;
}

static Err files_of(Cx *cx, const Json *body, MessageNew *in) {
  const Json *ids = NULL;
  size_t n = 0;
  TRY(json_list(cx, body, "attachments", &ids, &n));
  int64_t *at = NEW_N(cx->arena, int64_t, n);
  for (size_t i = 0; i < n; i++) {
    at[i] = ids[i].whole;
    bool id = ids[i].kind == JSON_IS_INT || (ids[i].kind == JSON_IS_STR && str_int(ids[i].text, &at[i]));
    if (!id) return fail_field(cx, "attachments", "An attachment is named by its id.");
  }
  in->attachments = at;
  in->attachment_n = n;
  return E_OK;
}

static Err say(Cx *cx, const Req *q, Res *res) {
  Request r;
  Str visibility = S("public");
  MessageNew in = { .channel = S("api"), .format = S("markdown") };
  TRY(api_body(cx, q, api_message_fields));
  TRY(api_request(cx, q, &r));
  TRY(json_str(cx, q->json, "body", &in.text));
  TRY(json_str(cx, q->json, "format", &in.format));
  TRY(json_str(cx, q->json, "visibility", &visibility));
  TRY(json_bool(cx, q->json, "asks", &in.asks));
  if (!one_of(in.format, "markdown plain")) return fail_field(cx, "format", "A format is markdown or plain.");
  if (!one_of(visibility, "public internal")) return fail_field(cx, "visibility", "Visibility is public or internal.");
  in.internal = str_eq(visibility, S("internal"));
  TRY(copies_of(cx, q->json, &in));
  TRY(files_of(cx, q->json, &in));
  int64_t id;
  Message m;
  TRY(api_named(cx, message_new(cx, &r, &in, &id), "text=body"));
  TRY(message_get(cx, id, &m));
  res->etag = str_fmt(cx->arena, "%lld", (long long)r.version);
  JsonOut w = { .to = &res->body };
  TRY(api_put_message(&w, cx, &m));
  buf_char(&res->body, '\n');
  res->type = S("application/json");
  res->status = 201;
  return E_OK;
}
Err api_messages_post(Cx *cx, const Req *q, Res *res) { return say(cx, q, res); }

/* ── act ─────────────────────────────────────────────────────────────── */

const ApiField api_act_fields[] = {
  { "act", "ActName!", "What is done" },
  { "due", "date-time", "By when: promise, counter, revoke" }, { "conditions", "string[]", "What good looks like" }, { "text", "string", "Words said with it" },
  { "where_else", "string", "decline: who can help instead" }, { "sorted", "|yes|partly|no", "accept, not-yet: is it sorted" },
  { "ease", "integer", "1 to 7" }, { "against_bar", "|below|at|above", "How it was, held against what was asked for" }, { "moment", "string", "A moment worth remembering" },
  { "lost_minutes", "integer", "How much of the asker's time it cost" }, { "satisfaction", "integer", "All in all, 1 to 5" },
  { "repeated", "integer", "Had to explain it: 0 no, 1 once, 2 more than once" }, { "moment_kind", "|good|bad", "What kind of moment" },
  { "honoured", "integer", "What helps the asker was done: 1 yes, 0 no. Kept only if something is on file" }, { "direct", "boolean", "report: promise and report in one step" }, { 0 }
};

static Err act_of(Cx *cx, const Json *b, ActNew *in) {
  Str name = S(""), *conditions = NULL;
  TRY(json_str(cx, b, "act", &name));
  in->act = loop_act_of(name);
  if (!in->act) return fail_field(cx, "act", "There is no act called \"" STR_FMT "\".", STR_ARG(str_head(name, 40)));
  TRY(json_str(cx, b, "text", &in->text));
  TRY(json_time(cx, b, "due", &in->due));
  TRY(json_strs(cx, b, "conditions", &conditions, &in->condition_n));
  in->conditions = conditions;
  TRY(json_str(cx, b, "where_else", &in->where_else));
  TRY(json_str(cx, b, "sorted", &in->sorted));
  TRY(json_int(cx, b, "ease", &in->ease));
  TRY(json_str(cx, b, "against_bar", &in->against_bar));
  TRY(json_str(cx, b, "moment", &in->moment));
  TRY(json_str(cx, b, "moment_kind", &in->moment_kind));
  TRY(json_int(cx, b, "satisfaction", &in->satisfaction));
  TRY(json_int(cx, b, "repeated", &in->repeated));
  TRY(json_int(cx, b, "honoured", &in->honoured));
  in->repeated_said = json_has(b, "repeated");
  in->honoured_said = json_has(b, "honoured");
  in->lost_said = json_has(b, "lost_minutes");
  return json_int(cx, b, "lost_minutes", &in->lost_minutes);
}

static Err act(Cx *cx, const Req *q, Res *res) {
  Request r;
  bool direct = false;
  ActNew in = { .channel = S("api") };
  TRY(api_body(cx, q, api_act_fields));
  TRY(api_request(cx, q, &r));
  TRY(act_of(cx, q->json, &in));
  TRY(json_bool(cx, q->json, "direct", &direct));
  if (in.act == LOOP_ACT_REPORT && direct) TRY(act_answer(cx, &r, &in));
  else TRY(act_do(cx, &r, &in));
  TRY(request_get(cx, r.id, &r));
  return answer(cx, res, &r, 201);
}
Err api_acts_post(Cx *cx, const Req *q, Res *res) { return act(cx, q, res); }
