/* web/api/customers.c: a customer as both sides see them, what was worth it, and time spent. */
#include "web/api/customers.h"
#include <math.h>
#include "desk/bar.h"
#include "desk/pledge.h"
#include "desk/work.h"
#include "desk/worth.h"
#include "web/number.h"

#define NO_CUSTOMER "There is no such customer that you may see."

static Err customer_of(Cx *cx, const Req *q, Customer *ret) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, NO_CUSTOMER);
  TRY(customer_get(cx, id, ret));
  return ret->person && !ret->theirs ? fail(cx, E_ABSENT, NO_CUSTOMER) : E_OK;      /* nobody sees another person's figures */
}

static void waiting(JsonOut *w, int64_t us, int64_t them) {
  JSON_OBJ(w, "waiting");
  JSON(w, "us", us);
  JSON(w, "them", them);
  json_end(w);
}

Err api_customers_get(Cx *cx, const Req *q, Res *res) {
  CustomerLine *at;
  size_t n;
  (void)q;
  TRY(customer_list(cx, &at, &n));
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < n; i++) {
    json_obj(&w);
    JSON(&w, "id", at[i].id);
    JSON(&w, "name", at[i].name);
    waiting(&w, at[i].ours, at[i].theirs);
    figure_json(&w, "sorted", &at[i].sorted);
    figure_json(&w, "promises_kept", &at[i].kept);
    figure_json(&w, "bad_moments", &at[i].bad);
    json_end(&w);
  }
  json_end(&w);
  json_name(&w, "next");
  json_put_null(&w);
  return api_end(&w, res, 200);
}

/* ── one of them ─────────────────────────────────────────────────────── */

static void months(JsonOut *w, Cx *cx, const CustomerPage *p) {
  JSON_ARR(w, "months");
  for (int i = 0; i < CUSTOMER_MONTHS; i++) {
    const CustomerMonth *m = &p->months[i];
    json_obj(w);
    figure_json(w, "sorted", &m->sorted);
    if (m->words.n) {
      JSON(w, "words", m->words);
      JSON(w, "ref", request_ref(cx->arena, m->request_id));
    }
    json_end(w);
  }
  json_end(w);
}

static void open_ones(JsonOut *w, Cx *cx, const char *name, const Rows *rows) {
  JSON_ARR(w, name);
  for (size_t i = 0; i < rows->n; i++) {
    const CustomerOpen *o = ROW(CustomerOpen, *rows, i);
    json_obj(w);
    JSON(w, "ref", request_ref(cx->arena, o->id));
    JSON(w, "subject", o->subject);
    JSON(w, "state", o->state);
    JSON_TIME(w, "due", o->due_at);
    JSON_TIME(w, "waiting_since", o->waiting_at);
    json_end(w);
  }
  json_end(w);
}

