/* desk/export.c: see export.h. Built from what the lists of the desk give, so that nothing new appears here. */
#include "desk/export.h"
#include "desk/card_remark.h"
#include "desk/export_desk.h"
#include "desk/inbox.h"
#include "desk/ledger.h"
#include "desk/link.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/moment.h"
#include "desk/promise.h"
#include "desk/verdict.h"
#include "text/json.h"

enum { PAGE = 200, VERDICTS = 10000 };

static Err may_take(Cx *cx, int64_t person) {
  bool themselves = cx->actor.party == person && (!cx->actor.only_request || cx->actor.only_request == LINK_NO_REQUEST);
  if (cx->actor.system || themselves || (!cx->actor.only_request && cx->actor.administers)) return E_OK;
  return fail(cx, E_DENIED, N_("Only the person themselves, or an administrator for them, can take this."));
}

static Err put_person(Cx *cx, int64_t person, JsonOut *w) {
  Party p;
  Rows addresses;
  TRY(party_get(cx, person, &p));
  TRY(address_list(cx, person, &addresses));
  JSON_OBJ(w, "person");
  JSON(w, "name", p.name);
  JSON(w, "say_name", p.say_name);
  JSON(w, "pronouns", p.pronouns);
  JSON(w, "title", p.title);
  JSON(w, "language", p.lang);
  JSON(w, "time_zone", p.zone);
  JSON(w, "phone", p.phone);
  JSON(w, "organisation", p.organisation);
  JSON_TIME(w, "known_since", p.created_at);
  JSON_ARR(w, "addresses");
  for (size_t i = 0; i < addresses.n; i++) json_put_str(w, ROW(Address, addresses, i)->value);
  json_end(w);
  json_end(w);
  return E_OK;
}

static Err put_consents(Cx *cx, int64_t person, JsonOut *w) {
  static const char *const scopes[] = { "memory", "verdicts", "invitations" };
  JSON_OBJ(w, "allowed");
  for (size_t i = 0; i < COUNT(scopes); i++) {
    bool yes;
    TRY(consent_get(cx, person, str_z(scopes[i]), &yes));
    JSON(w, scopes[i], yes);
  }
  json_end(w);
  return E_OK;
}

