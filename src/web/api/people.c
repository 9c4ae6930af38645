/* web/api/people.c: persons, what we remember of them, and files. */
#include "web/api/people.h"
#include "desk/memory.h"
#include "desk/sight.h"

#define NO_PERSON "There is no such person that you may see."

static Err person_put(JsonOut *w, Cx *cx, const Party *p, bool whole) {
  Str role;
  TRY(party_role(cx, p->id, &role));
  json_obj(w);
  JSON(w, "id", p->id);
  JSON(w, "name", p->name);
  JSON(w, "email", p->mail);
  JSON(w, "role", role);
  JSON(w, "title", p->title);
  JSON(w, "say_name", p->say_name);
  JSON(w, "pronouns", p->pronouns);
  JSON(w, "lang", p->lang);
  JSON(w, "zone", p->zone);
  JSON(w, "organisation", p->organisation);
  JSON(w, "disabled", (bool)(p->disabled_at != 0));
  if (whole) {
    Rows rows;
    TRY(address_list(cx, p->id, &rows));
    JSON_ARR(w, "addresses");
    for (size_t i = 0; i < rows.n; i++) {
      const Address *a = ROW(Address, rows, i);
      json_obj(w);
      JSON(w, "email", a->value);
      JSON(w, "main", (bool)(a->main != 0));
      JSON(w, "verified", (bool)(a->verified_at != 0));
      json_end(w);
    }
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

/* People who only ask see themselves; those who serve see who they may have to do with. */
static Err must_know(Cx *cx, int64_t person) {
  if (person == cx->actor.party || cx->actor.serves || cx->actor.leads || cx->actor.administers) return E_OK;
  return fail(cx, E_ABSENT, NO_PERSON);
}

Err api_people_get(Cx *cx, const Req *q, Res *res) {
  PartyFilter f = { .q = req_get(q, "q"), .role = req_get(q, "role") };
  Str cursor, role = f.role;
  if (role.n && !str_eq(role, S("asker")) && !str_eq(role, S("provider")) && !str_eq(role, S("lead")) && !str_eq(role, S("admin")) && !str_eq(role, S("supplier")))
    return fail_field(cx, "role", "A role is asker, provider, lead, admin or supplier.");
  TRY(api_page(cx, q, &f.limit, &cursor));
  if (cursor.n && !str_int(cursor, &f.after)) return fail(cx, E_MALFORMED, "That cursor is not one of ours; begin again without it.");
  size_t limit = f.limit++;
  Rows rows;
  bool all = cx->actor.serves || cx->actor.leads || cx->actor.administers;
  Party me;
  if (all) TRY(party_list(cx, &f, &rows));
  else { TRY(party_get(cx, cx->actor.party, &me)); rows = (Rows){ &me, 1 }; }
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < rows.n && i < limit; i++) TRY(person_put(&w, cx, ROW(Party, rows, i), false));
  json_end(&w);
  json_name(&w, "next");
  if (rows.n > limit) json_put_str(&w, str_fmt(cx->arena, "%lld", (long long)ROW(Party, rows, limit - 1)->id)); else json_put_null(&w);
  return api_end(&w, res, 200);
}

static Err person_answer(Cx *cx, int64_t id, Res *res, int status) {
  Party p;
  TRY(party_get(cx, id, &p));
  if (!str_eq(p.kind, S("person"))) return fail(cx, E_ABSENT, NO_PERSON);
  JsonOut w = { .to = &res->body };
  TRY(person_put(&w, cx, &p, true));
  buf_char(&res->body, '\n');
  res->type = S("application/json");
  res->status = status;
  res->etag = str_fmt(cx->arena, "p%lld", (long long)p.version);
  return E_OK;
}

Err api_person_get(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, NO_PERSON);
  TRY(must_know(cx, id));
  return person_answer(cx, id, res, 200);
}

#define PERSON_REST \
  { "email", "string", "Where they can be written to" }, { "say_name", "string", "How to say the name" }, \
  { "pronouns", "string", "How they are spoken of" }, { "title", "string", "What they do here" }, { "lang", "string", "Language they are written to in, such as de" }, \
  { "zone", "string", "IANA time zone" }, { 0 }
const ApiField api_person_fields[] = {
  { "name", "string!", "As they write it themselves" },
  PERSON_REST
};
const ApiField api_person_change_fields[] = {
  { "name", "string", "As they write it themselves" },
  PERSON_REST
};

static Err person_of(Cx *cx, const Req *q, const ApiField *fields, PartyNew *in) {
  TRY(api_body(cx, q, fields));
  TRY(json_str(cx, q->json, "name", &in->name));
  TRY(json_str(cx, q->json, "email", &in->mail));
  TRY(json_str(cx, q->json, "say_name", &in->say_name));
  TRY(json_str(cx, q->json, "pronouns", &in->pronouns));
  TRY(json_str(cx, q->json, "title", &in->title));
  TRY(json_str(cx, q->json, "lang", &in->lang));
  return json_str(cx, q->json, "zone", &in->zone);
}