static Err pledges(JsonOut *w, Cx *cx, const Customer *c) {
  Pledges l;
  TRY(pledge_list(cx, c, &l));
  figure_json(w, "their_promises_kept", &l.figure);
  JSON_ARR(w, "their_promises");
  for (size_t i = 0; i < l.at.n; i++) {
    const Pledge *p = ROW(Pledge, l.at, i);
    json_obj(w);
    JSON(w, "id", p->id);
    JSON(w, "words", p->words);
    JSON(w, "promiser", p->promiser);
    JSON_TIME(w, "due", p->due_at);
    JSON_TIME(w, "done", p->done_at);
    JSON(w, "state", pledge_state_name(pledge_state(p, cx->now)));
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err bars(JsonOut *w, Cx *cx, const Customer *c) {
  BarLine *at;
  size_t n;
  TRY(bar_list(cx, c, &at, &n));
  JSON_ARR(w, "bars");
  for (size_t i = 0; i < n; i++) {
    json_obj(w);
    JSON(w, "id", at[i].b.id);
    JSON(w, "words", at[i].b.words);
    JSON(w, "by", at[i].b.by);
    JSON(w, "how", at[i].b.measure);
    JSON(w, "seconds", at[i].b.seconds);
    JSON(w, "promised_seconds", at[i].b.promised);
    JSON_TIME(w, "since", at[i].b.since);
    figure_json(w, "met", &at[i].met);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static void line(JsonOut *w, Cx *cx, const LedgerLine *l) {
  json_obj(w);
  JSON(w, "id", l->id);
  JSON(w, "words", l->words);
  JSON(w, "kind", l->value_kind);
  JSON(w, "amount", (double)l->amount / 100);
  JSON(w, "currency", l->currency);
  if (l->request_id) JSON(w, "ref", request_ref(cx->arena, l->request_id));
  JSON(w, "proposed_by", l->proposer);
  JSON(w, "confirmed_by", l->confirmer);
  JSON_TIME(w, "confirmed", l->confirmed_at);
  json_end(w);
}

static Err worth(JsonOut *w, Cx *cx, const Customer *c) {
  Worth v;
  TRY(worth_list(cx, c, &v));
  JSON_ARR(w, "worth");
  for (size_t i = 0; i < v.confirmed.n; i++) line(w, cx, ROW(LedgerLine, v.confirmed, i));
  for (size_t i = 0; i < v.waiting.n; i++) line(w, cx, ROW(LedgerLine, v.waiting, i));
  json_end(w);
  return E_OK;
}

static void seconds(JsonOut *w, const char *name, bool has, double us) {
  json_name(w, name);
  if (has) json_put_double(w, us / (double)SECOND); else json_put_null(w);
}

Err api_customer_get(Cx *cx, const Req *q, Res *res) {
  Customer c;
  CustomerPage p;
  TRY(customer_of(cx, q, &c));
  TRY(customer_page(cx, &c, &p));
  JsonOut w = api_begin(res);
  JSON(&w, "id", c.who.id);
  JSON(&w, "name", c.who.name);
  JSON(&w, "whole", c.whole);
  waiting(&w, p.ours, p.theirs);
  figure_json(&w, "sorted", &p.sorted);
  figure_json(&w, "promises_kept", &p.promise_kept);
  JSON(&w, "renegotiated", p.renegotiated);
  if (!c.person) figure_json(&w, "bad_moments", &p.bad);
  figure_json(&w, "bar_met", &p.own_bar);
  seconds(&w, "bar_gap_seconds", p.has_gap, p.gap);
  seconds(&w, "bar_drift_seconds", p.has_drift, p.drift);
  months(&w, cx, &p);
  open_ones(&w, cx, "promised", &p.promised);
  open_ones(&w, cx, "asked", &p.asked);
  TRY(pledges(&w, cx, &c));
  TRY(bars(&w, cx, &c));
  TRY(worth(&w, cx, &c));
  return api_end(&w, res, 200);
}

/* ── what was worth it ───────────────────────────────────────────────── */

const ApiField api_worth_fields[] = {
  { "words", "string!", "What came of it, in a sentence" }, { "kind", "|profit|process|position!", "What it did for them" },
  { "amount", "number", "In money, if that can be said" }, { "currency", "string", "ISO 4217; the house's, if it is not said" },
  { "ref", "string", "The request it came of" }, { 0 }
};

Err api_worth_post(Cx *cx, const Req *q, Res *res) {
  Customer c;
  LedgerLine l = { 0 };
  double amount = 0;
  Str ref = S("");
  int64_t id;
  TRY(api_body(cx, q, api_worth_fields));
  TRY(customer_of(cx, q, &c));
  TRY(json_str(cx, q->json, "words", &l.words));
  TRY(json_str(cx, q->json, "kind", &l.value_kind));
  TRY(json_str(cx, q->json, "currency", &l.currency));
  TRY(json_str(cx, q->json, "ref", &ref));
  TRY(json_double(cx, q->json, "amount", &amount));
  if (ref.n && !request_ref_id(ref, &l.request_id)) return fail_field(cx, "ref", "A request is named like R-12.");
  if (!(amount >= 0 && amount <= 1e12)) return fail_field(cx, "amount", "An amount is a number, not below 0.");
  l.amount = llround(amount * 100);
  TRY(api_named(cx, worth_propose(cx, &c, &l, &id), "worth=words value_kind=kind request=ref"));
  JsonOut w = api_begin(res);
  JSON(&w, "id", id);
  return api_end(&w, res, 201);
}

const ApiField api_worth_answer_fields[] = { { "so", "boolean!", "Whether it was worth that" }, { 0 } };

Err api_worth_answer_post(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  bool so = false;
  TRY(api_body(cx, q, api_worth_answer_fields));
  TRY(json_bool(cx, q->json, "so", &so));
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, "There is nothing to confirm any more.");
  TRY(worth_answer(cx, id, so));
  JsonOut w = api_begin(res);
  JSON(&w, "id", id);
  return api_end(&w, res, 200);
}

/* ── time spent ──────────────────────────────────────────────────────── */

static Err spent(Cx *cx, const Request *r, Res *res, int status) {
  WorkSpent s;
  TRY(work_spent(cx, r, &s));
  JsonOut w = api_begin(res);
  JSON(&w, "entered", s.entered);
  JSON(&w, "reckoned", s.reckoned);
  JSON_ARR(&w, "lines");
  for (size_t i = 0; i < s.lines.n; i++) {
    const WorkLine *l = ROW(WorkLine, s.lines, i);
    json_obj(&w);
    JSON(&w, "id", l->id);
    JSON(&w, "minutes", l->minutes);
    JSON(&w, "note", l->note);
    JSON_TIME(&w, "at", l->at);
    json_end(&w);
  }
  json_end(&w);
  return api_end(&w, res, status);
}

Err api_work_get(Cx *cx, const Req *q, Res *res) {
  Request r;
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  TRY(request_must_serve(cx, &r));
  return spent(cx, &r, res, 200);
}

const ApiField api_work_fields[] = { { "minutes", "integer!", "From 1 to 1440" }, { "note", "string", "On what, in a few words" }, { 0 } };

Err api_work_post(Cx *cx, const Req *q, Res *res) {
  Request r;
  int64_t minutes = 0, id;
  Str note = S("");
  TRY(api_body(cx, q, api_work_fields));
  TRY(json_int(cx, q->json, "minutes", &minutes));
  TRY(json_str(cx, q->json, "note", &note));
  TRY(request_by_ref(cx, req_param(q, "ref"), &r));
  TRY(api_named(cx, work_add(cx, &r, minutes, note, &id), "work_note=note"));
  return spent(cx, &r, res, 201);
}