static Err put_memory(Cx *cx, int64_t person, JsonOut *w) {
  Rows notes;
  TRY(memory_list(cx, person, &notes));
  JSON_ARR(w, "memory");
  for (size_t i = 0; i < notes.n; i++) {
    const MemoryNote *n = ROW(MemoryNote, notes, i);
    json_obj(w);
    JSON(w, "kind", n->kind);
    JSON(w, "words", n->words);
    JSON(w, "source", n->source);
    JSON(w, "written_by", n->by);
    JSON_TIME(w, "since", n->created_at);
    JSON_TIME(w, "confirmed", n->confirmed_at);
    JSON(w, "used", n->used);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

/* ── what was asked ──────────────────────────────────────────────────── */

static Err put_messages(Cx *cx, const Request *r, JsonOut *w) {
  Rows messages, files;
  TRY(message_list(cx, r, 0, &messages));
  JSON_ARR(w, "messages");
  for (size_t i = 0; i < messages.n; i++) {
    const Message *m = ROW(Message, messages, i);
    if (!str_eq(m->visibility, S("public"))) continue;
    json_obj(w);
    JSON_TIME(w, "at", m->at);
    JSON(w, "from", m->author);
    JSON(w, "by", m->channel);
    JSON(w, "text", m->text);
    files = (Rows){ 0 };
    if (m->files) TRY(attachment_list(cx, m->id, &files));
    JSON_ARR(w, "files");
    for (size_t k = 0; k < files.n; k++) json_put_str(w, ROW(Attachment, files, k)->name);
    json_end(w);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_promises(Cx *cx, const Request *r, JsonOut *w) {
  Rows promises;
  TRY(promise_list(cx, r->id, &promises));
  JSON_ARR(w, "promises");
  for (size_t i = 0; i < promises.n; i++) {
    const Promise *p = ROW(Promise, promises, i);
    json_obj(w);
    JSON(w, "by", p->promiser);
    JSON_TIME(w, "due", p->due_at);
    JSON(w, "state", p->state);
    JSON(w, "words", p->words);
    json_name(w, "conditions");
    json_put_raw(w, p->conditions);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_acts(Cx *cx, const Request *r, JsonOut *w) {
  Rows acts;
  TRY(ledger_list(cx, r->id, &acts));
  JSON_ARR(w, "acts");
  for (size_t i = 0; i < acts.n; i++) {
    const Act *a = ROW(Act, acts, i);
    json_obj(w);
    JSON_TIME(w, "at", a->at);
    JSON(w, "act", a->kind);
    JSON(w, "by", a->by);
    JSON(w, "state", a->state);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_request(Cx *cx, const Request *r, JsonOut *w) {
  json_obj(w);
  JSON(w, "ref", request_ref(cx->arena, r->id));
  JSON(w, "subject", r->subject);
  JSON(w, "state", r->state);
  JSON_TIME(w, "asked", r->created_at);
  JSON_TIME(w, "ended", r->ended_at);
  JSON_TIME(w, "wanted_by", r->bar_by);
  JSON(w, "how_told", r->bar_told);
  JSON(w, "what_good_is", r->bar_good);
  TRY(put_acts(cx, r, w));
  TRY(put_promises(cx, r, w));
  TRY(put_messages(cx, r, w));
  json_end(w);
  return E_OK;
}

static Err put_requests(Cx *cx, int64_t person, JsonOut *w) {
  InboxFilter f = { .list = LIST_ALL, .asker = person, .limit = PAGE, .newest = true };
  JSON_ARR(w, "requests");
  do {
    Rows rows;
    Str next;
    TRY(inbox_list(cx, &f, &rows, &next));
    for (size_t i = 0; i < rows.n; i++) TRY(put_request(cx, &ROW(InboxRow, rows, i)->r, w));
    f.cursor = next;
  } while (f.cursor.n);
  json_end(w);
  return E_OK;
}

static Err put_verdicts(Cx *cx, int64_t person, JsonOut *w) {
  Rows verdicts;
  TRY(verdict_of(cx, person, VERDICTS, &verdicts));
  JSON_ARR(w, "verdicts");
  for (size_t i = 0; i < verdicts.n; i++) {
    const Verdict *v = ROW(Verdict, verdicts, i);
    json_obj(w);
    JSON(w, "request", request_ref(cx->arena, v->request_id));
    JSON_TIME(w, "at", v->answered_at);
    JSON(w, "sorted", v->sorted);
    JSON(w, "ease", v->ease);
    JSON(w, "against_bar", v->against_bar);
    JSON(w, "lost_minutes", v->lost_minutes);
    JSON(w, "satisfaction", v->satisfaction);
    JSON(w, "explained_again", v->repeated);
    JSON(w, "did_what_helps", v->honoured);
    JSON(w, "moment", v->moment);
    JSON(w, "moment_kind", v->moment_kind);
    JSON(w, "words", v->words);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

/* ── bad moments, and cards ──────────────────────────────────────────── */

static Err put_moments(Cx *cx, int64_t person, JsonOut *w) {
  Rows moments;
  TRY(moment_of_person(cx, person, &moments));
  JSON_ARR(w, "bad_moments");
  for (size_t i = 0; i < moments.n; i++) {
    const BadMoment *m = ROW(BadMoment, moments, i);
    json_obj(w);
    JSON(w, "request", request_ref(cx->arena, m->request_id));
    JSON_TIME(w, "at", m->at);
    JSON_TIME(w, "a_person_spoke", m->spoken_at);
    JSON_TIME(w, "next_verdict", m->next_at);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

/* What they wrote back to a card's mail. */
static Err put_remarks(Cx *cx, const Card *c, JsonOut *w) {
  Rows rows;
  TRY(card_remarks(cx, c, &rows));
  JSON_ARR(w, "written_back");
  for (size_t i = 0; i < rows.n; i++) {
    const CardRemark *m = ROW(CardRemark, rows, i);
    json_obj(w);
    JSON_TIME(w, "at", m->at);
    JSON(w, "words", m->words);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

/* Cards about the whole: what was asked, and what they said. */
static Err put_cards(Cx *cx, int64_t person, JsonOut *w) {
  Rows cards;
  TRY(card_of(cx, person, &cards));
  JSON_ARR(w, "cards");
  for (size_t i = 0; i < cards.n; i++) {
    const Card *c = ROW(Card, cards, i);
    const Instrument *in = instrument_named(c->instrument);
    int64_t values[INSTRUMENT_ITEMS];
    TRY(card_values(cx, c, values));
    json_obj(w);
    JSON(w, "about", c->team);
    JSON_TIME(w, "asked", c->asked_at);
    JSON_TIME(w, "answered", c->answered_at);
    JSON(w, "card", c->instrument);
    JSON_OBJ(w, "answers");
    for (size_t k = 0; in && k < in->n; k++) if (values[k] >= 0) JSON(w, in->items[k].name, values[k]);
    json_end(w);
    JSON(w, "words", c->words);
    TRY(put_remarks(cx, c, w));
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_all(Cx *cx, int64_t person, bool own, JsonOut *w) {
  json_obj(w);
  JSON_TIME(w, "taken", cx->now);
  TRY(put_person(cx, person, w));
  TRY(put_consents(cx, person, w));
  TRY(put_memory(cx, person, w));
  TRY(put_requests(cx, person, w));
  TRY(put_verdicts(cx, person, w));
  TRY(put_moments(cx, person, w));
  TRY(put_cards(cx, person, w));
  TRY(export_agreed(cx, person, w));
  if (own) TRY(export_own(cx, person, w));
  json_end(w);
  return E_OK;
}

/* Read with the person's own eyes: what they may not see is not theirs to take. What they have not said yet goes to nobody else. */
Err person_export(Cx *cx, int64_t person, Buf *to) {
  TRY(may_take(cx, person));
  Actor was = cx->actor;
  bool own = was.system || was.party == person;
  cx->actor = (Actor){ .party = person };
  Err e = put_all(cx, person, own, &(JsonOut){ .to = to });
  cx->actor = was;
  buf_char(to, '\n');
  return e;
}