static Err person_new(Cx *cx, const Req *q, Res *res) {
  PartyNew in = { 0 };
  if (!cx->actor.serves && !cx->actor.administers) return fail(cx, E_DENIED, "Only the people who serve can add somebody.");
  TRY(person_of(cx, q, api_person_fields, &in));
  int64_t id;
  TRY(api_named(cx, party_new(cx, &in, &id), "mail=email"));
  res->location = str_fmt(cx->arena, "/api/v1/people/%lld", (long long)id);
  return person_answer(cx, id, res, 201);
}
Err api_people_post(Cx *cx, const Req *q, Res *res) { return person_new(cx, q, res); }

/* What is not sent stays. People change how they are spoken to; the rest is for who looks after the desk. */
static Err person_change(Cx *cx, const Req *q, Res *res) {
  PartyNew in = { 0 };
  Party p;
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, NO_PERSON);
  TRY(must_know(cx, id));
  TRY(party_get(cx, id, &p));
  if (!str_eq(p.kind, S("person"))) return fail(cx, E_ABSENT, NO_PERSON);
  TRY(person_of(cx, q, api_person_change_fields, &in));
  bool own = id == cx->actor.party && !in.mail.n && !in.title.n;
  if (!cx->actor.administers && !own) return fail(cx, E_DENIED, "Only those who look after the desk change this.");
  TRY(api_version(cx, q, str_fmt(cx->arena, "\"p%lld\"", (long long)p.version), "The person"));
  TRY(api_named(cx, party_change(cx, id, &in), "mail=email"));
  return person_answer(cx, id, res, 200);
}
Err api_person_post(Cx *cx, const Req *q, Res *res) { return person_change(cx, q, res); }

/* ── memory ──────────────────────────────────────────────────────────── */

static void note_put(JsonOut *w, Cx *cx, const MemoryNote *m) {
  json_obj(w);
  JSON(w, "id", m->id);
  JSON(w, "kind", m->kind);
  JSON(w, "words", m->words);
  JSON(w, "source", m->source);
  JSON(w, "confidence", memory_confidence(m, cx->now));
  JSON(w, "still_true", (bool)!memory_doubtful(m, cx->now));
  JSON(w, "used", m->used);
  JSON_TIME(w, "created", m->created_at);
  JSON_TIME(w, "confirmed", m->confirmed_at);
  JSON(w, "by", m->by);
  json_end(w);
}

Err api_memory_get(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  Rows rows;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, NO_PERSON);
  TRY(must_know(cx, id));
  TRY(memory_list(cx, id, &rows));
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < rows.n; i++) note_put(&w, cx, ROW(MemoryNote, rows, i));
  json_end(&w);
  json_name(&w, "next");
  json_put_null(&w);
  return api_end(&w, res, 200);
}

const ApiField api_memory_fields[] = {
  { "kind", "|preference|interest|behaviour|accommodation|history|promise!", "What it is" }, { "words", "string!", "A sentence or two" },
  { "source", "|told|observed|inferred!", "How we know" }, { 0 }
};

static Err note_new(Cx *cx, const Req *q, Res *res) {
  MemoryNew in = { 0 };
  TRY(api_body(cx, q, api_memory_fields));
  if (!req_param_int(q, "id", &in.about_id)) return fail(cx, E_ABSENT, NO_PERSON);
  TRY(must_know(cx, in.about_id));
  TRY(json_str(cx, q->json, "kind", &in.kind));
  TRY(json_str(cx, q->json, "words", &in.words));
  TRY(json_str(cx, q->json, "source", &in.source));
  Party about;
  int64_t id;
  TRY(party_get(cx, in.about_id, &about));
  TRY(memory_new(cx, &in, &id));
  JsonOut w = api_begin(res);
  JSON(&w, "id", id);
  return api_end(&w, res, 201);
}
Err api_memory_post(Cx *cx, const Req *q, Res *res) { return note_new(cx, q, res); }

/* ── files ───────────────────────────────────────────────────────────── */

static void file_put(JsonOut *w, int64_t id, Str name, Str type, int64_t size) {
  json_obj(w);
  JSON(w, "id", id);
  JSON(w, "name", name);
  JSON(w, "type", type);
  JSON(w, "size", size);
  json_end(w);
}

/* Files wait at the request until a message takes them along. */
static Err files_new(Cx *cx, const Req *q, Res *res) {
  Request r;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  if (!q->uploads.n) return fail_field(cx, "file", "Send at least one file, as multipart/form-data.");
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < q->uploads.n; i++) {
    const Upload *u = &q->uploads.at[i];
    int64_t id;
    TRY(attachment_new(cx, r.id, u->name, u->type, S(""), u->bytes, &id));
    file_put(&w, id, u->name, u->type, (int64_t)u->bytes.n);
  }
  json_end(&w);
  return api_end(&w, res, 201);
}
Err api_files_post(Cx *cx, const Req *q, Res *res) { return files_new(cx, q, res); }

Err api_file_get(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  Attachment a;
  Str bytes;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, "There is no such file that you may see.");
  TRY(attachment_get(cx, id, &a, &bytes));
  return res_file(cx, res, a.name, a.type, bytes);
}
